//! Distinct texts as keys.

use domain::LineKey;
use domain::num::u32_of;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Gives each distinct text a key, in order of first appearance.
#[derive(Debug, Default)]
pub struct Texts {
    all: Vec<Box<str>>,
    index: HashTable<u32>,
    hasher: FixedState,
}

/// A hash of a text that is the same in every run.
pub(crate) fn text_hash(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

impl Texts {
    /// The key of a text, new or known.
    pub fn key(&mut self, text: &str) -> LineKey {
        LineKey::text(self.place(text))
    }

    /// The index of a text, new or known.
    pub(crate) fn place(&mut self, text: &str) -> u32 {
        let hash = self.hasher.hash_one(text);
        let all = &self.all;
        let known = self.index.find(hash, |at| &*all[*at as usize] == text).copied();
        known.unwrap_or_else(|| {
            let at = u32_of(self.all.len());
            self.all.push(text.into());
            let (all, hasher) = (&self.all, &self.hasher);
            self.index.insert_unique(hash, at, |at| hasher.hash_one(&*all[*at as usize]));
            at
        })
    }

    /// All texts, in order of their indexes.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|text| &**text)
    }

    /// A text by its own index.
    pub(crate) fn get(&self, at: usize) -> &str {
        &self.all[at]
    }
}

/// A key by canonical texts: `texts` has the canonical index of each of its owner's.
#[inline]
pub(crate) fn canonical_key(key: LineKey, texts: &[u32]) -> LineKey {
    key.text_index().map_or(key, |at| LineKey::text(texts[at]))
}

/// The distinct texts of all owners in order of their bytes and, for each owner, the new index of each of its own.
pub(crate) fn merged<'a>(
    owners: impl Iterator<Item = &'a Texts> + Clone,
) -> (Vec<Box<str>>, Vec<Vec<u32>>) {
    let mut texts: Vec<Box<str>> = owners.clone().flat_map(|own| own.all.iter().cloned()).collect();
    texts.sort_unstable();
    texts.dedup();
    let found = |text: &str| {
        let found = texts.binary_search_by(|known| (**known).cmp(text));
        u32_of(found.expect("every text was collected above"))
    };
    let maps = owners.map(|own| own.all.iter().map(|text| found(text)).collect()).collect();
    (texts, maps)
}
