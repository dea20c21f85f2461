//! Texts that the project wrote one by one for training: short speech acts of scams and honest texts that speak as they do.
//!
//! Names, numbers, firms and domains in them are made up. A line holds kind (`scam` or `innocent`), class and text, parted by tabs.

use crate::recipe::{Labelled, Source};

const SOURCES: [&str; 6] = [
    include_str!("written/en.tsv"),
    include_str!("written/ms.tsv"),
    include_str!("written/zh.tsv"),
    include_str!("written/es.tsv"),
    include_str!("written/th.tsv"),
    include_str!("written/ko.tsv"),
];

/// All written texts, language by language.
pub fn written() -> Vec<Labelled> {
    SOURCES
        .iter()
        .flat_map(|source| source.lines())
        .filter_map(|line| {
            let mut fields = line.splitn(3, '\t');
            let (kind, class, text) = (fields.next()?, fields.next()?, fields.next()?);
            Some(Labelled {
                source: Source::Written,
                text: text.to_owned(),
                label: format!("{kind} {class}"),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recipe::TYPES;

    #[test]
    fn every_text_has_a_known_label() {
        let written = written();
        assert!(written.len() > 4000);
        for text in &written {
            let (kind, class) = text.label.split_once(' ').unwrap();
            assert!(
                kind == "innocent" || (kind == "scam" && TYPES.contains(&class)),
                "{}",
                text.label
            );
            assert!(!text.text.trim().is_empty());
        }
    }
}
