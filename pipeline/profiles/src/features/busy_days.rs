//! On how many days a line works, and how hard.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::zone::day_of;

declare! {
    BusyDays, "busy_days",
    means: "On how many days a line makes calls, and how many on its busiest day.",
    points_to_a_room: "A line of a room is worked hard on the few days that it lives: 25 to 90 calls a day (docs/concepts/figures.md).",
    false_alarms: "Seasonal trades, movers, event lines.",
    days_active: u32, "days", "Local days with a call made.";
    calls_a_day_max: u32, "calls", "Most calls made on one local day.";
}

/// Counts the local days of the calls made.
pub fn busy_days(calls: &LineCalls<'_>, context: &Context<'_>) -> BusyDays {
    let (mut found, mut today, mut run) = (BusyDays::default(), u32::MAX, 0);
    for start_s in calls.made.start_s {
        let day = day_of(context.site.local_s(*start_s));
        if day != today {
            found.days_active += 1;
            today = day;
            run = 0;
        }
        run += 1;
        found.calls_a_day_max = found.calls_a_day_max.max(run);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn days_with_calls_and_the_busiest() {
        let found =
            told("A>B d0 09:00 60, A>B d0 10:00 60, A>C d2 09:00 0, D>A d3 12:00 5", busy_days);
        assert_eq!(found, BusyDays { days_active: 2, calls_a_day_max: 2 });
    }
}
