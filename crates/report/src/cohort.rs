//! Cohorts that fell silent.

use crate::FactReport;
use serde::{Deserialize, Serialize};

/// A cohort.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CohortReport {
    /// `C1`, `C2`, …
    pub id: String,
    /// Lead or watch.
    pub verdict: String,
    /// How sure it is that they belong together, 0 to 1.
    pub probability: f64,
    /// When they fell silent.
    pub silent_from: String,
    /// Until when nothing was heard of them.
    pub silent_until: String,
    /// Their lines.
    pub lines: Vec<String>,
    /// The line that they were all in touch with.
    pub common_contact: String,
    /// Why, a sentence each.
    pub statements: Vec<String>,
    /// What speaks against it.
    pub counter_evidence: Vec<String>,
    /// What cannot be seen.
    pub not_observable: Vec<String>,
    /// The calls it rests on.
    pub facts: Vec<FactReport>,
}
