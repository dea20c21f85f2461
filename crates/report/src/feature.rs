//! What is measured of a line, and what it tells.

use serde::{Deserialize, Serialize};

/// A feature of a line's behaviour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeatureReport {
    /// Its word.
    pub name: String,
    /// What it means.
    pub means: String,
    /// Why it points to a room.
    pub points_to_a_room: String,
    /// Which innocents show it too.
    pub false_alarms: String,
    /// Its numbers.
    pub columns: Vec<ColumnReport>,
}

/// A number of a feature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnReport {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// What it is.
    pub about: String,
}
