//! What the shipped model says of texts that it has not seen.

mod explained;
mod held_out;
mod numbers;

use screen::identifier::Numbers;
use screen::model::Model;
use screen::screening::Screener;

/// A text written for testing, by somebody who had not seen what the model is made of.
pub(crate) struct Text {
    pub(crate) is_scam: bool,
    pub(crate) class: &'static str,
    pub(crate) words: &'static str,
}

const SOURCES: [(&str, &str); 6] = [
    ("en", include_str!("../texts/en.tsv")),
    ("ms", include_str!("../texts/ms.tsv")),
    ("zh", include_str!("../texts/zh.tsv")),
    ("es", include_str!("../texts/es.tsv")),
    ("th", include_str!("../texts/th.tsv")),
    ("ko", include_str!("../texts/ko.tsv")),
];

/// The texts of each language.
pub(crate) fn texts() -> Vec<(&'static str, Vec<Text>)> {
    let read = |line: &'static str| {
        let mut fields = line.splitn(3, '\t');
        let (kind, class, text) = (fields.next()?, fields.next()?, fields.next()?);
        Some(Text { is_scam: kind == "scam", class, words: text })
    };
    SOURCES
        .iter()
        .map(|(language, source)| (*language, source.lines().filter_map(read).collect()))
        .collect()
}

pub(crate) fn screener() -> Screener {
    Screener::new(Model::shipped().expect("the shipped model is whole"), Numbers::default())
}
