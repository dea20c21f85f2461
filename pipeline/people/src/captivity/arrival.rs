//! Which lines came to a room's place, and how they stayed.

use super::newcomer::{Fate, Newcomer};
use super::view::View;
use crate::config::CaptivityConfig;
use facts::{CallPart, Calls, Extra, NONE, Sighting};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Whether what was first and last seen then was seen for a short time, and not again for long enough.
pub(super) fn is_silenced(
    first_s: u32,
    last_s: u32,
    calls: &Calls,
    config: &CaptivityConfig,
) -> bool {
    last_s.saturating_sub(first_s) <= config.silence_within_s
        && last_s.saturating_add(config.silent_s) <= calls.as_of_s
}

/// When a room began and ended, epoch seconds, as far as newcomers go.
pub(super) struct Life {
    /// Who was first seen in this time came when it began; `None` where its beginning was not seen.
    pub(super) beginning: Option<RangeInclusive<u32>>,
    /// Its first and last use.
    pub(super) first_s: u32,
    pub(super) last_s: u32,
}

impl Life {
    pub(super) fn of(view: &View<'_>, config: &CaptivityConfig) -> Self {
        let first_s = view.first_s;
        let near = first_s.saturating_sub(config.arrival_before_s)
            ..=first_s.saturating_add(config.arrival_s);
        Self {
            beginning: view.beginning_is_seen().then_some(near),
            first_s,
            last_s: view.events.last().map_or(first_s, |event| event.at_s),
        }
    }

    /// Whether who was first seen at an instant came when the room began.
    pub(super) fn began_with(&self, first_s: u32) -> bool {
        self.beginning.as_ref().is_some_and(|beginning| beginning.contains(&first_s))
    }
}

/// When somebody came to a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// When it began.
    WhenItBegan,
    /// While it worked, from elsewhere: who was first seen at its place may be the room's own, for it buys lines.
    Later,
}

/// Looks for newcomers among lines.
pub(super) struct Look<'a> {
    pub(super) calls: &'a Calls,
    pub(super) sighted_s: u32,
    /// Rooms whose place a cell hears, and the share of what was seen of each that it heard.
    pub(super) rooms_at: &'a BTreeMap<u32, Vec<(usize, f64)>>,
    pub(super) lives: &'a [Life],
    pub(super) config: &'a CaptivityConfig,
}

/// How a newcomer stayed.
struct Stay {
    /// Last seen, or last call, epoch seconds.
    last_s: u32,
    /// Whether that was at the place; where a call tells no cell, whether the last sighting was.
    ends_there: bool,
    /// The share of it, in the days after it came, that was there.
    there_share: f64,
}

