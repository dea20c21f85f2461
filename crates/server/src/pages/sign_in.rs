//! Signing in and out, and the first account.

use super::{Page, rendered};
use crate::Desk;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::seat::{COOKIE, Nothing, Posted, Seat, is_from_here};
use crate::secret::same;
use crate::signing::SESSION_US;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use std::sync::Arc;

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
    Ok(signed_in(&secret))
}

/// A new secret at each sign-in: one that was planted before is worth nothing.
fn signed_in(secret: &str) -> Response {
    let seconds = SESSION_US / 1_000_000;
    let cookie = format!("{COOKIE}={secret}; HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
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
    let cookie = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

/// Whether a key makes the first account: only while there is none.
async fn check_key(desk: &Desk, key: &str) -> Result<(), Fault> {
    let is_key = desk.welcome_key.as_ref().is_some_and(|known| same(known, key));
    if is_key && desk.casebooks.store().accounts().await?.is_empty() {
        return Ok(());
    }
    Err(Fault::not_found())
}

pub(crate) async fn welcome(State(desk): State<Arc<Desk>>, Query(key): Query<Key>) -> Page {
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
    desk.add_account(name, &form.password, true).await?;
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
    Ok(signed_in(&desk.sign_in(name, &form.password).await?))
}
