//! Drills: made worlds with known truth.
//!
//! Takes: settings and a seed. Gives: calls and sightings day by day, in order of time, and the truth about them: rooms, their lines and hooked
//! targets, and the innocent groups that resemble rooms. Decides: nothing; [`score`] compares what was found with the truth.
//!
//! Every number is made up and unassignable: after the calling code stand two zeros, which no national number begins with; handsets
//! have the type allocation of test equipment (00).
//!
//! Invariants: the same settings and seed give the same world, byte for byte, whatever it is written to.

pub mod agenda;
pub mod call;
mod cohorts;
pub mod dice;
mod gateway;
pub mod graft;
pub mod group;
pub mod habits;
pub mod lookalikes;
pub mod numbers;
pub mod ordinary;
mod quiet;
pub mod room;
pub mod score;
pub mod settings;
pub mod shapes;
pub mod sighting;
pub mod stage;
mod swaps;
pub mod truth;
pub mod voip_house;
pub mod world;

pub use call::Call;
pub use settings::{Hiding, Preset, Settings, View};
pub use sighting::Sighting;
pub use truth::Truth;
pub use world::World;
