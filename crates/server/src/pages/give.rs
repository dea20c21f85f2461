//! What leaves: a room, for somebody, in a form, as its sender may see it; each time is an entry of the log.

use super::{found, grant, moment};
use crate::casebooks::{SourceRow, Unavailable};
use crate::fault::Fault;
use crate::findings::Found;
use crate::pages::room::room_of;
use crate::seat::{Posted, Seat};
use crate::secret::sha256;
use crate::{Desk, now_us};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use case::Action;
use case::action::Export;
use export::{FACTS_MAX, Form, Mark};
use report::{Fact, Report};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Deserialize)]
pub(crate) struct ExportForm {
    mark: String,
    recipient: String,
    form: Form,
    /// Whether somebody is asked to block, search or charge: that waits for protection.
    #[serde(default)]
    enforcement: String,
    /// Whether it tells who called for help.
    #[serde(default)]
    protection: String,
}

/// Puts in where the facts stand that are named; the files that they came from.
async fn sources(
    desk: &Desk,
    seat: &Seat,
    report: &mut Report,
) -> Result<Vec<(String, String)>, Fault> {
    let named = report.rooms.iter_mut().flat_map(|room| room.first_facts(FACTS_MAX));
    let facts: Vec<Fact> = named.map(|fact| fact.clone()).collect();
    let (casebooks, casebook) = (Arc::clone(&desk.casebooks), seat.casebook.clone());
    let read = move || {
        Ok::<_, Unavailable>((casebooks.rows(&casebook, &facts)?, casebooks.files(&casebook)?))
    };
    let (rows, files) = tokio::task::spawn_blocking(read).await??;
    for fact in report.rooms.iter_mut().flat_map(|room| room.first_facts(FACTS_MAX)) {
        fact.source = SourceRow::of(fact, &rows);
    }
    Ok(files)
}

/// Puts in what people decided of rooms by now: since they were found, it may be another.
pub(crate) async fn judged_now(
    desk: &Desk,
    seat: &Seat,
    found: &Found,
    report: &mut Report,
) -> Result<(), Fault> {
    let zone = found.zone().to_owned();
    desk.case(&seat.casebook, |case| {
        for room in &mut report.rooms {
            let judged = found.judgement_of(case, room);
            room.judgement = judged.map(|judged| export::judgement(judged, &zone));
        }
        report.forget_stale_likes();
    })
    .await
}

pub(crate) async fn room(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
    Posted(form): Posted<ExportForm>,
) -> Result<Response, Fault> {
    let unclear = |sentence: String| Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence);
    let recipient = form.recipient.trim().to_owned();
    if recipient.is_empty() {
        return Err(unclear("Say who gets it.".to_owned()));
    }
    let report = found(&desk, &seat).await?;
    let whole = report.marked(&id, &form.mark)?;
    let mut grant = grant(&desk, &seat, &form.mark);
    // Who called for help leaves only where that is said.
    grant.protection &= !form.protection.is_empty();
    let mut alone = report.of_room(&id);
    judged_now(&desk, &seat, &report, &mut alone).await?;
    let files = sources(&desk, &seat, &mut alone).await?;
    let alone = alone.hide(grant);
    let mark = Mark {
        recipient: recipient.clone(),
        sender: seat.account.clone(),
        at: moment(now_us()),
        casebook: seat.casebook.clone(),
        files: files.into_iter().map(|(file, hash)| (grant.sight.show_free(&file), hash)).collect(),
    };
    let is_enforcement = !form.enforcement.is_empty();
    let bytes = export::room(room_of(&alone, &id)?, &alone, &mark, form.form)
        .map_err(|error| unclear(format!("{error}.")))?;
    let given = Export {
        what: export::told(whole, grant),
        form: form.form.word().to_owned(),
        recipient,
        sha256: sha256(&bytes),
        against: is_enforcement.then(|| whole.name()),
        lines: if is_enforcement { whole.line_set() } else { BTreeSet::new() },
        people: Vec::new(),
    };
    desk.act(&seat, Action::Export(given)).await?;
    let file = format!("attachment; filename=\"{}-{id}.{}\"", seat.casebook, form.form.ending());
    let about = [
        (header::CONTENT_TYPE, form.form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, file),
    ];
    Ok((about, bytes).into_response())
}
