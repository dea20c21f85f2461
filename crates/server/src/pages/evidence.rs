//! A piece of evidence, down to the rows of files that show it.

use super::{Page, found, grant, rendered};
use crate::Desk;
use crate::casebooks::SourceRow;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pages::room::room_of;
use crate::seat::Seat;
use askama::Template;
use axum::extract::{Path, State};
use report::Fact;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "evidence.html")]
struct EvidencePage {
    frame: Frame,
    room: String,
    family: String,
    statement: String,
    weight: f64,
    rows: Vec<SourceRow>,
    named: usize,
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id, nth)): Path<(String, String, usize)>,
) -> Page {
    let report = found(&desk, &seat).await?;
    let room = room_of(&report, &id)?;
    let mut all = room.evidence.iter().chain(&room.counter_evidence);
    let finding = all.nth(nth).ok_or_else(Fault::not_found)?;
    let facts: Vec<Fact> = finding.facts.iter().filter_map(|fact| fact.kept().cloned()).collect();
    let (casebooks, casebook, named) =
        (Arc::clone(&desk.casebooks), seat.casebook.clone(), facts.len());
    let rows = tokio::task::spawn_blocking(move || casebooks.rows(&casebook, &facts)).await??;
    let sight = grant(&desk, &seat, report.mark(room)).sight;
    let shown = |row: SourceRow| SourceRow {
        line: sight.show(row.line).into_owned(),
        callee: row.callee.map(|callee| sight.show(callee).into_owned()),
        // A file that is named for whose records it holds names them.
        file: sight.show_free(&row.file),
        ..row
    };
    rendered(&EvidencePage {
        frame: Frame::of(&seat, format!("Evidence of {id} · {}", seat.casebook), "rooms"),
        room: id,
        family: finding.family.clone(),
        statement: finding.statement.clone(),
        weight: finding.weight,
        rows: rows.into_iter().map(shown).collect(),
        named,
    })
}
