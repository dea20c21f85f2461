//! The called: hand-offs, shared lists, customers.

use super::{Weighed, percent};
use crate::config::TargetFindings;
use crate::group::{Group, GroupFacts};
use domain::Family;

pub(super) fn weigh(group: &Group, config: &TargetFindings, weighed: &mut Weighed) {
    let facts = &group.facts;
    hand_offs(group, config, weighed);
    dialled(group, config, weighed);
    list(group, config, weighed);
    lock_step_or_customers(group, config, weighed);
    weighed.add(Family::Targets, config.answered_back.bits(facts.answered_back_share), || {
        format!("{} of the called ring back and are answered.", percent(facts.answered_back_share))
    });
    weighed.add(Family::Targets, config.uninvited.bits(facts.uninvited_ratio), || {
        format!(
            "People call of themselves, whom no line had called ({:.0} for each 100 calls made): as customers do.",
            facts.uninvited_ratio * 100.0
        )
    });
}

/// A group is put together by what its lines share: one coincidence for each line could be why it is a group at all, so only what is
/// beyond that counts as evidence.
fn beyond(count: usize, facts: &GroupFacts, config: &TargetFindings) -> usize {
    count.saturating_sub(facts.lines.saturating_sub(1).min(config.coincidences_max))
}

fn hand_offs(group: &Group, config: &TargetFindings, weighed: &mut Weighed) {
    let Group { facts, examples, .. } = group;
    let quick_seen = beyond(facts.quick, facts, config) >= config.quick_min;
    let followed_seen = beyond(facts.followed, facts, config) >= config.followed_min
        && facts.follow_share >= config.follow_over_chance * facts.follow_chance;
    let quick = config.quick.bits(facts.quick_share).filter(|_| quick_seen);
    let follow = config.follow.bits(facts.follow_share).filter(|_| followed_seen);
    let alone = facts.long >= config.alone_long_min
        && facts.follow_share < config.alone_follow_max
        && config.lock_step.bits(facts.lock_step).is_none();
    if quick.is_some() {
        weighed.add_with(Family::Targets, quick, &examples.quick, || format!(
            "Within an hour of {} of {} long talks ({} s and more) another of the lines calls the same person: a hand-off.",
            percent(facts.quick_share), facts.long, facts.long_min_s
        ));
    } else if follow.is_some() {
        weighed.add_with(Family::Targets, follow, &examples.followed, || format!(
            "Within two days of {} of {} long talks ({} s and more) another of the lines calls the same person ({} by chance).",
            percent(facts.follow_share), facts.long, facts.long_min_s, percent(facts.follow_chance.min(1.0))
        ));
    } else {
        weighed.add(Family::Targets, alone.then_some(config.alone_bits), || {
            "Long talks are not followed up by other lines.".to_owned()
        });
    }
}

fn dialled(group: &Group, config: &TargetFindings, weighed: &mut Weighed) {
    let Group { facts, examples, .. } = group;
    let seen = beyond(facts.dialled, facts, config) >= config.dialled_min;
    let bits = config.dialled.bits(facts.dialled_share).filter(|_| seen);
    weighed.add_with(Family::Targets, bits, &examples.dialled, || {
        format!(
            "{} of the called dial another of the lines within the hour, one they had not dealt with.",
            percent(facts.dialled_share)
        )
    });
}

fn list(group: &Group, config: &TargetFindings, weighed: &mut Weighed) {
    let Group { facts, examples, .. } = group;
    let strangers = beyond(facts.shared, facts, config) >= config.list_min
        && facts.calls_a_target < config.list_calls_max
        && facts.fresh_share >= config.list_fresh_min;
    let bits = config.list.bits(facts.shared_share).filter(|_| strangers);
    weighed.add_with(Family::Targets, bits, &examples.shared, || format!(
        "One list of strangers is shared out: {} of {} called people were called by two or more of the lines.",
        percent(facts.shared_share), facts.targets
    ));
}

fn lock_step_or_customers(group: &Group, config: &TargetFindings, weighed: &mut Weighed) {
    let Group { facts, examples, .. } = group;
    let firm = facts.shared >= config.firm_shared_min;
    let seen = facts.lines >= config.lock_step_lines_min
        && facts.shared >= config.lock_step_shared_min
        && facts.shared_share >= config.lock_step_share_min;
    let steps = if firm { &config.lock_step_firm } else { &config.lock_step };
    let lock_step = steps.bits(facts.lock_step).filter(|_| seen);
    if lock_step.is_some() {
        weighed.add_with(Family::Targets, lock_step, &examples.shared, || format!(
            "The lines go in lock-step: {} of them call the same {} people ({} of all possible pairs).",
            facts.lines, facts.shared, percent(facts.lock_step)
        ));
    } else {
        weighed.add(Family::Targets, config.again.bits(facts.calls_a_target), || {
            format!(
                "The same people are called again ({:.1} calls each), as customers are.",
                facts.calls_a_target
            )
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five lines that call the same 36 people, who are such a share of all whom they call.
    fn told(shared_share: f64) -> bool {
        let facts = GroupFacts {
            lines: 5,
            shared: 36,
            shared_share,
            lock_step: 0.7,
            ..GroupFacts::default()
        };
        let mut weighed = Weighed::default();
        let group = Group { facts, ..Group::default() };
        lock_step_or_customers(&group, &TargetFindings::default(), &mut weighed);
        weighed.evidence.iter().any(|finding| finding.statement.contains("lock-step"))
    }

    #[test]
    fn lines_go_in_lock_step_where_they_call_the_same_people_above_all() {
        assert!(told(0.2));
        assert!(!told(0.01), "a few colleagues of a large centre, whom all its lines ring");
    }
}
