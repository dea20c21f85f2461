//! One room: where, when, who, why we think so and what speaks against it, what the files cannot show; and the decision.

use super::{Done, Page, found, grant, moment, rendered, sure, to};
use crate::Desk;
use crate::draw::graph::graph;
use crate::draw::lifelines::lifelines;
use crate::draw::punch_card::punch_card;
use crate::draw::site::site;
use crate::fault::Fault;
use crate::findings::lines_of;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::{Path, State};
use case::Action;
use case::action::Reveal;
use case::judgement::{Disposition, Judgement, Subject};
use domain::mask::Sight;
use report::{Report, RoomReport};
use serde::Deserialize;
use std::fmt::Write as _;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "room.html")]
struct RoomPage {
    frame: Frame,
    room: RoomReport,
    sure: String,
    story: String,
    judged: Option<Judged>,
    map: Option<String>,
    cards: Vec<(String, String)>,
    lifelines: String,
    lines_left_out: usize,
    graph: String,
    /// How many people are to be warned.
    people: usize,
    note: &'static str,
    may: May,
    is_revealed: bool,
}

/// What the reader may do here.
struct May {
    decide: bool,
    give: bool,
    reveal: bool,
}

struct Judged {
    word: &'static str,
    by: String,
    at: String,
    reason: String,
    instead: String,
}

/// The room of a path. Errors: there is none of that name now.
pub(crate) fn room_of<'a>(report: &'a Report, id: &str) -> Result<&'a RoomReport, Fault> {
    report.rooms.iter().find(|room| room.id == id).ok_or_else(Fault::not_found)
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
) -> Page {
    let report = found(&desk, &seat).await?;
    let whole = room_of(&report, &id)?;
    let grant = grant(&desk, &seat, &format!("room {id}"));
    let judged = desk
        .case(&seat.casebook, |case| {
            report.judgement_of(case, whole).map(|judged| Judged {
                word: judged.judgement.disposition.word(),
                by: judged.actor.clone(),
                at: moment(judged.at_us),
                reason: judged.judgement.reason.clone(),
                instead: judged.judgement.look_alike.clone().unwrap_or_default(),
            })
        })
        .await?;
    let graph = graph(whole, |number| grant.sight.show(number).into_owned());
    let (lifelines, lines_left_out) = lifelines(&whole.lines);
    let zone = report.feeds.first().map_or("the feed", |feed| &feed.zone);
    let mut cards = Vec::new();
    if whole.lines.iter().any(|line| line.calls > 0) {
        let site_clock = format!("by the clock of {zone}");
        cards.push((punch_card(&whole.hours.site, &site_clock), site_clock));
    }
    if let (Some(card), Some(target)) = (&whole.hours.targets, &whole.target_zone) {
        let clock = format!("by the clock of the called ({target})");
        cards.push((punch_card(card, &clock), clock));
    }
    let people = whole.people_to_warn.len();
    let mut room = whole.without_people();
    room.hide(grant);
    rendered(&RoomPage {
        frame: Frame::of(&seat, format!("{id} · {}", seat.casebook), "rooms"),
        sure: sure(room.confidence),
        story: story(&room),
        judged,
        map: site(&room.areas),
        cards,
        lifelines,
        lines_left_out,
        graph,
        people,
        note: case::NON_PUNISHMENT_NOTE,
        may: May {
            decide: seat.may(Ability::Work),
            give: seat.may(Ability::Export),
            reveal: seat.may(Ability::Reveal),
        },
        is_revealed: grant.sight == Sight::Revealed,
        room,
    })
}

/// A room in a few sentences.
fn story(room: &RoomReport) -> String {
    let what = match &*room.shape {
        "house" => "A house",
        "relay" => "Relay devices",
        "call-back" => "A call-back room",
        "small" => "A small room",
        _ => "A room whose place is not seen",
    };
    let day = room.first_seen.split(' ').next().unwrap_or_default();
    let place = room.site.first().map(|site| format!(" in cell {}", site.cell)).unwrap_or_default();
    let mut text = format!("{what}{place}, since {day}, with {} lines.", room.lines.len());
    if let Some(zone) = &room.target_zone {
        let _infallible = write!(text, " It works in the office hours of {zone}.");
    }
    text
}

#[derive(Deserialize)]
pub(crate) struct JudgeForm {
    disposition: Disposition,
    reason: String,
    #[serde(default)]
    look_alike: String,
}

pub(crate) async fn judge(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
    Posted(form): Posted<JudgeForm>,
) -> Done {
    let report = found(&desk, &seat).await?;
    let room = room_of(&report, &id)?;
    let look_alike = form.look_alike.trim();
    let judgement = Judgement {
        subject: Subject::Room { lines: lines_of(room) },
        disposition: form.disposition,
        reason: form.reason.trim().to_owned(),
        look_alike: (!look_alike.is_empty()).then(|| look_alike.to_owned()),
    };
    desk.act(&seat, Action::Judge(judgement)).await?;
    Ok(to(&seat, &format!("rooms/{id}")))
}

#[derive(Deserialize)]
pub(crate) struct ReasonForm {
    pub(crate) reason: String,
}

pub(crate) async fn reveal(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
    Posted(form): Posted<ReasonForm>,
) -> Done {
    let report = found(&desk, &seat).await?;
    room_of(&report, &id)?;
    let place = format!("room {id}");
    revealed(&desk, &seat, &place, &form.reason).await?;
    Ok(to(&seat, &format!("rooms/{id}")))
}

/// Records that a place is seen whole and why, then lets this session see it for a while.
pub(crate) async fn revealed(
    desk: &Arc<Desk>,
    seat: &Seat,
    place: &str,
    reason: &str,
) -> Result<(), Fault> {
    let reveal = Reveal {
        what: place.to_owned(),
        person: None,
        reason: reason.trim().to_owned(),
        second: None,
    };
    desk.act(seat, Action::Reveal(reveal)).await?;
    let place = format!("{}/{place}", seat.casebook);
    desk.revealed.add(&seat.session, &place, crate::now_us());
    Ok(())
}
