//! Pairs of candidates that share something, weighed by all families, and the communities they form.

use crate::config::PairConfig;
use crate::evidence::targets::{Activity, Chance, HandOff, Passed, Shared};
use crate::evidence::{device, numbering, place, rhythm, targets};
use crate::haunts::Haunts;
use crate::survey::Survey;
use domain::Family;
use domain::num::{high32, low32, pack, u32_of};
use facts::{Budget, Names};
use graph::{Edge, Graph, Objective, leiden};
use linkage::{Blocks, Partners, Suppressed};
use profiles::Context;
use rayon::prelude::*;
use std::io;

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
    /// For each candidate, people who called it before any candidate had called them.
    pub uninvited: Vec<u32>,
    /// Hubs whose pairs were not made: family and value.
    pub suppressed: Vec<(Family, Suppressed)>,
    /// Odds, in bits, that a pair of candidates must overcome.
    pub prior_bits: f64,
}

/// Weighs all pairs that share something. Errors: the shelf is full or fails.
pub fn link(
    survey: &Survey,
    context: &Context<'_>,
    config: &PairConfig,
    budget: &Budget,
) -> io::Result<Linked> {
    let candidates = &survey.candidates;
    let evidence = targets::evidence(candidates, context, config, budget)?;
    let uninvited = counted(&evidence.uninvited, candidates.len());
    let called = counted(&evidence.called, candidates.len());
    let summoned = counted(&evidence.summoned, candidates.len());
    let uses = candidates.iter().map(|candidate| &*candidate.uses);
    let partners = |family, blocks: Blocks| {
        let hubs: Vec<_> = blocks.suppressed.iter().map(|hub| (family, *hub)).collect();
        (blocks.partners(candidates.len()), hubs)
    };
    let targets::TargetEvidence { shared, passed, targets, .. } = evidence;
    let ((by_device, by_place), by_target) = rayon::join(
        || {
            rayon::join(
                || partners(Family::Device, device::block(uses, config)),
                || partners(Family::Place, place::block(candidates, config)),
            )
        },
        || partners(Family::Targets, shared),
    );
    let suppressed = [by_device.1, by_place.1, by_target.1].concat();
    let pairs = Pairs {
        survey,
        haunts: Haunts::of(candidates),
        lines: context.lines,
        config,
        by_device: by_device.0,
        by_place: by_place.0,
        by_target: by_target.0,
        passed,
        public: public(candidates.iter().map(|one| one.activity), &called, &summoned, config),
        chance: Chance::new(&targets),
    };
    let prior_bits = (candidates.len() as f64 / config.partners_expected).log2().max(0.0);
    let all = (0..u32_of(candidates.len())).into_par_iter().with_max_len(CANDIDATES_AT_ONCE);
    let links = all.map_init(Vec::new, |buffer, a| pairs.links_of(a, prior_bits, buffer));
    let links: Vec<Vec<Link>> = links.collect();
    Ok(Linked { links: links.concat(), uninvited, suppressed, prior_bits })
}

/// Candidates that a worker weighs before another may take over: some have a thousand times the pairs of others.
const CANDIDATES_AT_ONCE: usize = 64;

/// All that pairs of candidates are weighed by.
struct Pairs<'a> {
    survey: &'a Survey,
    haunts: Haunts,
    lines: &'a Names,
    config: &'a PairConfig,
    by_device: Partners,
    by_place: Partners,
    by_target: Partners,
    /// Hand-offs, by pair.
    passed: Vec<Passed>,
    /// Which candidates are numbers that anybody calls.
    public: Vec<bool>,
    chance: Chance,
}

/// How often each candidate is named.
fn counted(named: &[u32], candidates: usize) -> Vec<u32> {
    let mut counts = vec![0; candidates];
    named.iter().for_each(|at| counts[*at as usize] += 1);
    counts
}

/// Which candidates are numbers that anybody calls, such as a bank's: they call next to nobody, and few of those who call them (`called`) first do so because
/// somebody just called (`summoned`). That people dial such a number after a room's call, and that the room then
/// calls them again, hands nobody on.
fn public(
    candidates: impl Iterator<Item = Activity>,
    called: &[u32],
    summoned: &[u32],
    config: &PairConfig,
) -> Vec<bool> {
    let is_public = |((activity, called), summoned): ((Activity, &u32), &u32)| {
        f64::from(*summoned) < config.summoned_share_min * f64::from(*called)
            && activity.calls < config.answers_calls_max * activity.received
    };
    candidates.zip(called).zip(summoned).map(is_public).collect()
}

