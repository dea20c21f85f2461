//! The log: what was done, by whom, when and why, in entries that only follow each other.
//!
//! Each entry's seal is the SHA-256 (FIPS 180-4) of its fields and of the seal before it: a chain (Haber and Stornetta, 1991). A change of any
//! entry, a gap or another order breaks it there. What an entry says can be erased, where the law asks for it: its own seal stays, and the chain holds.
//! A word of chance in each entry keeps an erased one from being guessed out of its seal.

use crate::Action;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// A SHA-256 seal. Written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seal([u8; 32]);

/// The end of a log: its last entry's place and seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last entry's place.
    pub seq: u64,
    /// Its seal, which seals all before it too.
    pub seal: Seal,
}

/// What is said of an entry before it has its place in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// When, microseconds since 1970-01-01 UTC.
    pub at_us: i64,
    /// Who: an account's name.
    pub actor: String,
    /// What for.
    pub purpose: String,
    /// On which legal basis.
    pub legal_basis: String,
    /// A word of chance, never used twice.
    pub salt: String,
    /// What was done.
    pub action: Action,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place, from 1.
    pub seq: u64,
    /// When, microseconds since 1970-01-01 UTC.
    pub at_us: i64,
    /// Who.
    pub actor: String,
    /// What for.
    pub purpose: String,
    /// On which legal basis.
    pub legal_basis: String,
    /// What was done, in JSON with its word of chance; `None` once erased.
    pub body: Option<String>,
    /// The body's seal.
    pub body_seal: Seal,
    /// The seal of all of this and of the entry before.
    pub seal: Seal,
}

/// What an entry's body holds.
#[derive(Serialize, Deserialize)]
struct Body {
    salt: String,
    #[serde(flatten)]
    action: Action,
}

/// Where a log is broken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq}: {why}")]
pub struct Broken {
    /// The first entry that does not hold.
    pub seq: u64,
    /// Why.
    pub why: Why,
}

/// Why an entry does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// An entry before it is missing, or it stands twice.
    #[error("it does not follow the entry before it")]
    Place,
    /// A field was changed, or the entry before it.
    #[error("its seal is not that of what it says and of the entry before it")]
    Seal,
    /// What it says was changed.
    #[error("what it says was changed")]
    Body,
    /// What it says is gone, and no later entry erased it.
    #[error("what it says is gone, and no later entry says that it was erased")]
    Gone,
    /// What it says cannot be read.
    #[error("what it says is of no known form")]
    Form,
}

impl Entry {
    /// The entry of a draft after the end of the log so far.
    ///
    /// Errors: none in practice; JSON of an action can always be written.
    pub fn after(head: Option<Head>, draft: &Draft) -> Result<Self, serde_json::Error> {
        let body = Body { salt: draft.salt.clone(), action: draft.action.clone() };
        let body = serde_json::to_string(&body)?;
        let body_seal = Seal::of(&[body.as_bytes()]);
        let mut entry = Self {
            seq: head.map_or(1, |head| head.seq + 1),
            at_us: draft.at_us,
            actor: draft.actor.clone(),
            purpose: draft.purpose.clone(),
            legal_basis: draft.legal_basis.clone(),
            body: Some(body),
            body_seal,
            seal: body_seal,
        };
        entry.seal = entry.sealed(head);
        Ok(entry)
    }

    /// The end of the log that this entry ends.
    pub fn head(&self) -> Head {
        Head { seq: self.seq, seal: self.seal }
    }

    /// What was done; `None` once erased. Errors: the body is of no known form.
    pub fn action(&self) -> Result<Option<Action>, Broken> {
        let Some(body) = &self.body else { return Ok(None) };
        match serde_json::from_str::<Body>(body) {
            Ok(body) => Ok(Some(body.action)),
            Err(_) => Err(self.broken(Why::Form)),
        }
    }

    fn sealed(&self, before: Option<Head>) -> Seal {
        Seal::of(&[
            b"ringtrace log 1",
            &before.map_or([0; 32], |head| head.seal.0),
            &self.seq.to_be_bytes(),
            &self.at_us.to_be_bytes(),
            self.actor.as_bytes(),
            self.purpose.as_bytes(),
            self.legal_basis.as_bytes(),
            &self.body_seal.0,
        ])
    }

    fn broken(&self, why: Why) -> Broken {
        Broken { seq: self.seq, why }
    }
}

/// Checks a log from its first entry on. Errors: the first entry that does not hold.
pub fn verify(entries: &[Entry]) -> Result<(), Broken> {
    let mut erased = BTreeSet::new();
    for entry in entries {
        if let Ok(Some(Action::Erase(erasure))) = entry.action() {
            erased.extend(erasure.entries.into_iter().filter(|seq| *seq < entry.seq));
        }
    }
    let mut head = None;
    for entry in entries {
        entry.holds_after(head, &erased)?;
        head = Some(entry.head());
    }
    Ok(())
}

