//! What is to be done, protection first, and whether to hold or to act.

use super::{Done, Page, rendered, to};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use case::Action;
use case::task::{Assigned, Kind, Move, Progress, Task};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "tasks.html")]
struct TasksPage {
    frame: Frame,
    open: Vec<TaskRow>,
    closed: Vec<TaskRow>,
    may_decide: bool,
}

struct TaskRow {
    entry: u64,
    about: String,
    kind: &'static str,
    what: String,
    state: &'static str,
    note: String,
    is_protection: bool,
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Protection => "protection",
        Kind::Warning => "warning",
        Kind::Inquiry => "inquiry",
        Kind::Enforcement => "enforcement",
    }
}

fn row(entry: u64, task: &Assigned) -> TaskRow {
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
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let (mut open, closed): (Vec<_>, Vec<_>) = desk
        .case(&seat.casebook, |case| {
            let rows = case.tasks.iter().map(|(entry, task)| {
                (task.task.kind, task.progress().is_open(), row(*entry, task))
            });
            rows.partition(|(_, is_open, _)| *is_open)
        })
        .await?;
    open.sort_by_key(|(kind, ..)| *kind);
    let rows = |tasks: Vec<(Kind, bool, TaskRow)>| tasks.into_iter().map(|(.., row)| row).collect();
    rendered(&TasksPage {
        frame: Frame::of(&seat, format!("Tasks · {}", seat.casebook), "tasks"),
        open: rows(open),
        closed: rows(closed),
        may_decide: seat.may(Ability::Work),
    })
}

#[derive(Deserialize)]
pub(crate) struct TaskForm {
    about: String,
    kind: Kind,
    what: String,
}

pub(crate) async fn add(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<TaskForm>,
) -> Done {
    let (about, what) = (form.about.trim(), form.what.trim());
    if about.is_empty() || what.is_empty() {
        let sentence = "Say what the task is about, and what is to be done.";
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let task =
        Task { about: about.to_owned(), kind: form.kind, what: what.to_owned(), due_us: None };
    desk.act(&seat, Action::Task(task)).await?;
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
