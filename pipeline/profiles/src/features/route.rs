//! Whether the number shown can be true.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::{share, u32_of};
use facts::NONE;
use facts::call::{Attestation, attestation_of};

declare! {
    Route, "route",
    means: "By which trunks or gateways a line's calls come in, and whether its number fits them.",
    points_to_a_room: "A local number on a trunk that carries foreign calls, or attested only at a gateway (C), is likely not the caller's own (docs/concepts/figures.md).",
    false_alarms: "Roamers and offshore contractors: check roaming before believing it. C is normal for international entry.",
    routes: Option<u32>, "routes", "Distinct routes of calls made.";
    foreign_route_share: Option<f64>, "share of calls with a route", "Calls made on routes that mostly carry other countries' numbers, by a number of the home country.";
    attestation_c_share: Option<f64>, "share of attested calls", "Calls made that were attested C.";
}

/// Routes and attestation of the calls made.
pub fn route(calls: &LineCalls<'_>, context: &Context<'_>) -> Route {
    let routes: Vec<u32> =
        calls.made.route.iter().copied().filter(|route| *route != NONE).collect();
    let mut distinct = routes.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let attested = |level: Option<Attestation>| {
        let marks = calls.made.marks.iter().map(|marks| attestation_of(*marks));
        marks
            .filter(|found| level.map_or(*found != Attestation::None, |level| *found == level))
            .count()
    };
    // Which routes carry foreign calls is known only where somebody has counted them; to a foreign number they are no wonder.
    let known = routes.iter().filter_map(|route| context.routes.is_foreign(*route));
    let (known, home) = (known.collect::<Vec<_>>(), context.clock_index(calls.line));
    let foreign = known.iter().filter(|foreign| **foreign).count();
    let foreign_share = share(foreign, known.len()).filter(|_| context.routes.is_home(home));
    Route {
        routes: (!routes.is_empty()).then(|| u32_of(distinct.len())),
        foreign_route_share: foreign_share,
        attestation_c_share: share(attested(Some(Attestation::C)), attested(None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn routes_are_counted_where_they_are_seen() {
        let found = told("A>B d0 09:00 1 route=0, A>C d0 10:00 1 route=1, A>D d0 11:00 1", route);
        assert_eq!(
            (found.routes, found.foreign_route_share),
            (Some(2), Some(0.5)),
            "route 1 is foreign in the test context"
        );
        assert_eq!(told("A>B d0 09:00 1", route).routes, None);
    }
}
