//! Facts that something rests on.

use domain::mask::Sight;
use facts::FactId;
use serde::{Deserialize, Serialize};

/// A fact: kept whole, or shown as a reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactReport {
    /// As the facts have it.
    Kept(Fact),
    /// As it is shown.
    Shown(String),
}

/// A call, or a sighting where nobody was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its start, epoch seconds.
    pub start_s: u32,
    /// Its start, by the wall clock of the feed's zone.
    pub start: String,
    /// The line that called or was seen.
    pub line: String,
    /// The line that was called.
    pub callee: Option<String>,
}

impl Fact {
    /// What it is called: its identity for who may see numbers, else its start and masked numbers. The identity is a hash of both numbers and the
    /// start, and numbers are few enough to try them all.
    pub fn name(&self, sight: Sight) -> String {
        let start = &self.start;
        match (&self.callee, sight) {
            (None, _) => format!("{start} {} seen", sight.show(&*self.line)),
            (Some(callee), Sight::Revealed) => {
                FactId::of_call(&self.line, callee, self.start_s).to_string()
            }
            (Some(callee), Sight::Masked) => {
                format!("{start} {} → {}", sight.show(&*self.line), sight.show(&**callee))
            }
        }
    }
}

impl FactReport {
    /// Turns it into what is shown.
    pub(crate) fn hide(&mut self, sight: Sight) {
        if let Self::Kept(fact) = self {
            *self = Self::Shown(fact.name(sight));
        }
    }

    /// The fact itself, where it is kept.
    pub fn kept(&self) -> Option<&Fact> {
        match self {
            Self::Kept(fact) => Some(fact),
            Self::Shown(_) => None,
        }
    }

    /// What is shown of it to anybody.
    pub fn masked(&self) -> String {
        match self {
            Self::Kept(fact) => fact.name(Sight::Masked),
            Self::Shown(name) => name.clone(),
        }
    }
}
