//! People who were found, each with a record from “possible victim, unscreened” to home. For protection officers alone; each look is in the log.

use super::{Done, Page, moment, rendered, to};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use case::Action;
use case::action::Query;
use case::safety::{Found, Identified, Progress, Safety, Status, Step};
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
    consents: Vec<String>,
    note: &'static str,
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

async fn seen(desk: &Desk, seat: &Seat, what: &str) -> Result<(), Fault> {
    desk.act(seat, Action::View(Query { what: what.to_owned() })).await?;
    Ok(())
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
    let consents = record.consents.values().map(|consent| {
        let until = consent.until_us.map_or_else(|| "taken back".to_owned(), moment);
        format!("to {} for {}, until {until}", consent.recipient, consent.purpose)
    });
    rendered(&RecordPage {
        frame: Frame::of(&seat, format!("{} · {}", record.found.code, seat.casebook), "people"),
        person,
        code: record.found.code.clone(),
        place: record.found.place.clone(),
        day: record.found.day.clone(),
        standing: record.standing(),
        steps: Step::ALL.iter().map(step).collect(),
        consents: consents.collect(),
        note: case::NON_PUNISHMENT_NOTE,
    })
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
