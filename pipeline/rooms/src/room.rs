//! What the stage gives.

use crate::group::GroupFacts;
use crate::likes::Like;
use crate::shape::Shape;
use domain::Family;

/// What is to be done about a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Enough independent evidence for a person to look at it now. Never a judgement.
    Lead,
    /// Worth keeping an eye on.
    Watch,
}

impl Verdict {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Watch => "watch",
        }
    }
}

/// A fact that evidence rests on: a call, told by its parts, or a sighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FactRef {
    /// Who called.
    pub caller: u32,
    /// Who was called.
    pub callee: u32,
    /// When, epoch seconds.
    pub start_s: u32,
}

impl FactRef {
    /// The sighting of a line that begins at an instant.
    pub fn sighting(line: u32, from_s: u32) -> Self {
        Self { caller: line, callee: line, start_s: from_s }
    }

    /// Whether it is a sighting: nobody calls themselves.
    pub fn is_sighting(self) -> bool {
        self.caller == self.callee
    }
}

/// One piece of evidence or counter-evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Family.
    pub family: Family,
    /// One sentence, without identifiers.
    pub statement: String,
    /// Weight in bits: above 0 for, below 0 against.
    pub bits: f64,
    /// Examples of the calls it rests on.
    pub facts: Vec<FactRef>,
}

impl Finding {
    /// The order in which findings are told.
    pub(crate) fn strongest_first(a: &Self, b: &Self) -> std::cmp::Ordering {
        b.bits.abs().total_cmp(&a.bits.abs()).then(a.statement.cmp(&b.statement))
    }
}

/// A line of a room.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomLine {
    /// The line.
    pub line: u32,
    /// First call made, epoch seconds.
    pub first_s: u32,
    /// Last call made, epoch seconds.
    pub last_s: u32,
    /// How strongly it belongs: mean bits of its links within the room.
    pub bits: f64,
}

/// A cell of a room's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SiteCell {
    /// The cell.
    pub cell: u32,
    /// Share of the room's calls made there.
    pub share: f64,
}

/// A group of lines worked as one operation, as far as the records show.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// `R1`, `R2`, … in order of confidence.
    pub id: String,
    /// Lead or watch.
    pub verdict: Verdict,
    /// Shape.
    pub shape: Shape,
    /// Probability that this is a room, 0..=1.
    pub confidence: f64,
    /// First call, epoch seconds.
    pub first_s: u32,
    /// Last call, epoch seconds.
    pub last_s: u32,
    /// Its place, most used cells first.
    pub site: Vec<SiteCell>,
    /// Zone that most of the called live in.
    pub target_zone: Option<String>,
    /// Its lines, by first call.
    pub lines: Vec<RoomLine>,
    /// Evidence, strongest first.
    pub evidence: Vec<Finding>,
    /// Counter-evidence, strongest first.
    pub counter_evidence: Vec<Finding>,
    /// What the feeds cannot show, a sentence each.
    pub not_observable: Vec<String>,
    /// The facts behind the sentences.
    pub facts: GroupFacts,
    /// The judged room that it works like.
    pub like: Option<Like>,
}
