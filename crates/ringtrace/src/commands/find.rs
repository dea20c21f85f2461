//! `ringtrace find`: from call records to explained rooms.

use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::input::{Input, InputArgs};
use crate::judged;
use crate::page;
use crate::printer::Printer;
use crate::reported;
use crate::sides::{self, SideArg};
use crate::stages::Stages;
use crate::{casebook, whole_file};
use anyhow::Context as _;
use case::judgement::Judged;
use clap::Args;
use domain::zone::Clock;
use facts::Calls;
use people::People;
use profiles::Context;
use report::Grant;
use rooms::Findings;
use rooms::likes::learn;
use std::path::PathBuf;

/// Find rooms in call records, and say why
///
/// Example: ringtrace find calls.csv --zone America/Lima
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a command line are independent")]
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
    /// Show what only protection officers may see: who called for help, and when
    #[arg(long)]
    pub(crate) protection: bool,
    /// Name of the vantage point that the files are from
    #[arg(long, value_name = "NAME", default_value = crate::casebook::OWN)]
    pub(crate) vantage: String,
    /// Another vantage point of the same time, such as `target=gateway.csv@Asia/Kuala_Lumpur`: its rooms are joined with these; may be given several times. Those that a casebook keeps need not be named
    #[arg(long, value_name = "NAME=FILE[@ZONE]", value_parser = sides::parse)]
    pub(crate) also: Vec<SideArg>,
    /// Folder for rooms, lines, evidence and quarantine as Parquet
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Keep the result in the casebook (`derived/find.json`), where `serve` shows it
    #[arg(long)]
    pub(crate) keep: bool,
    /// Configuration (TOML): thresholds and weights
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Say at the end how long each stage took (on standard error)
    #[arg(long)]
    pub(crate) timings: bool,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Runs the command.
pub(crate) fn run(args: &FindArgs, printer: &Printer) -> anyhow::Result<u8> {
    let config = Configuration::of(args.config.as_deref())?;
    let kept = if args.keep { Some(kept_in(&args.paths)?) } else { None };
    let _held = match (&kept, &args.paths[..]) {
        (Some(_), [casebook]) => Some(casebook::hold(casebook, printer)?),
        _ => None,
    };
    let others = sides::all(&args.vantage, &args.paths, &args.also)?;
    let shown = sides::paths(&args.paths, &others);
    let sight = crate::input::sight(args.reveal, &shown, "find")?;
    if args.protection {
        crate::input::record_reveal(&shown, "find --protection")?;
    }
    let grant = Grant { sight, protection: args.protection };
    let mut stages = Stages::begun();
    let input = args.input.read_for_rooms(&args.paths, printer)?;
    let site = site(&input)?;
    stages.end("read");
    let (findings, judged) = judged_rooms(&input, &site, &config.rooms, &args.paths)?;
    stages.end("rooms");
    let people = people_of(&input, &site, &findings, &config)?;
    stages.end("people");
    let answer = Answer::new(findings, people).with_judgements(judged);
    let seen = (&input, &site, &answer);
    let sides = sides::sides(&others, &args.input, seen, &config, printer)?;
    if !others.is_empty() {
        stages.end("other sides");
    }
    if let Some(folder) = &args.out {
        crate::room_file::write(&input, &answer.findings, &site, sight, folder)?;
    }
    let report = || reported::with_sides(&args.vantage, seen, &sides, &config);
    if let [casebook] = &args.paths[..]
        && let Some(file) = &kept
    {
        let report = report()?;
        whole_file::write(file, &serde_json::to_vec(&report)?)?;
        crate::protection::ask(casebook, &report)?;
    }
    if args.json {
        printer.json(&report()?.hide(grant))?;
    } else {
        printer.out(&page::findings(&input, &answer, &site, grant, printer.colour()))?;
        let sides = sides::page(&args.vantage, seen, &sides);
        if !sides.is_empty() {
            printer.out(sides.trim_end())?;
        }
    }
    stages.end("result");
    if args.timings {
        printer.say(&stages.to_string());
    }
    Ok(exit_code(&input))
}

/// Where the result is kept: in the one casebook that was looked at.
fn kept_in(paths: &[PathBuf]) -> anyhow::Result<PathBuf> {
    match paths {
        [casebook] if casebook::is_casebook(casebook) => Ok(casebook::found_file(casebook)),
        _ => Err(Failure::new(
            "--keep keeps a result in a casebook",
            "name one folder that ends with .ring, and no files: import them first",
        )
        .into()),
    }
}

/// What is found in an input.
pub(crate) struct Answer {
    /// Rooms.
    pub(crate) findings: Findings,
    /// The people at both ends of their calls.
    pub(crate) people: People,
    /// For each room, what people decided about it.
    pub(crate) judged: Vec<Option<Judged>>,
}

impl Answer {
    fn new(findings: Findings, people: People) -> Self {
        let judged = vec![None; findings.rooms.len()];
        Self { findings, people, judged }
    }

    /// What a room learned from a judged one, in a sentence.
    pub(crate) fn like(&self, room: usize) -> Option<String> {
        let rooms = &self.findings.rooms;
        let like = rooms[room].like.as_ref()?;
        let of = rooms.iter().position(|of| of.id == like.room)?;
        Some(judged::like(like, rooms[room].verdict, self.judged[of].as_ref()))
    }

