//! Names as dense integers: interned once while reading, put in canonical order once at the end.

use crate::key_index::KeyIndex;
use crate::recent::Recent;
use crate::texts::{Texts, canonical_key, merged};
use domain::LineKey;
use domain::num::u32_of;
use rayon::prelude::*;

/// Gives each distinct name, a number or a text, an index in order of first appearance. One for each reading thread.
#[derive(Debug)]
pub struct Interner {
    index: KeyIndex,
    texts: Texts,
    /// For each text, its index among all names once it was given one.
    text_names: Vec<u32>,
    /// Short texts that were interned lately, and their names.
    recent: Recent<u32>,
}

/// Names of cells and routes that are kept at hand: 2^15.
const RECENT_BITS: u32 = 15;

impl Default for Interner {
    fn default() -> Self {
        Self {
            index: KeyIndex::default(),
            texts: Texts::default(),
            text_names: Vec::new(),
            recent: Recent::new(RECENT_BITS),
        }
    }
}

impl Interner {
    /// The index of a number, new or known.
    #[inline]
    pub fn intern(&mut self, key: LineKey) -> u32 {
        self.index.intern(key)
    }

    /// The indexes of many numbers, appended to `into`; [`LineKey::NONE`] gives [`NONE`](crate::NONE).
    pub fn intern_all(&mut self, keys: &[LineKey], into: &mut Vec<u32>) {
        self.index.intern_all(keys, into);
    }

    /// The index of a text that was interned lately; `None` says nothing. Feeds repeat the same few texts: most need no more than this.
    #[inline]
    pub fn recent_text(&self, text: &[u8]) -> Option<u32> {
        self.recent.get(text)
    }

    /// The index of a text, new or known.
    pub fn intern_text(&mut self, text: &str) -> u32 {
        let key = self.texts.key(text);
        let at = key.text_index().unwrap_or_default();
        if at == self.text_names.len() {
            self.text_names.push(self.index.intern(key));
        }
        let index = self.text_names[at];
        self.recent.put(text.as_bytes(), index);
        index
    }
}

/// Distinct names in canonical order: numbers by kind and value, then texts by their bytes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    keys: Vec<LineKey>,
    texts: Vec<Box<str>>,
}

impl Names {
    /// Merges interners into canonical names and gives, for each interner, the new index of each of its own.
    pub fn merge(interners: &[&Interner]) -> (Self, Vec<Vec<u32>>) {
        let (texts, maps) = merged(interners.iter().map(|own| &own.texts));
        let keys = |(own, texts): (&&Interner, &Vec<u32>)| -> Vec<LineKey> {
            own.index.keys().iter().map(|key| canonical_key(*key, texts)).collect()
        };
        let sources: Vec<_> = interners.iter().zip(&maps).map(keys).collect();
        Self::of(texts, &sources)
    }

    /// Canonical names of these texts and, for each list of keys, the index of each. The keys' texts are among the texts.
    pub(crate) fn of(
        texts: Vec<Box<str>>,
        sources: &[impl AsRef<[LineKey]> + Sync],
    ) -> (Self, Vec<Vec<u32>>) {
        let mut keys = Vec::new();
        sources.iter().for_each(|own| keys.extend_from_slice(own.as_ref()));
        keys.par_sort_unstable();
        keys.dedup();
        let index = KeyIndex::of(&keys);
        let indexes = sources.par_iter().map(|own| {
            let own = own.as_ref();
            let mut indexes = Vec::with_capacity(own.len());
            index.find_all(own, &mut indexes);
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
        let (names, remaps) = Names::merge(&[&a, &b]);
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
            let (whole, _) = Names::merge(&[&interner(&all).0]);
            let (a, a_ids) = interner(left);
            let (b, b_ids) = interner(right);
            let (merged, remaps) = Names::merge(&[&b, &a]);
            prop_assert_eq!(&whole, &merged);
            let back = a_ids.iter().map(|id| merged.text(remaps[1][*id as usize]));
            let back: Vec<_> = back.chain(b_ids.iter().map(|id| merged.text(remaps[0][*id as usize]))).collect();
            prop_assert_eq!(back, names);
        }
    }
}
