//! What the public told: scams for who works on them, people who may be held for protection officers alone. Contacts are hidden until somebody says why they need one.

use super::{Done, Page, grant, moment, rendered, to};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::public::reference;
use crate::role::Ability;
use crate::seat::{Posted, Seat};
use askama::Template;
use axum::extract::{Path, State};
use case::Action;
use case::tip::{About, Answer, Told};
use domain::mask::Sight;
use serde::Deserialize;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "tips.html")]
struct TipsPage {
    frame: Frame,
    /// Where they come from; empty where the page for everybody is not open.
    address: &'static str,
    tips: Vec<TipRow>,
    /// Tips about people who may be held, where the reader is no protection officer.
    held_elsewhere: usize,
    may_decide: bool,
    may_reveal: bool,
}

struct TipRow {
    number: u64,
    reference: String,
    about: &'static str,
    is_held: bool,
    at: String,
    language: String,
    said: String,
    used: String,
    place: String,
    has_contact: bool,
    contact: String,
    is_revealed: bool,
    answers: Vec<String>,
}

/// What a tip is known by among what was revealed.
fn mark(tip: u64) -> String {
    format!("tip {tip}")
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let all: Vec<(u64, Told)> = desk
        .case(&seat.casebook, |case| {
            case.tips.iter().map(|(entry, told)| (*entry, told.clone())).collect()
        })
        .await?;
    let (own, others): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|(_, told)| told.tip.about == About::Scam || seat.may(Ability::Protect));
    let is_open = desk.public.as_ref().is_some_and(|public| public.casebook == seat.casebook);
    // Of those that wait, the ones about people first; then the latest.
    let mut own = own;
    own.sort_by_key(|(entry, told)| (!told.answers.is_empty(), told.tip.about, u64::MAX - entry));
    rendered(&TipsPage {
        frame: Frame::of(&seat, format!("Tips · {}", seat.casebook), "tips"),
        address: if is_open { "/public" } else { "" },
        tips: own.iter().map(|(entry, told)| row(&desk, &seat, *entry, told)).collect(),
        held_elsewhere: others.iter().filter(|(_, told)| told.answers.is_empty()).count(),
        may_decide: seat.may(Ability::Work),
        may_reveal: seat.may(Ability::Reveal),
    })
}

fn row(desk: &Desk, seat: &Seat, entry: u64, told: &Told) -> TipRow {
    let sight = grant(desk, seat, &mark(entry)).sight;
    let tip = &told.tip;
    TipRow {
        number: entry,
        reference: reference(&told.seal),
        about: if tip.about == About::Held { "somebody may be held" } else { "scam" },
        is_held: tip.about == About::Held,
        at: moment(told.at_us),
        language: tip.language.clone(),
        said: sight.show_free(&tip.said),
        used: sight.show_free(&tip.used),
        place: tip.place.clone(),
        has_contact: !tip.contact.is_empty(),
        contact: if sight == Sight::Revealed {
            tip.contact.clone()
        } else {
            "•••".to_owned()
        },
        is_revealed: sight == Sight::Revealed,
        answers: told.answers.iter().map(|(_, answer)| answer.note.clone()).collect(),
    }
}

/// Whether a tip is there for somebody. Errors: it is not.
async fn known(desk: &Arc<Desk>, seat: &Seat, tip: u64) -> Result<(), Fault> {
    let about =
        desk.case(&seat.casebook, |case| case.tips.get(&tip).map(|told| told.tip.about)).await?;
    match about {
        Some(About::Held) if !seat.may(Ability::Protect) => Err(Fault::not_found()),
        Some(_) => Ok(()),
        None => Err(Fault::not_found()),
    }
}

#[derive(Deserialize)]
pub(crate) struct AnswerForm {
    note: String,
}

pub(crate) async fn answer(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, tip)): Path<(String, u64)>,
    Posted(form): Posted<AnswerForm>,
) -> Done {
    known(&desk, &seat, tip).await?;
    let note = form.note.trim().to_owned();
    desk.act(&seat, Action::Answer(Answer { tip, note })).await?;
    Ok(to(&seat, "tips"))
}

#[derive(Deserialize)]
pub(crate) struct RevealForm {
    reason: String,
}

pub(crate) async fn reveal(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Path((_, tip)): Path<(String, u64)>,
    Posted(form): Posted<RevealForm>,
) -> Done {
    known(&desk, &seat, tip).await?;
    super::reveal(&desk, &seat, &mark(tip), &mark(tip), &form.reason).await?;
    Ok(to(&seat, "tips"))
}
