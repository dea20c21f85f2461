//! What each finding about a group weighs: starting values, bits for and against.

use super::Steps;
use serde::{Deserialize, Serialize};

/// What findings weigh, by what they are about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FindingConfig {
    /// Handsets.
    pub device: DeviceFindings,
    /// The place.
    pub place: PlaceFindings,
    /// The called.
    pub targets: TargetFindings,
    /// Hours and days.
    pub rhythm: RhythmFindings,
    /// The lives of the lines.
    pub life: LifeFindings,
    /// Numbers and dialling.
    pub numbering: NumberingFindings,
}

/// Handsets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeviceFindings {
    /// Lines of a group that is large, at least.
    pub large_lines_min: usize,
    /// Lines that share their main handset with another, at least, for that to be evidence: two could be why there is a group at all.
    pub sharers_min: usize,
    /// By the share of lines that share their main handset with another.
    pub shared: Steps,
    /// The same in a large group, where chance does less.
    pub shared_large: Steps,
}

impl Default for DeviceFindings {
    fn default() -> Self {
        Self {
            large_lines_min: 8,
            sharers_min: 3,
            shared: Steps::new(&[(0.0, -1.5), (0.1, 2.0), (0.25, 4.0)]),
            shared_large: Steps::new(&[(0.0, -3.0), (0.1, 2.0), (0.25, 4.0), (0.5, 6.0)]),
        }
    }
}

/// The place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlaceFindings {
    /// By the share of a line's calls that are made away from its main cell: lines that move about.
    pub restless: Steps,
    /// By the share of calls from one place.
    pub one_site: Steps,
    /// Places at which several lines stand still, at least.
    pub sites_min: usize,
    /// By the share of a line's own main cell, where there are so many places.
    pub still_at_sites: Steps,
    /// By the same, where there are not.
    pub still: Steps,
    /// Share of calls at night from which nights are looked at.
    pub night_share_min: f64,
    /// By the share of night calls from elsewhere.
    pub night_away: Steps,
}

impl Default for PlaceFindings {
    fn default() -> Self {
        Self {
            restless: Steps::new(&[(0.6, -3.0)]),
            one_site: Steps::new(&[(0.7, 1.5)]),
            sites_min: 2,
            still_at_sites: Steps::new(&[(0.6, 1.5)]),
            still: Steps::new(&[(0.5, 1.0)]),
            night_share_min: 0.03,
            night_away: Steps::new(&[(0.4, -1.0), (0.7, -2.0)]),
        }
    }
}

/// The called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TargetFindings {
    /// Coincidences that may have put a group together, at most: larger groups are not put together by coincidences alone.
    pub coincidences_max: usize,
    /// Quick hand-offs beyond coincidence, at least.
    pub quick_min: usize,
    /// By the share of long talks with a quick hand-off.
    pub quick: Steps,
    /// Talks followed up within two days beyond coincidence, at least.
    pub followed_min: usize,
    /// So many times as often as by chance, at least.
    pub follow_over_chance: f64,
    /// By the share of long talks that are followed up.
    pub follow: Steps,
    /// Long talks from which it counts that they are not followed up.
    pub alone_long_min: usize,
    /// Share of long talks that are followed up, below which they are not.
    pub alone_follow_max: f64,
    /// Talks that are not followed up, bits.
    pub alone_bits: f64,
    /// The called who dial another line of the group, beyond coincidence, at least.
    pub dialled_min: usize,
    /// By their share of the called.
    pub dialled: Steps,
    /// Targets shared beyond coincidence, at least, of a list that is shared out.
    pub list_min: usize,
    /// Calls for each target, at most, of such a list.
    pub list_calls_max: f64,
    /// Share of strangers, at least, of such a list.
    pub list_fresh_min: f64,
    /// By the share of targets that two or more lines called.
    pub list: Steps,
    /// Lines that go in lock-step, at least.
    pub lock_step_lines_min: usize,
    /// Targets that they share, at least.
    pub lock_step_shared_min: usize,
    /// Share of all targets, at least, that these are: colleagues ring each other too, and are few of whom they call.
    pub lock_step_share_min: f64,
    /// By the share of all possible pairs of line and shared target.
    pub lock_step: Steps,
    /// Targets that they share, at least, from which lock-step is firm.
    pub firm_shared_min: usize,
    /// By the same share, where lock-step is firm.
    pub lock_step_firm: Steps,
    /// By the calls for each target: customers rather than strangers.
    pub again: Steps,
    /// By the share of the called who ring back and are answered.
    pub answered_back: Steps,
    /// By the people who call of themselves, over calls made.
    pub uninvited: Steps,
}

