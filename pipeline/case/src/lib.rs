//! What people decide: one investigation's memory.
//!
//! Takes: what was done with a casebook and what people said and decided, each as an [`Action`] in a [`log::Entry`] of a log that only grows. Gives:
//! the [`Case`] that the log amounts to: judgements, claims with their contradictions, tasks, safety records of people, exhibits, tips and warnings of the public. Decides:
//! which actions can follow which ([`Refused`]), and whether a log is whole ([`log::verify`]).
//!
//! Invariants: the same log gives the same case; nothing is changed or taken back but by a further entry; each entry seals all before it, so that
//! a change of any is found; what is erased leaves its seal. A statement is never a condition of help. Help comes before enforcement.
//!
//! This stage does not know how rooms are found, nor where a log is kept; who may do what is the server's to ask.

pub mod action;
mod case;
pub mod claim;
pub mod exhibit;
pub mod hold;
pub mod htcds;
pub mod judgement;
pub mod log;
pub mod retention;
pub mod safety;
pub mod task;
pub mod tip;
pub mod warning;

pub use action::Action;
pub use case::{Case, Refused};

/// The note that goes with everything that leaves a casebook.
pub const NON_PUNISHMENT_NOTE: &str = "People found in a call room are possible victims of trafficking until a person decides otherwise. Victims are \
not to be punished for acts that are a direct consequence of being trafficked (Council of Europe Convention, article 26; ASEAN Convention, \
article 14(7)).";
