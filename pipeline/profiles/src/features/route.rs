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
    let known: Vec<bool> = known.collect();
    let foreign = known.iter().filter(|foreign| **foreign).count();
    let is_home = context.routes.is_home(context.lines.key(calls.line));
    let foreign_share = share(foreign, known.len()).filter(|_| is_home);
    Route {
        routes: (!routes.is_empty()).then(|| u32_of(distinct.len())),
        foreign_route_share: foreign_share,
        attestation_c_share: share(attested(Some(Attestation::C)), attested(None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::Scratch;
    use crate::features::testing::{context_of, story, told};
    use crate::routes::Routes;

    /// The route profile of a line in a story whose routes were counted.
    fn counted(text: &str, line: &str) -> Route {
        let calls = story(text);
        let mut context = context_of(&calls);
        context.routes = Routes::of(&calls).unwrap();
        let line = calls.names.lines.find(line).unwrap();
        let (part, place) = calls.part_of(line).unwrap();
        route(&Scratch::default().line(&part, place), &context)
    }

    #[test]
    fn routes_are_counted_where_they_are_seen() {
        let found = told("A>B d0 09:00 1 route=0, A>C d0 10:00 1 route=1, A>D d0 11:00 1", route);
        assert_eq!((found.routes, found.foreign_route_share), (Some(2), None));
        assert_eq!(told("A>B d0 09:00 1", route).routes, None);
    }

    #[test]
    fn a_home_number_on_a_foreign_trunk_is_told_and_a_foreign_one_is_not() {
        let text = "+60312345678>+60312345679 d0 09:00 1 route=0, \
                    +60312345678>+60312345679 d0 10:00 1 route=1, \
                    +51100000001>+60312345679 d0 11:00 1 route=1, \
                    +51100000002>+60312345678 d0 12:00 1 route=1";
        assert_eq!(counted(text, "+60312345678").foreign_route_share, Some(0.5));
        let foreign = counted(text, "+51100000001");
        assert_eq!((foreign.routes, foreign.foreign_route_share), (Some(1), None));
    }
}
