//! When on the site's clock.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::entropy::entropy;
use crate::feature::declare;
use domain::num::share;
use domain::zone::{hour_of, weekday_of};

declare! {
    Hours, "hours",
    means: "At which local hours and weekdays a line makes its calls.",
    points_to_a_room: "A house that phones another continent works at night and through the weekend; a shift is narrower than a life.",
    false_alarms: "Night trades, hotlines, offshore call centres with a registered employer.",
    hour_entropy: Option<f64>, "nats, 0..3.18", "Entropy of the local hour of calls made.";
    night_share: Option<f64>, "share of calls", "Calls made from 22:00 to 06:00 local.";
    weekend_share: Option<f64>, "share of calls", "Calls made on Saturday or Sunday, local.";
    hours_used: u32, "hours", "Hours of the day that hold at least 2 % of the calls made.";
}

/// The local clock of the calls made.
pub fn hours(calls: &LineCalls<'_>, context: &Context<'_>) -> Hours {
    let mut by_hour = [0_u32; 24];
    let (mut night, mut weekend) = (0, 0);
    for start_s in calls.made.start_s {
        let local_s = context.site.local_s(*start_s);
        let hour = hour_of(local_s);
        by_hour[hour] += 1;
        night += usize::from(!(6..22).contains(&hour));
        weekend += usize::from(weekday_of(local_s) >= 5);
    }
    let all = calls.made.start_s.len();
    let floor = (all as f64 * 0.02).max(1.0);
    let used = by_hour.iter().filter(|count| f64::from(**count) >= floor).count();
    Hours {
        hour_entropy: entropy(&by_hour),
        night_share: share(night, all),
        weekend_share: share(weekend, all),
        hours_used: domain::num::u32_of(used),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn night_weekend_and_entropy() {
        // Day 0 is a Monday.
        let found = told("A>B d0 23:00 1, A>C d5 09:00 1, A>D d0 23:30 1, A>E d1 10:00 1", hours);
        assert_eq!(
            (found.night_share, found.weekend_share, found.hours_used),
            (Some(0.5), Some(0.25), 3)
        );
        assert!((found.hour_entropy.unwrap() - 1.5 * std::f64::consts::LN_2).abs() < 1e-12);
        assert_eq!(told("B>A d0 23:00 1", hours).hour_entropy, None);
    }
}
