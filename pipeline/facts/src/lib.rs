//! What was observed: calls and sightings in columns, their identity and their duplicates.
//!
//! Takes: normalised rows from `feeds`, in lanes, one a reading thread ([`Lane`]). Gives: calls grouped by line, in parts that may lie in
//! memory or on a shelf ([`Calls`]), with every repetition of a call folded into one fact. Decides: what is one and the same call
//! ([`duplicates`]).
//!
//! Invariants: the same rows give the same facts in the same order, whatever the files, batches or threads they
//! came through, and wherever they lie; rows in = facts + duplicates (+ what `feeds` quarantined). Knows no files and no Arrow.

pub mod batch;
mod bucket;
mod build;
pub mod call;
mod census;
pub mod column;
pub mod duplicates;
mod folding;
pub mod identity;
pub mod inbound;
pub mod key_index;
pub mod lane;
mod made;
pub mod names;
mod naming;
pub mod part;
pub mod piles;
pub mod quarantine;
pub mod recent;
mod row;
pub mod shelf;
pub mod sighting;
pub mod store;
pub mod texts;
pub mod timeline;

pub use batch::Batch;
pub use call::{CallDraft, Leg};
pub use column::{Extra, NONE, Observed};
pub use identity::FactId;
pub use inbound::Inbound;
pub use lane::{Dictionaries, Lane};
pub use names::{Interner, Names};
pub use part::CallPart;
pub use quarantine::{Quarantine, Reason, Rejected};
pub use recent::Recent;
pub use shelf::{Budget, Kept, Shelf, Slot, TooLarge};
pub use sighting::{Sighting, SightingKind, TimedSighting};
pub use store::{Calls, Forget, NameSets, Settings};
pub use texts::Texts;
pub use timeline::TimedCall;