    /// Adds what people decided about the rooms: of those that were rejected nobody is warned. A room where a welfare check is advised is no less a lead for what it works
    /// like: people inside come first.
    pub(crate) fn with_judgements(mut self, judged: Vec<Option<Judged>>) -> Self {
        for (room, captivity) in self.findings.rooms.iter_mut().zip(&self.people.captivity) {
            if let Some(like) = room.like.as_ref().filter(|_| captivity.welfare.advised) {
                room.verdict = like.was;
            }
        }
        let stands = |room: &usize| !judged::is_rejected(judged[*room].as_ref());
        self.people
            .warnings
            .retain(|warning| stands(&warning.room) || warning.also.iter().any(stands));
        Self { judged, ..self }
    }
}

/// Finds the rooms of an input and the people in them.
pub(crate) fn answer(
    input: &Input,
    site: &Clock,
    config: &Configuration,
) -> anyhow::Result<Answer> {
    judged_answer(input, site, config, &[])
}

/// The same with what people decided in the casebooks among some paths.
pub(crate) fn judged_answer(
    input: &Input,
    site: &Clock,
    config: &Configuration,
    paths: &[PathBuf],
) -> anyhow::Result<Answer> {
    let (findings, judged) = judged_rooms(input, site, &config.rooms, paths)?;
    let people = people_of(input, site, &findings, config)?;
    Ok(Answer::new(findings, people).with_judgements(judged))
}

/// Finds the rooms of an input; what people decided about some of them teaches about their likes.
pub(crate) fn judged_rooms(
    input: &Input,
    site: &Clock,
    config: &rooms::Config,
    paths: &[PathBuf],
) -> anyhow::Result<(Findings, Vec<Option<Judged>>)> {
    let mut findings = rooms_of(input, site, config)?;
    let judged = judged::judged(&findings.rooms, paths, input)?;
    let said: Vec<_> = judged.iter().map(|judged| judged.as_ref().map(judged::said)).collect();
    learn(&mut findings.rooms, &said, &config.likes);
    Ok((findings, judged))
}

fn rooms_of(input: &Input, site: &Clock, config: &rooms::Config) -> anyhow::Result<Findings> {
    Ok(rooms::find(&input.calls, &context(input, site), config)?)
}

/// Finds the people in rooms.
fn people_of(
    input: &Input,
    site: &Clock,
    findings: &Findings,
    config: &Configuration,
) -> anyhow::Result<People> {
    let (calls, context) = (&input.calls, &context(input, site));
    let scene = people::Scene { calls, context, rooms: &findings.rooms, config: &config.people };
    Ok(people::people(&scene)?)
}

pub(crate) fn context<'a>(input: &'a Input, site: &Clock) -> Context<'a> {
    let calls = &input.calls;
    let Calls { names, observed, first_s, last_s, .. } = calls;
    Context::new(&names.lines, *observed, site.clone(), *first_s, *last_s)
}

/// The clock of the feeds' site.
pub(crate) fn site(input: &Input) -> anyhow::Result<Clock> {
    Clock::of(input.zone(), input.calls.first_s, input.calls.last_s)
        .with_context(|| format!("the time zone {} is not known", input.zone()))
}

/// 1 where a file could not be read to its end, or no row of the input was a call.
pub(crate) fn exit_code(input: &Input) -> u8 {
    let broken = input.files.iter().any(|file| file.problem.is_some());
    let nothing = input.rows() > 0 && input.facts() == 0;
    if broken || nothing { crate::failure::FOUND_PROBLEMS } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use drill::{Settings, World};
    use rooms::Config;

    #[test]
    fn what_rooms_do_not_look_at_changes_no_room() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("calls.parquet");
        let settings = Settings { calls: 200_000, rooms: Some(4), ..Settings::default() };
        let mut world = World::new(settings);
        crate::world_file::write(&mut world, &path, None).unwrap();
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

    #[test]
    fn no_group_of_innocents_shows_three_families_of_captivity() {
        let folder = tempfile::tempdir().unwrap();
        let (path, seen) =
            (folder.path().join("calls.parquet"), folder.path().join("seen.parquet"));
        let settings =
            Settings { calls: 250_000, rooms: Some(1), sightings: true, ..Settings::default() };
        let mut world = World::new(settings);
        crate::world_file::write(&mut world, &path, Some(&seen)).unwrap();
        let args = InputArgs {
            feed: "auto".to_owned(),
            zone: Some(world.zone().to_owned()),
            ..InputArgs::default()
        };
        let input = args.read_for_rooms(&[path, seen], &Printer::new()).unwrap();
        let site = site(&input).unwrap();
        let config = Configuration::default();
        let mut answer = answer(&input, &site, &config).unwrap();
        let room = answer.findings.rooms.remove(0);
        let truth = world.truth();
        let mut groups: std::collections::BTreeMap<&str, Vec<u32>> =
            std::collections::BTreeMap::new();
        for line in truth.lines.iter().filter(|line| line.kind != "room") {
            if let Some(known) = input.calls.names.lines.find(&line.line) {
                groups.entry(&line.class).or_default().push(known);
            }
        }
        assert!(groups.len() >= 28, "{:?}", groups.keys());
        // As if each group had been taken for a room.
        let accused: Vec<rooms::Room> = groups
            .values()
            .map(|lines| rooms::Room {
                lines: lines
                    .iter()
                    .map(|line| rooms::RoomLine { line: *line, ..room.lines[0] })
                    .collect(),
                ..room.clone()
            })
            .collect();
        let scene = people::Scene {
            calls: &input.calls,
            context: &context(&input, &site),
            rooms: &accused,
            config: &config.people,
        };
        let people = people::people(&scene).unwrap();
        for (class, captivity) in groups.keys().zip(&people.captivity) {
            let welfare = &captivity.welfare;
            assert!(!welfare.advised, "{class}: {}", welfare.statement);
        }
    }
}
