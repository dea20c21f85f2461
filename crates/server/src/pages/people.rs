//! People who were found, each with a record from “possible victim, unscreened” to home. For protection officers alone; each look is in the log.

use super::{Done, Page, grant, moment, rendered, seen, to};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{Posted, Seat};
use crate::signing::Asking;
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use case::action::{Reveal, Withdrawal};
use case::htcds::FIELDS;
use case::safety::{
    Consent, Field, Found, Identified, Matter, Progress, Safety, Status, Step, Wish,
};
use case::{Action, Refused};
use domain::mask::Sight;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "people.html")]
struct PeoplePage {
    frame: Frame,
    people: Vec<PersonRow>,
    note: &'static str,
}

struct PersonRow {
    entry: u64,
    code: String,
    place: String,
    day: String,
    standing: &'static str,
    open: usize,
    next: &'static str,
}

#[derive(Template)]
#[template(path = "person.html")]
struct RecordPage {
    frame: Frame,
    person: u64,
    code: String,
    place: String,
    day: String,
    standing: &'static str,
    steps: Vec<StepRow>,
    consents: Vec<ConsentRow>,
    wishes: Vec<String>,
    fields: Vec<FieldRow>,
    /// Fields that a record can have.
    known: Vec<&'static str>,
    is_revealed: bool,
    /// Others who ask to see it whole.
    asking: Vec<Asking>,
    has_asked: bool,
    note: &'static str,
}

/// A field; its values are hidden until two people agree that one of them sees them.
struct FieldRow {
    name: String,
    values: String,
}

struct ConsentRow {
    entry: u64,
    said: String,
    /// Whether it can still be taken back.
    holds: bool,
}

struct StepRow {
    key: String,
    word: &'static str,
    status: &'static str,
    note: String,
    is_identification: bool,
}

fn step_word(step: Step) -> &'static str {
    match step {
        Step::Safe => "out of reach of those who held them",
        Step::Medical => "seen by a doctor",
        Step::Interpreter => "an interpreter whom they trust",
        Step::InformedConsent => "informed, and asked for consent",
        Step::Identification => "identification",
        Step::Shelter => "a roof that they may leave",
        Step::LegalAdviser => "a lawyer of their own",
        Step::Statement => "a statement, if they want to make one",
        Step::ConsularContact => "their consulate, if they want that",
        Step::TravelDocument => "a paper to travel with",
        Step::RiskAssessment => "what awaits them at home",
        Step::ReturnOrStay => "home of their own will, or a stay",
        Step::FollowUp => "how they are afterwards",
    }
}

fn status_word(status: Option<Status>) -> &'static str {
    match status {
        None => "open",
        Some(Status::Arranged) => "arranged",
        Some(Status::Done) => "done",
        Some(Status::Declined) => "declined by the person",
        Some(Status::NotNeeded) => "not needed",
    }
}

fn key(step: Step) -> String {
    match serde_json::to_value(step) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    seen(&desk, &seat, "the records of people found").await?;
    let people = desk
        .case(&seat.casebook, |case| {
            case.people.iter().map(|(entry, record)| row(*entry, record)).collect()
        })
        .await?;
    rendered(&PeoplePage {
        frame: Frame::of(&seat, format!("People found · {}", seat.casebook), "people"),
        people,
        note: case::NON_PUNISHMENT_NOTE,
    })
}

fn row(entry: u64, record: &Safety) -> PersonRow {
    let open = record.open();
    PersonRow {
        entry,
        code: record.found.code.clone(),
        place: record.found.place.clone(),
        day: record.found.day.clone(),
        standing: record.standing(),
        open: open.len(),
        next: open.first().map_or("nothing is open", |step| step_word(*step)),
    }
}

