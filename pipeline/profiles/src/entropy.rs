//! Shannon entropy of counts, in nats.

use std::sync::LazyLock;

/// `n ln n` of small counts: most counts are, and logarithms are slow.
static SMALL: LazyLock<[f64; 256]> = LazyLock::new(|| std::array::from_fn(computed));

fn computed(count: usize) -> f64 {
    let count = count as f64;
    if count > 0.0 { count * count.ln() } else { 0.0 }
}

#[inline]
fn n_ln_n(count: usize) -> f64 {
    SMALL.get(count).copied().unwrap_or_else(|| computed(count))
}

/// The entropy of counts that are added one by one.
///
/// With counts n that sum to N it is `(N ln N - sum of n ln n) / N`, which is the sum of `-p ln p` with p = n / N.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct EntropySum {
    all: usize,
    terms: f64,
}

impl EntropySum {
    /// Adds a count.
    #[inline]
    pub(crate) fn add(&mut self, count: usize) {
        self.all += count;
        self.terms += n_ln_n(count);
    }

    /// The entropy; `None` of nothing.
    pub(crate) fn nats(self) -> Option<f64> {
        // Rounding may leave a little less than nothing.
        (self.all > 0).then(|| ((n_ln_n(self.all) - self.terms) / self.all as f64).max(0.0))
    }
}

/// The entropy of counts; `None` of nothing.
pub(crate) fn entropy(counts: &[u32]) -> Option<f64> {
    let mut sum = EntropySum::default();
    counts.iter().for_each(|count| sum.add(*count as usize));
    sum.nats()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn of_nothing_there_is_none_and_of_one_thing_it_is_zero() {
        assert_eq!(entropy(&[]), None);
        assert_eq!(entropy(&[0, 0]), None);
        assert_eq!(entropy(&[7, 0]), Some(0.0));
    }

    proptest! {
        #[test]
        fn it_is_what_its_definition_says(counts in prop::collection::vec(0_u32..2_000, 1..30)) {
            let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
            let shares = counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / all);
            let expected: f64 = shares.map(|share| -share * share.ln()).sum();
            let found = entropy(&counts).unwrap_or(0.0);
            prop_assert!((found - expected).abs() < 1e-12, "{} {}", found, expected);
        }
    }
}
