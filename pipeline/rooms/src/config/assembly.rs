//! When pieces are put together to one room.

use serde::{Deserialize, Serialize};

/// When pieces are put together to one room: where one of two views says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AssemblyConfig {
    /// Links between two pieces, at least.
    pub links_min: usize,
    /// Against what their ties with all others let expect.
    pub by_ties: Lift,
    /// Against what they have with the least tied quarter of the other groups, at most.
    pub by_quartile: Lift,
    /// Among so many other groups, twice as much as chance gives is granted to it; the fewer, the more, for there is little to measure
    /// against.
    pub few_groups: f64,
    /// Of the tied pairs of lines that one room would have on the days that two pieces have in common, the share from which they are one.
    pub tied_share_min: f64,
    /// Such pairs, at least, for that.
    pub ties_expected_min: f64,
    /// Where neither handsets nor cells are seen: lines of a piece, at least, that who runs it calls.
    pub overseen_lines_min: usize,
    /// Of the lines of a piece, the share that these are, at least.
    pub overseen_share_min: f64,
    /// Days on which that line calls them, at least.
    pub overseen_days_min: usize,
    /// Of all whom that line calls, the share that worked lines are, at least: who rings everybody runs nobody.
    pub overseer_share_min: f64,
}

impl Default for AssemblyConfig {
    fn default() -> Self {
        Self {
            links_min: 4,
            by_ties: Lift { lift_min: 3.0, chance_bits: 0.015 },
            by_quartile: Lift { lift_min: 4.0, chance_bits: 0.025 },
            few_groups: 4.0,
            tied_share_min: 0.5,
            ties_expected_min: 10.0,
            overseen_lines_min: 3,
            overseen_share_min: 0.1,
            overseen_days_min: 2,
            overseer_share_min: 0.2,
        }
    }
}

/// How many times what is expected is enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// Weight over what is expected, at least.
    pub lift_min: f64,
    /// Weight that a pair of lines of different rooms has by chance at any rate, bits.
    pub chance_bits: f64,
}

impl Lift {
    /// A weight over what would be enough: from 1 on it is.
    ///
    /// `chances` are the pairs of lines that chance has, more than there are where little is known of it.
    pub(crate) fn share(&self, bits: f64, expected_bits: f64, chances: f64) -> f64 {
        bits / (self.lift_min * (expected_bits + self.chance_bits * chances))
    }
}
