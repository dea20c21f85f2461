//! `ringtrace drill days`: how many days after a room begins it is found, when one looks at the end of every day.

use super::drill_world::WorldArgs;
use super::find::{rooms_of, site};
use crate::input::{Input, InputArgs};
use crate::printer::Printer;
use crate::world_file;
use clap::Args;
use drill::score::{Found, PlantedRoom, score};
use drill::{Settings, World};
use rooms::{Config, Findings, Verdict};
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
    let mut all: Vec<PlantedRoom> = Vec::new();
    for day in 1..=settings.days {
        all = planted_rooms(settings, day, printer)?;
        for room in all.iter().filter(|room| room.is_found) {
            found_on.entry(room.name.clone()).or_insert(day);
        }
    }
    printer.out(told(&all, &starts, &found_on).trim_end())?;
    Ok(0)
}

/// The rooms of the truth, as a desk would find them at the end of a day.
fn planted_rooms(
    settings: Settings,
    day: u32,
    printer: &Printer,
) -> anyhow::Result<Vec<PlantedRoom>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("calls.parquet");
    let mut world = World::new(settings).first_days(day);
    world_file::write(&mut world, &path)?;
    let input_args = InputArgs {
        feed: "auto".to_owned(),
        zone: Some(world.zone().to_owned()),
        ..InputArgs::default()
    };
    let input = input_args.read_for_rooms(&[path], printer)?;
    let findings = rooms_of(&input, &site(&input)?, &Config::default())?;
    Ok(score(&found_in(&findings, &input), &world.truth()).rooms_by_name)
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

fn told(rooms: &[PlantedRoom], starts: &[u32], found_on: &BTreeMap<String, u32>) -> String {
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
