//! `ringtrace import`: call records into a casebook, or a look at how they are read.

use crate::casebook::{self, Imported};
use crate::failure::Failure;
use crate::input::{Input, InputArgs, is_parquet, listed, opened, stem};
use crate::journal::Log;
use crate::page;
use crate::printer::Printer;
use anyhow::Context as _;
use case::Action;
use case::action::Import;
use clap::Args;
use domain::mask::Sight;
use facts::Settings;
use feeds::delimited::Dialect;
use feeds::read::Opened;
use feeds::{Reading, Recognised};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Rows that a preview shows.
const PREVIEWED: usize = 20;

/// Import call records into a casebook, or see how they are read
///
/// Example: ringtrace import --preview calls.csv
#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// Files or folders of call records
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Casebook to import into: a folder whose name ends with .ring
    #[arg(
        long,
        value_name = "NAME.ring",
        required_unless_present = "preview",
        conflicts_with = "preview"
    )]
    into: Option<PathBuf>,
    /// The files are from another vantage point than the casebook's own: it is kept inside it under this name, and `find` joins both
    #[arg(long, value_name = "NAME", requires = "into")]
    vantage: Option<String>,
    /// Only show how the first rows are read, what was guessed and why
    #[arg(long)]
    preview: bool,
    /// With --preview: write the template that was recognised, to be edited
    #[arg(long, value_name = "FILE", requires = "preview")]
    write_template: Option<PathBuf>,
    /// Show whole numbers
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    input: InputArgs,
}

impl ImportArgs {
    /// What imports files, whose moments are by the clock of a zone, into a casebook.
    pub(crate) fn into(paths: Vec<PathBuf>, casebook: PathBuf, zone: &str) -> Self {
        let input = InputArgs {
            feed: "auto".to_owned(),
            zone: Some(zone.to_owned()),
            ..InputArgs::default()
        };
        Self {
            paths,
            into: Some(casebook),
            vantage: None,
            preview: false,
            write_template: None,
            reveal: false,
            input,
        }
    }
}

/// What the log says of a file that was imported.
fn entry_of(file: &Imported) -> Import {
    Import {
        // A file that is named for whose records it holds names them.
        feed: Sight::Masked.show_free(&file.name),
        blake3: file.blake3.clone(),
        rows: file.rows as u64,
        facts: file.calls as u64,
        quarantined: file.quarantined as u64,
    }
}

/// Runs the command.
pub(crate) fn run(args: &ImportArgs, printer: &Printer) -> anyhow::Result<u8> {
    match &args.into {
        Some(casebook) if !args.preview => import(args, casebook, printer),
        _ => preview(args, printer),
    }
}

fn import(args: &ImportArgs, casebook: &Path, printer: &Printer) -> anyhow::Result<u8> {
    if !casebook::is_casebook(casebook) {
        return Err(Failure::new(
            format!("{} is no casebook", casebook.display()),
            "name a folder that ends with .ring, such as case.ring",
        )
        .into());
    }
    let _held = casebook::hold(casebook, printer)?;
    let casebook = &match &args.vantage {
        Some(name) => casebook::vantage(casebook, name)?,
        None => casebook.to_owned(),
    };
    let new = listed(&args.paths)?;
    let known = casebook::feeds(casebook)?;
    let hashes = new.iter().map(|path| casebook::hash(path)).collect::<anyhow::Result<Vec<_>>>()?;
    let mut paths = Vec::new();
    if casebook::fact_files(casebook).iter().any(|path| path.exists()) {
        paths.push(casebook.to_owned());
    }
    let before = listed(&paths)?.len();
    paths.extend(new);
    let mut input_args = args.input.clone();
    input_args.zone = input_args.zone.or(known.zone.clone());
    let input = input_args.read(&paths, printer)?;
    let is_again = |known: &&Imported| hashes.contains(&known.blake3);
    let again: Vec<String> =
        known.feed.iter().filter(is_again).map(|known| known.name.clone()).collect();
    let mut imported = known.feed;
    for (file, blake3) in input.files.iter().skip(before).zip(hashes) {
        imported.retain(|known| known.blake3 != blake3);
        imported.push(Imported {
            name: file.name.clone(),
            blake3,
            template: file.template.clone(),
            rows: file.rows,
            calls: file.calls,
            quarantined: file.quarantined,
        });
    }
    let new = imported.len().saturating_sub(input.files.len().saturating_sub(before));
    casebook::write(casebook, &input, imported.clone(), &again)?;
    if let Some(cells) = &args.input.cells {
        let bytes = std::fs::read(cells)
            .with_context(|| format!("{} could not be read", cells.display()))?;
        crate::whole_file::write(&casebook::cells_file(casebook), &bytes)?;
    }
    let mut log = Log::open(casebook)?;
    for file in &imported[new..] {
        log.act(Action::Import(entry_of(file)))?;
    }
    printer.out(page::accounts(&input).trim_end())?;
    printer.out(&format!(
        "{} facts in {}",
        page::grouped(input.facts()),
        casebook.join("facts").display()
    ))?;
    Ok(super::find::exit_code(&input))
}

