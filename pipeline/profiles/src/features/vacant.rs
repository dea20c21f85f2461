//! Calls to numbers that nobody holds.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::Outcome;
use domain::num::share;
use facts::call::outcome_of;

declare! {
    Vacant, "vacant",
    means: "The share of attempts that reach a vacant number, where the feed gives causes.",
    points_to_a_room: "Generated and stale lists hit vacant numbers; people who know whom they call do not (docs/concepts/figures.md).",
    false_alarms: "Surveys with random digits, debt collectors with old numbers.",
    vacant_share: Option<f64>, "share of calls", "Calls made to vacant numbers; not observable without causes.";
}

/// Share of vacant numbers.
pub fn vacant(calls: &LineCalls<'_>, context: &Context<'_>) -> Vacant {
    if !context.observed.causes {
        return Vacant::default();
    }
    let vacant =
        calls.made.marks.iter().filter(|marks| outcome_of(**marks) == Outcome::Vacant).count();
    Vacant { vacant_share: share(vacant, calls.made.marks.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn without_causes_it_is_not_observable() {
        assert_eq!(told("A>B d0 09:00 0 vacant, A>C d0 09:00 5", vacant).vacant_share, Some(0.5));
        assert_eq!(told("A>B d0 09:00 0, A>C d0 09:00 5", vacant).vacant_share, None);
    }
}
