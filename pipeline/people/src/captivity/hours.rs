//! Hours: work without end, in somebody else's day.
//!
//! Means: each line works for eleven hours and more from the first use of its phone to the last, on nearly every day of the week; by night where those
//! called live far away. Points to captivity: excessive overtime is what held people are made to do. Counter-sign: days off, short shifts. Known false
//! alarms: call centres with long shifts, owners who work for themselves.

use super::view::{View, distinct, hours_between};
use super::{Indicator, Sign};
use domain::num::share;
use std::collections::BTreeMap;

/// Hours of the place's night.
const NIGHT: [bool; 24] = {
    let mut night = [false; 24];
    let mut hour = 0;
    while hour < 24 {
        night[hour] = hour >= 22 || hour < 6;
        hour += 1;
    }
    night
};

pub(super) fn sign(view: &View<'_>) -> Sign {
    let config = view.config;
    let spans = spans(view);
    let days = distinct(spans.keys().map(|(_, day)| *day));
    if days < config.confined_days_min {
        return Sign::not_observable(
            Indicator::Hours,
            "There are too few days of work to tell its hours.",
        );
    }
    let a_week = days_a_week(spans.keys().copied());
    let worked: Vec<(f64, f64)> = spans.into_values().filter_map(usual_span).collect();
    let middle = |of: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = worked.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let (Some(usual), Some(filled)) = (middle(|one| one.0), middle(|one| one.1)) else {
        return Sign::not_observable(Indicator::Hours, "Its lines are hardly used.");
    };
    let used = || view.events.iter().filter(|event| event.used);
    let by_night = used().filter(|event| NIGHT[view.hour(event.at_s)]).count();
    let by_night = share(by_night, used().count()).unwrap_or(0.0);
    let night = if by_night >= config.night_share_min {
        format!(", {:.0} % of it by night at the place", by_night * 100.0)
    } else {
        String::new()
    };
    if filled < config.filled_min {
        return Sign::not_seen(
            Indicator::Hours,
            "Its lines are used now and then, as in a life, not hour by hour, as in work."
                .to_owned(),
        );
    }
    let statement = format!("Its lines work {usual:.1} h a day, {a_week:.1} days a week{night}.");
    if usual >= config.hours_min && a_week >= config.days_a_week_min {
        return Sign::seen(Indicator::Hours, days, statement, view);
    }
    let counter = (usual < config.hours_min).then(|| "Shifts end after usual hours.".to_owned());
    let off = (a_week < config.days_a_week_min).then(|| "There are days off.".to_owned());
    Sign::not_seen(Indicator::Hours, statement).against(counter.or(off))
}

/// Days of work a week: of each line, in the middle of those that live a week and more; of all lines together where most are given up before.
fn days_a_week(worked: impl Iterator<Item = (u32, u32)>) -> f64 {
    let mut of_line: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    worked.for_each(|(line, day)| of_line.entry(line).or_default().push(day));
    let a_week = |days: &[u32]| {
        let first = days.iter().min().copied().unwrap_or(0);
        let last = days.iter().max().copied().unwrap_or(0);
        (
            last - first + 1,
            distinct(days.iter().copied()) as f64 / f64::from(last - first + 1) * 7.0,
        )
    };
    let lives: Vec<(u32, f64)> = of_line.values().map(|days| a_week(days)).collect();
    let mut long: Vec<f64> =
        lives.iter().filter(|(span, _)| *span >= 7).map(|(_, days)| *days).collect();
    if long.len() * 2 >= lives.len() {
        long.sort_by(f64::total_cmp);
        return long.get(long.len() / 2).copied().unwrap_or(0.0);
    }
    a_week(&of_line.into_values().flatten().collect::<Vec<u32>>()).1
}

