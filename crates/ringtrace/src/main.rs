//! ringtrace: from call records to explained rooms.
//!
//! The only crate that opens files and reads clocks for the stages. Every command: `--help` with an example, masked numbers
//! unless `--reveal`, exit codes 0 done, 1 found problems, 2 wrong use.

mod activity;
mod as_of;
mod captivity_report;
mod casebook;
mod cohort_report;
mod commands;
mod configuration;
mod fact_file;
mod failure;
mod input;
mod journal;
mod judged;
mod labelled;
mod origins;
mod page;
mod person_report;
mod printer;
mod protection;
mod reported;
mod room_file;
mod scratch_file;
mod screener;
mod shelf;
mod sides;
mod site_area;
mod source_rows;
mod stages;
mod story;
mod stray_dates;
mod table_file;
mod target_file;
mod whole_file;
mod world_file;
mod world_sightings;

use clap::{Parser, Subcommand};
use failure::{Failure, WRONG_USE};
use printer::Printer;
use std::process::ExitCode;

/// Finds phone-scam call rooms in call records, and says why
#[derive(Parser, Debug)]
#[command(name = "ringtrace", version, propagate_version = true)]
struct Cli {
    /// Threads to use; all cores where absent
    #[arg(long, global = true, value_name = "N", value_parser = threads)]
    threads: Option<usize>,
    /// Database that a team shares: `postgres://USER@HOST/NAME`; or in the variable `RINGTRACE_DATABASE`
    #[arg(long, global = true, value_name = "ADDRESS")]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Demo(commands::demo::DemoArgs),
    Import(commands::import::ImportArgs),
    Find(commands::find::FindArgs),
    Warn(commands::warn::WarnArgs),
    Screen(commands::screen::ScreenArgs),
    Successors(commands::successors::SuccessorsArgs),
    Explain(commands::explain::ExplainArgs),
    Profiles(commands::profiles::ProfilesArgs),
    Case(commands::case::CaseArgs),
    Export(commands::export::ExportArgs),
    Serve(commands::serve::ServeArgs),
    Drill(commands::drill::DrillArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    keep_fenced_panics_quiet();
    let printer = Printer::new();
    match run(&cli, &printer) {
        Ok(code) => ExitCode::from(code),
        Err(error) => told(&error, &printer),
    }
}

/// A panic of a library on broken input becomes an error where it happens, and that is told.
fn keep_fenced_panics_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !feeds::guard::is_fenced() {
            usual(panic);
        }
    }));
}

/// A number of threads.
fn threads(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|number| (1..=256).contains(number));
    number.ok_or_else(|| "give a whole number from 1 to 256".to_owned())
}

fn run(cli: &Cli, printer: &Printer) -> anyhow::Result<u8> {
    if let Some(threads) = cli.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    if let Some(address) = &cli.database {
        journal::share(address.clone());
    }
    match &cli.command {
        Command::Demo(args) => commands::demo::run(args, printer),
        Command::Import(args) => commands::import::run(args, printer),
        Command::Explain(args) => commands::explain::run(args, printer),
        Command::Successors(args) => commands::successors::run(args, printer),
        Command::Warn(args) => commands::warn::run(args, printer),
        Command::Screen(args) => commands::screen::run(args, printer),
        Command::Find(args) => commands::find::run(args, printer),
        Command::Case(args) => commands::case::run(args, printer),
        Command::Export(args) => commands::export::run(args, printer),
        Command::Serve(args) => commands::serve::run(args, printer),
        Command::Drill(args) => commands::drill::run(args, printer),
        Command::Profiles(args) => commands::profiles::run(args, printer),
    }
}

/// What to do where the system refused, whatever was being done: by the words of the system and the database, which libraries pass on.
fn hint(told: &str) -> Option<&'static str> {
    const MAY_NOT: &str = "ask its owner for the permission to write, or work on a copy of it";
    const HINTS: [(&str, &str); 5] = [
        (
            "No space left",
            "free some space, or write to another disk; nothing was left half-written",
        ),
        ("Permission denied", MAY_NOT),
        ("Read-only file system", MAY_NOT),
        ("readonly database", MAY_NOT),
        ("unable to open database file", MAY_NOT),
    ];
    HINTS.iter().find(|(words, _)| told.contains(words)).map(|(_, hint)| *hint)
}

fn told(error: &anyhow::Error, printer: &Printer) -> ExitCode {
    let closed = error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe);
    if closed {
        return ExitCode::SUCCESS;
    }
    printer.say(&format!("ringtrace: {error:#}"));
    if let Some(failure) = error.downcast_ref::<Failure>() {
        printer.say(&format!("  hint: {}", failure.hint));
    } else if let Some(hint) = hint(&format!("{error:#}")) {
        printer.say(&format!("  hint: {hint}"));
    }
    ExitCode::from(WRONG_USE)
}
