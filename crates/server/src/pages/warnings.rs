//! Warnings to the public: what was said, in which languages, until when; and a new one.

use super::{Done, Page, moment, rendered, to};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::public::languages;
use crate::role::Ability;
use crate::seat::{Posted, Seat};
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use case::Action;
use case::action::Withdrawal;
use case::warning::{Published, Text, Warning};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "warnings.html")]
struct WarningsPage {
    frame: Frame,
    warnings: Vec<WarningRow>,
    languages: Vec<(&'static str, &'static str)>,
    may_publish: bool,
}

struct WarningRow {
    number: u64,
    headline: String,
    description: String,
    advice: String,
    numbers: String,
    languages: String,
    area: String,
    since: String,
    until: String,
    state: &'static str,
    holds: bool,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let warnings = desk
        .case(&seat.casebook, |case| {
            case.warnings.iter().rev().filter_map(|(entry, own)| row(*entry, own)).collect()
        })
        .await?;
    rendered(&WarningsPage {
        frame: Frame::of(&seat, format!("Warnings · {}", seat.casebook), "warnings"),
        warnings,
        languages: languages(),
        may_publish: seat.may(Ability::Publish),
    })
}

fn row(entry: u64, own: &Published) -> Option<WarningRow> {
    let Warning { texts, area, numbers, until_us } = &own.warning;
    let first = texts.first()?;
    let holds = own.holds(now_us());
    let tags: Vec<&str> = texts.iter().map(|text| &*text.language).collect();
    Some(WarningRow {
        number: entry,
        headline: first.headline.clone(),
        description: first.description.clone(),
        advice: first.advice.clone(),
        numbers: numbers.join(", "),
        languages: tags.join(", "),
        area: area.clone(),
        since: moment(own.since_us),
        until: moment(*until_us),
        state: match own.withdrawn {
            Some(_) => "taken back",
            None if holds => "holds",
            None => "over",
        },
        holds,
    })
}

#[derive(Deserialize)]
pub(crate) struct WarningForm {
    area: String,
    #[serde(default)]
    numbers: String,
    days: u16,
    /// `headline_en`, `description_en`, `advice_en`, …
    #[serde(flatten)]
    texts: BTreeMap<String, String>,
}

impl WarningForm {
    /// What it says in a language; nothing where all of it is empty.
    fn text(&self, tag: &str) -> Option<Text> {
        let field = |name: &str| {
            let said = self.texts.get(&format!("{name}_{tag}"));
            said.map(|said| said.trim().to_owned()).unwrap_or_default()
        };
        let [headline, description, advice] = ["headline", "description", "advice"].map(field);
        let is_empty = headline.is_empty() && description.is_empty() && advice.is_empty();
        let language = tag.to_owned();
        (!is_empty).then_some(Text { language, headline, description, advice })
    }
}

const DAY_US: i64 = 86_400_000_000;

pub(crate) async fn publish(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<WarningForm>,
) -> Done {
    let unclear = |sentence: &str| Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence);
    if !(1..=180).contains(&form.days) {
        return Err(unclear("A warning lasts 1 to 180 days: numbers are given to others later."));
    }
    let numbers = desk.casebooks.numbers(&form.numbers);
    if numbers.is_empty() && !form.numbers.trim().is_empty() {
        return Err(unclear(
            "Write the numbers with their country's code, such as +51 999 123 456.",
        ));
    }
    let area = form.area.trim().to_owned();
    if area.is_empty() {
        return Err(unclear("Say whom the warning is for."));
    }
    let warning = Warning {
        texts: languages().into_iter().filter_map(|(tag, _)| form.text(tag)).collect(),
        area,
        numbers,
        until_us: now_us() + i64::from(form.days) * DAY_US,
    };
    desk.act(&seat, Action::Warn(warning)).await?;
    Ok(to(&seat, "warnings"))
}

#[derive(Deserialize)]
pub(crate) struct WithdrawForm {
    warning: u64,
    reason: String,
}

pub(crate) async fn withdraw(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<WithdrawForm>,
) -> Done {
    let is_warning =
        desk.case(&seat.casebook, |case| case.warnings.contains_key(&form.warning)).await?;
    if !is_warning {
        return Err(Fault::not_found());
    }
    let back = Withdrawal { entry: form.warning, reason: form.reason.trim().to_owned() };
    desk.act(&seat, Action::Withdraw(back)).await?;
    Ok(to(&seat, "warnings"))
}
