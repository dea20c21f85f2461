//! Phones that came to a room's place when it began, and are none of its lines.

use super::view::{HelpCall, View};
use crate::Scene;
use crate::captivity::view::help_calls;
use crate::config::CaptivityConfig;
use facts::{CallPart, Calls, NONE, Sighting};
use std::collections::BTreeMap;
use std::io;

/// A phone that came when the room began.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Newcomer {
    pub(crate) line: u32,
    /// First seen at all, epoch seconds.
    pub(crate) first_s: u32,
    /// The cell where it was first seen.
    pub(crate) first_cell: u32,
    /// First seen at the room's place, epoch seconds.
    pub(crate) there_s: u32,
    /// Last seen, epoch seconds.
    pub(crate) last_s: u32,
    pub(crate) handset: u32,
    /// Whether it was never seen again, long enough before the end of the facts.
    pub(crate) is_silent: bool,
    /// Whether its handset was never seen again either, with any line.
    pub(crate) handset_is_gone: bool,
}

/// Tells each view its newcomers. `members` are the rooms' lines. Errors: the shelf fails.
pub(crate) fn newcomers(
    scene: &Scene<'_>,
    views: &mut [View<'_>],
    members: &[u32],
    config: &CaptivityConfig,
) -> io::Result<()> {
    let mut members = members.to_vec();
    members.sort_unstable();
    let mut rooms_at: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
    for (nth, view) in views.iter().enumerate().filter(|(_, view)| view.beginning_is_seen()) {
        for cell in &view.site {
            let here = view.events.iter().filter(|event| event.cell == *cell).count();
            let share = domain::num::share(here, view.events.len()).unwrap_or(0.0);
            rooms_at.entry(*cell).or_default().push((nth, share));
        }
    }
    if rooms_at.is_empty() {
        return Ok(());
    }
    let begins: Vec<u32> = views.iter().map(|view| view.first_s).collect();
    let sighted_s = views.first().map_or(0, |view| view.sighted_s);
    let look = Look { calls: scene.calls, sighted_s, rooms_at: &rooms_at, begins: &begins, config };
    let found = scene.calls.map_parts(|part| {
        let lines = part.lines().iter().enumerate();
        let outside = lines.filter(|(_, line)| members.binary_search(line).is_err());
        outside.filter_map(|(place, line)| look.of_line(*line, part, place)).collect::<Vec<_>>()
    })?;
    let mut found = found.concat();
    found.sort_by_key(|(nth, one)| (*nth, one.line));
    let gone = gone_handsets(scene.calls, &found)?;
    for (nth, mut newcomer) in found {
        newcomer.handset_is_gone = gone
            .get(&newcomer.handset)
            .is_some_and(|last_s| is_silenced(newcomer.first_s, *last_s, scene.calls, config));
        views[nth].newcomers.push(newcomer);
    }
    calls_for_help(scene, views)
}

/// The newcomers who came within a span of time: where several did, those of whom the most fell silent.
pub(crate) fn came_together(newcomers: &[Newcomer], within_s: u32) -> Vec<&Newcomer> {
    let mut by_time: Vec<&Newcomer> = newcomers.iter().collect();
    by_time.sort_by_key(|one| (one.there_s, one.line));
    let (mut best, mut worth, mut end, mut silent) = (0..0, (0, 0), 0, 0);
    for first in 0..by_time.len() {
        let end_s = by_time[first].there_s.saturating_add(within_s);
        while end < by_time.len() && by_time[end].there_s <= end_s {
            silent += usize::from(by_time[end].is_silent);
            end += 1;
        }
        if (silent, end - first) > worth {
            (best, worth) = (first..end, (silent, end - first));
        }
        silent -= usize::from(by_time[first].is_silent);
    }
    by_time[best].to_vec()
}

/// Whether what was first and last seen then was seen for a short time, and not again for long enough.
fn is_silenced(first_s: u32, last_s: u32, calls: &Calls, config: &CaptivityConfig) -> bool {
    last_s.saturating_sub(first_s) <= config.silence_within_s
        && last_s.saturating_add(config.silent_s) <= calls.as_of_s
}

struct Look<'a> {
    calls: &'a Calls,
    sighted_s: u32,
    /// Rooms whose place a cell hears, and the share of what was seen of each that it heard.
    rooms_at: &'a BTreeMap<u32, Vec<(usize, f64)>>,
    begins: &'a [u32],
    config: &'a CaptivityConfig,
}

