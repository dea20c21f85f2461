//! `ringtrace drill days`: how many days after a room begins it is found, and how soon the people it hooks are told, when one looks at the
//! end of every day.

use super::drill_world::WorldArgs;
use super::find::{Answer, answer, site};
use crate::configuration::Configuration;
use crate::input::{Input, InputArgs};
use crate::printer::Printer;
use crate::world_file;
use clap::Args;
use domain::num::share;
use drill::score::holds::ToldOfPeople;
use drill::score::warned::{Warned, warned};
use drill::score::{Found, PlantedRoom, score};
use drill::{Settings, World};
use rooms::{Findings, Verdict};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How the world is to be.
#[derive(Args, Debug)]
pub(crate) struct DaysArgs {
    #[command(flatten)]
    world: WorldArgs,
}

/// Runs the command.
pub(crate) fn run(args: &DaysArgs, printer: &Printer) -> anyhow::Result<u8> {
    let settings = args.world.settings()?;
    let starts = World::new(settings).room_starts();
    let mut found_on: BTreeMap<String, u32> = BTreeMap::new();
    let mut last = Evening::default();
    let mut told = Told::default();
    for day in 1..=settings.days {
        last = evening(settings, day, printer)?;
        for room in last.rooms.iter().filter(|room| room.is_found) {
            found_on.entry(room.name.clone()).or_insert(day);
        }
        told.add(&last);
    }
    let mut text = rooms_told(&last.rooms, &starts, &found_on);
    text.push_str(&told.text(&last));
    printer.out(text.trim_end())?;
    Ok(0)
}

/// What a desk would have at the end of a day.
#[derive(Default)]
struct Evening {
    /// The day, counted from 1.
    day: u32,
    /// The rooms of the truth.
    rooms: Vec<PlantedRoom>,
    /// Who was hooked so far: when each was first, epoch seconds.
    hooked: BTreeMap<String, u32>,
    /// Who is on the list.
    listed: Vec<Warned>,
    /// Of them, how many were hooked by then.
    right: usize,
}

fn evening(settings: Settings, day: u32, printer: &Printer) -> anyhow::Result<Evening> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("calls.parquet");
    let mut world = World::new(settings).first_days(day);
    world_file::write(&mut world, &path, None)?;
    let input_args = InputArgs {
        feed: "auto".to_owned(),
        zone: Some(world.zone().to_owned()),
        ..InputArgs::default()
    };
    let input = input_args.read_for_rooms(&[path], printer)?;
    let answer = answer(&input, &site(&input)?, &Configuration::default())?;
    let (truth, last_s) = (world.truth(), input.calls.last_s);
    let listed = listed(&answer, &input);
    let mut hooked = BTreeMap::new();
    for hook in truth.hooks.iter().filter(|hook| hook.at_s <= last_s) {
        let first_s = hooked.entry(hook.line.clone()).or_insert(hook.at_s);
        *first_s = hook.at_s.min(*first_s);
    }
    Ok(Evening {
        day,
        rooms: score(&found_in(&answer.findings, &input), &truth).rooms_by_name,
        hooked,
        right: warned(&listed, &truth, last_s).listed.1,
        listed,
    })
}

/// What was found, in the form that is scored.
pub(crate) fn found_in(findings: &Findings, input: &Input) -> Vec<Found> {
    let found = findings.rooms.iter().map(|room| Found {
        id: room.id.clone(),
        lead: room.verdict == Verdict::Lead,
        confidence: room.confidence,
        lines: room.lines.iter().map(|line| input.calls.names.lines.text(line.line)).collect(),
    });
    found.collect()
}

