//! Signing in and out, and what was revealed to whom for a while.

use crate::fault::Fault;
use crate::seat::Seat;
use crate::secret::{PASSWORD_MIN, hashed, holds, seal, secret};
use crate::{Desk, now_us};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Account, Session};

const SECOND_US: i64 = 1_000_000;
/// How long a browser stays signed in.
pub(crate) const SESSION_US: i64 = 12 * 3_600 * SECOND_US;
/// How long something stays revealed.
const REVEALED_US: i64 = 15 * 60 * SECOND_US;
/// Wrong passwords before an account is locked for a while.
const FAILURES_MAX: u32 = 5;
/// The longest lock.
const LOCK_MAX_US: i64 = 15 * 60 * SECOND_US;

/// What was revealed, by session and place, and until when.
#[derive(Default)]
pub(crate) struct Revealed {
    until_us: Mutex<BTreeMap<(String, String), i64>>,
}

impl Revealed {
    /// Reveals a place to a session for a while.
    pub(crate) fn add(&self, session: &str, place: &str, at_us: i64) {
        let mut until_us = self.until_us.lock().unwrap_or_else(PoisonError::into_inner);
        until_us.retain(|_, until_us| *until_us > at_us);
        until_us.insert((session.to_owned(), place.to_owned()), at_us + REVEALED_US);
    }

    /// Whether a place is revealed to a session.
    pub(crate) fn holds(&self, session: &str, place: &str, at_us: i64) -> bool {
        let until_us = self.until_us.lock().unwrap_or_else(PoisonError::into_inner);
        until_us.get(&(session.to_owned(), place.to_owned())).is_some_and(|until| *until > at_us)
    }
}

/// Somebody who asks to see the record of a person whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asking {
    pub(crate) casebook: String,
    pub(crate) person: u64,
    pub(crate) account: String,
    pub(crate) reason: String,
    session: String,
    until_us: i64,
}

/// Those who ask and wait for a second person.
#[derive(Default)]
pub(crate) struct Askings {
    open: Mutex<Vec<Asking>>,
}

impl Askings {
    /// Somebody asks; who asks again asks with the new reason.
    pub(crate) fn add(&self, seat: &Seat, person: u64, reason: &str, at_us: i64) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|asking| {
            asking.until_us > at_us && (asking.session != seat.session || asking.person != person)
        });
        open.push(Asking {
            casebook: seat.casebook.clone(),
            person,
            account: seat.account.clone(),
            reason: reason.to_owned(),
            session: seat.session.clone(),
            until_us: at_us + REVEALED_US,
        });
    }

    /// Those who ask for a person of a casebook.
    pub(crate) fn of(&self, casebook: &str, person: u64, at_us: i64) -> Vec<Asking> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let own = open.iter().filter(|asking| {
            asking.casebook == casebook && asking.person == person && asking.until_us > at_us
        });
        own.cloned().collect()
    }

    /// Takes the asking of an account away; `None` where it asked for nothing.
    pub(crate) fn take(
        &self,
        casebook: &str,
        person: u64,
        account: &str,
        at_us: i64,
    ) -> Option<Asking> {
        let found =
            self.of(casebook, person, at_us).into_iter().find(|one| one.account == account)?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|asking| *asking != found);
        Some(found)
    }
}

impl Asking {
    /// The session that sees what was asked for.
    pub(crate) fn session(&self) -> &str {
        &self.session
    }
}

/// How long an account is locked after so many wrong passwords in a row.
fn lock_us(failures: u32) -> i64 {
    match failures.checked_sub(FAILURES_MAX) {
        None => 0,
        Some(more) => (SECOND_US << (more + 2).min(20)).min(LOCK_MAX_US),
    }
}

impl Desk {
    /// Signs somebody in: the secret of their new session. Errors: name or password are wrong, or the account is locked for a while; which of them is not
    /// told.
    pub(crate) async fn sign_in(
        self: &Arc<Self>,
        name: &str,
        password: &str,
    ) -> Result<String, Fault> {
        let store = self.casebooks.store();
        if !self.is_password_of(name, password).await? {
            return Err(wrong());
        }
        store.forget_failures(name).await?;
        let secret = secret()?;
        let until_us = now_us() + SESSION_US;
        let session = Session { account: name.to_owned(), token_name: None, until_us };
        store.add_session(&seal("session", &secret), &session).await?;
        Ok(secret)
    }

