//! `ringtrace screen`: what a text tries to do, by which words, with which numbers in it.

use super::screen_check::CheckArgs;
use super::screen_templates::TemplatesArgs;
use super::screen_test::TestArgs;
use super::screen_train::TrainArgs;
use crate::failure::FOUND_PROBLEMS;
use crate::labelled::{ColumnArgs, of_bytes};
use crate::printer::Printer;
use crate::screener::{screened, screener};
use clap::{Args, Subcommand};
use domain::mask::Sight;
use feeds::texts::TextItem;
use report::{ActReport, ScreenedReport};
use screen::screening::{Screener, Verdict};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Screen messages, calls and job adverts: how likely a scam, of which type, by which words, and what to do
///
/// Example: ringtrace screen message.txt
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct ScreenArgs {
    #[command(subcommand)]
    what: Option<What>,
    /// Files of texts: plain, CSV, JSON lines, transcripts (Whisper, `WebVTT`, SRT, `speaker: text`), chats (`WhatsApp`,
    /// Telegram), pages with a `JobPosting`; standard input where there is none or `-`
    paths: Vec<PathBuf>,
    /// Print the machine's form
    #[arg(long)]
    json: bool,
    /// Print a line a text, as they are screened: the machine's form, or verdict and probability without reasons
    #[arg(long, value_name = "FORM", conflicts_with = "json")]
    lines: Option<Lines>,
    /// Show whole numbers, accounts and names
    #[arg(long)]
    reveal: bool,
    /// Show some of the texts only
    #[arg(long, value_name = "WHICH")]
    only: Option<Only>,
    /// A model of your own, made by `screen train`
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Country of numbers that name none (ISO 3166, as in MY); may be given several times
    #[arg(long, value_name = "COUNTRY")]
    country: Vec<String>,
    #[command(flatten)]
    columns: ColumnArgs,
}

/// What a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Lines {
    /// JSON with everything.
    Full,
    /// Comma-separated file, row, language, verdict, probability: many times faster.
    Brief,
}

/// Which texts are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// Leads, and those where the model abstains.
    Leads,
}

#[derive(Subcommand, Debug)]
enum What {
    Check(CheckArgs),
    Templates(TemplatesArgs),
    Train(TrainArgs),
    Test(TestArgs),
}

/// All texts, in the machine's form.
#[derive(Serialize)]
struct Screened {
    version: &'static str,
    program: &'static str,
    texts: Vec<ScreenedReport>,
    quarantine: Vec<Quarantined>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Quarantined {
    file: String,
    row: u64,
    reason: &'static str,
}

/// Runs the command.
pub(crate) fn run(args: &ScreenArgs, printer: &Printer) -> anyhow::Result<u8> {
    match &args.what {
        Some(What::Check(args)) => super::screen_check::run(args, printer),
        Some(What::Templates(args)) => super::screen_templates::run(args, printer),
        Some(What::Train(args)) => super::screen_train::run(args, printer),
        Some(What::Test(args)) => super::screen_test::run(args, printer),
        None => screen(args, printer),
    }
}

fn screen(args: &ScreenArgs, printer: &Printer) -> anyhow::Result<u8> {
    let screener = screener(args.model.as_deref(), &args.country)?;
    let sight = if args.reveal { Sight::Revealed } else { Sight::Masked };
    let mut all = Screened {
        version: "1",
        program: crate::reported::PROGRAM,
        texts: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    let standard = [PathBuf::from("-")];
    let paths = if args.paths.is_empty() { &standard[..] } else { &args.paths[..] };
    for path in paths {
        let texts = of_bytes(&bytes(path)?, path, &args.columns.columns())?;
        let file = if path == Path::new("-") { String::new() } else { path.display().to_string() };
        let shown_file = sight.show_free(&file);
        all.notes.extend(texts.notes.iter().map(|note| format!("{shown_file}: {note}")));
        all.quarantine.extend(texts.quarantine.iter().map(|row| Quarantined {
            file: shown_file.clone(),
            row: row.row,
            reason: row.reason,
        }));
        let is_talk = texts.form.is_talk() || args.columns.are_calls();
        let mut lines = LineBuffer::new(printer);
        for item in &texts.items {
            if args.lines == Some(Lines::Brief) {
                lines.push(&brief(&screener, &shown_file, item, args.only))?;
                continue;
            }
            let mut report = screened(&screener, &file, item, is_talk);
            report.hide(sight);
            if args.only.is_some() && !matches!(report.verdict.as_str(), "lead" | "watch") {
                continue;
            }
            if args.lines.is_some() {
                lines.push(&serde_json::to_string(&report)?)?;
            } else {
                all.texts.push(report);
            }
        }
        lines.end()?;
    }
    for note in &all.notes {
        printer.say(note);
    }
    if args.json {
        printer.json(&all)?;
    } else if args.lines.is_none() {
        printer.out(page(&all).trim_end())?;
    }
    let empty = all.texts.is_empty() && args.lines.is_none() && args.only.is_none();
    Ok(if all.quarantine.is_empty() && !empty { 0 } else { told_problems(&all, printer) })
}

/// Lines that are printed together.
struct LineBuffer<'a> {
    printer: &'a Printer,
    lines: String,
}

impl<'a> LineBuffer<'a> {
    fn new(printer: &'a Printer) -> Self {
        Self { printer, lines: String::new() }
    }

