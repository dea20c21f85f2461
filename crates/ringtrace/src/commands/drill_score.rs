//! `ringtrace drill score`: what was found, held against the truth.

use crate::failure::Failure;
use crate::printer::Printer;
use anyhow::Context as _;
use clap::Args;
use drill::Truth;
use drill::score::holds::{HoldScore, ToldOfPeople, holds};
use drill::score::roles::{RoleScore, Told, roles};
use drill::score::successors::{SuccessorScore, ToldSuccessor, successors};
use drill::score::warned::{WarnScore, Warned, warned};
use drill::score::{Found, Score, score};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;

/// What is compared.
#[derive(Args, Debug)]
pub(crate) struct ScoreArgs {
    /// What was found: the output of `find --json --reveal`, or of `successors --json --reveal`
    found: PathBuf,
    /// The truth: NAME.truth.csv
    truth: PathBuf,
    /// The truth of the side given with `find --also`
    #[arg(long, value_name = "TRUTH")]
    other: Option<PathBuf>,
    /// Print the machine's form
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &ScoreArgs, printer: &Printer) -> anyhow::Result<u8> {
    let read = |path: &PathBuf| {
        std::fs::read_to_string(path)
            .with_context(|| format!("{} could not be read", path.display()))
    };
    let json = read(&args.found)?;
    if let Some(told) = successors_told(&json) {
        let truth = Truth::from_csv(&read(&args.truth)?)
            .map_err(|error| Failure::new(error, "give the .truth.csv that drill make wrote"))?;
        printer.out(&told_successors(&successors(&told, &truth)))?;
        return Ok(0);
    }
    let found = found_rooms(&json).map_err(|error| {
        Failure::new(
            format!("{} is not the output of find --json: {error}", args.found.display()),
            "make it with: ringtrace find CALLS --json --reveal > FOUND",
        )
    })?;
    let truth = Truth::from_csv(&read(&args.truth)?)
        .map_err(|error| Failure::new(error, "give the .truth.csv that drill make wrote"))?;
    if found.iter().flat_map(|room| &room.lines).any(|line| line.contains('•')) {
        return Err(
            Failure::new("the numbers in it are masked", "run find with --json --reveal").into()
        );
    }
    let score = score(&found, &truth);
    printer.out(&told(&score))?;
    printer.out(&told_roles(&roles(&roles_told(&json)?, &truth)))?;
    printer.out(&told_holds(&holds(&found, &told_of_people(&json)?, &truth)))?;
    if let Some(other) = &args.other {
        let other = Truth::from_csv(&read(other)?)
            .map_err(|error| Failure::new(error, "give the .truth.csv of drill make --gateway"))?;
        printer.out(&told_joins(&json, (&found, &truth), &other)?)?;
    }
    printer.out(&told_warned(&warned(&warned_people(&json)?, &truth, u32::MAX)))?;
    Ok(0)
}

/// The rooms in the output of `find --json`.
pub(crate) fn found_rooms(json: &str) -> anyhow::Result<Vec<Found>> {
    let value: Value = serde_json::from_str(json)?;
    let rooms =
        value.get("rooms").and_then(|rooms| rooms.as_array()).context("it holds no rooms")?;
    let room = |room: &Value| -> Option<Found> {
        let lines = room
            .get("lines")?
            .as_array()?
            .iter()
            .filter_map(|line| line.get("line")?.as_str().map(str::to_owned));
        Some(Found {
            id: room.get("id")?.as_str()?.to_owned(),
            lead: room.get("verdict")?.as_str()? == "lead",
            confidence: room.get("confidence")?.as_f64()?,
            lines: lines.collect(),
        })
    };
    rooms.iter().map(|found| room(found).context("a room lacks a field")).collect()
}

/// The successors in the output of `successors --json`; `None` where it is none.
fn successors_told(json: &str) -> Option<Vec<ToldSuccessor>> {
    let value: Value = serde_json::from_str(json).ok()?;
    let told = value.get("successors")?.as_array()?.iter().map(|one| {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let candidates = one.get("candidates")?.as_array()?.iter();
        Some(ToldSuccessor {
            line: text(one.get("line")?)?,
            candidates: candidates.filter_map(|candidate| text(candidate.get("line")?)).collect(),
            continues_as: one.get("continues_as").and_then(text),
        })
    });
    told.collect()
}

