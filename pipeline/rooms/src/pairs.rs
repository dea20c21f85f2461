//! Pairs of candidates that share something, weighed by all families, and the communities they form.

use crate::candidate::Candidate;
use crate::config::PairConfig;
use crate::evidence::targets::{Activity, Chance, HandOff, Passed, Shared};
use crate::evidence::{device, numbering, place, rhythm, targets};
use crate::survey::Survey;
use domain::num::{high32, low32, pack, u32_of};
use facts::Names;
use graph::{Edge, Graph, Objective, leiden};
use linkage::Suppressed;
use rayon::prelude::*;

/// A pair of candidates that belongs together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// One candidate.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// Bits by family, in the order of [`domain::Family::ALL`].
    pub bits: [f64; 5],
}

/// What was looked at to weigh pairs.
#[derive(Debug, Default)]
pub struct Linked {
    /// Pairs that belong together.
    pub links: Vec<Link>,
    /// Hubs whose pairs were not made: family and value.
    pub suppressed: Vec<(domain::Family, Suppressed)>,
    /// Odds, in bits, that a pair of candidates must overcome.
    pub prior_bits: f64,
}

/// Weighs all pairs that share something.
pub fn link(survey: &Survey, lines: &Names, config: &PairConfig) -> Linked {
    let candidates = &survey.candidates;
    let presences: Vec<_> = candidates.par_iter().map(place::presences).collect();
    let uses: Vec<_> = candidates.par_iter().map(device::uses).collect();
    let shifts: Vec<_> = candidates.par_iter().map(rhythm::shift).collect();
    let touches = targets::touches(candidates);
    let evidence = targets::evidence(&touches, config);
    let activities: Vec<_> =
        candidates.par_iter().map(|candidate| activity(candidate, config)).collect();
    let mut suppressed = Vec::new();
    let mut note = |family, blocks: &linkage::PairBlocks| {
        suppressed.extend(blocks.suppressed.iter().map(|hub| (family, *hub)));
    };
    let (by_device, by_place) = (device::block(&uses, config), place::block(&presences, config));
    note(domain::Family::Device, &by_device);
    note(domain::Family::Place, &by_place);
    note(domain::Family::Targets, &evidence.shared);
    let mut blocks = by_device;
    blocks.append(by_place);
    blocks.append(numbering::block(candidates, lines, config.number_gap_max));
    let shared = evidence.shared.counted();
    for ((a, b), _) in shared.iter().filter(|(_, count)| *count > 1) {
        blocks.add_pair(*a, *b);
    }
    for passed in &evidence.passed {
        blocks.add_pair(high32(passed.pair), low32(passed.pair));
    }
    let chance = Chance { targets: evidence.targets as f64 };
    let prior_bits = (candidates.len() as f64 / config.partners_expected).log2().max(0.0);
    let weigh = |(a, b): &(u32, u32)| {
        let (at, to) = (*a as usize, *b as usize);
        let seen = shared_of(*a, *b, &shared, &evidence.passed);
        let bits = [
            device::weight(&uses[at], &uses[to], survey),
            place::weight(&presences[at], &presences[to], survey),
            targets::weight(seen, activities[at], activities[to], chance, config),
            rhythm::weight(&shifts[at], &shifts[to]),
            numbering::weight(
                candidates[at].line,
                candidates[to].line,
                lines,
                config.number_gap_max,
            ),
        ];
        Link { a: *a, b: *b, bits }
    };
    let same_kind =
        |(a, b): &(u32, u32)| candidates[*a as usize].kind == candidates[*b as usize].kind;
    let pairs: Vec<(u32, u32)> = blocks.distinct().into_iter().filter(same_kind).collect();
    let links = pairs
        .par_iter()
        .map(weigh)
        .filter(|link| link.bits.iter().sum::<f64>() > prior_bits)
        .collect();
    Linked { links, suppressed, prior_bits }
}

fn activity(candidate: &Candidate, config: &PairConfig) -> Activity {
    let first = candidate.made.first().map_or(0, |call| call.start_s);
    let last = candidate.made.last().map_or(0, |call| call.start_s);
    // A working day has about nine hours: chance is measured against hours that are worked.
    let days = f64::from(last.saturating_sub(first)) / 86_400.0;
    Activity {
        targets: f64::from(candidate.profile.volume.callees),
        calls: candidate.made.len() as f64,
        long: candidate.made.iter().filter(|call| call.duration_s >= config.talk_min_s).count()
            as f64,
        received: candidate.received.len() as f64,
        hours: days.max(1.0) * 9.0,
    }
}

fn shared_of(a: u32, b: u32, shared: &[((u32, u32), u32)], passed: &[Passed]) -> Shared {
    let pair = pack(a, b);
    let targets =
        shared.binary_search_by_key(&(a, b), |(pair, _)| *pair).map_or(0, |at| shared[at].1);
    let first = passed.partition_point(|passed| passed.pair < pair);
    let own = passed[first..].iter().take_while(|passed| passed.pair == pair);
    let mut found = Shared { targets: f64::from(targets), ..Shared::default() };
    for passed in own {
        match passed.how {
            HandOff::Quick => found.quick += 1.0,
            HandOff::Slow => found.slow += 1.0,
            HandOff::Dialled => found.dialled += 1.0,
        }
    }
    found
}

/// The communities of linked candidates: indexes of their members, larger groups first. Each line keeps its best links only.
pub fn communities(
    linked: &Linked,
    candidates: usize,
    lines_min: usize,
    config: &PairConfig,
) -> Vec<Vec<u32>> {
    let weight = |link: &Link| {
        (link.bits.iter().sum::<f64>() - linked.prior_bits).min(config.weight_max_bits)
    };
    let mut best: Vec<Vec<(f64, u32)>> = vec![Vec::new(); candidates];
    for (at, link) in linked.links.iter().enumerate() {
        best[link.a as usize].push((weight(link), u32_of(at)));
        best[link.b as usize].push((weight(link), u32_of(at)));
    }
    let mut kept = vec![false; linked.links.len()];
    for own in &mut best {
        own.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        own.iter().take(config.degree_max).for_each(|(_, at)| kept[*at as usize] = true);
    }
    let chosen = linked.links.iter().zip(&kept).filter(|(_, kept)| **kept);
    let edges: Vec<Edge> =
        chosen.map(|(link, _)| Edge { a: link.a, b: link.b, weight: weight(link) }).collect();
    let graph = Graph::new(candidates, &edges);
    let label = leiden(&graph, Objective::Cpm { resolution: config.resolution_bits }, 1, 20);
    let mut members: Vec<(u32, u32)> =
        label.iter().enumerate().map(|(at, label)| (*label, u32_of(at))).collect();
    members.sort_unstable();
    let groups = members.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() >= lines_min);
    let mut groups: Vec<Vec<u32>> =
        groups.map(|group| group.iter().map(|(_, at)| *at).collect()).collect();
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    groups
}
