//! Which groups are leads.

use serde::{Deserialize, Serialize};

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
    /// Days of facts, at least, that show whether lines stay and weekends are kept.
    pub week_days: f64,
    /// What a group loses where the facts span no time at all, bits; nothing where they span those days.
    pub short_span_bits: f64,
    /// Confidence from which a group is a lead.
    pub confidence_min: f64,
    /// Confidence from which a group is watched.
    pub watch_min: f64,
}

impl LeadConfig {
    /// What a group loses where the facts are too short to show what innocents do over a week, bits.
    pub fn short_span(&self, span_days: f64) -> f64 {
        self.short_span_bits * (1.0 - span_days / self.week_days).max(0.0)
    }

    /// Whether a group whose findings sum to these bits is looked at once more.
    pub fn is_room_like(&self, bits: f64) -> bool {
        self.prior_bits + bits >= self.again_bits_min
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
            week_days: 7.0,
            short_span_bits: -2.0,
            confidence_min: 0.5,
            watch_min: 0.2,
        }
    }
}
