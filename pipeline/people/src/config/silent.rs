//! When lines fall silent together.

use serde::{Deserialize, Serialize};

/// When lines fall silent together. Starting values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SilentConfig {
    /// How long after the facts begin a line must have been in use, seconds: whoever came later may have been on a visit.
    pub there_s: u32,
    /// Days on which a line was in use, at least.
    pub days_min: usize,
    /// Share of the days until its last use on which it was, at least.
    pub days_share_min: f64,
    /// How long it has been silent, seconds, at least.
    pub silence_s: u32,
    /// Days of use that were to be expected since, at least.
    pub missed_days_min: f64,
    /// Lines of a cohort, at least.
    pub lines_min: usize,
    /// Lines of a cohort, at most: where more stop at once, it is no group of people.
    pub lines_max: usize,
    /// Within how long they fall silent, seconds.
    pub within_s: u32,
    /// How long before that contacts are looked at, seconds.
    pub before_s: u32,
    /// Share of those whom the common contact spoke with, at least, that fell silent.
    pub share_min: f64,
    /// How surprising it is, bits, at least, given how many contacts were tried.
    pub bits_min: f64,
    /// Share of them who spoke with another of them before, at most, in a lead.
    pub acquainted_max: f64,
    /// Silence from which it is a lead, seconds: journeys end before.
    pub lead_s: u32,
}

impl Default for SilentConfig {
    fn default() -> Self {
        const DAY_S: u32 = 86_400;
        Self {
            there_s: 4 * DAY_S,
            days_min: 4,
            days_share_min: 0.3,
            silence_s: 5 * DAY_S,
            missed_days_min: 3.0,
            lines_min: 5,
            lines_max: 500,
            within_s: 2 * DAY_S,
            before_s: 21 * DAY_S,
            share_min: 0.15,
            bits_min: 6.0,
            acquainted_max: 0.5,
            lead_s: 14 * DAY_S,
        }
    }
}
