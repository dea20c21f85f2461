//! What one reading thread reads: names as it meets them, and rows in buckets by caller.

use crate::batch::Batch;
use crate::bucket::{BUCKETS, bucket_of};
use crate::names::Interner;
use crate::piles::Piles;
use crate::row::Layout;
use crate::shelf::Budget;
use crate::texts::Texts;
use std::io;

/// The dictionaries of one reading thread.
#[derive(Debug, Default)]
pub struct Dictionaries {
    /// Lines that are no numbers. Numbers are their own keys.
    pub lines: Texts,
    /// Cells.
    pub cells: Interner,
    /// Handsets that are no numbers.
    pub handsets: Texts,
    /// SIMs.
    pub sims: Interner,
    /// Routes.
    pub routes: Interner,
    /// Raw texts of lines.
    pub raws: Interner,
}

/// One reading thread's names and rows.
#[derive(Debug, Default)]
pub struct Lane {
    /// Its dictionaries.
    pub names: Dictionaries,
    /// Rows in buckets, for each set of optional columns that a batch had.
    pub(crate) rows: Vec<(Layout, Piles)>,
    /// Calls read.
    pub(crate) calls: usize,
    /// First and last start, epoch seconds.
    pub(crate) span_s: Option<(u32, u32)>,
}

impl Lane {
    /// Takes over a batch's rows, all of one file; `base` + row is a row's place in the sources. The batch is empty afterwards.
    /// Errors: the shelf is full or fails.
    pub fn take(&mut self, batch: &mut Batch, base: u32, budget: &Budget) -> io::Result<()> {
        batch.level();
        let layout = Layout::new(&batch.present());
        let known = self.rows.iter().position(|(known, _)| *known == layout);
        let at = known.unwrap_or_else(|| {
            self.rows.push((layout, Piles::new(BUCKETS)));
            self.rows.len() - 1
        });
        let (layout, piles) = &mut self.rows[at];
        for (row, caller) in batch.caller.iter().enumerate() {
            let bucket = bucket_of(*caller, |text| self.names.lines.get(text));
            let source = base.saturating_add(batch.row[row]);
            let words = piles.row(bucket, layout.stride);
            layout.write(batch, row, source, words);
        }
        if let (Some(first_s), Some(last_s)) =
            (batch.start_s.iter().min(), batch.start_s.iter().max())
        {
            let (known_first_s, known_last_s) = self.span_s.unwrap_or((u32::MAX, 0));
            self.span_s = Some((known_first_s.min(*first_s), known_last_s.max(*last_s)));
        }
        self.calls += batch.len();
        batch.clear();
        piles.relieve(budget)
    }
}
