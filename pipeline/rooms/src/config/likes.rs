//! What judgements teach about rooms that work alike.

use serde::{Deserialize, Serialize};

/// What judgements teach about rooms that work alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LikesConfig {
    /// How far apart two groups are at most that work alike, in units of what groups of one kind differ by.
    pub near_max: f64,
    /// What a room loses that works like a rejected one, bits; it is no lead, either.
    pub rejected_bits: f64,
    /// What a room gains that works like a confirmed one, bits.
    pub confirmed_bits: f64,
}

impl Default for LikesConfig {
    fn default() -> Self {
        Self { near_max: 0.6, rejected_bits: -4.0, confirmed_bits: 1.0 }
    }
}
