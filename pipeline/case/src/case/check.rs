//! Whether an action can follow those so far.

use super::{Case, Refused};
use crate::Action;
use crate::action::{Erasure, Export, Reveal, Withdrawal};
use crate::hold::Decision;
use crate::htcds;
use crate::safety::Progress as Step;
use crate::task::{Kind, Move, Progress};
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// Whether somebody can do this after what was done so far, at a moment in microseconds since 1970-01-01 UTC. Errors: why not.
    pub fn check(&self, actor: &str, at_us: i64, action: &Action) -> Result<(), Refused> {
        match action {
            Action::Reveal(reveal) => self.check_reveal(actor, reveal),
            Action::Export(export) => self.check_export(export, at_us),
            Action::Claim(claim) => {
                claim.check()?;
                claim.exhibits().try_for_each(|entry| known(&self.exhibits, entry))
            }
            Action::Settle(settlement) => known(&self.claims, settlement.claim),
            Action::Withdraw(withdrawal) => self.check_withdrawal(withdrawal),
            Action::Protect(step) => self.check_step(step),
            Action::Wish(wish) => known(&self.people, wish.person),
            Action::Consent(consent) => known(&self.people, consent.person),
            Action::EndConsent(end) => self.check_end(end),
            Action::Record(field) => {
                known(&self.people, field.person)?;
                Ok(htcds::check(&field.field, &field.values)?)
            }
            Action::Move(step) => self.check_move(step),
            Action::Custody(custody) => known(&self.exhibits, custody.exhibit),
            Action::Warn(warning) => {
                warning.check(at_us)?;
                let numbers: BTreeSet<String> = warning.numbers.iter().cloned().collect();
                self.check_enforcement("", &numbers)
            }
            Action::Tip(tip) if tip.said.trim().is_empty() => Err(Refused::NoReason),
            Action::Answer(answer) => {
                known(&self.tips, answer.tip)?;
                given(&answer.note)
            }
            Action::Expire(expiry) => self.check_before(expiry.entry),
            Action::Erase(erasure) => self.check_erasure(erasure),
            Action::Judge(judgement) if judgement.reason.trim().is_empty() => {
                Err(Refused::NoReason)
            }
            Action::Judge(_)
            | Action::Import(_)
            | Action::Query(_)
            | Action::View(_)
            | Action::Found(_)
            | Action::Task(_)
            | Action::Hold(_)
            | Action::Exhibit(_)
            | Action::Tip(_)
            | Action::Account(_)
            | Action::Label(_) => Ok(()),
        }
    }

    fn check_reveal(&self, actor: &str, reveal: &Reveal) -> Result<(), Refused> {
        given(&reveal.reason)?;
        let Some(person) = reveal.person else { return Ok(()) };
        known(&self.people, person)?;
        let agreed = reveal.second.as_deref().is_some_and(|second| second != actor);
        agreed.then_some(()).ok_or(Refused::SecondPerson)
    }

    fn check_export(&self, export: &Export, at_us: i64) -> Result<(), Refused> {
        for person in &export.people {
            let record = self.people.get(person).ok_or(Refused::Unknown(*person))?;
            if !record.allows(&export.recipient, at_us) {
                let recipient = export.recipient.clone();
                return Err(Refused::NoConsent { person: *person, recipient });
            }
        }
        export.against.as_ref().map_or(Ok(()), |about| self.check_enforcement(about, &export.lines))
    }

    /// Enforcement does not begin while people in what it is about wait for protection, unless all sides agreed to act.
    fn check_enforcement(&self, about: &str, lines: &BTreeSet<String>) -> Result<(), Refused> {
        let mut waiting = self.protection(about, lines);
        match waiting.find(|(_, task)| self.decision(&task.about) != Decision::Act) {
            Some((task, _)) => Err(Refused::ProtectionFirst { task }),
            None => Ok(()),
        }
    }

    fn check_withdrawal(&self, withdrawal: &Withdrawal) -> Result<(), Refused> {
        given(&withdrawal.reason)?;
        let entry = withdrawal.entry;
        let is_known = self.judgements.contains_key(&entry)
            || self.claims.contains_key(&entry)
            || self.settlements.contains_key(&entry);
        let is_warning = self.warnings.get(&entry).is_some_and(|own| own.withdrawn.is_none());
        (is_warning || is_known && self.stands(entry)).then_some(()).ok_or(Refused::Unknown(entry))
    }

    fn check_step(&self, step: &Step) -> Result<(), Refused> {
        let record = self.people.get(&step.person).ok_or(Refused::Unknown(step.person))?;
        Ok(record.may(step)?)
    }

    fn check_end(&self, end: &Withdrawal) -> Result<(), Refused> {
        let mut records = self.people.values();
        let stands = records.any(|record| {
            record.consents.contains_key(&end.entry) && !record.ended.contains_key(&end.entry)
        });
        stands.then_some(()).ok_or(Refused::Unknown(end.entry))
    }

    fn check_move(&self, step: &Move) -> Result<(), Refused> {
        let assigned = self.tasks.get(&step.task).ok_or(Refused::Unknown(step.task))?;
        if !assigned.progress().is_open() {
            return Err(Refused::Closed(step.task));
        }
        if step.to == Progress::Dropped {
            return given(&step.note);
        }
        let begins = matches!(step.to, Progress::Doing | Progress::Done);
        if begins && assigned.task.kind == Kind::Enforcement {
            return self.check_enforcement(&assigned.task.about, &assigned.task.lines);
        }
        Ok(())
    }

    /// What is erased goes with all that is told of it; what takes something back goes with that only; that something was erased stays.
    fn check_erasure(&self, erasure: &Erasure) -> Result<(), Refused> {
        given(&erasure.reason)?;
        let goes = |entry: &u64| erasure.entries.contains(entry);
        for entry in &erasure.entries {
            self.check_before(*entry)?;
            if self.erasures.contains(entry) {
                return Err(Refused::Stays(*entry));
            }
            let telling = self.told_of.get(entry).into_iter().flatten();
            if let Some(by) = telling.into_iter().find(|by| !goes(by)) {
                return Err(Refused::StillTold { entry: *entry, by: *by });
            }
            let mut said = self.told_of.iter().filter(|(_, telling)| telling.contains(entry));
            if self.taking_back.contains(entry) && said.any(|(said, _)| !goes(said)) {
                return Err(Refused::Stays(*entry));
            }
        }
        Ok(())
    }

    fn check_before(&self, entry: u64) -> Result<(), Refused> {
        (1..=self.entries).contains(&entry).then_some(()).ok_or(Refused::Unknown(entry))
    }
}

fn known<T>(all: &BTreeMap<u64, T>, entry: u64) -> Result<(), Refused> {
    all.contains_key(&entry).then_some(()).ok_or(Refused::Unknown(entry))
}

fn given(reason: &str) -> Result<(), Refused> {
    if reason.trim().is_empty() { Err(Refused::NoReason) } else { Ok(()) }
}