/// What was told of the people in each room, in the form that is scored.
pub(crate) fn people_told(answer: &Answer, input: &Input) -> Vec<ToldOfPeople> {
    let rooms = answer.findings.rooms.iter().zip(&answer.people.captivity);
    let told = rooms.map(|(room, captivity)| {
        let leave = |sign: &people::Sign| {
            sign.indicator == people::Indicator::NoExit
                && sign.status == people::Status::NotSeen
                && sign.counter_sign.is_some()
        };
        ToldOfPeople {
            advised: captivity.welfare.advised,
            people_leave: captivity.signs.iter().any(leave),
            site: room.site.first().map(|cell| input.calls.names.cells.text(cell.cell)),
        }
    });
    told.collect()
}

/// Who would be warned, in the form that is scored.
pub(crate) fn listed(answer: &Answer, input: &Input) -> Vec<Warned> {
    let listed = answer.people.warnings.iter().map(|warning| Warned {
        line: input.calls.names.lines.text(warning.line),
        precision: warning.precision,
    });
    listed.collect()
}

/// When hooked people came on the list.
#[derive(Default)]
struct Told {
    /// The first evening that each hooked person was listed.
    listed_on: BTreeMap<String, u32>,
    /// The first evening after each was hooked.
    hooked_on: BTreeMap<String, u32>,
    /// People on the lists of all evenings, and of them those who were hooked by then.
    listed: (usize, usize),
}

impl Told {
    fn add(&mut self, evening: &Evening) {
        for line in evening.hooked.keys() {
            self.hooked_on.entry(line.clone()).or_insert(evening.day);
        }
        for one in &evening.listed {
            if evening.hooked.contains_key(&one.line) {
                self.listed_on.entry(one.line.clone()).or_insert(evening.day);
            }
        }
        self.listed.0 += evening.listed.len();
        self.listed.1 += evening.right;
    }

    fn text(&self, last: &Evening) -> String {
        let days: Vec<Option<u32>> = self
            .hooked_on
            .iter()
            .map(|(line, day)| Some(self.listed_on.get(line)?.saturating_sub(*day)))
            .collect();
        let same_day = days.iter().filter(|day| **day == Some(0)).count();
        let never = days.iter().filter(|day| day.is_none()).count();
        let mut delays: Vec<u32> = days.iter().copied().flatten().collect();
        let percent = |share: Option<f64>| {
            share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0))
        };
        let mut text = String::new();
        let _infallible = writeln!(
            text,
            "people hooked in {} days: {}; on the list at the end of the day they were hooked: {} ({}), never: {never}",
            last.day,
            days.len(),
            same_day,
            percent(share(same_day, days.len())),
        );
        let median = profiles::calls::median(&mut delays)
            .map_or_else(|| "none listed".to_owned(), |days| format!("{days} days"));
        let _infallible = writeln!(
            text,
            "median from hook to list: {median}; of all people on all evenings' lists, hooked by then: {}",
            percent(share(self.listed.1, self.listed.0)),
        );
        text
    }
}

fn rooms_told(rooms: &[PlantedRoom], starts: &[u32], found_on: &BTreeMap<String, u32>) -> String {
    let mut text = String::new();
    let mut delays = Vec::new();
    for room in rooms {
        let start = room
            .name
            .trim_start_matches("room")
            .parse::<usize>()
            .ok()
            .and_then(|nth| starts.get(nth))
            .copied()
            .unwrap_or(0);
        let _infallible = match found_on.get(&room.name) {
            Some(day) => {
                delays.push(day.saturating_sub(start));
                writeln!(
                    text,
                    "{}, {}: began on day {}, found at the end of its day {}",
                    room.name,
                    room.shape,
                    start + 1,
                    day - start
                )
            }
            None => writeln!(
                text,
                "{}, {}: began on day {}, not found",
                room.name,
                room.shape,
                start + 1
            ),
        };
    }
    let median = profiles::calls::median(&mut delays);
    let median = median.map_or_else(|| "none found".to_owned(), |days| format!("{days} days"));
    let _infallible = writeln!(
        text,
        "median of rooms found: {median}; found at some time: {} of {}",
        delays.len(),
        rooms.len()
    );
    text
}
