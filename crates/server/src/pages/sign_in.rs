//! Signing in and out, and the first account.

use super::{Page, rendered};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{Nothing, Posted, Search, Seat, cookie_name, is_from_here};
use crate::secret::same;
use crate::signing::SESSION_US;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use std::sync::{Arc, PoisonError};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    frame: Frame,
    /// The key of the first account; empty where there are accounts.
    key: String,
}

#[derive(Deserialize)]
pub(crate) struct SignInForm {
    name: String,
    password: String,
}

#[derive(Deserialize)]
pub(crate) struct WelcomeForm {
    name: String,
    password: String,
    key: String,
}

#[derive(Deserialize)]
pub(crate) struct Key {
    #[serde(default)]
    key: String,
}

pub(crate) async fn page() -> Page {
    rendered(&SignInPage { frame: Frame::bare("Sign in"), key: String::new() })
}

pub(crate) async fn sign_in(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Result<Response, Fault> {
    from_here(&headers)?;
    let secret = desk.sign_in(form.name.trim(), &form.password).await?;
    Ok(with_cookie(&desk, &secret, SESSION_US / 1_000_000, "/"))
}

/// Goes somewhere with the secret of a session, kept for so many seconds. It is a new one at each sign-in: one that was planted before is worth nothing.
pub(super) fn with_cookie(desk: &Desk, secret: &str, seconds: i64, to: &str) -> Response {
    let name = cookie_name(desk.is_behind_tls);
    let secure = if desk.is_behind_tls { "; Secure" } else { "" };
    let cookie =
        format!("{name}={secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{secure}");
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

fn from_here(headers: &HeaderMap) -> Result<(), Fault> {
    if is_from_here(headers) {
        return Ok(());
    }
    Err(Fault::new(StatusCode::FORBIDDEN, "The form did not come from a page of this server."))
}

pub(crate) async fn sign_out(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Fault> {
    desk.casebooks.store().end_session(&seat.session, crate::now_us()).await?;
    Ok(with_cookie(&desk, "", 0, "/sign-in"))
}

/// Whether a key makes the first account: only while there is none.
async fn check_key(desk: &Desk, key: &str) -> Result<(), Fault> {
    let is_key = {
        let known = desk.welcome_key.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().is_some_and(|known| same(known, key))
    };
    if is_key && desk.casebooks.store().accounts().await?.is_empty() {
        return Ok(());
    }
    Err(Fault::not_found())
}

/// Takes the key: of two who come with it at once, one gets it.
fn take_key(desk: &Desk) -> Result<String, Fault> {
    let mut key = desk.welcome_key.lock().unwrap_or_else(PoisonError::into_inner);
    key.take().ok_or_else(Fault::not_found)
}

pub(crate) async fn welcome(State(desk): State<Arc<Desk>>, Search(key): Search<Key>) -> Page {
    check_key(&desk, &key.key).await?;
    rendered(&SignInPage { frame: Frame::bare("The first account"), key: key.key })
}

/// Makes the first account, which may do everything in all casebooks that there are.
pub(crate) async fn begin(
    State(desk): State<Arc<Desk>>,
    headers: HeaderMap,
    Form(form): Form<WelcomeForm>,
) -> Result<Response, Fault> {
    from_here(&headers)?;
    check_key(&desk, &form.key).await?;
    let name = form.name.trim();
    let key = take_key(&desk)?;
    if let Err(fault) = desk.add_account(name, &form.password, true, false).await {
        *desk.welcome_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        return Err(fault);
    }
    for casebook in desk.casebooks.names()? {
        for role in [crate::Role::Supervisor, crate::Role::Protection] {
            let role = store::RoleOf {
                casebook: casebook.clone(),
                account: name.to_owned(),
                role: role.word().to_owned(),
            };
            desk.casebooks.store().add_role(&role).await?;
        }
    }
    let secret = desk.sign_in(name, &form.password).await?;
    Ok(with_cookie(&desk, &secret, SESSION_US / 1_000_000, "/"))
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage {
    frame: Frame,
    must_change: bool,
}

pub(crate) async fn password(seat: Seat) -> Page {
    let frame = Frame::of(&seat, "Password", "");
    rendered(&PasswordPage { frame, must_change: seat.must_change })
}

#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    old: String,
    new: String,
}

/// Changes the password of who is signed in; they are signed out everywhere, and their tokens end.
pub(crate) async fn change_password(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<PasswordForm>,
) -> Result<Response, Fault> {
    let unclear = |sentence: &str| Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence);
    if form.old == form.new {
        return Err(unclear("Choose another password than the one that you have."));
    }
    if !desk.is_password_of(&seat.account, &form.old).await? {
        return Err(unclear("That is not your password now."));
    }
    let hash = desk.hash_of(&form.new).await?;
    desk.casebooks.store().set_password(&seat.account, &hash, false).await?;
    Ok(with_cookie(&desk, "", 0, "/sign-in"))
}
