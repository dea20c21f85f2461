//! What the few words of a column were interned as.

use crate::identifier::name;
use arrow_array::{Array, StringArray};
use facts::{Interner, NONE};

/// The names of the words that a row group lists, interned when a row first uses them.
#[derive(Debug, Default)]
pub struct WordMemo {
    /// Holding on to the words makes sure that others do not come to lie where they lay.
    words: Option<StringArray>,
    known: Vec<u32>,
}

/// Not looked at yet: no dictionary holds so many names.
const UNSEEN: u32 = NONE - 1;

impl WordMemo {
    /// Makes sure that what is remembered is of these words.
    pub fn turn_to(&mut self, words: &StringArray) {
        let same = self.words.as_ref().is_some_and(|known| {
            known.len() == words.len()
                && known.values().ptr_eq(words.values())
                && known.offsets().inner().ptr_eq(words.offsets().inner())
        });
        if !same {
            self.words = Some(words.clone());
            self.known.clear();
            self.known.resize(words.len(), UNSEEN);
        }
    }

    /// The name of a word by its place; [`NONE`] where it is none.
    #[inline]
    pub fn name(&mut self, place: i32, interner: &mut Interner) -> u32 {
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        match self.known.get(place) {
            Some(known) if *known != UNSEEN => *known,
            Some(_) => self.look_up(place, interner),
            None => NONE,
        }
    }

    #[cold]
    fn look_up(&mut self, place: usize, interner: &mut Interner) -> u32 {
        let word = self.words.as_ref().map(|words| words.value(place));
        let found = word.and_then(|word| name(word.as_bytes(), interner)).unwrap_or(NONE);
        if let Some(known) = self.known.get_mut(place) {
            *known = found;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart_by_where_they_lie() {
        let (a, b) = (StringArray::from(vec!["x-1", "", "x-2"]), StringArray::from(vec!["x-2"]));
        let (mut memo, mut interner) = (WordMemo::default(), Interner::default());
        let mut told = |words: &StringArray, place| {
            memo.turn_to(words);
            memo.name(place, &mut interner)
        };
        let (first, empty, second) = (told(&a, 0), told(&a, 1), told(&a, 2));
        assert_ne!(first, second);
        assert_eq!(empty, NONE);
        assert_eq!(told(&a, 3), NONE, "no such word");
        assert_eq!(told(&b, 0), second, "another list, the same word");
        assert_eq!(told(&a, 0), first);
    }
}
