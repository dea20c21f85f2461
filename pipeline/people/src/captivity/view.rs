//! What the indicators look at: where a room's phones were, what they did, and who came when it began or later.

use super::newcomer::{Newcomer, newcomers};
use crate::Scene;
use crate::config::CaptivityConfig;
use domain::Outcome;
use domain::num::{share, u32_of};
use domain::zone::{Clock, day_of, hour_of};
use facts::call::outcome_of;
use facts::{CallPart, Extra, NONE, SightingKind};
use rayon::prelude::*;
use rooms::shape::Shape;
use rooms::{FactRef, Room};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// A moment at which a phone of the room was seen or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    pub(crate) at_s: u32,
    /// When it ended.
    pub(crate) to_s: u32,
    pub(crate) line: u32,
    /// [`NONE`] where the feed does not tell.
    pub(crate) cell: u32,
    /// [`NONE`] where the feed does not tell.
    pub(crate) handset: u32,
    /// Whether somebody used it: a call made, a data session.
    pub(crate) used: bool,
    /// Whether it is a sighting.
    pub(crate) seen: bool,
}

/// A call for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HelpCall {
    pub(crate) fact: FactRef,
    /// How long they spoke, seconds.
    pub(crate) talk_s: u32,
    /// Whether the caller is a line of the room rather than a newcomer's own.
    pub(crate) from_room: bool,
}

/// What the indicators look at in one room.
#[derive(Clone, Debug)]
pub(crate) struct View<'a> {
    /// In order of time.
    pub(crate) events: Vec<Event>,
    /// The room's cells: those that it works in.
    pub(crate) site: BTreeSet<u32>,
    /// Hours of the place's day in which it works.
    pub(crate) shift: [bool; 24],
    pub(crate) newcomers: Vec<Newcomer>,
    pub(crate) help_calls: Vec<HelpCall>,
    /// First call or sighting of the room, epoch seconds.
    pub(crate) first_s: u32,
    /// The first sighting of the facts, epoch seconds.
    pub(crate) sighted_s: u32,
    /// Whether its lines are devices that stand alone.
    pub(crate) is_relay: bool,
    pub(crate) clock: &'a Clock,
    /// Whether the facts hold sightings, and calls.
    pub(crate) observed: (bool, bool),
    pub(crate) config: &'a CaptivityConfig,
}

/// Cells with at least this share of the work are the room's: a building is heard by two or three.
const SITE_SHARE_MIN: f64 = 0.03;
/// Share of the lines that work there.
const SITE_LINES_MIN: f64 = 0.3;
/// The part of the work that a shift holds.
const SHIFT_SHARE: f64 = 0.95;

impl View<'_> {
    pub(crate) fn day(&self, at_s: u32) -> u32 {
        day_of(self.clock.local_s(at_s))
    }

    pub(crate) fn hour(&self, at_s: u32) -> usize {
        hour_of(self.clock.local_s(at_s))
    }

    /// Whether an event lies outside the shift.
    pub(crate) fn at_rest(&self, event: &Event) -> bool {
        !event.used && !self.shift[self.hour(event.at_s)]
    }

    /// Whether the room began so long after the facts that its beginning was seen.
    pub(crate) fn beginning_is_seen(&self) -> bool {
        self.first_s >= self.sighted_s.saturating_add(self.config.before_s)
    }

    /// A fact that an event is.
    pub(crate) fn fact(event: &Event) -> FactRef {
        FactRef::sighting(event.line, event.at_s)
    }
}

/// The views of all rooms, in their order. Errors: the shelf fails.
pub(crate) fn views<'a>(scene: &'a Scene<'a>) -> io::Result<Vec<View<'a>>> {
    let config = &scene.config.captivity;
    let calls = scene.calls;
    let lines: Vec<(u32, usize)> = scene
        .rooms
        .iter()
        .enumerate()
        .flat_map(|(nth, room)| room.lines.iter().map(move |line| (line.line, nth)))
        .collect();
    let help = help_numbers(scene);
    let asked: Vec<u32> = lines.iter().map(|(line, _)| *line).collect();
    let told = calls.map_lines(&asked, |part, place, at| {
        (events(asked[at], part, place), help_calls(asked[at], part, place, &help))
    })?;
    let mut views: Vec<View<'a>> = scene.rooms.iter().map(|room| empty(room, scene)).collect();
    for ((_, nth), (events, help_calls)) in lines.iter().zip(told) {
        views[*nth].events.extend(events);
        views[*nth].help_calls.extend(help_calls);
    }
    views.par_iter_mut().with_max_len(1).for_each(|view| {
        view.events.sort_unstable();
        view.help_calls.sort_unstable();
        view.site = site(&view.events);
        view.shift = shift(&view.events, view.clock);
        view.first_s = view.events.first().map_or(view.first_s, |event| event.at_s);
    });
    if calls.sightings > 0 {
        let sighted_s = calls.map_parts(CallPart::first_sighting_s)?.into_iter().flatten().min();
        views.iter_mut().for_each(|view| view.sighted_s = sighted_s.unwrap_or(calls.first_s));
        newcomers(scene, &mut views, &asked, config)?;
    }
    Ok(views)
}

