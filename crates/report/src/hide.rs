//! Takes from a report what a reader may not see.

use crate::{CohortReport, FactReport, PersonReport, Report, RoomReport, SideReport, SignReport};
use domain::mask::Sight;

/// Who reads: what they may see of numbers, and of calls for help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Whole numbers or masked ones.
    pub sight: Sight,
    /// Whether they are a protection officer, who may see who called for help and when.
    pub protection: bool,
}

/// What stands for what only a protection officer may read.
pub const RESTRICTED: &str = "For protection officers only (--protection).";

impl Grant {
    /// What anybody may see.
    pub const ANYBODY: Self = Self { sight: Sight::Masked, protection: false };
}

impl Report {
    /// Takes from it what this reader may not see; facts become what they are called.
    #[must_use]
    pub fn hide(mut self, grant: Grant) -> Self {
        self.rooms.iter_mut().for_each(|room| room.hide(grant));
        self.cohorts.iter_mut().for_each(|cohort| cohort.hide(grant.sight));
        for feed in &mut self.feeds {
            // A file that is named for whose records it holds names them.
            feed.name = grant.sight.show_free(&feed.name);
        }
        let whole = std::mem::take(&mut self.sides);
        self.sides = whole.into_iter().map(|side| side.hide(grant)).collect();
        self
    }
}

impl SideReport {
    fn hide(self, grant: Grant) -> Self {
        Self { report: Box::new(self.report.hide(grant)), ..self }
    }
}

impl RoomReport {
    /// The same of one room.
    pub fn hide(&mut self, grant: Grant) {
        let sight = grant.sight;
        for line in &mut self.lines {
            mask(&mut line.line, sight);
            line.continues_as.iter_mut().for_each(|next| mask(next, sight));
            line.handsets.iter_mut().for_each(|handset| mask(handset, sight));
        }
        self.around.iter_mut().for_each(|around| mask(&mut around.line, sight));
        for finding in self.evidence.iter_mut().chain(&mut self.counter_evidence) {
            hide_facts(&mut finding.facts, sight);
        }
        self.people_to_warn.iter_mut().for_each(|person| person.hide(sight));
        self.captivity.iter_mut().for_each(|sign| sign.hide(grant));
        self.welfare.silenced.iter_mut().for_each(|line| mask(line, sight));
    }
}

impl PersonReport {
    /// The same of one person.
    pub fn hide(&mut self, sight: Sight) {
        mask(&mut self.line, sight);
        hide_facts(&mut self.facts, sight);
    }
}

impl CohortReport {
    fn hide(&mut self, sight: Sight) {
        self.lines.iter_mut().for_each(|line| mask(line, sight));
        mask(&mut self.common_contact, sight);
        hide_facts(&mut self.facts, sight);
    }
}

impl SignReport {
    /// Who called for help, and when, is for protection officers only: that somebody may have is told to all.
    fn hide(&mut self, grant: Grant) {
        if self.restricted && !grant.protection {
            self.facts.clear();
            self.confidence = 0.0;
            self.counter_sign = None;
            if self.status == "seen" {
                RESTRICTED.clone_into(&mut self.statement);
            }
        }
        hide_facts(&mut self.facts, grant.sight);
    }
}

fn hide_facts(facts: &mut [FactReport], sight: Sight) {
    facts.iter_mut().for_each(|fact| fact.hide(sight));
}

fn mask(text: &mut String, sight: Sight) {
    if sight == Sight::Masked {
        *text = sight.show(&**text).into_owned();
    }
}
