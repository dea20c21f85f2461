//! Graph algorithms. Knows no telephony.
//!
//! Takes: weighted undirected edges between nodes `0..n`. Gives: a compressed form, communities, components and their quality.
//! Invariants: the same edges (in any order), settings and seed give the same result on any number of threads.

pub mod components;
pub mod csr;
pub mod leiden;
pub mod quality;

pub use csr::{Edge, Graph};
pub use leiden::{Objective, leiden};
