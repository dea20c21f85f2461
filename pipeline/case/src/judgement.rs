//! Judgements: what people decide about leads, by whom, when and why.
//!
//! A room has another number after facts are added: a judgement remembers its lines, and holds for the room that shares most of them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It is what it looks like.
    Confirmed,
    /// It is not.
    Rejected,
    /// It cannot be said yet.
    Undecided,
}

impl Disposition {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Undecided => "undecided",
        }
    }
}

/// What is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Subject {
    /// A room, by its lines as the casebook keeps them.
    Room {
        /// The lines.
        lines: BTreeSet<String>,
    },
    /// One line.
    Line {
        /// The line.
        line: String,
    },
    /// A person to warn.
    Target {
        /// The line.
        line: String,
    },
}

/// A judgement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Of what.
    pub subject: Subject,
    /// What was decided.
    pub disposition: Disposition,
    /// Why.
    pub reason: String,
    /// The look-alike that it is instead, where it was rejected for one.
    pub look_alike: Option<String>,
}

/// A judgement, and who made it when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The judgement.
    pub judgement: Judgement,
    /// Who.
    pub actor: String,
    /// When, microseconds since 1970-01-01 UTC.
    pub at_us: i64,
}

/// Lines that a room must share with a judged one, over all lines of both, for the judgement to hold.
const SAME_MIN: f64 = 0.5;

impl Judged {
    /// Whether it says that it is none.
    pub fn is_rejection(&self) -> bool {
        self.judgement.disposition == Disposition::Rejected
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room { lines } => write!(into, "a room of {} lines", lines.len()),
            Self::Line { .. } => into.write_str("a line"),
            Self::Target { .. } => into.write_str("a person to warn"),
        }
    }
}

impl Subject {
    /// How much a room is the judged one: lines of both over lines of either, 0 to 1; `None` where it is another room, or no room was judged.
    pub fn is_room(&self, lines: &BTreeSet<String>) -> Option<f64> {
        let Self::Room { lines: judged } = self else { return None };
        let both = judged.intersection(lines).count();
        let either = judged.len() + lines.len() - both;
        let share = both as f64 / either.max(1) as f64;
        // A room that lost most of its lines to a shorter feed, or gained as many, is the same room.
        let inside = both == judged.len().min(lines.len()) && both > 0;
        (share >= SAME_MIN || inside).then_some(share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(numbers: &[u32]) -> BTreeSet<String> {
        numbers.iter().map(|number| format!("+99900{number}")).collect()
    }

    #[test]
    fn a_room_is_known_again_by_its_lines() {
        let judged = Subject::Room { lines: lines(&[1, 2, 3, 4]) };
        assert_eq!(judged.is_room(&lines(&[1, 2, 3, 4])), Some(1.0));
        assert_eq!(judged.is_room(&lines(&[2, 3, 4, 5])), Some(0.6));
        assert!(judged.is_room(&lines(&[1, 2, 3, 4, 5, 6, 7, 8, 9])).is_some(), "it grew");
        assert_eq!(judged.is_room(&lines(&[4, 5, 6, 7])), None);
        assert_eq!(Subject::Line { line: "+999001".to_owned() }.is_room(&lines(&[1])), None);
    }
}
