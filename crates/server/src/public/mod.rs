//! For everybody, without signing in: check a number or a message, tell of a scam or of somebody who may be held, read warnings.
//!
//! Nothing of an investigation is told here: a number is compared with published warnings alone, so that nobody learns from it what a desk looks at. No cookies, no
//! scripts; from where somebody asks is counted in memory and written nowhere. What is told goes into the log of one casebook.

mod feed;
mod messages;
mod pace;
mod words;

pub(crate) use pace::Pace;

use crate::fault::Fault;
use crate::pages::{Page, rendered};
use crate::routes::asset_routes;
use crate::seat::{Search, is_from_here};
use crate::{Desk, now_us};
use askama::Template;
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use case::Action;
use case::retention::Expiry;
use case::tip::{About, Tip};
use case::warning::Published;
use messages::{Language, Messages};
use pace::Caller;
use serde::Deserialize;
use std::sync::Arc;
use words::{Words, is_message};

/// The page for everybody: of one casebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    /// The casebook that tips go to and warnings come from.
    pub casebook: String,
    /// Who warns, as readers know them.
    pub name: String,
    /// Emergency numbers, each as it is shown: `Police: 105`.
    pub emergency: Vec<String>,
}

/// Letters of a message that is checked or told.
const SAID_MAX: usize = 8_000;
/// Letters of its other fields.
const FIELD_MAX: usize = 500;

/// All that is answered to everybody.
pub(crate) fn router() -> Router<Arc<Desk>> {
    Router::new()
        .route("/public", get(front))
        .route("/public/check", post(check))
        .route("/public/report", get(report).post(tell))
        .route("/public/warnings.atom", get(feed::atom))
        .route("/public/warnings/{number}", get(warning))
        .route("/public/warnings/{number}/cap.xml", get(feed::cap))
        .merge(asset_routes())
}

/// The page for everybody, where there is one.
fn desk_of(desk: &Desk) -> Result<&Public, Fault> {
    desk.public.as_ref().ok_or_else(Fault::not_found)
}

/// The warnings that are wanted, by their entry.
async fn published(
    desk: &Desk,
    is_wanted: impl Fn(&Published) -> bool,
) -> Result<Vec<(u64, Published)>, Fault> {
    let casebook = &desk_of(desk)?.casebook;
    desk.case(casebook, |case| {
        let wanted = case.warnings.iter().filter(|(_, own)| is_wanted(own));
        wanted.map(|(entry, own)| (*entry, own.clone())).collect()
    })
    .await
}

/// Which language somebody chose.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    lang: String,
}

/// What is around each page.
struct Around {
    language: Language,
    languages: Vec<Language>,
    say: &'static Messages,
    emergency: Vec<String>,
}

fn around(desk: &Desk, lang: &str, headers: &HeaderMap) -> Result<Around, Fault> {
    let language = Language::chosen(lang, headers);
    Ok(Around {
        language,
        languages: Language::all().collect(),
        say: language.messages(),
        emergency: desk_of(desk)?.emergency.clone(),
    })
}

/// A warning, as it is shown.
struct Shown {
    number: u64,
    headline: String,
    description: String,
    advice: String,
    area: String,
    numbers: String,
    until: String,
    is_over: bool,
    /// The language that it is in.
    language: String,
}

fn shown(number: u64, own: &Published, language: Language) -> Option<Shown> {
    let text = own.warning.text(language.tag)?;
    let until = jiff::Timestamp::from_microsecond(own.warning.until_us).ok()?;
    Some(Shown {
        number,
        headline: text.headline.clone(),
        description: text.description.clone(),
        advice: text.advice.clone(),
        area: own.warning.area.clone(),
        numbers: own.warning.numbers.join(", "),
        until: until.strftime("%Y-%m-%d").to_string(),
        is_over: !own.holds(now_us()),
        language: text.language.clone(),
    })
}

#[derive(Template)]
#[template(path = "public/front.html")]
struct FrontPage {
    around: Around,
    warnings: Vec<Shown>,
}

async fn front(
    State(desk): State<Arc<Desk>>,
    Search(asked): Search<Asked>,
    headers: HeaderMap,
) -> Page {
    let around = around(&desk, &asked.lang, &headers)?;
    let at_us = now_us();
    let holding = published(&desk, |own| own.holds(at_us)).await?;
    let shown = holding.iter().rev().filter_map(|(entry, own)| shown(*entry, own, around.language));
    rendered(&FrontPage { warnings: shown.collect(), around })
}

#[derive(Template)]
#[template(path = "public/warning.html")]
struct WarningPage {
    around: Around,
    warning: Shown,
}

async fn warning(
    State(desk): State<Arc<Desk>>,
    Path(number): Path<u64>,
    Search(asked): Search<Asked>,
    headers: HeaderMap,
) -> Page {
    let around = around(&desk, &asked.lang, &headers)?;
    let all = published(&desk, |_| true).await?;
    let own = all.iter().find(|(entry, _)| *entry == number);
    let warning = own.and_then(|(entry, own)| shown(*entry, own, around.language));
    rendered(&WarningPage { warning: warning.ok_or_else(Fault::not_found)?, around })
}

