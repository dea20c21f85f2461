//! What happened, of all kinds, on one line for each entity: rooms, what is claimed, people found, tasks, exhibits, tips, warnings, decisions. A span is looked into by links, without
//! scripts.

use super::{Page, rendered};
use crate::Desk;
use crate::draw::timeline::{Event, timeline};
use crate::findings::Found;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Search, Seat};
use askama::Template;
use axum::extract::State;
use case::Case;
use case::claim::Value;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Rooms that have a lane each.
const ROOMS_MAX: usize = 40;
/// Events in the table.
const ROWS_MAX: usize = 500;
const DAY_US: i64 = 86_400_000_000;

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage {
    frame: Frame,
    drawing: String,
    rows: Vec<EventRow>,
    left_out: usize,
    from: String,
    to: String,
    /// Links to other spans: word and query.
    spans: Vec<(&'static str, String)>,
    /// The kinds there are: word, query that shows or hides it, whether it is shown.
    kinds: Vec<(&'static str, String, bool)>,
}

struct EventRow {
    at: String,
    kind: &'static str,
    lane: String,
    what: String,
    href: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The first day, ISO 8601.
    #[serde(default)]
    from: String,
    /// The last day.
    #[serde(default)]
    to: String,
    /// Kinds that are not shown, with commas between them.
    #[serde(default)]
    without: String,
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Search(asked): Search<Asked>,
) -> Page {
    let found = desk.found(&seat.casebook).await?;
    let may_protect = seat.may(Ability::Protect);
    let base = format!("/c/{}", seat.casebook);
    let mut events = desk
        .case(&seat.casebook, |case| {
            let mut events = of_case(case, &base, may_protect);
            if let Some(found) = &found {
                events.extend(of_rooms(found, case, &base));
            }
            events
        })
        .await?;
    events.sort_by(|a, b| (a.from_us, &a.lane, &a.what).cmp(&(b.from_us, &b.lane, &b.what)));
    let kinds: BTreeSet<&'static str> = events.iter().map(|event| event.kind).collect();
    let hidden: BTreeSet<&str> = asked.without.split(',').filter(|word| !word.is_empty()).collect();
    let all = span_of(&events);
    let (from_us, to_us) = span(&asked, all);
    events.retain(|event| {
        event.to_us >= from_us && event.from_us <= to_us && !hidden.contains(event.kind)
    });
    let query = |from_us: i64, to_us: i64, hidden: &BTreeSet<&str>| {
        let without: Vec<&str> = hidden.iter().copied().collect();
        format!("?from={}&to={}&without={}", day(from_us), day(to_us - 1), without.join(","))
    };
    let toggled = |kind: &'static str| {
        let mut others = hidden.clone();
        if !others.remove(kind) {
            others.insert(kind);
        }
        (kind, query(from_us, to_us, &others), !hidden.contains(kind))
    };
    let width = (to_us - from_us).max(DAY_US);
    let spans = [
        ("all", all),
        ("earlier", (from_us - width / 2, to_us - width / 2)),
        ("later", (from_us + width / 2, to_us + width / 2)),
        ("closer", (from_us + width / 4, to_us - width / 4)),
        ("wider", (from_us - width / 2, to_us + width / 2)),
    ];
    rendered(&TimelinePage {
        frame: Frame::of(&seat, format!("Timeline · {}", seat.casebook), "timeline"),
        drawing: timeline(&events, from_us, to_us),
        left_out: events.len().saturating_sub(ROWS_MAX),
        rows: events.into_iter().take(ROWS_MAX).map(row).collect(),
        from: day(from_us),
        to: day(to_us - 1),
        spans: spans.map(|(word, (from, to))| (word, query(from, to, &hidden))).to_vec(),
        kinds: kinds.into_iter().map(toggled).collect(),
    })
}

fn row(event: Event) -> EventRow {
    let Event { lane, from_us, to_us, kind, what, href } = event;
    let (from, to) = (day(from_us), day(to_us));
    EventRow {
        at: if from == to { from } else { format!("{from} to {to}") },
        kind,
        lane,
        what,
        href,
    }
}

fn day(at_us: i64) -> String {
    let at = jiff::Timestamp::from_microsecond(at_us);
    at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The beginning of a day.
fn us_of(day: &str) -> Option<i64> {
    let day: jiff::civil::Date = day.parse().ok()?;
    Some(day.in_tz("UTC").ok()?.timestamp().as_microsecond())
}

/// From the first event to the last, with a day around them.
fn span_of(events: &[Event]) -> (i64, i64) {
    let from = events.iter().map(|event| event.from_us).min().unwrap_or_default();
    let to = events.iter().map(|event| event.to_us).max().unwrap_or_default();
    (from - DAY_US, to + DAY_US)
}

/// The span that was asked for, else all.
fn span(asked: &Asked, all: (i64, i64)) -> (i64, i64) {
    let from = us_of(&asked.from).unwrap_or(all.0);
    let to = us_of(&asked.to).map_or(all.1, |to| to + DAY_US);
    if from < to { (from, to) } else { all }
}

/// Rooms that were not rejected, each from its first call to its last, with who was worked on by it.
fn of_rooms(found: &Found, case: &Case, base: &str) -> Vec<Event> {
    let zone = found.zone();
    let at = |wall: &str| report::instant_us(wall, zone);
    let stands = found
        .judged(case)
        .filter(|(_, judged)| !judged.is_some_and(case::judgement::Judged::is_rejection));
    let mut events = Vec::new();
    for (room, _) in stands.take(ROOMS_MAX) {
        let event = |from: &str, to: &str, kind, what| {
            let (lane, href) = (format!("room {}", room.id), format!("{base}/rooms/{}", room.id));
            Some(Event { lane, from_us: at(from)?, to_us: at(to)?, kind, what, href })
        };
        let what = format!("{}: {}, {} lines", room.verdict, room.shape, room.lines.len());
        events.extend(event(&room.first_seen, &room.last_seen, "calls", what));
        // People are told by the day on which they were first talked to: how many, not who.
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for person in &room.people_to_warn {
            let day = person.first_contact.split(' ').next().unwrap_or_default();
            *first.entry(day).or_default() += 1;
        }
        for (day, count) in first {
            let noon = format!("{day} 12:00:00");
            let what = format!("{count} people who are worked on were first talked to");
            let lane = format!("called by room {}", room.id);
            events.extend(event(&noon, &noon, "target", what).map(|event| Event { lane, ..event }));
        }
    }
    events
}

/// What people said and did.
fn of_case(case: &Case, base: &str, may_protect: bool) -> Vec<Event> {
    let mut events = Vec::new();
    let mut add = |lane: &str, span: (i64, i64), kind: &'static str, what: String, page: &str| {
        let (lane, href) = (lane.to_owned(), format!("{base}/{page}"));
        events.push(Event { lane, from_us: span.0, to_us: span.1, kind, what, href });
    };
    for (_, claim) in case.claims() {
        // Only what is claimed of days has its place in time.
        let Value::Day { from, to } = &claim.value else { continue };
        if let (Some(from), Some(to)) = (us_of(from), us_of(to)) {
            let what = format!("{}: {} ({})", claim.about.what, claim.value, claim.source);
            add(&claim.about.thing, (from, to), "claim", what, "claims");
        }
    }
    let mut found: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for record in case.people.values().filter(|_| may_protect) {
        *found.entry((&record.found.place, &record.found.day)).or_default() += 1;
    }
    for ((place, day), count) in found {
        if let Some(at) = us_of(day) {
            add(place, (at, at), "found", format!("{count} people were found"), "people");
        }
    }
    for (_, judged) in case.judgements() {
        let what =
            format!("judged {}: {}", judged.judgement.disposition.word(), judged.judgement.reason);
        let at = judged.at_us;
        add(&judged.judgement.subject.to_string(), (at, at), "decision", what, "rooms");
    }
    for told in case.tips.values() {
        let at = told.at_us;
        add("tips of the public", (at, at), "tip", "somebody told something".to_owned(), "tips");
    }
    for own in case.warnings.values() {
        let to = own.withdrawn.map_or(own.warning.until_us, |(_, at)| at);
        let what = own.warning.texts.first().map(|text| text.headline.clone());
        add("warnings", (own.since_us, to), "warning", what.unwrap_or_default(), "warnings");
    }
    for task in case.tasks.values() {
        if let Some(due) = task.task.due_us {
            add(&task.task.about, (due, due), "task", format!("due: {}", task.task.what), "tasks");
        }
    }
    events
}
