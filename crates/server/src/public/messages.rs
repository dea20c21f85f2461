//! What the public page says, in each of its languages.

use axum::http::{HeaderMap, header};
use serde::Deserialize;
use std::sync::LazyLock;

/// All that is said in a language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Messages {
    /// The language, in its own words.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) to_the_page: String,
    pub(crate) emergency: String,
    pub(crate) emergency_general: String,
    pub(crate) check: String,
    pub(crate) check_label: String,
    pub(crate) check_button: String,
    pub(crate) check_hint: String,
    pub(crate) warned: String,
    pub(crate) not_warned: String,
    pub(crate) not_warned_hint: String,
    pub(crate) no_number: String,
    pub(crate) words: String,
    pub(crate) words_lead: String,
    pub(crate) words_watch: String,
    pub(crate) words_nothing: String,
    pub(crate) words_not_covered: String,
    pub(crate) words_hint: String,
    pub(crate) advice: String,
    pub(crate) advice_list: Vec<String>,
    pub(crate) report: String,
    pub(crate) about: String,
    pub(crate) about_scam: String,
    pub(crate) about_held: String,
    pub(crate) said: String,
    pub(crate) used: String,
    pub(crate) place: String,
    pub(crate) contact: String,
    pub(crate) contact_hint: String,
    pub(crate) held_hint: String,
    pub(crate) report_button: String,
    pub(crate) empty: String,
    pub(crate) sent: String,
    pub(crate) sent_held: String,
    pub(crate) reference: String,
    pub(crate) warnings: String,
    pub(crate) no_warnings: String,
    pub(crate) for_whom: String,
    pub(crate) until: String,
    pub(crate) withdrawn: String,
    pub(crate) numbers: String,
    pub(crate) feed: String,
    pub(crate) alert: String,
    pub(crate) back: String,
    pub(crate) privacy: String,
    pub(crate) too_many: String,
    pub(crate) event: String,
}

/// A language that the public page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Language {
    /// Its tag (BCP 47).
    pub(crate) tag: &'static str,
    place: usize,
}

/// The tags and catalogues; what is asked for in no language of these is answered in the first.
const CATALOGUES: [(&str, &str); 4] = [
    ("en", include_str!("../../messages/en.toml")),
    ("ms", include_str!("../../messages/ms.toml")),
    ("zh", include_str!("../../messages/zh.toml")),
    ("es", include_str!("../../messages/es.toml")),
];

static READ: LazyLock<Vec<Messages>> = LazyLock::new(|| {
    let read = |(tag, text): (&str, &str)| {
        toml::from_str(text).unwrap_or_else(|error| panic!("the catalogue {tag}: {error}"))
    };
    CATALOGUES.into_iter().map(read).collect()
});

impl Language {
    /// All, in the order in which they are offered.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        CATALOGUES.iter().enumerate().map(|(place, (tag, _))| Self { tag, place })
    }

    /// The language of a tag; `zh-Hant` and `zh_CN` are `zh`.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        // Indonesian reads Malay more easily than English.
        let primary = if primary == "id" { "ms" } else { &*primary };
        Self::all().find(|language| language.tag == primary)
    }

    /// The language that somebody chose, else the first that their browser asks for, else English.
    pub(crate) fn chosen(lang: &str, headers: &HeaderMap) -> Self {
        let asked = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let asked = asked.unwrap_or_default().split(',');
        let tags = asked.map(|part| part.split(';').next().unwrap_or_default().trim());
        let known = std::iter::once(lang).chain(tags).find_map(Self::of);
        known.unwrap_or(Self { tag: CATALOGUES[0].0, place: 0 })
    }

    /// What is said in it.
    pub(crate) fn messages(self) -> &'static Messages {
        &READ[self.place]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_everything() {
        for language in Language::all() {
            let messages = language.messages();
            assert_eq!(messages.advice_list.len(), 4, "{}", language.tag);
            assert!(!messages.emergency.is_empty() && !messages.name.is_empty());
        }
        assert_eq!(READ.len(), CATALOGUES.len());
    }

    #[test]
    fn the_language_is_the_chosen_one_then_the_browsers() {
        let with = |asked: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, asked.parse().unwrap());
            headers
        };
        let tag = |lang, asked| Language::chosen(lang, &with(asked)).tag;
        assert_eq!(tag("es", "zh"), "es");
        assert_eq!(tag("", "th, zh-TW;q=0.8, es"), "zh");
        assert_eq!(tag("", "id"), "ms");
        assert_eq!(tag("xx", "th"), "en");
        assert_eq!(Language::chosen("", &HeaderMap::new()).tag, "en");
    }
}
