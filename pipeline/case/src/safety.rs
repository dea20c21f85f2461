//! Safety records: a person who was found, from possible victim to home or a stay.
//!
//! Steps follow the referral practice of the ODIHR and IOM handbooks (docs/concepts/safety.md). They are no ladder: each is taken when the person is
//! ready for it. A statement is a step like others, and no other step waits for it: help is never traded for testimony.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What the record is called among colleagues: no name.
    pub code: String,
    /// Where: `room R1`, `the house`.
    pub place: String,
    /// The day, ISO 8601.
    pub day: String,
}

/// A step of protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Out of reach of those who held them.
    Safe,
    /// Seen by a doctor.
    Medical,
    /// Somebody interprets whom they trust.
    Interpreter,
    /// They know what their data are for, and agree or not.
    InformedConsent,
    /// Somebody trained for it decides whether they are presumed a victim.
    Identification,
    /// A roof that they may leave.
    Shelter,
    /// A lawyer of their own.
    LegalAdviser,
    /// They say what happened.
    Statement,
    /// Their consulate knows, if they want that.
    ConsularContact,
    /// A paper to travel with.
    TravelDocument,
    /// What awaits them, and who may wait for them.
    RiskAssessment,
    /// Home of their own will, or a stay.
    ReturnOrStay,
    /// How they are afterwards.
    FollowUp,
}

impl Step {
    /// All, in the order in which they usually come.
    pub const ALL: [Self; 13] = [
        Self::Safe,
        Self::Medical,
        Self::Interpreter,
        Self::InformedConsent,
        Self::Identification,
        Self::Shelter,
        Self::LegalAdviser,
        Self::Statement,
        Self::ConsularContact,
        Self::TravelDocument,
        Self::RiskAssessment,
        Self::ReturnOrStay,
        Self::FollowUp,
    ];
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is arranged.
    Arranged,
    /// It is done.
    Done,
    /// The person does not want it, now.
    Declined,
    /// It is not needed.
    NotNeeded,
}

/// What identification came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identified {
    /// Presumed a victim of trafficking.
    PresumedVictim,
    /// Not presumed one, by whoever is trained to decide it.
    NotPresumed,
}

/// A step moves on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The person, by the entry that found them.
    pub person: u64,
    /// Which step.
    pub step: Step,
    /// How it stands now.
    pub status: Status,
    /// What identification came to, where it is that step.
    pub identified: Option<Identified>,
    /// A note.
    pub note: String,
}

/// What a person can want or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// That their consulate is told.
    ConsularContact,
    /// To go home.
    Return,
    /// To stay.
    Stay,
}

/// A person's wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The person.
    pub person: u64,
    /// What about.
    pub matter: Matter,
    /// Whether they want it.
    pub wanted: bool,
}

/// A person allows one disclosure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// The person.
    pub person: u64,
    /// To whom.
    pub recipient: String,
    /// What for.
    pub purpose: String,
    /// Until when, microseconds since 1970-01-01 UTC; open where absent.
    pub until_us: Option<i64>,
}

/// A field of a person's record, in the words of HTCDS ([`crate::htcds`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The person.
    pub person: u64,
    /// The field's name.
    pub field: String,
    /// Its values; none takes it back.
    pub values: Vec<String>,
}

/// A person's record, as the log so far has it: all that was said, each with its entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Safety {
    /// How they were found.
    pub found: Found,
    /// Steps, in the order in which they moved.
    pub steps: Vec<(u64, Progress)>,
    /// Wishes.
    pub wishes: Vec<(u64, Wish)>,
    /// Consents.
    pub consents: BTreeMap<u64, Consent>,
    /// Consents that were taken back, and the entries that did.
    pub ended: BTreeMap<u64, u64>,
    /// Fields.
    pub fields: Vec<(u64, Field)>,
}