impl Look<'_> {
    /// The room that a line came to, if it is new and came when a room began or, where none did, while one worked.
    pub(super) fn of_line(
        &self,
        line: u32,
        part: &CallPart,
        place: usize,
    ) -> Option<(usize, Newcomer)> {
        let first = part.sightings_at(place).next()?;
        // Whoever was there from the first days on may have come long before.
        if first.from_s < self.sighted_s.saturating_add(self.config.before_s / 2) {
            return None;
        }
        let came = [Came::WhenItBegan, Came::Later];
        came.into_iter().find_map(|came| self.came(came, &first, line, part, place))
    }

    fn came(
        &self,
        came: Came,
        first: &Sighting,
        line: u32,
        part: &CallPart,
        place: usize,
    ) -> Option<(usize, Newcomer)> {
        let soon_s = first.from_s.saturating_add(self.config.arrival_s);
        let mut early = part.sightings_at(place).take_while(|one| one.from_s <= soon_s);
        let near = early.find(|one| self.rooms(came, first, one.cell).next().is_some())?;
        let nth = self.nearest_room(came, first, &near, part, place)?;
        // The first place that hears a room may be another's, passed on the way.
        let at_room =
            |one: &Sighting| self.rooms(came, first, one.cell).any(|(room, _)| room == nth);
        let there = std::iter::once(near).chain(early).find(at_room)?;
        let Stay { last_s, ends_there, there_share } = self.stay(nth, part, place, &there);
        if there_share < self.config.there_share_min {
            return None;
        }
        let newcomer = Newcomer {
            line,
            first_s: first.from_s,
            first_cell: first.cell,
            there_s: there.from_s,
            last_s,
            handset: first.handset,
            fate: self.fate(first, last_s, ends_there),
            handset_is_gone: false,
            in_batch: false,
        };
        Some((nth, newcomer))
    }

    /// What became of a phone that was first and last seen then, there or elsewhere.
    fn fate(&self, first: &Sighting, last_s: u32, ends_there: bool) -> Fate {
        if first.from_s.saturating_add(self.config.silent_s) > self.calls.as_of_s {
            Fate::Untold
        } else if ends_there && is_silenced(first.from_s, last_s, self.calls, self.config) {
            Fate::Silent
        } else {
            Fate::LivesOn
        }
    }

    /// How a line stayed at a room's place.
    fn stay(&self, nth: usize, part: &CallPart, place: usize, there: &Sighting) -> Stay {
        let is_there = |cell: u32| self.hears(nth, cell);
        let end_s = there.from_s.saturating_add(self.config.silence_within_s);
        let (mut last, mut inside, mut all) = ((there.to_s, there.cell), 0_usize, 0_usize);
        for seen in part.sightings_at(place) {
            if seen.to_s >= last.0 {
                last = (seen.to_s, seen.cell);
            }
            if (there.from_s..=end_s).contains(&seen.from_s) {
                all += 1;
                inside += usize::from(is_there(seen.cell));
            }
        }
        if let Some(row) = part.made_at(place).last().filter(|row| part.start_s[*row] >= last.0) {
            let cell = part.extra(Extra::CallerCell, row);
            last = (part.start_s[row], if cell == NONE { last.1 } else { cell });
        }
        Stay {
            last_s: last.0,
            ends_there: is_there(last.1),
            there_share: domain::num::share(inside, all).unwrap_or(0.0),
        }
    }

    /// Whether a cell hears a room's place.
    fn hears(&self, nth: usize, cell: u32) -> bool {
        self.rooms_at.get(&cell).into_iter().flatten().any(|(room, _)| *room == nth)
    }

    /// Rooms that a line, first seen so, may have come to then, and whose place a cell hears: each with its share.
    fn rooms(&self, came: Came, first: &Sighting, cell: u32) -> impl Iterator<Item = (usize, f64)> {
        let (from_s, from_cell) = (first.from_s, first.cell);
        let comes_to = move |(nth, _): &(usize, f64)| {
            let life = &self.lives[*nth];
            match came {
                Came::WhenItBegan => life.began_with(from_s),
                Came::Later => {
                    (life.first_s..=life.last_s).contains(&from_s) && !self.hears(*nth, from_cell)
                }
            }
        };
        self.rooms_at.get(&cell).into_iter().flatten().copied().filter(comes_to)
    }

    /// Of those rooms, the one that is heard most where the line is in the days after it came: cells hear more than one house.
    fn nearest_room(
        &self,
        came: Came,
        first: &Sighting,
        there: &Sighting,
        part: &CallPart,
        place: usize,
    ) -> Option<usize> {
        let days = there.from_s..=there.from_s.saturating_add(self.config.silence_within_s);
        let mut heard: BTreeMap<usize, f64> = BTreeMap::new();
        for seen in part.sightings_at(place).filter(|seen| days.contains(&seen.from_s)) {
            for (nth, share) in self.rooms(came, first, seen.cell) {
                *heard.entry(nth).or_default() += share;
            }
        }
        let nearest = heard.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        nearest.map(|(nth, _)| nth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::LineKey;
    use domain::num::u32_of;
    use facts::{Batch, CallDraft, Extra, Lane, Observed, Settings, SightingKind};

    const DAY_S: u32 = 86_400;
    const AIRPORT: u32 = 0;
    const HOUSE: u32 = 1;
    const BESIDE: u32 = 2;

    /// Sightings, each a cell and an hour, of a few lines.
    fn sightings(of_lines: &[Vec<(u32, u32)>]) -> Calls {
        let (mut lane, mut batch) = (Lane::default(), Batch::default());
        let cells = ["airport", "house", "beside"].map(|cell| lane.names.cells.intern_text(cell));
        for (line, seen) in of_lines.iter().enumerate() {
            let key = LineKey::digits(format!("207946000{line}").as_bytes()).unwrap();
            for (cell, hour) in seen {
                let mut draft = CallDraft {
                    caller: key,
                    callee: key,
                    start_s: hour * 3_600,
                    sighting: Some(SightingKind::Location),
                    row: u32_of(batch.len() + 1),
                    ..CallDraft::default()
                };
                draft.set(Extra::CallerCell, cells[*cell as usize]);
                batch.push(&draft);
            }
        }
        let settings = Settings { until_s: Some(30 * DAY_S), ..Settings::default() };
        lane.take(&mut batch, 0, &settings.budget).unwrap();
        Calls::build(vec![lane], Observed::default(), &settings).unwrap()
    }

    /// The newcomers that rooms with these lives at [`HOUSE`], or between it and [`BESIDE`], have.
    fn found(lives: &[Life], of_lines: &[Vec<(u32, u32)>]) -> Vec<(usize, Newcomer)> {
        let calls = sightings(of_lines);
        let cell = |name: &str| calls.names.cells.find(name).unwrap();
        assert_eq!([cell("airport"), cell("beside"), cell("house")], [0, 1, 2]);
        let mut rooms_at = BTreeMap::from([(cell("house"), vec![(0, 1.0)])]);
        if lives.len() > 1 {
            rooms_at = BTreeMap::from([
                (cell("house"), vec![(0, 0.9), (1, 0.2)]),
                (cell("beside"), vec![(0, 0.1), (1, 0.8)]),
            ]);
        }
        let config = CaptivityConfig::default();
        let look =
            Look { calls: &calls, sighted_s: 0, rooms_at: &rooms_at, lives, config: &config };
        let lines = 0..u32_of(of_lines.len());
        let one = |line: u32| {
            let (part, place) = calls.part_of(line).unwrap();
            look.of_line(line, &part, place)
        };
        lines.filter_map(one).collect()
    }

    /// A room that worked from a day to the 25th.
    fn life(from_day: Option<u32>) -> Life {
        let beginning = from_day.map(|day| (day - 3) * DAY_S..=(day + 1) * DAY_S);
        Life { beginning, first_s: from_day.unwrap_or(0) * DAY_S, last_s: 25 * DAY_S }
    }

    /// Seen at the airport at an hour, then at a cell for a day.
    fn lands(hour: u32, cell: u32) -> Vec<(u32, u32)> {
        let there = (1..8).map(|nth| (cell, hour + nth * 3));
        std::iter::once((AIRPORT, hour)).chain(there).collect()
    }

    #[test]
    fn who_lands_while_a_room_works_is_a_newcomer_even_where_its_beginning_was_not_seen() {
        for life in [life(None), life(Some(5))] {
            let told = found(&[life], &[lands(240, HOUSE)]);
            let [(0, one)] = told.as_slice() else { panic!("of the only room") };
            assert!(one.is_silent(), "its phone was taken: {one:?}");
        }
    }

    #[test]
    fn a_line_first_seen_where_a_room_works_may_be_one_that_it_bought() {
        let bought: Vec<_> = lands(240, HOUSE).split_off(1);
        assert_eq!(found(&[life(None)], std::slice::from_ref(&bought)), []);
        assert_eq!(found(&[life(Some(10))], &[bought]).len(), 1, "when it began, all came");
    }

    #[test]
    fn who_leaves_again_by_air_did_not_fall_silent_there() {
        let mut guest = lands(240, HOUSE);
        guest.push((AIRPORT, 270));
        let told = found(&[life(None)], &[guest]);
        assert!(told.iter().all(|(_, one)| !one.is_silent()) && told.len() == 1, "{told:?}");
    }

    #[test]
    fn who_comes_between_two_rooms_belongs_to_that_whose_cell_hears_them() {
        let told = found(&[life(None), life(None)], &[lands(240, HOUSE), lands(240, BESIDE)]);
        let rooms: Vec<usize> = told.iter().map(|(room, _)| *room).collect();
        assert_eq!(rooms, [0, 1]);
    }

    #[test]
    fn who_comes_when_a_room_begins_is_not_another_rooms_that_works_there_already() {
        let told = found(&[life(None), life(Some(10))], &[lands(240, HOUSE)]);
        assert_eq!(told.iter().map(|(room, _)| *room).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn who_was_there_from_the_first_hours_may_have_come_long_before() {
        assert_eq!(found(&[life(None)], &[lands(2, HOUSE)]), []);
    }
}
