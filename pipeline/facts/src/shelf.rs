//! What does not fit into memory is put on a shelf, in words of 32 bits, and fetched again.
//!
//! This stage knows no files: the program supplies the shelf. Where a value lies changes no result.

use std::borrow::Cow;
use std::fmt::Debug;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where something lies on a shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Words before it.
    pub at: u64,
    /// Its words.
    pub words: usize,
}

/// A place outside memory, written and read by several threads.
pub trait Shelf: Debug + Send + Sync {
    /// Puts words on the shelf. Errors: the shelf is full or fails.
    fn put(&self, words: &[u32]) -> io::Result<Slot>;
    /// Fetches them again. Errors: the shelf fails.
    fn get(&self, slot: Slot) -> io::Result<Vec<u32>>;
}

/// How much of the calls may lie in memory at a time. Clones share one account.
#[derive(Clone, Debug, Default)]
pub struct Budget {
    /// Where the rest goes, and the words that chunks, and then parts, may hold; as many again are held while rows move from one to
    /// the other. None where all may stay in memory.
    limit: Option<(Arc<dyn Shelf>, usize)>,
    held: Arc<AtomicUsize>,
}

/// A value that can be put in words and made of them again.
pub(crate) trait Words: Sized {
    /// How many words it takes.
    fn words(&self) -> usize;
    /// Its words.
    fn to_words(&self) -> Vec<u32>;
    /// The value of its words. Errors: they are not whole.
    fn from_words(words: &mut WordReader<'_>) -> io::Result<Self>;
}

/// A value in memory or on the shelf.
#[derive(Debug)]
pub(crate) enum Kept<T> {
    Held(T),
    Away(Slot),
}

impl Budget {
    /// A budget of so many words; what does not fit goes to the shelf.
    pub fn new(words_max: usize, shelf: Arc<dyn Shelf>) -> Self {
        Self { limit: Some((shelf, words_max)), held: Arc::default() }
    }

    /// Words that may be held.
    pub(crate) fn words_max(&self) -> usize {
        self.limit.as_ref().map_or(usize::MAX, |(_, words_max)| *words_max)
    }

    /// Keeps a value in memory while there is room for it, else on the shelf.
    pub(crate) fn keep<T: Words>(&self, value: T) -> io::Result<Kept<T>> {
        let Some((shelf, words_max)) = &self.limit else { return Ok(Kept::Held(value)) };
        let words = value.words();
        if self.held.fetch_add(words, Ordering::Relaxed) + words <= *words_max {
            return Ok(Kept::Held(value));
        }
        self.held.fetch_sub(words, Ordering::Relaxed);
        Ok(Kept::Away(shelf.put(&value.to_words())?))
    }

    /// Takes a value back: what was held makes room for others.
    pub(crate) fn take<T: Words>(&self, kept: Kept<T>) -> io::Result<T> {
        match kept {
            Kept::Held(value) => {
                if self.limit.is_some() {
                    self.held.fetch_sub(value.words(), Ordering::Relaxed);
                }
                Ok(value)
            }
            Kept::Away(slot) => self.value(slot),
        }
    }

    /// Looks at a value.
    pub(crate) fn look<'a, T: Words + Clone>(&self, kept: &'a Kept<T>) -> io::Result<Cow<'a, T>> {
        match kept {
            Kept::Held(value) => Ok(Cow::Borrowed(value)),
            Kept::Away(slot) => self.value(*slot).map(Cow::Owned),
        }
    }

    fn value<T: Words>(&self, slot: Slot) -> io::Result<T> {
        T::from_words(&mut WordReader(&self.fetch(slot)?))
    }

    fn fetch(&self, slot: Slot) -> io::Result<Vec<u32>> {
        self.limit.as_ref().ok_or_else(broken)?.0.get(slot)
    }
}

/// Reads words from their beginning.
pub(crate) struct WordReader<'a>(&'a [u32]);

impl<'a> WordReader<'a> {
    /// The next word.
    pub(crate) fn word(&mut self) -> io::Result<u32> {
        let (first, rest) = self.0.split_first().ok_or_else(broken)?;
        self.0 = rest;
        Ok(*first)
    }

    /// A column that [`put_column`] wrote.
    pub(crate) fn column(&mut self) -> io::Result<Vec<u32>> {
        Ok(self.slice()?.to_vec())
    }

    fn slice(&mut self) -> io::Result<&'a [u32]> {
        let length = self.word()? as usize;
        let (column, rest) = self.0.split_at_checked(length).ok_or_else(broken)?;
        self.0 = rest;
        Ok(column)
    }

    /// A column of bytes that [`put_bytes`] wrote.
    pub(crate) fn bytes(&mut self) -> io::Result<Vec<u8>> {
        let length = self.word()? as usize;
        let mut bytes: Vec<u8> = self.slice()?.iter().flat_map(|word| word.to_le_bytes()).collect();
        bytes.truncate(length);
        Ok(bytes)
    }
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "what was put aside did not come back whole")
}

