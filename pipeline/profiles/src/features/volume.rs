//! How much a line calls and is called.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::u32_of;
use domain::zone::day_of;

declare! {
    Volume, "volume",
    means: "How many calls a line makes and receives, with how many others, on how many days.",
    points_to_a_room: "Real fraud lines make 25 to 90 calls on a day that they work, for a few days (DOMAIN.md 2).",
    false_alarms: "Couriers, drivers, sales, clinics and debt collectors make as many. Never used alone.",
    calls: u32, "calls", "Calls made.";
    calls_received: u32, "calls", "Calls received.";
    callees: u32, "lines", "Distinct lines called.";
    callers: u32, "lines", "Distinct lines that called.";
    days_active: u32, "days", "Local days with a call made.";
    calls_a_day_max: u32, "calls", "Most calls made on one local day.";
}

/// Counts the calls of a line.
pub fn volume(calls: &LineCalls<'_>, context: &Context<'_>) -> Volume {
    let (mut days_active, mut most, mut today, mut run) = (0, 0, u32::MAX, 0);
    for start_s in calls.made.start_s {
        let day = day_of(context.site.local_s(*start_s));
        if day != today {
            days_active += 1;
            today = day;
            run = 0;
        }
        run += 1;
        most = most.max(run);
    }
    let (mut callees, mut callers) = (0, 0);
    for other in calls.counterparts {
        callees += u32::from(other.made > 0);
        callers += u32::from(other.received > 0);
    }
    Volume {
        calls: u32_of(calls.made.callee.len()),
        calls_received: u32_of(calls.received.caller.len()),
        callees,
        callers,
        days_active,
        calls_a_day_max: most,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn counts_calls_lines_and_days() {
        let volume =
            told("A>B d0 09:00 60, A>B d0 10:00 60, A>C d2 09:00 0, D>A d0 12:00 5", volume);
        let expected = Volume {
            calls: 3,
            calls_received: 1,
            callees: 2,
            callers: 1,
            days_active: 2,
            calls_a_day_max: 2,
        };
        assert_eq!(volume, expected);
    }
}