/// How well successors were told, in sentences.
fn told_successors(score: &SuccessorScore) -> String {
    let SuccessorScore { swaps, first, named, all_named, wrong } = *score;
    format!(
        "people who changed their phone: {swaps}; the new line ranks first for {first}, is named for {named}\nlines named in all, rooms left out: {all_named}, wrong: {wrong}"
    )
}

/// The roles in the output of `find --json`.
fn roles_told(json: &str) -> anyhow::Result<Vec<Told>> {
    let value: Value = serde_json::from_str(json)?;
    let rooms = value.get("rooms").and_then(Value::as_array);
    let list = |room: &Value, name: &str| {
        room.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let lines = rooms
        .into_iter()
        .flatten()
        .flat_map(|room| list(room, "lines").into_iter().chain(list(room, "around")));
    let told = |line: Value| -> Option<Told> {
        Some(Told {
            line: line.get("line")?.as_str()?.to_owned(),
            role: line.get("role")?.as_str()?.to_owned(),
            controller: line.get("controller")?.as_f64()?,
        })
    };
    lines.map(|line| told(line).context("a line lacks its role")).collect()
}

/// How well roles were told, in sentences.
pub(crate) fn told_roles(score: &RoleScore) -> String {
    let auc = score.auc.map_or_else(|| "–".to_owned(), |auc| format!("{auc:.3}"));
    let mut text = format!("controllers: AUC {auc}; roles told → true:\n");
    for ((told, truth), count) in &score.counts {
        let _infallible = writeln!(text, "  {told:<10} → {truth:<10} {count}");
    }
    text.truncate(text.trim_end().len());
    text
}

/// What `find --json` tells of the people in each room.
fn told_of_people(json: &str) -> anyhow::Result<Vec<ToldOfPeople>> {
    let value: Value = serde_json::from_str(json)?;
    let rooms = value.get("rooms").and_then(Value::as_array);
    let told = |room: &Value| -> Option<ToldOfPeople> {
        let signs = room.get("captivity")?.as_array()?;
        let mut no_exit = signs.iter().filter(|sign| sign["indicator"] == "no_exit");
        let leave =
            no_exit.any(|sign| sign["status"] == "not_seen" && sign["counter_sign"].is_string());
        let site = room.get("site")?.as_array()?.first();
        Some(ToldOfPeople {
            advised: room.get("welfare")?.get("advised")?.as_bool()?,
            people_leave: leave,
            site: site.and_then(|site| Some(site.get("cell")?.as_str()?.to_owned())),
        })
    };
    rooms.into_iter().flatten().map(|room| told(room).context("a room lacks its people")).collect()
}

/// How well the rooms of the first other side were joined, in a sentence.
fn told_joins(json: &str, here: (&[Found], &Truth), other: &Truth) -> anyhow::Result<String> {
    let value: Value = serde_json::from_str(json)?;
    let side =
        value.get("sides").and_then(|sides| sides.get(0)).context("no other side is told")?;
    let report = side.get("report").context("the other side has no report")?;
    let there = found_rooms(&report.to_string())?;
    let place = |rooms: &[Found], id: Option<&Value>| {
        rooms.iter().position(|room| Some(room.id.as_str()) == id.and_then(Value::as_str))
    };
    let joined = value.get("joined").and_then(Value::as_array);
    let joined: Vec<(usize, usize)> = joined
        .into_iter()
        .flatten()
        .filter_map(|join| {
            Some((place(here.0, join.get("room"))?, place(&there, join.get("its_room"))?))
        })
        .collect();
    let score = drill::score::joins::joins(here, (&there, other), &joined);
    Ok(format!(
        "rooms found on both sides: {}, joined: {}; joins: {}, of two different rooms: {}",
        score.both, score.joined, score.joins.0, score.joins.1
    ))
}

/// How well people who are held were told, in sentences.
pub(crate) fn told_holds(score: &HoldScore) -> String {
    let mut text =
        String::from("people inside: rooms, found, welfare check advised, seen to leave\n");
    for (hold, [rooms, found, advised, leave]) in &score.by_hold {
        let _infallible = writeln!(text, "  {hold:<10} {rooms} {found} {advised} {leave}");
    }
    let [houses, found, sited] = score.voip_houses;
    if houses > 0 {
        let _infallible = writeln!(
            text,
            "houses that phone over the Internet: {houses}, {found} found, {sited} with their cell"
        );
    }
    for (class, count) in &score.advised_wrongly {
        let _infallible = writeln!(text, "  advised wrongly: {count} × {class}");
    }
    text.truncate(text.trim_end().len());
    text
}

/// The people to warn in the output of `find --json`, in the order of the queue.
fn warned_people(json: &str) -> anyhow::Result<Vec<Warned>> {
    let value: Value = serde_json::from_str(json)?;
    let rooms = value.get("rooms").and_then(|rooms| rooms.as_array());
    let listed =
        rooms.into_iter().flatten().filter_map(|room| room.get("people_to_warn")?.as_array());
    let person = |person: &Value| -> Option<(u64, Warned)> {
        let line = person.get("line")?.as_str()?.to_owned();
        let precision = person.get("expected_precision")?.as_f64()?;
        Some((person.get("rank")?.as_u64()?, Warned { line, precision }))
    };
    let people = listed.flatten().map(|one| person(one).context("a person to warn lacks a field"));
    let mut people: Vec<(u64, Warned)> = people.collect::<anyhow::Result<_>>()?;
    people.sort_by_key(|(rank, _)| *rank);
    Ok(people.into_iter().map(|(_, person)| person).collect())
}

/// How well hooked targets were told, in sentences.
pub(crate) fn told_warned(score: &WarnScore) -> String {
    let mut text = String::new();
    let share =
        |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"));
    let (listed, right) = score.listed;
    let (hooked, found) = score.hooked;
    let _infallible = writeln!(
        text,
        "people to warn: {listed}, {right} of them hooked (precision {}); hooked: {hooked}, {found} of them listed (recall {})",
        share(score.precision()),
        share(score.recall())
    );
    for (form, (all, found)) in &score.by_form {
        let _infallible = writeln!(text, "  {form:<12} {found} of {all}");
    }
    text.push_str("customers of others in the first nine tenths, not hooked:\n");
    for (what, by_class) in [
        ("whom no room talked to for a minute", &score.customers),
        ("whom a room talked to and let go", &score.let_go_customers),
    ] {
        let classes: Vec<String> =
            by_class.iter().map(|(class, count)| format!("{count} × {class}")).collect();
        let shown = if classes.is_empty() { "none".to_owned() } else { classes.join(", ") };
        let _infallible = writeln!(text, "  {what}: {shown}");
    }
    text.push_str("precision printed → share that were hooked:\n");
    for (count, mean, share) in score.calibration.iter().filter(|(count, _, _)| *count > 0) {
        let _infallible = writeln!(text, "  {mean:.2} → {share:.2} ({count})");
    }
    text.truncate(text.trim_end().len());
    text
}

/// The score in sentences.
pub(crate) fn told(score: &Score) -> String {
    let mut text = String::new();
    let (rooms, found) = score.rooms();
    let _infallible = writeln!(text, "rooms found: {found} of {rooms} as leads");
    for room in &score.rooms_by_name {
        let _infallible = match &room.found {
            Some((id, shared)) => {
                writeln!(
                    text,
                    "  {}, {}: {id} has {shared} of its {} lines",
                    room.name, room.shape, room.lines
                )
            }
            None => {
                writeln!(text, "  {}, {}: not found ({} lines)", room.name, room.shape, room.lines)
            }
        };
    }
    for (shape, (all, leads, any)) in &score.shapes {
        let _infallible =
            writeln!(text, "  {shape:<10} {leads} of {all} as leads, {any} at least as watch");
    }
    let _infallible = writeln!(
        text,
        "lines: precision {:.3}, recall {:.3}, F1 {:.3}; mean best Jaccard {:.3}",
        score.line_precision, score.line_recall, score.line_f1, score.mean_best_jaccard
    );
    let _infallible = writeln!(text, "leads: {} of {} are rooms", score.leads.1, score.leads.0);
    for (class, count) in &score.false_leads {
        let _infallible = writeln!(text, "  false lead: {count} × {class}");
    }
    for (class, count) in &score.false_watch {
        let _infallible = writeln!(text, "  watched: {count} × {class}");
    }
    text.push_str("confidence printed → share that are rooms:\n");
    for (count, mean, share) in score.calibration.iter().filter(|(count, _, _)| *count > 0) {
        let _infallible = writeln!(text, "  {mean:.2} → {share:.2} ({count})");
    }
    text.truncate(text.trim_end().len());
    text
}
