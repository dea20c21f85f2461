//! How long calls take.

use crate::calls::{LineCalls, quantiles};
use crate::feature::declare;

declare! {
    Duration, "duration",
    means: "How long the calls made take, unanswered ones too.",
    points_to_a_room: "Rooms show two modes: probes of seconds and hooked targets of tens of minutes; the median of reported fraud calls is 83 s (docs/concepts/figures.md).",
    false_alarms: "Hotlines, clinics and helpdesks talk long too, but mostly with people who called them.",
    duration_mean_s: Option<f64>, "seconds", "Mean duration of calls made, unanswered ones as 0.";
    duration_median_s: Option<f64>, "seconds", "Median duration of calls made, unanswered ones as 0.";
    duration_p95_s: Option<f64>, "seconds", "95th percentile of the same.";
}

/// Durations of the calls made.
pub fn duration(calls: &LineCalls<'_>, buffer: &mut Vec<u32>) -> Duration {
    let durations = calls.made.duration_s;
    let total: u64 = durations.iter().map(|duration_s| u64::from(*duration_s)).sum();
    buffer.clear();
    buffer.extend_from_slice(durations);
    let [median, p95] = quantiles(buffer, [0.5, 0.95]).map_or([None; 2], |found| found.map(Some));
    Duration {
        duration_mean_s: (!durations.is_empty()).then(|| total as f64 / durations.len() as f64),
        duration_median_s: median,
        duration_p95_s: p95,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn unanswered_calls_count_as_zero() {
        let story = "A>B d0 08:00 600, A>B d0 09:00 10, A>C d0 10:00 0, A>D d0 11:00 20";
        let found = told(story, |calls, _| duration(calls, &mut Vec::new()));
        assert_eq!(found.duration_mean_s, Some(157.5));
        assert_eq!(found.duration_median_s, Some(15.0));
        assert!((found.duration_p95_s.unwrap() - 513.0).abs() < 1e-9);
    }
}