pub(crate) async fn record(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
) -> Page {
    let known = desk.case(&seat.casebook, |case| case.people.get(&person).cloned()).await?;
    let record = known.ok_or_else(Fault::not_found)?;
    seen(&desk, &seat, &format!("the record of person {person}")).await?;
    let step = |step: &Step| StepRow {
        key: key(*step),
        word: step_word(*step),
        status: status_word(record.status(*step).map(|(_, status)| status)),
        note: record
            .steps
            .iter()
            .rev()
            .find(|(_, own)| own.step == *step)
            .map(|(_, own)| own.note.clone())
            .unwrap_or_default(),
        is_identification: *step == Step::Identification,
    };
    let at_us = now_us();
    let consents =
        record.consents.iter().map(|(entry, consent)| consent_row(&record, *entry, consent));
    let wishes = record.wishes.iter().map(|(_, wish)| {
        format!(
            "{} {}",
            if wish.wanted { "wants" } else { "does not want" },
            matter_word(wish.matter)
        )
    });
    let is_revealed = grant(&desk, &seat, &place(person)).sight == Sight::Revealed;
    let asking = desk.askings.of(&seat.casebook, person, at_us);
    let has_asked = asking.iter().any(|asking| asking.account == seat.account);
    rendered(&RecordPage {
        frame: Frame::of(&seat, format!("{} · {}", record.found.code, seat.casebook), "people"),
        person,
        code: record.found.code.clone(),
        place: record.found.place.clone(),
        day: record.found.day.clone(),
        standing: record.standing(),
        steps: Step::ALL.iter().map(step).collect(),
        consents: consents.collect(),
        wishes: wishes.collect(),
        fields: fields(&record, is_revealed),
        known: FIELDS.iter().map(|(name, _)| *name).collect(),
        is_revealed,
        asking: asking.into_iter().filter(|asking| asking.account != seat.account).collect(),
        has_asked,
        note: case::NON_PUNISHMENT_NOTE,
    })
}

fn consent_row(record: &Safety, entry: u64, consent: &Consent) -> ConsentRow {
    let holds = !record.ended.contains_key(&entry);
    let until = match consent.until_us {
        _ if !holds => "taken back".to_owned(),
        None => "until they take it back".to_owned(),
        Some(until_us) => format!("until {}", moment(until_us)),
    };
    ConsentRow {
        entry,
        said: format!("to {} for {}, {until}", consent.recipient, consent.purpose),
        holds,
    }
}

fn matter_word(matter: Matter) -> &'static str {
    match matter {
        Matter::ConsularContact => "that their consulate is told",
        Matter::Return => "to go home",
        Matter::Stay => "to stay",
    }
}

#[derive(Deserialize)]
pub(crate) struct WishForm {
    matter: Matter,
    wanted: String,
}

/// What a person wants, in their own words to who asks: some steps wait for it.
pub(crate) async fn wish(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<WishForm>,
) -> Done {
    let wish = Wish { person, matter: form.matter, wanted: form.wanted == "yes" };
    desk.act(&seat, Action::Wish(wish)).await?;
    Ok(to(&seat, &format!("people/{person}")))
}

#[derive(Deserialize)]
pub(crate) struct ConsentForm {
    recipient: String,
    purpose: String,
}

