//! From weight to confidence: of groups that weigh as much in feeds that show as much, how many are rooms.
//!
//! The sum of all bits would be the logarithm of the odds if findings were independent and the prior held everywhere. They are not and it
//! does not: what a feed lacks changes which groups come up at all. So the sum is put through a line, fitted for each vantage to made
//! worlds with known rooms (J. Platt, "Probabilistic outputs for support vector machines", 1999).

use crate::config::ConfidenceConfig;
use facts::{Extra, Observed};
use linkage::weight::probability;

/// The confidence, 0..1, of a group whose prior and findings sum to `bits`.
pub(crate) fn confidence(bits: f64, observed: Observed, config: &ConfidenceConfig) -> f64 {
    let handsets = observed.has(Extra::CallerHandset);
    let line = match (handsets, observed.has(Extra::CallerCell)) {
        (true, true) => &config.both,
        (true, false) => &config.handsets_only,
        (false, true) => &config.cells_only,
        (false, false) => &config.neither,
    };
    probability(line.shift_bits + line.slope * bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vantages() -> [Observed; 4] {
        [[false, false], [true, false], [false, true], [true, true]].map(|[handset, cell]| {
            let mut observed = Observed::default();
            let there = [(handset, Extra::CallerHandset), (cell, Extra::CallerCell)];
            there.iter().filter(|(there, _)| *there).for_each(|(_, extra)| observed.add(*extra));
            observed
        })
    }

    #[test]
    fn more_weight_is_more_confidence_in_every_vantage() {
        let config = ConfidenceConfig::default();
        for observed in vantages() {
            let told: Vec<f64> =
                (-4..=12).map(|bits| confidence(f64::from(bits), observed, &config)).collect();
            assert!(told.is_sorted(), "{told:?}");
            assert!(told[0] < 0.1 && told[16] > 0.95, "{told:?}");
        }
    }

    #[test]
    fn handsets_alone_are_believed_less_than_with_places() {
        let config = ConfidenceConfig::default();
        let [_, handsets_only, _, both] =
            vantages().map(|observed| confidence(2.0, observed, &config));
        assert!(handsets_only < both, "{handsets_only} {both}");
    }
}
