//! When rooms of two sides are one.

use linkage::weight::match_weight;
use serde::{Deserialize, Serialize};

/// When rooms of two sides are one. Weights are bits: each doubles the odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VantageConfig {
    /// Prior odds against a pair: rooms of this side, times this.
    pub prior_pairs: f64,
    /// Calls to the same person within a minute on both sides that chance may give.
    pub calls_by_chance: f64,
    /// Of the calls of the room that made fewer, the share that both sides saw, at least: below it the calls are of a few lines that are another room's.
    pub same_calls_min: f64,
    /// The most that such calls weigh.
    pub calls_bits_max: f64,
    /// The most that people called on both sides weigh.
    pub people_bits_max: f64,
    /// Mean and spread of Fisher's z (the inverse hyperbolic tangent) of the correlation of work over the day, of one room seen from two sides.
    pub same_z: (f64, f64),
    /// The same of different rooms of one clock: what is assumed before pairs tell.
    pub other_z: (f64, f64),
    /// How many pairs that assumption is worth.
    pub other_pairs: f64,
    /// Share of common days, at least, that agrees.
    pub days_min: f64,
    /// Share of the days of the one that worked on fewer, at least, that agrees: it may be a piece.
    pub piece_days_min: f64,
    /// How often one room's rhythm agrees on both sides.
    pub agree_m: f64,
    /// The most that agreement in rhythm, or in days, weighs.
    pub rhythm_bits_max: f64,
    /// Weight where they do not agree, bits.
    pub apart_bits: f64,
    /// Probability from which a room of the other side may be a piece of one of this side.
    pub piece_min: f64,
    /// Probability from which two rooms are joined.
    pub joined_min: f64,
}

impl VantageConfig {
    /// Mean and spread of Fisher's z of the correlations of different rooms.
    pub(crate) fn apart(&self, correlations: &[f64]) -> (f64, f64) {
        let (mean, spread) = self.other_z;
        let z: Vec<f64> = correlations.iter().map(|value| fisher(*value)).collect();
        let all = z.len() as f64 + self.other_pairs;
        let told = (z.iter().sum::<f64>() + self.other_pairs * mean) / all;
        let squares = z.iter().map(|z| (z - told).powi(2)).sum::<f64>();
        (told, ((squares + self.other_pairs * spread * spread) / all).sqrt())
    }

    /// The weight of a correlation over the day, given mean and spread of different rooms, bits: the likelihood ratio of two normal distributions
    /// of Fisher's z.
    pub(crate) fn alike(&self, correlation: f64, other_z: (f64, f64)) -> f64 {
        let z = fisher(correlation);
        let log2_density = |(mean, spread): (f64, f64)| {
            -((z - mean) / spread).powi(2) / 2.0 * std::f64::consts::LOG2_E - spread.log2()
        };
        // More alike than usual is no sign of two rooms.
        let same =
            if z > self.same_z.0 { -self.same_z.1.log2() } else { log2_density(self.same_z) };
        (same - log2_density(other_z)).clamp(self.apart_bits, self.rhythm_bits_max)
    }

    /// The weight of agreement that so many pairs of different rooms show by chance, bits.
    pub(crate) fn agreement(&self, chance: f64) -> f64 {
        match_weight(self.agree_m, chance).clamp(0.0, self.rhythm_bits_max)
    }
}

/// Fisher's z of a correlation, kept finite.
fn fisher(correlation: f64) -> f64 {
    correlation.clamp(-0.999, 0.999).atanh()
}

impl Default for VantageConfig {
    fn default() -> Self {
        Self {
            prior_pairs: 2.0,
            calls_by_chance: 1.5,
            same_calls_min: 0.15,
            calls_bits_max: 24.0,
            people_bits_max: 16.0,
            same_z: (2.0, 0.4),
            other_z: (0.9, 0.35),
            other_pairs: 5.0,
            days_min: 0.7,
            piece_days_min: 0.9,
            agree_m: 0.9,
            rhythm_bits_max: 8.0,
            apart_bits: -5.0,
            piece_min: 0.75,
            joined_min: 0.9,
        }
    }
}
