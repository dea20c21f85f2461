//! Callers and handsets of a bucket.
//!
//! They become indexes bucket by bucket, not while reading: the few names of one bucket stay in the processor's nearest cache; all names
//! of a feed do not, and every look-up among them waits for memory.

use crate::bucket::Places;
use crate::column::NONE;
use crate::names::{Interner, TextMaps, canonical_key};
use crate::row::{Layout, Row};
use domain::LineKey;

/// The callers and handsets that the rows of a bucket name, in order of appearance, by canonical texts.
#[derive(Debug, Default)]
pub(crate) struct Census {
    pub(crate) callers: Interner,
    pub(crate) handsets: Interner,
    /// The handset that each caller's last row named: most callers have one.
    last: Vec<LineKey>,
}

impl Census {
    /// Counts in a block of one reader's rows.
    pub(crate) fn add(&mut self, block: &[u32], layout: &Layout, texts: &TextMaps) {
        let handsets = layout.extras.iter().filter(|(extra, _)| extra.handset().is_some());
        let handsets: Vec<usize> = handsets.map(|(_, at)| *at).collect();
        for row in block.chunks_exact(layout.stride).map(Row) {
            let caller = self.callers.intern(canonical_key(row.caller(), &texts.lines));
            if caller as usize >= self.last.len() {
                self.last.push(LineKey::NONE);
            }
            for at in &handsets {
                let handset = canonical_key(row.handset(*at), &texts.handsets);
                let last = &mut self.last[caller as usize];
                if handset != *last && handset != LineKey::NONE {
                    self.handsets.intern(handset);
                    *last = handset;
                }
            }
        }
    }
}

/// A census with the canonical index of each name.
#[derive(Debug)]
pub(crate) struct BucketNames {
    census: Census,
    /// Of each caller, the place in the bucket.
    places: Vec<u32>,
    /// Of each handset, the canonical index.
    handsets: Vec<u32>,
}

impl BucketNames {
    /// Names with the canonical indexes of callers and handsets.
    pub(crate) fn new(
        census: Census,
        callers: &[u32],
        handsets: Vec<u32>,
        places: &Places,
    ) -> Self {
        let places = callers.iter().map(|line| places.of(*line).1).collect();
        Self { census, places, handsets }
    }

    /// The place in the bucket of a row's caller.
    #[inline]
    pub(crate) fn place(&self, row: Row<'_>, texts: &TextMaps) -> Option<u32> {
        let at = self.census.callers.find(canonical_key(row.caller(), &texts.lines))?;
        self.places.get(at as usize).copied()
    }

    /// The canonical index of a handset, by canonical texts; [`NONE`] for none.
    pub(crate) fn handset(&self, key: LineKey) -> u32 {
        let at = self.census.handsets.find(key).filter(|_| key != LineKey::NONE);
        at.and_then(|at| self.handsets.get(at as usize).copied()).unwrap_or(NONE)
    }
}
