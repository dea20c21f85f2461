//! Convoy: the whole set of phones moves to another place together.
//!
//! Means: on one day nearly all lines that work before and after change from one place to another, and stay there. Points to captivity: people who
//! are held are moved with their tools. Counter-sign: lines that stay behind. Known false alarms: an office that moves, a ship: alone it advises
//! nothing, and belongs to one family with "no exit".

use super::view::{Event, View, examples, phones};
use super::{Indicator, Sign};
use domain::num::share;
use facts::NONE;
use std::collections::BTreeMap;

pub(super) fn sign(view: &View<'_>) -> Sign {
    let config = view.config;
    let by_day = main_cells(view);
    if by_day.len() < config.confined_days_min {
        return Sign::not_observable(
            Indicator::Convoy,
            "There are too few days with places to tell a move.",
        );
    }
    let days: Vec<u32> = by_day.keys().copied().collect();
    let moved = days.windows(2).find_map(|pair| {
        let (from, to) = (by_day[&pair[0]], by_day[&pair[1]]);
        let stays = |cell: u32, days: &mut dyn Iterator<Item = &u32>| {
            days.take(2).filter(|day| by_day[*day] == cell).count() == 2
        };
        let before = stays(from, &mut days.iter().rev().skip_while(|day| **day > pair[0]));
        let after = stays(to, &mut days.iter().skip_while(|day| **day < pair[1]));
        (from != to && before && after).then(|| change(view, pair[1], from, to)).flatten()
    });
    let Some((lines, moved, day)) = moved else {
        return Sign::not_seen(Indicator::Convoy, "The place stays the same.".to_owned());
    };
    let after = view.events.iter().filter(|event| view.day(event.at_s) >= day);
    Sign::seen(
        Indicator::Convoy,
        moved,
        format!(
            "{} of {lines} that work before and after moved to another place on one day.",
            phones(moved)
        ),
        view,
    )
    .against((lines > moved).then(|| format!("{} stayed behind.", phones(lines - moved))))
    .with(examples(after, config))
}

/// The cell in which most of a day's use lies.
fn main_cells(view: &View<'_>) -> BTreeMap<u32, u32> {
    let mut counts: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for event in view.events.iter().filter(|event| event.used && event.cell != NONE) {
        *counts.entry(view.day(event.at_s)).or_default().entry(event.cell).or_default() += 1;
    }
    let main = |cells: BTreeMap<u32, usize>| {
        let all: usize = cells.values().sum();
        let (cell, count) = cells.into_iter().max_by_key(|(cell, count)| (*count, *cell))?;
        share(count, all).filter(|share| *share >= 0.5).map(|_| cell)
    };
    counts.into_iter().filter_map(|(day, cells)| Some((day, main(cells)?))).collect()
}

/// Lines that work on both sides of a change of place, and how many of them change with it; `None` where too few do.
fn change(view: &View<'_>, day: u32, from: u32, to: u32) -> Option<(usize, usize, u32)> {
    const NEAR_DAYS: u32 = 3;
    let mut sides: BTreeMap<u32, [BTreeMap<u32, usize>; 2]> = BTreeMap::new();
    let near = |event: &&Event| {
        event.used && event.cell != NONE && view.day(event.at_s).abs_diff(day) <= NEAR_DAYS
    };
    for event in view.events.iter().filter(near) {
        let side = usize::from(view.day(event.at_s) >= day);
        *sides.entry(event.line).or_default()[side].entry(event.cell).or_default() += 1;
    }
    let main = |cells: &BTreeMap<u32, usize>| {
        cells.iter().max_by_key(|(cell, count)| (**count, **cell)).map(|(cell, _)| *cell)
    };
    let both = sides.values().filter(|[before, after]| !before.is_empty() && !after.is_empty());
    let both: Vec<_> = both.collect();
    let moved = both
        .iter()
        .filter(|[before, after]| main(before) == Some(from) && main(after) == Some(to))
        .count();
    let enough = moved >= view.config.convoy_min
        && moved as f64 >= view.config.convoy_share_min * both.len() as f64;
    enough.then_some((both.len(), moved, day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::tests::{HOME, SITE, used_by, view};

    fn days(moves: bool) -> Vec<Event> {
        let cell = move |day| if moves && day >= 5 { HOME } else { SITE };
        let all = (0..10).flat_map(move |day| (0..8).map(move |line| (day, line)));
        all.flat_map(|(day, line)| (9..18).map(move |hour| used_by(line, day, hour, cell(day))))
            .collect()
    }

    #[test]
    fn a_move_of_all_is_told() {
        assert_eq!(sign(&view(days(true))).status, Status::Seen);
        assert_eq!(sign(&view(days(false))).status, Status::NotSeen);
    }
}
