//! What went wrong, for the person: a sentence, and what to do next.

/// Exit code of wrong use.
pub(crate) const WRONG_USE: u8 = 2;
/// Exit code of a finished run that found problems.
pub(crate) const FOUND_PROBLEMS: u8 = 1;

/// A failure that a person can do something about.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub(crate) struct Failure {
    sentence: String,
    /// What to do next.
    pub(crate) hint: String,
}

impl Failure {
    /// A failure with its hint.
    pub(crate) fn new(sentence: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), hint: hint.into() }
    }
}
