//! The pauses between calls.

use crate::calls::{LineCalls, median};
use crate::feature::declare;

declare! {
    Gaps, "gaps",
    means: "The time from one call made to the next.",
    points_to_a_room: "Work through a list has short gaps (docs/concepts/figures.md, the power-law groups).",
    false_alarms: "Telephone sales and dialling machines have gaps as short.",
    gap_median_s: Option<f64>, "seconds", "Median time between starts of successive calls made.";
}

/// Gaps between calls made.
pub fn gaps(calls: &LineCalls<'_>, buffer: &mut Vec<u32>) -> Gaps {
    buffer.clear();
    buffer.extend(calls.made.start_s.windows(2).map(|pair| pair[1] - pair[0]));
    Gaps { gap_median_s: median(buffer) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn between_starts_of_calls_made() {
        let found =
            told("A>B d0 08:00 1, A>C d0 08:10 1, A>D d0 08:40 1, B>A d0 08:41 1", |calls, _| {
                gaps(calls, &mut Vec::new())
            });
        assert_eq!(found, Gaps { gap_median_s: Some(1_200.0) });
        let found = told("A>B d0 08:00 1", |calls, _| gaps(calls, &mut Vec::new()));
        assert_eq!(found, Gaps::default(), "one call has no gap");
    }
}
