//! `ringtrace warn`: the call taker's queue, who should be warned today and why.

use super::find::{exit_code, judged_answer, site};
use crate::configuration::Configuration;
use crate::input::{Input, InputArgs};
use crate::person_report::people;
use crate::printer::Printer;
use crate::whole_file;
use clap::Args;
use domain::mask::Sight;
use domain::zone::{Clock, stamp_text};
use report::PersonReport;
use serde::Serialize;
use std::path::PathBuf;

/// Write the call taker's queue: people whom rooms are working on, the sure and urgent ones first
///
/// Example: ringtrace warn calls.csv --zone America/Lima --as-of 2023-10-07
#[derive(Args, Debug)]
pub(crate) struct WarnArgs {
    /// Files or folders of call records
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print JSON instead of CSV
    #[arg(long)]
    json: bool,
    /// Show whole numbers
    #[arg(long)]
    reveal: bool,
    /// Folder for the queue in both forms: warn.csv and warn.json
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Configuration (TOML): thresholds and weights
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    input: InputArgs,
}

/// The queue in the machine's form.
#[derive(Serialize)]
struct Queue {
    version: &'static str,
    program: &'static str,
    as_of: String,
    people: Vec<PersonReport>,
}

/// Runs the command.
pub(crate) fn run(args: &WarnArgs, printer: &Printer) -> anyhow::Result<u8> {
    let config = Configuration::of(args.config.as_deref())?;
    let sight = crate::input::sight(args.reveal, &args.paths, "warn")?;
    let input = args.input.read_for_rooms(&args.paths, printer)?;
    let site = site(&input)?;
    let answer = judged_answer(&input, &site, &config, &args.paths)?;
    let queue = Queue {
        version: "1",
        program: crate::reported::PROGRAM,
        as_of: as_of(&input, &site),
        people: shown(people(&answer, &input, &site), sight),
    };
    let json = serde_json::to_string_pretty(&queue)?;
    let csv = csv(&queue.people)?;
    if let Some(folder) = &args.out {
        whole_file::write(&folder.join("warn.json"), json.as_bytes())?;
        whole_file::write(&folder.join("warn.csv"), csv.as_bytes())?;
    }
    printer.out(if args.json { &json } else { csv.trim_end() })?;
    Ok(exit_code(&input))
}

/// People as a reader may see them.
fn shown(mut people: Vec<PersonReport>, sight: Sight) -> Vec<PersonReport> {
    people.iter_mut().for_each(|person| person.hide(sight));
    people
}

/// The moment that is looked from: the last call's, or what was asked for.
pub(crate) fn as_of(input: &Input, site: &Clock) -> String {
    stamp_text(site.local_s(input.calls.as_of_s))
}

const COLUMNS: [&str; 17] = [
    "rank",
    "line",
    "urgency",
    "stage",
    "expected_precision",
    "room",
    "also_rooms",
    "first_contact",
    "last_contact",
    "talk_s",
    "contacts",
    "lines",
    "days",
    "handoffs",
    "reason",
    "counter_evidence",
    "not_observable",
];

fn csv(people: &[PersonReport]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for person in people {
        let handoffs: Vec<&str> =
            person.handoffs.iter().map(|handoff| handoff.form.as_str()).collect();
        writer.write_record([
            &person.rank.to_string(),
            &person.line,
            &person.urgency,
            &person.stage,
            &format!("{:.2}", person.expected_precision),
            &person.room,
            &person.also_rooms.join(" "),
            &person.first_contact,
            &person.last_contact,
            &person.talk_s.to_string(),
            &person.contacts.to_string(),
            &person.lines.to_string(),
            &person.days.to_string(),
            &handoffs.join("; "),
            &person.reason,
            &person.counter_evidence.join(" "),
            &person.not_observable.join(" "),
        ])?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