/// The minutes in which each line was used on each day of work, epoch seconds; a day begins in the middle of the longest rest.
fn spans(view: &View<'_>) -> BTreeMap<(u32, u32), Vec<u32>> {
    let cut_h = rest_middle(&view.shift);
    let mut spans: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    for event in view.events.iter().filter(|event| event.used) {
        let day = view.day(event.at_s.saturating_sub(domain::num::u32_of(cut_h) * 3_600));
        // A session weighs as long as it lasts, a call that nobody answered a minute.
        let minutes = event.to_s.saturating_sub(event.at_s) / 60 + 1;
        let each = (0..minutes.min(1_440)).map(|minute| event.at_s.saturating_add(minute * 60));
        spans.entry((event.line, day)).or_default().extend(each);
    }
    // Next to no use tells no span: a line that was given up, or just begun.
    spans.retain(|_, used| used.len() >= USED_MIN);
    spans
}

/// Minutes of use, at least, that tell a day's hours.
const USED_MIN: usize = 10;

/// The hours that a day's work spans: those that hold its middle four fifths, over four fifths, so that a call at an odd hour does not make the day
/// longer; and the share of the hours between in which there was any use.
fn usual_span(mut used: Vec<u32>) -> Option<(f64, f64)> {
    used.sort_unstable();
    used.dedup_by_key(|at_s| *at_s / 60);
    let nth = |share: f64| domain::num::round_u32(share * (used.len() - 1) as f64) as usize;
    let (from_s, to_s) = (used.get(nth(0.1))?, used.get(nth(0.9))?);
    let hours = distinct(
        used.iter().filter(|at_s| (*from_s..=*to_s).contains(at_s)).map(|at_s| at_s / 3_600),
    );
    let all = to_s / 3_600 - from_s / 3_600 + 1;
    Some((hours_between(*from_s, *to_s) / 0.8, hours as f64 / f64::from(all)))
}

/// The hour in the middle of the longest run of hours outside the shift.
fn rest_middle(shift: &[bool; 24]) -> usize {
    let run = |from: usize| (0..24).take_while(|step| !shift[(from + step) % 24]).count();
    let longest = (0..24).max_by_key(|from| (run(*from), std::cmp::Reverse(*from))).unwrap_or(0);
    (longest + run(longest) / 2) % 24
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::tests::{SITE, used, used_by, view};

    #[test]
    fn endless_work_is_told() {
        let work = (0..10).flat_map(|day| (8..21).map(move |hour| used(day, hour, SITE)));
        assert_eq!(sign(&view(work.collect())).status, Status::Seen);
    }

    #[test]
    fn work_over_midnight_is_one_day() {
        let night = (0..10).flat_map(|day| {
            let late = (20..24).map(move |hour| used(day, hour, SITE));
            late.chain((0..8).map(move |hour| used(day + 1, hour, SITE)))
        });
        let told = sign(&view(night.collect()));
        assert_eq!(told.status, Status::Seen, "{}", told.statement);
        assert!(told.statement.contains("by night"));
    }

    #[test]
    fn people_who_take_turns_have_days_off() {
        let turns = |line: u32| {
            let days = (0..21_u32).filter(move |day| (day + line) % 7 < 4);
            days.flat_map(move |day| (8..21).map(move |hour| used_by(line, day, hour, SITE)))
        };
        let told = sign(&view((0..10).flat_map(turns).collect()));
        assert_eq!(told.status, Status::NotSeen, "{}", told.statement);
    }

    #[test]
    fn a_phone_used_now_and_then_all_day_is_no_work() {
        let life = (0..10).flat_map(|day| [8, 12, 16, 19, 22].map(|hour| used(day, hour, SITE)));
        let told = sign(&view(life.collect()));
        assert_eq!(told.status, Status::NotSeen, "{}", told.statement);
    }

    #[test]
    fn a_usual_shift_with_weekends_is_not() {
        let days = (0..14_u32).filter(|day| (day + 3) % 7 < 5);
        let work = days.flat_map(|day| (9..18).map(move |hour| used(day, hour, SITE)));
        let told = sign(&view(work.collect()));
        assert_eq!(told.status, Status::NotSeen);
        assert!(told.counter_sign.is_some());
    }
}
