//! Who does what.

use rooms::config::Steps;
use serde::{Deserialize, Serialize};

/// Who does what. Weights are bits: each doubles the odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RoleConfig {
    /// Calls with a room from which somebody around it is looked at.
    pub contacts_min: usize,
    /// Days with such calls, at least.
    pub days_min: usize,
    /// Lines of a room that a controller called, at least.
    pub lines_min: usize,
    /// Prior odds that such a line is a controller, bits.
    pub controller_prior_bits: f64,
    /// By the lines of the room that it called.
    pub called_bits: Steps,
    /// By the days on which it called.
    pub calling_days_bits: Steps,
    /// Lines called on a day that any is called, on average, of somebody who runs them: below it one after the other is dealt with.
    pub called_a_day_min: f64,
    /// Weight where it does not, bits.
    pub one_by_one_bits: f64,
    /// Weight where several of the lines call it, bits.
    pub called_by_bits: f64,
    /// Share of calls from the main cell, at most, of somebody who moves about.
    pub moves_share_max: f64,
    /// Weight of moving about, bits.
    pub moves_bits: f64,
    /// Others on several days, at least, of somebody with a life of their own.
    pub recurrent_min: usize,
    /// Weight of a life of their own, bits.
    pub own_life_bits: f64,
    /// A talk from which the room may have worked on them, seconds.
    pub long_talk_s: u32,
    /// Share of such talks among all calls, at least, of somebody whom the room works on.
    pub long_share_min: f64,
    /// Weight where the room called first and talked so long so often, bits.
    pub target_bits: f64,
    /// Share of its calls to other lines of the room, at least, of a controller whose line came up in the room.
    pub among_share_min: f64,
    /// Probability from which a controller is named.
    pub named_min: f64,
    /// Probability from which somebody is shown as unclear.
    pub shown_min: f64,
    /// Days of contact of a helper, at least.
    pub helper_days_min: usize,
    /// Lines that a helper deals with, at least.
    pub helper_lines_min: usize,
    /// Calls with a helper, at least.
    pub helper_calls_min: usize,
    /// Share of them that are answered, at least: they know each other.
    pub helper_answered_min: f64,
    /// The longest talk of a helper, seconds, at most.
    pub helper_talk_max_s: u32,
    /// Probability given to a helper.
    pub helper_confidence: f64,
    /// How long before a room's first call its supplier was spoken to, seconds, at most.
    pub before_s: u32,
    /// Where more than so many fit, nobody is named.
    pub suppliers_max: usize,
    /// Probability given to a supplier contact.
    pub supplier_confidence: f64,
}

impl Default for RoleConfig {
    fn default() -> Self {
        Self {
            contacts_min: 4,
            days_min: 2,
            lines_min: 3,
            controller_prior_bits: -6.0,
            called_bits: Steps::new(&[(3.0, 3.0), (5.0, 5.0), (8.0, 7.0)]),
            calling_days_bits: Steps::new(&[(2.0, 1.0), (4.0, 2.0)]),
            called_a_day_min: 1.5,
            one_by_one_bits: -5.0,
            called_by_bits: 1.0,
            moves_share_max: 0.6,
            moves_bits: 1.0,
            recurrent_min: 2,
            own_life_bits: 0.5,
            long_talk_s: 600,
            long_share_min: 0.1,
            target_bits: -5.0,
            among_share_min: 0.25,
            named_min: 0.8,
            shown_min: 0.3,
            helper_days_min: 4,
            helper_lines_min: 2,
            helper_calls_min: 6,
            helper_answered_min: 0.8,
            helper_talk_max_s: 180,
            helper_confidence: 0.6,
            before_s: 604_800,
            suppliers_max: 3,
            supplier_confidence: 0.5,
        }
    }
}
