//! One room: where, when, who, why we think so and what speaks against it, what the files cannot show; and the decision.

use super::{Done, Page, found, grant, moment, rendered, seen, sure, to};
use crate::draw::graph::{View, graph};
use crate::draw::lifelines::lifelines;
use crate::draw::punch_card::punch_card;
use crate::draw::site::site;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Posted, Search, Seat};
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::{Path, State};
use case::Action;
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
    /// The line that the graph is of, where it is of one.
    graph_of: Option<String>,
    /// How many people are to be warned.
    people: usize,
    note: &'static str,
    /// What the forms of this page are about, also when rooms are numbered anew.
    mark: String,
    may: May,
    is_revealed: bool,
}

/// What the reader may do here.
struct May(Seat);

impl May {
    fn decide(&self) -> bool {
        self.0.may(Ability::Work)
    }

    fn give(&self) -> bool {
        self.0.may(Ability::Export)
    }

    fn reveal(&self) -> bool {
        self.0.may(Ability::Reveal)
    }

    fn protect(&self) -> bool {
        self.0.may(Ability::Protect)
    }
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
    Search(view): Search<View>,
) -> Page {
    let report = found(&desk, &seat).await?;
    let whole = room_of(&report, &id)?;
    let mark = report.mark(whole);
    let grant = grant(&desk, &seat, mark);
    if grant.protection
        && whole.captivity.iter().any(|sign| sign.restricted && sign.status == "seen")
    {
        // A page that is opened again within a quarter of an hour is the same look.
        let place = format!("{}/{mark}", seat.casebook);
        if !desk.looking.holds(&seat.session, &place, now_us()) {
            seen(&desk, &seat, &format!("who called for help in room {id}")).await?;
            desk.looking.add(&seat.session, &place, now_us());
        }
    }
    let (judged, is_like) = desk
        .case(&seat.casebook, |case| {
            let judged = report.judgement_of(case, whole).map(|judged| Judged {
                word: judged.judgement.disposition.word(),
                by: judged.actor.clone(),
                at: moment(judged.at_us),
                reason: judged.judgement.reason.clone(),
                instead: judged.judgement.look_alike.clone().unwrap_or_default(),
            });
            // What was said since of the room that it works like is learned when rooms are looked for anew.
            let is_like = whole.like.as_ref().is_some_and(|like| {
                let of = report.rooms.iter().find(|room| room.id == like.room);
                let of = of.and_then(|of| report.judgement_of(case, of));
                of.is_some_and(|of| of.judgement.disposition.word() == like.disposition)
            });
            (judged, is_like)
        })
        .await?;
    let graph = graph(whole, &view, |number| grant.sight.show(number).into_owned());
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
    room.like = room.like.filter(|_| is_like);
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
        graph_of: view.of.filter(|of| room.lines.iter().any(|line| line.id == *of)),
        people,
        note: case::NON_PUNISHMENT_NOTE,
        mark: mark.to_owned(),
        may: May(seat),
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
    mark: String,
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
    let judgement = judgement(
        report.marked(&id, &form.mark)?,
        form.disposition,
        &form.reason,
        Some(&form.look_alike),
    );
    desk.act(&seat, Action::Judge(judgement)).await?;
    Ok(to(&seat, &format!("rooms/{id}")))
}

/// What somebody decides of a room: it is about its lines.
pub(crate) fn judgement(
    room: &RoomReport,
    disposition: Disposition,
    reason: &str,
    look_alike: Option<&str>,
) -> Judgement {
    let look_alike = look_alike.map(str::trim).filter(|class| !class.is_empty());
    Judgement {
        subject: Subject::Room { lines: room.line_set() },
        disposition,
        reason: reason.trim().to_owned(),
        look_alike: look_alike.map(str::to_owned),
    }
}

#[derive(Deserialize)]
pub(crate) struct RevealForm {
    mark: String,
    reason: String,
}

pub(crate) async fn reveal(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
    Posted(form): Posted<RevealForm>,
) -> Done {
    let report = found(&desk, &seat).await?;
    let room = report.marked(&id, &form.mark)?;
    super::reveal(&desk, &seat, &room.full_name(), &form.mark, &form.reason).await?;
    Ok(to(&seat, &format!("rooms/{id}")))
}
