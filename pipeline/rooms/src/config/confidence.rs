//! How sure the program is of a group.

use serde::{Deserialize, Serialize};

/// How weight becomes confidence, for each vantage. Fitted to 28 made worlds of 4 million calls (seeds 41-43, 81, 82, 91 and 92, each with
/// all columns, without handsets, without cells, without both). In smaller feeds and where rooms hide harder, groups in the middle are
/// rooms more often than it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfidenceConfig {
    /// Handsets and cells are seen.
    pub both: OddsLine,
    /// Handsets but no cells.
    pub handsets_only: OddsLine,
    /// Cells but no handsets.
    pub cells_only: OddsLine,
    /// Neither. Fitted to 19 such worlds (seeds 21-23, 95, 98, 111, 112, 121-123, 131-133, 141-143 and 151-153), with rooms put together.
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
            both: OddsLine { shift_bits: 0.0, slope: 1.2 },
            handsets_only: OddsLine { shift_bits: -0.2, slope: 0.9 },
            cells_only: OddsLine { shift_bits: -3.0, slope: 1.6 },
            neither: OddsLine { shift_bits: 1.4, slope: 2.0 },
        }
    }
}
