//! Chunks of calls as a reading thread makes them: columns of indexes into that thread's own dictionaries.

use crate::column::{Extra, NONE, NameSet};
use crate::names::Interner;
use crate::shelf::{WordReader, Words, put_bytes, put_column};
use domain::{LineKey, Outcome};
use std::io;

/// Whose record a row is: a subscriber's own (one leg) or a switch's (the whole call).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Leg {
    /// The row describes the call as such.
    #[default]
    Whole = 0,
    /// The caller's own record.
    Caller = 1,
    /// The callee's own record.
    Callee = 2,
}

/// STIR/SHAKEN attestation level (ATIS-1000074), or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Attestation {
    /// Not given.
    #[default]
    None = 0,
    /// The provider knows the customer and the number.
    A = 1,
    /// The provider knows the customer only.
    B = 2,
    /// The call entered through a gateway.
    C = 3,
}

/// One normalised row, not yet in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallDraft {
    /// Who called.
    pub caller: LineKey,
    /// Who was called.
    pub callee: LineKey,
    /// The caller's handset, or [`LineKey::NONE`].
    pub caller_handset: LineKey,
    /// The callee's handset, or [`LineKey::NONE`].
    pub callee_handset: LineKey,
    /// When the call began, seconds since 1970-01-01 UTC.
    pub start_s: u32,
    /// How long both were connected, seconds.
    pub duration_s: u32,
    /// How the attempt ended.
    pub outcome: Outcome,
    /// Whose record it is.
    pub leg: Leg,
    /// Attestation of the caller's number.
    pub attestation: Attestation,
    /// Row in its file, counted from 1.
    pub row: u32,
    /// Optional columns but for handsets: indexes into the dictionaries.
    pub extras: [u32; Extra::COUNT],
}

impl CallDraft {
    /// Sets an optional column.
    pub fn set(&mut self, extra: Extra, value: u32) {
        self.extras[extra as usize] = value;
    }
}

impl Default for CallDraft {
    fn default() -> Self {
        Self {
            caller: LineKey::NONE,
            callee: LineKey::NONE,
            caller_handset: LineKey::NONE,
            callee_handset: LineKey::NONE,
            start_s: 0,
            duration_s: 0,
            outcome: Outcome::Unknown,
            leg: Leg::Whole,
            attestation: Attestation::None,
            row: 0,
            extras: [NONE; Extra::COUNT],
        }
    }
}

/// Calls of one file in columns of equal length; an optional column that no row filled is empty.
#[derive(Clone, Debug, Default)]
pub struct CallChunk {
    /// Index of the file.
    pub file: u32,
    /// Callers.
    pub caller: Vec<u32>,
    /// Callees.
    pub callee: Vec<u32>,
    /// Starts, epoch seconds.
    pub start_s: Vec<u32>,
    /// Durations, seconds.
    pub duration_s: Vec<u32>,
    /// Outcome, leg and attestation in one byte ([`marks`]).
    pub marks: Vec<u8>,
    /// Rows in the file.
    pub row: Vec<u32>,
    /// Optional columns in the order of [`Extra::ALL`].
    pub extras: [Vec<u32>; Extra::COUNT],
}

/// Packs outcome (3 bits), leg (2 bits) and attestation (2 bits).
pub fn marks(outcome: Outcome, leg: Leg, attestation: Attestation) -> u8 {
    outcome.code() | (leg as u8) << 3 | (attestation as u8) << 5
}

/// The outcome in packed marks.
pub fn outcome_of(marks: u8) -> Outcome {
    Outcome::from_code(marks & 7)
}

/// The leg in packed marks.
pub fn leg_of(marks: u8) -> Leg {
    match (marks >> 3) & 3 {
        1 => Leg::Caller,
        2 => Leg::Callee,
        _ => Leg::Whole,
    }
}

/// The attestation in packed marks.
pub fn attestation_of(marks: u8) -> Attestation {
    match (marks >> 5) & 3 {
        1 => Attestation::A,
        2 => Attestation::B,
        3 => Attestation::C,
        _ => Attestation::None,
    }
}

/// Collects rows and interns their lines and handsets column by column.
#[derive(Debug, Default)]
pub struct ChunkBuilder {
    chunk: CallChunk,
    caller: Vec<LineKey>,
    callee: Vec<LineKey>,
    caller_handset: Vec<LineKey>,
    callee_handset: Vec<LineKey>,
}

