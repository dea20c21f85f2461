//! Some rows in columns, on their way from a reader to the piles.

use crate::call::CallDraft;
use crate::column::{Extra, NONE};
use domain::LineKey;
use std::ops::Range;

/// Some rows of one file, in columns of equal length. An optional column is empty where no row has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Who called.
    pub caller: Vec<LineKey>,
    /// Who was called.
    pub callee: Vec<LineKey>,
    /// Starts, epoch seconds.
    pub start_s: Vec<u32>,
    /// Durations, seconds.
    pub duration_s: Vec<u32>,
    /// Outcome, leg and attestation, packed.
    pub marks: Vec<u8>,
    /// Rows in the file, counted from 1.
    pub row: Vec<u32>,
    /// Handsets of the caller and of the callee; optional.
    pub(crate) handsets: [Vec<LineKey>; 2],
    /// Other optional columns: indexes into the dictionaries.
    pub(crate) extras: [Vec<u32>; Extra::COUNT],
}

impl Batch {
    /// Adds a row.
    #[inline]
    pub fn push(&mut self, draft: &CallDraft) {
        let before = self.len();
        self.caller.push(draft.caller);
        self.callee.push(draft.callee);
        self.start_s.push(draft.start_s);
        self.duration_s.push(draft.duration_s);
        self.marks.push(draft.marks());
        self.row.push(draft.row);
        for (column, key) in
            self.handsets.iter_mut().zip([draft.caller_handset, draft.callee_handset])
        {
            join(column, before, &[key], LineKey::NONE);
        }
        for (column, value) in self.extras.iter_mut().zip(draft.extras) {
            join(column, before, &[value], NONE);
        }
    }

    /// Adds some rows of another batch.
    pub fn append(&mut self, other: &Self, rows: Range<usize>) {
        let before = self.len();
        self.caller.extend_from_slice(&other.caller[rows.clone()]);
        self.callee.extend_from_slice(&other.callee[rows.clone()]);
        self.start_s.extend_from_slice(&other.start_s[rows.clone()]);
        self.duration_s.extend_from_slice(&other.duration_s[rows.clone()]);
        self.marks.extend_from_slice(&other.marks[rows.clone()]);
        self.row.extend_from_slice(&other.row[rows.clone()]);
        for (column, added) in self.handsets.iter_mut().zip(&other.handsets) {
            join(column, before, begun(added, &rows), LineKey::NONE);
        }
        for (column, added) in self.extras.iter_mut().zip(&other.extras) {
            join(column, before, begun(added, &rows), NONE);
        }
    }

    /// The handsets of one side: 0 for the caller's, 1 for the callee's.
    pub fn handsets(&self, side: usize) -> &[LineKey] {
        &self.handsets[side]
    }

    /// Those handsets, to be filled.
    pub fn handsets_mut(&mut self, side: usize) -> &mut Vec<LineKey> {
        &mut self.handsets[side]
    }

    /// An optional column other than handsets.
    pub fn column(&self, extra: Extra) -> &[u32] {
        &self.extras[extra as usize]
    }

    /// That column, to be filled.
    pub fn column_mut(&mut self, extra: Extra) -> &mut Vec<u32> {
        &mut self.extras[extra as usize]
    }

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.caller.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.caller.is_empty()
    }

    /// Forgets all rows.
    pub fn clear(&mut self) {
        self.caller.clear();
        self.callee.clear();
        self.start_s.clear();
        self.duration_s.clear();
        self.marks.clear();
        self.row.clear();
        self.handsets.iter_mut().for_each(Vec::clear);
        self.extras.iter_mut().for_each(Vec::clear);
    }

    /// The optional columns that some row has.
    pub(crate) fn present(&self) -> Vec<Extra> {
        let has = |extra: &Extra| match extra.handset() {
            Some(side) => !self.handsets[side].is_empty(),
            None => !self.extras[*extra as usize].is_empty(),
        };
        Extra::ALL.into_iter().filter(has).collect()
    }

    /// Makes every optional column that some row has as long as the others.
    pub(crate) fn level(&mut self) {
        let rows = self.len();
        let lacking = |length: usize| (1..rows).contains(&length);
        for column in self.handsets.iter_mut().filter(|column| lacking(column.len())) {
            column.resize(rows, LineKey::NONE);
        }
        for column in self.extras.iter_mut().filter(|column| lacking(column.len())) {
            column.resize(rows, NONE);
        }
    }
}

/// Those of some rows that an optional column holds: it may end before them.
fn begun<'a, T>(column: &'a [T], rows: &Range<usize>) -> &'a [T] {
    let end = rows.end.min(column.len());
    column.get(rows.start..end).unwrap_or_default()
}

/// Appends values to an optional column that stands beside `before` rows; nothing is kept until there is a value.
#[inline]
fn join<T: Copy + PartialEq>(column: &mut Vec<T>, before: usize, values: &[T], none: T) {
    if values.iter().any(|value| *value != none) {
        column.resize(before, none);
        column.extend_from_slice(values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(row: u32, cell: u32, handset: LineKey) -> CallDraft {
        let mut draft = CallDraft { row, caller_handset: handset, ..CallDraft::default() };
        draft.set(Extra::CallerCell, cell);
        draft
    }

    #[test]
    fn optional_columns_begin_with_their_first_value_and_end_with_the_batch() {
        let handset = LineKey::digits(b"49015420323751").unwrap();
        let drafts = [
            draft(1, NONE, LineKey::NONE),
            draft(2, 7, LineKey::NONE),
            draft(3, NONE, handset),
            draft(4, NONE, LineKey::NONE),
        ];
        let mut batch = Batch::default();
        drafts.iter().for_each(|draft| batch.push(draft));
        let mut joined = Batch::default();
        joined.append(&batch, 0..1);
        joined.append(&batch, 1..2);
        joined.append(&batch, 2..4);
        batch.level();
        joined.level();
        for batch in [batch, joined] {
            assert_eq!(batch.present(), [Extra::CallerCell, Extra::CallerHandset]);
            assert_eq!(batch.extras[Extra::CallerCell as usize], [NONE, 7, NONE, NONE]);
            let none = LineKey::NONE;
            assert_eq!(batch.handsets[0], [none, none, handset, none]);
            assert_eq!(batch.row, [1, 2, 3, 4]);
        }
    }
}
