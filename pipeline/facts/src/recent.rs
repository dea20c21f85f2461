//! What short texts were found to mean lately: feeds repeat the same few texts.

use domain::num::{low64, usize_of};

/// Remembers a value for each of some texts of 1 to 32 bytes, told by all of their bytes; a later text takes an earlier one's place.
#[derive(Debug)]
pub struct Recent<V> {
    slots: Vec<(Ends, V)>,
    bits: u32,
}

/// A text, whole: its length, its first half and its last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    first: u128,
    last: u128,
    length: usize,
}

/// 2^64 divided by the golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4).
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Ends {
    #[inline]
    fn of(text: &[u8]) -> Option<Self> {
        let (first, last) = match text.len() {
            16..=32 => (
                u128::from_le_bytes(*text.first_chunk()?),
                u128::from_le_bytes(*text.last_chunk()?),
            ),
            8..=15 => (
                u64::from_le_bytes(*text.first_chunk()?).into(),
                u64::from_le_bytes(*text.last_chunk()?).into(),
            ),
            4..=7 => (
                u32::from_le_bytes(*text.first_chunk()?).into(),
                u32::from_le_bytes(*text.last_chunk()?).into(),
            ),
            1..=3 => (
                u128::from(text[0]) | u128::from(text[text.len() / 2]) << 8,
                text[text.len() - 1].into(),
            ),
            _ => return None,
        };
        Some(Self { first, last, length: text.len() })
    }

    #[inline]
    fn slot(self, bits: u32) -> usize {
        let fold = |half: u128| low64(half) ^ low64(half >> 64).rotate_left(31);
        let mixed = fold(self.first).rotate_left(17) ^ fold(self.last) ^ self.length as u64;
        usize_of(mixed.wrapping_mul(GOLDEN) >> (64 - bits))
    }
}

impl<V: Copy + Default> Recent<V> {
    /// Room for 2^`bits` texts; nothing is taken up before the first.
    pub fn new(bits: u32) -> Self {
        Self { slots: Vec::new(), bits }
    }

    /// The value of a text that was put lately; `None` says nothing.
    #[inline]
    pub fn get(&self, text: &[u8]) -> Option<V> {
        let ends = Ends::of(text)?;
        self.slots.get(ends.slot(self.bits)).filter(|(known, _)| *known == ends).map(|slot| slot.1)
    }

    /// Remembers a text's value, if the text is short enough.
    pub fn put(&mut self, text: &[u8], value: V) {
        if let Some(ends) = Ends::of(text) {
            self.slots.resize(1 << self.bits, (Ends::default(), V::default()));
            self.slots[ends.slot(self.bits)] = (ends, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recent_text_is_known_by_all_of_its_bytes() {
        let long = "0123456789abcdefghijklmnopqrstuvwxyz";
        for length in 0..=long.len() {
            let text = &long.as_bytes()[..length];
            let mut recent = Recent::new(4);
            recent.put(text, 7);
            assert_eq!(recent.get(text), (1..=32).contains(&length).then_some(7), "{length} bytes");
            for at in 0..length {
                let mut other = text.to_vec();
                other[at] = b'!';
                assert_eq!(recent.get(&other), None, "byte {at} of {length}");
            }
        }
    }
}
