//! Work at night and through the weekend.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::share;
use domain::zone::{hour_of, weekday_of};

declare! {
    OffHours, "off_hours",
    means: "How much a line calls at night and on weekends, on the site's clock.",
    points_to_a_room: "A house that phones another continent works at night and through the weekend.",
    false_alarms: "Night trades, hotlines, offshore call centres with a registered employer.",
    night_share: Option<f64>, "share of calls", "Calls made from 22:00 to 06:00 local.";
    weekend_share: Option<f64>, "share of calls", "Calls made on Saturday or Sunday, local.";
}

/// Shares of the calls made at night and on weekends.
pub fn off_hours(calls: &LineCalls<'_>, context: &Context<'_>) -> OffHours {
    let (mut night, mut weekend) = (0, 0);
    for start_s in calls.made.start_s {
        let local_s = context.site.local_s(*start_s);
        night += usize::from(!(6..22).contains(&hour_of(local_s)));
        weekend += usize::from(weekday_of(local_s) >= 5);
    }
    let all = calls.made.start_s.len();
    OffHours { night_share: share(night, all), weekend_share: share(weekend, all) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn nights_and_weekends() {
        // Day 0 is a Monday.
        let story = "A>B d0 23:00 1, A>C d5 09:00 1, A>D d0 23:30 1, A>E d1 10:00 1";
        let found = told(story, off_hours);
        assert_eq!(found, OffHours { night_share: Some(0.5), weekend_share: Some(0.25) });
        assert_eq!(told("B>A d0 23:00 1", off_hours), OffHours::default());
    }
}
