//! Claims: what somebody says, with who said it, when, and how far it is to be trusted.
//!
//! Sources contradict each other: 43 people, 44 people, 50 people. Each claim is kept as it was said; claims about the same thing that cannot all
//! be true are an open question, shown with all sides and never averaged. Somebody may decide which side to rely on: the others stay.

use crate::htcds::is_date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// What it is about.
    pub about: Topic,
    /// What is claimed of it.
    pub value: Value,
    /// Who says so.
    pub source: String,
    /// When it was said, as far as is known: `2023-10-08`.
    pub said: Option<String>,
    /// How far it is to be trusted.
    pub grade: Grade,
    /// The words of the source, shortly.
    pub words: String,
    /// What it rests on.
    pub basis: Vec<Basis>,
}

/// What a claim is about: a thing, and what of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Topic {
    /// The thing: `room R1`, `person 12`, `the house`.
    pub thing: String,
    /// What of it: `people found`, `arrived`.
    pub what: String,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Value {
    /// A count: at least, and at most where it is not open.
    Count {
        /// At least.
        least: u64,
        /// At most; open where absent.
        most: Option<u64>,
    },
    /// An amount of money in whole units.
    Amount {
        /// At least.
        least: u64,
        /// At most; open where absent.
        most: Option<u64>,
        /// Its currency, ISO 4217.
        currency: String,
    },
    /// A day, or a span of days within which it lies: ISO 8601 dates.
    Day {
        /// The earliest.
        from: String,
        /// The latest.
        to: String,
    },
    /// Anything else, in words.
    Words {
        /// The words.
        text: String,
    },
}

/// The 6x6 or Admiralty grade of a source and of what it says (NATO AJP-2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grade {
    /// How reliable the source is.
    pub reliability: Reliability,
    /// How credible what it says is: 1 confirmed by others, to 5 improbable, 6 cannot be judged.
    pub credibility: u8,
}

/// How reliable a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// What a claim rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Basis {
    /// A fact of the casebook, by its identity.
    Fact {
        /// The identity.
        fact: String,
    },
    /// An exhibit, by its entry.
    Exhibit {
        /// The entry.
        entry: u64,
    },
    /// A document, by its title or address.
    Document {
        /// The title or address.
        title: String,
    },
}

/// Somebody decided which side of a question to rely on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The claim relied on, by its entry.
    pub claim: u64,
    /// Why.
    pub reason: String,
}

/// Claims about one thing that cannot all be true.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What they are about.
    pub about: Topic,
    /// Each value with the entries of the claims that say so, the earliest said first.
    pub sides: Vec<(Value, Vec<u64>)>,
    /// The claim that somebody decided to rely on, by its entry.
    pub settled: Option<u64>,
}

impl Claim {
    /// The exhibits that it rests on, by their entries.
    pub fn exhibits(&self) -> impl Iterator<Item = u64> {
        self.basis.iter().filter_map(|basis| match basis {
            Basis::Exhibit { entry } => Some(*entry),
            _ => None,
        })
    }
}

/// Why a claim cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unclear {
    /// It does not say of what, what, or who says so.
    #[error("a claim says of what it is, what of it, and who says so")]
    Missing,
    /// Its grade is none.
    #[error("credibility is a number from 1 to 6")]
    Grade,
    /// It is a span that ends before it begins.
    #[error("a span does not end before it begins")]
    Span,
    /// It is a day that is none.
    #[error("a day is written 2023-10-08")]
    Day,
    /// Its currency is none.
    #[error("a currency has three capital letters (ISO 4217)")]
    Currency,
}

impl Claim {
    /// Whether it can be kept: contradictions are seen only between claims that are clear. Errors: what it lacks.
    pub fn check(&self) -> Result<(), Unclear> {
        let said = [&self.about.thing, &self.about.what, &self.source];
        if said.iter().any(|text| text.trim().is_empty()) {
            return Err(Unclear::Missing);
        }
        if !(1..=6).contains(&self.grade.credibility) {
            return Err(Unclear::Grade);
        }
        self.value.check()
    }
}

