//! Accounts, and what they may do in which casebook. Who keeps accounts sees no casebook by that.

use super::{Done, Page, rendered};
use crate::fault::Fault;
use crate::frame::Frame;
use crate::role::Role;
use crate::seat::{Posted, Seat};
use crate::{Desk, now_us};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Redirect;
use serde::Deserialize;
use std::sync::Arc;
use store::RoleOf;

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    frame: Frame,
    accounts: Vec<AccountRow>,
    roles: Vec<RoleOf>,
    casebooks: Vec<String>,
    words: Vec<&'static str>,
}

struct AccountRow {
    name: String,
    is_administrator: bool,
    is_locked: bool,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let store = desk.casebooks.store();
    let at_us = now_us();
    let accounts = store.accounts().await?.into_iter().map(|account| AccountRow {
        is_locked: account.locked_until_us > at_us,
        name: account.name,
        is_administrator: account.is_administrator,
    });
    rendered(&AccountsPage {
        frame: Frame::of(&seat, "Accounts", ""),
        accounts: accounts.collect(),
        roles: store.roles().await?,
        casebooks: desk.casebooks.names()?,
        words: Role::ALL.iter().map(|role| role.word()).collect(),
    })
}

#[derive(Deserialize)]
pub(crate) struct AccountForm {
    name: String,
    password: String,
    #[serde(default)]
    administrator: String,
}

pub(crate) async fn add(State(desk): State<Arc<Desk>>, Posted(form): Posted<AccountForm>) -> Done {
    let is_administrator = !form.administrator.is_empty();
    desk.add_account(form.name.trim(), &form.password, is_administrator).await?;
    Ok(Redirect::to("/accounts"))
}

#[derive(Deserialize)]
pub(crate) struct RoleForm {
    casebook: String,
    account: String,
    role: String,
    change: Change,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    Give,
    End,
}

pub(crate) async fn change_role(
    State(desk): State<Arc<Desk>>,
    Posted(form): Posted<RoleForm>,
) -> Done {
    let store = desk.casebooks.store();
    let is_known = Role::of(&form.role).is_some()
        && desk.casebooks.names()?.contains(&form.casebook)
        && store.account(&form.account).await?.is_some();
    if !is_known {
        let sentence = "There is no such account, casebook or role.";
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
    }
    let role = RoleOf { casebook: form.casebook, account: form.account, role: form.role };
    match form.change {
        Change::Give => store.add_role(&role).await?,
        Change::End => store.end_role(&role).await?,
    }
    Ok(Redirect::to("/accounts"))
}
