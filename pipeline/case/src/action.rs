//! What can be done with a casebook: looked at, decided, and changed.

use crate::claim::{Claim, Settlement, Topic};
use crate::exhibit::{Custody, Exhibit};
use crate::hold::Position;
use crate::judgement::Judgement;
use crate::retention::{Expiry, Label};
use crate::safety::{Consent, Field, Found, Progress, Wish};
use crate::task::{Move, Task};
use crate::tip::{About, Answer, Tip};
use crate::warning::Warning;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// Something that was done. What an action makes is known by the number of its entry from then on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Feeds became facts.
    Import(Import),
    /// Something was asked for.
    Query(Query),
    /// A page or record was looked at.
    View(Query),
    /// A masked value was shown whole.
    Reveal(Reveal),
    /// Something left the casebook.
    Export(Export),
    /// Somebody judged a lead.
    Judge(Judgement),
    /// Somebody said something.
    Claim(Claim),
    /// Somebody decided which of contradicting claims to rely on.
    Settle(Settlement),
    /// A judgement, claim, settlement or warning is taken back.
    Withdraw(Withdrawal),
    /// A person was found.
    Found(Found),
    /// A step of a person's protection.
    Protect(Progress),
    /// A person's wish.
    Wish(Wish),
    /// A person allows one disclosure.
    Consent(Consent),
    /// A person takes that back: the entry of the consent.
    EndConsent(Withdrawal),
    /// A field of a person's record.
    Record(Field),
    /// Something is to be done.
    Task(Task),
    /// A task moves on.
    Move(Move),
    /// One side's position on acting where people inside could be endangered.
    Hold(Position),
    /// An exhibit was taken.
    Exhibit(Exhibit),
    /// What was done with it.
    Custody(Custody),
    /// The public is warned.
    Warn(Warning),
    /// The public told something.
    Tip(Tip),
    /// What came of a tip.
    Answer(Answer),
    /// When something is to be erased.
    Expire(Expiry),
    /// What a number is known for.
    Label(Label),
    /// What entries said is erased.
    Erase(Erasure),
    /// What somebody may do in the casebook was changed, or their account was.
    Account(AccountChange),
}

/// A change of what somebody may do, or of their account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountChange {
    /// Whose.
    pub account: String,
    /// Which.
    pub change: String,
}

/// Feeds that became facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The file's name.
    pub feed: String,
    /// BLAKE3 of its bytes, hexadecimal.
    pub blake3: String,
    /// Rows in it.
    pub rows: u64,
    /// Rows that were read as calls or sightings; some may repeat others, and are one fact with them.
    pub facts: u64,
    /// Rows that were quarantined.
    pub quarantined: u64,
}

/// What was asked for or looked at, in words without identifiers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// What.
    pub what: String,
}

/// A masked value that was shown whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reveal {
    /// What, by its place: `room R1 line L07`, never the value.
    pub what: String,
    /// The person whose record it is, where it is one.
    pub person: Option<u64>,
    /// Why.
    pub reason: String,
    /// The second person who agreed.
    pub second: Option<String>,
}

/// Something that left the casebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// What, in words without identifiers.
    pub what: String,
    /// Its form: `pdf`, `csv` …
    pub form: String,
    /// Who gets it.
    pub recipient: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Whether it asks for enforcement, and against what.
    pub against: Option<String>,
    /// The lines of the room that it asks for enforcement against.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub lines: BTreeSet<String>,
    /// People whose records are in it.
    pub people: Vec<u64>,
}

/// Something is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The entry that said it.
    pub entry: u64,
    /// Why.
    pub reason: String,
}

/// What entries said is erased: their seals stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The entries.
    pub entries: Vec<u64>,
    /// Why.
    pub reason: String,
}

impl Action {
    /// The entries that this is about: what is told of them goes when they go. What was seen and what left is not among it: such entries name nobody.
    pub fn refers(&self) -> Vec<u64> {
        match self {
            Self::Claim(claim) => claim.exhibits().collect(),
            Self::Settle(settlement) => vec![settlement.claim],
            Self::Withdraw(withdrawal) | Self::EndConsent(withdrawal) => vec![withdrawal.entry],
            Self::Protect(step) => vec![step.person],
            Self::Wish(wish) => vec![wish.person],
            Self::Consent(consent) => vec![consent.person],
            Self::Record(field) => vec![field.person],
            Self::Move(step) => vec![step.task],
            Self::Custody(custody) => vec![custody.exhibit],
            Self::Answer(answer) => vec![answer.tip],
            _ => Vec::new(),
        }
    }

