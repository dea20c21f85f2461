//! How callees spread over number blocks.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::entropy::entropy;
use crate::feature::declare;
use domain::num::u32_of;

declare! {
    Dispersion, "dispersion",
    means: "How the called numbers spread over blocks of ten thousand.",
    points_to_a_room: "Range dialling stays in few blocks; bought lists spread over many.",
    false_alarms: "76 % of innocent users had no dispersion at all in one data set: says little alone (docs/concepts/figures.md).",
    block_entropy: Option<f64>, "nats", "Entropy of the blocks of distinct callees that are numbers.";
    numbers_a_block: Option<f64>, "numbers", "Distinct callees over distinct blocks.";
}

const BLOCK: u64 = 10_000;

/// Spread of the callees over blocks.
pub fn dispersion(
    calls: &LineCalls<'_>,
    context: &Context<'_>,
    counts: &mut Vec<u32>,
) -> Dispersion {
    counts.clear();
    let mut last = None;
    let mut numbers = 0;
    for other in calls.callees() {
        let key = context.lines.key(other.other);
        let Some(block) = key.value().map(|value| (key.kind(), value / BLOCK)) else { continue };
        numbers += 1;
        // Callees come in the order of their numbers: blocks are runs.
        match counts.last_mut() {
            Some(count) if last == Some(block) => *count += 1,
            _ => counts.push(1),
        }
        last = Some(block);
    }
    let a_block = (!counts.is_empty()).then(|| f64::from(u32_of(numbers)) / counts.len() as f64);
    Dispersion { block_entropy: entropy(counts), numbers_a_block: a_block }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn two_blocks_of_one_and_three() {
        let story = "A>2000001 d0 09:00 1, A>2000002 d0 09:01 1, A>2000003 d0 09:02 1, A>3000001 d0 09:03 1";
        let found = told(story, |calls, context| dispersion(calls, context, &mut Vec::new()));
        assert_eq!(found.numbers_a_block, Some(2.0));
        let expected = -(0.25_f64 * 0.25_f64.ln() + 0.75 * 0.75_f64.ln());
        assert!((found.block_entropy.unwrap() - expected).abs() < 1e-12);
    }
}
