//! Which lines may be worked.

use serde::{Deserialize, Serialize};

/// Which lines may be worked: broad on purpose, single lines decide nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CandidateConfig {
    /// Calls made, at least.
    pub calls_min: u32,
    /// Strangers called over calls made, at least.
    pub fresh_share_min: f64,
    /// Share of callees that called back, at most.
    pub reciprocity_max: f64,
    /// Calls for each callee from which a line that is hardly ever called back works through the same few again and again.
    pub calls_a_callee_min: f64,
    /// Calls made by such a line, at least.
    pub block_calls_min: u32,
    /// Share of callees that call such a line back, at most.
    pub one_way_max: f64,
    /// Share of counterparts that are recurrent evening partners, at most: above it a line has a life of its own.
    pub evening_share_max: f64,
    /// Distinct callers of a line that mostly receives, at least.
    pub callers_min: u32,
    /// Share of calls received by a line that mostly receives, at least.
    pub received_share_min: f64,
    /// Calls from each caller of such a line, at most: strangers, not friends.
    pub calls_a_caller_max: f64,
}

impl Default for CandidateConfig {
    fn default() -> Self {
        Self {
            calls_min: 5,
            fresh_share_min: 0.45,
            reciprocity_max: 0.35,
            calls_a_callee_min: 4.0,
            block_calls_min: 40,
            one_way_max: 0.1,
            evening_share_max: 0.1,
            callers_min: 12,
            received_share_min: 0.6,
            calls_a_caller_max: 1.7,
        }
    }
}
