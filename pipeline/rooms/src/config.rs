//! All thresholds and weights, in one versioned place that is stored with every result.
//!
//! Priors are starting values from docs/concepts/figures.md and from made worlds written by two hands; `uneven` and `few_groups` were set on
//! those of `drill make` with seeds 311 to 313 and 2023. Only the lines of [`ConfidenceConfig`] are fitted, and a
//! confidence decides too what is a lead; their worlds are named there. Probabilities by chance (u) are not here:
//! they are counted in the data at hand. What a fact means (office hours, night, a talk of two days) stands with the fact.

mod assembly;
mod candidate;
mod confidence;
mod finding;
mod lead;
mod likes;
mod pair;
mod presence;
mod shape;
mod tenant;
mod vantage;

pub use assembly::{AssemblyConfig, Lift};
pub use candidate::CandidateConfig;
pub use confidence::{ConfidenceConfig, OddsLine};
pub use finding::{
    DeviceFindings, FindingConfig, LifeFindings, NumberingFindings, PlaceFindings, RhythmFindings,
    TargetFindings,
};
pub use lead::LeadConfig;
pub use likes::LikesConfig;
pub use pair::{DevicePair, NumberPair, PairConfig, PlacePair, RhythmPair, TargetPair};
pub use presence::PresenceConfig;
pub use shape::ShapeConfig;
pub use tenant::TenantConfig;
pub use vantage::VantageConfig;

use serde::{Deserialize, Serialize};

/// The configuration of the stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Version of the meaning of these values.
    pub version: u32,
    /// Which lines may be worked.
    pub candidate: CandidateConfig,
    /// Which pairs belong together.
    pub pair: PairConfig,
    /// When pieces are put together to one room.
    pub assembly: AssemblyConfig,
    /// When one building holds two rooms.
    pub tenant: TenantConfig,
    /// What findings about a group weigh.
    pub finding: FindingConfig,
    /// What shape a room has.
    pub shape: ShapeConfig,
    /// Which groups are leads.
    pub lead: LeadConfig,
    /// How sure the program is of them.
    pub confidence: ConfidenceConfig,
    /// When lines that were seen at one place are a room.
    pub presence: PresenceConfig,
    /// When rooms of two sides are one.
    pub vantage: VantageConfig,
    /// What judgements teach.
    pub likes: LikesConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            version: 13,
            candidate: CandidateConfig::default(),
            pair: PairConfig::default(),
            assembly: AssemblyConfig::default(),
            tenant: TenantConfig::default(),
            finding: FindingConfig::default(),
            shape: ShapeConfig::default(),
            lead: LeadConfig::default(),
            confidence: ConfidenceConfig::default(),
            presence: PresenceConfig::default(),
            vantage: VantageConfig::default(),
            likes: LikesConfig::default(),
        }
    }
}

/// What a value weighs: pairs of a value and the bits from it on, in rising order of the values; below the first, nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(f64, f64)>")]
pub struct Steps(Vec<(f64, f64)>);

impl TryFrom<Vec<(f64, f64)>> for Steps {
    type Error = &'static str;

    fn try_from(steps: Vec<(f64, f64)>) -> Result<Self, Self::Error> {
        let rise = steps.is_sorted_by(|a, b| a.0 < b.0);
        rise.then_some(Self(steps))
            .ok_or("steps are pairs of a value and bits, and the values rise")
    }
}

impl Steps {
    /// Steps as given: the values rise.
    pub fn new(steps: &[(f64, f64)]) -> Self {
        Self(steps.to_vec())
    }

    /// The bits of a value; `None` below the first step.
    pub fn bits(&self, value: f64) -> Option<f64> {
        self.0.iter().rev().find(|(from, _)| value >= *from).map(|(_, bits)| *bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_weighs_what_the_last_step_below_it_says() {
        let steps = Steps::new(&[(0.1, 2.0), (0.25, 4.0)]);
        let told = [0.09, 0.1, 0.2, 0.25, 1.0].map(|value| steps.bits(value));
        assert_eq!(told, [None, Some(2.0), Some(2.0), Some(4.0), Some(4.0)]);
        assert!(Steps::try_from(vec![(0.25, 4.0), (0.1, 2.0)]).is_err());
    }
}
