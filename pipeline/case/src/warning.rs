//! Warnings to the public: what people should look out for, in several languages, for a while.

use serde::{Deserialize, Serialize};

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it says, one for each language; the first is shown where a reader's language is none of them.
    pub texts: Vec<Text>,
    /// Whom it is for: `Lima`, `people called from abroad`.
    pub area: String,
    /// Numbers that it warns of, E.164: they are shown whole to anybody.
    pub numbers: Vec<String>,
    /// Until when, microseconds since 1970-01-01 UTC: numbers are given to others after some months.
    pub until_us: i64,
}

/// What a warning says in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The language (BCP 47): `en`, `es`, `ms`, `zh`.
    pub language: String,
    /// In a few words.
    pub headline: String,
    /// What happens.
    pub description: String,
    /// What to do.
    pub advice: String,
}

/// A warning that was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What it says.
    pub warning: Warning,
    /// When it was published, microseconds since 1970-01-01 UTC.
    pub since_us: i64,
    /// The entry that took it back, and when.
    pub withdrawn: Option<(u64, i64)>,
}

impl Published {
    /// Whether it holds at a moment, microseconds since 1970-01-01 UTC.
    pub fn holds(&self, at_us: i64) -> bool {
        self.withdrawn.is_none() && at_us < self.warning.until_us
    }
}

/// Why a warning is not published.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoWarning {
    /// A text is missing or empty.
    #[error(
        "a warning needs a headline, what happens and what to do, in each language that it is in"
    )]
    Empty,
    /// A language stands twice.
    #[error("the language {0} stands twice")]
    Twice(String),
    /// A number is not whole.
    #[error("{0} is no whole international number such as +51999123456")]
    Number(String),
    /// Its time would be over already.
    #[error("a warning ends after it begins")]
    Over,
}

impl Warning {
    /// Whether it can be published at a moment, microseconds since 1970-01-01 UTC. Errors: why not.
    pub(crate) fn check(&self, at_us: i64) -> Result<(), NoWarning> {
        let is_empty = |text: &Text| {
            [&text.headline, &text.description, &text.advice]
                .iter()
                .any(|said| said.trim().is_empty())
        };
        if self.texts.is_empty() || self.texts.iter().any(is_empty) {
            return Err(NoWarning::Empty);
        }
        for (nth, text) in self.texts.iter().enumerate() {
            if self.texts[..nth].iter().any(|before| before.language == text.language) {
                return Err(NoWarning::Twice(text.language.clone()));
            }
        }
        if let Some(wrong) = self.numbers.iter().find(|number| !is_whole(number)) {
            return Err(NoWarning::Number(wrong.clone()));
        }
        if self.until_us > at_us { Ok(()) } else { Err(NoWarning::Over) }
    }

    /// What it says in a language, or in its first.
    pub fn text(&self, language: &str) -> Option<&Text> {
        let own = self.texts.iter().find(|text| text.language == language);
        own.or_else(|| self.texts.first())
    }
}

/// Whether a text is a number in international form (ITU-T E.164: 15 digits at most).
fn is_whole(number: &str) -> bool {
    number.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn warning() -> Warning {
        let text = |language: &str| Text {
            language: language.to_owned(),
            headline: "Calls in the name of a bank".to_owned(),
            description: "Callers ask for codes.".to_owned(),
            advice: "Hang up.".to_owned(),
        };
        Warning {
            texts: vec![text("en"), text("es")],
            area: "Lima".to_owned(),
            numbers: vec!["+99912345601".to_owned()],
            until_us: 10,
        }
    }

    #[test]
    fn a_warning_says_all_it_must_in_each_language_and_ends() {
        assert_eq!(warning().check(9), Ok(()));
        assert_eq!(warning().check(10), Err(NoWarning::Over));
        let mut empty = warning();
        empty.texts[1].advice = " ".to_owned();
        assert_eq!(empty.check(0), Err(NoWarning::Empty));
        assert_eq!(Warning { texts: Vec::new(), ..warning() }.check(0), Err(NoWarning::Empty));
        let mut twice = warning();
        twice.texts[1].language = "en".to_owned();
        assert_eq!(twice.check(0), Err(NoWarning::Twice("en".to_owned())));
    }

    #[test]
    fn only_whole_numbers_are_warned_of() {
        for wrong in ["99912345601", "+0912345601", "+999", "+9991234560a", "+999123456012345678"] {
            let warning = Warning { numbers: vec![wrong.to_owned()], ..warning() };
            assert_eq!(warning.check(0), Err(NoWarning::Number(wrong.to_owned())));
        }
    }

    #[test]
    fn who_reads_another_language_gets_the_first() {
        let warning = warning();
        assert_eq!(warning.text("es").map(|text| &*text.language), Some("es"));
        assert_eq!(warning.text("zh").map(|text| &*text.language), Some("en"));
    }
}
