//! Long work on a casebook: what waits, what runs, what came of it.

use super::{Done, Page, moment, rendered, to};
use crate::Desk;
use crate::casebooks::Work;
use crate::frame::Frame;
use crate::seat::{Nothing, Posted, Seat};
use askama::Template;
use axum::extract::State;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage {
    frame: Frame,
    jobs: Vec<JobRow>,
    is_open: bool,
}

struct JobRow {
    what: String,
    state: &'static str,
    actor: String,
    at: String,
    told: String,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let jobs = desk.casebooks.store().jobs().await?;
    let own: Vec<_> = jobs.into_iter().filter(|job| job.casebook == seat.casebook).collect();
    let is_open = own.iter().any(|job| job.state.is_open());
    let row = |job: store::Job| JobRow {
        what: match serde_json::from_str(&job.work) {
            Ok(Work::Find) => "look for rooms".to_owned(),
            Ok(Work::Import { file, .. }) => format!("import {file}"),
            Err(_) => "unknown work".to_owned(),
        },
        state: job.state.word(),
        actor: job.actor,
        at: moment(job.changed_us),
        told: job.told,
    };
    rendered(&JobsPage {
        frame: Frame::of(&seat, format!("Work · {}", seat.casebook), "jobs"),
        jobs: own.into_iter().rev().map(row).collect(),
        is_open,
    })
}

pub(crate) async fn find(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(Nothing {}): Posted<Nothing>,
) -> Done {
    desk.add_job(&seat.casebook, &seat.account, &Work::Find).await?;
    Ok(to(&seat, "jobs"))
}
