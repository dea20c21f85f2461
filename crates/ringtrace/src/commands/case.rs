//! `ringtrace case`: what people decide, and the log of it.

use super::find::{judged_rooms, site};
use crate::casebook::is_casebook;
use crate::configuration::Configuration;
use crate::failure::{FOUND_PROBLEMS, Failure};
use crate::input::InputArgs;
use crate::journal::Log;
use crate::judged::lines;
use crate::printer::Printer;
use case::Action;
use case::action::Erasure;
use case::judgement::{Disposition, Judgement, Subject};
use case::log::{Entry, verify};
use case::retention::Expiry;
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};

/// Judge a room, add claims and people found, and see and check a casebook's log: what was imported, revealed and decided, by whom and why
///
/// Who does it is taken from the variable `USER`; `RINGTRACE_PURPOSE` and `RINGTRACE_LEGAL_BASIS` are recorded with it where they are set.
///
/// Example: ringtrace case log lima.ring
#[derive(Args, Debug)]
pub(crate) struct CaseArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Log(LogArgs),
    Verify(VerifyArgs),
    Judge(Box<JudgeArgs>),
    Add(AddArgs),
    Expire(ExpireArgs),
    Erase(EraseArgs),
}

/// Print a casebook's log, from its first entry on
///
/// Example: ringtrace case log lima.ring
#[derive(Args, Debug)]
struct LogArgs {
    /// The casebook
    casebook: PathBuf,
    /// Print JSON lines, with seals
    #[arg(long)]
    json: bool,
}

/// Check that nothing in a casebook's log was changed, and name the first entry that was
///
/// Example: ringtrace case verify lima.ring
#[derive(Args, Debug)]
struct VerifyArgs {
    /// The casebook
    casebook: PathBuf,
}

/// Add claims, people found, exhibits and tasks from a file: JSON lines in the words of docs/concepts/log.md, all of them or none
///
/// Example: ringtrace case add lima.ring lima.jsonl
#[derive(Args, Debug)]
struct AddArgs {
    /// The casebook
    casebook: PathBuf,
    /// The file
    file: PathBuf,
}

/// Say until when what an entry of the log says is kept; `case erase --due` erases it after that
///
/// Example: ringtrace case expire lima.ring 1 --on 2036-12-31 --reason retention
#[derive(Args, Debug)]
struct ExpireArgs {
    /// The casebook
    casebook: PathBuf,
    /// The entry
    entry: u64,
    /// The last day on which it is kept
    #[arg(long, value_name = "DAY")]
    on: jiff::civil::Date,
    /// On which ground
    #[arg(long)]
    reason: String,
}

/// Erase what entries of the log say, with all that is told of them; their seals stay, so that the log still holds, and that they were erased is an entry
///
/// Example: ringtrace case erase lima.ring --due
#[derive(Args, Debug)]
struct EraseArgs {
    /// The casebook
    casebook: PathBuf,
    /// The entries
    #[arg(required_unless_present = "due")]
    entries: Vec<u64>,
    /// Those whose time is over
    #[arg(long, conflicts_with = "entries")]
    due: bool,
    /// Why
    #[arg(long, required_unless_present = "due")]
    reason: Option<String>,
}

