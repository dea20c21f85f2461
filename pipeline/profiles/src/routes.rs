//! Which trunks and gateways carry other countries' numbers.

use domain::{LineKey, LineKind};
use facts::{CallPart, Calls, Extra, NONE, Names};
use std::collections::BTreeMap;
use std::io;

/// What the calls on each route say of it; empty where nobody has counted them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// Country calling codes by the first three digits of a number; 0 where those are no country's.
    codes: Vec<u16>,
    /// The home country: the one that more than half of all calls go to.
    home: Option<u16>,
    /// For each route, whether more than half of its calls come from other countries' numbers. `None` where most of them come from lines
    /// that do not tell their country.
    foreign: Vec<Option<bool>>,
}

/// Counts of some calls.
#[derive(Default)]
struct Counts {
    /// Calls made.
    calls: u64,
    /// Of them, those to each country.
    to: BTreeMap<u16, u64>,
    /// Calls by route and the caller's country, where it tells one.
    from: BTreeMap<(u32, Option<u16>), u64>,
}

impl Routes {
    /// Counts the calls on each route. Errors: the shelf that they are kept on fails.
    pub fn of(calls: &Calls) -> io::Result<Self> {
        if !calls.observed.has(Extra::Route) {
            return Ok(Self::default());
        }
        let mut routes = Self { codes: codes(), ..Self::default() };
        let lines = &calls.names.lines;
        let mut all = Counts::default();
        for counts in calls.map_parts(|part| routes.count(part, lines))? {
            all.calls += counts.calls;
            counts.to.iter().for_each(|(code, n)| *all.to.entry(*code).or_default() += n);
            counts.from.iter().for_each(|(key, n)| *all.from.entry(*key).or_default() += n);
        }
        routes.home = all.to.iter().find(|(_, n)| **n * 2 > all.calls).map(|(code, _)| *code);
        routes.foreign = foreign(&all, routes.home, calls.names.routes.len());
        Ok(routes)
    }

    fn count(&self, part: &CallPart, lines: &Names) -> Counts {
        let mut counts = Counts::default();
        for (place, line) in part.lines().iter().enumerate() {
            let own = self.country(lines.key(*line));
            for row in part.made_at(place) {
                counts.calls += 1;
                if let Some(code) = self.country(lines.key(part.callee[row])) {
                    *counts.to.entry(code).or_default() += 1;
                }
                let route = part.extra(Extra::Route, row);
                if route != NONE {
                    *counts.from.entry((route, own)).or_default() += 1;
                }
            }
        }
        counts
    }

    /// The country calling code of a line; `None` where it is not in international form.
    fn country(&self, key: LineKey) -> Option<u16> {
        let mut value = key.value().filter(|_| key.kind() == LineKind::E164)?;
        while value >= 1_000 {
            value /= 10;
        }
        self.codes.get(usize::try_from(value).ok()?).copied().filter(|code| *code > 0)
    }

    /// Whether a route mostly carries other countries' numbers; `None` where that cannot be told.
    pub fn is_foreign(&self, route: u32) -> Option<bool> {
        self.foreign.get(route as usize).copied().flatten()
    }

    /// Whether a line is of the home country; never, where none is known.
    pub fn is_home(&self, key: LineKey) -> bool {
        self.home.is_some() && self.country(key) == self.home
    }
}

/// Country calling codes by the first three digits: none is longer.
fn codes() -> Vec<u16> {
    let of = |first: u32| domain::calling_code::split(&first.to_string()).0.parse().unwrap_or(0);
    (0..1_000).map(of).collect()
}

fn foreign(all: &Counts, home: Option<u16>, routes: usize) -> Vec<Option<bool>> {
    let (mut calls, mut known, mut foreign) = (vec![0; routes], vec![0; routes], vec![0; routes]);
    for ((route, from), n) in &all.from {
        let route = *route as usize;
        calls[route] += n;
        known[route] += from.map_or(0, |_| *n);
        foreign[route] += from.filter(|_| *from != home).map_or(0, |_| *n);
    }
    let told = |route: usize| {
        (home.is_some() && known[route] * 2 > calls[route])
            .then_some(foreign[route] * 2 > calls[route])
    };
    (0..routes).map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::story;

    fn told(text: &str) -> [Option<bool>; 2] {
        let routes = Routes::of(&story(text)).unwrap();
        [0, 1].map(|route| routes.is_foreign(route))
    }

    #[test]
    fn a_route_is_foreign_where_most_calls_come_from_other_countries_than_they_go_to() {
        let calls = story(
            "+60312345678>+60312345679 d0 09:00 1 route=0, \
             +60312345670>+60312345679 d0 10:00 1 route=1, \
             +51100000001>+60312345679 d0 11:00 1 route=1, \
             +51100000002>+60312345678 d0 12:00 1 route=1",
        );
        let routes = Routes::of(&calls).unwrap();
        assert_eq!([0, 1].map(|route| routes.is_foreign(route)), [Some(false), Some(true)]);
        let key = |digits: &str| LineKey::e164(digits.as_bytes()).unwrap();
        assert!(routes.is_home(key("60312345670")), "a local number on a foreign route");
        assert!(!routes.is_home(key("51100000001")));
    }

    #[test]
    fn a_country_is_one_whatever_its_clocks() {
        let text = "+12125550101>+12125550102 d0 09:00 1 route=0, \
                    +13105550101>+12125550102 d0 10:00 1 route=1";
        assert_eq!(told(text), [Some(false), Some(false)], "New York and Los Angeles");
    }

    #[test]
    fn what_cannot_be_told_is_not_told() {
        assert_eq!(told("A>B d0 09:00 1"), [None, None], "no routes");
        assert_eq!(told("A>B d0 09:00 1 route=0, C>B d0 10:00 1 route=1"), [None, None]);
        let mostly_national = "21234567>+60312345679 d0 09:00 1 route=0, \
                               21234568>+60312345679 d0 10:00 1 route=0, \
                               21234568>21234567 d0 10:30 1 route=0, \
                               +60312345678>+60312345679 d0 11:00 1 route=1, \
                               21234567>21234569 d0 12:00 1 route=0, \
                               21234567>21234568 d0 13:00 1 route=0";
        assert_eq!(told(mostly_national), [None, None], "half of the calls go to one country");
    }
}
