//! The names that one worker meets in its buckets.
//!
//! Lines and handsets become indexes bucket by bucket, not while reading: the few names of one bucket stay in the processor's nearest
//! cache; all names of a feed do not, and every look-up among them waits for memory. A bucket's distinct names are then looked up once
//! among all of the worker's.

use crate::key_index::KeyIndex;
use domain::LineKey;

/// Names by canonical texts, in order of appearance.
#[derive(Debug, Default)]
pub(crate) struct Census {
    /// Lines of all buckets so far.
    pub(crate) lines: KeyIndex,
    /// Handsets of all buckets so far.
    pub(crate) handsets: KeyIndex,
    /// Those of the bucket at hand.
    pub(crate) bucket: BucketNames,
}

/// The names of one bucket.
#[derive(Debug, Default)]
pub(crate) struct BucketNames {
    /// Who called.
    pub(crate) callers: KeyIndex,
    /// Who was called.
    pub(crate) callees: KeyIndex,
    /// Handsets.
    pub(crate) handsets: KeyIndex,
}

/// Of a bucket's names, the indexes among all of the worker's.
#[derive(Debug)]
pub(crate) struct Counted {
    /// Of callers, in canonical order.
    pub(crate) callers: Vec<u32>,
    /// Of callees, in order of appearance.
    pub(crate) callees: Vec<u32>,
    /// Of handsets, in order of appearance.
    pub(crate) handsets: Vec<u32>,
}

impl Census {
    /// The census for another bucket: its names are forgotten once they were counted.
    pub(crate) fn count(&mut self) -> Counted {
        let mut callers = self.bucket.callers.keys().to_vec();
        callers.sort_unstable();
        let among = |all: &mut KeyIndex, keys: &[LineKey]| {
            let mut indexes = Vec::with_capacity(keys.len());
            all.intern_all(keys, &mut indexes);
            indexes
        };
        let counted = Counted {
            callers: among(&mut self.lines, &callers),
            callees: among(&mut self.lines, self.bucket.callees.keys()),
            handsets: among(&mut self.handsets, self.bucket.handsets.keys()),
        };
        self.bucket.callers.clear();
        self.bucket.callees.clear();
        self.bucket.handsets.clear();
        counted
    }
}

impl BucketNames {
    /// Of each caller, its place in canonical order.
    pub(crate) fn caller_places(&self) -> Vec<u32> {
        let keys = self.callers.keys();
        let mut order: Vec<u32> = (0_u32..).take(keys.len()).collect();
        order.sort_unstable_by_key(|caller| keys[*caller as usize]);
        let mut places = vec![0; keys.len()];
        (0_u32..).zip(order).for_each(|(place, caller)| places[caller as usize] = place);
        places
    }
}
