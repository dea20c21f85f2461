//! Record linkage. Knows no telephony.
//!
//! Takes: blocks of things that share a value, and how often values occur by chance. Gives: candidate pairs, match weights in
//! bits, and the assignment that is best for all. Source: Fellegi & Sunter, "A theory for record linkage" (JASA 64, 1969): the weight of an agreement is log2(m/u), where m is
//! its probability among matches and u among pairs taken at random.

pub mod assignment;
pub mod blocking;
pub mod weight;

pub use blocking::{Blocks, Partners, Suppressed};
