//! The people at both ends of a room's calls: who is being worked on and should be warned, who does what, and who may be held.
//!
//! Takes: facts up to the moment looked from, the rooms found in them, the clocks of [`profiles::Context`] and a [`Config`]. Gives: for each
//! called person who is, or has been, worked on a [`Warning`] with the stage reached, the hand-offs seen, a reason in one sentence and an
//! expected precision, the sure ones first and by urgency. Decides: who is told to a call taker, and in which order.
//!
//! Invariants: a person stands in the list once, whatever number of rooms called; people the rooms' lines merely tried or shortly
//! spoke to are not told; the same facts, rooms and configuration give the same list.

mod answering;
mod captivity;
pub mod config;
mod contact;
mod find;
mod hand_off;
mod opening;
mod own_life;
mod queue;
mod rates;
mod role;
mod silent;
mod succession;
pub mod successor;
mod target;
mod warning;

pub use captivity::{Captivity, Indicator, Sign, Status, Welfare};
pub use config::Config;
pub use find::{People, people};
pub use hand_off::{Form, HandOff};
pub use role::{Role, RoleOf, Roles};
pub use silent::SilentCohort;
pub use warning::{Stage, Urgency, Warning};

use facts::Calls;
use profiles::Context;
use rooms::Room;

/// What the stage looks at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The facts.
    pub calls: &'a Calls,
    /// Clocks and numbers.
    pub context: &'a Context<'a>,
    /// The rooms found in them.
    pub rooms: &'a [Room],
    /// Thresholds and weights.
    pub config: &'a Config,
}

impl Scene<'_> {
    /// The moment looked from, epoch seconds.
    pub(crate) fn as_of_s(&self) -> u32 {
        self.calls.as_of_s
    }
}
