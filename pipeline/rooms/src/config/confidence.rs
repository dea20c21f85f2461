//! How sure the program is of a group.

use serde::{Deserialize, Serialize};

/// How weight becomes confidence, for each vantage. Fitted to made worlds: those of `drill make` with 2 and 4 million calls, as an operator and
/// as the targets' country see them, with outcomes and without; and to seven worlds that another hand made, where rooms call their own
/// country and no cause is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfidenceConfig {
    /// Handsets and cells are seen.
    pub both: OddsLine,
    /// Handsets but no cells.
    pub handsets_only: OddsLine,
    /// Cells but no handsets.
    pub cells_only: OddsLine,
    /// Neither. Of groups with 2 to 4 bits of findings three quarters were rooms in the operator's worlds, nearly all in the targets' country's,
    /// and two thirds in those of the other hand.
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
            cells_only: OddsLine { shift_bits: 1.0, slope: 2.4 },
            neither: OddsLine { shift_bits: 2.8, slope: 1.5 },
        }
    }
}
