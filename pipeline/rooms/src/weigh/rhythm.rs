//! Hours and days.

use super::{Weighed, percent};
use crate::config::RhythmFindings;
use crate::group::{Group, GroupFacts};
use domain::Family;

pub(super) fn weigh(group: &Group, config: &RhythmFindings, weighed: &mut Weighed) {
    away(group, config, weighed);
    weekend(&group.facts, config, weighed);
    shift(&group.facts, config, weighed);
}

fn away(group: &Group, config: &RhythmFindings, weighed: &mut Weighed) {
    let facts = &group.facts;
    let (Some(target), Some(away_h), Some(zone)) =
        (facts.office_target, facts.target_hours_away, &group.target_zone)
    else {
        return;
    };
    let seen = facts.calls >= config.calls_min
        && facts.office_site < config.office_site_max
        && away_h >= config.away_h_min;
    weighed.add(Family::Rhythm, config.office_target.bits(target).filter(|_| seen), || {
        format!(
            "{} of the calls fall into office hours where the called live (most in {zone}), {} into those of the feed's own zone.",
            percent(target),
            percent(facts.office_site)
        )
    });
}

fn weekend(facts: &GroupFacts, config: &RhythmFindings, weighed: &mut Weighed) {
    let Some(ratio) = facts.weekend_ratio else { return };
    let worked = config.weekend.bits(ratio).filter(|_| facts.calls >= config.calls_min);
    weighed.add(Family::Rhythm, worked, || {
        format!("Work goes on through the weekend ({} of a working day's calls).", percent(ratio))
    });
    let kept = ratio <= config.weekend_kept_max && facts.life_days >= config.weekend_days_min;
    weighed.add(Family::Rhythm, kept.then_some(config.weekend_kept_bits), || {
        format!("Weekends are kept ({} of a working day's calls).", percent(ratio))
    });
}

fn shift(facts: &GroupFacts, config: &RhythmFindings, weighed: &mut Weighed) {
    let hours = facts.shift_hours;
    weighed.add(Family::Rhythm, config.no_shift.bits(hours), || {
        format!("There is no shift: calls spread over {hours:.0} hours of the day.")
    });
    let one = hours <= config.shift_h_max;
    weighed.add(Family::Rhythm, one.then_some(config.shift_bits), || {
        format!("One shift: nine tenths of the calls fall into {hours:.0} hours of the day.")
    });
}
