//! How a call lies in words on its way to its part.

use crate::batch::Batch;
use crate::column::Extra;
use domain::LineKey;
use domain::num::{high32, low32, pack};

/// How the rows of one set of optional columns lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Each optional column, and its first word.
    pub(crate) extras: Vec<(Extra, usize)>,
    /// Words of a row.
    pub(crate) stride: usize,
}

/// Words that every row has: caller and callee (two each), start, duration and marks, source.
const FIXED: usize = 7;
const CALLEE: usize = 2;
const START: usize = 4;
const TALK: usize = 5;
const SOURCE: usize = 6;
const MARKS_BITS: u32 = 8;

impl Layout {
    /// The layout of rows with these optional columns.
    pub(crate) fn new(extras: &[Extra]) -> Self {
        let mut stride = FIXED;
        let placed = extras.iter().map(|extra| {
            let at = stride;
            stride += if extra.handset().is_some() { 2 } else { 1 };
            (*extra, at)
        });
        Self { extras: placed.collect(), stride }
    }

    /// Writes a batch's row.
    #[inline]
    pub(crate) fn write(&self, batch: &Batch, row: usize, source: u32, words: &mut [u32]) {
        let (caller, callee) = (batch.caller[row].packed(), batch.callee[row].packed());
        let (fixed, _) = words.split_at_mut(FIXED);
        fixed.copy_from_slice(&[
            high32(caller),
            low32(caller),
            high32(callee),
            low32(callee),
            batch.start_s[row],
            talk(batch.duration_s[row], batch.marks[row]),
            source,
        ]);
        for (extra, at) in &self.extras {
            match extra.handset() {
                Some(side) => {
                    let key = batch.handsets[side][row].packed();
                    words[*at] = high32(key);
                    words[*at + 1] = low32(key);
                }
                None => words[*at] = batch.extras[*extra as usize][row],
            }
        }
    }
}

/// Duration and marks in one word. Durations stay below 2^24 seconds, half a year: feeds refuse calls longer than a week.
#[inline]
pub(crate) fn talk(duration_s: u32, marks: u8) -> u32 {
    (duration_s.min((1 << (32 - MARKS_BITS)) - 1) << MARKS_BITS) | u32::from(marks)
}

/// Duration (seconds) and marks of one word.
#[inline]
pub(crate) fn duration_and_marks(talk: u32) -> (u32, u8) {
    (talk >> MARKS_BITS, talk.to_le_bytes()[0])
}

/// A row in words.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a>(pub(crate) &'a [u32]);

impl Row<'_> {
    #[inline]
    fn key(self, at: usize) -> LineKey {
        LineKey::from_packed(pack(self.0[at], self.0[at + 1]))
    }

    /// Who called; a text by its index in the reader's dictionary.
    #[inline]
    pub(crate) fn caller(self) -> LineKey {
        self.key(0)
    }

    /// Who was called; a text likewise.
    #[inline]
    pub(crate) fn callee(self) -> LineKey {
        self.key(CALLEE)
    }

    /// Start, epoch seconds.
    #[inline]
    pub(crate) fn start_s(self) -> u32 {
        self.0[START]
    }

    /// Duration (seconds) and marks.
    #[inline]
    pub(crate) fn talk(self) -> (u32, u8) {
        duration_and_marks(self.0[TALK])
    }

    /// Where the row stands in the sources.
    #[inline]
    pub(crate) fn source(self) -> u32 {
        self.0[SOURCE]
    }

    /// The handset whose first word is `at`, a text by its index in the reader's dictionary.
    #[inline]
    pub(crate) fn handset(self, at: usize) -> LineKey {
        self.key(at)
    }

    /// The optional column at a word.
    #[inline]
    pub(crate) fn extra(self, at: usize) -> u32 {
        self.0[at]
    }
}
