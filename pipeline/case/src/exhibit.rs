//! Exhibits: what was seized or handed over, and whose hands it went through.
//!
//! The chain of custody says of each act who did what, how, when, on what and with which result (ISO/IEC 27037, 6.1).

use serde::{Deserialize, Serialize};
use std::fmt;

/// What an exhibit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A phone, tablet or computer.
    Device,
    /// A SIM card.
    Sim,
    /// A bank card.
    Card,
    /// Cash.
    Cash,
    /// A paper.
    Document,
    /// A file.
    File,
    /// Anything else.
    Other,
}

/// An exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// The label on it.
    pub label: String,
    /// What it is.
    pub kind: Kind,
    /// What it looks like.
    pub description: String,
    /// Where it was taken.
    pub place: String,
    /// Who took it, and holds it.
    pub holder: String,
    /// SHA-256 of a file's bytes, hexadecimal.
    pub sha256: Option<String>,
}

/// What was done with an exhibit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custody {
    /// The exhibit, by its entry.
    pub exhibit: u64,
    /// What was done, and how.
    pub act: Act,
    /// With which result.
    pub result: String,
}

/// An act of custody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// It was sealed.
    Sealed {
        /// The seal's number.
        number: String,
    },
    /// It changed hands.
    HandedOver {
        /// Who holds it now.
        to: String,
    },
    /// It was looked into.
    Examined {
        /// With what, and how.
        method: String,
    },
    /// It was copied.
    Copied {
        /// SHA-256 of the copy, hexadecimal.
        sha256: String,
    },
    /// Its bytes were compared with what was taken.
    Verified {
        /// SHA-256 of its bytes now, hexadecimal.
        sha256: String,
    },
    /// It was given back.
    Returned {
        /// To whom.
        to: String,
    },
}

impl fmt::Display for Act {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sealed { number } => write!(into, "sealed with {number}"),
            Self::HandedOver { to } => write!(into, "handed over to {to}"),
            Self::Examined { method } => write!(into, "examined with {method}"),
            Self::Copied { sha256 } => write!(into, "copied ({sha256})"),
            Self::Verified { sha256 } => write!(into, "verified ({sha256})"),
            Self::Returned { to } => write!(into, "given back to {to}"),
        }
    }
}

/// An exhibit with what was done to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The exhibit as it was taken.
    pub exhibit: Exhibit,
    /// Acts, each with its entry.
    pub acts: Vec<(u64, Custody)>,
}

impl Kept {
    /// Who holds it.
    pub fn holder(&self) -> &str {
        let moved = self.acts.iter().rev().find_map(|(_, custody)| match &custody.act {
            Act::HandedOver { to } | Act::Returned { to } => Some(to.as_str()),
            _ => None,
        });
        moved.unwrap_or(&self.exhibit.holder)
    }

    /// Entries that found its bytes to be others than those that were taken.
    pub fn altered(&self) -> Vec<u64> {
        let taken = self.exhibit.sha256.as_deref();
        let differs = |custody: &Custody| match &custody.act {
            Act::Verified { sha256 } => taken.is_some_and(|taken| taken != sha256),
            _ => false,
        };
        self.acts.iter().filter(|(_, custody)| differs(custody)).map(|(entry, _)| *entry).collect()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn exhibit() -> Exhibit {
        Exhibit {
            label: "E-1".to_owned(),
            kind: Kind::File,
            description: "call list".to_owned(),
            place: "the house".to_owned(),
            holder: "officer 1".to_owned(),
            sha256: Some("aa".repeat(32)),
        }
    }

    #[test]
    fn custody_says_who_holds_it_and_whether_it_was_altered() {
        let custody = |act| Custody { exhibit: 1, act, result: String::new() };
        let verified = |byte: &str| custody(Act::Verified { sha256: byte.repeat(32) });
        let mut kept = Kept { exhibit: exhibit(), acts: Vec::new() };
        assert_eq!(kept.holder(), "officer 1");
        kept.acts.push((2, custody(Act::HandedOver { to: "laboratory".to_owned() })));
        kept.acts.push((3, verified("aa")));
        kept.acts.push((4, verified("ab")));
        assert_eq!((kept.holder(), kept.altered()), ("laboratory", vec![4]));
    }
}
