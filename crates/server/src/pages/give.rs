//! What leaves: a room, for somebody, in a form, as its sender may see it; each time is an entry of the log.

use super::{found, grant, moment};
use crate::fault::Fault;
use crate::pages::room::room_of;
use crate::seat::{Posted, Seat};
use crate::secret::sha256;
use crate::{Desk, now_us};
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use case::Action;
use case::action::Export;
use export::{Form, Mark};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Deserialize)]
pub(crate) struct ExportForm {
    recipient: String,
    form: Form,
    /// Whether somebody is asked to block, search or charge: that waits for protection.
    #[serde(default)]
    enforcement: String,
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
    let name = room_of(&report, &id)?.name();
    let alone = report.of_room(&id).hide(grant(&desk, &seat, &format!("room {id}")));
    let mark = Mark {
        recipient: recipient.clone(),
        sender: seat.account.clone(),
        at: moment(now_us()),
        casebook: seat.casebook.clone(),
    };
    let bytes = export::room(room_of(&alone, &id)?, &alone, &mark, form.form)
        .map_err(|error| unclear(format!("{error}.")))?;
    let given = Export {
        what: format!("room {id}, {name}"),
        form: form.form.word().to_owned(),
        recipient,
        sha256: sha256(&bytes),
        against: (!form.enforcement.is_empty()).then_some(name),
        people: Vec::new(),
    };
    desk.act(&seat, Action::Export(given)).await?;
    let file = format!("attachment; filename=\"{}-{id}.{}\"", seat.casebook, form.form.word());
    let about = [
        (header::CONTENT_TYPE, form.form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, file),
    ];
    Ok((about, bytes).into_response())
}
