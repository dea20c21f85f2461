//! VAST Challenge 2008, mini challenge 3: `From,To,Datetime,Duration(seconds),Cell Tower`, moments as `yyyymmdd hhmm`.
//!
//! Source: the challenge's data description. The cell is the caller's.

use crate::sniff::{Sample, named};
use crate::template::{Role, Template};

/// Recognises the form by its header.
pub fn recognise(sample: &Sample) -> Option<Template> {
    let columns = [
        (Role::Caller, "From"),
        (Role::Callee, "To"),
        (Role::Start, "Datetime"),
        (Role::Duration, "Duration(seconds)"),
        (Role::CallerCell, "Cell Tower"),
    ];
    named(sample, "VAST 2008", &columns)
}