    fn push(&mut self, line: &str) -> std::io::Result<()> {
        const TOGETHER_BYTES: usize = 1 << 16;
        if line.is_empty() {
            return Ok(());
        }
        if !self.lines.is_empty() {
            self.lines.push('\n');
        }
        self.lines.push_str(line);
        if self.lines.len() > TOGETHER_BYTES { self.end() } else { Ok(()) }
    }

    fn end(&mut self) -> std::io::Result<()> {
        if self.lines.is_empty() {
            return Ok(());
        }
        self.printer.out(&std::mem::take(&mut self.lines))
    }
}

/// A text's line without reasons; nothing where it is not asked for.
fn brief(screener: &Screener, file: &str, item: &TextItem, only: Option<Only>) -> String {
    let text = if let [turn] = item.turns.as_slice() {
        Cow::Borrowed(turn.text.as_str())
    } else {
        Cow::Owned(item.text())
    };
    let (probability, language) = screener.probability(&text);
    let verdict = screener.verdict(probability);
    if only.is_some() && !matches!(verdict, Verdict::Lead | Verdict::Watch) {
        return String::new();
    }
    let probability =
        probability.map_or_else(String::new, |probability| format!("{probability:.3}"));
    let file = if file.contains([',', '"']) {
        format!("\"{}\"", file.replace('"', "\"\""))
    } else {
        file.to_owned()
    };
    format!("{file},{},{},{},{probability}", item.row, language.code(), verdict.code())
}

/// Rows that became no text are told, a few by name.
fn told_problems(all: &Screened, printer: &Printer) -> u8 {
    const SHOWN: usize = 5;
    for row in all.quarantine.iter().take(SHOWN) {
        printer.say(&format!("{} row {}: {}", row.file, row.row, row.reason));
    }
    if all.quarantine.len() > SHOWN {
        printer.say(&format!(
            "and {} more rows that are no texts (--json lists them)",
            all.quarantine.len() - SHOWN
        ));
    }
    FOUND_PROBLEMS
}

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path).map_err(|error| crate::screener::of_file(path, &error))
}

/// The page for a person.
fn page(all: &Screened) -> String {
    let mut page = String::new();
    for report in &all.texts {
        page.push_str(&told(report));
        page.push('\n');
    }
    page
}

fn told(report: &ScreenedReport) -> String {
    let mut told = String::new();
    let place = if report.file.is_empty() {
        format!("text {}", report.row)
    } else {
        format!("{}:{}", report.file, report.row)
    };
    let sure = report.probability.map_or_else(|| "not judged".to_owned(), crate::page::sure);
    let head = match report.verdict.as_str() {
        "lead" => format!("speaks as scams do ({sure})"),
        "watch" => format!("may be a scam or not ({sure})"),
        "nothing" => format!("no sign of a scam was seen ({sure})"),
        _ => {
            format!("language not covered ({}): only identifiers were looked for", report.language)
        }
    };
    line(&mut told, format_args!("{place}: {head}"));
    let watched = matches!(report.verdict.as_str(), "lead" | "watch");
    if let Some(kind) = report.types.first().filter(|_| watched) {
        line(
            &mut told,
            format_args!(
                "  type: {} ({})",
                kind.name.replace('_', " "),
                crate::page::sure(kind.probability)
            ),
        );
    }
    if let Some(label) = report.labels.first() {
        line(
            &mut told,
            format_args!("  your label: {} ({})", label.name, crate::page::sure(label.probability)),
        );
    }
    if watched && !report.words.is_empty() {
        let words: Vec<String> =
            report.words.iter().map(|word| format!("“{}”", word.text)).collect();
        line(&mut told, format_args!("  rests on: {}", words.join(", ")));
    }
    acts(&mut told, "speech act", &report.acts);
    acts(&mut told, "counter-sign", &report.counter_signs);
    for identifier in &report.identifiers {
        let notes = if identifier.notes.is_empty() {
            String::new()
        } else {
            format!(" ({})", identifier.notes.join("; "))
        };
        line(&mut told, format_args!("  {}: {}{notes}", identifier.kind, identifier.value));
    }
    if report.disguised > 0 {
        line(
            &mut told,
            format_args!(
                "  {} letters are written as something else or cannot be seen",
                report.disguised
            ),
        );
    }
    turns(&mut told, report);
    if report.verdict != "nothing" {
        line(&mut told, format_args!("  what to do: {}", report.advice.en));
    }
    told
}

fn line(told: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _written = writeln!(told, "{text}");
}

fn acts(told: &mut String, name: &str, acts: &[ActReport]) {
    for act in acts {
        let mut spans: Vec<String> =
            act.spans.iter().map(|span| format!("“{}”", span.text)).collect();
        spans.dedup();
        spans.truncate(4);
        line(told, format_args!("  {name}: {}: {}", act.says, spans.join(", ")));
    }
}

/// After which turn a talk first became a lead.
fn turns(told: &mut String, report: &ScreenedReport) {
    if report.turns.is_empty() {
        return;
    }
    let first = report.turns.iter().position(|turn| turn.verdict == "lead");
    match first {
        Some(at) => {
            let second = report.turns[at]
                .end_s
                .map_or_else(String::new, |end| format!(", {end:.0} s into the call"));
            line(
                told,
                format_args!(
                    "  a listener could be warned after turn {} of {}{second}",
                    at + 1,
                    report.turns.len()
                ),
            );
        }
        None => line(told, format_args!("  none of {} turns made it a lead", report.turns.len())),
    }
}
