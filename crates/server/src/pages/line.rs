//! One line of a room: when it called, and how it behaves, against the room's other lines and against the innocents who behave so too.

use super::{Page, found, grant, rendered, sure};
use crate::Desk;
use crate::draw::days::days;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::pages::room::room_of;
use crate::seat::Seat;
use askama::Template;
use axum::extract::{Path, State};
use report::{FeatureReport, LineReport, RoomReport};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "line.html")]
struct LinePage {
    frame: Frame,
    room: String,
    line: LineReport,
    sure: String,
    days: String,
    features: Vec<FeatureRow>,
}

struct FeatureRow {
    feature: FeatureReport,
    columns: Vec<ColumnRow>,
}

struct ColumnRow {
    name: String,
    unit: String,
    about: String,
    /// Of this line.
    own: String,
    /// The median of the room's lines.
    room: String,
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id, line_id)): Path<(String, String, String)>,
) -> Page {
    let report = found(&desk, &seat).await?;
    let whole = room_of(&report, &id)?;
    let grant = grant(&desk, &seat, report.mark(whole));
    let features = features(&report.features, whole, &line_id);
    let mut room = whole.without_people();
    room.hide(grant);
    let line = room.lines.into_iter().find(|line| line.id == line_id);
    let line = line.ok_or_else(Fault::not_found)?;
    rendered(&LinePage {
        frame: Frame::of(&seat, format!("{line_id} · {}", seat.casebook), "rooms"),
        room: id,
        sure: sure(line.role_confidence),
        days: days(&line.days),
        features,
        line,
    })
}

fn features(features: &[FeatureReport], room: &RoomReport, id: &str) -> Vec<FeatureRow> {
    let none = Vec::new();
    let own = room.lines.iter().find(|line| line.id == id).map_or(&none, |line| &line.measures);
    let mut at = 0;
    let mut rows = Vec::new();
    for feature in features {
        let mut columns = Vec::new();
        for column in &feature.columns {
            columns.push(ColumnRow {
                name: column.name.replace('_', " "),
                unit: column.unit.clone(),
                about: column.about.clone(),
                own: told(own.get(at).copied().flatten()),
                room: told(median(room, at)),
            });
            at += 1;
        }
        rows.push(FeatureRow { feature: feature.clone(), columns });
    }
    rows
}

fn told(number: Option<f64>) -> String {
    number.map_or_else(|| "not observable".to_owned(), |number| number.to_string())
}

/// The middle of what the room's lines have, where it can be seen of any.
fn median(room: &RoomReport, at: usize) -> Option<f64> {
    let mut all: Vec<f64> =
        room.lines.iter().filter_map(|line| line.measures.get(at).copied().flatten()).collect();
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied()
}
