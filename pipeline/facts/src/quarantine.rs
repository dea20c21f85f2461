//! Rows that could not become facts: kept with file, row and reason, never dropped in silence.

use crate::texts::Texts;
use std::collections::BTreeMap;
use std::ops::Range;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rejected<'a> {
    /// Index of the file.
    pub file: u32,
    /// Row in the file, counted from 1.
    pub row: u32,
    /// Why.
    pub reason: Reason,
    /// The value at fault, cut to a few dozen characters, unmasked: the printer masks it.
    pub excerpt: &'a str,
}

/// The same with a place among the excerpts: exports of messages among calls are millions of rows of few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Refused {
    file: u32,
    row: u32,
    reason: Reason,
    excerpt: u32,
}

/// All quarantined rows of a run.
#[derive(Debug, Default)]
pub struct Quarantine {
    rows: Vec<Refused>,
    excerpts: Texts,
}

const EXCERPT_CHARS: usize = 60;

impl Quarantine {
    /// Adds a row.
    pub fn push(&mut self, file: u32, row: u32, reason: Reason, value: &[u8]) {
        let text = String::from_utf8_lossy(value.get(..EXCERPT_CHARS * 4).unwrap_or(value));
        let clean = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
        let excerpt: String = clean.take(EXCERPT_CHARS).collect();
        let excerpt = self.excerpts.place(&excerpt);
        self.rows.push(Refused { file, row, reason, excerpt });
    }

    /// Adds another quarantine's rows.
    pub fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let places: Vec<u32> = other.excerpts.all().map(|text| self.excerpts.place(text)).collect();
        let rows = other.rows.into_iter();
        self.rows.extend(rows.map(|row| Refused { excerpt: places[row.excerpt as usize], ..row }));
    }

    /// Puts the rows in canonical order: by file, row and reason.
    pub fn sort(&mut self) {
        self.rows.sort_unstable();
    }

    /// The rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Rejected<'_>> {
        self.rows_in(0..self.rows.len())
    }

    /// Some of the rows; those that there are none of are left out.
    pub fn rows_in(&self, some: Range<usize>) -> impl ExactSizeIterator<Item = Rejected<'_>> {
        let some = some.start.min(self.rows.len())..some.end.min(self.rows.len());
        self.rows[some].iter().map(|row| Rejected {
            file: row.file,
            row: row.row,
            reason: row.reason,
            excerpt: self.excerpts.get(row.excerpt as usize),
        })
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
        let excerpts: Vec<_> = quarantine.rows().map(|row| row.excerpt).collect();
        assert_eq!(excerpts, ["a\u{fffd}b\u{fffd}", &*"x".repeat(EXCERPT_CHARS)]);
        assert_eq!(quarantine.by_reason().get(&Reason::BadLine), Some(&2));
    }

    #[test]
    fn rows_of_several_threads_keep_their_words() {
        let [mut all, mut other] = [Quarantine::default(), Quarantine::default()];
        all.push(0, 1, Reason::NotACall, b"SMS");
        other.push(0, 2, Reason::NotACall, b"MMS");
        other.push(0, 3, Reason::NotACall, b"SMS");
        all.append(other);
        all.sort();
        let told: Vec<_> = all.rows().map(|row| (row.row, row.excerpt)).collect();
        assert_eq!(told, [(1, "SMS"), (2, "MMS"), (3, "SMS")]);
        assert_eq!(all.rows_in(1..9).map(|row| row.row).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(all.excerpts.all().count(), 2, "each text is kept once");
    }
}
