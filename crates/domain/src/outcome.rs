//! How a call attempt ended.

/// The end of a call attempt, as far as the feed says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Outcome {
    /// The feed has no such column, or the value means nothing to us.
    #[default]
    Unknown = 0,
    /// Somebody or something picked up.
    Answered = 1,
    /// Rang out, or was rejected, or the caller gave up.
    NoAnswer = 2,
    /// Engaged.
    Busy = 3,
    /// The number is not assigned to anybody: the mark of list dialling.
    Vacant = 4,
    /// The network could not set up the call.
    Failed = 5,
}

impl Outcome {
    /// All outcomes, in the order of their codes.
    pub const ALL: [Self; 6] =
        [Self::Unknown, Self::Answered, Self::NoAnswer, Self::Busy, Self::Vacant, Self::Failed];

    /// The outcome with this code; codes of no outcome read as unknown.
    pub fn from_code(code: u8) -> Self {
        Self::ALL.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// The code kept in columns.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The word used in facts and templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Answered => "answered",
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Vacant => "vacant",
            Self::Failed => "failed",
        }
    }

    /// The outcome of a word in facts or templates.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_words_come_back() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_code(outcome.code()), outcome);
            assert_eq!(Outcome::from_word(outcome.word()), Some(outcome));
        }
        assert_eq!(Outcome::from_code(99), Outcome::Unknown);
    }
}