impl Default for TargetFindings {
    fn default() -> Self {
        Self {
            coincidences_max: 8,
            quick_min: 3,
            quick: Steps::new(&[(0.04, 2.0), (0.12, 4.0), (0.3, 5.0)]),
            followed_min: 5,
            follow_over_chance: 3.0,
            follow: Steps::new(&[(0.1, 1.5), (0.3, 2.5)]),
            alone_long_min: 20,
            alone_follow_max: 0.05,
            alone_bits: -4.0,
            dialled_min: 3,
            dialled: Steps::new(&[(0.015, 3.0)]),
            list_min: 3,
            list_calls_max: 1.6,
            list_fresh_min: 0.7,
            list: Steps::new(&[(0.01, 1.0)]),
            lock_step_lines_min: 5,
            lock_step_shared_min: 5,
            lock_step_share_min: 0.05,
            lock_step: Steps::new(&[(0.6, 3.0)]),
            firm_shared_min: 8,
            lock_step_firm: Steps::new(&[(0.6, 3.0), (0.8, 4.0)]),
            again: Steps::new(&[(1.6, -2.0), (2.5, -4.0)]),
            answered_back: Steps::new(&[(0.04, -1.5), (0.1, -2.5), (0.2, -4.0)]),
            uninvited: Steps::new(&[(0.12, -3.0), (0.2, -5.0)]),
        }
    }
}

/// Hours and days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RhythmFindings {
    /// Calls, at least: fewer show no rhythm.
    pub calls_min: usize,
    /// Hours that the called live from the place, at least, of work at another's hours.
    pub away_h_min: f64,
    /// Share of calls in the office hours of the place, below which work is not done at its own.
    pub office_site_max: f64,
    /// By the share of calls in the office hours of the called.
    pub office_target: Steps,
    /// By the calls of a weekend day over those of a working day.
    pub weekend: Steps,
    /// The same, up to which weekends are kept.
    pub weekend_kept_max: f64,
    /// Days from the first call to the last, at least, to say so.
    pub weekend_days_min: f64,
    /// Weekends that are kept, bits.
    pub weekend_kept_bits: f64,
    /// Hours of the day that hold nine tenths of the calls, up to which there is one shift.
    pub shift_h_max: f64,
    /// One shift, bits.
    pub shift_bits: f64,
    /// By the same hours: no shift.
    pub no_shift: Steps,
}

impl Default for RhythmFindings {
    fn default() -> Self {
        Self {
            calls_min: 50,
            away_h_min: 4.0,
            office_site_max: 0.5,
            office_target: Steps::new(&[(0.7, 3.0)]),
            weekend: Steps::new(&[(0.6, 1.0)]),
            weekend_kept_max: 0.35,
            weekend_days_min: 10.0,
            weekend_kept_bits: -2.0,
            shift_h_max: 11.0,
            shift_bits: 0.5,
            no_shift: Steps::new(&[(15.0, -1.5)]),
        }
    }
}

/// The lives of the lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LifeFindings {
    /// Lines, at least, of a group that uses lines up.
    pub used_up_lines_min: usize,
    /// Share of lines that worked on half of the days, below which lines are used up.
    pub used_up_stable_max: f64,
    /// Median life of a line over the group's, at most, of such a group.
    pub used_up_life_max: f64,
    /// By the lines over those of the busiest day.
    pub used_up: Steps,
    /// Days from the first call to the last, at least, to say that lines stay.
    pub stay_days_min: f64,
    /// By the share of lines that worked on half of the days.
    pub stay: Steps,
    /// Days from the first call to the last, at least, of a group that was there all along.
    pub all_along_days_min: f64,
    /// Share of the days of the facts that this is, at least.
    pub all_along_share_min: f64,
    /// By the same share of lines, where the group was there all along.
    pub stay_all_along: Steps,
    /// Days of the facts, at least, to say that lines are old.
    pub old_days_min: f64,
    /// Share of lines that worked on half of the days, below which they are used now and then.
    pub old_stable_max: f64,
    /// By the median life of a line over the days of the facts, where handsets and place tie the lines to nothing.
    pub old: Steps,
    /// By the share of counterparts that are recurrent evening partners.
    pub evening: Steps,
}

impl Default for LifeFindings {
    fn default() -> Self {
        Self {
            used_up_lines_min: 6,
            used_up_stable_max: 0.6,
            used_up_life_max: 0.6,
            used_up: Steps::new(&[(1.25, 2.0), (1.8, 4.0)]),
            stay_days_min: 10.0,
            stay: Steps::new(&[(0.7, -1.0)]),
            all_along_days_min: 20.0,
            all_along_share_min: 0.9,
            stay_all_along: Steps::new(&[(0.7, -3.0)]),
            old_days_min: 14.0,
            old_stable_max: 0.5,
            old: Steps::new(&[(0.7, -4.0)]),
            evening: Steps::new(&[(0.1, -3.0)]),
        }
    }
}

/// Numbers and dialling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberingFindings {
    /// Lines from which it counts that their numbers lie close: it may be why fewer are a group at all.
    pub batch_lines_min: usize,
    /// By the share of numbers that lie close to another.
    pub batch: Steps,
    /// By the share of attempts that reach vacant numbers.
    pub vacant: Steps,
    /// By the share of steps in rising order.
    pub sequential: Steps,
}

impl Default for NumberingFindings {
    fn default() -> Self {
        Self {
            batch_lines_min: 5,
            batch: Steps::new(&[(0.5, 1.0)]),
            vacant: Steps::new(&[(0.02, 1.0)]),
            sequential: Steps::new(&[(0.15, -3.0)]),
        }
    }
}