impl Value {
    fn check(&self) -> Result<(), Unclear> {
        let span = |least: u64, most: Option<u64>| {
            most.is_none_or(|most| least <= most).then_some(()).ok_or(Unclear::Span)
        };
        match self {
            Self::Count { least, most } => span(*least, *most),
            Self::Amount { least, most, currency } => {
                let is_code = currency.len() == 3
                    && currency.bytes().all(|letter| letter.is_ascii_uppercase());
                is_code.then_some(()).ok_or(Unclear::Currency)?;
                span(*least, *most)
            }
            Self::Day { from, to } if !is_date(from) || !is_date(to) => Err(Unclear::Day),
            // ISO dates are in order as texts.
            Self::Day { from, to } => (from <= to).then_some(()).ok_or(Unclear::Span),
            Self::Words { text } => (!text.trim().is_empty()).then_some(()).ok_or(Unclear::Missing),
        }
    }

    /// Whether both can be true.
    pub fn agrees(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Count { least, most }, Self::Count { least: other, most: others_most }) => {
                meet((*least, *most), (*other, *others_most))
            }
            (
                Self::Amount { least, most, currency },
                Self::Amount { least: other, most: others_most, currency: others },
            ) => currency != others || meet((*least, *most), (*other, *others_most)),
            // ISO dates are in order as texts.
            (Self::Day { from, to }, Self::Day { from: other, to: others_to }) => {
                from <= others_to && other <= to
            }
            (Self::Words { text }, Self::Words { text: other }) => plain(text) == plain(other),
            _ => false,
        }
    }
}

fn meet(a: (u64, Option<u64>), b: (u64, Option<u64>)) -> bool {
    let below = |least: u64, most: Option<u64>| most.is_none_or(|most| least <= most);
    below(a.0, b.1) && below(b.0, a.1)
}

/// Words without what does not tell them apart.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl fmt::Display for Value {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = |into: &mut fmt::Formatter<'_>, least: u64, most: Option<u64>| match most {
            Some(most) if most == least => write!(into, "{least}"),
            Some(most) => write!(into, "{least} to {most}"),
            None => write!(into, "at least {least}"),
        };
        match self {
            Self::Count { least, most } => span(into, *least, *most),
            Self::Amount { least, most, currency } => {
                write!(into, "{currency} ")?;
                span(into, *least, *most)
            }
            Self::Day { from, to } if from == to => into.write_str(from),
            Self::Day { from, to } => write!(into, "{from} to {to}"),
            Self::Words { text } => into.write_str(text),
        }
    }
}

/// Open questions among claims that stand, each with its entry, in order of entries; what was settled, the latest last, is told with them.
pub fn questions<'a>(
    claims: impl Iterator<Item = (u64, &'a Claim)>,
    settled: &[&Settlement],
) -> Vec<Question> {
    let mut by_topic: BTreeMap<&Topic, Vec<(u64, &Claim)>> = BTreeMap::new();
    for (entry, claim) in claims {
        by_topic.entry(&claim.about).or_default().push((entry, claim));
    }
    by_topic.into_iter().filter_map(|(about, claims)| question(about, &claims, settled)).collect()
}

