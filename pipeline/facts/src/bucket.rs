//! Which bucket a line's calls go to: told by its name alone, so that it is the same in every thread and run.

use crate::names::Names;
use crate::texts::text_hash;
use domain::LineKey;
use domain::num::{u32_of, usize_of};

const BUCKET_BITS: u32 = 8;
/// Buckets: so many that the rows of one stay in the processor's cache up to tens of millions of calls.
pub(crate) const BUCKETS: usize = 1 << BUCKET_BITS;
const PLACE_BITS: u32 = 32 - BUCKET_BITS;

/// The bucket of a line.
#[inline]
pub(crate) fn bucket_of<'a>(key: LineKey, text: impl FnOnce(usize) -> &'a str) -> usize {
    let hash = match key.text_index() {
        None => key.packed().wrapping_mul(0xd6e8_feb8_6659_fd93),
        Some(at) => text_hash(text(at)),
    };
    usize_of(hash >> (64 - BUCKET_BITS))
}

/// Where each line stands: its bucket, and its place among the lines of the bucket.
#[derive(Debug, Default)]
pub(crate) struct Places {
    of_line: Vec<u32>,
}

impl Places {
    /// The places of all lines, and the lines of each bucket in canonical order.
    pub(crate) fn new(names: &Names) -> (Self, Vec<Vec<u32>>) {
        let mut lines: Vec<Vec<u32>> = vec![Vec::new(); BUCKETS];
        let place = |(line, key): (usize, &LineKey)| {
            let bucket = bucket_of(*key, |text| names.text_at(text));
            let own = &mut lines[bucket];
            own.push(u32_of(line));
            let place = u32_of(own.len() - 1);
            assert!(place >> PLACE_BITS == 0, "a run holds fewer than 2^32 lines, spread evenly");
            (u32_of(bucket) << PLACE_BITS) | place
        };
        let of_line = names.keys().iter().enumerate().map(place).collect();
        (Self { of_line }, lines)
    }

    /// A line's bucket, and its place in it.
    #[inline]
    pub(crate) fn of(&self, line: u32) -> (usize, u32) {
        let packed = self.of_line[line as usize];
        ((packed >> PLACE_BITS) as usize, packed & ((1 << PLACE_BITS) - 1))
    }
}