    /// Whether it tells something of a person who was found: that is for those who protect them.
    pub fn is_of_person(&self) -> bool {
        matches!(
            self,
            Self::Found(_)
                | Self::Protect(_)
                | Self::Wish(_)
                | Self::Consent(_)
                | Self::EndConsent(_)
                | Self::Record(_)
        )
    }

    /// Whether it takes back what another entry said.
    pub fn takes_back(&self) -> bool {
        matches!(self, Self::Withdraw(_) | Self::EndConsent(_))
    }
}

impl fmt::Display for Action {
    /// What was done, in words without numbers and names of people.
    fn fmt(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Import(import) => {
                let Import { feed, rows, facts, quarantined, .. } = import;
                write!(
                    into,
                    "imported {feed}: {rows} rows, {facts} of them calls or sightings, {quarantined} quarantined"
                )
            }
            Self::Query(query) => write!(into, "asked for {}", query.what),
            Self::View(view) => write!(into, "looked at {}", view.what),
            Self::Reveal(reveal) => write!(into, "saw {} unmasked: {}", reveal.what, reveal.reason),
            Self::Export(export) => {
                write!(into, "exported {} as {} to {}", export.what, export.form, export.recipient)
            }
            Self::Judge(judgement) => {
                let word = judgement.disposition.word();
                write!(into, "judged {}: {word}: {}", judgement.subject, judgement.reason)
            }
            Self::Claim(claim) => {
                let Topic { thing, what } = &claim.about;
                write!(into, "{} says of {thing}: {what}: {}", claim.source, claim.value)
            }
            Self::Settle(settlement) => {
                write!(into, "relies on claim {}: {}", settlement.claim, settlement.reason)
            }
            Self::Withdraw(back) => write!(into, "took back entry {}: {}", back.entry, back.reason),
            Self::Task(task) => write!(into, "task on {}: {}", task.about, task.what),
            Self::Move(step) => {
                write!(into, "task {} is {}: {}", step.task, word(step.to), step.note)
            }
            Self::Hold(position) => {
                let Position { about, side, stance, reason } = position;
                write!(into, "{} on {about}: {}: {reason}", word(side), word(stance))
            }
            Self::Exhibit(exhibit) => write!(into, "took exhibit {}", exhibit.label),
            Self::Custody(custody) => {
                write!(into, "exhibit {} was {}: {}", custody.exhibit, custody.act, custody.result)
            }
            Self::Warn(warning) => {
                let headline = warning.texts.first().map_or("", |text| &text.headline);
                write!(into, "warned the public, of {} numbers: {headline}", warning.numbers.len())
            }
            Self::Tip(tip) => match tip.about {
                About::Held => into.write_str("told that somebody may be held"),
                About::Scam => into.write_str("told of a scam"),
            },
            Self::Answer(answer) => write!(into, "answered tip {}: {}", answer.tip, answer.note),
            Self::Expire(expiry) => {
                write!(into, "entry {} expires: {}", expiry.entry, expiry.reason)
            }
            Self::Label(label) => write!(into, "labelled a line: {}", label.text),
            Self::Account(changed) => write!(into, "{}: {}", changed.account, changed.change),
            Self::Erase(erasure) => {
                let entries: Vec<String> = erasure.entries.iter().map(u64::to_string).collect();
                write!(into, "erased entries {}: {}", entries.join(", "), erasure.reason)
            }
            of_person => of_person.fmt_of_person(into),
        }
    }
}

impl Action {
    /// What was told of a person, in words without their name.
    fn fmt_of_person(&self, into: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found(found) => write!(into, "found {} in {}", found.code, found.place),
            Self::Protect(step) => {
                let (what, status) = (word(step.step), word(step.status));
                write!(into, "person {}: {what} is {status}", step.person)
            }
            Self::Wish(wish) => {
                let wants = if wish.wanted { "wants" } else { "does not want" };
                write!(into, "person {} {wants} {}", wish.person, word(wish.matter))
            }
            Self::Consent(consent) => {
                write!(into, "person {} agrees that {} is told", consent.person, consent.recipient)
            }
            Self::EndConsent(end) => write!(into, "consent {} ended: {}", end.entry, end.reason),
            Self::Record(field) => {
                write!(into, "person {}: filled in {}", field.person, field.field)
            }
            _ => Ok(()),
        }
    }
}

/// The word that an entry has for one of several.
fn word(value: impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}
