//! Whether those called ever call back.

use crate::calls::LineCalls;
use crate::feature::declare;
use domain::num::share;

declare! {
    Reciprocity, "reciprocity",
    means: "How many of those called call back afterwards.",
    points_to_a_room: "Targets rarely call back, and a line that lives a day is not there to answer: 87 % of reported fraud numbers received nothing that day (docs/concepts/figures.md).",
    false_alarms: "Alarm systems and cold sales are not called back either; call-back rooms invert it.",
    reciprocity: Option<f64>, "share of callees", "Callees whose last call to the line came after its first call to them.";
}

/// The share of callees that called back.
pub fn reciprocity(calls: &LineCalls<'_>) -> Reciprocity {
    let (mut callees, mut back) = (0, 0);
    for other in calls.callees() {
        callees += 1;
        back += usize::from(other.called_back());
    }
    Reciprocity { reciprocity: share(back, callees) }
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
    }
}
