//! Which lines work as one, and why.
//!
//! Takes: facts, the clocks of [`profiles::Context`] and a [`Config`]. Gives: [`Room`]s, each with its lines, its evidence and
//! counter-evidence in sentences with weights, and what the feeds cannot show. Decides: which lines may be worked (candidates),
//! which pairs of them belong together, and whether a group of them is a lead or to be watched.
//!
//! Invariants: a lead needs at least three families of evidence that agree, or all that the feeds can show; counter-evidence counts
//! against it; what a feed cannot see is neither for nor against. The same facts and configuration give the same rooms.

mod assembly;
pub mod candidate;
mod common_days;
mod confidence;
pub mod config;
pub mod evidence;
pub mod find;
pub mod group;
mod haunts;
pub mod likes;
mod neighbours;
mod overseers;
pub mod pairs;
mod pass;
mod presence;
pub mod room;
pub mod shape;
pub mod survey;
mod tenants;
mod threads;
pub mod vantage;
pub mod weigh;

use facts::{Extra, Forget};

/// What of the calls made this stage does not look at.
pub const UNSEEN: Forget = Forget {
    extras: &[
        Extra::CalleeCell,
        Extra::CalleeHandset,
        Extra::CallerSim,
        Extra::Route,
        Extra::CallerRaw,
        Extra::CalleeRaw,
    ],
    sources: true,
};

pub use candidate::Candidate;
pub use config::Config;
pub use find::{Findings, find};
pub use likes::{Like, Said};
pub use room::{FactRef, Finding, Room, RoomLine, SiteCell, Verdict};
pub use survey::{Survey, survey};