fn empty<'a>(room: &Room, scene: &'a Scene<'a>) -> View<'a> {
    let calls = scene.calls;
    View {
        events: Vec::new(),
        site: BTreeSet::new(),
        shift: [false; 24],
        newcomers: Vec::new(),
        help_calls: Vec::new(),
        first_s: room.first_s,
        sighted_s: calls.first_s,
        is_relay: room.shape == Shape::Relay,
        clock: &scene.context.site,
        observed: (calls.sightings > 0, !calls.is_empty()),
        config: &scene.config.captivity,
    }
}

fn events(line: u32, part: &CallPart, place: usize) -> Vec<Event> {
    let mut events: Vec<Event> = part
        .sightings_at(place)
        .map(|seen| Event {
            at_s: seen.from_s,
            to_s: seen.to_s,
            line,
            cell: seen.cell,
            handset: seen.handset,
            used: seen.kind == SightingKind::Data,
            seen: true,
        })
        .collect();
    events.extend(part.made_at(place).map(|row| Event {
        at_s: part.start_s[row],
        to_s: part.start_s[row].saturating_add(part.duration_s[row]),
        line,
        cell: part.extra(Extra::CallerCell, row),
        handset: part.extra(Extra::CallerHandset, row),
        used: true,
        seen: false,
    }));
    events
}

/// The numbers of the police, embassies and others whom people call for help, in canonical order.
pub(super) fn help_numbers(scene: &Scene<'_>) -> Vec<u32> {
    let config = &scene.config.captivity;
    let known = config.emergency_numbers.iter().chain(&config.embassy_numbers);
    let lines = &scene.calls.names.lines;
    let mut numbers: Vec<u32> = known.filter_map(|number| lines.find(number)).collect();
    numbers.sort_unstable();
    numbers
}

pub(super) fn help_calls(line: u32, part: &CallPart, place: usize, help: &[u32]) -> Vec<HelpCall> {
    let rows = part.made_at(place).filter(|row| help.binary_search(&part.callee[*row]).is_ok());
    let call = |row: usize| HelpCall {
        fact: FactRef { caller: line, callee: part.callee[row], start_s: part.start_s[row] },
        talk_s: match outcome_of(part.marks[row]) {
            Outcome::Answered | Outcome::Unknown => part.duration_s[row],
            Outcome::NoAnswer | Outcome::Busy | Outcome::Vacant | Outcome::Failed => 0,
        },
        from_room: true,
    };
    rows.map(call).collect()
}

/// The cells that hold most of the work, and that many of the lines work in: where one person alone is online is their home.
pub(super) fn site(events: &[Event]) -> BTreeSet<u32> {
    let mut cells: BTreeMap<u32, (usize, BTreeSet<u32>)> = BTreeMap::new();
    let used = || events.iter().filter(|event| event.used && event.cell != NONE);
    for event in used() {
        let cell = cells.entry(event.cell).or_default();
        cell.0 += 1;
        cell.1.insert(event.line);
    }
    let all: usize = cells.values().map(|(count, _)| count).sum();
    let lines = distinct(used().map(|event| event.line));
    let is_site = |(count, of_cell): &(usize, BTreeSet<u32>)| {
        share(*count, all).is_some_and(|share| share >= SITE_SHARE_MIN)
            && of_cell.len() as f64 >= SITE_LINES_MIN * lines as f64
    };
    cells.into_iter().filter(|(_, cell)| is_site(cell)).map(|(cell, _)| cell).collect()
}

/// The hours that hold nearly all of the work, and those between them.
pub(super) fn shift(events: &[Event], clock: &Clock) -> [bool; 24] {
    let mut work = [0_usize; 24];
    for event in events.iter().filter(|event| event.used) {
        // A session is work in each of its hours.
        for hour in 0..=(event.to_s.saturating_sub(event.at_s) / 3_600).min(12) {
            work[hour_of(clock.local_s(event.at_s.saturating_add(hour * 3_600)))] += 1;
        }
    }
    let mut hours: Vec<usize> = (0..24).collect();
    hours.sort_by_key(|hour| (std::cmp::Reverse(work[*hour]), *hour));
    let all: usize = work.iter().sum();
    let mut shift = [false; 24];
    let mut held = 0;
    for hour in hours {
        if held as f64 >= SHIFT_SHARE * all as f64 {
            break;
        }
        held += work[hour];
        shift[hour] = true;
    }
    let whole = shift;
    for hour in 0..24 {
        // A pause is no end of work; what touches work may be the way to it.
        shift[hour] |= whole[(hour + 23) % 24] || whole[(hour + 1) % 24];
    }
    shift
}

/// Some of the facts behind a sign.
pub(crate) fn examples<'a>(
    events: impl Iterator<Item = &'a Event>,
    config: &CaptivityConfig,
) -> Vec<FactRef> {
    events.filter(|event| event.seen).take(config.facts_max).map(View::fact).collect()
}

/// How many distinct values there are.
pub(crate) fn distinct(values: impl Iterator<Item = u32>) -> usize {
    values.collect::<BTreeSet<u32>>().len()
}

/// The time between two moments, hours.
pub(crate) fn hours_between(first_s: u32, last_s: u32) -> f64 {
    f64::from(last_s.saturating_sub(first_s)) / 3_600.0
}

/// A count for a sentence.
pub(crate) fn phones(count: usize) -> String {
    if u32_of(count) == 1 { "1 phone".to_owned() } else { format!("{count} phones") }
}
