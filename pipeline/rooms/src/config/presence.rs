//! When lines that were seen at one place are a room.

use super::Steps;
use serde::{Deserialize, Serialize};

/// When lines that were seen at one place are a room. Weights are bits: each doubles the odds. Priors are starting values, set on made
/// worlds (`drill make --sightings`, seeds 1 to 6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PresenceConfig {
    /// Sightings of a line, at least.
    pub seen_min: usize,
    /// Days with sightings, at least.
    pub days_min: usize,
    /// Share of a line's sightings in its main cells, at least, that keeps to one place.
    pub still_share_min: f64,
    /// Share of a line's sightings in a cell, at least, that makes it one of its places.
    pub place_share_min: f64,
    /// How much of their sightings two lines of a group have in the same cells, at least.
    pub overlap_min: f64,
    /// How many cells a building is heard by.
    pub cells_max: usize,
    /// Lines of a group, at least.
    pub lines_min: usize,
    /// Lines of a place, at most, that are compared pair by pair.
    pub place_max: usize,
    /// Others that each line is compared with when a group is weighed, at most.
    pub compared_max: usize,
    /// Prior odds that two lines of a place belong together, bits.
    pub pair_prior_bits: f64,
    /// By how much two lines are online in step.
    pub in_step_bits: Steps,
    /// Weight where they are not, bits.
    pub out_of_step_bits: f64,
    /// Chance that two lines of a group begin, or end, within a day of each other.
    pub same_day_m: f64,
    /// What chance is taken for at least.
    pub same_day_floor: f64,
    /// Weight where they begin, or end, further apart, bits.
    pub apart_bits: f64,
    /// Weight of a common handset, bits.
    pub handset_bits: f64,
    /// Numbers that lie no further apart are of one run.
    pub run_max: u64,
    /// Weight of one run, bits.
    pub run_bits: f64,
    /// Weight that a pair of one group must have on average, bits (resolution of the constant Potts model).
    pub pair_mean_bits: f64,
    /// Of the links that two parts would have between them if they were linked as the one that is linked more, on the days that they have in common, the
    /// share from which they are one group.
    pub linked_share_min: f64,
    /// Such links, at least.
    pub links_min: f64,
    /// Prior odds that a group is a room, bits.
    pub prior_bits: f64,
    /// By the share of sightings at the place.
    pub at_site_bits: Steps,
    /// By the minutes that a phone is online on a day.
    pub minutes_bits: Steps,
    /// Minutes online on a day, and hours of the day that hold nine tenths of them, at least, of what is a shift: what is less says nothing of
    /// anybody's office hours, nor of working together.
    pub shift_min: (f64, f64),
    /// By how much the lines of the group are online in step.
    pub group_step_bits: Steps,
    /// By the hours of the day that hold nine tenths of the time online.
    pub round_the_clock_bits: Steps,
    /// By how much less is done at the weekend, 0 to 1.
    pub weekend_bits: Steps,
    /// Hours between the place's clock and the one whose office hours are kept, at least.
    pub away_hours_min: i32,
    /// How much more of the time online its office hours hold than the place's own, at least.
    pub clock_share_min: f64,
    /// Weight of another clock's office hours, bits.
    pub foreign_clock_bits: f64,
    /// By the share of the time online in the place's own office hours.
    pub own_clock_bits: Steps,
    /// Days of facts before an arrival can be told.
    pub before_days: u32,
    /// By the share first seen within a day of each other.
    pub arrival_bits: Steps,
    /// By the share of lines that share a handset.
    pub pooled_bits: Steps,
    /// By the share of lines next to another in number.
    pub batch_bits: Steps,
    /// By the share of lines that speak with the same people on several days.
    pub own_people_bits: Steps,
    /// Share of its lines that a room known from calls must have to be the same one.
    pub same_share_min: f64,
    /// Share of the lines of a room known from calls that it must have, to say of that one too what was seen.
    pub inside_share_min: f64,
}

impl Default for PresenceConfig {
    fn default() -> Self {
        Self {
            seen_min: 8,
            days_min: 3,
            still_share_min: 0.95,
            place_share_min: 0.2,
            overlap_min: 0.6,
            cells_max: 4,
            lines_min: 5,
            place_max: 1_500,
            compared_max: 12,
            pair_prior_bits: -5.0,
            in_step_bits: Steps::new(&[(0.15, 0.0), (0.25, 2.0), (0.4, 5.0), (0.6, 7.0)]),
            out_of_step_bits: -2.0,
            same_day_m: 0.8,
            same_day_floor: 0.02,
            apart_bits: -0.7,
            handset_bits: 6.0,
            run_max: 5,
            run_bits: 2.0,
            pair_mean_bits: 0.2,
            linked_share_min: 0.2,
            links_min: 4.0,
            prior_bits: -6.0,
            at_site_bits: Steps::new(&[(0.9, 1.5), (0.97, 3.0)]),
            shift_min: (120.0, 5.0),
            minutes_bits: Steps::new(&[(0.0, -3.0), (120.0, 0.0), (240.0, 2.5)]),
            group_step_bits: Steps::new(&[(-1.0, -4.0), (0.15, 0.0), (0.3, 2.0), (0.5, 4.0)]),
            round_the_clock_bits: Steps::new(&[(18.0, -4.0)]),
            weekend_bits: Steps::new(&[(0.7, -2.0)]),
            away_hours_min: 5,
            clock_share_min: 0.3,
            foreign_clock_bits: 3.0,
            own_clock_bits: Steps::new(&[(0.7, -2.0)]),
            before_days: 2,
            arrival_bits: Steps::new(&[(0.8, 1.5)]),
            pooled_bits: Steps::new(&[(0.3, 2.0)]),
            batch_bits: Steps::new(&[(0.5, 1.0)]),
            own_people_bits: Steps::new(&[(0.3, -3.0)]),
            same_share_min: 0.3,
            inside_share_min: 0.6,
        }
    }
}
