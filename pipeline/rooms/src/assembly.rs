//! From pieces to whole rooms.
//!
//! A room outlives its lines. Where handsets and cells are not seen, lines that never worked on the same day share little, and the room
//! comes up in pieces; a relay comes up in one for each of its places. Pieces of one room are tied to each other far more than to other
//! groups: two groups are put together where the weight between them is many times what is expected. There are two views of that. One is
//! what their ties with all others let expect (the null model of modularity: M. Newman, "Modularity and community structure in networks",
//! 2006, without the pair itself); it knows that a room of many calls meets every other by chance. The other is what they have with those
//! groups that they are least tied to; it holds where a room is in so many pieces that these are most of each other's ties.

use crate::common_days::CommonDays;
use crate::config::AssemblyConfig;
use crate::pairs::{Link, Linked, group_of};
use domain::Family;
use domain::num::u32_of;
use std::collections::BTreeMap;

/// Puts groups together; `groups` are members, indexes of candidates, and so is the answer: each group's in order, the groups in the order
/// of their first pieces.
pub(crate) fn assembled(
    groups: &[Vec<u32>],
    candidates: usize,
    linked: &Linked,
    config: &AssemblyConfig,
) -> Vec<Vec<u32>> {
    let mut ties = Ties::of(groups, candidates, linked);
    let mut groups = groups.to_vec();
    while let Some((one, other)) = ties.strongest(config) {
        let mut joined = std::mem::take(&mut groups[other as usize]);
        groups[one as usize].append(&mut joined);
        groups[one as usize].sort_unstable();
        ties.join(one, other);
    }
    groups.retain(|members| !members.is_empty());
    groups
}

/// Puts groups together that are tied as lines of one room are, on the days that they have in common; `days` are those on which each candidate made
/// calls. This view needs no other groups to measure against.
pub(crate) fn assembled_by_days(
    groups: &[Vec<u32>],
    days: &[Vec<u32>],
    linked: &Linked,
    config: &AssemblyConfig,
) -> Vec<Vec<u32>> {
    let group_of = group_of(groups, days.len());
    let ties = linked.links.iter().filter(|link| link.bits[Family::Targets.index()] > 0.0);
    let ties = ties.map(|link| (link.a, link.b));
    let mut common = CommonDays::of(groups.len(), &group_of, days, ties);
    let mut groups = groups.to_vec();
    let strongest = |common: &CommonDays| {
        let enough = common.pairs().filter_map(|(one, other)| {
            let expected = common.expected(one, other);
            let share = common.tied(one, other) / expected.max(1.0);
            let enough = expected >= config.ties_expected_min && share >= config.tied_share_min;
            enough.then_some((share, one, other))
        });
        enough.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))))
    };
    while let Some((_, one, other)) = strongest(&common) {
        common.join_parts(&mut groups, one, other);
    }
    groups
}

/// What ties groups to each other.
struct Ties {
    between: BTreeMap<(u32, u32), Tie>,
    /// Lines of each group; none of a group that became part of another.
    lines: Vec<f64>,
}

#[derive(Clone, Copy, Default)]
struct Tie {
    /// Weight of the links, bits.
    bits: f64,
    links: usize,
}

/// What groups have with all others, which a tie is measured against.
struct Others {
    /// Weight between each group and all others, bits.
    bits: Vec<f64>,
    /// The sum of these.
    all: f64,
    /// Groups that are tied to any other.
    tied: f64,
    /// Other groups.
    groups: f64,
    /// Weight of a pair of lines, one in the group and one in another, that three quarters of the other groups reach, bits.
    quartile: Vec<f64>,
}

