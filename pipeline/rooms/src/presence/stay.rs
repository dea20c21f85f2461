//! Lines that keep to one place, and what they did there.

use crate::config::PresenceConfig;
use domain::num::u32_of;
use domain::zone::{day_of, hour_of};
use facts::{CallPart, Calls, NONE, Sighting, SightingKind};
use profiles::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Seconds of a bin in which a line is online or not.
pub(crate) const BIN_S: u32 = 1_800;

/// A line that keeps to one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stay {
    pub(crate) line: u32,
    /// Cells by sightings, most first.
    pub(crate) cells: Vec<(u32, usize)>,
    pub(crate) seen: usize,
    /// Sightings at night (22 to 6 by the clock of the place).
    pub(crate) nights: usize,
    pub(crate) first_s: u32,
    /// End of the last sighting.
    pub(crate) last_s: u32,
    /// Bins of the facts in which it is online, a bit each.
    pub(crate) online: Vec<u64>,
    /// Data sessions, from and to, epoch seconds.
    pub(crate) sessions: Vec<(u32, u32)>,
    pub(crate) handsets: Vec<u32>,
    /// Others that it called or was called by on three days and more.
    pub(crate) recurrent: usize,
}

impl Stay {
    /// The cells that it is seen in most of the time.
    pub(crate) fn places(&self, share_min: f64) -> impl Iterator<Item = u32> {
        let least = share_min * self.seen as f64;
        self.cells.iter().filter(move |(_, count)| *count as f64 >= least).map(|(cell, _)| *cell)
    }
}

/// The lines that keep to one place, in canonical order. Errors: the shelf fails.
pub(crate) fn stays(
    calls: &Calls,
    context: &Context<'_>,
    config: &PresenceConfig,
) -> io::Result<Vec<Stay>> {
    let of_parts = calls.map_parts(|part| {
        let lines = part.lines().iter().enumerate();
        let stays = lines.filter_map(|(place, line)| {
            of_line(*line, part, place, calls.first_s, context, config)
        });
        stays.collect::<Vec<_>>()
    })?;
    let mut stays = of_parts.concat();
    stays.sort_unstable_by_key(|stay| stay.line);
    Ok(stays)
}

fn of_line(
    line: u32,
    part: &CallPart,
    place: usize,
    begin_s: u32,
    context: &Context<'_>,
    config: &PresenceConfig,
) -> Option<Stay> {
    let sightings = part.sightings_at(place);
    if sightings.len() < config.seen_min {
        return None;
    }
    let seen: Vec<Sighting> = sightings.collect();
    let days: BTreeSet<u32> =
        seen.iter().map(|one| day_of(context.site.local_s(one.from_s))).collect();
    if days.len() < config.days_min {
        return None;
    }
    let cells = counted(seen.iter().map(|one| one.cell));
    let most: usize = cells.iter().take(config.cells_max).map(|(_, count)| count).sum();
    if (most as f64) < config.still_share_min * seen.len() as f64 {
        return None;
    }
    let data = seen.iter().filter(|one| one.kind == SightingKind::Data);
    let sessions = merged(data.map(|one| (one.from_s, one.to_s)));
    let night = |one: &&Sighting| !(6..22).contains(&hour_of(context.site.local_s(one.from_s)));
    let handsets = counted(seen.iter().map(|one| one.handset).filter(|handset| *handset != NONE));
    Some(Stay {
        line,
        cells,
        seen: seen.len(),
        nights: seen.iter().filter(night).count(),
        first_s: seen.first()?.from_s,
        last_s: seen.iter().map(|one| one.to_s).max()?,
        online: online(&sessions, begin_s),
        sessions,
        handsets: handsets.into_iter().map(|(handset, _)| handset).collect(),
        recurrent: recurrent(part, place, context),
    })
}

/// Values by how often each occurs, most first.
pub(crate) fn counted(values: impl Iterator<Item = u32>) -> Vec<(u32, usize)> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), *value));
    counts
}

/// Sessions, in order of time, that overlap as one: a phone has several bearers.
fn merged(sessions: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut merged: Vec<(u32, u32)> = Vec::new();
    for (from_s, to_s) in sessions {
        match merged.last_mut() {
            Some(last) if from_s <= last.1 => last.1 = last.1.max(to_s),
            _ => merged.push((from_s, to_s)),
        }
    }
    merged
}

