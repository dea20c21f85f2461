//! `ringtrace find`: from call records to explained rooms.

use crate::failure::Failure;
use crate::input::{Input, InputArgs};
use crate::page;
use crate::printer::Printer;
use crate::report;
use anyhow::Context as _;
use clap::Args;
use domain::zone::Clock;
use rooms::{Config, Findings};
use std::path::{Path, PathBuf};

/// Find rooms in call records, and say why
///
/// Example: ringtrace find calls.csv --zone America/Lima
#[derive(Args, Debug)]
pub(crate) struct FindArgs {
    /// Files or folders of call records
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Print the machine's form (docs/reference/find.schema.json)
    #[arg(long)]
    pub(crate) json: bool,
    /// Show whole numbers
    #[arg(long)]
    pub(crate) reveal: bool,
    /// Folder for rooms, lines, evidence and quarantine as Parquet
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Configuration (TOML): thresholds and weights
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Runs the command.
pub(crate) fn run(args: &FindArgs, printer: &Printer) -> anyhow::Result<u8> {
    let config = config(args.config.as_deref())?;
    let sight = crate::input::sight(args.reveal, &args.paths, "find")?;
    let input = args.input.read_for_rooms(&args.paths, printer)?;
    let site = site(&input)?;
    let findings = rooms_of(&input, &site, &config)?;
    if let Some(folder) = &args.out {
        crate::room_file::write(&input, &findings, &site, sight, folder)?;
    }
    if args.json {
        let report = report::report(&input, &findings, &config, &site, sight);
        printer.out(&serde_json::to_string_pretty(&report)?)?;
    } else {
        printer.out(&page::findings(&input, &findings, &site, sight, printer.colour()))?;
    }
    Ok(exit_code(&input))
}

/// Finds the rooms of an input.
pub(crate) fn rooms_of(input: &Input, site: &Clock, config: &Config) -> anyhow::Result<Findings> {
    let calls = &input.calls;
    let context = profiles::Context::new(
        &calls.names.lines,
        calls.observed,
        site.clone(),
        calls.first_s,
        calls.last_s,
    );
    Ok(rooms::find(calls, &context, config)?)
}

/// The clock of the feeds' site.
pub(crate) fn site(input: &Input) -> anyhow::Result<Clock> {
    Clock::of(input.zone(), input.calls.first_s, input.calls.last_s)
        .with_context(|| format!("the time zone {} is not known", input.zone()))
}

/// The configuration in a file, or the defaults.
pub(crate) fn config(path: Option<&Path>) -> anyhow::Result<Config> {
    let Some(path) = path else { return Ok(Config::default()) };
    let hint = "docs/reference/configuration.md shows all keys with their defaults";
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(
            format!("the configuration {} could not be read: {error}", path.display()),
            hint,
        )
    })?;
    let config: Config = toml::from_str(&text).map_err(|error| {
        Failure::new(format!("the configuration {} is not right: {error}", path.display()), hint)
    })?;
    let current = Config::default().version;
    if config.version != current {
        let problem = format!(
            "the configuration {} is of version {}, this program reads version {current}",
            path.display(),
            config.version
        );
        return Err(Failure::new(problem, "values may have changed their meaning: compare them with docs/reference/configuration.md and set the version").into());
    }
    Ok(config)
}

/// 1 where a file could not be read to its end, or no row of the input was a call.
pub(crate) fn exit_code(input: &Input) -> u8 {
    let broken = input.files.iter().any(|file| file.problem.is_some());
    let nothing = input.rows() > 0 && input.calls.is_empty();
    if broken || nothing { crate::failure::FOUND_PROBLEMS } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use drill::{Settings, World};

    #[test]
    fn what_rooms_do_not_look_at_changes_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.parquet");
        let settings = Settings { calls: 200_000, rooms: Some(4), ..Settings::default() };
        let mut world = World::new(settings);
        crate::world_file::write(&mut world, &path).unwrap();
        let args = InputArgs { feed: "auto".to_owned(), ..InputArgs::default() };
        let (paths, printer) = ([path], Printer::new());
        let [whole, thin] =
            [args.read(&paths, &printer).unwrap(), args.read_for_rooms(&paths, &printer).unwrap()];
        assert!(!whole.calls.part(0).unwrap().source.is_empty());
        assert!(thin.calls.part(0).unwrap().source.is_empty());
        let rooms = |input: &Input| {
            let site = site(input).unwrap();
            rooms_of(input, &site, &Config::default()).unwrap().rooms
        };
        let found = rooms(&whole);
        assert!(!found.is_empty());
        assert_eq!(found, rooms(&thin));
    }
}