fn preview(args: &ImportArgs, printer: &Printer) -> anyhow::Result<u8> {
    let template = args.input.template()?;
    let sight = if args.reveal { Sight::Revealed } else { Sight::Masked };
    let paths = listed(&args.paths)?;
    if let Some(to) = &args.write_template {
        crate::target_file::fresh(to)?;
    }
    let mut code = 0;
    for path in &paths {
        let recognised = recognised(path, template.as_ref())?;
        let input = first_rows(&recognised, path, args.input.keep_duplicates)?;
        if input.is_none() {
            code = crate::failure::FOUND_PROBLEMS;
        }
        printer.out(told(path, &recognised, input.as_ref(), sight).trim_end())?;
        if let Some(to) = &args.write_template {
            std::fs::write(to, recognised.template.to_toml())
                .with_context(|| format!("{} could not be written", to.display()))?;
            printer.say(&format!(
                "The template is in {}: edit it and read with --template {}",
                to.display(),
                to.display()
            ));
        }
    }
    Ok(code)
}

fn recognised(path: &Path, template: Option<&feeds::Template>) -> anyhow::Result<Recognised> {
    if is_parquet(path)? {
        let contents = feeds::columnar::Contents::of(opened(path)?)?;
        return Ok(feeds::read::recognise_parquet(&contents, opened(path)?, template)?);
    }
    let opened = feeds::read::open(Box::new(opened(path)?), template)
        .map_err(|error| crate::input::of_file(path, error.into()))?;
    Ok(opened.recognised)
}

/// The sampled rows, read as the file would be; `None` where its columns are not known.
fn first_rows(
    recognised: &Recognised,
    path: &Path,
    keep_duplicates: bool,
) -> anyhow::Result<Option<Input>> {
    if !recognised.template.missing().is_empty() {
        return Ok(None);
    }
    let mut text = csv_line(&recognised.present);
    for row in recognised.sample.rows.iter().take(PREVIEWED) {
        text.push_str(&csv_line(row));
    }
    let mut shown = recognised.clone();
    shown.dialect = Dialect { delimiter: b',', line_end: b'\n' };
    shown.sample.header_line = 1;
    let mut reading = Reading::new(Settings { keep_duplicates, ..Settings::default() });
    let opened =
        Opened { recognised: shown, stream: Box::new(std::io::Cursor::new(text.into_bytes())) };
    reading
        .delimited(&path.display().to_string(), &stem(path), opened, &|_| ())
        .map_err(|error| crate::input::of_file(path, error.into()))?;
    let (calls, quarantine, files) = reading.finish()?;
    Ok(Some(Input {
        calls,
        quarantine,
        files,
        cells: feeds::cells::CellTable::default(),
        origins: BTreeMap::new(),
    }))
}

/// The file's own line of a row shown: they stand below one line of headers.
fn line_of(recognised: &Recognised, shown: u32) -> u32 {
    let at = usize::try_from(shown).ok().and_then(|shown| shown.checked_sub(2));
    at.and_then(|at| recognised.sample.lines.get(at)).copied().unwrap_or(shown)
}

fn csv_line(fields: &[String]) -> String {
    let quoted = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
    format!("{}\n", quoted.collect::<Vec<_>>().join(","))
}

fn told(path: &Path, recognised: &Recognised, input: Option<&Input>, sight: Sight) -> String {
    let mut text = format!("{}: read as {}\n", path.display(), recognised.template.name);
    for note in &recognised.notes.guesses {
        let _infallible = writeln!(text, "  {note}");
    }
    for doubt in &recognised.notes.doubts {
        let _infallible = writeln!(text, "  In doubt: {doubt}");
    }
    let missing = recognised.template.missing();
    if !missing.is_empty() {
        let _infallible = writeln!(
            text,
            "  Missing: {}. Name the columns in a template; present are: {}",
            missing.join(", "),
            recognised.present.join(", ")
        );
        return text;
    }
    let Some(input) = input else { return text };
    let names = &input.calls.names;
    text.push_str("First rows as read:\n");
    let told = input.calls.in_time_order(|calls| {
        for call in calls {
            let _infallible = writeln!(
                text,
                "  {} → {}  {} UTC  {} s  {}",
                sight.show(names.lines.text(call.caller)),
                sight.show(names.lines.text(call.callee)),
                domain::zone::stamp_text(call.start_s),
                call.duration_s,
                facts::call::outcome_of(call.marks).word()
            );
        }
        Ok::<_, std::io::Error>(())
    });
    debug_assert!(told.is_ok(), "a few rows lie in memory");
    let told = input.calls.sightings_in_time_order(|window| {
        for one in window {
            let _infallible = writeln!(
                text,
                "  {} in {}  {} to {} UTC  {}",
                sight.show(names.lines.text(one.line)),
                names.cells.text(one.seen.cell),
                domain::zone::stamp_text(one.seen.from_s),
                domain::zone::stamp_text(one.seen.to_s),
                one.seen.kind.word()
            );
        }
        Ok::<_, std::io::Error>(())
    });
    debug_assert!(told.is_ok(), "a few rows lie in memory");
    for rejected in input.quarantine.rows() {
        let _infallible = writeln!(
            text,
            "  quarantined, row {}: {} “{}”",
            line_of(recognised, rejected.row),
            rejected.reason.word(),
            sight.show_free(rejected.excerpt)
        );
    }
    let _infallible = writeln!(text, "Template:\n{}", recognised.template.to_toml());
    text
}
