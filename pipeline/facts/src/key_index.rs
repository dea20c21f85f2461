//! Distinct keys as dense integers.

use crate::column::NONE;
use domain::LineKey;
use domain::num::{high32, u32_of, usize_of};

/// Gives each distinct key an index, in order of first appearance.
#[derive(Debug)]
pub struct KeyIndex {
    keys: Vec<LineKey>,
    /// Open addressing: 2^`bits` slots, each with some bits of a key's hash above the key's index, or [`FREE`]. The keys themselves
    /// stand in their list: the smaller the table, the less it waits for memory.
    slots: Vec<u32>,
    bits: u32,
}

/// No zero: memory that is first read and then written is mapped twice where it is zero.
const FREE: u32 = u32::MAX;
const FIRST_BITS: u32 = 10;
/// Keys whose slots, and then keys, are loaded before the first is looked at.
const AHEAD: usize = 64;
/// 2^64 divided by the golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for KeyIndex {
    fn default() -> Self {
        Self { keys: Vec::new(), slots: vec![FREE; 1 << FIRST_BITS], bits: FIRST_BITS }
    }
}

#[inline]
fn hash_of(key: LineKey) -> u64 {
    key.packed().wrapping_mul(GOLDEN)
}

impl KeyIndex {
    /// The index of some distinct keys by their places.
    pub(crate) fn of(keys: &[LineKey]) -> Self {
        let bits = (2 * keys.len() + 1).ilog2() + 1;
        let mut index = Self::default();
        index.bits = bits.max(FIRST_BITS);
        index.slots = vec![FREE; 1 << index.bits];
        keys.iter().for_each(|key| {
            index.intern(*key);
        });
        index
    }

    /// The index of a key, new or known.
    #[inline]
    pub fn intern(&mut self, key: LineKey) -> u32 {
        match self.slot_of(key) {
            (at, NONE) => self.insert(at, key),
            (_, index) => index,
        }
    }

    /// The index of a key; [`NONE`] where it is not known.
    fn find(&self, key: LineKey) -> u32 {
        self.slot_of(key).1
    }

    /// Where a key stands or would stand, and its index or [`NONE`].
    #[inline]
    fn slot_of(&self, key: LineKey) -> (usize, u32) {
        let hash = hash_of(key);
        let mut at = self.first_slot(hash);
        loop {
            at = self.probe(hash, at);
            let slot = self.slots[at];
            if slot == FREE {
                return (at, NONE);
            }
            let index = slot & self.index_mask();
            if self.keys[index as usize] == key {
                return (at, index);
            }
            at += 1;
        }
    }

    /// The indexes of many keys, appended to `into`; [`LineKey::NONE`] gives [`NONE`].
    ///
    /// Most of the time of interning is waiting for memory: slots, then keys, of several names are loaded before the first is looked at.
    pub fn intern_all(&mut self, keys: &[LineKey], into: &mut Vec<u32>) {
        for block in keys.chunks(AHEAD) {
            let first = into.len();
            self.find_block(block, into);
            for (index, key) in into[first..].iter_mut().zip(block) {
                if *index == NONE && *key != LineKey::NONE {
                    *index = self.intern(*key);
                }
            }
        }
    }

    /// The indexes of many known keys, appended to `into`; [`NONE`] for [`LineKey::NONE`].
    pub(crate) fn find_all(&self, keys: &[LineKey], into: &mut Vec<u32>) {
        for block in keys.chunks(AHEAD) {
            let first = into.len();
            self.find_block(block, into);
            for (index, key) in into[first..].iter_mut().zip(block) {
                if *index == NONE && *key != LineKey::NONE {
                    *index = self.find(*key);
                }
            }
        }
    }

    /// The indexes of up to [`AHEAD`] keys; [`NONE`] where a key is not known, or another stands before it.
    #[inline]
    fn find_block(&self, block: &[LineKey], into: &mut Vec<u32>) {
        let mut slots = [FREE; AHEAD];
        for (slot, key) in slots.iter_mut().zip(block) {
            *slot = self.slots[self.first_slot(hash_of(*key))];
        }
        let mask = self.index_mask();
        for (slot, key) in slots.iter_mut().zip(block) {
            let hash = hash_of(*key);
            if *slot & !mask != self.tag(hash) {
                *slot = self.slots[self.probe(hash, self.first_slot(hash))];
            }
        }
        let mut found = [LineKey::NONE; AHEAD];
        for (found, slot) in found.iter_mut().zip(slots) {
            let index = (slot & mask) as usize;
            *found = self.keys.get(index).copied().unwrap_or(LineKey::NONE);
        }
        let all = slots.into_iter().zip(found).zip(block);
        into.extend(all.map(|((slot, found), key)| {
            if *key != LineKey::NONE && found == *key { slot & mask } else { NONE }
        }));
    }

    #[inline]
    fn first_slot(&self, hash: u64) -> usize {
        usize_of(hash >> (64 - self.bits))
    }

    /// The bits of a slot that hold the index.
    #[inline]
    fn index_mask(&self) -> u32 {
        (1 << self.bits) - 1
    }

    /// The bits of a hash that a slot holds: others than those that choose the slot.
    #[inline]
    fn tag(&self, hash: u64) -> u32 {
        high32(hash << self.bits) & !self.index_mask()
    }

    /// The first slot from `at` on that is free or has the hash's tag.
    #[inline]
    fn probe(&self, hash: u64, mut at: usize) -> usize {
        let (tag, mask) = (self.tag(hash), self.index_mask());
        loop {
            at &= self.slots.len() - 1;
            let slot = self.slots[at];
            if slot & !mask == tag || slot == FREE {
                return at;
            }
            at += 1;
        }
    }

    /// The keys in order of appearance.
    pub(crate) fn keys(&self) -> &[LineKey] {
        &self.keys
    }

    /// How many distinct keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Forgets all keys and keeps their room.
    pub(crate) fn clear(&mut self) {
        self.keys.clear();
        self.slots.fill(FREE);
    }

    fn insert(&mut self, at: usize, key: LineKey) -> u32 {
        let index = u32_of(self.keys.len());
        self.keys.push(key);
        self.slots[at] = self.tag(hash_of(key)) | index;
        if self.keys.len() * 2 > self.slots.len() {
            self.grow();
        }
        index
    }

    fn grow(&mut self) {
        self.bits += 1;
        // The old table goes first: the keys are enough to make the new one.
        self.slots = Vec::new();
        self.slots = vec![FREE; 1 << self.bits];
        for (index, key) in self.keys.iter().enumerate() {
            let hash = hash_of(*key);
            let mut at = self.first_slot(hash);
            while self.slots[at] != FREE {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = self.tag(hash) | u32_of(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_keys_keep_their_indexes_while_the_table_grows() {
        let mut index = KeyIndex::default();
        let keys: Vec<_> = (0..5_000_u32)
            .map(|value| LineKey::digits(value.to_string().as_bytes()).unwrap())
            .collect();
        for round in 0..2 {
            for (expected, key) in (0..).zip(&keys) {
                assert_eq!(index.intern(*key), expected, "round {round}");
            }
        }
        let mut found = Vec::new();
        index.intern_all(&[LineKey::NONE, keys[4_999], keys[7]], &mut found);
        assert_eq!(found, [NONE, 4_999, 7]);
        index.clear();
        assert!(index.is_empty());
        found.clear();
        index.intern_all(&[keys[9], keys[3], keys[9]], &mut found);
        assert_eq!(found, [0, 1, 0]);
    }
}