/// Why a step cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotYet {
    /// Statement.
    #[error("a statement waits until the person has a lawyer, or has declined one")]
    Lawyer,
    /// Consular contact.
    #[error("a consulate is told only if the person wants that")]
    Wish,
    /// Return or stay.
    #[error("a return or a stay is the person's own wish, and waits for a risk assessment")]
    Risk,
    /// What identification came to is missing, or stands at another step.
    #[error("what identification came to is said with that step, once it is done")]
    Identification,
}

impl Safety {
    pub(crate) fn new(found: Found) -> Self {
        Self {
            found,
            steps: Vec::new(),
            wishes: Vec::new(),
            consents: BTreeMap::new(),
            ended: BTreeMap::new(),
            fields: Vec::new(),
        }
    }

    /// How a step stands, with the entry that says so; `None` while nobody said anything.
    pub fn status(&self, step: Step) -> Option<(u64, Status)> {
        let latest = self.steps.iter().rev().find(|(_, progress)| progress.step == step);
        latest.map(|(entry, progress)| (*entry, progress.status))
    }

    /// What identification came to; `None` while nobody has decided it.
    pub fn identified(&self) -> Option<Identified> {
        let latest =
            self.steps.iter().rev().find(|(_, progress)| progress.step == Step::Identification);
        latest.and_then(|(_, progress)| progress.identified)
    }

    /// Whether the person wants something; not while they have not said so.
    pub fn wants(&self, matter: Matter) -> bool {
        let latest = self.wishes.iter().rev().find(|(_, wish)| wish.matter == matter);
        latest.is_some_and(|(_, wish)| wish.wanted)
    }

    /// The values of a field; none where it was not filled in, or taken back.
    pub fn field(&self, name: &str) -> &[String] {
        let latest = self.fields.iter().rev().find(|(_, field)| field.field == name);
        latest.map_or(&[], |(_, field)| &field.values)
    }

