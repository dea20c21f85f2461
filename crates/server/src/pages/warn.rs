//! The call taker's queue: who should be warned today, and what came of it.

use super::{Done, Page, found, grant, rendered, sure, to};
use crate::Desk;
use crate::fault::Fault;
use crate::findings::Found;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Posted, Search, Seat};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use case::Action;
use case::judgement::{Disposition, Judged, Judgement, Subject};
use report::PersonReport;
use serde::Deserialize;
use std::sync::Arc;

/// People on one page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "warn.html")]
struct WarnPage {
    frame: Frame,
    as_of: String,
    people: Vec<Person>,
    done: usize,
    page: usize,
    pages: usize,
    may_decide: bool,
    may_reveal: bool,
}

struct Person {
    rank: usize,
    mark: String,
    line: String,
    is_revealed: bool,
    urgency: String,
    stage: String,
    room: String,
    sure: String,
    last_contact: String,
    reason: String,
    counter: String,
    outcome: String,
}

#[derive(Deserialize)]
pub(crate) struct At {
    #[serde(default)]
    page: usize,
}

/// Whether somebody was reached.
pub(crate) fn is_settled(judged: Option<&Judged>) -> bool {
    judged.is_some_and(|judged| judged.judgement.disposition != Disposition::Undecided)
}

fn target(person: &PersonReport) -> Subject {
    Subject::Target { line: person.line.clone() }
}

pub(crate) async fn page(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Search(at): Search<At>,
) -> Page {
    let report = found(&desk, &seat).await?;
    let (mut open, mut done) = (Vec::new(), Vec::new());
    let said = |judged: &Judged| format!("{} ({})", judged.judgement.reason, judged.actor);
    desk.case(&seat.casebook, |case| {
        for (person, judged) in report.queue(case) {
            let outcome = judged.map(said).unwrap_or_default();
            if is_settled(judged) { &mut done } else { &mut open }.push((person, outcome));
        }
    })
    .await?;
    let finished = done.len();
    open.append(&mut done);
    let pages = open.len().div_ceil(PAGE).max(1);
    let page = at.page.clamp(1, pages);
    let shown = open.into_iter().skip((page - 1) * PAGE).take(PAGE);
    let shown =
        shown.map(|(person, outcome)| row(&desk, &seat, report.mark_of(person), person, outcome));
    rendered(&WarnPage {
        frame: Frame::of(&seat, format!("People to warn · {}", seat.casebook), "warn"),
        as_of: report.as_of.clone(),
        people: shown.collect(),
        done: finished,
        page,
        pages,
        may_decide: seat.may(Ability::Work),
        may_reveal: seat.may(Ability::Reveal),
    })
}

fn row(desk: &Desk, seat: &Seat, mark: String, person: &PersonReport, outcome: String) -> Person {
    let sight = grant(desk, seat, &mark).sight;
    Person {
        rank: person.rank,
        mark,
        line: sight.show(&*person.line).into_owned(),
        is_revealed: sight == domain::mask::Sight::Revealed,
        urgency: person.urgency.clone(),
        stage: person.stage.clone(),
        room: person.room.clone(),
        sure: sure(person.expected_precision),
        last_contact: person.last_contact.clone(),
        reason: person.reason.clone(),
        counter: person.counter_evidence.join(" "),
        outcome,
    }
}

/// Somebody of the queue, by their mark: the queue may have another order by now.
#[derive(Deserialize)]
pub(crate) struct OutcomeForm {
    mark: String,
    outcome: Outcome,
}

/// What came of a call.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    Warned,
    NotReached,
    NotWorkedOn,
}

fn person_of<'a>(report: &'a Found, mark: &str) -> Result<&'a PersonReport, Fault> {
    let mut people = report.rooms.iter().flat_map(|room| &room.people_to_warn);
    people.find(|person| report.mark_of(person) == mark).ok_or_else(|| {
        let sentence = "They are in the queue no more: it was made anew. Open it again.";
        Fault::new(StatusCode::CONFLICT, sentence)
    })
}

pub(crate) async fn outcome(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<OutcomeForm>,
) -> Done {
    let report = found(&desk, &seat).await?;
    let person = person_of(&report, &form.mark)?;
    let (disposition, reason) = match form.outcome {
        Outcome::Warned => (Disposition::Confirmed, "warned: was being worked on"),
        Outcome::NotReached => (Disposition::Undecided, "not reached"),
        Outcome::NotWorkedOn => (Disposition::Rejected, "reached: was not being worked on"),
    };
    let judgement = Judgement {
        subject: target(person),
        disposition,
        reason: reason.to_owned(),
        look_alike: None,
    };
    desk.act(&seat, Action::Judge(judgement)).await?;
    Ok(to(&seat, "warn"))
}

#[derive(Deserialize)]
pub(crate) struct RevealForm {
    mark: String,
}

/// A number is revealed to be called: that is the reason.
pub(crate) async fn reveal(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<RevealForm>,
) -> Done {
    let report = found(&desk, &seat).await?;
    let person = person_of(&report, &form.mark)?;
    let what = format!("person to warn {}, as of {}", person.rank, report.as_of);
    super::reveal(&desk, &seat, &what, &form.mark, "to warn them").await?;
    Ok(to(&seat, "warn"))
}
