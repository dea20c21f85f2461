//! Tokens, with which a program does what its account may do.

use crate::fault::Fault;
use crate::frame::Frame;
use crate::pages::{Done, Page, moment, rendered};
use crate::seat::{Posted, Seat};
use crate::secret::{seal, secret};
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use serde::Deserialize;
use std::sync::Arc;
use store::Session;

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    frame: Frame,
    /// A new token: shown once.
    made: String,
    held: Vec<TokenRow>,
}

struct TokenRow {
    name: String,
    until: String,
    seal: String,
}

pub(crate) async fn tokens(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    page(&desk, &seat, String::new()).await
}

async fn page(desk: &Desk, seat: &Seat, made: String) -> Page {
    let held = desk.casebooks.store().tokens_of(&seat.account, now_us()).await?;
    let row = |(seal, session): (String, Session)| TokenRow {
        name: session.token_name.unwrap_or_default(),
        until: moment(session.until_us),
        seal,
    };
    let held = held.into_iter().map(row).collect();
    rendered(&TokensPage { frame: Frame::of(seat, "Tokens", ""), made, held })
}

/// A token that is ended, by its seal.
#[derive(Deserialize)]
pub(crate) struct Ended {
    seal: String,
}

impl Ended {
    /// Ends it. Errors: it is not theirs.
    pub(crate) async fn end(
        State(desk): State<Arc<Desk>>,
        seat: Seat,
        Posted(ended): Posted<Self>,
    ) -> Done {
        let store = desk.casebooks.store();
        let held = store.tokens_of(&seat.account, now_us()).await?;
        if !held.iter().any(|(seal, _)| *seal == ended.seal) {
            return Err(Fault::not_found());
        }
        store.end_session(&ended.seal, now_us()).await?;
        Ok(Redirect::to("/tokens"))
    }
}

/// A token that is asked for.
#[derive(Deserialize)]
pub(crate) struct Token {
    name: String,
    days: u16,
}

impl Token {
    /// Makes it. Errors: it has no name, or lasts too long.
    pub(crate) async fn make(
        State(desk): State<Arc<Desk>>,
        seat: Seat,
        Posted(token): Posted<Self>,
    ) -> Page {
        const DAY_US: i64 = 86_400_000_000;
        if token.name.trim().is_empty() || !(1..=366).contains(&token.days) {
            let sentence = "Say what the token is for; it lasts 1 to 366 days.";
            return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
        }
        let made = secret()?;
        let session = Session {
            account: seat.account.clone(),
            token_name: Some(token.name.trim().to_owned()),
            until_us: now_us() + i64::from(token.days) * DAY_US,
        };
        desk.casebooks.store().add_session(&seal("session", &made), &session).await?;
        page(&desk, &seat, made).await
    }
}
