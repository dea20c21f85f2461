//! What shape a room has.

use serde::{Deserialize, Serialize};

/// What shape a room has, and what of its place is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ShapeConfig {
    /// Share of those talked to at length who called back for it, at least, of a room that is called back.
    pub calling_share_min: f64,
    /// People talked to at length, at least, to tell.
    pub engaged_min: usize,
    /// Calls of a line on a day that it works, at most, of a small room.
    pub small_calls_max: f64,
    /// Lines of a small room on its busiest day, at most.
    pub small_lines_max: f64,
    /// Places of a relay, at least.
    pub relay_sites_min: usize,
    /// Share of the calls from one place, day by day, from which the room is a house, however many places there are.
    pub house_share_min: f64,
    /// Cells of the place that are shown, at most.
    pub cells_max: usize,
    /// Share of the calls from which a cell is shown.
    pub cell_share_min: f64,
}

impl Default for ShapeConfig {
    fn default() -> Self {
        Self {
            calling_share_min: 0.4,
            engaged_min: 10,
            small_calls_max: 20.0,
            small_lines_max: 10.0,
            relay_sites_min: 2,
            house_share_min: 0.7,
            cells_max: 8,
            cell_share_min: 0.02,
        }
    }
}
