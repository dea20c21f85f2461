//! Who is being worked on.

use crate::rates::BINS;
use serde::{Deserialize, Serialize};

/// Who is being worked on. Weights are bits: each doubles the odds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TargetConfig {
    /// Lengths of talk that are told apart, seconds: probes last seconds, those who are worked on are held for tens of minutes.
    /// From the last on a talk may hold a transfer.
    pub talk_from_s: [u32; BINS - 1],
    /// Prior: for each length, the share of people talked to so long who are worked on. The first is the share of all who answer.
    pub worked_on_share: [f64; BINS],
    /// Prior: share of those worked on whom another line calls soon.
    pub quick_share: f64,
    /// Prior: share of those worked on whom another line calls later, within two days.
    pub late_share: f64,
    /// Prior: share of those talked to for seconds whom another line calls soon, by chance.
    pub again_quick_share: f64,
    /// Prior: share of them whom another line calls later, within two days, by chance.
    pub again_late_share: f64,
    /// Of those who were let go after a talk and are called once more, the share that talks as long again.
    pub talks_again_share: f64,
    /// Prior: for each length, the share of second lines' talks with those worked on that last so long.
    pub second_talk_share: [f64; BINS],
    /// Prior: the same of talks with those who were let go.
    pub let_go_talk_share: [f64; BINS],
    /// Share of those talked to for long whom another line calls, from which a room hands people on by voice: else that nobody follows up
    /// says nothing.
    pub hands_on_share_min: f64,
    /// How many people the priors weigh as much as.
    pub prior_people: f64,
    /// Talk from which a call counts as a talk, seconds.
    pub talk_min_s: u32,
    /// Talk from which a first call may be followed by a hand-off, seconds.
    pub long_min_s: u32,
    /// Talk that may hold a transfer within the call (H1), seconds.
    pub transfer_min_s: u32,
    /// Another line takes over soon (H2), at most so long after, seconds.
    pub quick_s: u32,
    /// Another line goes on later (H2), at most so long after, seconds.
    pub slow_s: u32,
    /// The target dials a number that they never called before (H3), at most so long after, seconds.
    pub dial_s: u32,
    /// Silence after which voice has stopped while the room goes on (H4), seconds.
    pub silence_s: u32,
    /// Weight where another line only tries to, bits.
    pub tried_bits: f64,
    /// Weight where the target called back for the long talk (H5), bits.
    pub call_back_bits: f64,
    /// Weight where the target dialled a third number right after, bits.
    pub dial_bits: f64,
    /// Weight where the target's own life has gone quiet, bits.
    pub quiet_bits: f64,
    /// Share of their usual calls below which somebody's own life has gone quiet.
    pub quiet_share_max: f64,
    /// Calls that were to be expected, at least, to tell.
    pub quiet_expected_min: f64,
    /// Weight where one line alone keeps calling with talks like those of acquaintances, bits.
    pub acquaintance_bits: f64,
    /// Weight where somebody lives by the clock of the place, and most of those whom the room calls live by another, bits.
    pub lives_here_bits: f64,
    /// Talks with that one line, at least.
    pub acquaintance_talks_min: usize,
    /// Expected precision from which somebody is told.
    pub precision_min: f64,
}

impl TargetConfig {
    /// The most that a target's own life can add, bits.
    pub fn own_life_bits_max(&self) -> f64 {
        self.dial_bits.max(0.0) + self.quiet_bits.max(0.0)
    }
}

impl Default for TargetConfig {
    fn default() -> Self {
        Self {
            talk_from_s: [60, 120, 240, 360, 480, 600, 720, 900, 1_200, 1_800],
            worked_on_share: [0.002, 0.02, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.95],
            quick_share: 0.5,
            late_share: 0.15,
            again_quick_share: 0.01,
            again_late_share: 0.05,
            talks_again_share: 0.3,
            second_talk_share: [0.01, 0.01, 0.06, 0.06, 0.06, 0.07, 0.08, 0.1, 0.15, 0.2, 0.2],
            let_go_talk_share: [0.01, 0.01, 0.46, 0.2, 0.1, 0.06, 0.05, 0.04, 0.03, 0.02, 0.02],
            hands_on_share_min: 0.25,
            prior_people: 20.0,
            talk_min_s: 60,
            long_min_s: 120,
            transfer_min_s: 1_800,
            quick_s: 3_600,
            slow_s: 172_800,
            dial_s: 600,
            silence_s: 86_400,
            tried_bits: 1.0,
            call_back_bits: 1.0,
            dial_bits: 2.0,
            quiet_bits: 1.0,
            quiet_share_max: 0.4,
            quiet_expected_min: 3.0,
            acquaintance_bits: -4.0,
            lives_here_bits: -3.0,
            acquaintance_talks_min: 3,
            precision_min: 0.5,
        }
    }
}
