//! The calls that the lines of a part received.

use crate::bucket::Places;
use crate::column::{Extra, NONE};
use crate::made::permute;
use crate::part::CallPart;
use crate::piles::Piles;
use crate::row::{duration_and_marks, talk};
use crate::shelf::{WordReader, put_bytes, put_column};
use domain::num::{pack, u32_of};
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

/// Words that every row has: place of the callee, caller, start, duration and marks.
const FIXED: usize = 4;

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
        let stride = self.stride();
        for (at, caller) in part.lines().iter().enumerate() {
            for row in part.made_at(at) {
                let (bucket, place) = places.of(part.callee[row]);
                let words = piles.row(bucket, stride);
                let (fixed, optional) = words.split_at_mut(FIXED);
                fixed.copy_from_slice(&[
                    place,
                    *caller,
                    part.start_s[row],
                    talk(part.duration_s[row], part.marks[row]),
                ]);
                let there = [(self.cell, Extra::CalleeCell), (self.handset, Extra::CalleeHandset)];
                let extras = there.into_iter().filter(|(there, _)| *there);
                for (word, (_, extra)) in optional.iter_mut().zip(extras) {
                    *word = part.extra(extra, row);
                }
            }
        }
    }

    /// The received calls of rows in any order.
    pub(crate) fn inbound(self, blocks: &[Vec<u32>], lines: usize) -> Inbound {
        let rows = || blocks.iter().flat_map(|block| block.chunks_exact(self.stride()));
        let mut offsets = vec![0_u32; lines + 1];
        rows().for_each(|row| offsets[row[0] as usize + 1] += 1);
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let count = offsets.last().map_or(0, |last| *last as usize);
        let optional = |there: bool| vec![NONE; if there { count } else { 0 }];
        let mut inbound = Inbound {
            caller: vec![0; count],
            start_s: vec![0; count],
            duration_s: vec![0; count],
            marks: vec![0; count],
            cell: optional(self.cell),
            handset: optional(self.handset),
            offsets: Vec::new(),
        };
        let mut next = offsets.clone();
        for row in rows() {
            let next = &mut next[row[0] as usize];
            let at = *next as usize;
            *next += 1;
            inbound.caller[at] = row[1];
            inbound.start_s[at] = row[2];
            (inbound.duration_s[at], inbound.marks[at]) = duration_and_marks(row[3]);
            if self.cell {
                inbound.cell[at] = row[FIXED];
            }
            if self.handset {
                inbound.handset[at] = row[FIXED + usize::from(self.cell)];
            }
        }
        inbound.offsets = offsets;
        inbound.sort();
        inbound
    }
}

impl Inbound {
    fn sort(&mut self) {
        let mut order: Vec<(u64, u32)> = Vec::new();
        for line in 0..self.offsets.len() - 1 {
            let rows = self.offsets[line] as usize..self.offsets[line + 1] as usize;
            order.clear();
            order.extend(
                rows.clone().map(|row| (pack(self.caller[row], self.start_s[row]), u32_of(row))),
            );
            order.sort_unstable();
            for tie in order.chunk_by_mut(|a, b| a.0 == b.0).filter(|tie| tie.len() > 1) {
                tie.sort_by_cached_key(|(_, row)| self.rest(*row as usize));
            }
            permute(&mut self.marks, rows.start, &order);
            let fixed = [&mut self.caller, &mut self.start_s, &mut self.duration_s];
            let columns = fixed.into_iter().chain([&mut self.cell, &mut self.handset]);
            for column in columns.filter(|column| !column.is_empty()) {
                permute(column, rows.start, &order);
            }
        }
    }

    fn rest(&self, row: usize) -> (u32, u8, Option<u32>, Option<u32>) {
        let (cell, handset) = (self.cell.get(row), self.handset.get(row));
        (self.duration_s[row], self.marks[row], cell.copied(), handset.copied())
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
        let columns = [
            &self.offsets,
            &self.caller,
            &self.start_s,
            &self.duration_s,
            &self.cell,
            &self.handset,
        ];
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
