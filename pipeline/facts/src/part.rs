//! A part: all calls made and received by the lines of a bucket, sorted by line and time.

use crate::bucket::Places;
use crate::column::{Extra, NONE};
use crate::duplicates::{Record, fold, same_call};
use crate::inbound::Inbound;
use crate::names::NameMaps;
use crate::piles::Pile;
use crate::shelf::{Budget, WordReader, Words, put_bytes, put_column};
use domain::num::{pack, u32_of};
use std::io;
use std::ops::Range;

/// Calls made by some lines, columns of equal length, sorted by line, then time; and calls received.
#[derive(Clone, Debug, Default)]
pub struct CallPart {
    /// The lines, in canonical order.
    lines: Vec<u32>,
    /// Where each line's calls begin; one more than lines.
    offsets: Vec<u32>,
    /// Callees.
    pub callee: Vec<u32>,
    /// Starts, epoch seconds.
    pub start_s: Vec<u32>,
    /// Durations, seconds.
    pub duration_s: Vec<u32>,
    /// Outcome, leg and attestation, packed.
    pub marks: Vec<u8>,
    /// Where each call stands in the sources.
    pub source: Vec<u32>,
    /// Optional columns; empty where the feeds do not have them.
    pub extras: [Vec<u32>; Extra::COUNT],
    /// Calls received by the same lines.
    pub inbound: Inbound,
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

    fn record(&self, row: usize) -> Record {
        let extras = std::array::from_fn(|at| self.extras[at].get(row).copied().unwrap_or(NONE));
        Record {
            start_s: self.start_s[row],
            duration_s: self.duration_s[row],
            marks: self.marks[row],
            extras,
        }
    }

    fn set_record(&mut self, row: usize, record: &Record) {
        self.start_s[row] = record.start_s;
        self.duration_s[row] = record.duration_s;
        self.marks[row] = record.marks;
        for (column, value) in self.extras.iter_mut().zip(record.extras) {
            if let Some(place) = column.get_mut(row) {
                *place = value;
            }
        }
    }
}

fn range_at(offsets: &[u32], place: usize) -> Range<usize> {
    offsets[place] as usize..offsets[place + 1] as usize
}

/// How the calls of a part lie in words before they are sorted: the fixed columns, then those of the optional ones that the run has.
#[derive(Clone, Debug)]
pub(crate) struct MadeLayout {
    extras: Vec<Extra>,
}

/// Words that every row has: caller, callee, start, duration, marks, source.
pub(crate) const FIXED: usize = 6;

/// A row in words.
pub(crate) type MadeRow = [u32; FIXED + Extra::COUNT];

impl MadeLayout {
    pub(crate) fn new(extras: Vec<Extra>) -> Self {
        Self { extras }
    }

    /// Appends the rows of a lane's pile, with canonical names, and the caller's place in the bucket for the caller.
    pub(crate) fn gather(
        &self,
        pile: Pile,
        own_extras: &[Extra],
        maps: &NameMaps,
        places: &Places,
        budget: &Budget,
        into: &mut Vec<u32>,
    ) -> io::Result<()> {
        let from: Vec<(Option<usize>, &[u32])> = self
            .extras
            .iter()
            .map(|extra| (own_extras.iter().position(|own| own == extra), maps.of(*extra)))
            .collect();
        let own_stride = FIXED + own_extras.len();
        let mut words = MadeRow::default();
        pile.drain(budget, |rows| {
            for row in rows.chunks_exact(own_stride) {
                words[..FIXED].copy_from_slice(&row[..FIXED]);
                words[0] = places.of(maps.lines[row[0] as usize]).1;
                words[1] = maps.lines[row[1] as usize];
                for (word, (at, map)) in words[FIXED..].iter_mut().zip(&from) {
                    let own = at.map_or(NONE, |at| row[FIXED + at]);
                    *word = if own == NONE { NONE } else { map[own as usize] };
                }
                into.extend_from_slice(&words[..FIXED + self.extras.len()]);
            }
        })
    }

    /// The part of gathered rows: sorted by line, time and then content, so that the order they came in leaves no trace.
    pub(crate) fn part(&self, words: &[u32], lines: Vec<u32>) -> CallPart {
        let rows = RowView { words, stride: FIXED + self.extras.len() };
        let (mut order, offsets) = group((0..rows.len()).map(|row| rows.at(row, 0)), lines.len());
        let time_key = |row: u32| pack(rows.at(row as usize, 2), rows.at(row as usize, 1));
        let rest = |row: u32| {
            let row = rows.row(row as usize);
            (row[3], row[4], &row[FIXED..], row[5])
        };
        for window in offsets.windows(2) {
            let rows = &mut order[window[0] as usize..window[1] as usize];
            if !rows.is_sorted_by(|a, b| time_key(*a) < time_key(*b)) {
                rows.sort_unstable_by_key(|row| time_key(*row));
                for tie in rows.chunk_by_mut(|a, b| time_key(*a) == time_key(*b)) {
                    tie.sort_unstable_by_key(|row| rest(*row));
                }
            }
        }
        let mut columns = rows.columns(&order);
        let mut part = CallPart { lines, offsets, ..CallPart::default() };
        for (at, extra) in self.extras.iter().enumerate() {
            part.extras[*extra as usize] = std::mem::take(&mut columns[FIXED + at]);
        }
        let mut take = |at: usize| std::mem::take(&mut columns[at]);
        part.callee = take(1);
        part.start_s = take(2);
        part.duration_s = take(3);
        part.marks = bytes(&take(4));
        part.source = take(5);
        part
    }
}

