//! The log: what was done, by whom, when and why, and whether it holds.

use super::{Page, moment, rendered};
use crate::Desk;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Search, Seat};
use askama::Template;
use axum::extract::State;
use case::log::{Entry, verify};
use serde::Deserialize;
use std::sync::Arc;

/// Entries on one page.
const PAGE: usize = 200;

#[derive(Template)]
#[template(path = "log.html")]
struct LogPage {
    frame: Frame,
    entries: Vec<EntryRow>,
    all: usize,
    broken: String,
    last_seal: String,
    page: usize,
    pages: usize,
}

struct EntryRow {
    seq: u64,
    at: String,
    actor: String,
    said: String,
    purpose: String,
}

#[derive(Deserialize)]
pub(crate) struct At {
    #[serde(default)]
    page: usize,
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Search(at): Search<At>,
) -> Page {
    let log = desk.log(&seat.casebook).await?;
    let broken = verify(&log).err().map(|broken| broken.to_string()).unwrap_or_default();
    let pages = log.len().div_ceil(PAGE).max(1);
    let page = at.page.clamp(1, pages);
    let shown = log.iter().rev().skip((page - 1) * PAGE).take(PAGE);
    rendered(&LogPage {
        frame: Frame::of(&seat, format!("Log · {}", seat.casebook), "log"),
        entries: shown.map(|entry| row(entry, seat.may(Ability::Protect))).collect(),
        all: log.len(),
        broken,
        last_seal: log.last().map(|entry| entry.seal.to_string()).unwrap_or_default(),
        page,
        pages,
    })
}

/// What an entry says, in words without numbers; what is told of people who were found is for those who protect them.
pub(crate) fn said(entry: &Entry, may_protect: bool) -> String {
    match entry.action() {
        Ok(Some(action)) if action.is_of_person() && !may_protect => {
            "something of a person who was found".to_owned()
        }
        Ok(Some(action)) => action.to_string(),
        Ok(None) => "(erased)".to_owned(),
        Err(_) => "(cannot be read)".to_owned(),
    }
}

fn row(entry: &Entry, may_protect: bool) -> EntryRow {
    EntryRow {
        said: said(entry, may_protect),
        seq: entry.seq,
        at: moment(entry.at_us),
        actor: entry.actor.clone(),
        purpose: if entry.purpose.is_empty() {
            "not stated".to_owned()
        } else {
            entry.purpose.clone()
        },
    }
}
