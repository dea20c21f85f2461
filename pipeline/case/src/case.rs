//! The case that a log amounts to.

mod check;
mod refused;

pub use refused::Refused;

use crate::Action;
use crate::action::Erasure;
use crate::claim::{Claim, Question, Settlement, questions};
use crate::exhibit::Kept;
use crate::hold::{Decision, Position, decision};
use crate::judgement::{Judged, Subject};
use crate::log::{Broken, Entry};
use crate::retention::{Expiry, Label};
use crate::safety::Safety;
use crate::task::{Assigned, Kind, Task};
use crate::tip::Told;
use crate::warning::Published;
use std::collections::{BTreeMap, BTreeSet};

/// One investigation, as its log so far has it. What an action made is known by the number of its entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Case {
    /// Entries so far.
    entries: u64,
    judgements: BTreeMap<u64, Judged>,
    claims: BTreeMap<u64, Claim>,
    settlements: BTreeMap<u64, Settlement>,
    /// Warnings to the public.
    pub warnings: BTreeMap<u64, Published>,
    /// What the public told.
    pub tips: BTreeMap<u64, Told>,
    /// Judgements, claims and settlements that were taken back, and the entries that did.
    withdrawn: BTreeMap<u64, u64>,
    /// People who were found.
    pub people: BTreeMap<u64, Safety>,
    /// Tasks.
    pub tasks: BTreeMap<u64, Assigned>,
    /// Exhibits with their custody.
    pub exhibits: BTreeMap<u64, Kept>,
    positions: BTreeMap<u64, Position>,
    expiries: BTreeMap<u64, Expiry>,
    labels: BTreeMap<u64, Label>,
    /// For each entry, those that are about it.
    told_of: BTreeMap<u64, BTreeSet<u64>>,
    /// Entries that take back others.
    taking_back: BTreeSet<u64>,
    /// Entries that erased others.
    erasures: BTreeSet<u64>,
}

impl Case {
    /// The case of a log. It is taken as it stands: that each entry could follow was asked when it was written ([`Self::check`]), and that none was
    /// changed since is told by [`crate::log::verify`]. Errors: an entry that says nothing known.
    pub fn replay(log: &[Entry]) -> Result<Self, Broken> {
        let mut case = Self::default();
        for entry in log {
            match entry.action()? {
                Some(action) => case.apply(entry, action),
                None => case.entries = entry.seq,
            }
        }
        Ok(case)
    }

    /// Takes in an action that was checked, as the entry after those so far.
    pub fn apply(&mut self, made: &Entry, action: Action) {
        let entry = made.seq;
        self.entries = entry;
        for about in action.refers() {
            self.told_of.entry(about).or_default().insert(entry);
        }
        if action.takes_back() {
            self.taking_back.insert(entry);
        }
        match action {
            Action::Judge(judgement) => {
                let (actor, at_us) = (made.actor.clone(), made.at_us);
                self.judgements.insert(entry, Judged { judgement, actor, at_us });
            }
            Action::Claim(claim) => drop(self.claims.insert(entry, claim)),
            Action::Settle(settlement) => drop(self.settlements.insert(entry, settlement)),
            Action::Withdraw(withdrawal) => match self.warnings.get_mut(&withdrawal.entry) {
                Some(warning) => warning.withdrawn = Some((entry, made.at_us)),
                None => drop(self.withdrawn.insert(withdrawal.entry, entry)),
            },
            Action::Found(found) => drop(self.people.insert(entry, Safety::new(found))),
            Action::Task(task) => {
                self.tasks.insert(entry, Assigned { task, moves: Vec::new() });
            }
            Action::Move(step) => {
                if let Some(assigned) = self.tasks.get_mut(&step.task) {
                    assigned.moves.push((entry, step));
                }
            }
            Action::Hold(position) => drop(self.positions.insert(entry, position)),
            Action::Exhibit(exhibit) => {
                self.exhibits.insert(entry, Kept { exhibit, acts: Vec::new() });
            }
            Action::Custody(custody) => {
                if let Some(kept) = self.exhibits.get_mut(&custody.exhibit) {
                    kept.acts.push((entry, custody));
                }
            }
            Action::Warn(warning) => {
                let published = Published { warning, since_us: made.at_us, withdrawn: None };
                self.warnings.insert(entry, published);
            }
            Action::Tip(tip) => {
                let seal = made.seal.to_string();
                let told = Told { tip, seal, at_us: made.at_us, answers: Vec::new() };
                self.tips.insert(entry, told);
            }
            Action::Answer(answer) => {
                if let Some(told) = self.tips.get_mut(&answer.tip) {
                    told.answers.push((entry, answer));
                }
            }
            Action::Expire(expiry) => drop(self.expiries.insert(entry, expiry)),
            Action::Label(label) => drop(self.labels.insert(entry, label)),
            Action::Erase(erasure) => self.erase(entry, &erasure),
            Action::Import(_)
            | Action::Query(_)
            | Action::View(_)
            | Action::Reveal(_)
            | Action::Export(_)
            | Action::Account(_) => {}
            of_person => self.apply_to_person(entry, of_person),
        }
    }

    fn apply_to_person(&mut self, entry: u64, action: Action) {
        match action {
            Action::Protect(step) => {
                self.on(step.person, |record| record.steps.push((entry, step)));
            }
            Action::Wish(wish) => self.on(wish.person, |record| record.wishes.push((entry, wish))),
            Action::Record(field) => {
                self.on(field.person, |record| record.fields.push((entry, field)));
            }
            Action::Consent(consent) => self.on(consent.person, |record| {
                record.consents.insert(entry, consent);
            }),
            Action::EndConsent(end) => {
                let mut records = self.people.values_mut();
                if let Some(record) = records.find(|own| own.consents.contains_key(&end.entry)) {
                    record.ended.insert(end.entry, entry);
                }
            }
            _ => {}
        }
    }