fn online(sessions: &[(u32, u32)], begin_s: u32) -> Vec<u64> {
    let bin = |at_s: u32| (at_s.saturating_sub(begin_s) / BIN_S) as usize;
    let bins = sessions.iter().map(|(_, to_s)| bin(*to_s) + 1).max().unwrap_or(0);
    let mut online = vec![0_u64; bins.div_ceil(64)];
    for (from_s, to_s) in sessions {
        for bin in bin(*from_s)..=bin(*to_s) {
            online[bin / 64] |= 1 << (bin % 64);
        }
    }
    online
}

/// How many others a line spoke with on three days and more.
fn recurrent(part: &CallPart, place: usize, context: &Context<'_>) -> usize {
    let day = |start_s: u32| day_of(context.site.local_s(start_s));
    let made = part.made_at(place).map(|row| (part.callee[row], day(part.start_s[row])));
    let inbound = &part.inbound;
    let received =
        part.received_at(place).map(|row| (inbound.caller[row], day(inbound.start_s[row])));
    let days: BTreeSet<(u32, u32)> = made.chain(received).collect();
    let others = counted(days.into_iter().map(|(other, _)| other));
    others.iter().take_while(|(_, days)| *days >= 3).count()
}

/// How much two lines are online in the same bins, beyond what their time online gives by chance: the correlation (phi) over the bins from when both
/// were first seen until one was seen last; `None` where one is always or never online.
pub(crate) fn in_step(a: &Stay, b: &Stay, begin_s: u32) -> Option<f64> {
    let bin = |at_s: u32| (at_s.saturating_sub(begin_s) / BIN_S) as usize;
    let both = bin(a.first_s.max(b.first_s))..bin(a.last_s.min(b.last_s)) + 1;
    if both.len() < 96 {
        return None;
    }
    let (mut ones_a, mut ones_b, mut ones) = (0_u32, 0_u32, 0_u32);
    let word = |of: &Stay, at: usize| of.online.get(at).copied().unwrap_or(0);
    for at in both.start / 64..=(both.end - 1) / 64 {
        let low = both.start.max(at * 64) - at * 64;
        let high = both.end.min(at * 64 + 64) - at * 64;
        let mask = (u64::MAX >> (64 - (high - low))) << low;
        let (of_a, of_b) = (word(a, at) & mask, word(b, at) & mask);
        ones_a += of_a.count_ones();
        ones_b += of_b.count_ones();
        ones += (of_a & of_b).count_ones();
    }
    let bins = f64::from(u32_of(both.len()));
    let (share_a, share_b) = (f64::from(ones_a) / bins, f64::from(ones_b) / bins);
    let spread = (share_a * (1.0 - share_a) * share_b * (1.0 - share_b)).sqrt();
    (spread > 0.0).then(|| (f64::from(ones) / bins - share_a * share_b) / spread)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stay(hours: &[(u32, u32)]) -> Stay {
        let spans = (0..10).flat_map(|day| {
            hours.iter().map(move |(from_h, to_h)| {
                (day * 86_400 + from_h * 3_600, day * 86_400 + to_h * 3_600 - 1)
            })
        });
        let sessions: Vec<(u32, u32)> = spans.collect();
        let online = online(&sessions, 0);
        Stay { last_s: 10 * 86_400 - 1, online, sessions, ..Stay::default() }
    }

    #[test]
    fn who_works_one_shift_is_in_step() {
        let (a, b) = (stay(&[(1, 10)]), stay(&[(1, 5), (6, 10)]));
        assert!(in_step(&a, &b, 0).unwrap() > 0.8);
        let day_life = stay(&[(8, 9), (19, 21)]);
        assert!(in_step(&a, &day_life, 0).unwrap() < 0.2);
        let machine = stay(&[(0, 24)]);
        assert_eq!(in_step(&a, &machine, 0), None, "a machine has no shift");
    }

    #[test]
    fn sessions_that_overlap_are_one() {
        assert_eq!(merged([(0, 9), (5, 20), (30, 40)].into_iter()), [(0, 20), (30, 40)]);
    }

    #[test]
    fn the_most_frequent_comes_first() {
        assert_eq!(counted([7, 5, 7, 9, 9].into_iter()), [(7, 2), (9, 2), (5, 1)]);
    }
}
