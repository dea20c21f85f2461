//! Lines that hang on a group by a thread.
//!
//! Among many candidates some share a target or follow a call by chance with one line of a room. What sets them apart is what they
//! lack: the members of the room are tied to many of the others. A coincidence of handset, place or number is none.

use crate::pairs::{Link, Linked, group_of};

/// Each group without the members that hang on it by a thread. `candidates` counts the lines that links name.
pub(crate) fn cut(
    groups: &[&[u32]],
    candidates: usize,
    linked: &Linked,
    thread_share_max: f64,
) -> Vec<Vec<u32>> {
    let ties = Ties::of(groups, candidates, linked);
    let cut = groups.iter().map(|members| {
        let thread = ties.usual(members) * thread_share_max;
        members.iter().copied().filter(|at| ties.holds(*at, thread)).collect()
    });
    cut.collect()
}

/// How members are tied to the others of their group.
struct Ties {
    /// Others that each is tied to.
    count: Vec<u32>,
    /// Whether handset, place or number ties it to one of them.
    firm: Vec<bool>,
}

impl Ties {
    fn of(groups: &[&[u32]], candidates: usize, linked: &Linked) -> Self {
        let group_of = group_of(groups, candidates);
        let mut ties = Self { count: vec![0; candidates], firm: vec![false; candidates] };
        for link in &linked.links {
            let (a, b) = (link.a as usize, link.b as usize);
            if group_of[a].is_some() && group_of[a] == group_of[b] {
                for end in [a, b] {
                    ties.count[end] += 1;
                    ties.firm[end] |= is_firm(link);
                }
            }
        }
        ties
    }

    /// The ties of the middle member.
    fn usual(&self, members: &[u32]) -> f64 {
        let mut counts: Vec<u32> = members.iter().map(|at| self.count[*at as usize]).collect();
        counts.sort_unstable();
        counts.get(counts.len() / 2).map_or(0.0, |middle| f64::from(*middle))
    }

    fn holds(&self, at: u32, thread: f64) -> bool {
        self.firm[at as usize] || f64::from(self.count[at as usize]) > thread
    }
}

fn is_firm(link: &Link) -> bool {
    let [device, place, _, _, numbering] = link.bits;
    device > 0.0 || place > 0.0 || numbering > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight lines tied to each other, and line 8 tied to line 0 only.
    fn linked(thread: [f64; 5]) -> Linked {
        let targets = [0.0, 0.0, 9.0, 1.0, 0.0];
        let pairs = (0..8).flat_map(|a| (a + 1..8).map(move |b| Link { a, b, bits: targets }));
        let links = pairs.chain([Link { a: 0, b: 8, bits: thread }]).collect();
        Linked { links, ..Linked::default() }
    }

    #[test]
    fn a_line_that_one_coincidence_ties_is_left_out_unless_it_is_a_firm_one() {
        let all: Vec<u32> = (0..9).collect();
        let left = |thread| cut(&[&all], 9, &linked(thread), 1.0 / 6.0);
        assert_eq!(left([0.0, 0.0, 14.0, 1.0, 0.0]), [&all[..8]]);
        assert_eq!(left([4.0, 0.0, 0.0, 0.0, 0.0]), [&all[..]]);
    }

    #[test]
    fn a_chain_of_lines_holds_together() {
        let link = |a, b| Link { a, b, bits: [0.0, 0.0, 9.0, 0.0, 0.0] };
        let linked =
            Linked { links: vec![link(0, 1), link(1, 2), link(2, 3)], ..Linked::default() };
        assert_eq!(cut(&[&[0, 1, 2, 3]], 4, &linked, 1.0 / 6.0), [[0, 1, 2, 3]]);
    }
}
