//! What the stage gives: people to warn.

use crate::hand_off::HandOff;
use rooms::FactRef;

/// How far a target was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Talked to at length.
    Talked,
    /// Handed on to somebody else.
    HandedOn,
    /// Worked on for days or by several lines.
    WorkedOn,
}

impl Stage {
    /// The words in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Talked => "talked to",
            Self::HandedOn => "handed on",
            Self::WorkedOn => "worked on",
        }
    }
}

/// How soon somebody is to be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// The room spoke to them within the last day.
    Now,
    /// Within the last three days.
    Soon,
    /// Longer ago.
    Later,
}

impl Urgency {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }
}

/// A person who is, or has been, worked on.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// Their line.
    pub line: u32,
    /// The room that works on them: its place among the rooms.
    pub room: usize,
    /// Other rooms that do too.
    pub also: Vec<usize>,
    /// How far they were taken.
    pub stage: Stage,
    /// How soon they are to be called.
    pub urgency: Urgency,
    /// Of people told with this, the share who are worked on, 0..=1.
    pub precision: f64,
    /// What the order goes by among people as sure and as urgent, bits: the higher the sooner.
    pub priority_bits: f64,
    /// First contact, epoch seconds.
    pub first_s: u32,
    /// Last contact, epoch seconds.
    pub last_s: u32,
    /// All talk with the room, seconds.
    pub talk_s: u32,
    /// Calls with the room.
    pub contacts: usize,
    /// Lines of the room that talked to them.
    pub lines: usize,
    /// Days on which they did.
    pub days: usize,
    /// Hand-offs, in order of time.
    pub hand_offs: Vec<HandOff>,
    /// Why, in one sentence, without identifiers.
    pub reason: String,
    /// What speaks against it, a sentence each.
    pub counter: Vec<String>,
    /// What the feeds cannot show of them, a sentence each.
    pub not_observable: Vec<String>,
    /// The calls it rests on.
    pub facts: Vec<FactRef>,
}
