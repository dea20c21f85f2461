//! How much a line calls and is called.

use crate::calls::LineCalls;
use crate::feature::declare;
use domain::num::u32_of;

declare! {
    Volume, "volume",
    means: "How many calls a line makes and receives, and with how many others.",
    points_to_a_room: "Real fraud lines make 25 to 90 calls on a day that they work, for a few days (docs/concepts/figures.md).",
    false_alarms: "Couriers, drivers, sales, clinics and debt collectors make as many. Never used alone.",
    calls: u32, "calls", "Calls made.";
    calls_received: u32, "calls", "Calls received.";
    callees: u32, "lines", "Distinct lines called.";
    callers: u32, "lines", "Distinct lines that called.";
}

/// Counts the calls of a line.
pub fn volume(calls: &LineCalls<'_>) -> Volume {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn counts_calls_and_lines() {
        let volume =
            told("A>B d0 09:00 60, A>B d0 10:00 60, A>C d2 09:00 0, D>A d0 12:00 5", |calls, _| {
                volume(calls)
            });
        let expected = Volume { calls: 3, calls_received: 1, callees: 2, callers: 1 };
        assert_eq!(volume, expected);
    }
}
