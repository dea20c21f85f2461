//! What does not fit into memory is put on a shelf, in words of 32 bits, and fetched again.
//!
//! This stage knows no files: the program supplies the shelf. Where a value lies changes no result.

use crate::piles::Pile;
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
    /// Where the rest goes, and the words that may be held; none where all may stay in memory.
    limit: Option<(Arc<dyn Shelf>, usize)>,
    /// Words of rows that must lie in memory together, such as those of one line.
    together_max: Option<usize>,
    held: Arc<AtomicUsize>,
}

/// Rows that must lie in memory together do not fit: those of one line and the lines that share its bucket, or of one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{calls} calls of one line or of one moment need more memory than there may be")]
pub struct TooLarge {
    /// How many rows they are.
    pub calls: usize,
}

/// A value that can be put in words and made of them again.
pub trait Words: Sized {
    /// How many words it takes.
    fn words(&self) -> usize;
    /// Its words.
    fn to_words(&self) -> Vec<u32>;
    /// The value of its words. Errors: they are not whole.
    fn from_words(words: &mut WordReader<'_>) -> io::Result<Self>;
}

/// A value in memory or on the shelf.
#[derive(Debug)]
pub enum Kept<T> {
    /// In memory.
    Held(T),
    /// On the shelf.
    Away(Slot),
}

impl Budget {
    /// A budget of so many words; what does not fit goes to the shelf.
    pub fn new(words_max: usize, shelf: Arc<dyn Shelf>) -> Self {
        Self { limit: Some((shelf, words_max)), together_max: None, held: Arc::default() }
    }

    /// The same budget, which refuses rows that must lie in memory together where they have more words.
    #[must_use]
    pub fn with_together_max(self, words_max: usize) -> Self {
        Self { together_max: Some(words_max), ..self }
    }

    /// Errors: [`TooLarge`] where piles of rows of so many words each do not fit into memory together.
    pub(crate) fn fit<'a>(
        &self,
        piles: impl Iterator<Item = (&'a Pile, usize)> + Clone,
    ) -> io::Result<()> {
        let words: usize = piles.clone().map(|(pile, _)| pile.words_in_all()).sum();
        if self.together_max.is_none_or(|most| words <= most) {
            return Ok(());
        }
        let calls = piles.map(|(pile, stride)| pile.words_in_all() / stride).sum();
        Err(io::Error::new(io::ErrorKind::OutOfMemory, TooLarge { calls }))
    }

    /// Notes that so many words more are held.
    pub fn hold(&self, words: usize) {
        self.held.fetch_add(words, Ordering::Relaxed);
    }

    /// Notes that so many words are held no longer.
    pub fn release(&self, words: usize) {
        self.held.fetch_sub(words, Ordering::Relaxed);
    }

    /// The shelf, where more is held than may be.
    pub(crate) fn overdrawn(&self) -> Option<&dyn Shelf> {
        let (shelf, words_max) = self.limit.as_ref()?;
        (self.held.load(Ordering::Relaxed) > *words_max).then_some(&**shelf)
    }

    /// Keeps a value in memory while there is room for it, else on the shelf. Errors: the shelf is full or fails.
    pub fn keep<T: Words>(&self, value: T) -> io::Result<Kept<T>> {
        let words = value.words();
        self.hold(words);
        let Some(shelf) = self.overdrawn() else { return Ok(Kept::Held(value)) };
        self.release(words);
        Ok(Kept::Away(shelf.put(&value.to_words())?))
    }

    /// Takes a value back: what was held makes room for others. Errors: the shelf fails.
    pub fn take<T: Words>(&self, kept: Kept<T>) -> io::Result<T> {
        match kept {
            Kept::Held(value) => {
                self.release(value.words());
                Ok(value)
            }
            Kept::Away(slot) => self.value(slot),
        }
    }

    /// Lets go of a value.
    pub fn forget<T: Words>(&self, kept: Kept<T>) {
        if let Kept::Held(value) = kept {
            self.release(value.words());
        }
    }

    /// Looks at a value. Errors: the shelf fails.
    pub fn look<'a, T: Words + Clone>(&self, kept: &'a Kept<T>) -> io::Result<Cow<'a, T>> {
        match kept {
            Kept::Held(value) => Ok(Cow::Borrowed(value)),
            Kept::Away(slot) => self.value(*slot).map(Cow::Owned),
        }
    }

    fn value<T: Words>(&self, slot: Slot) -> io::Result<T> {
        T::from_words(&mut WordReader(&self.fetch(slot)?))
    }

    /// Fetches words.
    pub(crate) fn fetch(&self, slot: Slot) -> io::Result<Vec<u32>> {
        self.limit.as_ref().ok_or_else(broken)?.0.get(slot)
    }
}

/// Reads words from their beginning.
pub struct WordReader<'a>(&'a [u32]);

impl<'a> WordReader<'a> {
    /// The next word. Errors: there is none.
    pub fn word(&mut self) -> io::Result<u32> {
        let (first, rest) = self.0.split_first().ok_or_else(broken)?;
        self.0 = rest;
        Ok(*first)
    }

    /// A column that [`put_column`] wrote. Errors: it is not whole.
    pub fn column(&mut self) -> io::Result<Vec<u32>> {
        Ok(self.slice()?.to_vec())
    }

    fn slice(&mut self) -> io::Result<&'a [u32]> {
        let length = self.word()? as usize;
        let (column, rest) = self.0.split_at_checked(length).ok_or_else(broken)?;
        self.0 = rest;
        Ok(column)
    }

    /// A column of bytes that [`put_bytes`] wrote. Errors: it is not whole.
    pub fn bytes(&mut self) -> io::Result<Vec<u8>> {
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
pub fn put_column(into: &mut Vec<u32>, column: &[u32]) {
    into.push(domain::num::u32_of(column.len()));
    into.extend_from_slice(column);
}

/// Appends a column of bytes and its length.
pub fn put_bytes(into: &mut Vec<u32>, bytes: &[u8]) {
    into.push(domain::num::u32_of(bytes.len()));
    into.push(domain::num::u32_of(bytes.len().div_ceil(4)));
    into.extend(bytes.chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        u32::from_le_bytes(word)
    }));
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
}
