//! Phones that came to a room's place when it began, or in a batch while it worked, and are none of its lines.

use super::arrival::{Life, Look, is_silenced};
use super::batch::with_beginning_or_batch;
use super::view::{HelpCall, View};
use crate::Scene;
use crate::captivity::view::help_calls;
use crate::config::CaptivityConfig;
use facts::{Calls, NONE};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// A phone that came when the room began, or in a later batch.
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
    pub(crate) fate: Fate,
    /// Whether its handset, with any line, was last seen so too.
    pub(crate) handset_is_gone: bool,
    /// Whether it came with others.
    pub(crate) in_batch: bool,
}

/// What became of a newcomer's phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It came too short a time ago to tell.
    Untold,
    /// It was last seen at the place, soon after it came, and long before the end of the facts.
    Silent,
    /// It was seen later, or last elsewhere: who leaves by air is.
    LivesOn,
}

impl Newcomer {
    pub(crate) fn is_silent(&self) -> bool {
        self.fate == Fate::Silent
    }
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
    // To a place of devices nobody comes to live.
    for (nth, view) in views.iter().enumerate().filter(|(_, view)| !view.is_relay) {
        for cell in &view.site {
            let here = view.events.iter().filter(|event| event.cell == *cell).count();
            let share = domain::num::share(here, view.events.len()).unwrap_or(0.0);
            rooms_at.entry(*cell).or_default().push((nth, share));
        }
    }
    if rooms_at.is_empty() {
        return Ok(());
    }
    let lives: Vec<Life> = views.iter().map(|view| Life::of(view, config)).collect();
    let sighted_s = views.first().map_or(0, |view| view.sighted_s);
    let look = Look { calls: scene.calls, sighted_s, rooms_at: &rooms_at, lives: &lives, config };
    let found = scene.calls.map_parts(|part| {
        let lines = part.lines().iter().enumerate();
        let outside = lines.filter(|(_, line)| members.binary_search(line).is_err());
        outside.filter_map(|(place, line)| look.of_line(*line, part, place)).collect::<Vec<_>>()
    })?;
    let mut found = found.concat();
    let used: Vec<BTreeSet<u32>> = views.iter().map(handsets).collect();
    // A SIM in one of the room's own handsets is the room's.
    found.retain(|(nth, one)| !used[*nth].contains(&one.handset));
    found.sort_by_key(|(nth, one)| (*nth, one.there_s, one.line));
    let gone = gone_handsets(scene.calls, &found)?;
    for of_room in found.chunk_by(|a, b| a.0 == b.0) {
        let nth = of_room[0].0;
        let newcomers: Vec<Newcomer> = of_room.iter().map(|(_, one)| one.clone()).collect();
        let mut newcomers = with_beginning_or_batch(newcomers, &lives[nth], config);
        for newcomer in &mut newcomers {
            let is_gone = |(last_s, cell): &(u32, u32)| {
                let silenced = is_silenced(newcomer.first_s, *last_s, scene.calls, config);
                silenced && views[nth].site.contains(cell)
            };
            newcomer.handset_is_gone = gone.get(&newcomer.handset).is_some_and(is_gone);
        }
        views[nth].newcomers = newcomers;
    }
    calls_for_help(scene, views)
}

/// The handsets that a room's lines were used with.
fn handsets(view: &View<'_>) -> BTreeSet<u32> {
    let known = view.events.iter().map(|event| event.handset);
    known.filter(|handset| *handset != NONE).collect()
}

/// When and in which cell each newcomer's handset was last seen with any line.
fn gone_handsets(
    calls: &Calls,
    found: &[(usize, Newcomer)],
) -> io::Result<BTreeMap<u32, (u32, u32)>> {
    let mut asked: Vec<u32> =
        found.iter().map(|(_, one)| one.handset).filter(|handset| *handset != NONE).collect();
    asked.sort_unstable();
    asked.dedup();
    if asked.is_empty() {
        return Ok(BTreeMap::new());
    }
    let last = calls.map_parts(|part| {
        let mut last: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
        for place in 0..part.lines().len() {
            for seen in part.sightings_at(place) {
                if asked.binary_search(&seen.handset).is_ok() {
                    let known = last.entry(seen.handset).or_default();
                    *known = (seen.to_s, seen.cell).max(*known);
                }
            }
        }
        last
    })?;
    let mut all: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for (handset, last) in last.into_iter().flatten() {
        let known = all.entry(handset).or_default();
        *known = last.max(*known);
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
            let silent = view.newcomers.iter().filter(|one| one.is_silent());
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
