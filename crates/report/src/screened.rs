//! What a text says, in the machine's form: written by `screen --json`, shown by the server's page.

use domain::mask::Sight;
use serde::{Deserialize, Serialize};

/// One screened text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScreenedReport {
    /// The file that it comes from; empty for one that was pasted.
    pub file: String,
    /// The row of the file that it begins at, from 1.
    pub row: u64,
    /// When it was sent, as the file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<String>,
    /// What it belongs to, as the file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The language that most of it is in: ISO 639-1, `und` for one that is not judged.
    pub language: String,
    /// `lead`, `watch`, `nothing` or `not_covered`: never a verdict on anybody.
    pub verdict: String,
    /// How likely it is a scam, 0 to 1; nothing where the language is not judged.
    pub probability: Option<f64>,
    /// What kind of message it is, the likeliest first.
    pub kinds: Vec<ClassReport>,
    /// Which type of scam it would be, the likeliest three.
    pub types: Vec<ClassReport>,
    /// What a model of one's own says, the likeliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<ClassReport>,
    /// Speech acts, with their words.
    pub acts: Vec<ActReport>,
    /// What speaks for an ordinary text, in the same form.
    pub counter_signs: Vec<ActReport>,
    /// The words that most of the probability rests on.
    pub words: Vec<SpanReport>,
    /// Numbers, links, accounts and what else can be found elsewhere.
    pub identifiers: Vec<IdentifierReport>,
    /// Letters written as something else, or that cannot be seen.
    pub disguised: u32,
    /// After each turn of a talk, how likely it is a scam by what was said so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<TurnReport>,
    /// What to do now, in four languages.
    pub advice: AdviceReport,
}

/// A class and its probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassReport {
    /// The class.
    pub name: String,
    /// 0 to 1.
    pub probability: f64,
}

/// An act and where it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActReport {
    /// Its name.
    pub act: String,
    /// What it means: “the text …”.
    pub says: String,
    /// The words that show it.
    pub spans: Vec<SpanReport>,
}

/// A stretch of the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpanReport {
    /// First byte of the text as written.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// How much of the score it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
}

/// Something that can be found elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IdentifierReport {
    /// `phone`, `link`, `email`, `handle`, `wallet`, `iban`, `card`, `account`, `amount`.
    pub kind: String,
    /// Its normal form.
    pub value: String,
    /// First byte of the text as written.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// What is noticed of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A turn and what is known after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TurnReport {
    /// Who spoke, as the file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// When it ended, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_s: Option<f64>,
    /// How likely it is a scam by what was said so far.
    pub probability: Option<f64>,
    /// What follows from that.
    pub verdict: String,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdviceReport {
    /// English.
    pub en: String,
    /// Malay.
    pub ms: String,
    /// Chinese.
    pub zh: String,
    /// Spanish.
    pub es: String,
}

/// Kinds whose values lead to a person.
const PERSONAL: [&str; 6] = ["phone", "email", "handle", "iban", "card", "account"];

impl ScreenedReport {
    /// Takes from it what a reader may not see: numbers, accounts and names are masked, in their normal form and in the words shown.
    pub fn hide(&mut self, sight: Sight) {
        if sight == Sight::Revealed {
            return;
        }
        self.file = sight.show_free(&self.file);
        for identifier in &mut self.identifiers {
            if PERSONAL.contains(&identifier.kind.as_str()) {
                identifier.value = sight.show(std::mem::take(&mut identifier.value)).into_owned();
            } else if identifier.kind == "link" {
                identifier.value = sight.show_free(&identifier.value);
            }
        }
        let personal: Vec<(usize, usize)> = self
            .identifiers
            .iter()
            .filter(|identifier| PERSONAL.contains(&identifier.kind.as_str()))
            .map(|identifier| (identifier.start, identifier.end))
            .collect();
        let acts =
            self.acts.iter_mut().chain(&mut self.counter_signs).flat_map(|act| &mut act.spans);
        for span in acts.chain(&mut self.words) {
            let names = personal.iter().any(|(start, end)| span.start < *end && *start < span.end);
            span.text = if names { "•••".to_owned() } else { sight.show_free(&span.text) };
        }
        let whole = |name: &mut String| *name = sight.show_free(name);
        self.turns.iter_mut().filter_map(|turn| turn.speaker.as_mut()).for_each(whole);
        self.group.iter_mut().for_each(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_accounts_are_masked_wherever_they_stand() {
        let span =
            |start, end, text: &str| SpanReport { start, end, text: text.to_owned(), weight: None };
        let identifier = |kind: &str, value: &str, start, end| IdentifierReport {
            kind: kind.to_owned(),
            value: value.to_owned(),
            start,
            end,
            notes: Vec::new(),
        };
        let mut report = ScreenedReport {
            file: "calls of 442079460123.txt".to_owned(),
            row: 1,
            sent: None,
            group: None,
            language: "en".to_owned(),
            verdict: "lead".to_owned(),
            probability: Some(0.9),
            kinds: Vec::new(),
            types: Vec::new(),
            labels: Vec::new(),
            acts: vec![ActReport {
                act: "transfer".to_owned(),
                says: String::new(),
                spans: vec![span(0, 4, "call"), span(5, 20, "maria_88")],
            }],
            counter_signs: Vec::new(),
            words: vec![span(5, 20, "five five five")],
            identifiers: vec![
                identifier("phone", "+442079460123", 5, 20),
                identifier("amount", "USD 50000", 30, 40),
            ],
            disguised: 0,
            turns: Vec::new(),
            advice: AdviceReport {
                en: String::new(),
                ms: String::new(),
                zh: String::new(),
                es: String::new(),
            },
        };
        report.hide(Sight::Masked);
        assert_eq!(report.identifiers[0].value, "+44••••••••23");
        assert_eq!(report.identifiers[1].value, "USD 50000");
        assert_eq!(report.acts[0].spans[0].text, "call");
        assert_eq!(report.acts[0].spans[1].text, "•••");
        assert_eq!(report.words[0].text, "•••");
        assert!(!report.file.contains("442079460123"));
    }
}
