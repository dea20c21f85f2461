//! Retention: what is kept until when. Numbers are given to others after some months, so what a number is known for expires too.

use serde::{Deserialize, Serialize};

/// When what an entry said is to be erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiry {
    /// The entry.
    pub entry: u64,
    /// When, microseconds since 1970-01-01 UTC.
    pub at_us: i64,
    /// On which ground.
    pub reason: String,
}

/// What a number is known for, for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The line as the casebook keeps it.
    pub line: String,
    /// What it is known for.
    pub text: String,
    /// Until when, microseconds since 1970-01-01 UTC.
    pub until_us: i64,
}
