//! Rows that could not become facts: kept with file, row and reason, never dropped in silence.

use std::collections::BTreeMap;

/// Why a row was quarantined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The row has fewer fields than the columns that are needed.
    TooFewFields,
    /// The line is longer than a row may be.
    RowTooLong,
    /// The field needed is not valid text in the file's encoding.
    NotText,
    /// No caller.
    NoCaller,
    /// No callee.
    NoCallee,
    /// A sighting of neither a line nor a handset.
    NoHolder,
    /// A sighting without a cell.
    NoCell,
    /// A number that a spreadsheet has rounded, such as `6.01E+10`: its last digits are lost.
    RoundedNumber,
    /// The identifier holds characters that no identifier has.
    BadLine,
    /// No start, or none of the expected forms.
    BadStart,
    /// The start lies outside 1970-2106.
    StartOutOfRange,
    /// No duration, or none of the expected forms.
    BadDuration,
    /// A negative duration, or an end before its start.
    NegativeDuration,
    /// Longer than a week.
    DurationTooLong,
    /// Caller and callee are the same line.
    CallToItself,
    /// A message or data session, not a call.
    NotACall,
    /// The header line stands again among the rows.
    HeaderAgain,
    /// It stands above the header.
    Title,
}

impl Reason {
    /// The word used in output and in the quarantine's column.
    pub fn word(self) -> &'static str {
        match self {
            Self::TooFewFields => "too few fields",
            Self::RowTooLong => "row too long",
            Self::NotText => "not valid text",
            Self::NoCaller => "no caller",
            Self::NoCallee => "no callee",
            Self::NoHolder => "no line and no handset",
            Self::NoCell => "no cell",
            Self::RoundedNumber => "number rounded by a spreadsheet",
            Self::BadLine => "not a line identifier",
            Self::BadStart => "start not understood",
            Self::StartOutOfRange => "start out of range",
            Self::BadDuration => "duration not understood",
            Self::NegativeDuration => "negative duration",
            Self::DurationTooLong => "duration over a week",
            Self::CallToItself => "call to itself",
            Self::NotACall => "not a call",
            Self::HeaderAgain => "header repeated",
            Self::Title => "above the header",
        }
    }
}

/// One quarantined row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rejected {
    /// Index of the file.
    pub file: u32,
    /// Row in the file, counted from 1.
    pub row: u32,
    /// Why.
    pub reason: Reason,
    /// The value at fault, cut to a few dozen characters, unmasked: the printer masks it.
    pub excerpt: Box<str>,
}

/// All quarantined rows of a run.
#[derive(Clone, Debug, Default)]
pub struct Quarantine {
    rows: Vec<Rejected>,
}

const EXCERPT_CHARS: usize = 60;

impl Quarantine {
    /// Adds a row.
    pub fn push(&mut self, file: u32, row: u32, reason: Reason, value: &[u8]) {
        let text = String::from_utf8_lossy(value.get(..EXCERPT_CHARS * 4).unwrap_or(value));
        let clean = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
        let excerpt: String = clean.take(EXCERPT_CHARS).collect();
        self.rows.push(Rejected { file, row, reason, excerpt: excerpt.into() });
    }

    /// Adds another quarantine's rows.
    pub fn append(&mut self, mut other: Self) {
        self.rows.append(&mut other.rows);
    }

    /// Puts the rows in canonical order: by file, row and reason.
    pub fn sort(&mut self) {
        self.rows.sort_unstable();
    }

    /// The rows.
    pub fn rows(&self) -> &[Rejected] {
        &self.rows
    }

    /// Gives a row's number another base: blocks of a file are read before it is known where they begin.
    pub fn shift_rows(&mut self, base: u32) {
        for rejected in &mut self.rows {
            rejected.row = rejected.row.saturating_add(base);
        }
    }

    /// How many rows there are for each reason.
    pub fn by_reason(&self) -> BTreeMap<Reason, usize> {
        let mut counts = BTreeMap::new();
        for rejected in &self.rows {
            *counts.entry(rejected.reason).or_insert(0) += 1;
        }
        counts
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_are_short_and_clean() {
        let mut quarantine = Quarantine::default();
        quarantine.push(0, 3, Reason::BadLine, &[b'x'; 5_000]);
        quarantine.push(0, 1, Reason::BadLine, b"a\0b\xff");
        quarantine.sort();
        let excerpts: Vec<_> =
            quarantine.rows().iter().map(|row| row.excerpt.chars().count()).collect();
        assert_eq!(excerpts, [4, EXCERPT_CHARS]);
        assert_eq!(&*quarantine.rows()[0].excerpt, "a\u{fffd}b\u{fffd}");
        assert_eq!(quarantine.by_reason().get(&Reason::BadLine), Some(&2));
    }
}
