//! Names as dense integers: interned once while reading, put in canonical order once at the end.

use crate::column::{Extra, NONE, NameSet};
use crate::recent::Recent;
use domain::LineKey;
use domain::num::{high32, u32_of, usize_of};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Gives each distinct name an index, in order of first appearance. One for each reading thread.
#[derive(Debug)]
pub struct Interner {
    keys: Vec<LineKey>,
    /// Open addressing: 2^`bits` slots, each with some bits of a key's hash above the key's index, or [`FREE`]. The keys themselves
    /// stand in their list: the smaller the table, the less it waits for memory.
    slots: Vec<u32>,
    bits: u32,
    texts: Vec<Box<str>>,
    /// For each text, its index among all names once it was given one.
    text_names: Vec<u32>,
    text_index: HashTable<u32>,
    hasher: FixedState,
    /// Short texts that were interned lately, and their names.
    recent: Recent<u32>,
}

/// No zero: memory that is first read and then written is mapped twice where it is zero.
const FREE: u32 = u32::MAX;
const FIRST_BITS: u32 = 10;
/// 2^64 divided by the golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for Interner {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            slots: vec![FREE; 1 << FIRST_BITS],
            bits: FIRST_BITS,
            texts: Vec::new(),
            text_names: Vec::new(),
            text_index: HashTable::new(),
            hasher: FixedState::default(),
            recent: Recent::new(RECENT_BITS),
        }
    }
}

/// Names of cells and routes that are kept at hand: 2^13.
const RECENT_BITS: u32 = 13;

#[inline]
fn hash_of(key: LineKey) -> u64 {
    key.packed().wrapping_mul(GOLDEN)
}

/// A hash of a text that is the same in every run.
pub(crate) fn text_hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

impl Interner {
    /// An interner that knows some distinct keys by their places.
    fn of(keys: &[LineKey]) -> Self {
        let bits = (2 * keys.len() + 1).ilog2() + 1;
        let mut interner = Self::default();
        interner.bits = bits.max(FIRST_BITS);
        interner.slots = vec![FREE; 1 << interner.bits];
        keys.iter().for_each(|key| {
            interner.intern(*key);
        });
        interner
    }

    /// The index of a key, new or known.
    #[inline]
    pub fn intern(&mut self, key: LineKey) -> u32 {
        let hash = hash_of(key);
        let mut at = self.first_slot(hash);
        loop {
            at = self.probe(hash, at);
            let slot = self.slots[at];
            if slot == FREE {
                return self.insert(at, key);
            }
            let index = slot & self.index_mask();
            if self.keys[index as usize] == key {
                return index;
            }
            at += 1;
        }
    }

    /// The index of a key; `None` where it was never interned.
    #[inline]
    pub(crate) fn find(&self, key: LineKey) -> Option<u32> {
        let hash = hash_of(key);
        let mut at = self.first_slot(hash);
        loop {
            at = self.probe(hash, at);
            let slot = self.slots[at];
            let index = slot & self.index_mask();
            if slot == FREE || self.keys[index as usize] == key {
                return (slot != FREE).then_some(index);
            }
            at += 1;
        }
    }

