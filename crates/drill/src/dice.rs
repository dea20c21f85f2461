//! Seeded chance.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A stream of chance for one purpose: streams of other purposes do not disturb it.
#[derive(Clone, Debug)]
pub struct Dice(Pcg64Mcg);

impl Dice {
    /// The stream of a purpose, told by a few numbers.
    pub fn new(seed: u64, purpose: &[u64]) -> Self {
        let mixed = purpose.iter().fold(mix(seed), |state, part| mix(state ^ mix(*part)));
        Self(Pcg64Mcg::seed_from_u64(mixed))
    }

    /// Uniform in 0..1.
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in 0..bound.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound.max(1) as u64;
        usize::try_from(self.0.next_u64() % bound).expect("below a usize")
    }

    /// Uniform in low..high.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in low..=high.
    pub fn count(&mut self, low: u32, high: u32) -> u32 {
        low + domain::num::u32_of(self.below((high.saturating_sub(low) + 1) as usize))
    }

    /// True with a probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Standard normal (Box-Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// Log-normal with a median and a spread.
    pub fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * (sigma * self.normal()).exp()
    }

    /// Poisson with a mean (Knuth below 30, else rounded normal).
    pub fn poisson(&mut self, mean: f64) -> u32 {
        if mean > 30.0 {
            return domain::num::round_u32(mean + mean.sqrt() * self.normal());
        }
        let floor = (-mean).exp();
        let mut product = self.unit();
        let mut count = 0;
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// One of some values.
    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }
}

/// `SplitMix64`'s finaliser: spreads the bits of a number.
pub fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ_by_purpose() {
        let draw = |purpose: &[u64]| Dice::new(7, purpose).unit();
        assert!((draw(&[1, 2]) - draw(&[1, 2])).abs() < f64::EPSILON);
        assert!((draw(&[1, 2]) - draw(&[2, 1])).abs() > f64::EPSILON);
    }

    #[test]
    fn means_come_out() {
        let mut dice = Dice::new(1, &[]);
        let mean =
            |draw: &mut dyn FnMut() -> f64| (0..20_000).map(|_| draw()).sum::<f64>() / 20_000.0;
        assert!((mean(&mut || f64::from(dice.poisson(3.0))) - 3.0).abs() < 0.1);
        assert!(mean(&mut || dice.normal()).abs() < 0.05);
        assert!((mean(&mut || f64::from(dice.poisson(100.0))) - 100.0).abs() < 1.0);
    }
}
