//! `ringtrace explain`: everything behind one result, down to file and row.

use super::find::{Answer, judged_answer, site};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::{Input, InputArgs};
use crate::page;
use crate::printer::Printer;
use crate::reported::{fact_name, measures};
use clap::Args;
use domain::mask::Sight;
use domain::zone::{Clock, stamp_text};
use facts::call::outcome_of;
use profiles::{Context, Profile, Routes, Scratch, Wanted};
use rooms::{FactRef, Room};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Explain a room or a line: evidence, calls, files and rows
///
/// Example: ringtrace explain R1 calls.csv
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// A room (R1), a line of a room (R1-L03), or a line (+442079460123)
    what: String,
    /// Files or folders of call records
    #[arg(required = true)]
    paths: Vec<PathBuf>,
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
pub(crate) fn run(args: &ExplainArgs, printer: &Printer) -> anyhow::Result<u8> {
    let config = Configuration::of(args.config.as_deref())?;
    let sight = crate::input::sight(args.reveal, &args.paths, "explain")?;
    let input = args.input.read(&args.paths, printer)?;
    let site = site(&input)?;
    let answer = judged_answer(&input, &site, &config, &args.paths)?;
    let explained = Explained { input: &input, answer: &answer, site: &site, sight };
    printer.out(explained.what(&args.what)?.trim_end())?;
    Ok(0)
}

struct Explained<'a> {
    input: &'a Input,
    answer: &'a Answer,
    site: &'a Clock,
    sight: Sight,
}