    /// The indexes of many keys, appended to `into`; [`LineKey::NONE`] gives [`NONE`].
    ///
    /// Most of the time of interning is waiting for memory: slots, then keys, of several names are loaded before the first is looked at.
    pub fn intern_all(&mut self, keys: &[LineKey], into: &mut Vec<u32>) {
        const AHEAD: usize = 64;
        for block in keys.chunks(AHEAD) {
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
            for ((slot, found), key) in slots.into_iter().zip(found).zip(block) {
                into.push(if *key == LineKey::NONE {
                    NONE
                } else if found == *key {
                    slot & mask
                } else {
                    self.intern(*key)
                });
            }
        }
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

    /// The key of a text, new or known.
    pub fn text_key(&mut self, text: &str) -> LineKey {
        let hash = self.hasher.hash_one(text);
        let texts = &self.texts;
        let known = self.text_index.find(hash, |at| &*texts[*at as usize] == text).copied();
        let at = known.unwrap_or_else(|| {
            let at = u32_of(self.texts.len());
            self.texts.push(text.into());
            self.text_names.push(NONE);
            let (texts, hasher) = (&self.texts, &self.hasher);
            let rehash = |at: &u32| hasher.hash_one(&*texts[*at as usize]);
            self.text_index.insert_unique(hash, at, rehash);
            at
        });
        LineKey::text(at)
    }

    /// The index of a text that was interned lately; `None` says nothing. Feeds repeat the same few texts: most need no more than this.
    #[inline]
    pub fn recent_text(&self, text: &[u8]) -> Option<u32> {
        self.recent.get(text)
    }

    /// The index of a text, new or known.
    pub fn intern_text(&mut self, text: &str) -> u32 {
        let key = self.text_key(text);
        let at = key.text_index().unwrap_or_default();
        if self.text_names[at] == NONE {
            self.text_names[at] = self.intern(key);
        }
        let index = self.text_names[at];
        self.recent.put(text.as_bytes(), index);
        index
    }

    /// A text by its own index.
    pub(crate) fn text(&self, at: usize) -> &str {
        &self.texts[at]
    }

    /// Its keys in order of appearance, by canonical texts.
    pub(crate) fn into_keys(self, texts: &[u32]) -> Vec<LineKey> {
        self.keys.into_iter().map(|key| canonical_key(key, texts)).collect()
    }

    /// Its keys in order of appearance.
    pub(crate) fn keys(&self) -> &[LineKey] {
        &self.keys
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether no name was interned.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
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

/// What a reader's own names are called canonically.
#[derive(Debug, Default)]
pub(crate) struct NameMaps {
    /// The canonical index of each callee.
    pub(crate) lines: Vec<u32>,
    pub(crate) cells: Vec<u32>,
    pub(crate) sims: Vec<u32>,
    pub(crate) routes: Vec<u32>,
    pub(crate) raws: Vec<u32>,
    pub(crate) texts: TextMaps,
}

/// The canonical index of each text that a reader met.
#[derive(Debug, Default)]
pub(crate) struct TextMaps {
    /// Among the texts of lines.
    pub(crate) lines: Vec<u32>,
    /// Among the texts of handsets.
    pub(crate) handsets: Vec<u32>,
}

impl NameMaps {
    /// The canonical indexes of an optional column's names; handsets have none, they are told bucket by bucket.
    pub(crate) fn of(&self, extra: Extra) -> &[u32] {
        match extra.names() {
            NameSet::Handsets => &[],
            NameSet::Cells => &self.cells,
            NameSet::Sims => &self.sims,
            NameSet::Routes => &self.routes,
            NameSet::Raws => &self.raws,
        }
    }
}

/// A key of a reader by canonical texts.
#[inline]
pub(crate) fn canonical_key(key: LineKey, texts: &[u32]) -> LineKey {
    key.text_index().map_or(key, |at| LineKey::text(texts[at]))
}

/// The distinct texts of all interners in order of their bytes and, for each interner, the new index of each of its own.
pub(crate) fn merged_texts(interners: &[Interner]) -> (Vec<Box<str>>, Vec<Vec<u32>>) {
    let mut texts: Vec<Box<str>> =
        interners.iter().flat_map(|interner| interner.texts.iter().cloned()).collect();
    texts.sort_unstable();
    texts.dedup();
    let found = |text: &str| {
        let found = texts.binary_search_by(|known| (**known).cmp(text));
        u32_of(found.expect("every text was collected above"))
    };
    let own = |interner: &Interner| interner.texts.iter().map(|text| found(text)).collect();
    let maps = interners.iter().map(own).collect();
    (texts, maps)
}

/// Distinct names in canonical order: numbers by kind and value, then texts by their bytes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    keys: Vec<LineKey>,
    texts: Vec<Box<str>>,
}

impl Names {
    /// Merges interners into canonical names and gives, for each interner, the new index of each of its own.
    pub fn merge(interners: Vec<Interner>) -> (Self, Vec<Vec<u32>>) {
        let (texts, maps) = merged_texts(&interners);
        let sources =
            interners.into_iter().zip(&maps).map(|(interner, texts)| interner.into_keys(texts));
        Self::of(texts, &sources.collect::<Vec<_>>())
    }

    /// Canonical names of these texts and, for each list of keys, the index of each. The keys' texts are among the texts.
    pub(crate) fn of(texts: Vec<Box<str>>, sources: &[Vec<LineKey>]) -> (Self, Vec<Vec<u32>>) {
        let mut keys = sources.concat();
        keys.sort_unstable();
        keys.dedup();
        let mut index = Interner::of(&keys);
        let indexes = sources.iter().map(|own| {
            let mut indexes = Vec::with_capacity(own.len());
            index.intern_all(own, &mut indexes);
            indexes
        });
        let indexes = indexes.collect();
        (Self { keys, texts }, indexes)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key of a name.
    pub fn key(&self, index: u32) -> LineKey {
        self.keys[index as usize]
    }

    /// A text by its index among the texts.
    pub(crate) fn text_at(&self, at: usize) -> &str {
        &self.texts[at]
    }

    /// The name in its printable form, unmasked: the caller masks it.
    pub fn text(&self, index: u32) -> String {
        let mut text = String::new();
        self.write(index, &mut text);
        text
    }

    /// Appends the name in that form.
    pub fn write(&self, index: u32, into: &mut String) {
        let key = self.key(index);
        if !key.write_number(into) {
            into.push_str(key.text_index().map_or("", |at| &self.texts[at]));
        }
    }

    /// The index of a name given in its printable form.
    pub fn find(&self, text: &str) -> Option<u32> {
        let by_text = self.texts.binary_search_by(|known| (**known).cmp(text)).ok().map(u32_of);
        let key = match (by_text, text.strip_prefix('+')) {
            (Some(at), _) => LineKey::text(at),
            (None, Some(digits)) => LineKey::e164(digits.as_bytes())?,
            (None, None) => LineKey::digits(text.as_bytes())?,
        };
        self.keys.binary_search(&key).ok().map(u32_of)
    }

    /// All names, in order.
    pub fn keys(&self) -> &[LineKey] {
        &self.keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interner(names: &[&str]) -> (Interner, Vec<u32>) {
        let mut interner = Interner::default();
        let ids = names
            .iter()
            .map(|name| match LineKey::digits(name.as_bytes()) {
                Some(key) => interner.intern(key),
                None => interner.intern_text(name),
            })
            .collect();
        (interner, ids)
    }

    #[test]
    fn merging_gives_canonical_order_whatever_came_first() {
        let (a, _) = interner(&["sip:b@x", "20", "sip:a@x"]);
        let (b, _) = interner(&["10", "sip:a@x"]);
        let (names, remaps) = Names::merge(vec![a, b]);
        let texts: Vec<_> = (0..4).map(|index| names.text(index)).collect();
        assert_eq!(texts, ["10", "20", "sip:a@x", "sip:b@x"]);
        assert_eq!(remaps, [vec![3, 1, 2], vec![0, 2]]);
        assert_eq!(names.find("sip:b@x"), Some(3));
        assert_eq!(names.find("20"), Some(1));
        assert_eq!(names.find("30"), None);
    }

    proptest! {
        #[test]
        fn splitting_the_names_over_interners_changes_nothing(
            names in prop::collection::vec("[0-9]{1,5}|[a-c]{1,3}", 0..60), cut in 0_usize..60
        ) {
            let all: Vec<&str> = names.iter().map(String::as_str).collect();
            let (left, right) = all.split_at(cut.min(all.len()));
            let (whole, _) = Names::merge(vec![interner(&all).0]);
            let (a, a_ids) = interner(left);
            let (b, b_ids) = interner(right);
            let (merged, remaps) = Names::merge(vec![b, a]);
            prop_assert_eq!(&whole, &merged);
            let back = a_ids.iter().map(|id| merged.text(remaps[1][*id as usize]));
            let back: Vec<_> = back.chain(b_ids.iter().map(|id| merged.text(remaps[0][*id as usize]))).collect();
            prop_assert_eq!(back, names);
        }
    }

    #[test]
    fn many_keys_keep_their_indexes_while_the_table_grows() {
        let mut interner = Interner::default();
        for round in 0..2 {
            for value in 0..5_000_u32 {
                let text = value.to_string();
                let key = LineKey::digits(text.as_bytes()).unwrap();
                assert_eq!(interner.intern(key), value, "round {round}");
            }
        }
    }
}
