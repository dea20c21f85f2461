//! Files of texts of any form, and what is said of the texts in them.
#![no_main]

use feeds::texts::{TextColumns, TextForm, read};
use libfuzzer_sys::fuzz_target;
use screen::identifier::Numbers;
use screen::reading::Reading;
use screen::template::Templates;

const FORMS: [Option<TextForm>; 11] = [
    None,
    Some(TextForm::Plain),
    Some(TextForm::Table),
    Some(TextForm::JsonLines),
    Some(TextForm::Whisper),
    Some(TextForm::WebVtt),
    Some(TextForm::Srt),
    Some(TextForm::Dialogue),
    Some(TextForm::WhatsApp),
    Some(TextForm::Telegram),
    Some(TextForm::JobPosting),
];

fuzz_target!(|bytes: &[u8]| {
    let Some((form, rest)) = bytes.split_first() else { return };
    let form = FORMS[usize::from(*form) % FORMS.len()];
    let Ok(texts) = read(rest, form, &TextColumns::default()) else { return };
    let mut templates = Templates::default();
    for item in texts.items {
        let text = item.text();
        let reading = Reading::of(&text, &Numbers::default());
        for identifier in &reading.identifiers {
            assert!(text.get(identifier.span.clone()).is_some(), "a span lies on letters of the text");
        }
        assert!(reading.features().iter().all(|(_, value)| value.is_finite()));
        templates.add(&text);
    }
});