/// Appends a column and its length.
pub(crate) fn put_column(into: &mut Vec<u32>, column: &[u32]) {
    into.push(domain::num::u32_of(column.len()));
    into.extend_from_slice(column);
}

/// Appends a column of bytes and its length.
pub(crate) fn put_bytes(into: &mut Vec<u32>, bytes: &[u8]) {
    into.push(domain::num::u32_of(bytes.len()));
    into.push(domain::num::u32_of(bytes.len().div_ceil(4)));
    into.extend(bytes.chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        u32::from_le_bytes(word)
    }));
}

/// Rows of many parts, each a run of words: in memory, or in runs on the shelf with the last in memory.
#[derive(Debug)]
pub(crate) struct Piles {
    piles: Vec<Pile>,
    words_max: usize,
}

#[derive(Debug, Default)]
struct Pile {
    words: Vec<u32>,
    runs: Vec<Slot>,
}

impl Piles {
    /// Piles for so many words each; of all, `words_max` words may lie in memory.
    pub(crate) fn new(expected: &[usize], words_max: usize) -> Self {
        let fits = expected.iter().sum::<usize>() <= words_max;
        let pile = |words: &usize| Pile {
            words: if fits { Vec::with_capacity(*words) } else { Vec::new() },
            runs: Vec::new(),
        };
        Self { piles: expected.iter().map(pile).collect(), words_max }
    }

    /// Adds words to a pile.
    #[inline]
    pub(crate) fn push(&mut self, pile: usize, words: &[u32]) {
        self.piles[pile].words.extend_from_slice(words);
    }

    /// Puts what lies in memory on the shelf where it is too much.
    pub(crate) fn relieve(&mut self, budget: &Budget) -> io::Result<()> {
        let Some((shelf, _)) = &budget.limit else { return Ok(()) };
        if self.piles.iter().map(|pile| pile.words.len()).sum::<usize>() <= self.words_max {
            return Ok(());
        }
        for pile in self.piles.iter_mut().filter(|pile| !pile.words.is_empty()) {
            pile.runs.push(shelf.put(&pile.words)?);
            pile.words.clear();
        }
        Ok(())
    }

    /// Each pile's words, in the order they came in.
    pub(crate) fn into_words(self, budget: &Budget) -> impl Iterator<Item = io::Result<Vec<u32>>> {
        self.piles.into_iter().map(|pile| {
            if pile.runs.is_empty() {
                return Ok(pile.words);
            }
            let mut all = Vec::new();
            for run in pile.runs {
                all.extend(budget.fetch(run)?);
            }
            all.extend(pile.words);
            Ok(all)
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::Mutex;

    /// A shelf in memory.
    #[derive(Debug, Default)]
    pub(crate) struct TestShelf(Mutex<Vec<u32>>);

    impl Shelf for TestShelf {
        fn put(&self, words: &[u32]) -> io::Result<Slot> {
            let mut all = self.0.lock().unwrap();
            let slot = Slot { at: all.len() as u64, words: words.len() };
            all.extend_from_slice(words);
            Ok(slot)
        }

        fn get(&self, slot: Slot) -> io::Result<Vec<u32>> {
            let at = usize::try_from(slot.at).unwrap();
            Ok(self.0.lock().unwrap()[at..at + slot.words].to_vec())
        }
    }

    #[test]
    fn bytes_and_columns_come_back() {
        let mut words = Vec::new();
        put_bytes(&mut words, &[1, 2, 3, 4, 5]);
        put_column(&mut words, &[7, 8]);
        let mut reader = WordReader(&words);
        assert_eq!(reader.bytes().unwrap(), [1, 2, 3, 4, 5]);
        assert_eq!(reader.column().unwrap(), [7, 8]);
        assert!(reader.word().is_err(), "nothing is left");
    }

    #[test]
    fn piles_come_back_in_order_from_memory_and_shelf() {
        let budget = Budget::new(3, Arc::new(TestShelf::default()));
        let mut piles = Piles::new(&[4, 2], 3);
        for word in 0..4 {
            piles.push(0, &[word]);
            piles.push(1, &[word + 10]);
            piles.relieve(&budget).unwrap();
        }
        let words: Vec<_> = piles.into_words(&budget).map(Result::unwrap).collect();
        assert_eq!(words, [vec![0, 1, 2, 3], vec![10, 11, 12, 13]]);
    }
}
