//! The calls that the lines of a part received.

use crate::bucket::Places;
use crate::column::Extra;
use crate::part::CallPart;
use crate::piles::Piles;
use crate::row::{duration_and_marks, talk};
use crate::shelf::{WordReader, put_bytes, put_column};
use domain::num::{high32, low32, pack, u32_of};
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
const START: usize = 2;
const TALK: usize = 3;

impl ReceivedLayout {
    pub(crate) fn new(extras: &[Extra]) -> Self {
        Self {
            cell: extras.contains(&Extra::CalleeCell),
            handset: extras.contains(&Extra::CalleeHandset),
        }
    }

    pub(crate) fn stride(self) -> usize {
        FIXED + usize::from(self.cell) + usize::from(self.handset)
    }

    /// Puts the calls of a part on the piles of the buckets that they were received in.
    pub(crate) fn deal(self, part: &CallPart, places: &Places, piles: &mut Piles) {
        // Most of the time is waiting for the callees' places: those of many rows are fetched together.
        const TOGETHER: usize = 64;
        let stride = self.stride();
        let lines = part.lines().iter().enumerate();
        let mut callers = lines.flat_map(|(at, line)| part.made_at(at).map(|_| *line));
        let mut found = Vec::with_capacity(TOGETHER);
        for first in (0..part.len()).step_by(TOGETHER) {
            let rows = first..part.len().min(first + TOGETHER);
            found.clear();
            found.extend(part.callee[rows.clone()].iter().map(|callee| places.of(*callee)));
            for ((row, (bucket, place)), caller) in rows.zip(&found).zip(&mut callers) {
                let words = piles.row(*bucket, stride);
                let (fixed, optional) = words.split_at_mut(FIXED);
                let talk = talk(part.duration_s[row], part.marks[row]);
                fixed.copy_from_slice(&[*place, caller, part.start_s[row], talk]);
                let there = [(self.cell, Extra::CalleeCell), (self.handset, Extra::CalleeHandset)];
                let extras = there.into_iter().filter(|(there, _)| *there);
                for (word, (_, extra)) in optional.iter_mut().zip(extras) {
                    *word = part.extra(extra, row);
                }
            }
        }
    }

    /// The received calls of a bucket's lines. The calls from one line to another stand in the rows as they stand in the caller's part: in
    /// order of time.
    pub(crate) fn inbound(self, blocks: &[Vec<u32>], lines: usize) -> Inbound {
        let rows = || blocks.iter().flat_map(|block| block.chunks_exact(self.stride()));
        let mut offsets = vec![0_u32; lines + 1];
        rows().for_each(|row| offsets[row[0] as usize + 1] += 1);
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut order = vec![0_u64; rows().count()];
        for (at, row) in rows().enumerate() {
            let next = &mut next[row[0] as usize];
            order[*next as usize] = pack(row[1], u32_of(at));
            *next += 1;
        }
        for line in offsets.windows(2) {
            order[line[0] as usize..line[1] as usize].sort_unstable();
        }
        let caller = order.iter().map(|packed| high32(*packed)).collect();
        let sorted = |word: usize| -> Vec<u32> {
            let words: Vec<u32> = rows().map(|row| row[word]).collect();
            order.iter().map(|packed| words[low32(*packed) as usize]).collect()
        };
        let optional = |there: bool, word: usize| if there { sorted(word) } else { Vec::new() };
        let (duration_s, marks) = sorted(TALK).into_iter().map(duration_and_marks).unzip();
        Inbound {
            offsets,
            caller,
            start_s: sorted(START),
            duration_s,
            marks,
            cell: optional(self.cell, FIXED),
            handset: optional(self.handset, FIXED + usize::from(self.cell)),
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