impl Entry {
    fn holds_after(&self, head: Option<Head>, erased: &BTreeSet<u64>) -> Result<(), Broken> {
        if self.seq != head.map_or(1, |head| head.seq + 1) {
            return Err(self.broken(Why::Place));
        }
        match &self.body {
            Some(body) if Seal::of(&[body.as_bytes()]) != self.body_seal => {
                return Err(self.broken(Why::Body));
            }
            Some(_) => {
                self.action()?;
            }
            None if !erased.contains(&self.seq) => return Err(self.broken(Why::Gone)),
            None => {}
        }
        if self.sealed(head) != self.seal {
            return Err(self.broken(Why::Seal));
        }
        Ok(())
    }
}

impl Seal {
    /// The seal of some fields, each with its length before it: so that no two lists of fields are sealed alike.
    pub fn of(fields: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for field in fields {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(into, "{byte:02x}"))
    }
}

/// The text is no seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a seal is 64 hexadecimal digits")]
pub struct NoSeal;

impl FromStr for Seal {
    type Err = NoSeal;

    fn from_str(text: &str) -> Result<Self, NoSeal> {
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(NoSeal);
        }
        let mut seal = [0; 32];
        for (byte, at) in seal.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| NoSeal)?;
        }
        Ok(Self(seal))
    }
}

impl TryFrom<String> for Seal {
    type Error = NoSeal;

    fn try_from(text: String) -> Result<Self, NoSeal> {
        text.parse()
    }
}

impl From<Seal> for String {
    fn from(seal: Seal) -> Self {
        seal.to_string()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::action::{Erasure, Query};
    use proptest::prelude::*;

    /// A log of these actions, a second apart.
    pub(crate) fn log(actions: &[Action]) -> Vec<Entry> {
        let mut log: Vec<Entry> = Vec::new();
        for (at_us, action) in (0..).step_by(1_000_000).zip(actions) {
            let draft = Draft {
                at_us,
                actor: "amal".to_owned(),
                purpose: "drill".to_owned(),
                legal_basis: "none: made data".to_owned(),
                salt: at_us.to_string(),
                action: action.clone(),
            };
            log.push(Entry::after(log.last().map(Entry::head), &draft).unwrap());
        }
        log
    }

    fn queries(count: usize) -> Vec<Action> {
        let query = |nth: usize| Action::Query(Query { what: format!("room R{nth}") });
        (1..=count).map(query).collect()
    }

    #[test]
    fn a_log_holds_and_says_again_what_was_done() {
        let actions = queries(5);
        let log = log(&actions);
        verify(&log).unwrap();
        let said: Vec<Action> = log.iter().map(|entry| entry.action().unwrap().unwrap()).collect();
        assert_eq!(said, actions);
        let text = serde_json::to_string(&log[4]).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), log[4]);
    }

    #[test]
    fn what_was_erased_leaves_its_seal_and_what_merely_vanished_is_found() {
        let mut actions = queries(4);
        let erasure = Erasure { entries: vec![2], reason: "expired".to_owned() };
        actions.push(Action::Erase(erasure));
        let mut log = log(&actions);
        log[1].body = None;
        verify(&log).unwrap();
        assert_eq!(log[1].action(), Ok(None));
        log[2].body = None;
        assert_eq!(verify(&log), Err(Broken { seq: 3, why: Why::Gone }));
    }

    proptest! {
        #[test]
        fn any_change_is_found_where_it_is(at in 0_usize..8, field in 0_usize..9) {
            let whole = log(&queries(8));
            let mut log = whole.clone();
            let entry = &mut log[at];
            match field {
                0 => entry.at_us += 1,
                1 => entry.actor.push('x'),
                2 => entry.purpose.clear(),
                3 => entry.legal_basis.push(' '),
                4 => entry.body = entry.body.as_ref().map(|body| body.replace("room", "line")),
                5 => entry.body = None,
                6 => entry.seal = whole[(at + 1) % 8].seal,
                7 => entry.body_seal = whole[(at + 1) % 8].body_seal,
                _ => { log.remove(at); }
            }
            if field == 8 && at == 7 {
                prop_assert_eq!(verify(&log), Ok(()), "only who knows the last seal sees that the end is gone");
            } else {
                let seq = verify(&log).unwrap_err().seq;
                prop_assert_eq!(seq, if field == 8 { at as u64 + 2 } else { at as u64 + 1 });
            }
        }
    }

    #[test]
    fn a_forged_entry_breaks_those_after_it() {
        let mut log = log(&queries(3));
        let draft = Draft {
            at_us: 0,
            actor: "mallory".to_owned(),
            purpose: String::new(),
            legal_basis: String::new(),
            salt: String::new(),
            action: queries(1).remove(0),
        };
        log[1] = Entry::after(Some(log[0].head()), &draft).unwrap();
        assert_eq!(verify(&log), Err(Broken { seq: 3, why: Why::Seal }));
    }
}
