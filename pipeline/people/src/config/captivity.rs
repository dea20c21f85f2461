//! When people may be held.

use serde::{Deserialize, Serialize};

/// When people may be held. Starting values, from docs/concepts/figures.md where there are any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaptivityConfig {
    /// Families of indicators that must be seen for a welfare check to be advised; one more where people are seen to leave.
    pub families_min: usize,
    /// What a sign rests on is believed as n / (n + this).
    pub doubt: f64,
    /// Examples of facts behind a sign, at most.
    pub facts_max: usize,
    /// Share of sightings at the place, at least, at work and at rest.
    pub at_site_min: f64,
    /// Days in one place, or of work, at least.
    pub confined_days_min: usize,
    /// Sightings outside the shift, at least, that tell whether people leave.
    pub rest_seen_min: usize,
    /// Days with such sightings, at least.
    pub rest_days_min: usize,
    /// Facts before a room's beginning, seconds, at least, that show who came then.
    pub before_s: u32,
    /// How long before a room's first fact newcomers may come, seconds.
    pub arrival_before_s: u32,
    /// How long after it, and from their first sighting to the place, seconds.
    pub arrival_s: u32,
    /// Share of newcomers' sightings in the days after they came, at least, that is at the place.
    pub there_share_min: f64,
    /// How soon newcomers' phones fall silent, seconds.
    pub silence_within_s: u32,
    /// How long they must have been silent, seconds.
    pub silent_s: u32,
    /// Newcomers of a later batch, newcomers who fell silent, or their handsets, at least.
    pub newcomers_min: usize,
    /// How surprising a later batch is among all who come to the place, bits, at least.
    pub batch_bits_min: f64,
    /// Share of all newcomers that fell silent, at least.
    pub silent_share_min: f64,
    /// Newcomers who come together, at least, that are told as a cohort.
    pub cohort_min: usize,
    /// Within so many seconds.
    pub together_s: u32,
    /// Hours that a line works on a day, at least.
    pub hours_min: f64,
    /// Share of the hours of a day's span, at least, in which a line is used, that is work.
    pub filled_min: f64,
    /// Days a week, at least.
    pub days_a_week_min: f64,
    /// Share of work by night that is told.
    pub night_share_min: f64,
    /// Lines that move together, at least.
    pub convoy_min: usize,
    /// Share of those that work before and after, at least.
    pub convoy_share_min: f64,
    /// A call for help that lasts no longer was cut, seconds.
    pub cut_s: u32,
    /// Numbers of police and rescue, as feeds write them.
    pub emergency_numbers: Vec<String>,
    /// Numbers of embassies, consulates and helplines: to be filled in.
    pub embassy_numbers: Vec<String>,
}

impl Default for CaptivityConfig {
    fn default() -> Self {
        const DAY_S: u32 = 86_400;
        // Police and rescue that many countries have, and Peru's 105 and 106. Codes that are an operator's own service elsewhere (100, 123, 15 and
        // their like) are left to be added where they are the police's.
        let emergency = [
            "000", "105", "106", "110", "112", "113", "117", "119", "190", "191", "192", "193",
            "197", "199", "911", "991", "995", "997", "998", "999",
        ];
        Self {
            families_min: 3,
            doubt: 3.0,
            facts_max: 6,
            at_site_min: 0.95,
            confined_days_min: 5,
            rest_seen_min: 10,
            rest_days_min: 3,
            before_s: DAY_S,
            arrival_before_s: 3 * DAY_S,
            arrival_s: DAY_S,
            there_share_min: 0.6,
            silence_within_s: 2 * DAY_S,
            silent_s: 3 * DAY_S,
            newcomers_min: 5,
            batch_bits_min: 20.0,
            silent_share_min: 0.6,
            cohort_min: 8,
            together_s: 5_400,
            hours_min: 11.0,
            filled_min: 0.75,
            days_a_week_min: 5.5,
            night_share_min: 0.3,
            convoy_min: 5,
            convoy_share_min: 0.8,
            cut_s: 15,
            emergency_numbers: emergency.map(str::to_owned).to_vec(),
            embassy_numbers: Vec::new(),
        }
    }
}
