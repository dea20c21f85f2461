//! Tasks: what is to be done, and by which side. Protection comes before enforcement.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a task is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// People inside are to be helped.
    Protection,
    /// Somebody is to be warned.
    Warning,
    /// Something is to be found out.
    Inquiry,
    /// Something is to be blocked, frozen, searched or charged.
    Enforcement,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What it is about: `room R1`, `person 12`.
    pub about: String,
    /// What for.
    pub kind: Kind,
    /// What is to be done.
    pub what: String,
    /// By when, microseconds since 1970-01-01 UTC.
    pub due_us: Option<i64>,
    /// The lines of the room that it is about, where it is about one: a room is known by them when it is named anew.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub lines: BTreeSet<String>,
}

impl Task {
    /// Whether it is about something: by its name, or as a room that shares lines with it.
    pub fn is_about(&self, about: &str, lines: &BTreeSet<String>) -> bool {
        self.about == about || !self.lines.is_disjoint(lines)
    }
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nobody has begun.
    Open,
    /// Somebody is at it.
    Doing,
    /// It is done.
    Done,
    /// It was dropped.
    Dropped,
}

/// A task moves on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The task, by its entry.
    pub task: u64,
    /// Where to.
    pub to: Progress,
    /// A note; why, where it is dropped.
    pub note: String,
}

/// A task, and how it moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Assigned {
    /// The task.
    pub task: Task,
    /// Its moves, each with its entry.
    pub moves: Vec<(u64, Move)>,
}

impl Assigned {
    /// How it stands.
    pub fn progress(&self) -> Progress {
        self.moves.last().map_or(Progress::Open, |(_, step)| step.to)
    }
}

impl Progress {
    /// Whether something is still to be done.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Doing)
    }
}
