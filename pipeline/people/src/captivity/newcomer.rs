//! Phones that came to a room's place when it began, or in a batch while it worked, and are none of its lines.

use super::arrival::{Life, Look, is_silenced};
use super::view::{HelpCall, View};
use crate::Scene;
use crate::captivity::view::help_calls;
use crate::config::CaptivityConfig;
use facts::{Calls, NONE};
use std::collections::BTreeMap;
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
    /// Whether it was last seen at the place, soon after it came, and long enough before the end of the facts: who leaves by air is last seen
    /// elsewhere.
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
    for (nth, view) in views.iter().enumerate() {
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
    found.sort_by_key(|(nth, one)| (*nth, one.there_s, one.line));
    let found = with_beginning_or_batch(found, &lives, config);
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

/// Of newcomers by room and time, those who came when it began, and those who came later with enough others: neighbours move in, and buy new
/// phones, one by one.
fn with_beginning_or_batch(
    found: Vec<(usize, Newcomer)>,
    lives: &[Life],
    config: &CaptivityConfig,
) -> Vec<(usize, Newcomer)> {
    let later = |(nth, one): &(usize, Newcomer)| !lives[*nth].beginning.contains(&one.first_s);
    let before = |nth: usize, at_s: u32| {
        found.partition_point(|(other, one)| (*other, one.there_s) < (nth, at_s))
    };
    let in_batch: Vec<bool> = found
        .iter()
        .map(|(nth, one)| {
            let first = before(*nth, one.there_s.saturating_sub(config.together_s));
            let end = before(*nth, one.there_s.saturating_add(config.together_s + 1));
            end - first >= config.cohort_min
        })
        .collect();
    let kept = found.into_iter().zip(in_batch).filter(|(one, in_batch)| *in_batch || !later(one));
    kept.map(|(one, _)| one).collect()
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
