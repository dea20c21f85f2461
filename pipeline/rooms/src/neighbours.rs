//! Groups that only a place and an hour put together: a room and an office in one building are parted.
//!
//! Lines at one place in the same hours are tied to each other whoever they belong to. Where such a group does not look like a room, its
//! lines are grouped once more by what neighbours do not share: handsets, targets and numbers.

use crate::config::{Config, PairConfig};
use crate::pairs::{Link, Linked, communities, group_of};
use crate::tenants::Building;
use domain::Family;
use domain::num::u32_of;

/// The links within each group, between places among its members.
pub(crate) struct Neighbours {
    links: Vec<Vec<Link>>,
}

impl Neighbours {
    /// The links within groups; `groups` are members, indexes of candidates, in order.
    pub(crate) fn of<M: AsRef<[u32]>>(groups: &[M], candidates: usize, linked: &Linked) -> Self {
        let group_of = group_of(groups, candidates);
        let mut links: Vec<Vec<Link>> = vec![Vec::new(); groups.len()];
        for link in &linked.links {
            let (a, b) = (group_of[link.a as usize], group_of[link.b as usize]);
            if let Some(group) = a.filter(|_| a == b) {
                let members = groups[group as usize].as_ref();
                let place = |at: u32| u32_of(members.partition_point(|member| *member < at));
                let link = Link { a: place(link.a), b: place(link.b), ..*link };
                links[group as usize].push(without_place_and_hours(link));
            }
        }
        Self { links }
    }

    /// The parts of a group, indexes of candidates; nothing where it does not fall into several.
    pub(crate) fn parted(
        &self,
        group: usize,
        members: &[u32],
        lines_min: usize,
        config: &PairConfig,
    ) -> Vec<Vec<u32>> {
        named(self.parts(group, members.len(), lines_min, config), members)
    }

    /// The rooms of a group that holds several, indexes of candidates; nothing where it is one. `days` are those on which each of its members made
    /// calls.
    pub(crate) fn rooms(
        &self,
        group: usize,
        members: &[u32],
        days: &[Vec<u32>],
        config: &Config,
    ) -> Vec<Vec<u32>> {
        let parts = self.parts(group, members.len(), config.lead.lines_min, &config.pair);
        let building = Building { days, links: &self.links[group] };
        named(building.rooms(parts, &config.tenant), members)
    }

    /// The parts of a group of so many members, as places among them.
    fn parts(
        &self,
        group: usize,
        members: usize,
        lines_min: usize,
        config: &PairConfig,
    ) -> Vec<Vec<u32>> {
        let prior_bits = (members as f64 / config.partners_expected).log2().max(0.0);
        let links = self.links[group].iter().copied();
        let links = links.filter(|link| link.bits.iter().sum::<f64>() > prior_bits).collect();
        let own = Linked { links, prior_bits, ..Linked::default() };
        let parts = communities(&own, members, lines_min, config);
        if parts.iter().all(|part| part.len() == members) {
            return Vec::new();
        }
        parts
    }
}

/// Parts given as places among members, as those members.
fn named(parts: Vec<Vec<u32>>, members: &[u32]) -> Vec<Vec<u32>> {
    let named = |part: Vec<u32>| part.into_iter().map(|at| members[at as usize]).collect();
    parts.into_iter().map(named).collect()
}

fn without_place_and_hours(mut link: Link) -> Link {
    for family in [Family::Place, Family::Rhythm] {
        link.bits[family.index()] = 0.0;
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_and_an_office_in_one_building_are_parted() {
        let tie = |a, b, device: f64| Link { a, b, bits: [device, 4.0, 0.0, 1.0, 0.0] };
        let both = |from: u32, device: f64| {
            (from..from + 4).flat_map(move |a| (a + 1..from + 4).map(move |b| tie(a, b, device)))
        };
        let across = (0..4).flat_map(|a| (4..8).map(move |b| tie(a, b, 0.0)));
        let links: Vec<Link> = both(0, 9.0).chain(both(4, 0.0)).chain(across).collect();
        let linked = Linked { links, ..Linked::default() };
        let config = PairConfig::default();
        let all: Vec<u32> = (0..8).collect();
        let parted = |members: &[u32]| {
            let group = vec![members.to_vec()];
            Neighbours::of(&group, 8, &linked).parted(0, members, 3, &config)
        };
        assert_eq!(parted(&all), [[0, 1, 2, 3]]);
        assert!(parted(&all[..4]).is_empty(), "the room alone stays whole");
    }
}
