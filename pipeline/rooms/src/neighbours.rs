//! Groups that only a place and an hour put together: a room and an office in one building are parted.
//!
//! Lines at one place in the same hours are tied to each other whoever they belong to. Where such a group does not look like a room, its
//! lines are grouped once more by what neighbours do not share: handsets, targets and numbers.

use crate::config::PairConfig;
use crate::pairs::{Link, Linked, communities};
use domain::Family;

/// The parts of a group, indexes of candidates; nothing where it does not fall into several.
pub(crate) fn parted(
    members: &[u32],
    candidates: usize,
    lines_min: usize,
    linked: &Linked,
    config: &PairConfig,
) -> Vec<Vec<u32>> {
    let mut inside = vec![false; candidates];
    members.iter().for_each(|at| inside[*at as usize] = true);
    let prior_bits = (members.len() as f64 / config.partners_expected).log2().max(0.0);
    let own = linked.links.iter().filter(|link| inside[link.a as usize] && inside[link.b as usize]);
    let links = own.map(without_place_and_hours);
    let links = links.filter(|link| link.bits.iter().sum::<f64>() > prior_bits).collect();
    let own = Linked { links, prior_bits, ..Linked::default() };
    let parts = communities(&own, candidates, lines_min, config);
    if parts.iter().all(|part| part.len() == members.len()) { Vec::new() } else { parts }
}

fn without_place_and_hours(link: &Link) -> Link {
    let mut link = *link;
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
        assert_eq!(parted(&all, 8, 3, &linked, &config), [[0, 1, 2, 3]]);
        assert!(parted(&all[..4], 8, 3, &linked, &config).is_empty(), "the room alone stays whole");
    }
}
