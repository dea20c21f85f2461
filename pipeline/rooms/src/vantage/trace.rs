//! What one side saw of a room that another side may see too.

use crate::room::Room;
use domain::num::{share, u32_of};
use domain::zone::{DAY_S, day_of};
use facts::{CallPart, Calls, SightingKind};
use profiles::Context;
use std::collections::BTreeSet;
use std::io;

/// What one side saw of a room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Calls made to people outside: who, by number, and when, epoch seconds; in that order.
    calls: Vec<(u64, u32)>,
    /// People called, each once, in order.
    people: Vec<u64>,
    /// Work in each bin of the day (UTC), over all days.
    day: Vec<f64>,
    /// When it worked, in order, epoch seconds.
    at: Vec<u32>,
    /// First and last moment of the side's facts, epoch seconds.
    facts_s: (u32, u32),
}

/// How many days two rooms have in common, shares of 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Days {
    /// Over those on which either worked.
    pub(super) of_either: f64,
    /// Over those of the one that worked on fewer.
    pub(super) of_fewer: f64,
}

/// Seconds of a bin of the day.
const BIN_S: u32 = 600;
const BINS: usize = (DAY_S / BIN_S) as usize;
/// How far the clocks of two sides may lie apart, and a call takes to be put through, seconds.
const PUT_THROUGH_S: u32 = 60;
/// Bins with work, at least, that show a shift.
const WORK_MIN: f64 = 30.0;

/// The traces of some rooms, in their order. Errors: the shelf fails.
pub fn trace(calls: &Calls, context: &Context<'_>, rooms: &[Room]) -> io::Result<Vec<Trace>> {
    let asked: Vec<(u32, usize)> = rooms
        .iter()
        .enumerate()
        .flat_map(|(nth, room)| room.lines.iter().map(move |line| (line.line, nth)))
        .collect();
    let lines: Vec<u32> = asked.iter().map(|(line, _)| *line).collect();
    let told = calls.map_lines(&lines, |part, place, _| of_line(part, place, context))?;
    let mut all = vec![Done::default(); rooms.len()];
    for ((_, nth), done) in asked.iter().zip(told) {
        all[*nth].made.extend(done.made);
        all[*nth].others.extend(done.others);
        all[*nth].sessions.extend(done.sessions);
    }
    let facts_s = (calls.first_s, calls.last_s);
    Ok(all.into_iter().map(|done| Trace::of(done, facts_s)).collect())
}

/// What lines did.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    /// Calls made to numbers: when, and whom.
    pub(super) made: Vec<(u32, u64)>,
    /// When others were made: a pseudonym of this side means nothing on another.
    pub(super) others: Vec<u32>,
    /// Data sessions, from and to.
    pub(super) sessions: Vec<(u32, u32)>,
}

fn of_line(part: &CallPart, place: usize, context: &Context<'_>) -> Done {
    let mut done = Done::default();
    for row in part.made_at(place) {
        let (at_s, key) = (part.start_s[row], context.lines.key(part.callee[row]));
        match key.text_index() {
            None => done.made.push((at_s, key.packed())),
            Some(_) => done.others.push(at_s),
        }
    }
    let data = part.sightings_at(place).filter(|seen| seen.kind == SightingKind::Data);
    done.sessions = data.map(|seen| (seen.from_s, seen.to_s)).collect();
    done
}

impl Trace {
    /// The trace of what was done on a side whose facts span some time.
    pub(super) fn of(done: Done, facts_s: (u32, u32)) -> Self {
        let Done { made, others, sessions } = done;
        let mut calls: Vec<(u64, u32)> =
            made.into_iter().map(|(at_s, whom)| (whom, at_s)).collect();
        calls.sort_unstable();
        let mut people: Vec<u64> = calls.iter().map(|(whom, _)| *whom).collect();
        people.dedup();
        let mut at: Vec<u32> = calls.iter().map(|(_, at_s)| *at_s).chain(others).collect();
        for (from_s, to_s) in sessions {
            at.extend((0..=to_s.saturating_sub(from_s) / BIN_S).map(|bin| from_s + bin * BIN_S));
        }
        let mut day = vec![0.0; BINS];
        at.iter().for_each(|at_s| day[(at_s % DAY_S / BIN_S) as usize] += 1.0);
        at.sort_unstable();
        Self { calls, people, day, at, facts_s }
    }

    /// The trace of several pieces together.
    pub(super) fn together(pieces: &[&Self]) -> Self {
        let mut all = Self { day: vec![0.0; BINS], facts_s: pieces[0].facts_s, ..Self::default() };
        for piece in pieces {
            all.calls.extend(&piece.calls);
            all.people.extend(&piece.people);
            all.at.extend(&piece.at);
            all.day.iter_mut().zip(&piece.day).for_each(|(sum, own)| *sum += own);
        }
        all.calls.sort_unstable();
        all.people.sort_unstable();
        all.people.dedup();
        all.at.sort_unstable();
        all
    }

    /// Whether so many calls are enough to expect some of them on another side.
    pub(super) fn are_enough(calls: usize) -> bool {
        calls as f64 >= WORK_MIN
    }

