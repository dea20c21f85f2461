//! Claims, side by side with their sources; what contradicts is an open question.

use super::{Done, Page, rendered, to};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::role::Ability;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use case::claim::{Basis, Claim, Grade, Reliability, Settlement, Topic, Value};
use case::{Action, Case};
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "claims.html")]
struct ClaimsPage {
    frame: Frame,
    questions: Vec<QuestionRow>,
    claims: Vec<ClaimRow>,
    may_decide: bool,
}

pub(crate) struct QuestionRow {
    pub(crate) thing: String,
    pub(crate) what: String,
    pub(crate) sides: Vec<SideRow>,
}

/// What some sources say, against the others.
pub(crate) struct SideRow {
    pub(crate) value: String,
    pub(crate) claims: Vec<ClaimRow>,
    pub(crate) is_relied_on: bool,
}

pub(crate) struct ClaimRow {
    pub(crate) entry: u64,
    pub(crate) thing: String,
    pub(crate) what: String,
    pub(crate) value: String,
    pub(crate) source: String,
    pub(crate) said: String,
    pub(crate) grade: String,
    pub(crate) words: String,
    pub(crate) basis: String,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let (questions, claims) = desk
        .case(&seat.casebook, |case| (questions(case), case.claims().map(row).collect()))
        .await?;
    rendered(&ClaimsPage {
        frame: Frame::of(&seat, format!("Claims · {}", seat.casebook), "claims"),
        questions,
        claims,
        may_decide: seat.may(Ability::Work),
    })
}

pub(crate) fn questions(case: &Case) -> Vec<QuestionRow> {
    let find = |entry: &u64| case.claims().find(|(own, _)| own == entry).map(row);
    let question = |question: case::claim::Question| QuestionRow {
        thing: question.about.thing,
        what: question.about.what,
        sides: question
            .sides
            .iter()
            .map(|(value, entries)| SideRow {
                value: value.to_string(),
                claims: entries.iter().filter_map(find).collect(),
                is_relied_on: question.settled.is_some_and(|settled| entries.contains(&settled)),
            })
            .collect(),
    };
    case.questions().into_iter().map(question).collect()
}

fn row((entry, claim): (u64, &Claim)) -> ClaimRow {
    let basis = claim.basis.iter().map(|basis| match basis {
        Basis::Fact { .. } => "a fact of this casebook".to_owned(),
        Basis::Exhibit { entry } => format!("exhibit {entry}"),
        Basis::Document { title } => title.clone(),
    });
    let reliability = match claim.grade.reliability {
        Reliability::A => "A",
        Reliability::B => "B",
        Reliability::C => "C",
        Reliability::D => "D",
        Reliability::E => "E",
        Reliability::F => "F",
    };
    ClaimRow {
        entry,
        thing: claim.about.thing.clone(),
        what: claim.about.what.clone(),
        value: claim.value.to_string(),
        source: claim.source.clone(),
        said: claim.said.clone().unwrap_or_default(),
        grade: format!("{reliability}{}", claim.grade.credibility),
        words: claim.words.clone(),
        basis: basis.collect::<Vec<_>>().join(", "),
    }
}

/// A claim as a form has it: everything is text.
#[derive(Deserialize)]
pub(crate) struct ClaimForm {
    thing: String,
    what: String,
    kind: Kind,
    value: String,
    #[serde(default)]
    most: String,
    source: String,
    #[serde(default)]
    said: String,
    reliability: Reliability,
    credibility: u8,
    #[serde(default)]
    words: String,
    #[serde(default)]
    document: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Count,
    AtLeast,
    Day,
    Words,
}

impl ClaimForm {
    /// What is claimed. Errors: it is no count.
    fn value(&self) -> Result<Value, Fault> {
        let count = |text: &str| {
            text.trim().parse::<u64>().map_err(|_| {
                Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "A count is a whole number.")
            })
        };
        let most = self.most.trim();
        Ok(match self.kind {
            Kind::Count => {
                let least = count(&self.value)?;
                let most = if most.is_empty() { least } else { count(most)? };
                Value::Count { least, most: Some(most) }
            }
            Kind::AtLeast => Value::Count { least: count(&self.value)?, most: None },
            Kind::Day => {
                let from = self.value.trim().to_owned();
                let to = if most.is_empty() { from.clone() } else { most.to_owned() };
                Value::Day { from, to }
            }
            Kind::Words => Value::Words { text: self.value.trim().to_owned() },
        })
    }
}

pub(crate) async fn add(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<ClaimForm>,
) -> Done {
    let value = form.value()?;
    let filled = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let claim = Claim {
        about: Topic { thing: form.thing.trim().to_owned(), what: form.what.trim().to_owned() },
        value,
        source: form.source.trim().to_owned(),
        said: filled(&form.said),
        grade: Grade { reliability: form.reliability, credibility: form.credibility },
        words: form.words.trim().to_owned(),
        basis: filled(&form.document).map(|title| Basis::Document { title }).into_iter().collect(),
    };
    desk.act(&seat, Action::Claim(claim)).await?;
    Ok(to(&seat, "claims"))
}

#[derive(Deserialize)]
pub(crate) struct SettleForm {
    claim: u64,
    reason: String,
}

pub(crate) async fn settle(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<SettleForm>,
) -> Done {
    let settlement = Settlement { claim: form.claim, reason: form.reason.trim().to_owned() };
    desk.act(&seat, Action::Settle(settlement)).await?;
    Ok(to(&seat, "claims"))
}
