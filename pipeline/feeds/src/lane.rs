//! What one reading thread read: calls, and rows that are none.

use crate::row::Refusal;
use facts::{Batch, Budget, CallDraft, Dictionaries, Quarantine, Reason};
use std::io;
use std::ops::Range;

/// Rows that are interned together: so few that they stay in the processor's cache.
const BATCH_ROWS: usize = 4_096;

/// One reading thread's calls and quarantine.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    pub(crate) facts: facts::Lane,
    batch: Batch,
    pub(crate) quarantine: Quarantine,
    tally: Tally,
}

/// A file as lanes know it: its index, and the rows of all files before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FilePlace {
    pub(crate) file: u32,
    pub(crate) base: u32,
}

/// What became of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) rows: usize,
    pub(crate) calls: usize,
    pub(crate) quarantined: usize,
}

impl Lane {
    /// The dictionaries.
    pub(crate) fn names(&mut self) -> &mut Dictionaries {
        &mut self.facts.names
    }

    /// Takes a row of a file: a call, or why it is none.
    #[inline]
    pub(crate) fn add(
        &mut self,
        place: FilePlace,
        row: u32,
        read: Result<CallDraft, Refusal>,
        budget: &Budget,
    ) -> io::Result<()> {
        match read {
            Ok(mut draft) => {
                self.tally.rows = self.tally.rows.saturating_add(1);
                self.tally.calls = self.tally.calls.saturating_add(1);
                draft.row = row;
                self.batch.push(&draft);
                if self.batch.len() >= BATCH_ROWS {
                    self.flush(place, budget)?;
                }
            }
            Err((reason, value)) => self.refuse(place, row, reason, &value),
        }
        Ok(())
    }

    /// Takes calls of a file that were read together.
    pub(crate) fn add_plain(
        &mut self,
        place: FilePlace,
        rows: &Batch,
        run: Range<usize>,
        budget: &Budget,
    ) -> io::Result<()> {
        self.tally.rows = self.tally.rows.saturating_add(run.len());
        self.tally.calls = self.tally.calls.saturating_add(run.len());
        self.batch.append(rows, run);
        if self.batch.len() >= BATCH_ROWS { self.flush(place, budget) } else { Ok(()) }
    }

    /// Quarantines a row.
    pub(crate) fn refuse(&mut self, place: FilePlace, row: u32, reason: Reason, value: &[u8]) {
        self.tally.rows = self.tally.rows.saturating_add(1);
        self.tally.quarantined = self.tally.quarantined.saturating_add(1);
        self.quarantine.push(place.file, row, reason, value);
    }

    /// Hands over the rows so far, all of one file.
    pub(crate) fn flush(&mut self, place: FilePlace, budget: &Budget) -> io::Result<()> {
        self.facts.take(&mut self.batch, place.base, budget)
    }

    /// What became of the rows since this was last asked.
    pub(crate) fn told(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }
}
