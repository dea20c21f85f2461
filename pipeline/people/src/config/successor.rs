//! Which line goes on with one that goes quiet.

use serde::{Deserialize, Serialize};

/// Which line goes on with one that goes quiet. Weights are bits: each doubles the odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SuccessorConfig {
    /// Calls made and received, at least, of a line that is looked at.
    pub calls_min: usize,
    /// Days on each side of a break that its firmness is told by.
    pub window_days: usize,
    /// Calls a day, at least, on the busy side.
    pub calls_a_day_min: f64,
    /// Calls on the quiet side over the busy one, at most.
    pub rate_share_max: f64,
    /// Firmness of the break, at least, bits.
    pub change_bits_min: f64,
    /// Lines times days up to which that is firm enough; with twice as many one bit more is asked for.
    pub change_places: f64,
    /// Days between one line's break and the other's, at most.
    pub apart_days: usize,
    /// Days on each side whose contacts are compared.
    pub contacts_days: usize,
    /// Above so many candidates, only those that share something are weighed.
    pub candidates_max: usize,
    /// Share of contacts that somebody keeps with a new phone.
    pub keeps_share: f64,
    /// Odds that somebody who goes quiet has a new phone at all, bits.
    pub prior_bits: f64,
    /// Weight against two lines that called each other, bits: nobody calls themselves.
    pub met_bits: f64,
    /// Calls that the new line made a day before it began, over those since, from which it was somebody's already.
    pub before_share_max: f64,
    /// Weight against it then, bits.
    pub before_bits: f64,
    /// Weight of the same handset, bits.
    pub handset_bits: f64,
    /// Weight of the same cells, at most, bits.
    pub place_bits_max: f64,
    /// Share of calls at one cell that says nothing yet.
    pub cell_floor: f64,
    /// Probability from which a contact is taken for their new line while the rest is solved.
    pub likely_min: f64,
    /// Probability from which a line is named to go on with another.
    pub named_min: f64,
    /// Contacts of both, at least, of a line that is named.
    pub shared_min: usize,
    /// Candidates shown, at most.
    pub shown_max: usize,
}

impl Default for SuccessorConfig {
    fn default() -> Self {
        Self {
            calls_min: 12,
            window_days: 7,
            calls_a_day_min: 1.5,
            rate_share_max: 0.5,
            change_bits_min: 4.0,
            change_places: 4_000.0,
            apart_days: 2,
            contacts_days: 14,
            candidates_max: 200,
            keeps_share: 0.7,
            prior_bits: -1.0,
            met_bits: 6.0,
            before_share_max: 0.1,
            before_bits: 4.0,
            handset_bits: 8.0,
            place_bits_max: 4.0,
            cell_floor: 0.05,
            likely_min: 0.3,
            named_min: 0.8,
            shared_min: 2,
            shown_max: 5,
        }
    }
}
