//! What one reading thread reads: names as it meets them, and rows in buckets by caller.

use crate::bucket::{BUCKETS, bucket_of};
use crate::call::{CallDraft, marks};
use crate::column::{Extra, NONE, NameSet};
use crate::made::FIXED;
use crate::names::Interner;
use crate::piles::Piles;
use crate::shelf::Budget;
use domain::LineKey;
use std::io;

/// The dictionaries of one reading thread.
#[derive(Debug, Default)]
pub struct Dictionaries {
    /// Lines.
    pub lines: Interner,
    /// Cells.
    pub cells: Interner,
    /// Handsets.
    pub handsets: Interner,
    /// SIMs.
    pub sims: Interner,
    /// Routes.
    pub routes: Interner,
    /// Raw texts of lines.
    pub raws: Interner,
}

impl Dictionaries {
    /// The dictionary that an optional column indexes.
    pub fn of(&mut self, extra: Extra) -> &mut Interner {
        match extra.names() {
            NameSet::Cells => &mut self.cells,
            NameSet::Handsets => &mut self.handsets,
            NameSet::Sims => &mut self.sims,
            NameSet::Routes => &mut self.routes,
            NameSet::Raws => &mut self.raws,
        }
    }
}

/// Some rows in a row, kept in columns so that their names are interned together.
#[derive(Debug, Default)]
pub struct Batch {
    drafts: Vec<CallDraft>,
    keys: Vec<LineKey>,
    callers: Vec<u32>,
    callees: Vec<u32>,
    handsets: [Vec<u32>; 2],
}

impl Batch {
    /// Adds a row.
    #[inline]
    pub fn push(&mut self, draft: CallDraft) {
        self.drafts.push(draft);
    }

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// Interns lines and handsets. The handsets' columns are empty where no row has one.
    fn intern(&mut self, names: &mut Dictionaries) {
        let Self { drafts, keys, callers, callees, handsets: [callers_own, callees_own] } = self;
        let mut column =
            |of: fn(&CallDraft) -> LineKey, names: &mut Interner, into: &mut Vec<u32>| {
                into.clear();
                keys.clear();
                keys.extend(drafts.iter().map(of));
                if keys.iter().any(|key| *key != LineKey::NONE) {
                    names.intern_all(keys, into);
                }
            };
        column(|draft| draft.caller, &mut names.lines, callers);
        column(|draft| draft.callee, &mut names.lines, callees);
        column(|draft| draft.caller_handset, &mut names.handsets, callers_own);
        column(|draft| draft.callee_handset, &mut names.handsets, callees_own);
    }

    /// The optional columns that some row has.
    fn extras(&self) -> Vec<Extra> {
        let has = |extra: &Extra| match extra {
            Extra::CallerHandset => !self.handsets[0].is_empty(),
            Extra::CalleeHandset => !self.handsets[1].is_empty(),
            other => self.drafts.iter().any(|draft| draft.extras[*other as usize] != NONE),
        };
        Extra::ALL.into_iter().filter(has).collect()
    }

    fn extra(&self, row: usize, extra: Extra) -> u32 {
        match extra {
            Extra::CallerHandset => self.handsets[0][row],
            Extra::CalleeHandset => self.handsets[1][row],
            other => self.drafts[row].extras[other as usize],
        }
    }
}

/// One reading thread's names and rows.
#[derive(Debug, Default)]
pub struct Lane {
    /// Its dictionaries.
    pub names: Dictionaries,
    /// Rows in buckets, for each set of optional columns that a batch had.
    pub(crate) rows: Vec<(Vec<Extra>, Piles)>,
    /// Calls read.
    pub(crate) calls: usize,
    /// First and last start, epoch seconds.
    pub(crate) span_s: Option<(u32, u32)>,
}

impl Lane {
    /// Takes over a batch's rows, all of one file; `base` + row is a row's place in the sources. The batch is empty afterwards.
    /// Errors: the shelf is full or fails.
    pub fn take(&mut self, batch: &mut Batch, base: u32, budget: &Budget) -> io::Result<()> {
        batch.intern(&mut self.names);
        let extras = batch.extras();
        let known = self.rows.iter().position(|(known, _)| *known == extras);
        let at = known.unwrap_or_else(|| {
            self.rows.push((extras.clone(), Piles::new(BUCKETS)));
            self.rows.len() - 1
        });
        let (_, piles) = &mut self.rows[at];
        let stride = FIXED + extras.len();
        let (mut first_s, mut last_s) = self.span_s.unwrap_or((u32::MAX, 0));
        for (row, draft) in batch.drafts.iter().enumerate() {
            let bucket = bucket_of(draft.caller, |text| self.names.lines.text(text));
            let words = piles.row(bucket, stride);
            let (fixed, optional) = words.split_at_mut(FIXED);
            fixed.copy_from_slice(&[
                batch.callers[row],
                batch.callees[row],
                draft.start_s,
                draft.duration_s,
                u32::from(marks(draft.outcome, draft.leg, draft.attestation)),
                base.saturating_add(draft.row),
            ]);
            for (word, extra) in optional.iter_mut().zip(&extras) {
                *word = batch.extra(row, *extra);
            }
            first_s = first_s.min(draft.start_s);
            last_s = last_s.max(draft.start_s);
        }
        if !batch.is_empty() {
            self.span_s = Some((first_s, last_s));
        }
        self.calls += batch.len();
        batch.drafts.clear();
        piles.relieve(budget)
    }
}
