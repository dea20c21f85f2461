//! What a line receives, and whether it answers those that it called.

use crate::calls::{LineCalls, is_answered};
use crate::feature::declare;
use domain::num::share;

declare! {
    CallBacks, "call_backs",
    means: "How much of its traffic a line receives, and whether it answers when those it called ring back.",
    points_to_a_room: "A line that lives a day is not there to answer; a line that only receives, from strangers, is the other end of a call-back trick.",
    false_alarms: "Hotlines, clinics and shops receive most of their calls; alarm systems answer nobody.",
    callback_answered_share: Option<f64>, "share of call-backs", "Calls received from callees that were answered.";
    received_share: Option<f64>, "share of calls", "Calls received over all calls.";
}

/// Shares of calls received.
pub fn call_backs(calls: &LineCalls<'_>) -> CallBacks {
    let (mut answered, mut returned) = (0, 0);
    for other in calls.callees().filter(|other| other.received > 0) {
        let marks = &calls.received.marks[other.received_rows()];
        returned += marks.len();
        answered += marks.iter().filter(|marks| is_answered(**marks)).count();
    }
    let received = calls.received.caller.len();
    CallBacks {
        callback_answered_share: share(answered, returned),
        received_share: share(received, received + calls.made.callee.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn who_rings_back_is_answered_or_not() {
        let story =
            "B>A d0 08:00 9, A>B d0 09:00 60, A>C d0 10:00 60, C>A d0 11:00 0, A>D d0 12:00 60";
        let found = told(story, |calls, _| call_backs(calls));
        assert_eq!(found.callback_answered_share, Some(0.5));
        assert_eq!(found.received_share, Some(0.4));
    }
}
