//! Feeds come in: how a file that was sent is read is seen and mended, then it is imported for a purpose and on a legal basis.

use super::{Done, Page, rendered, to};
use crate::Desk;
use crate::casebooks::{Preview, Work};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "import.html")]
struct ImportPage {
    frame: Frame,
    received: Vec<String>,
}

#[derive(Template)]
#[template(path = "preview.html")]
struct PreviewPage {
    frame: Frame,
    file: String,
    preview: Preview,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let received = received(&desk, &seat).await?;
    let frame = Frame::of(&seat, format!("Import · {}", seat.casebook), "import");
    rendered(&ImportPage { frame, received })
}

/// The files that wait in the seat's casebook.
async fn received(desk: &Arc<Desk>, seat: &Seat) -> Result<Vec<String>, Fault> {
    let (casebooks, casebook) = (Arc::clone(&desk.casebooks), seat.casebook.clone());
    Ok(tokio::task::spawn_blocking(move || casebooks.received(&casebook)).await??)
}

/// Errors: no file of that name waits.
async fn waits(desk: &Arc<Desk>, seat: &Seat, file: &str) -> Result<(), Fault> {
    let is_there = received(desk, seat).await?.iter().any(|known| known == file);
    is_there.then_some(()).ok_or_else(Fault::not_found)
}

async fn previewed(desk: &Arc<Desk>, seat: &Seat, file: String, template: Option<String>) -> Page {
    waits(desk, seat, &file).await?;
    let (casebooks, casebook, name) =
        (Arc::clone(&desk.casebooks), seat.casebook.clone(), file.clone());
    let read = move || casebooks.preview(&casebook, &name, template.as_deref());
    let preview = tokio::task::spawn_blocking(read).await??;
    let frame = Frame::of(seat, format!("Import {file} · {}", seat.casebook), "import");
    rendered(&PreviewPage { frame, file, preview })
}

pub(crate) async fn preview(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, file)): Path<(String, String)>,
) -> Page {
    previewed(&desk, &seat, file, None).await
}

#[derive(Deserialize)]
pub(crate) struct TemplateForm {
    template: String,
}

/// How the file is read by a mended template.
pub(crate) async fn mend(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, file)): Path<(String, String)>,
    Posted(form): Posted<TemplateForm>,
) -> Page {
    previewed(&desk, &seat, file, Some(form.template)).await
}

#[derive(Deserialize)]
pub(crate) struct StartForm {
    #[serde(default)]
    zone: String,
    purpose: String,
    legal_basis: String,
}

pub(crate) async fn start(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, file)): Path<(String, String)>,
    Posted(form): Posted<StartForm>,
) -> Done {
    waits(&desk, &seat, &file).await?;
    let [zone, purpose, legal_basis] =
        [form.zone, form.purpose, form.legal_basis].map(|text| text.trim().to_owned());
    if purpose.is_empty() || legal_basis.is_empty() {
        let sentence = "Say what the file is imported for, and on which legal basis.";
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let work = Work::Import { file, zone, purpose, legal_basis };
    desk.add_job(&seat.casebook, &seat.account, &work).await?;
    Ok(to(&seat, "jobs"))
}
