//! `ringtrace successors`: when a line goes quiet, which line goes on.

use super::find::{exit_code, site};
use crate::configuration::Configuration;
use crate::input::{Input, InputArgs};
use crate::page::{grouped, sure};
use crate::printer::Printer;
use crate::reported::{PROGRAM, rounded};
use clap::Args;
use domain::mask::Sight;
use domain::zone::{Clock, DAY_S, date_text, stamp_text};
use people::successor::{Candidate, Successor, successors};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Find who goes on with a line that goes quiet: same person, new phone
///
/// Example: ringtrace successors calls.csv --zone America/Lima
#[derive(Args, Debug)]
pub(crate) struct SuccessorsArgs {
    /// Files or folders of call records
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print the machine's form
    #[arg(long)]
    json: bool,
    /// Show whole numbers
    #[arg(long)]
    reveal: bool,
    /// Configuration (TOML): thresholds and weights
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
}

/// Runs the command.
pub(crate) fn run(args: &SuccessorsArgs, printer: &Printer) -> anyhow::Result<u8> {
    let config = Configuration::of(args.config.as_deref())?;
    let sight = crate::input::sight(args.reveal, &args.paths, "successors")?;
    let input = args.input.read_for_rooms(&args.paths, printer)?;
    let site = site(&input)?;
    let found = successors(&input.calls, first_day_s(&input, &site), &config.people.successor)?;
    let told = Told { input: &input, site: &site, sight };
    if args.json {
        let report = Report {
            version: "1",
            program: PROGRAM,
            successors: found.iter().map(|one| told.report(one)).collect(),
        };
        printer.json(&report)?;
    } else {
        printer.out(told.page(&found).trim_end())?;
    }
    Ok(exit_code(&input))
}

/// When the first day of the facts begins by their clock, epoch seconds.
pub(crate) fn first_day_s(input: &Input, site: &Clock) -> u32 {
    let first_s = input.calls.first_s;
    first_s.saturating_sub(site.local_s(first_s) % DAY_S)
}

#[derive(Serialize)]
struct Report {
    version: &'static str,
    program: &'static str,
    successors: Vec<SuccessorReport>,
}

#[derive(Serialize)]
struct SuccessorReport {
    line: String,
    quiet_since: String,
    contacts: usize,
    continues_as: Option<String>,
    candidates: Vec<CandidateReport>,
}

#[derive(Serialize)]
struct CandidateReport {
    rank: usize,
    line: String,
    weight: f64,
    probability: f64,
    shared_contacts: usize,
    since: String,
}

struct Told<'a> {
    input: &'a Input,
    site: &'a Clock,
    sight: Sight,
}

impl Told<'_> {
    fn line(&self, line: u32) -> String {
        self.sight.show(self.input.calls.names.lines.text(line)).into_owned()
    }

    fn stamp(&self, instant_s: u32) -> String {
        stamp_text(self.site.local_s(instant_s))
    }

    fn report(&self, one: &Successor) -> SuccessorReport {
        let candidate = |(at, candidate): (usize, &Candidate)| CandidateReport {
            rank: at + 1,
            line: self.line(candidate.line),
            weight: rounded(candidate.bits),
            probability: rounded(candidate.probability),
            shared_contacts: candidate.shared,
            since: self.stamp(candidate.from_s),
        };
        SuccessorReport {
            line: self.line(one.line),
            quiet_since: self.stamp(one.until_s),
            contacts: one.contacts,
            continues_as: one.continues_as.map(|line| self.line(line)),
            candidates: one.candidates.iter().enumerate().map(candidate).collect(),
        }
    }

    fn page(&self, found: &[Successor]) -> String {
        let mut page = crate::page::accounts(self.input);
        let named = found.iter().filter(|one| one.continues_as.is_some()).count();
        let _infallible = writeln!(
            page,
            "{} lines go quiet while others near them begin; {} of them go on as another line.\n",
            grouped(found.len()),
            grouped(named)
        );
        for one in found.iter().filter(|one| one.continues_as.is_some()) {
            let date = |instant_s| date_text(self.site.local_s(instant_s));
            let _infallible = writeln!(
                page,
                "{} went quiet on {} ({} contacts)",
                self.line(one.line),
                date(one.until_s),
                one.contacts
            );
            for (at, candidate) in one.candidates.iter().take(3).enumerate() {
                let word =
                    if one.continues_as == Some(candidate.line) { "continues as" } else { "or as" };
                let _infallible = writeln!(
                    page,
                    "  {}. {word} {} since {}: {:+.1} bits, {} sure, {} contacts of both",
                    at + 1,
                    self.line(candidate.line),
                    date(candidate.from_s),
                    candidate.bits,
                    sure(candidate.probability),
                    candidate.shared
                );
            }
        }
        page.push_str("\nTwo lines that one person used, as far as calls show: a reason to look, never a proof. All candidates: --json.");
        page
    }
}