impl Ties {
    fn of(groups: &[Vec<u32>], candidates: usize, linked: &Linked) -> Self {
        let group_of = group_of(groups, candidates);
        let mut between: BTreeMap<(u32, u32), Tie> = BTreeMap::new();
        for link in &linked.links {
            let (Some(a), Some(b)) = (group_of[link.a as usize], group_of[link.b as usize]) else {
                continue;
            };
            let bits = tying_bits(link, linked.prior_bits);
            if a != b && bits > 0.0 {
                let tie = between.entry((a.min(b), a.max(b))).or_default();
                tie.bits += bits;
                tie.links += 1;
            }
        }
        let lines = groups.iter().map(|members| f64::from(u32_of(members.len()))).collect();
        Self { between, lines }
    }

    /// Pairs of lines, one in each group.
    fn pairs(&self, one: u32, other: u32) -> f64 {
        self.lines[one as usize] * self.lines[other as usize]
    }

    /// The two groups that are tied the most times as much as asked for, if any are.
    fn strongest(&self, config: &AssemblyConfig) -> Option<(u32, u32)> {
        let others = self.others();
        let enough = |((one, other), tie): (&(u32, u32), &Tie)| {
            let pairs = self.pairs(*one, *other);
            let chances = pairs * (1.0 + config.few_groups / others.groups.max(1.0));
            let by_ties = others.by_ties(*one, *other, tie);
            let by_quartile = others.by_quartile(*one, *other) * pairs;
            let share = config.by_ties.share(tie.bits, by_ties, chances);
            let share = share.max(config.by_quartile.share(tie.bits, by_quartile, chances));
            (tie.links >= config.links_min && share >= 1.0).then_some((share, *one, *other))
        };
        let strongest = self.between.iter().filter_map(enough);
        let strongest =
            strongest.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        strongest.map(|(_, one, other)| (one, other))
    }

    fn others(&self) -> Others {
        let mut bits = vec![0.0; self.lines.len()];
        let mut densities: Vec<Vec<f64>> = vec![Vec::new(); self.lines.len()];
        for ((one, other), tie) in &self.between {
            for group in [*one, *other] {
                bits[group as usize] += tie.bits;
                densities[group as usize].push(tie.bits / self.pairs(*one, *other));
            }
        }
        let groups = self.lines.iter().filter(|lines| **lines > 0.0).count().saturating_sub(1);
        let quartile = densities.iter_mut().map(|own| {
            own.sort_unstable_by(f64::total_cmp);
            // Most groups are not tied to most others at all.
            let untied = groups.saturating_sub(own.len());
            (groups / 4).checked_sub(untied).and_then(|at| own.get(at).copied()).unwrap_or(0.0)
        });
        Others {
            all: bits.iter().sum(),
            tied: f64::from(u32_of(bits.iter().filter(|bits| **bits > 0.0).count())),
            groups: f64::from(u32_of(groups)),
            quartile: quartile.collect(),
            bits,
        }
    }

    /// Makes one group of two.
    fn join(&mut self, one: u32, other: u32) {
        self.between.remove(&(one, other));
        self.lines[one as usize] += std::mem::take(&mut self.lines[other as usize]);
        let moved = self.between.extract_if(.., |(a, b), _| *a == other || *b == other);
        let moved: Vec<_> = moved.collect();
        for ((a, b), tie) in moved {
            let third = if a == other { b } else { a };
            let into = self.between.entry((one.min(third), one.max(third))).or_default();
            into.bits += tie.bits;
            into.links += tie.links;
        }
    }
}

/// What a link says for one room, bits. A shared place says nothing more here: it would have put the pieces together already, and rooms
/// may be neighbours. That places differ still counts against it.
fn tying_bits(link: &Link, prior_bits: f64) -> f64 {
    let [device, place, targets, rhythm, numbering] = link.bits;
    device + place.min(0.0) + targets + rhythm + numbering - prior_bits
}

