//! The same for programs: `/api/v1`, JSON in and out, with the token of an account or the session of a browser. What a role sees and may do is what it sees
//! and may do on the pages.

pub(crate) mod document;
mod refusal;
mod token;

pub(crate) use refusal::as_json;
pub(crate) use token::{Ended, Token, tokens};

use crate::fault::Fault;
use crate::pages::give::judged_now;
use crate::pages::log::said;
use crate::pages::room::{judgement, room_of};
use crate::pages::warn::is_settled;
use crate::pages::{found, grant};
use crate::seat::{Search, Seat, Sent};
use crate::{Ability, Desk, Role};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use case::Action;
use case::claim::Claim;
use case::judgement::{Disposition, Judged};
use case::log::Entry;
use report::{PersonReport, RoomReport};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An answer in JSON, or why there is none.
type Told<T> = Result<Json<T>, Fault>;
/// Something that was made.
type Made<T> = Result<(StatusCode, Json<T>), Fault>;

/// A casebook, and what its asker is in it.
#[derive(Serialize)]
pub(crate) struct CasebookTold {
    name: String,
    roles: Vec<&'static str>,
}

pub(crate) async fn casebooks(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
) -> Told<Vec<CasebookTold>> {
    let there = desk.casebooks.names()?;
    let mut by_name: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for role in desk.casebooks.store().roles_of(&seat.account).await? {
        if there.contains(&role.casebook) {
            by_name.entry(role.casebook).or_default().extend(Role::of(&role.role).map(Role::word));
        }
    }
    Ok(Json(by_name.into_iter().map(|(name, roles)| CasebookTold { name, roles }).collect()))
}

/// A room in short.
#[derive(Serialize)]
pub(crate) struct RoomTold {
    id: String,
    /// What a judgement has to name: it stays with the room's lines when rooms are numbered anew.
    mark: String,
    verdict: String,
    shape: String,
    confidence: f64,
    first_seen: String,
    last_seen: String,
    lines: usize,
    people_to_warn: usize,
    welfare_check_advised: bool,
    judged: Option<&'static str>,
}

pub(crate) async fn rooms(State(desk): State<Arc<Desk>>, seat: Seat) -> Told<Vec<RoomTold>> {
    let report = found(&desk, &seat).await?;
    let rooms = desk
        .case(&seat.casebook, |case| {
            let word = |judged: &Judged| judged.judgement.disposition.word();
            let told = |(room, judged): (&RoomReport, Option<&Judged>)| {
                told(room, report.mark(room), judged.map(word))
            };
            report.judged(case).map(told).collect()
        })
        .await?;
    Ok(Json(rooms))
}

fn told(room: &RoomReport, mark: &str, judged: Option<&'static str>) -> RoomTold {
    RoomTold {
        id: room.id.clone(),
        mark: mark.to_owned(),
        verdict: room.verdict.clone(),
        shape: room.shape.clone(),
        confidence: room.confidence,
        first_seen: room.first_seen.clone(),
        last_seen: room.last_seen.clone(),
        lines: room.lines.len(),
        people_to_warn: room.people_to_warn.len(),
        welfare_check_advised: room.welfare.advised,
        judged,
    }
}

/// A room with its mark.
#[derive(Serialize)]
pub(crate) struct RoomWhole {
    mark: String,
    #[serde(flatten)]
    room: RoomReport,
}

pub(crate) async fn room(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
) -> Told<RoomWhole> {
    let report = found(&desk, &seat).await?;
    room_of(&report, &id)?;
    let mut alone = report.of_room(&id);
    judged_now(&desk, &seat, &report, &mut alone).await?;
    let mut room = alone.rooms.pop().ok_or_else(Fault::not_found)?;
    let mark = report.mark(&room).to_owned();
    room.hide(grant(&desk, &seat, &mark));
    Ok(Json(RoomWhole { mark, room }))
}

/// What somebody decides of a room.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgementSent {
    mark: String,
    disposition: Disposition,
    reason: String,
    look_alike: Option<String>,
}

/// The entry of the log that something made.
#[derive(Serialize)]
pub(crate) struct EntryMade {
    entry: u64,
    seal: String,
}

fn made(entry: &Entry) -> (StatusCode, Json<EntryMade>) {
    let made = EntryMade { entry: entry.seq, seal: entry.seal.to_string() };
    (StatusCode::CREATED, Json(made))
}

pub(crate) async fn judge(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, id)): Path<(String, String)>,
    Sent(sent): Sent<JudgementSent>,
) -> Made<EntryMade> {
    let report = found(&desk, &seat).await?;
    let judgement = judgement(
        report.marked(&id, &sent.mark)?,
        sent.disposition,
        &sent.reason,
        sent.look_alike.as_deref(),
    );
    Ok(made(&desk.act(&seat, Action::Judge(judgement)).await?))
}

/// Which part of a long list is asked for.
#[derive(Deserialize)]
pub(crate) struct Part {
    /// What comes after this place.
    #[serde(default)]
    after: u64,
    /// So many.
    limit: Option<usize>,
}

/// What a part has where nothing is said, and at most.
const PART: (usize, usize) = (100, 1_000);

impl Part {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(PART.0).clamp(1, PART.1)
    }
}

pub(crate) async fn warn(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Search(part): Search<Part>,
) -> Told<Vec<PersonReport>> {
    let report = found(&desk, &seat).await?;
    let open: Vec<&PersonReport> = desk
        .case(&seat.casebook, |case| {
            let queue = report.queue(case).into_iter();
            let open = queue
                .filter(|(person, judged)| person.rank as u64 > part.after && !is_settled(*judged));
            open.map(|(person, _)| person).take(part.limit()).collect()
        })
        .await?;
    let shown = open.into_iter().map(|person| {
        let mut shown = person.clone();
        shown.hide(grant(&desk, &seat, &report.mark_of(person)).sight);
        shown
    });
    Ok(Json(shown.collect()))
}

/// A claim, with its entry.
#[derive(Serialize)]
pub(crate) struct ClaimTold {
    entry: u64,
    #[serde(flatten)]
    claim: Claim,
}

pub(crate) async fn claims(State(desk): State<Arc<Desk>>, seat: Seat) -> Told<Vec<ClaimTold>> {
    let told = |(entry, claim): (u64, &Claim)| ClaimTold { entry, claim: claim.clone() };
    Ok(Json(desk.case(&seat.casebook, |case| case.claims().map(told).collect()).await?))
}

pub(crate) async fn claim(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Sent(claim): Sent<Claim>,
) -> Made<EntryMade> {
    Ok(made(&desk.act(&seat, Action::Claim(claim)).await?))
}

/// An entry of the log: what it says is told in words without numbers.
#[derive(Serialize)]
pub(crate) struct EntryTold {
    entry: u64,
    at_us: i64,
    actor: String,
    purpose: String,
    legal_basis: String,
    said: String,
    body_seal: String,
    seal: String,
}

pub(crate) async fn log(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Search(part): Search<Part>,
) -> Told<Vec<EntryTold>> {
    let may_protect = seat.may(Ability::Protect);
    let told = |entry: Entry| EntryTold {
        entry: entry.seq,
        at_us: entry.at_us,
        said: said(&entry, may_protect),
        actor: entry.actor,
        purpose: entry.purpose,
        legal_basis: entry.legal_basis,
        body_seal: entry.body_seal.to_string(),
        seal: entry.seal.to_string(),
    };
    let entries = desk.log(&seat.casebook).await?.into_iter();
    let shown = entries.filter(|entry| entry.seq > part.after).take(part.limit());
    Ok(Json(shown.map(told).collect()))
}
