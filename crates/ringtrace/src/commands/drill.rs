//! `ringtrace drill`: made worlds with known truth, and how well rooms are found in them.

use super::drill_days::DaysArgs;
use super::drill_plant::PlantArgs;
use super::drill_score::ScoreArgs;
use super::drill_world::WorldArgs;
use crate::printer::Printer;
use crate::world_file;
use anyhow::Context as _;
use clap::{Args, Subcommand};
use drill::{Preset, Settings, World};
use std::path::{Path, PathBuf};

/// Make worlds with known truth, and score what was found in them
///
/// Example: ringtrace drill make --calls 1000000 --seed 7 --out world.parquet
#[derive(Args, Debug)]
pub(crate) struct DrillArgs {
    #[command(subcommand)]
    command: DrillCommand,
}

#[derive(Subcommand, Debug)]
enum DrillCommand {
    /// Make a world: calls, and beside them NAME.truth.csv
    Make(MakeArgs),
    /// Score `find --json --reveal` against the truth
    Score(ScoreArgs),
    /// Make a world, look for rooms at the end of each day, and tell how long each took to be found
    Days(DaysArgs),
    Plant(PlantArgs),
}

/// Where a world goes.
#[derive(Args, Clone, Debug)]
pub(crate) struct MakeArgs {
    #[command(flatten)]
    world: WorldArgs,
    /// File to write: .csv or .parquet
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// File to write to what the gateway of the country that is called sees: .csv or .parquet (preset lima)
    #[arg(long, value_name = "FILE")]
    gateway: Option<PathBuf>,
    /// File to write sightings to: .csv or .parquet
    #[arg(long, value_name = "FILE")]
    sightings: Option<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &DrillArgs, printer: &Printer) -> anyhow::Result<u8> {
    match &args.command {
        DrillCommand::Make(args) => make(args, printer),
        DrillCommand::Score(args) => super::drill_score::run(args, printer),
        DrillCommand::Days(args) => super::drill_days::run(args, printer),
        DrillCommand::Plant(args) => super::drill_plant::run(args, printer),
    }
}

/// Writes what the gateway of the country that is called sees, among that country's own life and rooms.
fn other_side(
    world: &mut World,
    settings: Settings,
    path: &Path,
    printer: &Printer,
) -> anyhow::Result<()> {
    let mut other = World::new(Settings {
        seed: settings.seed.wrapping_add(1_000_003),
        preset: Preset::LimaTarget,
        gateway: false,
        sightings: false,
        voip_houses: 0,
        swaps: 0,
        cohorts: 0,
        ..settings
    });
    other.add_arriving(world.take_arriving());
    let written = world_file::write(&mut other, path, None)?;
    let mut truth = other.truth();
    truth.rename_groups("other-");
    truth.lines.extend(world.shown_at_gateway());
    let beside = path.with_extension("truth.csv");
    std::fs::write(&beside, truth.to_csv())
        .with_context(|| format!("{} could not be written", beside.display()))?;
    printer.say(&format!(
        "{} calls at the gateway in {}, the truth in {}; times in {}",
        written.calls,
        path.display(),
        beside.display(),
        other.zone()
    ));
    Ok(())
}

fn make(args: &MakeArgs, printer: &Printer) -> anyhow::Result<u8> {
    for path in
        [Some(&args.out), args.sightings.as_ref(), args.gateway.as_ref()].into_iter().flatten()
    {
        world_file::check_name(path)?;
    }
    let settings = Settings {
        sightings: args.sightings.is_some(),
        gateway: args.gateway.is_some(),
        ..args.world.settings()?
    };
    let mut world = World::new(settings);
    let written = world_file::write(&mut world, &args.out, args.sightings.as_deref())?;
    let truth = args.out.with_extension("truth.csv");
    std::fs::write(&truth, world.truth().to_csv())
        .with_context(|| format!("{} could not be written", truth.display()))?;
    printer.say(&format!(
        "{} calls in {}, the truth in {}; times in {}",
        written.calls,
        args.out.display(),
        truth.display(),
        world.zone()
    ));
    if let Some(gateway) = &args.gateway {
        other_side(&mut world, settings, gateway, printer)?;
    }
    if let Some(sightings) = &args.sightings {
        printer.say(&format!("{} sightings in {}", written.sightings, sightings.display()));
    }
    Ok(0)
}
