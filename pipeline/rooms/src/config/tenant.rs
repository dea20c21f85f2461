//! When one building holds two rooms.

use serde::{Deserialize, Serialize};

/// When one building holds two rooms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TenantConfig {
    /// Share of the tied pairs of lines that one room would have, below which two parts are two rooms.
    pub share_max: f64,
    /// Tied pairs that may be missing by chance.
    pub few_ties: f64,
}

impl Default for TenantConfig {
    fn default() -> Self {
        Self { share_max: 0.08, few_ties: 5.0 }
    }
}