fn question(about: &Topic, claims: &[(u64, &Claim)], settled: &[&Settlement]) -> Option<Question> {
    let mut sides: Vec<(Value, Vec<u64>)> = Vec::new();
    for (entry, claim) in claims {
        match sides.iter_mut().find(|(value, _)| *value == claim.value) {
            Some((_, entries)) => entries.push(*entry),
            None => sides.push((claim.value.clone(), vec![*entry])),
        }
    }
    let disagree = sides
        .iter()
        .enumerate()
        .any(|(at, (value, _))| sides[at + 1..].iter().any(|(other, _)| !value.agrees(other)));
    let relied_on = settled.iter().rev().map(|settlement| settlement.claim);
    let own = |entry: &u64| claims.iter().any(|(own, _)| own == entry);
    disagree.then(|| Question {
        about: about.clone(),
        sides,
        settled: relied_on.into_iter().find(own),
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn claim(what: &str, value: Value, source: &str) -> Claim {
        Claim {
            about: Topic { thing: "the house".to_owned(), what: what.to_owned() },
            value,
            source: source.to_owned(),
            said: None,
            grade: Grade { reliability: Reliability::C, credibility: 3 },
            words: String::new(),
            basis: Vec::new(),
        }
    }

    fn count(least: u64, most: Option<u64>) -> Value {
        Value::Count { least, most }
    }

    fn exactly(number: u64) -> Value {
        count(number, Some(number))
    }

    fn days(from: &str, to: &str) -> Value {
        Value::Day { from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn a_claim_that_is_unclear_is_not_kept() {
        let check = |value: Value| claim("people found", value, "ministry").check();
        assert_eq!(check(exactly(43)), Ok(()));
        assert_eq!(check(count(44, Some(43))), Err(Unclear::Span));
        assert_eq!(check(days("2023-10-08", "2023-10-07")), Err(Unclear::Span));
        assert_eq!(check(days("a month ago", "2023-10-07")), Err(Unclear::Day));
        assert_eq!(check(Value::Words { text: " ".to_owned() }), Err(Unclear::Missing));
        let currency = "soles".to_owned();
        assert_eq!(check(Value::Amount { least: 1, most: None, currency }), Err(Unclear::Currency));
        let nobody = claim("people found", exactly(43), " ");
        assert_eq!(nobody.check(), Err(Unclear::Missing));
        let mut sure = claim("people found", exactly(43), "ministry");
        sure.grade.credibility = 7;
        assert_eq!(sure.check(), Err(Unclear::Grade));
    }

    #[test]
    fn values_agree_where_both_can_be_true() {
        assert!(exactly(43).agrees(&count(40, None)) && count(40, None).agrees(&exactly(43)));
        assert!(!exactly(43).agrees(&exactly(44)) && !exactly(39).agrees(&count(40, None)));
        let arrived = days("2023-09-29", "2023-09-29");
        assert!(!arrived.agrees(&days("2023-08-31", "2023-09-10")), "about a month ago");
        assert!(arrived.agrees(&days("2023-09-25", "2023-10-01")));
        let words = |text: &str| Value::Words { text: text.to_owned() };
        assert!(words("entered  regularly").agrees(&words("Entered regularly")));
        assert!(!words("entered regularly").agrees(&words("entered illegally")));
        let amount = |currency: &str| Value::Amount {
            least: 10_000,
            most: Some(10_000),
            currency: currency.to_owned(),
        };
        assert!(amount("USD").agrees(&amount("PEN")), "both were seized");
    }

    #[test]
    fn claims_that_cannot_all_be_true_are_one_question_with_all_sides() {
        let claims = [
            claim("people found", exactly(43), "ministry"),
            claim("people found", exactly(44), "newspaper"),
            claim("people found", count(40, None), "agency"),
            claim("people found", exactly(43), "embassy"),
            claim("guards", exactly(2), "newspaper"),
        ];
        let standing = || (1..).zip(&claims);
        let found = questions(standing(), &[]);
        assert_eq!(found.len(), 1, "nobody contradicts the guards");
        let sides = [(exactly(43), vec![1, 4]), (exactly(44), vec![2]), (count(40, None), vec![3])];
        assert_eq!((&found[0].sides[..], found[0].settled), (&sides[..], None));
        let reason = "they were counted at the gate".to_owned();
        let found = questions(standing(), &[&Settlement { claim: 2, reason }]);
        assert_eq!((&found[0].sides[..], found[0].settled), (&sides[..], Some(2)));
    }
}
