//! The calls that the lines of a part received.

use crate::column::Extra;
use crate::part::{CallPart, RowView, bytes, group};
use crate::shelf::{WordReader, put_bytes, put_column};
use std::io;

/// Calls received by a range of lines, columns of equal length, sorted by line, then caller, then time.
#[derive(Clone, Debug, Default)]
pub struct Inbound {
    offsets: Vec<u32>,
    /// Who called.
    pub caller: Vec<u32>,
    /// Starts, epoch seconds.
    pub start_s: Vec<u32>,
    /// Durations, seconds.
    pub duration_s: Vec<u32>,
    /// Outcome, leg and attestation, packed.
    pub marks: Vec<u8>,
    /// The called handset's cell; empty where the feeds do not have it.
    pub cell: Vec<u32>,
    /// The called handset; empty where the feeds do not have it.
    pub handset: Vec<u32>,
}

/// How received calls lie in words before they are sorted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ReceivedLayout {
    cell: bool,
    handset: bool,
}

const FIXED: usize = 5;

/// A row in words.
pub(crate) type ReceivedRow = [u32; FIXED + 2];

impl ReceivedLayout {
    pub(crate) fn new(there: [bool; Extra::COUNT]) -> Self {
        Self {
            cell: there[Extra::CalleeCell as usize],
            handset: there[Extra::CalleeHandset as usize],
        }
    }

    /// Words of a row.
    pub(crate) fn stride(self) -> usize {
        FIXED + usize::from(self.cell) + usize::from(self.handset)
    }

    /// A call that `caller` made, as its callee received it.
    #[inline]
    pub(crate) fn row(self, part: &CallPart, row: usize, caller: u32) -> ReceivedRow {
        let mut words = [0; FIXED + 2];
        words[0] = part.callee[row];
        words[1] = caller;
        words[2] = part.start_s[row];
        words[3] = part.duration_s[row];
        words[4] = u32::from(part.marks[row]);
        let mut at = FIXED;
        for (there, extra) in [(self.cell, Extra::CalleeCell), (self.handset, Extra::CalleeHandset)] {
            if there {
                words[at] = part.extra(extra, row);
                at += 1;
            }
        }
        words
    }

    /// The received calls of rows that are in order of caller, then time: sorted by line, the rest of the order stays.
    pub(crate) fn inbound(self, words: &[u32], first_line: u32, lines: u32) -> Inbound {
        let rows = RowView { words, stride: self.stride() };
        let (order, offsets) =
            group((0..rows.len()).map(|row| rows.at(row, 0) - first_line), lines);
        let mut columns = rows.columns(&order).into_iter().skip(1);
        let mut next = || columns.next().unwrap_or_default();
        Inbound {
            offsets,
            caller: next(),
            start_s: next(),
            duration_s: next(),
            marks: bytes(&next()),
            cell: if self.cell { next() } else { Vec::new() },
            handset: if self.handset { next() } else { Vec::new() },
        }
    }
}

impl Inbound {
    pub(crate) fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The words that [`Self::put`] writes, or a few more.
    pub(crate) fn words(&self) -> usize {
        16 + self.offsets.len()
            + self.caller.len() * 3
            + self.marks.len().div_ceil(4)
            + self.cell.len()
            + self.handset.len()
    }

    pub(crate) fn put(&self, words: &mut Vec<u32>) {
        let columns =
            [&self.offsets, &self.caller, &self.start_s, &self.duration_s, &self.cell, &self.handset];
        columns.into_iter().for_each(|column| put_column(words, column));
        put_bytes(words, &self.marks);
    }

    pub(crate) fn take(words: &mut WordReader<'_>) -> io::Result<Self> {
        Ok(Self {
            offsets: words.column()?,
            caller: words.column()?,
            start_s: words.column()?,
            duration_s: words.column()?,
            cell: words.column()?,
            handset: words.column()?,
            marks: words.bytes()?,
        })
    }
}
