//! Which trunks and gateways carry other countries' numbers.

use crate::context::Context;
use facts::{CallPart, Calls, Extra, NONE};
use std::collections::BTreeMap;
use std::io;

/// What the calls on each route say of it; empty where nobody has counted them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// The clock that most of the called live by: the home country's.
    home: Option<usize>,
    /// For each route, whether most callers on it live by another.
    foreign: Vec<bool>,
}

/// Counts of some calls.
#[derive(Default)]
struct Counts {
    /// Called lines by their clock.
    called: BTreeMap<usize, u64>,
    /// Calls by route and the caller's clock.
    callers: BTreeMap<(u32, usize), u64>,
}

impl Routes {
    /// Counts the calls on each route. Errors: the shelf that they are kept on fails.
    pub fn of(calls: &Calls, context: &Context<'_>) -> io::Result<Self> {
        if !calls.observed.has(Extra::Route) {
            return Ok(Self::default());
        }
        let mut all = Counts::default();
        for counts in calls.map_parts(|part| Counts::of(part, context))? {
            counts.called.iter().for_each(|(clock, n)| *all.called.entry(*clock).or_default() += n);
            counts.callers.iter().for_each(|(key, n)| *all.callers.entry(*key).or_default() += n);
        }
        // Of clocks as common as each other the first by its index: the same in every run.
        let home =
            all.called.iter().max_by_key(|(clock, calls)| (**calls, std::cmp::Reverse(**clock)));
        let home = home.map(|(clock, _)| *clock);
        let mut foreign = vec![0_u64; calls.names.routes.len()];
        let mut whole = foreign.clone();
        for ((route, clock), calls) in all.callers {
            whole[route as usize] += calls;
            foreign[route as usize] += if Some(clock) == home { 0 } else { calls };
        }
        let mostly = foreign.iter().zip(&whole).map(|(foreign, whole)| foreign * 2 > *whole);
        Ok(Self { home, foreign: mostly.collect() })
    }

    /// Routes of which this is known, for a home country without a clock.
    #[cfg(test)]
    pub(crate) fn known(foreign: Vec<bool>) -> Self {
        Self { home: None, foreign }
    }

    /// Whether a route mostly carries other countries' numbers; `None` where calls were not counted.
    pub fn is_foreign(&self, route: u32) -> Option<bool> {
        self.foreign.get(route as usize).copied()
    }

    /// Whether a line with this clock is of the home country.
    pub fn is_home(&self, clock: Option<usize>) -> bool {
        clock == self.home
    }
}

impl Counts {
    fn of(part: &CallPart, context: &Context<'_>) -> Self {
        let mut counts = Self::default();
        for (place, line) in part.lines().iter().enumerate() {
            let own = context.clock_index(*line);
            for row in part.made_at(place) {
                if let Some(clock) = context.clock_index(part.callee[row]) {
                    *counts.called.entry(clock).or_default() += 1;
                }
                let route = part.extra(Extra::Route, row);
                if let Some(clock) = own.filter(|_| route != NONE) {
                    *counts.callers.entry((route, clock)).or_default() += 1;
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::{context_of, story};

    #[test]
    fn a_route_is_foreign_where_most_callers_live_by_another_clock_than_the_called() {
        let calls = story(
            "+60312345678>+60312345679 d0 09:00 1 route=0, \
             +60312345670>+60312345679 d0 10:00 1 route=1, \
             +51100000001>+60312345679 d0 11:00 1 route=1, \
             +51100000002>+60312345678 d0 12:00 1 route=1",
        );
        let routes = Routes::of(&calls, &context_of(&calls)).unwrap();
        assert_eq!([0, 1].map(|route| routes.is_foreign(route)), [Some(false), Some(true)]);
        let clock = |number| {
            let line = calls.names.lines.find(number).unwrap();
            context_of(&calls).clock_index(line)
        };
        assert!(routes.is_home(clock("+60312345670")), "a local number on a foreign route");
        assert!(!routes.is_home(clock("+51100000001")));
    }

    #[test]
    fn without_routes_nothing_is_known() {
        let calls = story("A>B d0 09:00 1");
        let routes = Routes::of(&calls, &context_of(&calls)).unwrap();
        assert_eq!((&routes, routes.is_foreign(0)), (&Routes::default(), None));
    }
}
