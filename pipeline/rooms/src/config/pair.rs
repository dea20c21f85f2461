//! Which pairs belong together.

use serde::{Deserialize, Serialize};

/// Which pairs belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PairConfig {
    /// Lines that share a handset, at most: more is a hub (a cloned or blank IMEI).
    pub handset_lines_max: usize,
    /// Candidates in a cell, at most.
    pub cell_lines_max: usize,
    /// Candidates that call one target, at most: more is a hub (a bank's hotline).
    pub target_lines_max: usize,
    /// Share of a line's calls in a cell from which the cell counts as its place.
    pub cell_share_min: f64,
    /// Share of a group's lines whose handset is seen, or of its calls whose cell is, at least, for what its handsets or its place show:
    /// below it they are not observable.
    pub seen_share_min: f64,
    /// Share of the people who call a line who first do so within the hour of another's call, below which it is a number that anybody calls.
    pub summoned_share_min: f64,
    /// Calls made for each received below which a line only answers.
    pub answers_calls_max: f64,
    /// A talk that may be followed up, seconds.
    pub talk_min_s: u32,
    /// A follow-up within this is quick, seconds.
    pub quick_s: u32,
    /// A follow-up within this is slow, seconds.
    pub slow_s: u32,
    /// Partners that a line is expected to have: the prior odds of a pair are this over all candidates.
    pub partners_expected: f64,
    /// Best pairs kept for each line.
    pub degree_max: usize,
    /// Weight that a pair of one room must have on average, bits (resolution of the constant Potts model).
    pub resolution_bits: f64,
    /// Most that one pair's weight counts, bits.
    pub weight_max_bits: f64,
    /// Share of the ties of the middle member of a group up to which a member hangs on the others by chance, where neither handset nor place
    /// nor number ties it to them.
    pub thread_share_max: f64,
    /// Lines of a group, at least, that handset, place or number ties to others, beside which those without such a tie must work.
    pub firm_lines_min: usize,
    /// How hard they must, over how hard the middle one of the others works, to be no onlooker.
    pub onlooker_pace_share: f64,
    /// The same where there are fewer such lines, over how hard those work who do most of the work.
    pub loose_pace_share: f64,
    /// Calls made and received on a day with any from which nobody is an onlooker.
    pub onlooker_pace_max: f64,
    /// What a shared handset weighs.
    pub device: DevicePair,
    /// What a shared place weighs.
    pub place: PlacePair,
    /// What shared targets and hand-offs weigh.
    pub targets: TargetPair,
    /// What a shared shift weighs.
    pub rhythm: RhythmPair,
    /// What numbers close to each other weigh.
    pub numbering: NumberPair,
}

/// What a shared handset weighs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DevicePair {
    /// Share of calls of the less devoted line from which it shares the handset rather than borrows it.
    pub main_share_min: f64,
    /// m: how often two lines of one room share their main handset. Prior.
    pub main_m: f64,
    /// m: how often they share some handset. Prior.
    pub some_m: f64,
}

impl Default for DevicePair {
    fn default() -> Self {
        Self { main_share_min: 0.3, main_m: 0.15, some_m: 0.1 }
    }
}

/// What a shared place weighs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PlacePair {
    /// m: how often two lines of one room overlap in their cells. Prior.
    pub m: f64,
    /// Overlap of the shares of cells below which two lines are apart.
    pub overlap_min: f64,
    /// What lines that are wholly apart weigh, bits, below zero.
    pub apart_bits: f64,
}

impl Default for PlacePair {
    fn default() -> Self {
        Self { m: 0.8, overlap_min: 0.1, apart_bits: -2.0 }
    }
}

/// What shared targets and hand-offs weigh: their surprise, each up to a most.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TargetPair {
    /// People are not called evenly: some are on many lists, and hours differ. Where chance gives whole events, so many times as many are
    /// no surprise yet; where it gives hardly any, unevenness hardly adds.
    pub uneven: f64,
    /// Hours of a working day: chance is measured against hours that are worked.
    pub workday_h: f64,
    /// Most that shared targets weigh, bits.
    pub shared_max_bits: f64,
    /// Most that quick hand-offs weigh, bits.
    pub quick_max_bits: f64,
    /// Most that slow hand-offs weigh, bits.
    pub slow_max_bits: f64,
    /// Most that targets who dialled the other line weigh, bits.
    pub dialled_max_bits: f64,
}

impl Default for TargetPair {
    fn default() -> Self {
        Self {
            uneven: 1.5,
            workday_h: 9.0,
            shared_max_bits: 8.0,
            quick_max_bits: 14.0,
            slow_max_bits: 6.0,
            dialled_max_bits: 10.0,
        }
    }
}

/// What a shared shift weighs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RhythmPair {
    /// Overlap of hours that random working people have.
    pub overlap_by_chance: f64,
    /// What an overlap of one more than that would weigh, bits.
    pub overlap_bits: f64,
    /// Overlap that a line of few calls is granted: few calls make ragged hours.
    pub blur: f64,
    /// Calls up to which a line is granted all of it; beyond, it falls with the root of the calls.
    pub blur_calls: f64,
    /// Least that an overlap weighs, bits.
    pub min_bits: f64,
    /// Most that an overlap weighs, bits.
    pub max_bits: f64,
    /// Days between two lines' lives that weigh a bit against them, at most one.
    pub apart_days: f64,
}

impl Default for RhythmPair {
    fn default() -> Self {
        Self {
            overlap_by_chance: 0.6,
            overlap_bits: 5.0,
            blur: 0.3,
            blur_calls: 9.0,
            min_bits: -3.0,
            max_bits: 2.0,
            apart_days: 14.0,
        }
    }
}

/// What numbers close to each other weigh.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NumberPair {
    /// Numbers this far apart may be of one batch.
    pub gap_max: u64,
    /// Most that closeness weighs, bits.
    pub max_bits: f64,
}

impl Default for NumberPair {
    fn default() -> Self {
        Self { gap_max: 50, max_bits: 4.0 }
    }
}

impl Default for PairConfig {
    fn default() -> Self {
        Self {
            handset_lines_max: 60,
            cell_lines_max: 600,
            target_lines_max: 40,
            cell_share_min: 0.2,
            seen_share_min: 0.5,
            summoned_share_min: 0.25,
            answers_calls_max: 0.2,
            talk_min_s: 180,
            quick_s: 3_600,
            slow_s: 172_800,
            partners_expected: 30.0,
            degree_max: 60,
            resolution_bits: 0.25,
            weight_max_bits: 12.0,
            thread_share_max: 1.0 / 6.0,
            firm_lines_min: 3,
            onlooker_pace_share: 0.4,
            loose_pace_share: 0.15,
            onlooker_pace_max: 5.0,
            device: DevicePair::default(),
            place: PlacePair::default(),
            targets: TargetPair::default(),
            rhythm: RhythmPair::default(),
            numbering: NumberPair::default(),
        }
    }
}
