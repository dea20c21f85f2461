//! `ringtrace export`: a room of a casebook, for somebody, in a form.

use crate::casebook::{self, found_file, is_casebook};
use crate::failure::Failure;
use crate::journal::Log;
use crate::printer::Printer;
use crate::{input, source_rows, target_file, whole_file};
use anyhow::Context as _;
use case::Action;
use case::action::Export;
use clap::{Args, ValueEnum};
use export::{FACTS_MAX, Form, Mark};
use report::{Fact, Feed, Grant, Report, RoomReport};
use server::SourceRow;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Give a room to somebody: a lead pack (PDF/A or HTML), lines (CSV), areas (`GeoJSON`, KML), entities (`FollowTheMoney`) or an event (MISP)
///
/// It tells what `find --keep` last found, and what people decided since. It says for whom it is; the log keeps its SHA-256.
///
/// Example: ringtrace export lima.ring R1 --recipient police --form pdf --out R1.pdf
#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The casebook
    casebook: PathBuf,
    /// The room, as `find --keep` called it
    room: String,
    /// Who gets it
    #[arg(long, value_name = "WHO")]
    recipient: String,
    /// The form
    #[arg(long, value_enum, default_value_t = Word::Pdf)]
    form: Word,
    /// Where to write it; `CASEBOOK-ROOM` with the form's ending where absent
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// It asks for a block, a search or a charge: that waits while people inside wait for protection
    #[arg(long)]
    enforcement: bool,
    /// Give whole numbers; the casebook's log records it
    #[arg(long)]
    reveal: bool,
    /// Tell who called for help: for protection officers only; the casebook's log records it
    #[arg(long)]
    protection: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Word {
    Pdf,
    Html,
    Csv,
    #[value(name = "geojson")]
    GeoJson,
    Kml,
    Ftm,
    Misp,
}

impl Word {
    fn form(self) -> Form {
        match self {
            Self::Pdf => Form::Pdf,
            Self::Html => Form::Html,
            Self::Csv => Form::Csv,
            Self::GeoJson => Form::GeoJson,
            Self::Kml => Form::Kml,
            Self::Ftm => Form::Ftm,
            Self::Misp => Form::Misp,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, printer: &Printer) -> anyhow::Result<u8> {
    let form = args.form.form();
    let name = args.casebook.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut report = found(&args.casebook)?;
    let id = room_of(&report, &args.room, &args.casebook)?.id.clone();
    let to =
        args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}-{id}.{}", form.ending())));
    target_file::fresh(&to)?;
    let sight = input::sight(args.reveal, std::slice::from_ref(&args.casebook), "export")?;
    let grant = Grant { sight, protection: args.protection };
    let mut log = Log::open(&args.casebook)?;
    let zone = report.zone().to_owned();
    for room in &mut report.rooms {
        let judged = log.case().judgement_of_room(&room.line_set());
        room.judgement = judged.map(|(_, judged)| export::judgement(judged, &zone));
    }
    report.forget_stale_likes();
    let whole = room_of(&report, &id, &args.casebook)?.clone();
    let mut alone = report.of_room(&id);
    tell_sources(&args.casebook, &mut alone)?;
    let alone = alone.hide(grant);
    let files = casebook::hashes(&args.casebook)?.into_iter();
    let mark = Mark {
        recipient: args.recipient.clone(),
        sender: std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned()),
        at: jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        casebook: name,
        files: files.map(|(file, hash)| (sight.show_free(&file), hash)).collect(),
    };
    let shown = room_of(&alone, &id, &args.casebook)?;
    let bytes = export::room(shown, &alone, &mark, form).map_err(|error| {
        Failure::new(
            error.to_string(),
            "import a file of cells with --cells, or choose another form",
        )
    })?;
    let given = Export {
        what: export::told(&whole, grant),
        form: form.word().to_owned(),
        recipient: args.recipient.clone(),
        sha256: sha256(&bytes),
        against: args.enforcement.then(|| whole.name()),
        lines: if args.enforcement { whole.line_set() } else { BTreeSet::new() },
        people: Vec::new(),
    };
    // What leaves is in the log before it is there.
    let entry = log.act(Action::Export(given))?;
    whole_file::write(&to, &bytes)?;
    printer.out(&format!(
        "{} (entry {}): {}",
        to.display(),
        entry.seq,
        export::told(&whole, grant)
    ))?;
    Ok(0)
}

/// Puts in where the facts stand that are named.
fn tell_sources(casebook: &Path, report: &mut Report) -> anyhow::Result<()> {
    let named = report.rooms.iter_mut().flat_map(|room| room.first_facts(FACTS_MAX));
    let facts: Vec<Fact> = named.map(|fact| fact.clone()).collect();
    let rows = source_rows::rows(
        &casebook::calls_file(casebook),
        &casebook::sightings_file(casebook),
        &facts,
    )?;
    for fact in report.rooms.iter_mut().flat_map(|room| room.first_facts(FACTS_MAX)) {
        fact.source = SourceRow::of(fact, &rows);
    }
    Ok(())
}

/// What was last found in a casebook. Errors: it is none, or nothing was kept.
fn found(casebook: &Path) -> anyhow::Result<Report> {
    if !is_casebook(casebook) || !casebook.is_dir() {
        let sentence = format!("{} is no casebook", casebook.display());
        let hint = "make one with: ringtrace import FILES --into NAME.ring";
        return Err(Failure::new(sentence, hint).into());
    }
    let file = found_file(casebook);
    let Ok(bytes) = std::fs::read(&file) else {
        let sentence =
            format!("nothing was found in {} yet, or it was not kept", casebook.display());
        let hint = format!("look for rooms first: ringtrace find --keep {}", casebook.display());
        return Err(Failure::new(sentence, hint).into());
    };
    let told =
        || format!("{} cannot be read: look for rooms anew with find --keep", file.display());
    let mut report: Report = serde_json::from_slice(&bytes).with_context(told)?;
    // What other sides found is told by the rooms that were joined.
    report.sides.clear();
    report.feeds.iter_mut().for_each(Feed::shorten);
    Ok(report)
}

fn room_of<'a>(report: &'a Report, id: &str, casebook: &Path) -> anyhow::Result<&'a RoomReport> {
    let room = report.rooms.iter().find(|room| room.id.eq_ignore_ascii_case(id));
    room.ok_or_else(|| {
        let sentence = format!("{} has no room {id}", casebook.display());
        let last = report.rooms.last().map(|room| &*room.id);
        let hint = match last {
            Some(last) => format!("the rooms that were found are R1 to {last}"),
            None => "no room was found in it".to_owned(),
        };
        Failure::new(sentence, hint).into()
    })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
