//! The lives of the lines.

use super::{Weighed, percent};
use crate::config::LifeFindings;
use crate::group::GroupFacts;
use domain::Family;

/// After handsets and place: lines that these tie to each other are no strangers.
pub(super) fn weigh(facts: &GroupFacts, config: &LifeFindings, weighed: &mut Weighed) {
    used_up_or_staying(facts, config, weighed);
    old(facts, config, weighed);
    weighed.add(Family::Rhythm, config.evening.bits(facts.evening_share), || {
        format!(
            "The lines have a life: {} of those they speak with are recurrent evening partners.",
            percent(facts.evening_share)
        )
    });
}

fn used_up_or_staying(facts: &GroupFacts, config: &LifeFindings, weighed: &mut Weighed) {
    let short_lived = facts.lines >= config.used_up_lines_min
        && facts.stable_share < config.used_up_stable_max
        && facts.line_days <= config.used_up_life_max * facts.life_days;
    let used_up = config.used_up.bits(facts.churn).filter(|_| short_lived);
    if used_up.is_some() {
        weighed.add(Family::Rhythm, used_up, || {
            format!(
                "Lines are used up: {} lines, each for about {:.0} days, while the work went on for {:.0}.",
                facts.lines, facts.line_days, facts.life_days
            )
        });
        return;
    }
    let all_along = facts.life_days >= config.all_along_days_min
        && facts.life_share >= config.all_along_share_min;
    let steps = if all_along { &config.stay_all_along } else { &config.stay };
    let seen = facts.life_days >= config.stay_days_min;
    weighed.add(Family::Rhythm, steps.bits(facts.stable_share).filter(|_| seen), || {
        format!(
            "The lines stay: {} of them worked on at least half of the days.",
            percent(facts.stable_share)
        )
    });
}

fn old(facts: &GroupFacts, config: &LifeFindings, weighed: &mut Weighed) {
    let loose = facts.span_days >= config.old_days_min
        && facts.stable_share < config.old_stable_max
        && weighed.tied_bits() <= 0.0;
    let age = facts.line_days / facts.span_days.max(1.0);
    weighed.add(Family::Rhythm, config.old.bits(age).filter(|_| loose), || {
        format!(
            "The lines are old and used now and then, as people use a phone: half of them for {:.0} of {:.0} days or more, few on most days.",
            facts.line_days, facts.span_days
        )
    });
}

#[cfg(test)]
mod tests {
    use crate::config::FindingConfig;
    use crate::group::{Group, GroupFacts};
    use crate::weigh::weigh;

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
            weigh(&group, &FindingConfig::default())
                .counter_evidence
                .iter()
                .map(|finding| finding.bits)
                .sum::<f64>()
        };
        let without = bits(GroupFacts { line_days: 7.0, ..old.clone() });
        assert!((bits(old.clone()) - without + 4.0).abs() < 1e-12);
        let tied = |line_days: f64| {
            let (handset_shared, lines_a_handset) = (Some(0.5), Some(2.0));
            bits(GroupFacts {
                handset_shared,
                handset_sharers: Some(3),
                lines_a_handset,
                line_days,
                ..old.clone()
            })
        };
        assert!(
            (tied(25.0) - tied(7.0)).abs() < 1e-12,
            "lines that share handsets are not strangers"
        );
    }
}
