//! Rows in many piles, each a run of words: in memory, or in runs on the shelf with the last in memory.

use crate::shelf::{Budget, Slot};
use std::io;

/// Piles that one thread fills.
#[derive(Debug)]
pub(crate) struct Piles {
    piles: Vec<Pile>,
    /// Words in memory that the budget was told of.
    counted: usize,
    held: usize,
}

/// A pile: blocks that are never moved, so that it grows without copying.
#[derive(Debug, Default)]
pub(crate) struct Pile {
    runs: Vec<Slot>,
    full: Vec<Vec<u32>>,
    last: Vec<u32>,
}

/// Words of a block: the first of a pile, and the others.
const FIRST_WORDS: usize = 1 << 8;
const BLOCK_WORDS: usize = 1 << 12;

impl Piles {
    /// So many empty piles.
    pub(crate) fn new(piles: usize) -> Self {
        Self { piles: (0..piles).map(|_| Pile::default()).collect(), counted: 0, held: 0 }
    }

    /// Adds words to a pile.
    #[inline]
    pub(crate) fn push(&mut self, pile: usize, words: &[u32]) {
        self.held += words.len();
        self.piles[pile].push(words);
    }

    /// Puts what lies in memory on the shelf where it is too much.
    pub(crate) fn relieve(&mut self, budget: &Budget) -> io::Result<()> {
        budget.hold(self.held - self.counted);
        self.counted = self.held;
        let Some(shelf) = budget.overdrawn() else { return Ok(()) };
        for pile in &mut self.piles {
            let words = pile.take_held();
            if !words.is_empty() {
                pile.runs.push(shelf.put(&words)?);
            }
        }
        budget.release(self.counted);
        (self.counted, self.held) = (0, 0);
        Ok(())
    }

    /// Each pile by itself. What they hold is no longer counted.
    pub(crate) fn into_piles(self, budget: &Budget) -> Vec<Pile> {
        budget.release(self.counted);
        self.piles
    }
}

impl Pile {
    #[inline]
    fn push(&mut self, words: &[u32]) {
        if self.last.len() + words.len() > self.last.capacity() {
            self.grow();
        }
        self.last.extend_from_slice(words);
    }

    #[cold]
    fn grow(&mut self) {
        let words = if self.last.capacity() == 0 { FIRST_WORDS } else { BLOCK_WORDS };
        let full = std::mem::replace(&mut self.last, Vec::with_capacity(words));
        if !full.is_empty() {
            self.full.push(full);
        }
    }

    fn take_held(&mut self) -> Vec<u32> {
        self.full.push(std::mem::take(&mut self.last));
        std::mem::take(&mut self.full).concat()
    }

    /// Hands over the words in the order they came in, a run or block of whole rows at a time.
    pub(crate) fn drain(
        self,
        budget: &Budget,
        mut each: impl FnMut(&[u32]),
    ) -> io::Result<()> {
        for run in self.runs {
            each(&budget.fetch(run)?);
        }
        self.full.iter().for_each(|words| each(words));
        each(&self.last);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shelf::tests::TestShelf;
    use std::sync::Arc;

    #[test]
    fn piles_come_back_in_order_from_memory_and_shelf() {
        for words_max in [0, 3, 1_000_000] {
            let budget = Budget::new(words_max, Arc::new(TestShelf::default()));
            let mut piles = Piles::new(2);
            for word in 0..4_000 {
                piles.push(0, &[word, word]);
                piles.push(1, &[word + 10]);
                piles.relieve(&budget).unwrap();
            }
            let mut found = Vec::new();
            for pile in piles.into_piles(&budget) {
                let mut words = Vec::new();
                pile.drain(&budget, |more| words.extend_from_slice(more)).unwrap();
                found.push(words);
            }
            assert_eq!(found[0], (0..4_000).flat_map(|word| [word, word]).collect::<Vec<_>>());
            assert_eq!(found[1], (10..4_010).collect::<Vec<_>>());
        }
    }
}
