//! What is to be done, protection first, and whether to hold or to act.

use super::{Done, Page, found, rendered, to};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use case::hold::{Decision, Position, Side, Stance};
use case::task::{Assigned, Kind, Move, Progress, Task};
use case::{Action, Case, Refused};
use report::RoomReport;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "tasks.html")]
struct TasksPage {
    frame: Frame,
    open: Vec<TaskRow>,
    closed: Vec<TaskRow>,
    may_decide: bool,
    may_protect: bool,
    /// Rooms that a task can be about: mark and name.
    rooms: Vec<(String, String)>,
}

struct TaskRow {
    entry: u64,
    about: String,
    kind: &'static str,
    what: String,
    state: &'static str,
    note: String,
    is_protection: bool,
    /// What the sides say to acting where people inside wait, and what that comes to.
    sides: String,
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Protection => "protection",
        Kind::Warning => "warning",
        Kind::Inquiry => "inquiry",
        Kind::Enforcement => "enforcement",
    }
}

/// What the sides last said to acting, and what it comes to.
fn sides(case: &Case, about: &str) -> String {
    let mut latest = BTreeMap::new();
    for (_, position) in case.positions(about) {
        latest.insert(position.side, position);
    }
    if latest.is_empty() {
        return String::new();
    }
    let said = latest.values().map(|position| {
        let stance = if position.stance == Stance::Act { "act" } else { "hold" };
        format!("{}: {stance} ({})", side_word(position.side), position.reason)
    });
    let decision = match case.decision(about) {
        Decision::Open => "Not all have said yet: it is held.",
        Decision::Hold => "It is held.",
        Decision::Act => "All agreed to act.",
    };
    format!("{}. {decision}", said.collect::<Vec<_>>().join("; "))
}

fn side_word(side: Side) -> &'static str {
    match side {
        Side::Fraud => "fraud",
        Side::Police => "police",
        Side::Protection => "protection",
    }
}

fn row(case: &Case, entry: u64, task: &Assigned) -> TaskRow {
    TaskRow {
        entry,
        about: task.task.about.clone(),
        kind: kind_word(task.task.kind),
        what: task.task.what.clone(),
        state: match task.progress() {
            Progress::Open => "open",
            Progress::Doing => "being done",
            Progress::Done => "done",
            Progress::Dropped => "dropped",
        },
        note: task.moves.last().map(|(_, step)| step.note.clone()).unwrap_or_default(),
        is_protection: task.task.kind == Kind::Protection,
        sides: sides(case, &task.task.about),
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let (mut open, closed): (Vec<_>, Vec<_>) = desk
        .case(&seat.casebook, |case| {
            let rows = case.tasks.iter().map(|(entry, task)| {
                (task.task.kind, task.progress().is_open(), row(case, *entry, task))
            });
            rows.partition(|(_, is_open, _)| *is_open)
        })
        .await?;
    open.sort_by_key(|(kind, ..)| *kind);
    let found = desk.found(&seat.casebook).await?;
    let rooms = found.iter().flat_map(|found| {
        found.rooms.iter().map(|room| (found.mark(room).to_owned(), room.full_name()))
    });
    let rooms = rooms.collect();
    let rows = |tasks: Vec<(Kind, bool, TaskRow)>| tasks.into_iter().map(|(.., row)| row).collect();
    rendered(&TasksPage {
        frame: Frame::of(&seat, format!("Tasks · {}", seat.casebook), "tasks"),
        open: rows(open),
        closed: rows(closed),
        may_decide: seat.may(Ability::Work),
        may_protect: seat.may(Ability::Protect),
        rooms,
    })
}

#[derive(Deserialize)]
pub(crate) struct TaskForm {
    /// In words, where it is about no room.
    #[serde(default)]
    about: String,
    /// The mark of the room that it is about.
    #[serde(default)]
    room: String,
    kind: Kind,
    what: String,
}

pub(crate) async fn add(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<TaskForm>,
) -> Done {
    let what = form.what.trim();
    let found = if form.room.is_empty() { None } else { Some(found(&desk, &seat).await?) };
    let room = match &found {
        Some(found) => Some(found.of_mark(&form.room)?),
        None => None,
    };
    let about = room.map_or_else(|| form.about.trim().to_owned(), RoomReport::name);
    let lines = room.map(RoomReport::line_set).unwrap_or_default();
    if about.is_empty() || what.is_empty() {
        let sentence = "Say what the task is about, and what is to be done.";
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let task = Task { about, kind: form.kind, what: what.to_owned(), due_us: None, lines };
    desk.act(&seat, Action::Task(task)).await?;
    Ok(to(&seat, "tasks"))
}

#[derive(Deserialize)]
pub(crate) struct HoldForm {
    /// The task of protection.
    task: u64,
    side: Side,
    stance: Stance,
    reason: String,
}

/// Says for one side whether to act where people inside wait. For protection only those speak who protect.
pub(crate) async fn hold(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<HoldForm>,
) -> Done {
    if (form.side == Side::Protection) != seat.may(Ability::Protect) {
        let sentence =
            "Protection officers speak for protection, and the others for fraud and police.";
        return Err(Fault::new(StatusCode::FORBIDDEN, sentence));
    }
    let reason = form.reason.trim().to_owned();
    if reason.is_empty() {
        return Err(Refused::NoReason.into());
    }
    let about = desk
        .case(&seat.casebook, |case| case.tasks.get(&form.task).map(|task| task.task.about.clone()))
        .await?;
    let about = about.ok_or_else(Fault::not_found)?;
    let position = Position { about, side: form.side, stance: form.stance, reason };
    desk.act(&seat, Action::Hold(position)).await?;
    Ok(to(&seat, "tasks"))
}

#[derive(Deserialize)]
pub(crate) struct MoveForm {
    task: u64,
    to: Progress,
    #[serde(default)]
    note: String,
}

pub(crate) async fn advance(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<MoveForm>,
) -> Done {
    let step = Move { task: form.task, to: form.to, note: form.note.trim().to_owned() };
    desk.act(&seat, Action::Move(step)).await?;
    Ok(to(&seat, "tasks"))
}
