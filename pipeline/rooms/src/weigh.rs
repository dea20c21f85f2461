//! Weighs a group: sentences for and against, by family, with bits.

mod device;
mod life;
mod numbering;
mod place;
mod rhythm;
mod targets;

use crate::config::FindingConfig;
use crate::group::Group;
use crate::room::{FactRef, Finding};
use domain::Family;
use facts::{Extra, Observed};

/// For and against.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    /// Evidence.
    pub evidence: Vec<Finding>,
    /// Counter-evidence, with negative bits.
    pub counter_evidence: Vec<Finding>,
}

impl Weighed {
    /// Adds a finding, if there are bits for it.
    fn add(&mut self, family: Family, bits: Option<f64>, statement: impl FnOnce() -> String) {
        self.add_with(family, bits, &[], statement);
    }

    /// The same, with examples of the calls that it rests on.
    fn add_with(
        &mut self,
        family: Family,
        bits: Option<f64>,
        calls: &[FactRef],
        statement: impl FnOnce() -> String,
    ) {
        let Some(bits) = bits else { return };
        let finding = Finding { family, statement: statement(), bits, facts: calls.to_vec() };
        if bits > 0.0 {
            self.evidence.push(finding);
        } else if bits < 0.0 {
            self.counter_evidence.push(finding);
        }
    }

    /// Sum of all bits.
    pub fn bits(&self) -> f64 {
        self.evidence.iter().chain(&self.counter_evidence).map(|finding| finding.bits).sum()
    }

    /// How much handsets and place tie the lines to each other, bits.
    pub fn tied_bits(&self) -> f64 {
        self.family_bits(Family::Device) + self.family_bits(Family::Place)
    }

    /// Evidence of a family, bits.
    pub fn family_bits(&self, family: Family) -> f64 {
        self.evidence
            .iter()
            .filter(|finding| finding.family == family)
            .map(|finding| finding.bits)
            .sum()
    }
}

/// Weighs a group's facts.
pub fn weigh(group: &Group, config: &FindingConfig) -> Weighed {
    let mut weighed = Weighed::default();
    device::weigh(group, &config.device, &mut weighed);
    place::weigh(&group.facts, &config.place, &mut weighed);
    targets::weigh(group, &config.targets, &mut weighed);
    rhythm::weigh(group, &config.rhythm, &mut weighed);
    life::weigh(&group.facts, &config.life, &mut weighed);
    numbering::weigh(&group.facts, &config.numbering, &mut weighed);
    let strongest = |a: &Finding, b: &Finding| {
        b.bits.abs().total_cmp(&a.bits.abs()).then(a.statement.cmp(&b.statement))
    };
    weighed.evidence.sort_by(strongest);
    weighed.counter_evidence.sort_by(strongest);
    weighed
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// What the feeds cannot show, a sentence each.
pub fn not_observable(observed: Observed) -> Vec<String> {
    let mut told = Vec::new();
    if !observed.has(Extra::CallerHandset) {
        told.push("Handsets are not in the feed: pools of handsets cannot be seen.".to_owned());
    }
    if !observed.has(Extra::CallerCell) {
        told.push("Cells are not in the feed: the place cannot be seen.".to_owned());
    }
    if !observed.causes {
        told.push(
            "Causes are not in the feed: vacant numbers cannot be told from unanswered ones."
                .to_owned(),
        );
    }
    told.push("Whether a number shown is true: routes and attestation are not weighed.".to_owned());
    told
}
