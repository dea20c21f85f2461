//! When on the site's clock.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::entropy::entropy;
use crate::feature::declare;
use domain::zone::hour_of;

declare! {
    Hours, "hours",
    means: "At how many local hours a line makes its calls.",
    points_to_a_room: "A shift is narrower than a life.",
    false_alarms: "Any job with fixed hours.",
    hour_entropy: Option<f64>, "nats, 0..3.18", "Entropy of the local hour of calls made.";
    hours_used: u32, "hours", "Hours of the day that hold at least 2 % of the calls made.";
}

/// The local clock of the calls made.
pub fn hours(calls: &LineCalls<'_>, context: &Context<'_>) -> Hours {
    let mut by_hour = [0_u32; 24];
    for start_s in calls.made.start_s {
        by_hour[hour_of(context.site.local_s(*start_s))] += 1;
    }
    let all = calls.made.start_s.len();
    let floor = (all as f64 * 0.02).max(1.0);
    let used = by_hour.iter().filter(|count| f64::from(**count) >= floor).count();
    Hours { hour_entropy: entropy(&by_hour), hours_used: domain::num::u32_of(used) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn hours_and_their_entropy() {
        let found = told("A>B d0 23:00 1, A>C d5 09:00 1, A>D d0 23:30 1, A>E d1 10:00 1", hours);
        assert_eq!(found.hours_used, 3);
        assert!((found.hour_entropy.unwrap() - 1.5 * std::f64::consts::LN_2).abs() < 1e-12);
        assert_eq!(told("B>A d0 23:00 1", hours).hour_entropy, None);
    }
}
