//! Weighs a group: sentences for and against, by family, with bits.

mod device;
mod life;
mod numbering;
mod place;
mod rhythm;
mod targets;

use crate::config::{FindingConfig, LeadConfig};
use crate::group::{Group, GroupFacts};
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
    pub(crate) fn add(
        &mut self,
        family: Family,
        bits: Option<f64>,
        statement: impl FnOnce() -> String,
    ) {
        self.add_with(family, bits, &[], statement);
    }

    /// The same, with examples of the calls that it rests on.
    pub(crate) fn add_with(
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

    /// Puts the strongest first.
    pub(crate) fn sort(&mut self) {
        self.evidence.sort_by(Finding::strongest_first);
        self.counter_evidence.sort_by(Finding::strongest_first);
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
    weighed.sort();
    weighed
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The families that the feeds can show much of. Without causes numbering is next to nothing: a batch of numbers alone.
pub fn observable(observed: Observed) -> Vec<Family> {
    let is_seen = |family: &Family| match family {
        Family::Device => observed.has(Extra::CallerHandset),
        Family::Place => observed.has(Extra::CallerCell),
        Family::Numbering => observed.causes,
        Family::Targets | Family::Rhythm => true,
    };
    Family::ALL.into_iter().filter(is_seen).collect()
}

/// What the feeds cannot show, a sentence each; `families_min` is how many families must agree on a lead.
pub fn not_observable(observed: Observed, facts: &GroupFacts, config: &LeadConfig) -> Vec<String> {
    let mut told = Vec::new();
    let seen = observable(observed);
    if seen.len() < config.families_min {
        let words: Vec<&str> = seen.iter().map(|family| family.word()).collect();
        told.push(format!(
            "Only {} can be seen: where these agree it is a lead, on fewer families of evidence than elsewhere.",
            words.join(" and ")
        ));
    }
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
    if facts.span_days < config.week_days {
        told.push(format!(
            "The facts span {:.1} days: whether lines stay and weekends are kept cannot be seen in under {:.0}.",
            facts.span_days, config.week_days
        ));
    }
    told.push("Whether a number shown is true: routes and attestation are not weighed.".to_owned());
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_that_shows_two_families_says_that_a_lead_rests_on_these() {
        let mut observed = Observed::default();
        assert_eq!(observable(observed), [Family::Targets, Family::Rhythm]);
        let facts = GroupFacts { span_days: 28.0, ..GroupFacts::default() };
        let config = LeadConfig::default();
        let told = not_observable(observed, &facts, &config);
        assert!(told[0].starts_with("Only targets and rhythm can be seen"), "{}", told[0]);
        observed.add(Extra::CallerCell);
        assert_eq!(observable(observed).len(), 3);
        assert!(!not_observable(observed, &facts, &config)[0].starts_with("Only"));
    }
}
