//! How bursty a line calls.

use crate::calls::LineCalls;
use crate::feature::declare;

declare! {
    Burstiness, "burstiness",
    means: "Whether calls come evenly or in bursts.",
    points_to_a_room: "Work through a list is even; people call in bursts (docs/concepts/figures.md, the power-law groups).",
    false_alarms: "Telephone sales and dialling machines are as even.",
    burstiness: Option<f64>, "-1..1", "Goh-Barabasi burstiness of the gaps between calls made: -1 clockwork, 0 random, 1 bursts.";
}

/// Burstiness of the calls made (Goh & Barabasi, EPL 81, 2008): (deviation - mean) / (deviation + mean) of the gaps.
pub fn burstiness(calls: &LineCalls<'_>) -> Burstiness {
    let gaps = || calls.made.start_s.windows(2).map(|pair| f64::from(pair[1] - pair[0]));
    let count = gaps().len();
    let mean = gaps().sum::<f64>() / count as f64;
    let deviation = (gaps().map(|gap| (gap - mean).powi(2)).sum::<f64>() / count as f64).sqrt();
    let told = count > 1 && deviation + mean > 0.0;
    Burstiness { burstiness: told.then(|| (deviation - mean) / (deviation + mean)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn clockwork_bursts_and_nothing() {
        let told = |story: &str| told(story, |calls, _| burstiness(calls)).burstiness;
        assert_eq!(told("A>B d0 08:00 1, A>C d0 08:10 1, A>D d0 08:20 1"), Some(-1.0));
        let bursts = told("A>B d0 08:00 1, A>C d0 08:01 1, A>D d0 08:02 1, A>D d9 08:02 1");
        assert!(bursts.is_some_and(|value| value > 0.1), "{bursts:?}");
        assert_eq!(told("A>B d0 08:00 1, A>C d0 08:10 1"), None, "one gap has no spread");
    }
}
