//! In which order people are warned.

use serde::{Deserialize, Serialize};

/// In which order people are warned: those who are surely worked on before those whom the room may have let go; of each, by how fresh the
/// contact is, then by expected precision, stage and freshness together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UrgencyConfig {
    /// Expected precision from which somebody comes before all who have less.
    pub sure_min: f64,
    /// Hours after the last contact in which the odds count half as much, among people of the same urgency.
    pub halving_h: f64,
    /// Being surer than this makes nobody more urgent, bits.
    pub sure_bits_max: f64,
    /// Weight of having been handed on, bits.
    pub handed_on_bits: f64,
    /// Weight of being worked on for days or by several lines, bits.
    pub worked_on_bits: f64,
    /// Hours since the last contact up to which somebody is to be called now.
    pub now_h: f64,
    /// Hours up to which soon.
    pub soon_h: f64,
}

impl Default for UrgencyConfig {
    fn default() -> Self {
        Self {
            sure_min: 0.8,
            halving_h: 72.0,
            sure_bits_max: 9.0,
            handed_on_bits: 1.0,
            worked_on_bits: 1.5,
            now_h: 24.0,
            soon_h: 72.0,
        }
    }
}
