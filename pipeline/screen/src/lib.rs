//! What a text says: how likely it is a scam, of which type, by which speech acts, with which identifiers in it.
//!
//! Takes: a text, a model, how numbers without a country are read. Gives: a [`screening::Screening`] with probabilities, speech acts and identifiers, each with its
//! place in the text as written. Decides: verdicts between two thresholds; nothing about people. Invariants: the same text, model and settings give the same
//! screening; the language is no input of a score. A lead is never a verdict, and “not covered” is said.

pub mod act;
pub mod advice;
pub mod check;
pub mod concept;
pub mod feature;
pub mod fold;
pub mod grammar;
pub mod identifier;
pub mod language;
pub mod linear;
pub mod model;
pub mod own;
pub mod reading;
pub mod recipe;
pub mod screening;
pub mod template;
pub mod train;
pub mod written;
