//! No exit: the room's phones never leave the place, at rest as little as at work.
//!
//! Means: 95 % of all sightings in one site set for five days and more, a weekend among them, and outside the shift no less. Points to captivity:
//! people who are free go home, out, or elsewhere on their day off, and take a phone with them. Counter-sign: phones seen elsewhere outside the
//! shift. Known false alarms: quarantine, hospital, rig, ship (they ring home, and work is not what they do there); phones that are left at work.

use super::view::{Event, View, distinct, examples, phones};
use super::{Indicator, Sign};
use domain::num::share;
use facts::NONE;

/// Share of sightings outside the shift at the place, below which people are said to leave.
const LEAVE_SHARE: f64 = 0.97;

pub(super) fn sign(view: &View<'_>) -> Sign {
    let config = view.config;
    let placed: Vec<&Event> = view.events.iter().filter(|event| event.cell != NONE).collect();
    let rest: Vec<&&Event> = placed.iter().filter(|event| view.at_rest(event)).collect();
    let rest_days = distinct(rest.iter().map(|event| view.day(event.at_s)));
    if rest.len() < config.rest_seen_min || rest_days < config.rest_days_min {
        return Sign::not_observable(
            Indicator::NoExit,
            "Outside the shift its phones are hardly seen: whether people leave cannot be told.",
        );
    }
    let days = distinct(placed.iter().map(|event| view.day(event.at_s)));
    let weekend = placed.iter().any(|event| (view.day(event.at_s) + 3) % 7 >= 5);
    let inside = |event: &Event| view.site.contains(&event.cell);
    let at_site = share(placed.iter().filter(|event| inside(event)).count(), placed.len());
    let rest_at_site = share(rest.iter().filter(|event| inside(event)).count(), rest.len());
    let (at_site, rest_at_site) = (at_site.unwrap_or(0.0), rest_at_site.unwrap_or(0.0));
    let away = rest.iter().filter(|event| !inside(event));
    let away_days = distinct(away.map(|event| view.day(event.at_s)));
    // One stray sighting is no way out.
    let leave = away_days >= 2 && rest_at_site < LEAVE_SHARE;
    let counter = leave.then(|| {
        format!(
            "Outside the shift {:.0} % of sightings are elsewhere, on {away_days} days: people leave.",
            (1.0 - rest_at_site) * 100.0
        )
    });
    let lines = distinct(placed.iter().map(|event| event.line));
    let held = at_site >= config.at_site_min && rest_at_site >= config.at_site_min;
    if held && weekend && days >= config.confined_days_min {
        return Sign::seen(
            Indicator::NoExit,
            days,
            format!(
                "{} stay in one place for {days} days, a weekend among them: {:.0} % of sightings, {:.0} % outside the shift.",
                phones(lines),
                at_site * 100.0,
                rest_at_site * 100.0
            ),
            view,
        )
        .against(counter)
        .with(examples(rest.into_iter().map(|event| &**event), config));
    }
    let statement = format!(
        "Its phones are seen over {days} days, {:.0} % of the time at the place, outside the shift {:.0} %.",
        at_site * 100.0,
        rest_at_site * 100.0
    );
    Sign::not_seen(Indicator::NoExit, statement).against(counter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::tests::{HOME, SITE, seen, used, used_by, view};
    use crate::captivity::view::site;
    use std::collections::BTreeSet;

    /// A shift from 9 to 18 and a look at 2 at night, on each of some days.
    fn nights_at(cell: u32) -> Vec<Event> {
        let nights = |day| [seen(day, 2, cell), seen(day, 3, cell)];
        (0..10)
            .flat_map(|day| (9..18).map(move |hour| used(day, hour, SITE)).chain(nights(day)))
            .collect()
    }

    #[test]
    fn phones_that_stay_at_night_are_told() {
        assert_eq!(sign(&view(nights_at(SITE))).status, Status::Seen);
    }

    #[test]
    fn phones_that_go_home_are_a_counter_sign() {
        let told = sign(&view(nights_at(HOME)));
        assert_eq!(told.status, Status::NotSeen);
        assert!(told.counter_sign.unwrap().contains("people leave"));
    }

    #[test]
    fn a_few_people_who_go_home_are_not_held_in_their_homes() {
        let of = |line: u32| {
            let nights = move |day| used_by(line, day, 23, 100 + line);
            (0..10).flat_map(move |day| {
                (9..18).map(move |hour| used_by(line, day, hour, SITE)).chain([nights(day)])
            })
        };
        let events: Vec<Event> = (0..7).flat_map(of).collect();
        assert_eq!(site(&events), BTreeSet::from([SITE]));
    }

    #[test]
    fn phones_seen_at_work_alone_tell_nothing() {
        let work: Vec<Event> = nights_at(SITE).into_iter().filter(|event| event.used).collect();
        assert_eq!(sign(&view(work)).status, Status::NotObservable);
    }
}
