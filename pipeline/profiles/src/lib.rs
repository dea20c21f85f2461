//! What one line did.
//!
//! Takes: the time-ordered calls of a line, made and received ([`LineCalls`]), and the clocks they are read by
//! ([`Context`]). Gives: a [`Profile`], one value a feature, with nothing where the feeds cannot show it. Decides: nothing.
//!
//! Invariants: exact (no sketches); the same calls give the same profile whatever order, part or thread they came in;
//! a profile of all calls equals the profile of merged day buckets ([`days::DayBuckets`]); shares lie in 0..=1.

pub mod calls;
pub mod context;
pub mod days;
mod entropy;
mod feature;
pub mod features;
pub mod profile;
pub mod routes;

pub use calls::{Counterpart, LineCalls, Made, Received, Scratch};
pub use context::Context;
pub use feature::{FeatureDoc, FieldDoc, FieldValue};
pub use profile::{Profile, Wanted, profile_part};
pub use routes::Routes;
