//! A part: all calls made and received by a range of lines, sorted by line and time.

use crate::chunk::CallChunk;
use crate::column::{Extra, NONE};
use crate::duplicates::{Record, fold, same_call};
use domain::num::{pack, u32_of};
use std::ops::Range;

/// Calls made by a range of lines, columns of equal length, sorted by line, then time; and calls received.
#[derive(Clone, Debug, Default)]
pub struct CallPart {
    /// The first line of the range.
    pub first_line: u32,
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

/// Calls received by a range of lines, sorted by line, then time.
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

impl CallPart {
    /// The lines of this part.
    pub fn lines(&self) -> Range<u32> {
        self.first_line..self.first_line + u32_of(self.offsets.len().saturating_sub(1))
    }

    /// Rows of the calls that a line made.
    pub fn made_by(&self, line: u32) -> Range<usize> {
        range_of(&self.offsets, line - self.first_line)
    }

    /// Rows, in [`Self::inbound`], of the calls that a line received.
    pub fn received_by(&self, line: u32) -> Range<usize> {
        range_of(&self.inbound.offsets, line - self.first_line)
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

fn range_of(offsets: &[u32], at: u32) -> Range<usize> {
    offsets[at as usize] as usize..offsets[at as usize + 1] as usize
}

/// Collects the rows of a part in any order, then sorts them and folds duplicates.
#[derive(Debug, Default)]
pub(crate) struct PartBuilder {
    caller: Vec<u32>,
    part: CallPart,
}

impl PartBuilder {
    pub(crate) fn new(first_line: u32, rows: usize, extras: [bool; Extra::COUNT]) -> Self {
        let column = || Vec::with_capacity(rows);
        let part = CallPart {
            first_line,
            callee: column(),
            start_s: column(),
            duration_s: column(),
            marks: Vec::with_capacity(rows),
            source: column(),
            extras: extras.map(|there| if there { column() } else { Vec::new() }),
            ..CallPart::default()
        };
        Self { caller: column(), part }
    }

    #[inline]
    pub(crate) fn push(
        &mut self,
        chunk: &CallChunk,
        row: usize,
        source: u32,
        there: [bool; Extra::COUNT],
    ) {
        let part = &mut self.part;
        self.caller.push(chunk.caller[row]);
        part.callee.push(chunk.callee[row]);
        part.start_s.push(chunk.start_s[row]);
        part.duration_s.push(chunk.duration_s[row]);
        part.marks.push(chunk.marks[row]);
        part.source.push(source);
        for (at, column) in part.extras.iter_mut().enumerate() {
            if there[at] {
                column.push(chunk.extras[at].get(row).copied().unwrap_or(NONE));
            }
        }
    }

    /// Sorts by line, time and then content, so that the order rows came in leaves no trace; folds
    /// duplicates unless they are to be kept. Gives the part and how many rows were folded away.
    pub(crate) fn finish(mut self, lines: u32, keep_duplicates: bool) -> (CallPart, usize) {
        let (order, offsets) = self.order(lines);
        self.caller = Vec::new();
        let mut part = self.part.gathered(&order);
        part.offsets = offsets;
        let folded = if keep_duplicates { 0 } else { part.fold_duplicates() };
        (part, folded)
    }

    fn order(&self, lines: u32) -> (Vec<u32>, Vec<u32>) {
        let first = self.part.first_line;
        let (mut order, offsets) = group(self.caller.iter().map(|caller| caller - first), lines);
        let part = &self.part;
        let time_key = |row: u32| pack(part.start_s[row as usize], part.callee[row as usize]);
        let whole_key = |row: u32| {
            let at = row as usize;
            let extras: [u32; Extra::COUNT] =
                std::array::from_fn(|extra| part.extras[extra].get(at).copied().unwrap_or(NONE));
            (time_key(row), part.duration_s[at], part.marks[at], extras, part.source[at])
        };
        for window in offsets.windows(2) {
            let rows = &mut order[window[0] as usize..window[1] as usize];
            if !rows.is_sorted_by(|a, b| time_key(*a) < time_key(*b)) {
                rows.sort_unstable_by_key(|row| time_key(*row));
                sort_ties(rows, time_key, whole_key);
            }
        }
        (order, offsets)
    }
}

fn sort_ties<K: Ord>(
    rows: &mut [u32],
    time_key: impl Fn(u32) -> u64,
    whole_key: impl Fn(u32) -> K,
) {
    for tie in rows.chunk_by_mut(|a, b| time_key(*a) == time_key(*b)) {
        if tie.len() > 1 {
            tie.sort_unstable_by_key(|row| whole_key(*row));
        }
    }
}

/// Groups rows by a small key: the rows in order of their key, and where each key's rows begin.
fn group(keys: impl Iterator<Item = u32> + Clone, count: u32) -> (Vec<u32>, Vec<u32>) {
    let mut offsets = vec![0_u32; count as usize + 1];
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
            first_line: self.first_line,
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
    fn fold_duplicates(&mut self) -> usize {
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

/// Collects the received calls of a part, then sorts them.
#[derive(Debug, Default)]
pub(crate) struct InboundBuilder {
    callee: Vec<u32>,
    inbound: Inbound,
}

impl InboundBuilder {
    pub(crate) fn with_capacity(rows: usize) -> Self {
        let inbound = Inbound {
            caller: Vec::with_capacity(rows),
            start_s: Vec::with_capacity(rows),
            duration_s: Vec::with_capacity(rows),
            marks: Vec::with_capacity(rows),
            ..Inbound::default()
        };
        Self { callee: Vec::with_capacity(rows), inbound }
    }

    #[inline]
    pub(crate) fn push(&mut self, part: &CallPart, row: usize, caller: u32) {
        let inbound = &mut self.inbound;
        self.callee.push(part.callee[row]);
        inbound.caller.push(caller);
        inbound.start_s.push(part.start_s[row]);
        inbound.duration_s.push(part.duration_s[row]);
        inbound.marks.push(part.marks[row]);
        if let Some(cell) = part.extras[Extra::CalleeCell as usize].get(row) {
            inbound.cell.push(*cell);
        }
        if let Some(handset) = part.extras[Extra::CalleeHandset as usize].get(row) {
            inbound.handset.push(*handset);
        }
    }

    pub(crate) fn finish(self, first_line: u32, lines: u32) -> Inbound {
        let raw = self.inbound;
        let (mut order, offsets) =
            group(self.callee.iter().map(|callee| callee - first_line), lines);
        let time_key = |row: u32| pack(raw.start_s[row as usize], raw.caller[row as usize]);
        let whole_key = |row: u32| {
            let at = row as usize;
            let optional = |column: &[u32]| column.get(at).copied().unwrap_or(NONE);
            (raw.duration_s[at], raw.marks[at], optional(&raw.cell), optional(&raw.handset))
        };
        for window in offsets.windows(2) {
            let rows = &mut order[window[0] as usize..window[1] as usize];
            if !rows.is_sorted_by(|a, b| time_key(*a) < time_key(*b)) {
                rows.sort_unstable_by_key(|row| time_key(*row));
                sort_ties(rows, time_key, whole_key);
            }
        }
        let take = |column: &[u32]| -> Vec<u32> {
            if column.is_empty() {
                Vec::new()
            } else {
                order.iter().map(|row| column[*row as usize]).collect()
            }
        };
        Inbound {
            caller: take(&raw.caller),
            start_s: take(&raw.start_s),
            duration_s: take(&raw.duration_s),
            marks: order.iter().map(|row| raw.marks[*row as usize]).collect(),
            cell: take(&raw.cell),
            handset: take(&raw.handset),
            offsets,
        }
    }
}
