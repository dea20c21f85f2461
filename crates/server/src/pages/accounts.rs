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
use case::Action;
use case::action::AccountChange;
use serde::Deserialize;
use std::collections::BTreeSet;
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
    is_ended: bool,
}

pub(crate) async fn page(State(desk): State<Arc<Desk>>, seat: Seat) -> Page {
    let store = desk.casebooks.store();
    let at_us = now_us();
    let accounts = store.accounts().await?.into_iter().map(|account| AccountRow {
        is_locked: account.locked_until_us > at_us,
        is_ended: account.is_ended,
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
    desk.add_account(form.name.trim(), &form.password, is_administrator, true).await?;
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

/// What somebody may do is told in the log of the casebook where they may do it.
async fn record(
    desk: &Desk,
    by: &Seat,
    casebook: &str,
    account: &str,
    change: &str,
) -> Result<(), Fault> {
    let changed = AccountChange { account: account.to_owned(), change: change.to_owned() };
    desk.act_for(casebook, &by.account, Action::Account(changed)).await?;
    Ok(())
}

/// The same in all casebooks in which they may do something.
async fn record_everywhere(
    desk: &Desk,
    by: &Seat,
    account: &str,
    change: &str,
) -> Result<(), Fault> {
    let roles = desk.casebooks.store().roles_of(account).await?;
    let casebooks: BTreeSet<String> = roles.into_iter().map(|role| role.casebook).collect();
    for casebook in casebooks.iter().filter(|casebook| desk.casebooks.is_there(casebook)) {
        record(desk, by, casebook, account, change).await?;
    }
    Ok(())
}

#[derive(Deserialize)]
pub(crate) struct PasswordForm {
    account: String,
    password: String,
}

/// Gives somebody who forgot theirs a first password again.
pub(crate) async fn reset(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<PasswordForm>,
) -> Done {
    known(&desk, &form.account).await?;
    let hash = desk.hash_of(&form.password).await?;
    record_everywhere(&desk, &seat, &form.account, "was given a first password anew").await?;
    desk.casebooks.store().set_password(&form.account, &hash, true).await?;
    Ok(Redirect::to("/accounts"))
}

#[derive(Deserialize)]
pub(crate) struct EndForm {
    account: String,
}

/// Ends an account. Errors: it is one's own, so that somebody keeps the accounts.
pub(crate) async fn end(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
    Posted(form): Posted<EndForm>,
) -> Done {
    known(&desk, &form.account).await?;
    if form.account == seat.account {
        let sentence = "You cannot end your own account: somebody has to keep the others.";
        return Err(Fault::new(StatusCode::CONFLICT, sentence));
    }
    record_everywhere(&desk, &seat, &form.account, "their account was ended").await?;
    desk.casebooks.store().end_account(&form.account).await?;
    Ok(Redirect::to("/accounts"))
}

async fn known(desk: &Desk, account: &str) -> Result<(), Fault> {
    if desk.casebooks.store().account(account).await?.is_some() {
        return Ok(());
    }
    Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "There is no such account."))
}

pub(crate) async fn change_role(
    State(desk): State<Arc<Desk>>,
    seat: Seat,
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
    let word = if matches!(form.change, Change::Give) { "is now" } else { "is no longer" };
    let change = format!("{word} {}", form.role);
    record(&desk, &seat, &form.casebook, &form.account, &change).await?;
    let role = RoleOf { casebook: form.casebook, account: form.account, role: form.role };
    match form.change {
        Change::Give => store.add_role(&role).await?,
        Change::End => store.end_role(&role).await?,
    }
    Ok(Redirect::to("/accounts"))
}
