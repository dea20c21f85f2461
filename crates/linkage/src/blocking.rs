//! Blocking: pairs that share a value, without those of values that everybody shares.

/// A value that more things share than a block may hold; its pairs are not made, and that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The value.
    pub value: u32,
    /// How many share it.
    pub members: usize,
}

/// Collects the pairs of many blocks.
#[derive(Clone, Debug, Default)]
pub struct PairBlocks {
    pairs: Vec<u64>,
    /// Values whose blocks were too large.
    pub suppressed: Vec<Suppressed>,
}

impl PairBlocks {
    /// Adds all pairs among `members` (distinct), which share `value`, unless they are more than `members_max`.
    pub fn add(&mut self, value: u32, members: &[u32], members_max: usize) {
        if members.len() > members_max {
            self.suppressed.push(Suppressed { value, members: members.len() });
            return;
        }
        for (at, a) in members.iter().enumerate() {
            self.pairs.extend(members[at + 1..].iter().map(|b| pack(*a, *b)));
        }
    }

    /// Adds one pair.
    pub fn add_pair(&mut self, a: u32, b: u32) {
        self.pairs.push(pack(a, b));
    }

    /// Adds another collection's pairs.
    pub fn append(&mut self, mut other: Self) {
        self.pairs.append(&mut other.pairs);
        self.suppressed.append(&mut other.suppressed);
    }

    /// The distinct pairs in order, lower member first.
    pub fn distinct(mut self) -> Vec<(u32, u32)> {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.pairs.iter().map(|pair| unpack(*pair)).collect()
    }

    /// The distinct pairs with how many blocks they shared, in order.
    pub fn counted(mut self) -> Vec<((u32, u32), u32)> {
        self.pairs.sort_unstable();
        let runs = self.pairs.chunk_by(|a, b| a == b);
        runs.map(|run| (unpack(run[0]), u32::try_from(run.len()).unwrap_or(u32::MAX))).collect()
    }
}

fn pack(a: u32, b: u32) -> u64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    (u64::from(low) << 32) | u64::from(high)
}

fn unpack(pair: u64) -> (u32, u32) {
    let half = |value: u64| u32::try_from(value & 0xffff_ffff).expect("masked to 32 bits");
    (half(pair >> 32), half(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_and_hubs_are_said() {
        let mut blocks = PairBlocks::default();
        blocks.add(1, &[3, 1, 2], 10);
        blocks.add(2, &[1, 3], 10);
        blocks.add(9, &[1, 2, 3, 4], 3);
        assert_eq!(blocks.suppressed, [Suppressed { value: 9, members: 4 }]);
        assert_eq!(blocks.clone().distinct(), [(1, 2), (1, 3), (2, 3)]);
        assert_eq!(blocks.counted(), [((1, 2), 1), ((1, 3), 2), ((2, 3), 1)]);
    }
}