    /// What the person is called until somebody decides, and then.
    pub fn standing(&self) -> &'static str {
        match self.identified() {
            None => "possible victim, unscreened",
            Some(Identified::PresumedVictim) => "presumed victim",
            Some(Identified::NotPresumed) => "not presumed a victim",
        }
    }

    /// Steps that nobody has settled yet, in their usual order.
    pub fn open(&self) -> Vec<Step> {
        let settled =
            |step: &Step| self.is(*step, &[Status::Done, Status::Declined, Status::NotNeeded]);
        Step::ALL.into_iter().filter(|step| !settled(step)).collect()
    }

    /// Whether the person's record may go to somebody, at a moment in microseconds since 1970-01-01 UTC.
    pub fn allows(&self, recipient: &str, at_us: i64) -> bool {
        self.consents.iter().any(|(entry, consent)| {
            consent.recipient == recipient
                && consent.until_us.is_none_or(|until| at_us <= until)
                && !self.ended.contains_key(entry)
        })
    }

    /// Whether a step can stand so. Errors: what it waits for.
    pub fn may(&self, progress: &Progress) -> Result<(), NotYet> {
        let is_taken = matches!(progress.status, Status::Arranged | Status::Done);
        let is_identified =
            progress.step == Step::Identification && progress.status == Status::Done;
        if progress.identified.is_some() != is_identified {
            return Err(NotYet::Identification);
        }
        match progress.step {
            Step::Statement if is_taken => {
                let settled = self.is(Step::LegalAdviser, &[Status::Done, Status::Declined]);
                settled.then_some(()).ok_or(NotYet::Lawyer)
            }
            Step::ConsularContact if is_taken => {
                self.wants(Matter::ConsularContact).then_some(()).ok_or(NotYet::Wish)
            }
            Step::ReturnOrStay if is_taken => {
                let own_will = self.wants(Matter::Return) || self.wants(Matter::Stay);
                let assessed = self.is(Step::RiskAssessment, &[Status::Done]);
                (own_will && assessed).then_some(()).ok_or(NotYet::Risk)
            }
            _ => Ok(()),
        }
    }

    fn is(&self, step: Step, statuses: &[Status]) -> bool {
        self.status(step).is_some_and(|(_, status)| statuses.contains(&status))
    }

    /// Lets go of what an entry said.
    pub(crate) fn erase(&mut self, entry: u64) {
        self.steps.retain(|(own, _)| *own != entry);
        self.wishes.retain(|(own, _)| *own != entry);
        self.fields.retain(|(own, _)| *own != entry);
        self.consents.remove(&entry);
        self.ended.retain(|consent, end| *consent != entry && *end != entry);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn found() -> Found {
        let day = "2023-10-07".to_owned();
        Found { code: "P-07".to_owned(), place: "the house".to_owned(), day }
    }

    pub(crate) fn step(step: Step, status: Status) -> Progress {
        let done = step == Step::Identification && status == Status::Done;
        let identified = done.then_some(Identified::PresumedVictim);
        Progress { person: 1, step, status, identified, note: String::new() }
    }

    #[test]
    fn a_statement_is_never_a_condition_of_help() {
        // Whatever the record looks like: with and without a statement the same steps can be taken.
        for taken in 0_u32..1 << 12 {
            let mut without = Safety::new(found());
            let others = Step::ALL.into_iter().filter(|step| *step != Step::Statement);
            for (nth, other) in others.clone().enumerate() {
                if taken & (1 << nth) != 0 {
                    without.steps.push((2, step(other, Status::Done)));
                }
            }
            let wanted = taken % 3 == 0;
            without.wishes.push((3, Wish { person: 1, matter: Matter::Return, wanted }));
            for said in [Status::Done, Status::Declined] {
                let mut with = without.clone();
                with.steps.push((4, step(Step::Statement, said)));
                for other in others.clone() {
                    let next = step(other, Status::Done);
                    assert_eq!(with.may(&next), without.may(&next), "{other:?}");
                }
            }
        }
    }

    #[test]
    fn steps_wait_for_what_protects_the_person() {
        let mut record = Safety::new(found());
        assert_eq!(record.standing(), "possible victim, unscreened");
        assert_eq!(record.open().len(), Step::ALL.len());
        assert_eq!(record.may(&step(Step::Statement, Status::Done)), Err(NotYet::Lawyer));
        assert_eq!(record.may(&step(Step::Statement, Status::Declined)), Ok(()));
        record.steps.push((2, step(Step::LegalAdviser, Status::Declined)));
        assert_eq!(record.may(&step(Step::Statement, Status::Done)), Ok(()));
        assert_eq!(record.may(&step(Step::ConsularContact, Status::Arranged)), Err(NotYet::Wish));
        record.wishes.push((9, Wish { person: 1, matter: Matter::ConsularContact, wanted: true }));
        assert_eq!(record.may(&step(Step::ConsularContact, Status::Arranged)), Ok(()));
        record.wishes.push((9, Wish { person: 1, matter: Matter::Return, wanted: true }));
        assert_eq!(record.may(&step(Step::ReturnOrStay, Status::Done)), Err(NotYet::Risk));
        record.steps.push((3, step(Step::RiskAssessment, Status::Done)));
        assert_eq!(record.may(&step(Step::ReturnOrStay, Status::Done)), Ok(()));
        let silent = Progress { identified: None, ..step(Step::Identification, Status::Done) };
        assert_eq!(record.may(&silent), Err(NotYet::Identification));
        record.steps.push((4, step(Step::Identification, Status::Done)));
        assert_eq!(record.standing(), "presumed victim");
        assert_eq!(record.open().len(), Step::ALL.len() - 3);
    }

    #[test]
    fn consent_is_for_one_recipient_and_ends() {
        let mut record = Safety::new(found());
        let consent = Consent {
            person: 1,
            recipient: "shelter".to_owned(),
            purpose: "a bed".to_owned(),
            until_us: Some(100),
        };
        record.consents.insert(2, consent);
        assert!(record.allows("shelter", 100) && !record.allows("shelter", 101));
        assert!(!record.allows("consulate", 1));
        record.ended.insert(2, 3);
        assert!(!record.allows("shelter", 1), "taken back");
    }
}