impl Others {
    /// What the ties of two groups with all others let expect between them, bits.
    fn by_ties(&self, one: u32, other: u32, tie: &Tie) -> f64 {
        let among_others = self.all - 2.0 * tie.bits;
        let with_others = |group: u32| self.bits[group as usize] - tie.bits;
        if among_others <= 0.0 || self.tied <= 2.0 {
            return 0.0;
        }
        // The pair is left out of what it is measured against. Among few groups, all tied alike, that leaves too little: the first factor
        // makes good for it.
        let few = (self.tied + 1.0) / (self.tied - 2.0);
        (few * with_others(one) * with_others(other) / among_others).max(0.0)
    }

    /// Weight of a pair of lines that either group has with those it is least tied to, bits.
    fn by_quartile(&self, one: u32, other: u32) -> f64 {
        self.quartile[one as usize].max(self.quartile[other as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three groups of four lines; pairs of lines and the bits of their link.
    fn joined(links: &[(u32, u32, f64)]) -> Vec<Vec<u32>> {
        let groups = [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9, 10, 11]];
        let link = |(a, b, bits): &(u32, u32, f64)| Link {
            a: *a,
            b: *b,
            bits: [0.0, 0.0, *bits, 0.0, 0.0],
        };
        let links = links.iter().map(link).collect();
        let linked = Linked { links, prior_bits: 5.0, ..Linked::default() };
        assembled(&groups, 12, &linked, &AssemblyConfig::default())
    }

    #[test]
    fn pieces_that_are_tied_to_each_other_alone_are_one_room() {
        let found = joined(&[(0, 4, 9.0), (1, 4, 8.0), (2, 6, 9.0), (3, 7, 8.0), (3, 8, 6.0)]);
        assert_eq!(found, [vec![0, 1, 2, 3, 4, 5, 6, 7], vec![8, 9, 10, 11]]);
    }

    #[test]
    fn pieces_that_are_tied_on_their_common_days_as_within_are_one_room() {
        let groups = [vec![0, 1, 2, 3, 4, 5], vec![6, 7, 8, 9, 10, 11]];
        let joined = |across: f64, later: u32| {
            let pairs = (0..12).flat_map(|a| (a + 1..12).map(move |b| (a, b)));
            let targets = |a: u32, b: u32| if a / 6 == b / 6 { 2.0 } else { across };
            let links =
                pairs.map(|(a, b)| Link { a, b, bits: [0.0, 0.0, targets(a, b), 0.0, 0.0] });
            let linked = Linked { links: links.collect(), ..Linked::default() };
            let days: Vec<Vec<u32>> = (0..12)
                .map(|at| if at < 6 { vec![1, 2, 3] } else { vec![later, later + 1] })
                .collect();
            assembled_by_days(&groups, &days, &linked, &AssemblyConfig::default()).len()
        };
        assert_eq!((joined(2.0, 3), joined(0.0, 3)), (1, 2));
        assert_eq!(joined(2.0, 9), 2, "nothing is said of those that share no day");
    }

    #[test]
    fn neighbours_stay_apart() {
        let groups = [vec![0, 1, 2, 3], vec![4, 5, 6, 7]];
        let pairs = (0..4).flat_map(|a| (4..8).map(move |b| (a, b)));
        let links = pairs.map(|(a, b)| Link { a, b, bits: [0.0, 9.0, 2.0, 2.0, 0.0] });
        let linked = Linked { links: links.collect(), prior_bits: 5.0, ..Linked::default() };
        assert_eq!(assembled(&groups, 8, &linked, &AssemblyConfig::default()), groups);
    }

    #[test]
    fn groups_that_are_tied_to_all_others_alike_stay_apart() {
        let all: Vec<(u32, u32, f64)> = (0..12)
            .flat_map(|a| (0..12).map(move |b| (a, b, 9.0)))
            .filter(|(a, b, _)| a < b && a / 4 != b / 4)
            .collect();
        assert_eq!(joined(&all).len(), 3);
    }

    #[test]
    fn a_few_links_are_no_tie() {
        assert_eq!(joined(&[(0, 4, 12.0), (1, 5, 12.0), (2, 6, 12.0)]).len(), 3);
    }
}