impl ChunkBuilder {
    /// A builder for rows of one file, with room for `rows`.
    pub fn with_capacity(file: u32, rows: usize) -> Self {
        let chunk = CallChunk {
            file,
            start_s: Vec::with_capacity(rows),
            duration_s: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
            row: Vec::with_capacity(rows),
            ..CallChunk::default()
        };
        Self {
            chunk,
            caller: Vec::with_capacity(rows),
            callee: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// Adds a row.
    #[inline]
    pub fn push(&mut self, draft: &CallDraft) {
        let rows = self.caller.len();
        self.caller.push(draft.caller);
        self.callee.push(draft.callee);
        add(&mut self.caller_handset, rows, draft.caller_handset, LineKey::NONE);
        add(&mut self.callee_handset, rows, draft.callee_handset, LineKey::NONE);
        let chunk = &mut self.chunk;
        chunk.start_s.push(draft.start_s);
        chunk.duration_s.push(draft.duration_s);
        chunk.marks.push(marks(draft.outcome, draft.leg, draft.attestation));
        chunk.row.push(draft.row);
        for (column, value) in chunk.extras.iter_mut().zip(draft.extras) {
            add(column, rows, value, NONE);
        }
    }

    /// Ends the chunk: names become indexes, and optional columns that some row filled reach its full length.
    pub fn finish(mut self, names: &mut Dictionaries) -> CallChunk {
        let rows = self.caller.len();
        self.chunk.caller.reserve_exact(rows);
        self.chunk.callee.reserve_exact(rows);
        names.lines.intern_all(&self.caller, &mut self.chunk.caller);
        names.lines.intern_all(&self.callee, &mut self.chunk.callee);
        let handsets = [
            (Extra::CallerHandset, self.caller_handset),
            (Extra::CalleeHandset, self.callee_handset),
        ];
        for (extra, keys) in handsets {
            names.handsets.intern_all(&keys, &mut self.chunk.extras[extra as usize]);
        }
        for column in self.chunk.extras.iter_mut().filter(|column| !column.is_empty()) {
            column.resize(rows, NONE);
        }
        self.chunk
    }
}

/// Adds an optional value to a column; the first row that has one fills the column up to there.
#[inline]
fn add<T: Copy + PartialEq>(column: &mut Vec<T>, rows: usize, value: T, none: T) {
    if column.is_empty() && value == none {
        return;
    }
    column.resize(rows, none);
    column.push(value);
}

impl CallChunk {
    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.caller.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.caller.is_empty()
    }
}

impl Words for CallChunk {
    fn words(&self) -> usize {
        let extras: usize = self.extras.iter().map(Vec::len).sum();
        16 + self.len() * 5 + self.len().div_ceil(4) + extras
    }

    fn to_words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(self.words());
        words.push(self.file);
        for column in [&self.caller, &self.callee, &self.start_s, &self.duration_s, &self.row] {
            put_column(&mut words, column);
        }
        put_bytes(&mut words, &self.marks);
        self.extras.iter().for_each(|column| put_column(&mut words, column));
        words
    }

    fn from_words(words: &mut WordReader<'_>) -> io::Result<Self> {
        let mut chunk = Self {
            file: words.word()?,
            caller: words.column()?,
            callee: words.column()?,
            start_s: words.column()?,
            duration_s: words.column()?,
            row: words.column()?,
            marks: words.bytes()?,
            ..Self::default()
        };
        for column in &mut chunk.extras {
            *column = words.column()?;
        }
        Ok(chunk)
    }
}

/// The dictionaries of one reading thread.
#[derive(Debug, Default)]
pub struct Dictionaries {
    /// Lines.
    pub lines: Interner,
    /// Cells.
    pub cells: Interner,
    /// Handsets.
    pub handsets: Interner,
    /// SIMs.
    pub sims: Interner,
    /// Routes.
    pub routes: Interner,
    /// Raw texts of lines.
    pub raws: Interner,
}

impl Dictionaries {
    /// The dictionary that an optional column indexes.
    pub fn of(&mut self, extra: Extra) -> &mut Interner {
        match extra.names() {
            NameSet::Cells => &mut self.cells,
            NameSet::Handsets => &mut self.handsets,
            NameSet::Sims => &mut self.sims,
            NameSet::Routes => &mut self.routes,
            NameSet::Raws => &mut self.raws,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back() {
        let packed = marks(Outcome::Vacant, Leg::Callee, Attestation::C);
        assert_eq!(outcome_of(packed), Outcome::Vacant);
        assert_eq!(leg_of(packed), Leg::Callee);
        assert_eq!(attestation_of(packed), Attestation::C);
    }

    #[test]
    fn a_column_that_appears_late_is_filled_up_to_there() {
        let mut builder = ChunkBuilder::default();
        builder.push(&CallDraft::default());
        let mut draft = CallDraft::default();
        draft.extras[Extra::Route as usize] = 5;
        builder.push(&draft);
        builder.push(&CallDraft::default());
        let chunk = builder.finish(&mut Dictionaries::default());
        assert_eq!(chunk.extras[Extra::Route as usize], [NONE, 5, NONE]);
        assert!(chunk.extras[Extra::CallerCell as usize].is_empty());
    }
}
