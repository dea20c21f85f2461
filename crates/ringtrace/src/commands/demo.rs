//! `ringtrace demo`: the main job on a made world, from nothing, in seconds.

use super::drill_days::{found_in, listed, people_told};
use super::drill_score::{told, told_holds, told_warned};
use super::find::{answer, site};
use super::import::ImportArgs;
use super::serve::ServeArgs;
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::InputArgs;
use crate::page;
use crate::printer::Printer;
use crate::world_file;
use clap::Args;
use drill::score::holds::holds;
use drill::score::score;
use drill::score::warned::warned;
use drill::{Settings, World};
use report::Grant;
use std::path::PathBuf;

/// Make a small world with planted rooms and innocent look-alikes, and find the rooms in it
#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    /// Seed of the world
    #[arg(long, default_value_t = 2023)]
    seed: u64,
    /// Keep the world as a casebook, demo.ring in this folder, and show it in a browser
    #[arg(long)]
    serve: bool,
}

/// The casebook of a demonstration that is shown in a browser.
const CASEBOOK: &str = "demo.ring";

const CALLS: usize = 1_000_000;

/// Runs the command.
pub(crate) fn run(args: &DemoArgs, printer: &Printer) -> anyhow::Result<u8> {
    printer.say("Making a month of calls in a made country: ordinary life, 30 kinds of innocent groups, and five rooms, one of which phones over the Internet …");
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("calls.csv");
    let sightings = folder.path().join("sightings.csv");
    let mut world = World::new(Settings {
        seed: args.seed,
        calls: CALLS,
        rooms: Some(4),
        sightings: true,
        voip_houses: 1,
        ..Settings::default()
    });
    world_file::write(&mut world, &path, Some(&sightings))?;
    if args.serve {
        return serve(vec![path, sightings], world.zone(), printer);
    }
    let input_args = InputArgs {
        feed: "auto".to_owned(),
        zone: Some(world.zone().to_owned()),
        ..InputArgs::default()
    };
    let mut input = input_args.read_for_rooms(&[path, sightings], printer)?;
    for (file, name) in input.files.iter_mut().zip(["calls", "sightings"]) {
        file.name = format!("the made world's {name}");
    }
    let site = site(&input)?;
    let answer = answer(&input, &site, &Configuration::default())?;
    printer.out(&page::findings(&input, &answer, &site, Grant::ANYBODY, printer.colour()))?;
    let found = found_in(&answer.findings, &input);
    let truth = world.truth();
    let score = score(&found, &truth);
    printer.out("\nThe world's truth, which find did not see:")?;
    printer.out(&told(&score))?;
    printer.out(&told_holds(&holds(&found, &people_told(&answer, &input), &truth)))?;
    let listed = listed(&answer, &input);
    printer.out(&told_warned(&warned(&listed, &truth, input.calls.as_of_s)))?;
    let innocent = truth
        .lines
        .iter()
        .filter(|line| line.kind != "room")
        .map(|line| line.group.as_str())
        .collect::<std::collections::BTreeSet<_>>();
    let accused: usize = score.false_leads.values().sum();
    printer.out(&format!(
        "innocent groups in the world: {}; named as leads: {accused}",
        innocent.len()
    ))?;
    printer.out(
        "\nThe same in a browser: ringtrace demo --serve\nNext: ringtrace find YOUR_CALLS.csv",
    )?;
    Ok(0)
}

/// Imports a world into a casebook and shows it, until it is ended.
fn serve(files: Vec<PathBuf>, zone: &str, printer: &Printer) -> anyhow::Result<u8> {
    let casebook = PathBuf::from(CASEBOOK);
    if casebook.exists() {
        let sentence = format!("{CASEBOOK} is already there");
        return Err(Failure::new(
            sentence,
            "show it with: ringtrace serve demo.ring; or delete it",
        )
        .into());
    }
    super::import::run(&ImportArgs::into(files, casebook.clone(), zone), printer)?;
    super::serve::run(&ServeArgs::of(casebook), printer)
}