/// Say of a room whether it is one: it stays so when facts are added and rooms are numbered anew
///
/// Example: ringtrace case judge lima.ring R1 rejected --reason clinic
#[derive(Args, Debug)]
struct JudgeArgs {
    /// The casebook
    casebook: PathBuf,
    /// The room, as `find` calls it now
    room: String,
    /// What was decided
    disposition: Word,
    /// Why
    #[arg(long)]
    reason: String,
    /// What it is instead, where it was rejected
    #[arg(long, value_name = "CLASS")]
    look_alike: Option<String>,
    /// Configuration (TOML) that `find` was given
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Word {
    Confirmed,
    Rejected,
    Undecided,
}

/// Runs the command.
pub(crate) fn run(args: &CaseArgs, printer: &Printer) -> anyhow::Result<u8> {
    match &args.what {
        What::Log(args) => log(args, printer),
        What::Verify(args) => checked(&args.casebook, printer),
        What::Judge(args) => judge(args, printer),
        What::Add(args) => add(args, printer),
        What::Expire(args) => expire(args, printer),
        What::Erase(args) => erase(args, printer),
    }
}

fn log(args: &LogArgs, printer: &Printer) -> anyhow::Result<u8> {
    for entry in entries(&args.casebook)? {
        let line = if args.json { serde_json::to_string(&entry)? } else { line(&entry)? };
        printer.out(&line)?;
    }
    Ok(0)
}

/// An entry in a line: its place, when, who, what, and what for.
fn line(entry: &Entry) -> anyhow::Result<String> {
    let at = jiff::Timestamp::from_microsecond(entry.at_us)?;
    let said = entry.action()?.map_or_else(|| "(erased)".to_owned(), |action| action.to_string());
    let why = [&entry.purpose, &entry.legal_basis];
    let why = why.map(|why| if why.is_empty() { "not stated" } else { why.as_str() }).join("; ");
    Ok(format!("{} {at:.0} {} {said} [{why}]", entry.seq, entry.actor))
}

fn checked(casebook: &Path, printer: &Printer) -> anyhow::Result<u8> {
    let entries = entries(casebook)?;
    if let Err(broken) = verify(&entries) {
        printer.out(&format!("The log is broken at {broken}."))?;
        return Ok(FOUND_PROBLEMS);
    }
    match entries.last() {
        Some(last) => printer.out(&format!(
            "{} The last seal, to be kept elsewhere, is {}.",
            if entries.len() == 1 {
                "1 entry holds.".to_owned()
            } else {
                format!("{} entries hold.", entries.len())
            },
            last.seal
        ))?,
        None => printer.out("The log is empty.")?,
    }
    Ok(0)
}

fn judge(args: &JudgeArgs, printer: &Printer) -> anyhow::Result<u8> {
    known(&args.casebook)?;
    let config = Configuration::of(args.config.as_deref())?;
    let paths = std::slice::from_ref(&args.casebook);
    let input = args.input.read_for_rooms(paths, printer)?;
    let site = site(&input)?;
    let (findings, _) = judged_rooms(&input, &site, &config.rooms, paths)?;
    let mut rooms = findings.rooms.iter();
    let room = rooms.find(|room| room.id.eq_ignore_ascii_case(&args.room)).ok_or_else(|| {
        let sentence = format!("{} has no room {}", args.casebook.display(), args.room);
        Failure::new(
            sentence,
            "ringtrace find, with the options given here, names those that there are",
        )
    })?;
    let disposition = match args.disposition {
        Word::Confirmed => Disposition::Confirmed,
        Word::Rejected => Disposition::Rejected,
        Word::Undecided => Disposition::Undecided,
    };
    let judgement = Judgement {
        subject: Subject::Room { lines: lines(room, &input) },
        disposition,
        reason: args.reason.clone(),
        look_alike: args.look_alike.clone(),
    };
    let entry = Log::open(&args.casebook)?.act(Action::Judge(judgement))?;
    printer.out(&format!(
        "{}, {} lines since {}, is {} (entry {}).",
        room.id,
        room.lines.len(),
        domain::zone::date_text(site.local_s(room.first_s)),
        disposition.word(),
        entry.seq
    ))?;
    Ok(0)
}

fn add(args: &AddArgs, printer: &Printer) -> anyhow::Result<u8> {
    known(&args.casebook)?;
    let file = args.file.display();
    let text = std::fs::read_to_string(&args.file).map_err(|error| {
        Failure::new(format!("{file} could not be read: {error}"), "give a file of JSON lines")
    })?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (mut actions, mut places) = (Vec::new(), Vec::new());
    for (at, line) in lines {
        actions.push(said(line).map_err(|why| {
            let hint = "docs/examples/lima.jsonl shows claims, exhibits, tasks and people found; nothing was added";
            Failure::new(format!("{file}, line {at}: {why}"), hint)
        })?);
        places.push(at);
    }
    let added = Log::open(&args.casebook)?.act_all(actions).map_err(|(nth, error)| {
        let at = places.get(nth).copied().unwrap_or(1);
        Failure::new(
            format!("{file}, line {at}: {error:#}"),
            "mend it and add the file again: nothing was added",
        )
    })?;
    printer.out(&format!("{} entries were added.", added.len()))?;
    Ok(0)
}

fn expire(args: &ExpireArgs, printer: &Printer) -> anyhow::Result<u8> {
    known(&args.casebook)?;
    let over = args.on.tomorrow()?.in_tz("UTC")?.timestamp();
    let expiry =
        Expiry { entry: args.entry, at_us: over.as_microsecond(), reason: args.reason.clone() };
    let made = Log::open(&args.casebook)?.act(Action::Expire(expiry)).map_err(|error| {
        Failure::new(format!("{error:#}"), "ringtrace case log names the entries that there are")
    })?;
    let (entry, on) = (args.entry, args.on);
    printer.out(&format!("Entry {entry} is kept until {on} (entry {}).", made.seq))?;
    Ok(0)
}

fn erase(args: &EraseArgs, printer: &Printer) -> anyhow::Result<u8> {
    known(&args.casebook)?;
    let mut log = Log::open(&args.casebook)?;
    let gone = if args.due {
        log.case().due(jiff::Timestamp::now().as_microsecond())
    } else {
        log.case().with_all_told(args.entries.iter().copied())
    };
    if gone.is_empty() {
        printer.out("Nothing is to be erased.")?;
        return Ok(0);
    }
    let reason = args.reason.clone().unwrap_or_else(|| "its time is over".to_owned());
    let entries: Vec<u64> = gone.into_iter().collect();
    let count = entries.len();
    let made = log.act(Action::Erase(Erasure { entries, reason })).map_err(|error| {
        Failure::new(format!("{error:#}"), "ringtrace case log names the entries that there are")
    })?;
    printer.out(&format!("{count} entries were erased (entry {}).", made.seq))?;
    Ok(0)
}

/// What a line says. Errors: it is nothing that can be added so.
fn said(line: &str) -> Result<Action, String> {
    let action: Action = serde_json::from_str(line).map_err(|error| error.to_string())?;
    match action {
        Action::Claim(_) | Action::Found(_) | Action::Exhibit(_) | Action::Task(_) => Ok(action),
        _ => Err("only claims, people found, exhibits and tasks are added from a file".to_owned()),
    }
}

/// The log of a casebook. Errors: it is none; its log cannot be read.
fn entries(casebook: &Path) -> anyhow::Result<Vec<Entry>> {
    known(casebook)?;
    Ok(crate::journal::read(casebook)?.unwrap_or_default())
}

fn known(casebook: &Path) -> anyhow::Result<()> {
    if is_casebook(casebook) && casebook.is_dir() {
        return Ok(());
    }
    let sentence = format!("{} is no casebook", casebook.display());
    Err(Failure::new(sentence, "make one with: ringtrace import FILES --into NAME.ring").into())
}
