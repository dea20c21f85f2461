//! Dialling along a number range.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::LineKind;
use domain::num::share;

declare! {
    Sequence, "sequence",
    means: "How often a call goes to a number just above the one before.",
    points_to_a_room: "Robots dial ranges; precise fraud does not, so its absence says nothing (docs/concepts/figures.md).",
    false_alarms: "Random-digit surveys.",
    sequential_share: Option<f64>, "share of successive calls", "Successive calls made whose number rises by 1 to 10.";
}

const STEP_MAX: u64 = 10;

/// Share of rising steps between successive callees.
pub fn sequence(calls: &LineCalls<'_>, context: &Context<'_>) -> Sequence {
    let pairs = calls.made.callee.windows(2);
    let steps = pairs.clone().filter(|pair| {
        // Canonical order is the order of numbers: a rising number has a rising index.
        pair[1] > pair[0] && {
            let (before, after) = (context.lines.key(pair[0]), context.lines.key(pair[1]));
            before.kind() == after.kind()
                && before.kind() != LineKind::ShortCode
                && matches!((before.value(), after.value()), (Some(before), Some(after)) if after - before <= STEP_MAX)
        }
    });
    Sequence { sequential_share: share(steps.count(), pairs.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn rising_numbers_count() {
        let story = "A>2079460100 d0 09:00 1, A>2079460101 d0 09:01 1, A>2079460104 d0 09:02 1, A>2079460090 d0 09:03 1, A>2079460103 d0 09:04 1";
        assert_eq!(told(story, sequence).sequential_share, Some(0.5));
        let extensions = told("A>100 d0 09:00 1, A>101 d0 09:01 1", sequence);
        assert_eq!(
            extensions.sequential_share,
            Some(0.0),
            "short codes and bare identifiers are close by nature"
        );
    }
}
