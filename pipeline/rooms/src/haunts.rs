//! Where candidates called from and what they held, side by side.
//!
//! There are far more pairs to be weighed than candidates, most of them neighbours and no more. What tells that lies here close together: a
//! candidate itself is only looked at for a pair that may yet belong together.

use crate::candidate::{Candidate, Kind};
use crate::evidence::device::Use;
use crate::evidence::place::Presence;
use domain::num::u32_of;

/// The haunts of all candidates.
#[derive(Debug)]
pub(crate) struct Haunts {
    kinds: Vec<Kind>,
    uses: Lists<Use>,
    presences: Lists<Presence>,
}

/// Lists, one behind the other.
#[derive(Debug)]
struct Lists<T> {
    all: Vec<T>,
    /// Where each list begins; one more than lists.
    offsets: Vec<u32>,
}

impl Haunts {
    /// The haunts of candidates, in their order.
    pub(crate) fn of(candidates: &[Candidate]) -> Self {
        Self {
            kinds: candidates.iter().map(|candidate| candidate.kind).collect(),
            uses: Lists::of(candidates.iter().map(|candidate| &*candidate.uses)),
            presences: Lists::of(candidates.iter().map(|candidate| &*candidate.presences)),
        }
    }

    /// Why a candidate may be worked.
    #[inline]
    pub(crate) fn kind(&self, at: u32) -> Kind {
        self.kinds[at as usize]
    }

    /// Its handsets, most used first.
    #[inline]
    pub(crate) fn uses(&self, at: u32) -> &[Use] {
        self.uses.list(at)
    }

    /// Its cells, most used first.
    #[inline]
    pub(crate) fn presences(&self, at: u32) -> &[Presence] {
        self.presences.list(at)
    }
}

impl<T: Copy> Lists<T> {
    fn of<'a>(lists: impl Iterator<Item = &'a [T]>) -> Self
    where
        T: 'a,
    {
        let (mut all, mut offsets) = (Vec::new(), vec![0]);
        for list in lists {
            all.extend_from_slice(list);
            offsets.push(u32_of(all.len()));
        }
        Self { all, offsets }
    }

    #[inline]
    fn list(&self, at: u32) -> &[T] {
        let at = at as usize;
        &self.all[self.offsets[at] as usize..self.offsets[at + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_each_by_itself() {
        let lists: [&[u8]; 4] = [&[1, 2], &[], &[3], &[]];
        let listed = Lists::of(lists.into_iter());
        let found: Vec<&[u8]> = (0..4).map(|at| listed.list(at)).collect();
        assert_eq!(found, lists);
    }
}
