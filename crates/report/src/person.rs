//! A person to warn: in a report with their room, in the queue in order.

use crate::FactReport;
use serde::{Deserialize, Serialize};

/// A person to warn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonReport {
    /// Place in the queue of all rooms, from 1.
    pub rank: usize,
    /// Their line.
    pub line: String,
    /// How soon they are to be called.
    pub urgency: String,
    /// How far they were taken.
    pub stage: String,
    /// Of people told with this figure, the share who are worked on.
    pub expected_precision: f64,
    /// The room that works on them.
    pub room: String,
    /// Other rooms that do too.
    pub also_rooms: Vec<String>,
    /// First contact, by the wall clock of the feed's zone.
    pub first_contact: String,
    /// Last contact.
    pub last_contact: String,
    /// All talk with the room, seconds.
    pub talk_s: u32,
    /// Calls with the room.
    pub contacts: usize,
    /// Lines of the room that talked to them.
    pub lines: usize,
    /// Days on which they did.
    pub days: usize,
    /// Hand-offs, in order of time.
    pub handoffs: Vec<HandOffReport>,
    /// Why, in one sentence.
    pub reason: String,
    /// What speaks against it.
    pub counter_evidence: Vec<String>,
    /// What the feeds cannot show of them.
    pub not_observable: Vec<String>,
    /// The calls it rests on.
    pub facts: Vec<FactReport>,
}

/// A hand-off that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOffReport {
    /// How.
    pub form: String,
    /// When it was seen.
    pub at: String,
    /// Seconds from the talk before it.
    pub after_s: u32,
}
