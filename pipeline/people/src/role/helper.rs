//! Helper: somebody who deals with a few of a room's lines, again and again, briefly.
//!
//! Means: a cook, a driver, a landlord. Points to a room's surroundings: people inside do not go out, so things are brought. Known false
//! alarms: a worker's own people (talks of minutes, one line), targets (called first, or at length). A helper may know nothing: the role
//! says whom an investigator may ask, and no more.

use super::around::Around;
use super::{Role, RoleOf};
use crate::config::RoleConfig;

/// The line as a helper, given its odds of being a controller; `None` where it is none.
pub(super) fn named(around: &Around, controller: f64, config: &RoleConfig) -> Option<RoleOf> {
    let of = around.dealings;
    let both_ways = of.calls_to > 0 && of.calls_from > 0;
    let brief = of.longest_s <= config.helper_talk_max_s;
    let lines = of.called.max(of.called_by);
    let is_one = both_ways
        && brief
        && of.days >= config.helper_days_min
        && of.calls_to + of.calls_from >= config.helper_calls_min
        && of.answered_share >= config.helper_answered_min
        && of.called_a_day < config.called_a_day_min
        && lines >= config.helper_lines_min;
    is_one.then(|| RoleOf {
        line: of.other,
        role: Role::Helper,
        controller,
        confidence: config.helper_confidence,
        why: vec![format!(
            "It and {lines} of the lines call each other, never for more than {} s, on {} days.",
            of.longest_s, of.days
        )],
    })
}