/// A person agrees that somebody is told.
pub(crate) async fn consent(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<ConsentForm>,
) -> Done {
    let [recipient, purpose] = [form.recipient, form.purpose].map(|text| text.trim().to_owned());
    if recipient.is_empty() || purpose.is_empty() {
        let sentence = "Say who is told, and what for.";
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let consent = Consent { person, recipient, purpose, until_us: None };
    desk.act(&seat, Action::Consent(consent)).await?;
    Ok(to(&seat, &format!("people/{person}")))
}

#[derive(Deserialize)]
pub(crate) struct EndForm {
    consent: u64,
}

/// A person takes that back; no reason is asked of them.
pub(crate) async fn end_consent(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<EndForm>,
) -> Done {
    let end = Withdrawal { entry: form.consent, reason: "the person took it back".to_owned() };
    desk.act(&seat, Action::EndConsent(end)).await?;
    Ok(to(&seat, &format!("people/{person}")))
}

#[derive(Deserialize)]
pub(crate) struct ReasonForm {
    reason: String,
}

fn place(person: u64) -> String {
    format!("the record of person {person}")
}

/// The fields that were filled in, each once, in the standard's order.
fn fields(record: &Safety, is_revealed: bool) -> Vec<FieldRow> {
    let filled = FIELDS.iter().map(|(name, _)| *name).filter(|name| !record.field(name).is_empty());
    let row = |name: &str| FieldRow {
        name: name.to_owned(),
        values: if is_revealed { record.field(name).join(", ") } else { "•••".to_owned() },
    };
    filled.map(row).collect()
}

#[derive(Deserialize)]
pub(crate) struct FieldForm {
    field: String,
    value: String,
}

/// Fills in a field; an empty value takes it back.
pub(crate) async fn field(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<FieldForm>,
) -> Done {
    let value = form.value.trim().to_owned();
    let values = if value.is_empty() { Vec::new() } else { vec![value] };
    desk.act(&seat, Action::Record(Field { person, field: form.field, values })).await?;
    Ok(to(&seat, &format!("people/{person}")))
}

/// Asks to see a record whole: somebody else has to agree.
pub(crate) async fn ask(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<ReasonForm>,
) -> Done {
    let is_known = desk.case(&seat.casebook, |case| case.people.contains_key(&person)).await?;
    if !is_known {
        return Err(Fault::not_found());
    }
    let reason = form.reason.trim();
    if reason.is_empty() {
        return Err(Refused::NoReason.into());
    }
    desk.askings.add(&seat, person, reason, now_us());
    Ok(to(&seat, &format!("people/{person}")))
}

#[derive(Deserialize)]
pub(crate) struct AgreeForm {
    account: String,
}

/// Agrees that somebody else sees a record whole. Errors: they asked for nothing, or it is the same person.
pub(crate) async fn agree(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<AgreeForm>,
) -> Done {
    if form.account == seat.account {
        return Err(Refused::SecondPerson.into());
    }
    let at_us = now_us();
    let asking = desk.askings.take(&seat.casebook, person, &form.account, at_us);
    let asking = asking.ok_or_else(Fault::not_found)?;
    let reveal = Reveal {
        what: place(person),
        person: Some(person),
        reason: asking.reason.clone(),
        second: Some(seat.account.clone()),
    };
    desk.act_for(&seat.casebook, &asking.account, Action::Reveal(reveal)).await?;
    let place = format!("{}/{}", seat.casebook, place(person));
    desk.revealed.add(asking.session(), &place, at_us);
    Ok(to(&seat, &format!("people/{person}")))
}

#[derive(Deserialize)]
pub(crate) struct FoundForm {
    code: String,
    place: String,
    day: String,
}

pub(crate) async fn add(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<FoundForm>,
) -> Done {
    let [code, place, day] =
        [&form.code, &form.place, &form.day].map(|text| text.trim().to_owned());
    if code.is_empty() || place.is_empty() || day.parse::<jiff::civil::Date>().is_err() {
        let sentence = "Give the record a code (no name), a place, and a day such as 2023-10-08.";
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let entry = desk.act(&seat, Action::Found(Found { code, place, day })).await?;
    Ok(to(&seat, &format!("people/{}", entry.seq)))
}

#[derive(Deserialize)]
pub(crate) struct StepForm {
    step: Step,
    status: Status,
    #[serde(default)]
    identified: String,
    #[serde(default)]
    note: String,
}

pub(crate) async fn step(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, person)): Path<(String, u64)>,
    Posted(form): Posted<StepForm>,
) -> Done {
    let identified = match &*form.identified {
        "presumed_victim" => Some(Identified::PresumedVictim),
        "not_presumed" => Some(Identified::NotPresumed),
        _ => None,
    };
    let progress = Progress {
        person,
        step: form.step,
        status: form.status,
        identified,
        note: form.note.trim().to_owned(),
    };
    desk.act(&seat, Action::Protect(progress)).await?;
    Ok(to(&seat, &format!("people/{person}")))
}
