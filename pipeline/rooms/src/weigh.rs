//! Weighs a group: sentences for and against, by family, with bits.

use crate::group::{Group, GroupFacts};
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
    fn add(&mut self, family: Family, bits: f64, statement: String) {
        let finding = Finding { family, statement, bits, facts: Vec::new() };
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
pub fn weigh(group: &Group, candidates: &[crate::Candidate]) -> Weighed {
    let mut weighed = Weighed::default();
    device(&group.facts, &mut weighed);
    place(&group.facts, &mut weighed);
    targets(&group.facts, &mut weighed);
    rhythm(group, &mut weighed);
    life(&group.facts, &mut weighed);
    numbering(&group.facts, &mut weighed);
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

fn device(facts: &GroupFacts, weighed: &mut Weighed) {
    let (Some(shared), Some(each)) = (facts.handset_shared, facts.lines_a_handset) else { return };
    let bits = match shared {
        share if share >= 0.5 && facts.lines >= 8 => 6.0,
        share if share >= 0.25 => 4.0,
        share if share >= 0.1 => 2.0,
        _ if facts.lines >= 8 => -3.0,
        _ => -1.5,
    };
    let statement = if bits > 0.0 {
        format!(
            "{} of the lines share their main handset with another of them ({each:.1} lines for each handset).",
            percent(shared)
        )
    } else {
        "Nearly every line has a handset of its own.".to_owned()
    };
    weighed.add(Family::Device, bits, statement);
}

fn place(facts: &GroupFacts, weighed: &mut Weighed) {
    let (Some(site), Some(stillness)) = (facts.site_share, facts.stillness) else { return };
    if stillness < 0.4 {
        weighed.add(
            Family::Place,
            -3.0,
            format!(
                "The lines move about: each makes only {} of its calls from its main cell.",
                percent(stillness)
            ),
        );
    } else if site >= 0.7 {
        weighed.add(
            Family::Place,
            1.5,
            format!(
                "{} of the calls come from one place (its main cell and the next).",
                percent(site)
            ),
        );
    } else if facts.sites.unwrap_or(0) >= 2 && stillness >= 0.6 {
        weighed.add(
            Family::Place,
            1.5,
            format!(
                "The lines stand still at {} places, several at each.",
                facts.sites.unwrap_or(0)
            ),
        );
    } else if stillness >= 0.5 {
        weighed.add(
            Family::Place,
            1.0,
            format!(
                "The lines keep to the same few cells ({} of the calls from two).",
                percent(site)
            ),
        );
    }
    if let Some(night) = facts.night_at_site
        && facts.night_share >= 0.03
        && night < 0.6
    {
        let bits = if night < 0.3 { -2.0 } else { -1.0 };
        weighed.add(
            Family::Place,
            bits,
            format!(
                "At night the lines are elsewhere: only {} of night calls come from the place.",
                percent(night)
            ),
        );
    }
}

/// Larger groups are not put together by coincidences alone.
const COINCIDENCES_MAX: usize = 8;

fn targets(facts: &GroupFacts, weighed: &mut Weighed) {
    // A group is put together by what its lines share: one coincidence for each line could be why it is a group at all, so only
    // hand-offs beyond that count as evidence.
    let beyond =
        |count: usize| count.saturating_sub(facts.lines.saturating_sub(1).min(COINCIDENCES_MAX));
    let (quick, followed) = (beyond(facts.quick), beyond(facts.followed));
    if quick >= 3 && facts.quick_share >= 0.04 {
        let bits = if facts.quick_share >= 0.3 {
            5.0
        } else if facts.quick_share >= 0.12 {
            4.0
        } else {
            2.0
        };
        weighed.add(Family::Targets, bits, format!(
            "After {} of {} long talks another of the lines calls the same person within the hour: a hand-off.", percent(facts.quick_share), facts.long
        ));
    } else if followed >= 5 && facts.follow_share >= (3.0 * facts.follow_chance).max(0.1) {
        let bits = if facts.follow_share >= 0.3 { 2.5 } else { 1.5 };
        weighed.add(Family::Targets, bits, format!(
            "After {} of {} long talks another of the lines calls the same person within two days ({} by chance).",
            percent(facts.follow_share), facts.long, percent(facts.follow_chance.min(1.0))
        ));
    } else if facts.long >= 20 && facts.follow_share < 0.05 && facts.lock_step < 0.6 {
        weighed.add(
            Family::Targets,
            -1.0,
            "Long talks are not followed up by other lines.".to_owned(),
        );
    }
    if facts.dialled_share >= 0.015 && beyond(facts.dialled) >= 3 {
        weighed.add(Family::Targets, 3.0, format!("{} of the called dial another of the lines within the hour, one they had not dealt with.", percent(facts.dialled_share)));
    }
    if facts.shared_share >= 0.01
        && beyond(facts.shared) >= 3
        && facts.calls_a_target < 1.6
        && facts.fresh_share >= 0.7
    {
        weighed.add(Family::Targets, 1.0, format!("One list of strangers is shared out: {} of {} called people were called by two or more of the lines.", percent(facts.shared_share), facts.targets));
    }
    if facts.lock_step >= 0.6 && facts.lines >= 5 && facts.shared >= 5 {
        let bits = if facts.lock_step >= 0.8 && facts.shared >= 8 { 4.0 } else { 3.0 };
        weighed.add(Family::Targets, bits, format!(
            "The lines go in lock-step: {} of them call the same {} people ({} of all possible pairs).", facts.lines, facts.shared, percent(facts.lock_step)
        ));
    } else if facts.calls_a_target >= 2.5 {
        weighed.add(Family::Targets, -4.0, format!("The same people are called again and again ({:.1} calls each): customers rather than strangers.", facts.calls_a_target));
    } else if facts.calls_a_target >= 1.6 {
        weighed.add(
            Family::Targets,
            -2.0,
            format!("Many are called again ({:.1} calls each).", facts.calls_a_target),
        );
    }
    if facts.answered_back_share >= 0.04 {
        let bits = if facts.answered_back_share >= 0.2 {
            -4.0
        } else if facts.answered_back_share >= 0.1 {
            -2.5
        } else {
            -1.5
        };
        weighed.add(
            Family::Targets,
            bits,
            format!(
                "{} of the called ring back and are answered.",
                percent(facts.answered_back_share)
            ),
        );
    }
}

/// Fewer calls than these show no rhythm.
const CALLS_MIN: usize = 50;

fn rhythm(group: &Group, weighed: &mut Weighed) {
    let facts = &group.facts;
    if let (Some(target), Some(away_h), Some(zone)) =
        (facts.office_target, facts.target_hours_away, &group.target_zone)
        && target >= 0.7
        && facts.calls >= CALLS_MIN
        && facts.office_site < 0.5
        && away_h >= 4.0
    {
        weighed.add(
            Family::Rhythm,
            3.0,
            format!(
                "{} of the calls fall into office hours of {zone}, {} into those of the place.",
                percent(target),
                percent(facts.office_site)
            ),
        );
    }
    match facts.weekend_ratio {
        Some(ratio) if ratio >= 0.6 && facts.calls >= CALLS_MIN => {
            weighed.add(
                Family::Rhythm,
                1.0,
                format!(
                    "Work goes on through the weekend ({} of a working day's calls).",
                    percent(ratio)
                ),
            );
        }
        Some(ratio) if ratio <= 0.35 && facts.life_days >= 10.0 => {
            weighed.add(
                Family::Rhythm,
                -2.0,
                format!("Weekends are kept ({} of a working day's calls).", percent(ratio)),
            );
        }
        _ => {}
    }
    if facts.shift_hours >= 15.0 {
        weighed.add(
            Family::Rhythm,
            -1.5,
            format!(
                "There is no shift: calls spread over {:.0} hours of the day.",
                facts.shift_hours
            ),
        );
    } else if facts.shift_hours <= 11.0 {
        weighed.add(
            Family::Rhythm,
            0.5,
            format!(
                "One shift: nine tenths of the calls fall into {:.0} hours of the day.",
                facts.shift_hours
            ),
        );
    }
}

fn life(facts: &GroupFacts, weighed: &mut Weighed) {
    if facts.lines >= 6
        && facts.churn >= 1.25
        && facts.stable_share < 0.6
        && facts.line_days <= 0.6 * facts.life_days
    {
        let bits = if facts.churn >= 1.8 { 4.0 } else { 2.0 };
        weighed.add(Family::Rhythm, bits, format!(
            "Lines are used up: {} lines, each for about {:.0} days, while the work went on for {:.0}.", facts.lines, facts.line_days, facts.life_days
        ));
    } else if facts.stable_share >= 0.7 && facts.life_days >= 10.0 {
        let bits = if facts.life_days >= 20.0 && facts.life_share >= 0.9 { -3.0 } else { -1.0 };
        weighed.add(
            Family::Rhythm,
            bits,
            format!(
                "The lines stay: {} of them worked on at least half of the days.",
                percent(facts.stable_share)
            ),
        );
    }
    if facts.span_days >= 14.0
        && facts.line_days >= 0.7 * facts.span_days
        && facts.stable_share < 0.5
        && weighed.tied_bits() <= 0.0
    {
        weighed.add(
            Family::Rhythm,
            -4.0,
            format!(
                "The lines are old and used now and then, as people use a phone: half of them for {:.0} of {:.0} days or more, few on most days.",
                facts.line_days, facts.span_days
            ),
        );
    }
    if facts.evening_share >= 0.1 {
        weighed.add(Family::Rhythm, -3.0, format!("The lines have a life: {} of those they speak with are recurrent evening partners.", percent(facts.evening_share)));
    }
}

fn numbering(facts: &GroupFacts, weighed: &mut Weighed) {
    if let Some(batch) = facts.batch_share.filter(|share| *share >= 0.5) {
        weighed.add(
            Family::Numbering,
            1.0,
            format!("{} of the numbers lie close to another: one batch.", percent(batch)),
        );
    }
    if let Some(vacant) = facts.vacant_share.filter(|share| *share >= 0.02) {
        weighed.add(
            Family::Numbering,
            1.0,
            format!(
                "{} of the attempts reach vacant numbers: a list, not an address book.",
                percent(vacant)
            ),
        );
    }
    if facts.sequential_share >= 0.15 {
        weighed.add(
            Family::Numbering,
            -3.0,
            format!(
                "Numbers are dialled in rising order ({} of steps): a survey or a test.",
                percent(facts.sequential_share)
            ),
        );
    }
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

/// How many families the feeds can show.
pub fn observable_families(observed: Observed) -> usize {
    3 + usize::from(observed.has(Extra::CallerHandset))
        + usize::from(observed.has(Extra::CallerCell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_lines_used_now_and_then_count_against_a_group_that_nothing_ties() {
        let old = GroupFacts {
            lines: 6,
            span_days: 28.0,
            life_days: 27.0,
            line_days: 25.0,
            stable_share: 0.2,
            ..GroupFacts::default()
        };
        let bits = |facts: GroupFacts| {
            let group = Group { facts, ..Group::default() };
            weigh(&group, &[]).counter_evidence.iter().map(|finding| finding.bits).sum::<f64>()
        };
        let without = bits(GroupFacts { line_days: 7.0, ..old.clone() });
        assert!((bits(old.clone()) - without + 4.0).abs() < 1e-12);
        let tied = |line_days: f64| {
            let (handset_shared, lines_a_handset) = (Some(0.4), Some(2.0));
            bits(GroupFacts { handset_shared, lines_a_handset, line_days, ..old.clone() })
        };
        assert!(
            (tied(25.0) - tied(7.0)).abs() < 1e-12,
            "lines that share handsets are not strangers"
        );
    }
}
