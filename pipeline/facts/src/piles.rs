//! Rows in many piles, each a run of words: in memory, or in runs on the shelf with the last in memory.

use crate::shelf::{Budget, Slot};
use std::io;

/// Piles that one thread fills.
#[derive(Debug)]
pub struct Piles {
    all: Vec<Pile>,
    /// Words in memory that the budget was told of.
    counted: usize,
    held: usize,
}

/// A pile: blocks that are never moved, so that it grows without copying.
#[derive(Debug, Default)]
pub struct Pile {
    runs: Vec<Slot>,
    full: Vec<Vec<u32>>,
    last: Vec<u32>,
    /// Words of the last block that are filled.
    used: usize,
    /// Words of all blocks so far.
    words: usize,
}

/// Words of a block: the first of a pile; those up to which blocks grow with their pile; and those of all blocks after. The last are so large that
/// the allocator asks the system for each by itself, which lends memory only for what is written, and gets all of it back when the pile was read.
const FIRST_WORDS: usize = 1 << 8;
const GROWING_WORDS: usize = 1 << 17;
const LARGEST_WORDS: usize = (1 << 23) + 1;

impl Piles {
    /// So many empty piles.
    pub fn new(piles: usize) -> Self {
        Self { all: (0..piles).map(|_| Pile::default()).collect(), counted: 0, held: 0 }
    }

    /// Room for a row on a pile, to be filled: words are written where they stay.
    #[inline]
    pub fn row(&mut self, pile: usize, words: usize) -> &mut [u32] {
        self.held += words;
        self.all[pile].row(words)
    }

    /// Puts what lies in memory on the shelf where it is too much. Errors: the shelf is full or fails.
    pub fn relieve(&mut self, budget: &Budget) -> io::Result<()> {
        budget.hold(self.held - self.counted);
        self.counted = self.held;
        let Some(shelf) = budget.overdrawn() else { return Ok(()) };
        for pile in &mut self.all {
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
    pub fn into_piles(self, budget: &Budget) -> Vec<Pile> {
        budget.release(self.counted);
        self.all
    }
}

impl Pile {
    #[inline]
    fn row(&mut self, words: usize) -> &mut [u32] {
        if self.used + words > self.last.len() {
            self.grow();
        }
        let row = self.used..self.used + words;
        self.used = row.end;
        &mut self.last[row]
    }

    #[cold]
    fn grow(&mut self) {
        let growing = (self.words / 2).max(FIRST_WORDS);
        let words = if growing < GROWING_WORDS { growing } else { LARGEST_WORDS };
        self.words += words;
        let mut full = std::mem::replace(&mut self.last, vec![0; words]);
        full.truncate(std::mem::take(&mut self.used));
        if !full.is_empty() {
            self.full.push(full);
        }
    }

    /// Words in memory and on the shelf.
    pub(crate) fn words_in_all(&self) -> usize {
        let away: usize = self.runs.iter().map(|run| run.words).sum();
        let full: usize = self.full.iter().map(Vec::len).sum();
        away + full + self.used
    }

    fn take_held(&mut self) -> Vec<u32> {
        self.last.truncate(std::mem::take(&mut self.used));
        self.full.push(std::mem::take(&mut self.last));
        self.words = 0;
        std::mem::take(&mut self.full).concat()
    }

    /// Hands over the words in the order they came in, in blocks of whole rows. Errors: the shelf fails.
    pub fn each_block(&self, budget: &Budget, mut each: impl FnMut(&[u32])) -> io::Result<()> {
        for run in &self.runs {
            each(&budget.fetch(*run)?);
        }
        self.full.iter().for_each(|block| each(block));
        each(&self.last[..self.used]);
        Ok(())
    }

    /// The words in the order they came in, in blocks of whole rows. Errors: the shelf fails.
    pub fn into_blocks(mut self, budget: &Budget) -> io::Result<Vec<Vec<u32>>> {
        let mut blocks = Vec::with_capacity(self.runs.len() + self.full.len() + 1);
        for run in self.runs {
            blocks.push(budget.fetch(run)?);
        }
        blocks.append(&mut self.full);
        self.last.truncate(self.used);
        blocks.push(self.last);
        blocks.retain(|block| !block.is_empty());
        Ok(blocks)
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
                piles.row(0, 2).fill(word);
                piles.row(1, 1).fill(word + 10);
                piles.relieve(&budget).unwrap();
            }
            let mut found = Vec::new();
            for pile in piles.into_piles(&budget) {
                found.push(pile.into_blocks(&budget).unwrap().concat());
            }
            assert_eq!(found[0], (0..4_000).flat_map(|word| [word, word]).collect::<Vec<_>>());
            assert_eq!(found[1], (10..4_010).collect::<Vec<_>>());
        }
    }
}
