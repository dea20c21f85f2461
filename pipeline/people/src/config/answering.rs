//! Which lines answer a room's call-backs.

use serde::{Deserialize, Serialize};

/// Which lines answer a room's call-backs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AnsweringConfig {
    /// People who dial a number soon after the room called them, at least.
    pub people_min: usize,
    /// How soon, seconds.
    pub within_s: u32,
    /// Of all who call the number, the share that they are, at least: a hotline has many other callers.
    pub people_share_min: f64,
}

impl Default for AnsweringConfig {
    fn default() -> Self {
        Self { people_min: 3, within_s: 3_600, people_share_min: 0.5 }
    }
}
