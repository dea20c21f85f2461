//! The calls that the lines of a part received.

use crate::bucket::Places;
use crate::column::Extra;
use crate::part::{CallPart, RowView, bytes, group};
use crate::piles::Piles;
use crate::shelf::{WordReader, put_bytes, put_column};
use domain::num::pack;
use std::io;

/// Calls received by the lines of a part, columns of equal length, sorted by line, then caller, then time.
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

impl ReceivedLayout {
    pub(crate) fn new(extras: &[Extra]) -> Self {
        Self {
            cell: extras.contains(&Extra::CalleeCell),
            handset: extras.contains(&Extra::CalleeHandset),
        }
    }

    fn stride(self) -> usize {
        FIXED + usize::from(self.cell) + usize::from(self.handset)
    }

    /// Puts the calls of a part on the piles of the buckets that they were received in.
    pub(crate) fn deal(self, part: &CallPart, places: &Places, piles: &mut Piles) {
        let mut words = [0; FIXED + 2];
        for (at, caller) in part.lines().iter().enumerate() {
            for row in part.made_at(at) {
                let (bucket, place) = places.of(part.callee[row]);
                words[0] = place;
                words[1] = *caller;
                words[2] = part.start_s[row];
                words[3] = part.duration_s[row];
                words[4] = u32::from(part.marks[row]);
                let mut at = FIXED;
                for (there, extra) in
                    [(self.cell, Extra::CalleeCell), (self.handset, Extra::CalleeHandset)]
                {
                    if there {
                        words[at] = part.extra(extra, row);
                        at += 1;
                    }
                }
                piles.push(bucket, &words[..at]);
            }
        }
    }

    /// The received calls of rows in any order.
    pub(crate) fn inbound(self, words: &[u32], lines: usize) -> Inbound {
        let rows = RowView { words, stride: self.stride() };
        let (mut order, offsets) = group((0..rows.len()).map(|row| rows.at(row, 0)), lines);
        let key = |row: u32| pack(rows.at(row as usize, 1), rows.at(row as usize, 2));
        for window in offsets.windows(2) {
            let order = &mut order[window[0] as usize..window[1] as usize];
            order.sort_unstable_by_key(|row| key(*row));
            for tie in order.chunk_by_mut(|a, b| key(*a) == key(*b)).filter(|tie| tie.len() > 1) {
                tie.sort_unstable_by_key(|row| rows.row(*row as usize));
            }
        }
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
