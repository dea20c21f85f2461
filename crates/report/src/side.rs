//! What other vantage points saw.

use crate::Report;
use serde::{Deserialize, Serialize};

/// What another vantage point saw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SideReport {
    /// Its name.
    pub vantage: String,
    /// What was found there.
    pub report: Box<Report>,
}

/// A room of this side that is a room of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JoinReport {
    /// The room.
    pub room: String,
    /// The other side.
    pub side: String,
    /// Its room.
    pub its_room: String,
    /// Bits for it.
    pub weight: f64,
    /// How sure it is, 0 to 1.
    pub probability: f64,
    /// Why, a sentence each.
    pub statements: Vec<String>,
    /// What each side shows.
    pub claims: Vec<ClaimReport>,
}

/// What is said of a room that is seen from two sides, and which side showed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimReport {
    /// What of it.
    #[serde(rename = "claim")]
    pub of: String,
    /// What is said.
    pub value: String,
    /// By which side.
    pub shown_by: String,
}
