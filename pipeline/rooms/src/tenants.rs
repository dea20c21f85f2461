//! Two rooms in one building are parted: one place, one shift, and yet two lists.
//!
//! Lines at one place in the same hours are tied to each other whoever they belong to, so that two rooms there come up as one. What tells them apart is
//! what they lack: lines of one room that are in use on the same days call the same people and hand people on to each other; between two rooms next to
//! none do. A group is first cut into communities by what neighbours do not share; those between which more than a few (`[tenant] share_max`) of the
//! pairs of lines are tied that would be in one room, for each day that the lines of a pair both made calls, are put together again; and so are those
//! that hardly ever did so on one day, of which nothing can be said.
//!
//! Known false alarm: teams of one house that work lists of their own and never hand on to each other come up as rooms of one place.

use crate::common_days::CommonDays;
use crate::config::TenantConfig;
use crate::pairs::{Link, group_of};
use domain::Family;
use domain::num::u32_of;

/// A group that may hold two rooms; members are named by their places in it.
pub(crate) struct Building<'a> {
    /// The days on which each member made calls, in order.
    pub(crate) days: &'a [Vec<u32>],
    /// The links between members.
    pub(crate) links: &'a [Link],
}

impl Building<'_> {
    /// The rooms of the building, each its members in order: made of these parts, which need not hold all members. Nothing where it is one room.
    pub(crate) fn rooms(&self, mut parts: Vec<Vec<u32>>, config: &TenantConfig) -> Vec<Vec<u32>> {
        let part_of = group_of(&parts, self.days.len());
        let ties = self.links.iter().filter(|link| link.bits[Family::Targets.index()] > 0.0);
        let ties = ties.map(|link| (link.a, link.b));
        let mut common = CommonDays::of(parts.len(), &part_of, self.days, ties);
        while let Some((one, other)) = nearest(&common, &parts, config) {
            common.join_parts(&mut parts, one, other);
        }
        if parts.len() < 2 {
            return Vec::new();
        }
        self.settle(&mut parts);
        parts
    }

    /// Members of no part go to the room that ties them most by what neighbours do not share; where none does, to the largest.
    fn settle(&self, rooms: &mut [Vec<u32>]) {
        let room_of = group_of(rooms, self.days.len());
        let mut ties = vec![vec![0.0; rooms.len()]; room_of.len()];
        for link in self.links {
            let own: f64 = [Family::Device, Family::Targets, Family::Numbering]
                .map(|family| link.bits[family.index()])
                .iter()
                .sum();
            for (at, other) in [(link.a, link.b), (link.b, link.a)] {
                if let Some(room) = room_of[other as usize] {
                    ties[at as usize][room as usize] += own.max(0.0);
                }
            }
        }
        let lines: Vec<usize> = rooms.iter().map(Vec::len).collect();
        for (at, ties) in ties.iter().enumerate().filter(|(at, _)| room_of[*at].is_none()) {
            let most = (0..rooms.len()).max_by(|a, b| {
                ties[*a].total_cmp(&ties[*b]).then(lines[*a].cmp(&lines[*b])).then(b.cmp(a))
            });
            if let Some(room) = most {
                rooms[room].push(u32_of(at));
            }
        }
        rooms.iter_mut().for_each(|room| room.sort_unstable());
    }
}

/// The two parts that are tied most, as long as any are tied enough for one room; then those of which little can be said.
fn nearest(
    common: &CommonDays,
    parts: &[Vec<u32>],
    config: &TenantConfig,
) -> Option<(usize, usize)> {
    let weighed = common.pairs().map(|(one, other)| {
        let tied = common.tied(one, other);
        let expected = common.expected(one, other) + config.few_ties;
        let (seen, at_most) = (tied / expected, (tied + config.few_ties) / expected);
        let seen = if seen >= config.share_max { seen } else { 0.0 };
        (seen, at_most, parts[one].len() + parts[other].len(), one, other)
    });
    let near = weighed.filter(|(_, at_most, ..)| *at_most >= config.share_max);
    let nearest = near.max_by(|a, b| {
        let by_ties = a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
        by_ties.then(a.2.cmp(&b.2)).then((b.3, b.4).cmp(&(a.3, a.4)))
    });
    nearest.map(|(.., one, other)| (one, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of one place and shift; those of one list, told by its number, share targets.
    fn links(list: &[u32]) -> Vec<Link> {
        let lines = u32_of(list.len());
        let pairs = (0..lines).flat_map(|a| (a + 1..lines).map(move |b| (a, b)));
        let targets = |a: u32, b: u32| if list[a as usize] == list[b as usize] { 3.0 } else { 0.0 };
        pairs.map(|(a, b)| Link { a, b, bits: [0.0, 6.0, targets(a, b), 2.0, 0.0] }).collect()
    }

    fn rooms(list: &[u32], days: &[(u32, u32)], parts: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
        let days: Vec<Vec<u32>> = days.iter().map(|(from, to)| (*from..*to).collect()).collect();
        let links = links(list);
        Building { days: &days, links: &links }.rooms(parts, &TenantConfig::default())
    }

    fn lines(range: std::ops::Range<u32>) -> Vec<u32> {
        range.collect()
    }

    #[test]
    fn two_lists_on_the_same_days_are_two_rooms() {
        let list: Vec<u32> = (0..24).map(|at| at / 12).collect();
        let found = rooms(&list, &[(0, 20); 24], vec![lines(0..11), lines(12..24)]);
        assert_eq!(found, [lines(0..12), lines(12..24)], "a line of no part goes to its list");
    }

    #[test]
    fn parts_of_one_list_are_one_room() {
        let found = rooms(&[7; 24], &[(0, 20); 24], vec![lines(0..12), lines(12..24)]);
        assert_eq!(found, Vec::<Vec<u32>>::new());
    }

    #[test]
    fn lines_that_follow_each_other_are_one_room_whatever_they_share() {
        let list: Vec<u32> = (0..24).map(|at| at / 12).collect();
        let days: Vec<(u32, u32)> =
            (0..24).map(|at| if at < 12 { (0, 9) } else { (10, 20) }).collect();
        assert!(rooms(&list, &days, vec![lines(0..12), lines(12..24)]).is_empty());
    }

    #[test]
    fn pieces_in_time_stay_with_their_own_room() {
        // Two rooms of 12 lines at a time; each changes all its lines, with some days of both.
        let list: Vec<u32> = (0..48).map(|at| at / 24).collect();
        let days: Vec<(u32, u32)> =
            (0..48).map(|at| if at / 12 % 2 == 0 { (0, 11) } else { (9, 20) }).collect();
        let parts = vec![lines(0..12), lines(12..24), lines(24..36), lines(36..48)];
        assert_eq!(rooms(&list, &days, parts), [lines(0..24), lines(24..48)]);
    }
}
