//! Exhibits, and whose hands they went through.

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
use case::exhibit::{Act, Custody, Exhibit, Kept, Kind};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "exhibits.html")]
struct ExhibitsPage {
    frame: Frame,
    exhibits: Vec<Row>,
    may_decide: bool,
}

struct Row {
    entry: u64,
    label: String,
    kind: &'static str,
    description: String,
    place: String,
    holder: String,
    sha256: String,
    acts: Vec<String>,
    is_altered: bool,
}

fn row((entry, kept): (&u64, &Kept)) -> Row {
    let Exhibit { label, kind, description, place, sha256, .. } = kept.exhibit.clone();
    let acts = kept.acts.iter().map(|(_, custody)| {
        let result =
            if custody.result.is_empty() { String::new() } else { format!(": {}", custody.result) };
        format!("{}{result}", custody.act)
    });
    Row {
        entry: *entry,
        label,
        kind: match kind {
            Kind::Device => "device",
            Kind::Sim => "SIM card",
            Kind::Card => "bank card",
            Kind::Cash => "cash",
            Kind::Document => "paper",
            Kind::File => "file",
            Kind::Other => "other",
        },
        description,
        place,
        holder: kept.holder().to_owned(),
        sha256: sha256.unwrap_or_default(),
        acts: acts.collect(),
        is_altered: !kept.altered().is_empty(),
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let exhibits =
        desk.case(&seat.casebook, |case| case.exhibits.iter().map(row).collect()).await?;
    rendered(&ExhibitsPage {
        frame: Frame::of(&seat, format!("Exhibits · {}", seat.casebook), "exhibits"),
        exhibits,
        may_decide: seat.may(Ability::Work),
    })
}

fn unclear(sentence: &str) -> Fault {
    Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence)
}

/// A SHA-256 as it is kept, or nothing. Errors: it is none.
fn hash(text: &str) -> Result<Option<String>, Fault> {
    let text = text.trim().to_ascii_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let is_hash = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(Some(text)).ok_or_else(|| unclear("A SHA-256 has 64 hexadecimal digits."))
}

#[derive(Deserialize)]
pub(crate) struct ExhibitForm {
    label: String,
    kind: Kind,
    description: String,
    place: String,
    holder: String,
    #[serde(default)]
    sha256: String,
}

pub(crate) async fn add(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<ExhibitForm>,
) -> Done {
    let [label, place, holder] =
        [&form.label, &form.place, &form.holder].map(|text| text.trim().to_owned());
    if label.is_empty() || place.is_empty() || holder.is_empty() {
        return Err(unclear("Say what label it has, where it was taken, and who holds it."));
    }
    let sha256 = hash(&form.sha256)?;
    let description = form.description.trim().to_owned();
    let exhibit = Exhibit { label, kind: form.kind, description, place, holder, sha256 };
    desk.act(&seat, Action::Exhibit(exhibit)).await?;
    Ok(to(&seat, "exhibits"))
}

#[derive(Deserialize)]
pub(crate) struct CustodyForm {
    exhibit: u64,
    act: Doing,
    with: String,
    #[serde(default)]
    result: String,
}

/// What is done with an exhibit; with what, to whom or which hash is said beside it.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Doing {
    Sealed,
    HandedOver,
    Examined,
    Copied,
    Verified,
    Returned,
}

pub(crate) async fn custody(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<CustodyForm>,
) -> Done {
    let with = form.with.trim().to_owned();
    if with.is_empty() {
        return Err(unclear("Say with what it was done, or to whom it went."));
    }
    let hashed = || hash(&with)?.ok_or_else(|| unclear("Give the SHA-256 of its bytes."));
    let act = match form.act {
        Doing::Sealed => Act::Sealed { number: with },
        Doing::HandedOver => Act::HandedOver { to: with },
        Doing::Examined => Act::Examined { method: with },
        Doing::Copied => Act::Copied { sha256: hashed()? },
        Doing::Verified => Act::Verified { sha256: hashed()? },
        Doing::Returned => Act::Returned { to: with },
    };
    let custody = Custody { exhibit: form.exhibit, act, result: form.result.trim().to_owned() };
    desk.act(&seat, Action::Custody(custody)).await?;
    Ok(to(&seat, "exhibits"))
}