impl Pairs<'_> {
    /// The pairs of a candidate with those after it that overcome the prior. They are made and weighed one candidate at a time, for there are
    /// too many to keep.
    fn links_of(&self, a: u32, prior_bits: f64, buffer: &mut Vec<u32>) -> Vec<Link> {
        let candidates = &self.survey.candidates;
        buffer.clear();
        self.by_target.after(a, buffer);
        buffer.sort_unstable();
        let shared: Vec<(u32, usize)> =
            buffer.chunk_by(|b, next| b == next).map(|run| (run[0], run.len())).collect();
        let first = self.passed.partition_point(|passed| passed.pair < pack(a, 0));
        let passed = &self.passed[first..];
        let passed = &passed[..passed.partition_point(|passed| high32(passed.pair) == a)];
        buffer.clear();
        buffer.extend(shared.iter().filter(|(_, targets)| *targets > 1).map(|(b, _)| *b));
        buffer.extend(passed.iter().map(|passed| low32(passed.pair)));
        self.by_device.after(a, buffer);
        self.by_place.after(a, buffer);
        let gap_max = self.config.numbering.gap_max;
        numbering::after(a as usize, candidates, self.lines, gap_max, buffer);
        buffer.sort_unstable();
        buffer.dedup();
        let kind = self.haunts.kind(a);
        let pairs = buffer.iter().filter(|b| self.haunts.kind(**b) == kind);
        let link = |b: &u32| {
            let is_public = self.public[a as usize] || self.public[*b as usize];
            let found = if is_public { Shared::default() } else { shared_of(*b, &shared, passed) };
            self.link(a, *b, found, prior_bits)
        };
        pairs.filter_map(link).collect()
    }

    /// The pair's weights; `None` where they do not overcome the prior. What most pairs fail by is looked at first.
    fn link(&self, a: u32, b: u32, shared: Shared, prior_bits: f64) -> Option<Link> {
        let Self { survey, haunts, config, .. } = self;
        let overcomes = |bits: [f64; 5]| bits.iter().sum::<f64>() > prior_bits;
        let device = device::weight(haunts.uses(a), haunts.uses(b), survey, &config.device);
        let (here, there) = (haunts.presences(a), haunts.presences(b));
        let place = place::weight(here, there, survey, &config.place);
        let of = |at: u32| &survey.candidates[at as usize];
        let targets = if shared == Shared::default() {
            0.0
        } else {
            targets::weight(shared, of(a).activity, of(b).activity, &self.chance, config)
        };
        let most = [config.rhythm.max_bits, config.numbering.max_bits];
        overcomes([device, place, targets, most[0], most[1]]).then_some(())?;
        let rhythm = rhythm::weight(&of(a).shift, &of(b).shift, &config.rhythm);
        let numbering = numbering::weight(of(a).line, of(b).line, self.lines, &config.numbering);
        let bits = [device, place, targets, rhythm, numbering];
        overcomes(bits).then_some(Link { a, b, bits })
    }
}

/// What a candidate shares with another: `shared` are the targets that it shares with each, `passed` its hand-offs, both in order.
fn shared_of(b: u32, shared: &[(u32, usize)], passed: &[Passed]) -> Shared {
    let targets = shared.binary_search_by_key(&b, |(other, _)| *other).map_or(0, |at| shared[at].1);
    let mut found = Shared { targets: targets as f64, ..Shared::default() };
    let first = passed.partition_point(|passed| low32(passed.pair) < b);
    for passed in passed[first..].iter().take_while(|passed| low32(passed.pair) == b) {
        match passed.how {
            HandOff::Quick => found.quick += 1.0,
            HandOff::Slow => found.slow += 1.0,
            HandOff::Dialled => found.dialled += 1.0,
        }
    }
    found
}

/// The group of each candidate, if it is in one.
pub(crate) fn group_of<M: AsRef<[u32]>>(groups: &[M], candidates: usize) -> Vec<Option<u32>> {
    let mut group_of = vec![None; candidates];
    for (group, members) in (0_u32..).zip(groups) {
        members.as_ref().iter().for_each(|at| group_of[*at as usize] = Some(group));
    }
    group_of
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
    let kept = best_links(&linked.links, candidates, config.degree_max, weight);
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

/// Which links are among the best so many of either of their ends.
fn best_links(
    links: &[Link],
    candidates: usize,
    degree_max: usize,
    weight: impl Fn(&Link) -> f64,
) -> Vec<bool> {
    let mut degree = vec![0_usize; candidates];
    let ends = |link: &Link| [link.a as usize, link.b as usize];
    links.iter().flat_map(ends).for_each(|end| degree[end] += 1);
    let has_few = |end: usize| degree[end] <= degree_max;
    let mut kept: Vec<bool> =
        links.iter().map(|link| ends(link).into_iter().any(has_few)).collect();
    let mut of_many: Vec<Vec<(f64, u32)>> = vec![Vec::new(); candidates];
    for (at, link) in links.iter().enumerate() {
        for end in ends(link).into_iter().filter(|end| !has_few(*end)) {
            of_many[end].push((weight(link), u32_of(at)));
        }
    }
    for mut own in of_many.into_iter().filter(|own| !own.is_empty()) {
        let best_first = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        own.select_nth_unstable_by(degree_max, best_first);
        own[..degree_max].iter().for_each(|(_, at)| kept[*at as usize] = true);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_stays_that_is_among_the_best_of_either_end() {
        let link = |a, b, bits| Link { a, b, bits: [bits, 0.0, 0.0, 0.0, 0.0] };
        // Three lines are tied to the first, two of them to each other.
        let links = [link(0, 1, 3.0), link(0, 2, 5.0), link(0, 3, 4.0), link(1, 2, 9.0)];
        let kept = |degree_max| best_links(&links, 4, degree_max, |link| link.bits[0]);
        assert_eq!(kept(1), [false, true, true, true], "the third has no other");
        assert_eq!(kept(2), [true; 4]);
        assert_eq!(best_links(&links[..3], 4, 9, |link| link.bits[0]), [true; 3]);
    }

    #[test]
    fn a_number_that_anybody_calls_is_public_and_a_rooms_own_is_not() {
        let line = |calls, received| Activity { calls, received, ..Activity::default() };
        let lines = [line(0.0, 900.0), line(0.0, 500.0), line(700.0, 900.0)];
        let found =
            public(lines.into_iter(), &[880, 100, 880], &[70, 95, 70], &PairConfig::default());
        assert_eq!(
            found,
            [true, false, false],
            "a hotline, a room's desk, a centre that calls too"
        );
    }
}