#[derive(Deserialize)]
struct CheckForm {
    #[serde(default)]
    lang: String,
    text: String,
}

/// A number that was checked, with the warnings about it.
struct Checked {
    number: String,
    warnings: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "public/checked.html")]
struct CheckedPage {
    around: Around,
    numbers: Vec<Checked>,
    words: Option<Words>,
}

/// Compares the numbers of a text with the warnings that hold, and reads what its words say. Nothing of it is kept.
async fn check(
    State(desk): State<Arc<Desk>>,
    from: Caller,
    headers: HeaderMap,
    Form(form): Form<CheckForm>,
) -> Result<Response, Fault> {
    let around = around(&desk, &form.lang, &headers)?;
    if !desk.pace.may_check(from) {
        return too_many(around);
    }
    let text: String = form.text.chars().take(SAID_MAX).collect();
    let at_us = now_us();
    let holding = published(&desk, |own| own.holds(at_us)).await?;
    let numbers = desk.casebooks.numbers(&text).into_iter().map(|number| {
        let about = holding.iter().filter(|(_, own)| own.warning.numbers.contains(&number));
        let warnings = about.filter_map(|(entry, own)| shown(*entry, own, around.language));
        Checked { warnings: warnings.collect(), number }
    });
    let numbers = numbers.collect();
    let words = is_message(&text)
        .then(|| Words::of(&text, &desk.casebooks.screened(&text), around.language));
    Ok(rendered(&CheckedPage { around, numbers, words })?.into_response())
}

#[derive(Template)]
#[template(path = "public/told.html")]
struct ToldPage {
    around: Around,
    /// What is said to who told something.
    sentence: String,
    /// By which they can ask for it; empty where nothing was kept.
    reference: String,
}

fn too_many(around: Around) -> Result<Response, Fault> {
    let sentence = around.say.too_many.clone();
    let page = ToldPage { around, sentence, reference: String::new() }.render()?;
    Ok((StatusCode::TOO_MANY_REQUESTS, Html(page)).into_response())
}

#[derive(Template)]
#[template(path = "public/report.html")]
struct ReportPage {
    around: Around,
}

async fn report(
    State(desk): State<Arc<Desk>>,
    Search(asked): Search<Asked>,
    headers: HeaderMap,
) -> Page {
    rendered(&ReportPage { around: around(&desk, &asked.lang, &headers)? })
}

#[derive(Deserialize)]
struct TipForm {
    #[serde(default)]
    lang: String,
    about: About,
    said: String,
    #[serde(default)]
    used: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    contact: String,
}

/// How long a tip is kept: who told it, and how to reach them, is nobody's business for ever.
const TIP_KEPT_US: i64 = 365 * 86_400_000_000;

/// By whom the log says that something was told.
const PUBLIC: &str = "the public";

/// Takes what somebody tells: it is on disk once they are thanked.
async fn tell(
    State(desk): State<Arc<Desk>>,
    from: Caller,
    headers: HeaderMap,
    Form(form): Form<TipForm>,
) -> Result<Response, Fault> {
    let around = around(&desk, &form.lang, &headers)?;
    if !is_from_here(&headers) {
        return Err(Fault::new(StatusCode::FORBIDDEN, "The form did not come from this page."));
    }
    let short = |text: &str, max: usize| text.trim().chars().take(max).collect::<String>();
    let said = short(&form.said, SAID_MAX);
    if said.is_empty() {
        let sentence = around.say.empty.clone();
        let page = ToldPage { around, sentence, reference: String::new() }.render()?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response());
    }
    if !desk.pace.may_tell(from) {
        return too_many(around);
    }
    let tip = Tip {
        about: form.about,
        said,
        used: short(&form.used, FIELD_MAX),
        place: short(&form.place, FIELD_MAX),
        contact: short(&form.contact, FIELD_MAX),
        language: around.language.tag.to_owned(),
    };
    let casebook = desk_of(&desk)?.casebook.clone();
    let entry = desk.act_for(&casebook, PUBLIC, Action::Tip(tip)).await?;
    let expiry = Expiry {
        entry: entry.seq,
        at_us: now_us() + TIP_KEPT_US,
        reason: "tips are kept for a year".to_owned(),
    };
    desk.act_for(&casebook, PUBLIC, Action::Expire(expiry)).await?;
    let sentence = match form.about {
        About::Held => around.say.sent_held.clone(),
        About::Scam => around.say.sent.clone(),
    };
    let reference = reference(&entry.seal.to_string());
    Ok(rendered(&ToldPage { around, sentence, reference })?.into_response())
}

/// By which a tip can be asked for: the beginning of its seal, which tells nothing of how many there are.
pub(crate) fn reference(seal: &str) -> String {
    seal.chars().take(8).collect::<String>().to_uppercase()
}

/// The languages that a warning can be in: their tags and names.
pub(crate) fn languages() -> Vec<(&'static str, &'static str)> {
    Language::all().map(|language| (language.tag, &*language.messages().name)).collect()
}