    /// Whether a password is that of an account. A wrong one is counted; after some of them the right one is taken for wrong for a while.
    pub(crate) async fn is_password_of(&self, name: &str, password: &str) -> Result<bool, Fault> {
        let store = self.casebooks.store();
        // Looked at within the turn: of many tries at once, each counts before the next is looked at.
        let turn = self.passwords.acquire().await;
        let account = store.account(name).await?.filter(|account| !account.is_ended);
        // A name that is not known, or locked, takes as long as one that is looked at.
        let kept =
            account.as_ref().map_or_else(|| UNKNOWN.to_owned(), |known| known.password.clone());
        let given = password.to_owned();
        let is_right = tokio::task::spawn_blocking(move || holds(&given, &kept)).await?;
        let Some(account) = account else { return Ok(false) };
        let at_us = now_us();
        let is_locked = account.locked_until_us > at_us;
        if !is_right && !is_locked {
            let failures = store.add_failure(name).await?;
            store.lock_account(name, at_us + lock_us(failures)).await?;
        }
        drop(turn);
        Ok(is_right && !is_locked)
    }

    /// Makes an account. Errors: name or password will not do, or the name is taken.
    pub(crate) async fn add_account(
        self: &Arc<Self>,
        name: &str,
        password: &str,
        is_administrator: bool,
        must_change: bool,
    ) -> Result<(), Fault> {
        let bad = |sentence: &str| Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
        let is_plain = |letter: char| letter.is_alphanumeric() || "-_.@".contains(letter);
        if name.is_empty() || name.chars().count() > 64 || !name.chars().all(is_plain) {
            return bad("A name has up to 64 letters and digits, and - _ . @");
        }
        let account = Account {
            name: name.to_owned(),
            password: self.hash_of(password).await?,
            is_administrator,
            failures: 0,
            locked_until_us: 0,
            must_change,
            is_ended: false,
        };
        if self.casebooks.store().add_account(&account, now_us()).await? {
            return Ok(());
        }
        bad("That name is taken.")
    }

    /// The hash of a new password. Errors: it will not do.
    pub(crate) async fn hash_of(&self, password: &str) -> Result<String, Fault> {
        if password.chars().count() < PASSWORD_MIN || password.len() > 1_024 {
            let sentence = "A password has at least 12 letters.";
            return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, sentence));
        }
        let given = password.to_owned();
        let turn = self.passwords.acquire().await;
        let hash = tokio::task::spawn_blocking(move || hashed(&given)).await??;
        drop(turn);
        Ok(hash)
    }
}

fn wrong() -> Fault {
    Fault::new(
        StatusCode::UNAUTHORIZED,
        "Name or password are wrong, or there were too many wrong ones: then wait a quarter of an hour.",
    )
}

/// A hash that no password has, with the library's parameters.
const UNKNOWN: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_grows_and_has_an_end() {
        assert_eq!((lock_us(4), lock_us(5)), (0, 4 * SECOND_US));
        assert!(lock_us(6) > lock_us(5));
        assert_eq!((lock_us(60), lock_us(u32::MAX)), (LOCK_MAX_US, LOCK_MAX_US));
    }

    #[test]
    fn what_was_revealed_is_hidden_again_after_a_while_and_from_others() {
        let revealed = Revealed::default();
        revealed.add("mine", "room R1", 0);
        assert!(revealed.holds("mine", "room R1", 1));
        assert!(!revealed.holds("other", "room R1", 1) && !revealed.holds("mine", "room R2", 1));
        assert!(!revealed.holds("mine", "room R1", REVEALED_US));
    }

    #[test]
    fn the_hash_of_nobody_is_read_and_holds_nothing() {
        assert!(argon2::password_hash::phc::PasswordHash::new(UNKNOWN).is_ok());
        assert!(!holds("", UNKNOWN));
    }
}