/// Words as bytes: marks are one byte each.
pub(crate) fn bytes(words: &[u32]) -> Vec<u8> {
    words.iter().map(|word| word.to_le_bytes()[0]).collect()
}

/// Rows of equal length in a run of words.
pub(crate) struct RowView<'a> {
    pub(crate) words: &'a [u32],
    pub(crate) stride: usize,
}

impl<'a> RowView<'a> {
    pub(crate) fn len(&self) -> usize {
        self.words.len() / self.stride
    }

    #[inline]
    pub(crate) fn at(&self, row: usize, column: usize) -> u32 {
        self.words[row * self.stride + column]
    }

    pub(crate) fn row(&self, row: usize) -> &'a [u32] {
        &self.words[row * self.stride..(row + 1) * self.stride]
    }

    /// The columns in another order of rows; the first, which is the line, is left out. A few rows at a time, so that they are read from the nearest cache.
    pub(crate) fn columns(&self, order: &[u32]) -> Vec<Vec<u32>> {
        const BLOCK: usize = 64;
        let mut columns: Vec<Vec<u32>> =
            (0..self.stride).map(|_| Vec::with_capacity(order.len())).collect();
        for block in order.chunks(BLOCK) {
            for (at, column) in columns.iter_mut().enumerate().skip(1) {
                column.extend(block.iter().map(|row| self.at(*row as usize, at)));
            }
        }
        columns
    }
}

/// Groups rows by a small key: the rows in order of their key, and where each key's rows begin.
pub(crate) fn group(keys: impl Iterator<Item = u32> + Clone, count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0_u32; count + 1];
    let mut rows = 0_usize;
    for key in keys.clone() {
        offsets[key as usize + 1] += 1;
        rows += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let mut next = offsets.clone();
    let mut order = vec![0_u32; rows];
    for (row, key) in keys.enumerate() {
        let place = &mut next[key as usize];
        order[*place as usize] = u32_of(row);
        *place += 1;
    }
    (order, offsets)
}

impl Words for CallPart {
    fn words(&self) -> usize {
        let extras: usize = self.extras.iter().map(Vec::len).sum();
        16 + self.lines.len() + self.offsets.len() + self.len() * 4 + self.len().div_ceil(4) + extras + self.inbound.words()
    }

    fn to_words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(self.words());
        for column in [&self.lines, &self.offsets, &self.callee, &self.start_s, &self.duration_s, &self.source] {
            put_column(&mut words, column);
        }
        put_bytes(&mut words, &self.marks);
        self.extras.iter().for_each(|column| put_column(&mut words, column));
        self.inbound.put(&mut words);
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
        }
    }

    /// Folds rows of one call into one fact; gives how many rows went.
    pub(crate) fn fold_duplicates(&mut self) -> usize {
        let rows = self.len();
        let mut gone = vec![false; rows];
        let mut folded = 0;
        for window in self.offsets.clone().windows(2) {
            for row in window[0] as usize + 1..window[1] as usize {
                if let Some(earlier) = self.earlier_record_of(row, window[0] as usize, &gone) {
                    let one = fold(&self.record(earlier), &self.record(row));
                    self.set_record(earlier, &one);
                    self.source[earlier] = self.source[earlier].min(self.source[row]);
                    gone[row] = true;
                    folded += 1;
                }
            }
        }
        if folded > 0 {
            self.remove(&gone);
        }
        folded
    }

    /// The earlier row, not below `floor`, that is the same call as `row`.
    fn earlier_record_of(&self, row: usize, floor: usize, gone: &[bool]) -> Option<usize> {
        let horizon_s = self.start_s[row].saturating_sub(crate::duplicates::LEG_TOLERANCE_S);
        let near = (floor..row).rev().take_while(|earlier| self.start_s[*earlier] >= horizon_s);
        near.into_iter().find(|earlier| {
            self.callee[*earlier] == self.callee[row]
                && !gone[*earlier]
                && same_call(&self.record(*earlier), &self.record(row))
        })
    }

    fn remove(&mut self, gone: &[bool]) {
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
