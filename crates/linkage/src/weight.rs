//! Match weights in bits.

/// log2(m/u) of an agreement with probability `m` among matches and `u` by chance, both above 0.
pub fn match_weight(m: f64, u: f64) -> f64 {
    (m / u).log2()
}

/// How surprising `seen` joint events are where chance would give `expected` on average: the log-likelihood ratio, in bits, of a
/// Poisson rate fitted to what was seen over the expected one; 0 where no more was seen than expected.
pub fn surprise(seen: f64, expected: f64) -> f64 {
    if seen <= expected || seen <= 0.0 {
        return 0.0;
    }
    let expected = expected.max(1e-6);
    (seen * (seen / expected).ln() - (seen - expected)) / std::f64::consts::LN_2
}

/// Odds in bits as a probability.
pub fn probability(bits: f64) -> f64 {
    1.0 / (1.0 + (-bits).exp2())
}

/// A probability as odds in bits; what is certain is as good as certain, so that it can be weighed on.
pub fn odds_bits(probability: f64) -> f64 {
    const CERTAIN: f64 = 1e-9;
    let probability = probability.clamp(CERTAIN, 1.0 - CERTAIN);
    (probability / (1.0 - probability)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_and_odds() {
        assert!((match_weight(0.9, 0.9 / 8.0) - 3.0).abs() < 1e-12);
        assert!((probability(0.0) - 0.5).abs() < 1e-12);
        assert!((probability(3.0) - 8.0 / 9.0).abs() < 1e-12);
        assert!((odds_bits(8.0 / 9.0) - 3.0).abs() < 1e-9);
        assert!(odds_bits(1.0).is_finite() && odds_bits(0.0).is_finite());
    }

    #[test]
    fn only_more_than_chance_surprises() {
        assert!(surprise(1.0, 2.0).abs() < 1e-12);
        assert!(surprise(3.0, 0.01) > surprise(2.0, 0.01));
        assert!(surprise(2.0, 0.01) > surprise(2.0, 0.1));
    }
}
