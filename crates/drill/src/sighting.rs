//! Where lines and handsets of a made world were seen without a call.

use crate::call::Phone;

/// What a phone was seen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A data session.
    Data,
    /// It attached to the network.
    Attach,
    /// A location update.
    Location,
}

impl Kind {
    /// The word in feeds.
    pub fn word(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Attach => "attach",
            Self::Location => "location",
        }
    }
}

/// A sighting of a made world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sighting {
    /// First seen, epoch seconds UTC.
    pub from_s: u32,
    /// Last seen, epoch seconds UTC.
    pub to_s: u32,
    /// Digits of the line.
    pub line: u64,
    /// The handset.
    pub imei: u64,
    /// The cell, counted from 1.
    pub cell: u32,
    /// What it was seen by.
    pub kind: Kind,
}

impl Phone {
    /// A sighting of this phone.
    pub fn seen(&self, kind: Kind, from_s: u32, duration_s: u32, cell: u32) -> Sighting {
        let Self { number: line, imei, .. } = *self;
        Sighting { from_s, to_s: from_s + duration_s, line, imei, cell, kind }
    }
}
