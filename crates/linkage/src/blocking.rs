//! Blocking: who shares a value with whom, without the values that everybody shares.

/// A value that more things share than a block may hold; its pairs are not made, and that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The value.
    pub value: u32,
    /// How many share it.
    pub members: usize,
}

/// Collects blocks: things that share a value. Pairs are not written down: there are too many of them.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    /// The members of one block after the other, in order; the last of each block has [`LAST`] set.
    members: Vec<u32>,
    /// Values whose blocks were too large.
    pub suppressed: Vec<Suppressed>,
}

/// Marks the last member of a block.
const LAST: u32 = 1 << 31;

impl Blocks {
    /// Adds the block of `members` (distinct, below 2^31), which share `value`, unless they are more than `members_max`.
    pub fn add(&mut self, value: u32, members: &[u32], members_max: usize) {
        if members.len() > members_max {
            self.suppressed.push(Suppressed { value, members: members.len() });
            return;
        }
        let first = self.members.len();
        self.members.extend_from_slice(members);
        self.members[first..].sort_unstable();
        if let Some(last) = self.members[first..].last_mut() {
            *last |= LAST;
        }
    }

    /// Adds another collection's blocks.
    pub fn append(&mut self, mut other: Self) {
        self.members.append(&mut other.members);
        self.suppressed.append(&mut other.suppressed);
    }

    /// Makes the partners of each of so many things ready to be asked for.
    pub fn partners(self, things: usize) -> Partners {
        let mut offsets = vec![0_usize; things + 1];
        // The last of a block has nobody after it.
        let not_last =
            || self.members.iter().enumerate().filter(|(_, member)| **member & LAST == 0);
        for (_, member) in not_last() {
            offsets[*member as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let mut next = offsets.clone();
        let mut places = vec![0; offsets.last().copied().unwrap_or(0)];
        for (at, member) in not_last() {
            let next = &mut next[*member as usize];
            places[*next] = u32::try_from(at).expect("blocks hold fewer than 2^32 members");
            *next += 1;
        }
        Partners { members: self.members, offsets, places }
    }
}

/// Who shares a block with whom.
#[derive(Clone, Debug, Default)]
pub struct Partners {
    members: Vec<u32>,
    offsets: Vec<usize>,
    /// For each thing, where it stands in its blocks.
    places: Vec<u32>,
}

impl Partners {
    /// Appends the partners of a thing that stand after it in order: one for each block that both are in.
    pub fn after(&self, thing: u32, into: &mut Vec<u32>) {
        let own = self.offsets[thing as usize]..self.offsets[thing as usize + 1];
        for place in &self.places[own] {
            for member in &self.members[*place as usize + 1..] {
                into.push(member & !LAST);
                if member & LAST != 0 {
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_are_told_once_a_block_and_hubs_are_said() {
        let mut blocks = Blocks::default();
        blocks.add(1, &[3, 1, 2], 10);
        let mut more = Blocks::default();
        more.add(2, &[1, 3], 10);
        more.add(9, &[1, 2, 3, 4], 3);
        blocks.append(more);
        assert_eq!(blocks.suppressed, [Suppressed { value: 9, members: 4 }]);
        let partners = blocks.partners(5);
        let of = |thing| {
            let mut into = Vec::new();
            partners.after(thing, &mut into);
            into.sort_unstable();
            into
        };
        assert_eq!([of(0), of(1), of(2), of(3)], [vec![], vec![2, 3, 3], vec![3], vec![]]);
    }
}