impl Explained<'_> {
    fn what(&self, what: &str) -> anyhow::Result<String> {
        if let Some(room) =
            self.answer.findings.rooms.iter().find(|room| room.id.eq_ignore_ascii_case(what))
        {
            return self.room(room);
        }
        let of_room = what.rsplit_once("-L").and_then(|(room, nth)| {
            let room = self
                .answer
                .findings
                .rooms
                .iter()
                .find(|found| found.id.eq_ignore_ascii_case(room))?;
            Some(room.lines.get(nth.parse::<usize>().ok()?.checked_sub(1)?)?.line)
        });
        match of_room.or_else(|| self.input.calls.names.lines.find(what)) {
            Some(line) => self.line(line),
            None => Err(Failure::new(
                format!("there is neither a room nor a line “{what}” in these records"),
                "give a room of find’s table (R1), a line of it (R1-L03) or a number in international form, and the same options as find was given (--zone and its like)",
            )
            .into()),
        }
    }

    fn room(&self, room: &Room) -> anyhow::Result<String> {
        let mut text = page::title(room, false);
        let rooms = &self.answer.findings.rooms;
        let like = rooms.iter().position(|own| own.id == room.id);
        if let Some(like) = like.and_then(|nth| self.answer.like(nth)) {
            let _infallible = writeln!(text, "  {like}");
        }
        text.push_str(&page::room_page(room, self.input, self.site, self.sight));
        text.push_str("\nLines (weight: mean bits of the links to the room's other lines)\n");
        for (at, line) in room.lines.iter().enumerate() {
            let _infallible = writeln!(
                text,
                "  {}-L{:02}  {}  {} – {}  {:.1} bits",
                room.id,
                at + 1,
                self.sight.show(self.input.calls.names.lines.text(line.line)),
                stamp_text(self.site.local_s(line.first_s)),
                stamp_text(self.site.local_s(line.last_s)),
                line.bits
            );
        }
        text.push_str("\nMeasures\n");
        for (name, value) in measures(room) {
            let _infallible = writeln!(
                text,
                "  {name} = {}",
                if value.is_null() { "not observable".to_owned() } else { value.to_string() }
            );
        }
        for finding in room.evidence.iter().filter(|finding| !finding.facts.is_empty()) {
            let _infallible = writeln!(text, "\nFacts behind “{}”", finding.statement);
            for fact in &finding.facts {
                text.push_str(&self.call(*fact)?);
            }
        }
        Ok(text)
    }

    /// A call with its numbers, its duration, and where it stands.
    fn call(&self, fact: FactRef) -> anyhow::Result<String> {
        let calls = &self.input.calls;
        let mut text = String::new();
        let (part, place) = calls.part_of(fact.caller)?;
        if fact.is_sighting() {
            let seen = part.sightings_at(place).zip(part.sighting_sources_at(place));
            for (seen, source) in seen.filter(|(seen, _)| seen.from_s == fact.start_s) {
                let (file, at) = self.input.source(*source)?;
                let _infallible = writeln!(
                    text,
                    "  {}  until {}, {} in {}  ({file}, row {at})",
                    fact_name(fact, self.input, self.site, self.sight),
                    stamp_text(self.site.local_s(seen.to_s)),
                    seen.kind.word(),
                    calls.names.cells.text(seen.cell)
                );
            }
            return Ok(text);
        }
        let is_it =
            |row: &usize| part.callee[*row] == fact.callee && part.start_s[*row] == fact.start_s;
        for row in part.made_at(place).filter(is_it) {
            let (file, at) = self.input.source(part.source[row])?;
            let masked = fact_name(fact, self.input, self.site, Sight::Masked);
            let name = match self.sight {
                Sight::Masked => masked,
                Sight::Revealed => format!(
                    "{}  {} {} → {}",
                    fact_name(fact, self.input, self.site, self.sight),
                    stamp_text(self.site.local_s(fact.start_s)),
                    calls.names.lines.text(fact.caller),
                    calls.names.lines.text(fact.callee),
                ),
            };
            let duration_s = part.duration_s[row];
            let _infallible = writeln!(text, "  {name}  {duration_s} s  ({file}, row {at})");
        }
        Ok(text)
    }

    fn line(&self, line: u32) -> anyhow::Result<String> {
        let calls = &self.input.calls;
        let mut context = Context::new(
            &calls.names.lines,
            calls.observed,
            self.site.clone(),
            calls.first_s,
            calls.last_s,
        );
        context.routes = Routes::of(calls)?;
        let (part, place) = calls.part_of(line)?;
        let mut scratch = Scratch::default();
        let profile =
            Profile::of(&scratch.line(&part, place), &context, Wanted::ALL, &mut Vec::new());
        let mut text = format!("{}\n", self.sight.show(calls.names.lines.text(line)));
        let rooms: Vec<&Room> = self
            .answer
            .findings
            .rooms
            .iter()
            .filter(|room| room.lines.iter().any(|own| own.line == line))
            .collect();
        match rooms.first() {
            Some(room) => {
                let _infallible = writeln!(
                    text,
                    "  in {} ({}, {} sure)",
                    room.id,
                    room.verdict.word(),
                    page::sure(room.confidence)
                );
            }
            None => text.push_str("  in no room\n"),
        }
        let mut numbers = Vec::new();
        profile.numbers(Wanted::ALL, &mut numbers);
        let mut numbers = numbers.into_iter();
        for doc in Profile::DOCS {
            let _infallible = writeln!(text, "{}: {}", doc.name, doc.means);
            for field in doc.fields {
                let value = numbers
                    .next()
                    .flatten()
                    .map_or_else(|| "not observable".to_owned(), |number| format!("{number}"));
                let _infallible = writeln!(text, "  {} = {value}  ({})", field.name, field.unit);
            }
        }
        text.push_str("Calls made (first 20)\n");
        for row in part.made_at(place).take(20) {
            let (file, at) = self.input.source(part.source[row])?;
            let _infallible = writeln!(
                text,
                "  {} → {}  {} s  {}  ({file}, row {at})",
                stamp_text(self.site.local_s(part.start_s[row])),
                self.sight.show(calls.names.lines.text(part.callee[row])),
                part.duration_s[row],
                outcome_of(part.marks[row]).word()
            );
        }
        Ok(text)
    }
}
