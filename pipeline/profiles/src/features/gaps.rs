//! The pauses between calls.

use crate::calls::{LineCalls, median};
use crate::feature::declare;

declare! {
    Gaps, "gaps",
    means: "The time from one call made to the next, and how bursty it is.",
    points_to_a_room: "Work through a list has short, even gaps in blocks; people call in bursts (DOMAIN.md 2, the power-law groups).",
    false_alarms: "Telephone sales and dialling machines are as even.",
    gap_median_s: Option<f64>, "seconds", "Median time between starts of successive calls made.";
    burstiness: Option<f64>, "-1..1", "Goh-Barabasi burstiness of the gaps: -1 clockwork, 0 random, 1 bursts.";
}

/// Gaps between calls made.
pub fn gaps(calls: &LineCalls<'_>, buffer: &mut Vec<u32>) -> Gaps {
    buffer.clear();
    buffer.extend(calls.made.start_s.windows(2).map(|pair| pair[1] - pair[0]));
    let count = buffer.len() as f64;
    let mean = buffer.iter().map(|gap| f64::from(*gap)).sum::<f64>() / count;
    let variance = buffer.iter().map(|gap| (f64::from(*gap) - mean).powi(2)).sum::<f64>() / count;
    let deviation = variance.sqrt();
    let burstiness = (buffer.len() > 1 && deviation + mean > 0.0)
        .then(|| (deviation - mean) / (deviation + mean));
    Gaps { gap_median_s: median(buffer), burstiness }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn clockwork_and_nothing() {
        let found = told("A>B d0 08:00 1, A>C d0 08:10 1, A>D d0 08:20 1", |calls, _| {
            gaps(calls, &mut Vec::new())
        });
        assert_eq!(found, Gaps { gap_median_s: Some(600.0), burstiness: Some(-1.0) });
        let found = told("A>B d0 08:00 1", |calls, _| gaps(calls, &mut Vec::new()));
        assert_eq!(found, Gaps::default(), "one call has no gap");
    }
}
