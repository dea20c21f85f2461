//! Tokens, with which a program does what its account may do.

use crate::fault::Fault;
use crate::frame::Frame;
use crate::pages::{Page, rendered};
use crate::seat::{Posted, Seat};
use crate::secret::{seal, secret};
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use std::sync::Arc;
use store::Session;

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    frame: Frame,
    /// A new token: shown once.
    made: String,
}

pub(crate) async fn tokens(seat: Seat) -> Page {
    rendered(&TokensPage { frame: Frame::of(&seat, "Tokens", ""), made: String::new() })
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
        rendered(&TokensPage { frame: Frame::of(&seat, "Tokens", ""), made })
    }
}
