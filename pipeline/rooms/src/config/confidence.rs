//! How sure the program is of a group.

use serde::{Deserialize, Serialize};

/// How weight becomes confidence, for each vantage. Fitted to made worlds of 4 million calls: with handsets or cells to seeds 41-43, 81,
/// 82, 91 and 92, with both to 111-153 and 201-203 besides. In smaller feeds and where rooms hide harder, groups in the middle are rooms
/// more often than it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfidenceConfig {
    /// Handsets and cells are seen.
    pub both: OddsLine,
    /// Handsets but no cells.
    pub handsets_only: OddsLine,
    /// Cells but no handsets.
    pub cells_only: OddsLine,
    /// Neither. Fitted to 28 such worlds (seeds 21-23, 95, 98, 111-153, 171-176 and 201-203) and looked at with six others (211-216): of
    /// groups said to be rooms with 45 % there 48 % were (21), with 85 % 93 % (15). Where rooms hide hard 80 % and 90 % were.
    pub neither: OddsLine,
}

/// Odds in bits as a line over weight in bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OddsLine {
    /// Odds where the weight, with the prior, is 0, bits.
    pub shift_bits: f64,
    /// Odds for each bit of weight.
    pub slope: f64,
}

impl Default for ConfidenceConfig {
    fn default() -> Self {
        Self {
            both: OddsLine { shift_bits: 0.0, slope: 1.8 },
            handsets_only: OddsLine { shift_bits: -0.2, slope: 0.9 },
            cells_only: OddsLine { shift_bits: -3.0, slope: 1.6 },
            neither: OddsLine { shift_bits: 2.5, slope: 2.8 },
        }
    }
}