impl Look<'_> {
    /// The room that a line came to, if it is new and came when the room began.
    fn of_line(&self, line: u32, part: &CallPart, place: usize) -> Option<(usize, Newcomer)> {
        let mut seen = part.sightings_at(place);
        let first = seen.next()?;
        // Whoever was there from the first days on may have come long before.
        if first.from_s < self.sighted_s.saturating_add(self.config.before_s / 2) {
            return None;
        }
        let soon_s = first.from_s.saturating_add(self.config.arrival_s);
        let mut early = part.sightings_at(place).take_while(|one| one.from_s <= soon_s);
        let near = early.find(|one| self.rooms(&first, one.cell).next().is_some())?;
        let nth = self.nearest_room(&first, &near, part, place)?;
        // The first place that hears a room may be another's, passed on the way.
        let at_room = |one: &Sighting| self.rooms(&first, one.cell).any(|(room, _)| room == nth);
        let there = std::iter::once(near).chain(early).find(at_room)?;
        let (last_s, there_share) = self.stay(nth, part, place, &there);
        if there_share < self.config.there_share_min {
            return None;
        }
        let last_call_s = part.made_at(place).map(|row| part.start_s[row]).max().unwrap_or(0);
        let last_s = last_s.max(last_call_s);
        let newcomer = Newcomer {
            line,
            first_s: first.from_s,
            first_cell: first.cell,
            there_s: there.from_s,
            last_s,
            handset: first.handset,
            is_silent: is_silenced(first.from_s, last_s, self.calls, self.config),
            handset_is_gone: false,
        };
        Some((nth, newcomer))
    }

    /// When a line was last seen, and how much of it, in the days after it came, was at the room's place.
    fn stay(&self, nth: usize, part: &CallPart, place: usize, there: &Sighting) -> (u32, f64) {
        let end_s = there.from_s.saturating_add(self.config.silence_within_s);
        let (mut last_s, mut inside, mut all) = (there.to_s, 0_usize, 0_usize);
        for seen in part.sightings_at(place) {
            last_s = last_s.max(seen.to_s);
            if (there.from_s..=end_s).contains(&seen.from_s) {
                all += 1;
                let mut rooms = self.rooms_at.get(&seen.cell).into_iter().flatten();
                inside += usize::from(rooms.any(|(room, _)| *room == nth));
            }
        }
        (last_s, domain::num::share(inside, all).unwrap_or(0.0))
    }

    /// Rooms that began when a line was first seen, and whose place a cell hears: each with its share.
    fn rooms(&self, first: &Sighting, cell: u32) -> impl Iterator<Item = (usize, f64)> {
        let from_s = first.from_s;
        let near = move |(nth, _): &(usize, f64)| {
            let begin_s = self.begins[*nth];
            let before_s = begin_s.saturating_sub(self.config.arrival_before_s);
            (before_s..=begin_s.saturating_add(self.config.arrival_s)).contains(&from_s)
        };
        self.rooms_at.get(&cell).into_iter().flatten().copied().filter(near)
    }

    /// Of those rooms, the one that is heard most where the line is in the days after it came: cells hear more than one house.
    fn nearest_room(
        &self,
        first: &Sighting,
        there: &Sighting,
        part: &CallPart,
        place: usize,
    ) -> Option<usize> {
        let days = there.from_s..=there.from_s.saturating_add(self.config.silence_within_s);
        let mut heard: BTreeMap<usize, f64> = BTreeMap::new();
        for seen in part.sightings_at(place).filter(|seen| days.contains(&seen.from_s)) {
            for (nth, share) in self.rooms(first, seen.cell) {
                *heard.entry(nth).or_default() += share;
            }
        }
        let nearest = heard.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        nearest.map(|(nth, _)| nth)
    }
}

/// When each newcomer's handset was last seen with any line.
fn gone_handsets(calls: &Calls, found: &[(usize, Newcomer)]) -> io::Result<BTreeMap<u32, u32>> {
    let mut asked: Vec<u32> =
        found.iter().map(|(_, one)| one.handset).filter(|handset| *handset != NONE).collect();
    asked.sort_unstable();
    asked.dedup();
    if asked.is_empty() {
        return Ok(BTreeMap::new());
    }
    let last = calls.map_parts(|part| {
        let mut last: BTreeMap<u32, u32> = BTreeMap::new();
        for place in 0..part.lines().len() {
            for seen in part.sightings_at(place) {
                if asked.binary_search(&seen.handset).is_ok() {
                    let last_s = last.entry(seen.handset).or_default();
                    *last_s = seen.to_s.max(*last_s);
                }
            }
        }
        last
    })?;
    let mut all: BTreeMap<u32, u32> = BTreeMap::new();
    for (handset, last_s) in last.into_iter().flatten() {
        let known = all.entry(handset).or_default();
        *known = last_s.max(*known);
    }
    Ok(all)
}

/// Calls for help from newcomers' own phones that fell silent: whose phone lives on can call again.
fn calls_for_help(scene: &Scene<'_>, views: &mut [View<'_>]) -> io::Result<()> {
    let help = super::view::help_numbers(scene);
    let asked: Vec<(usize, u32)> = views
        .iter()
        .enumerate()
        .flat_map(|(nth, view)| {
            let silent = view.newcomers.iter().filter(|one| one.is_silent);
            silent.map(move |one| (nth, one.line))
        })
        .collect();
    let lines: Vec<u32> = asked.iter().map(|(_, line)| *line).collect();
    let told = scene
        .calls
        .map_lines(&lines, |part, place, at| help_calls(lines[at], part, place, &help))?;
    for ((nth, _), calls) in asked.iter().zip(told) {
        let own = calls.into_iter().map(|call| HelpCall { from_room: false, ..call });
        views[*nth].help_calls.extend(own);
    }
    views.iter_mut().for_each(|view| view.help_calls.sort_unstable());
    Ok(())
}
