//! Tips: what the public tells, of a scam or of somebody who may be held.

use serde::{Deserialize, Serialize};

/// What a tip is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Somebody may be held: only protection officers read it.
    Held,
    /// A scam, or an attempt at one.
    Scam,
}

/// A tip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tip {
    /// What it is about.
    pub about: About,
    /// What happened, in the words of who told it.
    pub said: String,
    /// Numbers, accounts or names that were used.
    pub used: String,
    /// Where.
    pub place: String,
    /// How who told it can be reached safely; empty where they do not want to be.
    pub contact: String,
    /// The language of the page that it was told on (BCP 47).
    pub language: String,
}

/// What came of a tip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The tip, by its entry.
    pub tip: u64,
    /// What was done.
    pub note: String,
}

/// A tip with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The tip.
    pub tip: Tip,
    /// The seal of its entry.
    pub seal: String,
    /// When it came, microseconds since 1970-01-01 UTC.
    pub at_us: i64,
    /// What came of it, each with its entry.
    pub answers: Vec<(u64, Answer)>,
}
