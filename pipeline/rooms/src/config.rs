//! All thresholds and weights, in one versioned place that is stored with every result.
//!
//! Priors are starting values from docs/concepts/figures.md and from made worlds written by two hands; none was fitted to a world that it is
//! judged on. Only the lines of [`ConfidenceConfig`] are fitted; their worlds are named there. Probabilities by chance (u) are not here: they are counted in the data at hand.

use serde::{Deserialize, Serialize};

/// The configuration of the stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Version of the meaning of these values.
    pub version: u32,
    /// Which lines may be worked.
    pub candidate: CandidateConfig,
    /// Which pairs belong together.
    pub pair: PairConfig,
    /// Which groups are leads.
    pub lead: LeadConfig,
    /// How sure the program is of them.
    pub confidence: ConfidenceConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            version: 2,
            candidate: CandidateConfig::default(),
            pair: PairConfig::default(),
            lead: LeadConfig::default(),
            confidence: ConfidenceConfig::default(),
        }
    }
}

/// Which lines may be worked: broad on purpose, single lines decide nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CandidateConfig {
    /// Calls made, at least.
    pub calls_min: u32,
    /// Strangers called over calls made, at least.
    pub fresh_share_min: f64,
    /// Share of callees that called back, at most.
    pub reciprocity_max: f64,
    /// Calls for each callee from which a line that is hardly ever called back works through the same few again and again.
    pub calls_a_callee_min: f64,
    /// Calls made by such a line, at least.
    pub block_calls_min: u32,
    /// Share of callees that call such a line back, at most.
    pub one_way_max: f64,
    /// Share of counterparts that are recurrent evening partners, at most: above it a line has a life of its own.
    pub evening_share_max: f64,
    /// Distinct callers of a line that mostly receives, at least.
    pub callers_min: u32,
    /// Share of calls received by a line that mostly receives, at least.
    pub received_share_min: f64,
    /// Calls from each caller of such a line, at most: strangers, not friends.
    pub calls_a_caller_max: f64,
}

impl Default for CandidateConfig {
    fn default() -> Self {
        Self {
            calls_min: 5,
            fresh_share_min: 0.45,
            reciprocity_max: 0.35,
            calls_a_callee_min: 4.0,
            block_calls_min: 40,
            one_way_max: 0.1,
            evening_share_max: 0.1,
            callers_min: 12,
            received_share_min: 0.6,
            calls_a_caller_max: 1.7,
        }
    }
}

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
    /// A talk that may be followed up, seconds.
    pub talk_min_s: u32,
    /// A follow-up within this is quick, seconds.
    pub quick_s: u32,
    /// A follow-up within this is slow, seconds.
    pub slow_s: u32,
    /// Numbers this far apart may be of one batch.
    pub number_gap_max: u64,
    /// Partners that a line is expected to have: the prior odds of a pair are this over all candidates.
    pub partners_expected: f64,
    /// Best pairs kept for each line.
    pub degree_max: usize,
    /// Weight that a pair of one room must have on average, bits (resolution of the constant Potts model).
    pub resolution_bits: f64,
    /// Most that one pair's weight counts, bits.
    pub weight_max_bits: f64,
}

impl Default for PairConfig {
    fn default() -> Self {
        Self {
            handset_lines_max: 60,
            cell_lines_max: 600,
            target_lines_max: 40,
            cell_share_min: 0.2,
            talk_min_s: 180,
            quick_s: 3_600,
            slow_s: 172_800,
            number_gap_max: 50,
            partners_expected: 30.0,
            degree_max: 60,
            resolution_bits: 0.25,
            weight_max_bits: 12.0,
        }
    }
}

/// Which groups are leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LeadConfig {
    /// Lines, at least.
    pub lines_min: usize,
    /// Prior odds that a group of candidates is a room, bits.
    pub prior_bits: f64,
    /// Weight from which a family agrees, bits.
    pub family_bits_min: f64,
    /// Families that must agree, or all that the feeds can show.
    pub families_min: usize,
    /// Weight that at least one finding must have, bits: many weak signs are what every busy office shows.
    pub strong_bits_min: f64,
    /// Lines that would do a group's work if all worked as hard, over its lines: below this share, lines that do next to nothing of it are
    /// left out, unless handsets or a place tie them to the others. Rooms are worked by all: 0.47 and more in made worlds.
    pub even_share_min: f64,
    /// How hard a line must work to stay in such a group, over how hard those work who do most of it.
    pub pace_share_min: f64,
    /// Share of the work that those who stay must do: one line that dials like a machine does not put the others out.
    pub work_share_min: f64,
    /// Weight, with the prior, from which a group's lines are looked at once more together, bits.
    pub again_bits_min: f64,
    /// Confidence from which a group is a lead.
    pub confidence_min: f64,
    /// Confidence from which a group is watched.
    pub watch_min: f64,
}

/// How weight becomes confidence, for each vantage. Fitted to 28 made worlds of 4 million calls (seeds 41-43, 81, 82, 91 and 92, each with
/// all columns, without handsets, without cells, without both). In smaller feeds and where rooms hide harder, groups in the middle are
/// rooms more often than it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConfidenceConfig {
    /// Handsets and cells are seen.
    pub both: OddsLine,
    /// Handsets but no cells.
    pub handsets_only: OddsLine,
    /// Cells but no handsets.
    pub cells_only: OddsLine,
    /// Neither.
    pub neither: OddsLine,
}

/// Odds in bits as a line over weight in bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OddsLine {
    /// Odds where the weight, with the prior, is 0, bits.
    pub shift_bits: f64,
    /// Odds for each bit of weight.
    pub slope: f64,
}

impl Default for ConfidenceConfig {
    fn default() -> Self {
        Self {
            both: OddsLine { shift_bits: 0.0, slope: 1.2 },
            handsets_only: OddsLine { shift_bits: -0.2, slope: 0.9 },
            cells_only: OddsLine { shift_bits: -3.0, slope: 1.6 },
            neither: OddsLine { shift_bits: 0.4, slope: 2.0 },
        }
    }
}

impl Default for LeadConfig {
    fn default() -> Self {
        Self {
            lines_min: 3,
            prior_bits: -3.5,
            family_bits_min: 1.0,
            families_min: 3,
            strong_bits_min: 2.0,
            even_share_min: 0.45,
            pace_share_min: 0.25,
            work_share_min: 0.8,
            again_bits_min: -1.6,
            confidence_min: 0.5,
            watch_min: 0.2,
        }
    }
}
