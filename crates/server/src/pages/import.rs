//! Feeds come in: a file is sent, how it is read is seen and mended, then it is imported for a purpose and on a legal basis.

use super::{Done, Page, rendered, to};
use crate::Desk;
use crate::casebooks::{Preview, Receiving, Work};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{Posted, Seat, is_from_here};
use crate::secret::same;
use askama::Template;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// Bytes that a file which is sent may have.
const FILE_MAX: u64 = 8 << 30;
/// How long is waited for more of it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Letters of a file's name.
const NAME_MAX: usize = 80;

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

/// Receives a file, as it comes. Errors: it came from elsewhere, is too large, or the sender is too slow.
pub(crate) async fn upload(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    headers: HeaderMap,
    mut sent: Multipart,
) -> Done {
    let mut is_own = false;
    while let Some(field) = in_time(sent.next_field()).await?.map_err(|_| unread())? {
        match field.name() {
            Some("form_key") => {
                let key = short(field).await?;
                is_own = is_from_here(&headers) && same(&seat.form_key, &key);
            }
            Some("file") if is_own => {
                let name = named(field.file_name().unwrap_or_default());
                let (casebooks, casebook) = (Arc::clone(&desk.casebooks), seat.casebook.clone());
                let receive = move || casebooks.receive(&casebook);
                let receiving = tokio::task::spawn_blocking(receive).await??;
                let receiving = written(field, receiving).await?;
                let kept = tokio::task::spawn_blocking(move || receiving.keep(&name)).await??;
                return Ok(to(&seat, &format!("import/{kept}")));
            }
            // What else stands in the form is not read: the form ends here.
            _ => break,
        }
    }
    if is_own {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "Choose a file."));
    }
    Err(Fault::new(
        StatusCode::FORBIDDEN,
        "The form did not come from a page of yours. Open the page again.",
    ))
}

fn unread() -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, "The file did not come whole.")
}

/// Waits for more of what is sent, and not for ever.
async fn in_time<T>(more: impl Future<Output = T>) -> Result<T, Fault> {
    let slow = |_| Fault::new(StatusCode::REQUEST_TIMEOUT, "The file came too slowly.");
    timeout(PATIENCE, more).await.map_err(slow)
}

/// Bytes of a field that is no file.
const SHORT_MAX: usize = 1 << 10;

/// A field that is no file. Errors: it is too long for one.
async fn short(mut field: Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = in_time(field.chunk()).await?.map_err(|_| unread())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > SHORT_MAX {
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, "The form is too large."));
        }
    }
    String::from_utf8(bytes).map_err(|_| unread())
}

/// A name that stays in its folder: what its sender called it, without what could lead elsewhere.
fn named(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |letter: char| {
        if letter.is_ascii_alphanumeric() || "-_.+".contains(letter) { letter } else { '-' }
    };
    let name: String = last.chars().map(plain).take(NAME_MAX).collect();
    let name = name.trim_start_matches(['.', '-']);
    if name.is_empty() { "feed".to_owned() } else { name.to_owned() }
}

async fn written(
    mut field: Field<'_>,
    mut receiving: Box<dyn Receiving>,
) -> Result<Box<dyn Receiving>, Fault> {
    let mut bytes = 0_u64;
    while let Some(chunk) = in_time(field.chunk()).await?.map_err(|_| unread())? {
        bytes += chunk.len() as u64;
        if bytes > FILE_MAX {
            let sentence = "The file is too large: import it on the command line.";
            return Err(Fault::new(StatusCode::PAYLOAD_TOO_LARGE, sentence));
        }
        let write = move || receiving.write_all(&chunk).map(|()| receiving);
        receiving = tokio::task::spawn_blocking(write).await?.map_err(|error| full(&error))?;
    }
    Ok(receiving)
}

fn full(error: &std::io::Error) -> Fault {
    let sentence = format!("The file could not be kept: {error}. Nothing was changed.");
    Fault::new(StatusCode::INSUFFICIENT_STORAGE, sentence)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(named("calls 2023.csv"), "calls-2023.csv");
        assert_eq!(named("../../etc/passwd"), "passwd");
        assert_eq!(named("..\\..\\boot.ini"), "boot.ini");
        assert_eq!(named("..."), "feed");
        assert_eq!(named(".hidden"), "hidden");
        assert_eq!(named("+99912345601.csv"), "+99912345601.csv", "whose records they are stays");
        assert_eq!(named("--threads"), "threads");
        assert_eq!(named(&"x".repeat(500)).len(), NAME_MAX);
    }
}
