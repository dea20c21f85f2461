//! Controller: somebody who speaks with many of a room's lines, and works no list.
//!
//! Means: a line outside the list work calls line after line of the room on many days, is called by them, moves about, rests, and has a
//! life of its own. Points to who runs the room: workers speak with targets, those who run them with workers (docs/concepts/roles.md).
//! Known false alarms: a target who rings back many numbers (called first, and talked to at length), a driver or a cook (a few lines
//! only), somebody whose number the room shows. Nobody is named below the threshold.

use super::around::Around;
use super::{RoleOf, controller_of};
use crate::config::RoleConfig;

/// The line with its odds of being a controller.
pub(super) fn weighed(around: &Around, config: &RoleConfig) -> RoleOf {
    let of = around.dealings;
    let mut bits = config.controller_prior_bits;
    let mut why = Vec::new();
    let mut add = |weight: Option<f64>, sentence: String| {
        if let Some(weight) = weight {
            bits += weight;
            why.push(sentence);
        }
    };
    let (called, days) = (of.called as f64, of.calling_days as f64);
    add(config.called_bits.bits(called), format!("It called {} of the room's lines.", of.called));
    add(
        config.calling_days_bits.bits(days),
        format!("It called them on {} days.", of.calling_days),
    );
    add(
        (of.called_a_day < config.called_a_day_min).then_some(config.one_by_one_bits),
        "It hardly called several of the lines on one day.".to_owned(),
    );
    add(
        (of.called_by >= config.lines_min).then_some(config.called_by_bits),
        format!("{} of the lines call it.", of.called_by),
    );
    let moves = around.top_cell_share.filter(|share| *share <= config.moves_share_max);
    add(moves.map(|_| config.moves_bits), "It moves about.".to_owned());
    add(
        (around.recurrent >= config.recurrent_min).then_some(config.own_life_bits),
        format!("It has a life of its own: {} others on several days.", around.recurrent),
    );
    add(
        (of.long_share >= config.long_share_min && of.room_first).then_some(config.target_bits),
        "The room called it first, and talked to it at length, as to a target.".to_owned(),
    );
    controller_of(of.other, bits, why, config)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::{Dealings, Role};

    fn around(dealings: Dealings) -> Around {
        let top_cell_share = Some(0.2);
        Around { dealings, others: 9, recurrent: 5, top_cell_share, days: 14 }
    }

    const BOSS: Dealings = Dealings {
        other: 1,
        called: 12,
        called_by: 6,
        calls_to: 40,
        calls_from: 15,
        called_a_day: 3.1,
        answered_share: 0.9,
        days: 12,
        calling_days: 12,
        longest_s: 150,
        long_share: 0.0,
        room_first: false,
    };

    #[test]
    fn who_calls_line_after_line_for_days_is_named() {
        let found = weighed(&around(BOSS), &RoleConfig::default());
        assert_eq!(found.role, Role::Controller);
        assert!(found.why.len() >= 4, "{:?}", found.why);
    }

    #[test]
    fn a_target_who_rings_back_is_not() {
        let target = Dealings {
            called: 3,
            called_by: 5,
            calls_to: 3,
            calls_from: 6,
            called_a_day: 1.0,
            days: 3,
            calling_days: 2,
            longest_s: 1_800,
            long_share: 0.2,
            room_first: true,
            ..BOSS
        };
        let found = weighed(&around(target), &RoleConfig::default());
        assert_eq!(found.role, Role::Unclear);
    }

    #[test]
    fn one_long_talk_among_many_short_ones_makes_no_target() {
        let talked = Dealings { longest_s: 700, long_share: 0.02, room_first: true, ..BOSS };
        let found = weighed(&around(talked), &RoleConfig::default());
        assert_eq!(found.role, Role::Controller);
    }

    #[test]
    fn few_lines_are_too_few_to_tell() {
        let few = Dealings { called: 2, ..BOSS };
        assert_eq!(weighed(&around(few), &RoleConfig::default()).role, Role::Unclear);
    }
}
