//! Warnings for programs: an Atom feed (RFC 4287) and alerts in the Common Alerting Protocol (OASIS CAP 1.2).

use super::messages::Language;
use super::{Asked, desk_of, published};
use crate::fault::Fault;
use crate::seat::Search;
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use case::warning::{Published, Text};
use std::sync::Arc;

/// How long a warning stays in the feed after it ended, so that programs learn that it did.
const ENDED_US: i64 = 30 * 86_400_000_000;

#[derive(Template)]
#[template(path = "warnings.atom.xml")]
struct Feed {
    id: String,
    language: &'static str,
    title: String,
    updated: String,
    author: String,
    entries: Vec<FeedEntry>,
}

struct FeedEntry {
    number: u64,
    id: String,
    title: String,
    published: String,
    updated: String,
    summary: String,
}

/// A moment as RFC 3339 has it.
fn stamp(at_us: i64) -> String {
    jiff::Timestamp::from_microsecond(at_us)
        .map(|stamp| stamp.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// The same as CAP has it: no letter for the world's clock (CAP 1.2, 3.3.2).
fn cap_stamp(at_us: i64) -> String {
    stamp(at_us).replace('Z', "-00:00")
}

pub(crate) async fn atom(
    State(desk): State<Arc<Desk>>,
    Search(asked): Search<Asked>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let public = desk_of(&desk)?;
    let language = Language::chosen(&asked.lang, &headers);
    let messages = language.messages();
    let at_us = now_us();
    let base = format!("urn:ringtrace:{}:warning", public.casebook);
    let all = published(&desk, |own| at_us - ended_us(own, at_us) < ENDED_US).await?;
    let entry = |(number, own): (u64, Published)| {
        let text = own.warning.text(language.tag)?.clone();
        let state = if own.withdrawn.is_some() { &*messages.withdrawn } else { "" };
        let said = [state, &text.description, &text.advice, &own.warning.numbers.join(", ")];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        Some(FeedEntry {
            number,
            id: format!("{base}:{number}"),
            title: text.headline,
            published: stamp(own.since_us),
            updated: stamp(own.withdrawn.map_or(own.since_us, |(_, at_us)| at_us)),
            summary: said.join(" "),
        })
    };
    let entries: Vec<FeedEntry> = all.into_iter().rev().filter_map(entry).collect();
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    let feed = Feed {
        id: format!("{base}s"),
        language: language.tag,
        title: messages.warnings.clone(),
        // A feed in which nothing ever stood was made when the epoch began.
        updated: updated.unwrap_or_else(|| stamp(0)),
        author: public.name.clone(),
        entries,
    };
    Ok(xml("application/atom+xml; charset=utf-8", feed.render()?))
}

/// When a warning ended; now, where it holds.
fn ended_us(own: &Published, at_us: i64) -> i64 {
    own.withdrawn.map_or(own.warning.until_us, |(_, at_us)| at_us).min(at_us)
}

fn xml(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

#[derive(Template)]
#[template(path = "alert.cap.xml")]
struct Alert {
    identifier: String,
    sender: String,
    sent: String,
    kind: &'static str,
    /// The alert that this one cancels.
    references: String,
    name: String,
    expires: String,
    area: String,
    numbers: Vec<String>,
    texts: Vec<(Text, String)>,
}

pub(crate) async fn cap(
    State(desk): State<Arc<Desk>>,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    let public = desk_of(&desk)?;
    let own = published(&desk, |_| true).await?.into_iter().find(|(entry, _)| *entry == number);
    let (_, own) = own.ok_or_else(Fault::not_found)?;
    let sender = plain(&public.name);
    let identifier = format!("ringtrace-{}-{number}", plain(&public.casebook));
    let sent = cap_stamp(own.since_us);
    let alert = Alert {
        references: format!("{sender},{identifier},{sent}"),
        identifier: own
            .withdrawn
            .map_or_else(|| identifier.clone(), |(by, _)| format!("{identifier}-withdrawn-{by}")),
        sender,
        sent: own.withdrawn.map_or(sent, |(_, at_us)| cap_stamp(at_us)),
        kind: if own.withdrawn.is_some() { "Cancel" } else { "Alert" },
        name: public.name.clone(),
        expires: cap_stamp(own.warning.until_us),
        area: own.warning.area.clone(),
        numbers: own.warning.numbers.clone(),
        texts: own.warning.texts.into_iter().map(with_event).collect(),
    };
    Ok(xml("application/cap+xml; charset=utf-8", alert.render()?))
}

/// A text with what it warns of, in its language.
fn with_event(text: Text) -> (Text, String) {
    let language = Language::of(&text.language);
    let event = language.map_or("Telephone scam", |language| &language.messages().event);
    (text, event.to_owned())
}

/// A name without what CAP does not allow in one: spaces, commas, `<` and `&`.
fn plain(name: &str) -> String {
    name.chars()
        .map(|letter| if letter.is_whitespace() || ",<&".contains(letter) { '-' } else { letter })
        .collect()
}
