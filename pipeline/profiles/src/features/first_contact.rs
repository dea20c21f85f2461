//! Strangers: others whom the line called before they ever called it.

use crate::calls::LineCalls;
use crate::feature::declare;
use domain::num::share;

declare! {
    FirstContact, "first_contact",
    means: "How much of what a line does is calling strangers.",
    points_to_a_room: "A room works through a list: 0.85 to 1.0 of its calls open a contact (docs/concepts/figures.md).",
    false_alarms: "Couriers (0.8-0.95), cold sales, surveys and recruiters. What tells them apart is who else calls the same strangers.",
    fresh_share: Option<f64>, "share of calls", "Callees who had not called the line before it called them, over calls made.";
    fresh_callee_share: Option<f64>, "share of callees", "The same over distinct callees.";
    once_share: Option<f64>, "share of callees", "Callees called exactly once.";
}

/// Shares of first contacts.
pub fn first_contact(calls: &LineCalls<'_>) -> FirstContact {
    let (mut callees, mut fresh, mut once) = (0, 0, 0);
    for other in calls.callees() {
        callees += 1;
        fresh += usize::from(other.is_first_contact());
        once += usize::from(other.made == 1);
    }
    FirstContact {
        fresh_share: share(fresh, calls.made.callee.len()),
        fresh_callee_share: share(fresh, callees),
        once_share: share(once, callees),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn whoever_called_first_is_no_stranger() {
        let found = told(
            "D>A d0 08:00 9, A>D d0 09:00 60, A>B d0 10:00 60, A>B d0 11:00 60, A>C d0 12:00 0",
            |calls, _| first_contact(calls),
        );
        assert_eq!(found.fresh_share, Some(2.0 / 4.0));
        assert_eq!(found.fresh_callee_share, Some(2.0 / 3.0));
        assert_eq!(found.once_share, Some(2.0 / 3.0));
    }

    #[test]
    fn of_a_line_that_calls_nobody_it_is_not_observable() {
        assert_eq!(told("D>A d0 08:00 9", |calls, _| first_contact(calls)).fresh_share, None);
    }
}
