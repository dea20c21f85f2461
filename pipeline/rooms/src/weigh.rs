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
use domain::num::{high32, low32};
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
        let Some(bits) = bits else { return };
        let finding = Finding { family, statement: statement(), bits, facts: Vec::new() };
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
pub fn weigh(group: &Group, candidates: &[crate::Candidate], config: &FindingConfig) -> Weighed {
    let mut weighed = Weighed::default();
    device::weigh(&group.facts, &config.device, &mut weighed);
    place::weigh(&group.facts, &config.place, &mut weighed);
    targets::weigh(&group.facts, &config.targets, &mut weighed);
    rhythm::weigh(group, &config.rhythm, &mut weighed);
    life::weigh(&group.facts, &config.life, &mut weighed);
    numbering::weigh(&group.facts, &config.numbering, &mut weighed);
    examples(group, candidates, &mut weighed);
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

/// Attaches example calls to hand-off evidence.
fn examples(group: &Group, candidates: &[crate::Candidate], weighed: &mut Weighed) {
    let line = |at: u32| candidates[group.members[at as usize] as usize].line;
    let calls: Vec<FactRef> = group
        .passed
        .iter()
        .filter(|passed| passed.how != crate::evidence::targets::HandOff::Slow)
        .take(5)
        .flat_map(|passed| {
            let ends = [line(high32(passed.pair)), line(low32(passed.pair))];
            ends.map(|caller| FactRef { caller, callee: passed.target, start_s: passed.start_s })
        })
        .collect();
    for finding in weighed
        .evidence
        .iter_mut()
        .filter(|finding| finding.family == Family::Targets && finding.bits >= 2.0)
    {
        finding.facts.clone_from(&calls);
    }
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
    if !observed.attestation && !observed.has(Extra::Route) {
        told.push("Routes and attestation are not in the feed: whether a number shown is true cannot be seen.".to_owned());
    }
    told
}
