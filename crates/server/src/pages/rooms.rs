//! All rooms of a casebook, the surest first.

use super::{Page, found, rendered, sure};
use crate::Desk;
use crate::frame::Frame;
use crate::seat::Seat;
use askama::Template;
use axum::extract::State;
use case::judgement::Disposition;
use domain::mask::Sight;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "rooms.html")]
struct RoomsPage {
    frame: Frame,
    as_of: String,
    accounts: String,
    feeds: Vec<FeedRow>,
    rooms: Vec<RoomRow>,
    suppressed: Vec<String>,
}

struct FeedRow {
    name: String,
    rows: usize,
    zone: String,
    not_observable: String,
    problem: String,
}

struct RoomRow {
    id: String,
    verdict: String,
    judged: &'static str,
    sure: String,
    shape: String,
    lines: usize,
    since: String,
    until: String,
    place: String,
    called_in: String,
    families: String,
    advised: bool,
    to_warn: usize,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let report = found(&desk, &seat).await?;
    let rooms = desk
        .case(&seat.casebook, |case| {
            let rooms = report.judged(case);
            rooms
                .map(|(room, judged)| row(room, judged.map(|judged| judged.judgement.disposition)))
                .collect()
        })
        .await?;
    let accounts = &report.accounts;
    let feeds = report.feeds.iter().map(|feed| FeedRow {
        name: Sight::Masked.show_free(&feed.name),
        rows: feed.rows,
        zone: feed.zone.clone(),
        not_observable: feed.not_observable.join(", "),
        problem: feed.problem.clone().unwrap_or_default(),
    });
    rendered(&RoomsPage {
        frame: Frame::of(&seat, format!("Rooms · {}", seat.casebook), "rooms"),
        as_of: report.as_of.clone(),
        accounts: format!(
            "{} rows in = {} facts + {} duplicates + {} quarantined",
            accounts.rows, accounts.facts, accounts.duplicates, accounts.quarantined
        ),
        feeds: feeds.collect(),
        rooms,
        suppressed: report.suppressed.clone(),
    })
}

fn row(room: &report::RoomReport, judged: Option<Disposition>) -> RoomRow {
    let mut families: Vec<&str> = room.evidence.iter().map(|finding| &*finding.family).collect();
    families.sort_unstable();
    families.dedup();
    let day = |stamp: &str| stamp.split(' ').next().unwrap_or_default().to_owned();
    RoomRow {
        id: room.id.clone(),
        verdict: room.verdict.clone(),
        judged: judged.map_or("", Disposition::word),
        sure: sure(room.confidence),
        shape: room.shape.clone(),
        lines: room.lines.len(),
        since: day(&room.first_seen),
        until: day(&room.last_seen),
        place: room.site.first().map(|site| site.cell.clone()).unwrap_or_default(),
        called_in: room.target_zone.clone().unwrap_or_default(),
        families: families.join(" "),
        advised: room.welfare.advised,
        to_warn: room.people_to_warn.len(),
    }
}
