//! Rooms of a made world, moved among the lines, cells and days of somebody's own records, so that they learn what they would find there.
//!
//! A planted line keeps its made number, which no network assigns; the people it deals with become lines of the records, its cells cells of the
//! records, and its days days of the records, at the same time of the day on the records' wall clock.

use crate::call::Call;
use crate::dice::mix;
use crate::numbers::cell_name;
use crate::settings::Settings;
use crate::truth::{Truth, text_of};
use crate::world::{FIRST_DAY, World};
use domain::Outcome;
use domain::zone::{Clock, DAY_S, day_of, weekday_of};
use std::collections::BTreeSet;

/// What rooms are planted into.
#[derive(Debug)]
pub struct Soil<'a> {
    /// Lines that are called: the targets to be. Not empty.
    pub lines: &'a [String],
    /// Cells; empty where the records have none.
    pub cells: &'a [String],
    /// The records' wall clock.
    pub clock: &'a Clock,
    /// First start, epoch seconds.
    pub first_s: u32,
    /// Last start, epoch seconds.
    pub last_s: u32,
}

/// A planted call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlantedCall {
    /// Start, epoch seconds.
    pub start_s: u32,
    /// Who called.
    pub caller: String,
    /// Who was called.
    pub callee: String,
    /// Duration, seconds.
    pub duration_s: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// The caller's cell; `None` where the records have none, or it is not a planted line that called.
    pub cell: Option<String>,
    /// The caller's handset; `None` where it is not a planted line that called.
    pub imei: Option<u64>,
}

/// The fewest days of records that a room needs.
pub const DAYS_MIN: u32 = 8;
/// Ordinary calls of the world that rooms are taken from: enough people to be their targets.
const WORLD_CALLS: usize = 300_000;

/// Days that rooms may last in records, from their first Monday; `None` where the records are too short.
fn days_in(soil: &Soil<'_>) -> Option<(u32, u32)> {
    let first = day_of(soil.clock.local_s(soil.first_s));
    let last = day_of(soil.clock.local_s(soil.last_s));
    let to_monday = u32::try_from((7 - weekday_of(first * DAY_S)) % 7).ok()?;
    let days = last.checked_sub(first + to_monday)? + 1;
    (days >= DAYS_MIN).then_some((first + to_monday, days.min(28)))
}

/// Rooms for some records: calls in order of time, and the truth. `None` where the records have fewer than [`DAYS_MIN`] days from a Monday on.
pub fn plant(soil: &Soil<'_>, rooms: usize, seed: u64) -> Option<(Vec<PlantedCall>, Truth)> {
    let (monday, days) = days_in(soil)?;
    let settings =
        Settings { seed, calls: WORLD_CALLS, days, rooms: Some(rooms), ..Settings::default() };
    let mut world = World::new(settings);
    let calls: Vec<Call> = std::iter::from_fn(|| world.next_day()).flatten().collect();
    let mut truth = world.truth();
    truth.lines.retain(|line| line.kind == "room");
    let groups: BTreeSet<String> = truth.lines.iter().map(|line| line.group.clone()).collect();
    truth.hooks.retain(|hook| groups.contains(&hook.group));
    truth.let_go.retain(|one| groups.contains(&one.group));
    let own: BTreeSet<&str> = truth.lines.iter().map(|line| line.line.as_str()).collect();
    let moved = |start_s: u32| {
        let local_s = world.home_clock().local_s(start_s) - FIRST_DAY * DAY_S + monday * DAY_S;
        local_s.saturating_add_signed(-soil.clock.offset_s(local_s))
    };
    let person = |text: &str| soil.lines[pick(hash(text) ^ seed, soil.lines.len())].clone();
    let party = |number: u64, vacant: bool| {
        let text = text_of(number);
        if vacant || own.contains(text.as_str()) { text } else { person(&text) }
    };
    let mut planted = Vec::new();
    for call in calls {
        let from_room = own.contains(text_of(call.caller).as_str());
        if !from_room && !own.contains(text_of(call.callee).as_str()) {
            continue;
        }
        let cell = cell_name(call.caller_cell);
        let cells = from_room && call.caller_cell > 0 && !soil.cells.is_empty();
        planted.push(PlantedCall {
            start_s: moved(call.start_s),
            caller: party(call.caller, false),
            callee: party(call.callee, call.outcome == Outcome::Vacant),
            duration_s: call.duration_s,
            outcome: call.outcome,
            cell: cells.then(|| soil.cells[pick(hash(&cell) ^ seed, soil.cells.len())].clone()),
            imei: (from_room && call.caller_imei > 0).then_some(call.caller_imei),
        });
    }
    planted.retain(|call| (soil.first_s..=soil.last_s).contains(&call.start_s));
    planted.sort();
    for line in &mut truth.lines {
        line.start_s = moved(line.start_s);
        line.calls = planted.iter().filter(|call| call.caller == line.line).count();
    }
    for hook in &mut truth.hooks {
        hook.at_s = moved(hook.at_s);
        hook.line = person(&hook.line);
    }
    for one in &mut truth.let_go {
        one.line = person(&one.line);
    }
    Some((planted, truth))
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0, |hash, byte| mix(hash ^ u64::from(byte)))
}

fn pick(hash: u64, count: usize) -> usize {
    domain::num::usize_of(mix(hash) % count.max(1) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_rooms_live_among_the_records_lines_cells_and_days() {
        let lines: Vec<String> = (0..5_000).map(|line| format!("+44207946{line:04}")).collect();
        let cells: Vec<String> = (0..20).map(|cell| format!("cell {cell}")).collect();
        let (first_s, last_s) = (1_750_000_000, 1_750_000_000 + 30 * DAY_S);
        let clock = Clock::of("Europe/London", first_s, last_s).unwrap();
        let soil = Soil { lines: &lines, cells: &cells, clock: &clock, first_s, last_s };
        let (calls, truth) = plant(&soil, 2, 5).unwrap();
        assert_eq!(plant(&soil, 2, 5).unwrap().0, calls, "the same seed plants the same");
        let groups: BTreeSet<&str> = truth.lines.iter().map(|line| &*line.group).collect();
        assert_eq!(groups.len(), 2);
        let own: BTreeSet<&str> = truth.lines.iter().map(|line| &*line.line).collect();
        for call in &calls {
            assert!((first_s..=last_s).contains(&call.start_s));
            assert!(own.contains(&*call.caller) || own.contains(&*call.callee));
            let known = |line: &String| own.contains(&**line) || lines.contains(line);
            assert!(known(&call.caller));
            assert!(known(&call.callee) || call.outcome == Outcome::Vacant);
            assert!(call.cell.as_ref().is_none_or(|cell| cells.contains(cell)));
        }
        assert!(calls.len() > 1_000, "{}", calls.len());
        let short = Soil { last_s: first_s + 3 * DAY_S, ..soil };
        assert_eq!(plant(&short, 1, 5), None);
    }
}
