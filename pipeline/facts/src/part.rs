//! A part: all calls made and received by the lines of a bucket, sorted by line and time.

use crate::column::{Extra, NONE};
use crate::inbound::Inbound;
use crate::shelf::{WordReader, Words, put_bytes, put_column};
use crate::sighting::Seen;
use crate::store::Forget;
use domain::num::u32_of;
use std::io;
use std::ops::Range;

/// Calls made by some lines, columns of equal length, sorted by line, then time; and calls received.
#[derive(Clone, Debug, Default)]
pub struct CallPart {
    /// The lines, in canonical order.
    pub(crate) lines: Vec<u32>,
    /// Where each line's calls begin; one more than lines.
    pub(crate) offsets: Vec<u32>,
    /// Callees.
    pub callee: Vec<u32>,
    /// Starts, epoch seconds.
    pub start_s: Vec<u32>,
    /// Durations, seconds.
    pub duration_s: Vec<u32>,
    /// Outcome, leg and attestation, packed.
    pub marks: Vec<u8>,
    /// Where each call stands in the sources; empty where that was to be forgotten.
    pub source: Vec<u32>,
    /// Optional columns; empty where the feeds do not have them.
    pub extras: [Vec<u32>; Extra::COUNT],
    /// Calls received by the same lines.
    pub inbound: Inbound,
    /// Where the same lines were seen without a call.
    pub(crate) seen: Seen,
}

impl CallPart {
    /// The lines of this part, in canonical order.
    pub fn lines(&self) -> &[u32] {
        &self.lines
    }

    /// The place of a line among [`Self::lines`].
    pub fn place_of(&self, line: u32) -> Option<usize> {
        self.lines.binary_search(&line).ok()
    }

    /// Rows of the calls that the line at a place made.
    pub fn made_at(&self, place: usize) -> Range<usize> {
        range_at(&self.offsets, place)
    }

    /// Rows, in [`Self::inbound`], of the calls that the line at a place received.
    pub fn received_at(&self, place: usize) -> Range<usize> {
        range_at(self.inbound.offsets(), place)
    }

    /// How many calls the lines made.
    pub fn len(&self) -> usize {
        self.callee.len()
    }

    /// Whether the lines made none.
    pub fn is_empty(&self) -> bool {
        self.callee.is_empty()
    }

    /// The optional column's value in a row.
    pub fn extra(&self, extra: Extra, row: usize) -> u32 {
        self.extras[extra as usize].get(row).copied().unwrap_or(NONE)
    }

    /// Lets go of columns.
    pub(crate) fn forget(&mut self, forget: Forget) {
        forget.extras.iter().for_each(|extra| self.extras[*extra as usize] = Vec::new());
        if forget.sources {
            self.source = Vec::new();
            self.seen.source = Vec::new();
        }
    }
}

fn range_at(offsets: &[u32], place: usize) -> Range<usize> {
    offsets[place] as usize..offsets[place + 1] as usize
}

impl Words for CallPart {
    fn words(&self) -> usize {
        let extras: usize = self.extras.iter().map(Vec::len).sum();
        16 + self.lines.len()
            + self.offsets.len()
            + self.len() * 3
            + self.source.len()
            + self.len().div_ceil(4)
            + extras
            + self.inbound.words()
            + self.seen.words()
    }

    fn to_words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(self.words());
        for column in [
            &self.lines,
            &self.offsets,
            &self.callee,
            &self.start_s,
            &self.duration_s,
            &self.source,
        ] {
            put_column(&mut words, column);
        }
        put_bytes(&mut words, &self.marks);
        self.extras.iter().for_each(|column| put_column(&mut words, column));
        self.inbound.put(&mut words);
        self.seen.put(&mut words);
        words
    }

    fn from_words(words: &mut WordReader<'_>) -> io::Result<Self> {
        let mut part = Self {
            lines: words.column()?,
            offsets: words.column()?,
            callee: words.column()?,
            start_s: words.column()?,
            duration_s: words.column()?,
            source: words.column()?,
            marks: words.bytes()?,
            ..Self::default()
        };
        for column in &mut part.extras {
            *column = words.column()?;
        }
        part.inbound = Inbound::take(words)?;
        part.seen = Seen::take(words)?;
        Ok(part)
    }
}

impl CallPart {
    fn gathered(self, order: &[u32]) -> Self {
        let take = |column: Vec<u32>| -> Vec<u32> {
            if column.is_empty() {
                column
            } else {
                order.iter().map(|row| column[*row as usize]).collect()
            }
        };
        Self {
            lines: self.lines,
            offsets: self.offsets,
            callee: take(self.callee),
            start_s: take(self.start_s),
            duration_s: take(self.duration_s),
            marks: order.iter().map(|row| self.marks[*row as usize]).collect(),
            source: take(self.source),
            extras: self.extras.map(take),
            inbound: self.inbound,
            seen: self.seen,
        }
    }

    /// Lets go of calls that begin after an instant; gives how many.
    pub(crate) fn set_aside(&mut self, until_s: u32) -> usize {
        let gone: Vec<bool> = self.start_s.iter().map(|start_s| *start_s > until_s).collect();
        let later = gone.iter().filter(|gone| **gone).count();
        if later > 0 {
            self.remove(&gone);
        }
        later
    }

    pub(crate) fn remove(&mut self, gone: &[bool]) {
        let kept: Vec<u32> = (0..gone.len()).filter(|row| !gone[*row]).map(u32_of).collect();
        let before: Vec<u32> = std::iter::once(0)
            .chain(gone.iter().scan(0_u32, |count, gone| {
                *count += u32::from(!gone);
                Some(*count)
            }))
            .collect();
        for offset in &mut self.offsets {
            *offset = before[*offset as usize];
        }
        *self = std::mem::take(self).gathered(&kept);
    }
}