    fn on(&mut self, person: u64, change: impl FnOnce(&mut Safety)) {
        if let Some(record) = self.people.get_mut(&person) {
            change(record);
        }
    }

    /// Lets go of what entries said, as if they had never said it.
    fn erase(&mut self, entry: u64, erasure: &Erasure) {
        self.erasures.insert(entry);
        for gone in &erasure.entries {
            self.judgements.remove(gone);
            self.claims.remove(gone);
            self.settlements.remove(gone);
            self.withdrawn.retain(|said, by| said != gone && by != gone);
            self.people.remove(gone);
            self.people.values_mut().for_each(|record| record.erase(*gone));
            self.tasks.remove(gone);
            self.tasks.values_mut().for_each(|task| task.moves.retain(|(own, _)| own != gone));
            self.exhibits.remove(gone);
            self.exhibits.values_mut().for_each(|kept| kept.acts.retain(|(own, _)| own != gone));
            self.positions.remove(gone);
            self.warnings.remove(gone);
            self.warnings.values_mut().for_each(|own| {
                own.withdrawn = own.withdrawn.filter(|(by, _)| by != gone);
            });
            self.tips.remove(gone);
            self.tips.values_mut().for_each(|told| told.answers.retain(|(own, _)| own != gone));
            self.expiries.retain(|own, expiry| own != gone && expiry.entry != *gone);
            self.labels.remove(gone);
            self.taking_back.remove(gone);
            self.told_of.remove(gone);
            self.told_of.values_mut().for_each(|telling| {
                telling.remove(gone);
            });
        }
        self.told_of.retain(|_, telling| !telling.is_empty());
    }

    fn stands(&self, entry: u64) -> bool {
        !self.withdrawn.contains_key(&entry)
    }

    fn standing<'a, T>(
        &self,
        all: &'a BTreeMap<u64, T>,
    ) -> impl DoubleEndedIterator<Item = (u64, &'a T)> {
        all.iter().filter(|(entry, _)| self.stands(**entry)).map(|(entry, said)| (*entry, said))
    }

    /// Judgements that stand, with their entries.
    pub fn judgements(&self) -> impl DoubleEndedIterator<Item = (u64, &Judged)> {
        self.standing(&self.judgements)
    }

    /// Claims that stand, with their entries.
    pub fn claims(&self) -> impl DoubleEndedIterator<Item = (u64, &Claim)> {
        self.standing(&self.claims)
    }

    /// Claims that contradict each other, by what they are about.
    pub fn questions(&self) -> Vec<Question> {
        let settled = self.standing(&self.settlements).map(|(_, settlement)| settlement);
        let settled = settled.filter(|settlement| self.stands(settlement.claim));
        questions(self.claims(), &settled.collect::<Vec<_>>())
    }

    /// The judgement that stands of the room with these lines, with its entry: of that which it shares most lines with, the latest.
    pub fn judgement_of_room(&self, lines: &BTreeSet<String>) -> Option<(u64, &Judged)> {
        let own = self.judgements().filter_map(|(entry, judged)| {
            Some((judged.judgement.subject.is_room(lines)?, entry, judged))
        });
        let best = own.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        best.map(|(_, entry, judged)| (entry, judged))
    }

    /// The latest judgement that stands of a line, or of a person to warn.
    pub fn judgement_of(&self, subject: &Subject) -> Option<(u64, &Judged)> {
        self.judgements().rev().find(|(_, own)| own.judgement.subject == *subject)
    }

    /// Positions on acting against something, with their entries.
    pub fn positions(&self, about: &str) -> impl Iterator<Item = (u64, &Position)> {
        let own = self.positions.iter().filter(move |(_, position)| position.about == about);
        own.map(|(entry, position)| (*entry, position))
    }

    /// Whether fraud, police and protection have agreed to act.
    pub fn decision(&self, about: &str) -> Decision {
        decision(self.positions(about).map(|(_, position)| position))
    }

    /// What a line is known for at a moment, microseconds since 1970-01-01 UTC.
    pub fn labels(&self, line: &str, at_us: i64) -> impl Iterator<Item = &Label> {
        self.labels.values().filter(move |label| label.line == line && at_us <= label.until_us)
    }

    /// Entries whose time is over at a moment, microseconds since 1970-01-01 UTC, with all that is told of them.
    pub fn due(&self, at_us: i64) -> BTreeSet<u64> {
        let due = self.expiries.values().filter(|expiry| expiry.at_us <= at_us);
        self.with_all_told(due.map(|expiry| expiry.entry))
    }

    /// Entries with all that is told of them: what goes when they go.
    pub fn with_all_told(&self, entries: impl Iterator<Item = u64>) -> BTreeSet<u64> {
        let mut open: Vec<u64> = entries.collect();
        let mut all = BTreeSet::new();
        while let Some(entry) = open.pop() {
            if all.insert(entry) {
                open.extend(self.told_of.get(&entry).into_iter().flatten());
            }
        }
        all
    }

    /// Open tasks that protect people in something, by its name or as the room with these lines.
    pub fn protection(
        &self,
        about: &str,
        lines: &BTreeSet<String>,
    ) -> impl Iterator<Item = (u64, &Task)> {
        let open = self.tasks.iter().filter(|(_, assigned)| {
            assigned.task.kind == Kind::Protection
                && assigned.progress().is_open()
                && assigned.task.is_about(about, lines)
        });
        open.map(|(entry, assigned)| (*entry, &assigned.task))
    }
}

#[cfg(test)]
mod tests;
