//! Long work on a casebook: what waits, what runs, what came of it.

use super::{Done, Page, moment, rendered, to};
use crate::casebooks::Work;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{Nothing, Posted, Seat};
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::State;
use domain::mask::Sight;
use std::sync::Arc;
use store::JobState;

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage {
    frame: Frame,
    jobs: Vec<JobRow>,
    is_open: bool,
}

struct JobRow {
    id: String,
    is_open: bool,
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
            Ok(Work::Import { file, .. }) => format!("import {}", Sight::Masked.show_free(&file)),
            Err(_) => "unknown work".to_owned(),
        },
        is_open: job.state.is_open(),
        id: job.id,
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

#[derive(serde::Deserialize)]
pub(crate) struct EndForm {
    id: String,
}

/// Ends a job: what it did not write whole is not there. Errors: there is no such job, or it ended.
pub(crate) async fn end(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<EndForm>,
) -> Done {
    let store = desk.casebooks.store();
    let is_own = |job: &store::Job| {
        job.id == form.id && job.casebook == seat.casebook && job.state.is_open()
    };
    if !store.jobs().await?.iter().any(is_own) {
        return Err(Fault::not_found());
    }
    let told = format!("Ended by {}.", seat.account);
    store.set_job(&form.id, JobState::Failed, &told, now_us()).await?;
    Ok(to(&seat, "jobs"))
}
