//! Whether those called ever call back.

use crate::calls::{LineCalls, is_answered};
use crate::feature::declare;
use domain::num::share;

declare! {
    Reciprocity, "reciprocity",
    means: "How many of those called call back afterwards, and whether the line then answers.",
    points_to_a_room: "Targets rarely call back, and a line that lives a day is not there to answer: 87 % of reported fraud numbers received nothing that day (DOMAIN.md 2).",
    false_alarms: "Alarm systems and cold sales are not called back either; call-back rooms invert it.",
    reciprocity: Option<f64>, "share of callees", "Callees whose last call to the line came after its first call to them.";
    callback_answered_share: Option<f64>, "share of call-backs", "Calls received from callees that were answered.";
    received_share: Option<f64>, "share of calls", "Calls received over all calls.";
}

/// Shares of call-backs.
pub fn reciprocity(calls: &LineCalls<'_>) -> Reciprocity {
    let (mut callees, mut back, mut answered, mut returned) = (0, 0, 0, 0);
    for other in calls.callees() {
        callees += 1;
        if other.received == 0 {
            continue;
        }
        back += usize::from(other.called_back());
        let marks = &calls.received.marks[other.received_rows()];
        returned += marks.len();
        answered += marks.iter().filter(|marks| is_answered(**marks)).count();
    }
    let received = calls.received.caller.len();
    Reciprocity {
        reciprocity: share(back, callees),
        callback_answered_share: share(answered, returned),
        received_share: share(received, received + calls.made.callee.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn a_call_back_comes_after_the_call() {
        let story =
            "B>A d0 08:00 9, A>B d0 09:00 60, A>C d0 10:00 60, C>A d0 11:00 0, A>D d0 12:00 60";
        let found = told(story, |calls, _| reciprocity(calls));
        assert_eq!(found.reciprocity, Some(1.0 / 3.0), "only C called after being called");
        assert_eq!(found.callback_answered_share, Some(0.5));
        assert_eq!(found.received_share, Some(0.4));
    }
}