    /// How many calls there are to people outside while both sides have facts.
    pub(super) fn calls_while(&self, other: &Self) -> usize {
        let first_s = self.facts_s.0.max(other.facts_s.0).saturating_sub(PUT_THROUGH_S);
        let last_s = self.facts_s.1.min(other.facts_s.1).saturating_add(PUT_THROUGH_S);
        self.calls.iter().filter(|(_, at_s)| (first_s..=last_s).contains(at_s)).count()
    }

    /// Calls to the same people that begin within a minute.
    pub(super) fn calls_of_both(&self, other: &Self) -> usize {
        let near = |(whom, at_s): &&(u64, u32)| {
            let from = (*whom, at_s.saturating_sub(PUT_THROUGH_S));
            let first = other.calls.partition_point(|call| *call < from);
            other.calls.get(first).is_some_and(|(called, at)| {
                called == whom && *at <= at_s.saturating_add(PUT_THROUGH_S)
            })
        };
        self.calls.iter().filter(near).count()
    }

    /// People that both called, and how many of them chance gives where all lists are drawn from so many people as both lists together hold ten
    /// times.
    pub(super) fn people_of_both(&self, other: &Self) -> (usize, f64) {
        let both =
            self.people.iter().filter(|whom| other.people.binary_search(whom).is_ok()).count();
        let (own, others) = (self.people.len() as f64, other.people.len() as f64);
        (both, own * others / (10.0 * (own + others)).max(1.0))
    }

    /// The correlation of work over the bins of the day; `None` where one is hardly seen at work.
    pub(super) fn day_correlation(&self, other: &Self) -> Option<f64> {
        let enough = |trace: &Self| trace.day.iter().sum::<f64>() >= WORK_MIN;
        if !enough(self) || !enough(other) {
            return None;
        }
        let (a, b) = (smoothed(&self.day), smoothed(&other.day));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let (mean_a, mean_b) = (mean(&a), mean(&b));
        let (mut both, mut of_a, mut of_b) = (0.0, 0.0, 0.0);
        for (a, b) in a.iter().zip(&b) {
            both += (a - mean_a) * (b - mean_b);
            of_a += (a - mean_a).powi(2);
            of_b += (b - mean_b).powi(2);
        }
        (of_a > 0.0 && of_b > 0.0).then(|| both / (of_a * of_b).sqrt())
    }

    /// Days on which both worked, while both sides have facts: over those on which either did, and over those of the one that worked on fewer. A
    /// room in pieces on one side works there on some of its days. `None` where both have facts for less than a week.
    pub(super) fn days_of_both(&self, other: &Self) -> Option<Days> {
        let first = day_of(self.facts_s.0.max(other.facts_s.0)) + 1;
        let end = day_of(self.facts_s.1.min(other.facts_s.1));
        if end < first + 7 {
            return None;
        }
        // One cut for both: where the work of both together rests.
        let both: Vec<f64> = self
            .day
            .iter()
            .zip(&other.day)
            .map(|(a, b)| share_of(*a, &self.day) + share_of(*b, &other.day))
            .collect();
        let cut_s = quietest(&both) * BIN_S;
        let within = |trace: &Self| -> BTreeSet<u32> {
            trace.days(cut_s).into_iter().filter(|day| (first..end).contains(day)).collect()
        };
        let (own, others) = (within(self), within(other));
        let both = own.intersection(&others).count();
        Some(Days {
            of_either: share(both, own.union(&others).count())?,
            of_fewer: share(both, own.len().min(others.len()))?,
        })
    }

    /// The days on which it worked, where a day begins so many seconds after midnight (UTC).
    fn days(&self, cut_s: u32) -> Vec<u32> {
        let by_day: Vec<u32> =
            self.at.iter().map(|at_s| day_of(at_s.saturating_sub(cut_s))).collect();
        let usual = by_day.len() as f64 / by_day.chunk_by(|a, b| a == b).count().max(1) as f64;
        // A few calls at an odd time make no day of work.
        let days = by_day.chunk_by(|a, b| a == b).filter(|run| run.len() as f64 >= usual / 5.0);
        days.map(|run| run[0]).collect()
    }

    /// The same trace, each call so many seconds later.
    #[cfg(test)]
    pub(super) fn later(&self, by_s: u32) -> Self {
        let made = self.calls.iter().map(|(whom, at_s)| (at_s + by_s, *whom)).collect();
        Self::of(Done { made, ..Done::default() }, self.facts_s)
    }
}

/// A bin's share of all work.
fn share_of(bin: f64, day: &[f64]) -> f64 {
    bin / day.iter().sum::<f64>().max(1.0)
}

/// The middle of the quietest run of bins: where a day of work ends and the next begins.
fn quietest(day: &[f64]) -> u32 {
    const RUN: usize = 24;
    let sum = |from: usize| (0..RUN).map(|step| day[(from + step) % BINS]).sum::<f64>();
    let best = (0..BINS).min_by(|a, b| sum(*a).total_cmp(&sum(*b)).then(a.cmp(b))).unwrap_or(0);
    u32_of((best + RUN / 2) % BINS)
}

/// Each bin with its neighbours: a few calls more or less in ten minutes mean nothing.
fn smoothed(day: &[f64]) -> Vec<f64> {
    let at = |bin: usize| day[bin % BINS];
    (0..BINS).map(|bin| at(bin + BINS - 1) + 2.0 * at(bin) + at(bin + 1)).collect()
}
