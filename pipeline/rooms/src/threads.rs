//! Lines that hang on a group by a thread.
//!
//! Among many candidates some share a target or follow a call by chance with one line of a room. What sets them apart is what they
//! lack: the members of the room are tied to many of the others. A coincidence of handset, place or number is none.
//!
//! People whom a room calls, and theirs, share several targets and follow several calls. They too lack what ties the lines that work, where
//! these are seen to share handsets, a place or a batch of numbers; and they work far less. Where no such tie is seen, only those who do next
//! to nothing are told apart.

use crate::config::PairConfig;
use crate::group::Group;
use crate::pairs::{Link, Linked, group_of};

/// Of each group, the members that stay: those that do not hang on it by a thread and are no onlookers. `candidates` counts the lines that links
/// name.
pub(crate) fn cut(
    groups: &[&Group],
    candidates: usize,
    linked: &Linked,
    config: &PairConfig,
) -> Vec<Vec<u32>> {
    let members: Vec<&[u32]> = groups.iter().map(|group| &*group.members).collect();
    let ties = Ties::of(&members, candidates, linked);
    let cut = groups.iter().map(|group| {
        let thread = ties.usual(&group.members) * config.thread_share_max;
        let pace_min = ties.pace_min(group, config);
        let paced = group.members.iter().copied().zip(&group.paces);
        let stay = paced.filter(|(at, pace)| {
            ties.is_firm(*at) || (**pace >= pace_min && f64::from(ties.count(*at)) > thread)
        });
        stay.map(|(at, _)| at).collect()
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

    /// How hard a member without a firm tie must work to be no onlooker.
    fn pace_min(&self, group: &Group, config: &PairConfig) -> f64 {
        let paced = group.members.iter().zip(&group.paces);
        let firm = paced.filter(|(at, _)| self.is_firm(**at));
        let mut paces: Vec<f64> = firm.map(|(_, pace)| *pace).collect();
        paces.sort_unstable_by(f64::total_cmp);
        let pace = if paces.len() < config.firm_lines_min {
            config.loose_pace_share * group.usual_pace()
        } else {
            config.onlooker_pace_share * paces[paces.len() / 2]
        };
        // Beside machines that dial all day those who answer for them do little, and more than people of their own life.
        pace.min(config.onlooker_pace_max)
    }

    fn is_firm(&self, at: u32) -> bool {
        self.firm[at as usize]
    }

    fn count(&self, at: u32) -> u32 {
        self.count[at as usize]
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

    fn left(paces: &[f64], linked: &Linked) -> Vec<u32> {
        let members = (0..).take(paces.len()).collect();
        let group = Group { members, paces: paces.to_vec(), ..Group::default() };
        cut(&[&group], paces.len(), linked, &PairConfig::default()).concat()
    }

    #[test]
    fn a_line_that_one_coincidence_ties_is_left_out_unless_it_is_a_firm_one() {
        let all: Vec<u32> = (0..9).collect();
        let left = |thread| left(&[9.0; 9], &linked(thread));
        assert_eq!(left([0.0, 0.0, 14.0, 1.0, 0.0]), all[..8]);
        assert_eq!(left([4.0, 0.0, 0.0, 0.0, 0.0]), all);
    }

    #[test]
    fn a_chain_of_lines_holds_together() {
        let link = |a, b| Link { a, b, bits: [0.0, 0.0, 9.0, 0.0, 0.0] };
        let links = vec![link(0, 1), link(1, 2), link(2, 3)];
        assert_eq!(left(&[9.0; 4], &Linked { links, ..Linked::default() }), [0, 1, 2, 3]);
    }

    fn linked_loosely(linked: &Linked) -> Linked {
        let loose = |link: &Link| Link { bits: [0.0, 0.0, 9.0, 1.0, 0.0], ..*link };
        Linked { links: linked.links.iter().map(loose).collect(), ..Linked::default() }
    }

    #[test]
    fn beside_lines_that_share_a_place_those_that_do_not_must_work_as_hard() {
        let mut linked = linked([0.0, 0.0, 9.0, 1.0, 0.0]);
        let loose = |a| (0..4).map(move |b| Link { a: b, b: a, bits: [0.0, 0.0, 9.0, 1.0, 0.0] });
        linked.links.extend([8, 9].into_iter().flat_map(loose));
        let mut paces = [20.0; 10];
        paces[8] = 4.0;
        assert_eq!(
            left(&paces, &linked),
            (0..10).collect::<Vec<u32>>(),
            "nothing tells them apart"
        );
        for link in linked.links.iter_mut().filter(|link| link.b < 8) {
            link.bits[1] = 4.0;
        }
        assert_eq!(left(&paces, &linked), [0, 1, 2, 3, 4, 5, 6, 7, 9], "somebody who was called");
        let loose = linked_loosely(&linked);
        paces[8] = 2.0;
        assert_eq!(left(&paces, &loose), [0, 1, 2, 3, 4, 5, 6, 7, 9], "somebody who does nothing");
    }
}
