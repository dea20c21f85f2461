//! Communities by the Leiden algorithm.
//!
//! Traag, Waltman & van Eck, "From Louvain to Leiden" (Sci. Rep. 9, 5233, 2019): move nodes by a queue, refine each community into
//! well-connected parts, aggregate the parts, and again. Two differences: a part is merged into the best part rather than a random
//! one, and nodes are visited in an order shuffled by the seed, so that a run is deterministic.

use crate::csr::{Edge, Graph, index};
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;
use std::collections::VecDeque;

/// What is to be made large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Objective {
    /// Constant Potts model (Traag et al. 2011): a community's inner weight must exceed `resolution` for each pair of nodes.
    /// It has no resolution limit, so small rooms are not merged.
    Cpm {
        /// Weight a pair must have on average.
        resolution: f64,
    },
    /// Modularity with a resolution; merges small communities of large graphs.
    Modularity {
        /// 1 is Newman's.
        resolution: f64,
    },
}

/// The community of each node, numbered by their lowest node. `rounds` bounds the levels of aggregation, each round of which only
/// raises the objective.
pub fn leiden(graph: &Graph, objective: Objective, seed: u64, rounds: usize) -> Vec<u32> {
    let alone: Vec<u32> = (0..graph.nodes()).map(index).collect();
    improved(graph, objective, seed, rounds, &alone)
}

/// A partition no worse than `start`, the community of each node: another iteration of the algorithm.
pub fn improved(
    graph: &Graph,
    objective: Objective,
    seed: u64,
    rounds: usize,
    start: &[u32],
) -> Vec<u32> {
    let (mut sizes, resolution) = match objective {
        Objective::Cpm { resolution } => (vec![1.0; graph.nodes()], resolution),
        Objective::Modularity { resolution } => {
            let strengths: Vec<f64> =
                (0..graph.nodes()).map(|node| graph.strength(index(node))).collect();
            (strengths, resolution / (2.0 * graph.total_weight()).max(f64::MIN_POSITIVE))
        }
    };
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut node_of: Vec<u32> = (0..graph.nodes()).map(index).collect();
    let mut level = graph.clone();
    let mut label: Vec<u32> = start.to_vec();
    let mut found = label.clone();
    for _ in 0..rounds {
        let moved = move_nodes(&level, &sizes, resolution, &mut label, &mut random);
        found = node_of.iter().map(|node| label[*node as usize]).collect();
        if !moved && level.nodes() < graph.nodes() {
            break;
        }
        let parts = refine(&level, &sizes, resolution, &label, &mut random);
        let (part_of, count) = renumbered(&parts);
        if count == level.nodes() {
            break;
        }
        label = first_label(&part_of, count, &label);
        sizes = added(&part_of, count, &sizes);
        node_of.iter_mut().for_each(|node| *node = part_of[*node as usize]);
        level = aggregated(&level, &part_of, count);
    }
    renumbered(&found).0
}

/// Moves nodes to the neighbouring community that gains most until none gains; whether any moved.
fn move_nodes(
    graph: &Graph,
    sizes: &[f64],
    resolution: f64,
    label: &mut [u32],
    random: &mut Pcg64Mcg,
) -> bool {
    let mut total = vec![0.0; graph.nodes()];
    for (node, own) in label.iter().enumerate() {
        total[*own as usize] += sizes[node];
    }
    let mut empty: Vec<u32> =
        (0..graph.nodes()).map(index).filter(|at| total[*at as usize] == 0.0).collect();
    let mut queue: VecDeque<u32> = shuffled(graph.nodes(), random).into();
    let mut queued = vec![true; graph.nodes()];
    let mut weights = Tally::new(graph.nodes());
    let mut any = false;
    while let Some(node) = queue.pop_front() {
        queued[node as usize] = false;
        let own = label[node as usize];
        let size = sizes[node as usize];
        weights.count(
            graph
                .row(node)
                .filter(|(other, _)| *other != node)
                .map(|(other, weight)| (label[other as usize], weight)),
        );
        total[own as usize] -= size;
        let gain =
            |community: u32, weight: f64| weight - resolution * size * total[community as usize];
        let mut best = (own, gain(own, weights.of(own)));
        for community in weights.touched() {
            let this = gain(*community, weights.of(*community));
            if this > best.1 + 1e-12 {
                best = (*community, this);
            }
        }
        if best.1 < -1e-12
            && let Some(alone) = empty.pop()
        {
            best = (alone, 0.0);
        }
        total[best.0 as usize] += size;
        if best.0 == own {
            continue;
        }
        if total[own as usize] <= 0.0 {
            empty.push(own);
        }
        label[node as usize] = best.0;
        any = true;
        for (other, _) in graph.row(node) {
            if label[other as usize] != best.0 && !queued[other as usize] {
                queued[other as usize] = true;
                queue.push_back(other);
            }
        }
    }
    any
}

/// Splits each community into well-connected parts: lone nodes join the part of their community that gains most.
fn refine(
    graph: &Graph,
    sizes: &[f64],
    resolution: f64,
    label: &[u32],
    random: &mut Pcg64Mcg,
) -> Vec<u32> {
    let mut part: Vec<u32> = (0..graph.nodes()).map(index).collect();
    let mut part_size = sizes.to_vec();
    let mut alone = vec![true; graph.nodes()];
    let mut community_size = vec![0.0; graph.nodes()];
    for (node, own) in label.iter().enumerate() {
        community_size[*own as usize] += sizes[node];
    }
    // Weight from each part to the rest of its community.
    let mut outward: Vec<f64> = (0..graph.nodes())
        .map(|node| {
            graph
                .row(index(node))
                .filter(|(other, _)| {
                    *other as usize != node && label[*other as usize] == label[node]
                })
                .map(|(_, weight)| weight)
                .sum()
        })
        .collect();
    let whole = outward.clone();
    let mut weights = Tally::new(graph.nodes());
    for node in shuffled(graph.nodes(), random) {
        let at = node as usize;
        let size = sizes[at];
        let rest = community_size[label[at] as usize] - size;
        if !alone[at] || whole[at] < resolution * size * rest {
            continue;
        }
        let inside = graph
            .row(node)
            .filter(|(other, _)| *other != node && label[*other as usize] == label[at]);
        weights.count(inside.map(|(other, weight)| (part[other as usize], weight)));
        let mut best = (part[at], 0.0);
        for candidate in weights.touched() {
            let to = *candidate as usize;
            let connected = outward[to]
                >= resolution
                    * part_size[to]
                    * (community_size[label[at] as usize] - part_size[to]);
            let gain = weights.of(*candidate) - resolution * size * part_size[to];
            if *candidate != part[at] && connected && gain > best.1 + 1e-12 {
                best = (*candidate, gain);
            }
        }
        if best.0 != part[at] {
            let (from, to) = (part[at] as usize, best.0 as usize);
            outward[to] += whole[at] - 2.0 * weights.of(best.0);
            part_size[to] += size;
            part_size[from] -= size;
            alone[to] = false;
            alone[at] = false;
            part[at] = best.0;
        }
    }
    part
}

fn aggregated(graph: &Graph, part_of: &[u32], count: usize) -> Graph {
    let mut edges = Vec::new();
    for node in 0..graph.nodes() {
        for (other, weight) in graph.row(index(node)).filter(|(other, _)| *other as usize >= node) {
            edges.push(Edge { a: part_of[node], b: part_of[other as usize], weight });
        }
    }
    Graph::new(count, &edges)
}

/// Labels renumbered from 0 by their first node, and how many there are.
fn renumbered(label: &[u32]) -> (Vec<u32>, usize) {
    let mut new = vec![u32::MAX; label.iter().max().map_or(0, |most| *most as usize + 1)];
    let mut count = 0;
    let renumber = label.iter().map(|old| {
        let place = &mut new[*old as usize];
        if *place == u32::MAX {
            *place = count;
            count += 1;
        }
        *place
    });
    let labels: Vec<u32> = renumber.collect();
    (labels, count as usize)
}

/// Each part begins in the community of its nodes, named after one of the parts in it.
fn first_label(part_of: &[u32], count: usize, label: &[u32]) -> Vec<u32> {
    let mut community = vec![0; count];
    for (node, part) in part_of.iter().enumerate() {
        community[*part as usize] = label[node];
    }
    renumbered(&community).0
}

fn added(part_of: &[u32], count: usize, sizes: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; count];
    for (node, part) in part_of.iter().enumerate() {
        sum[*part as usize] += sizes[node];
    }
    sum
}

/// Fisher-Yates.
fn shuffled(count: usize, random: &mut Pcg64Mcg) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count).map(index).collect();
    for at in (1..count).rev() {
        let bound = at as u64 + 1;
        let other = usize::try_from(random.next_u64() % bound).expect("below the count");
        order.swap(at, other);
    }
    order
}

/// Sums by label, cleared in the time of what was touched.
struct Tally {
    sum: Vec<f64>,
    touched: Vec<u32>,
}

impl Tally {
    fn new(count: usize) -> Self {
        Self { sum: vec![0.0; count], touched: Vec::new() }
    }

    fn count(&mut self, entries: impl Iterator<Item = (u32, f64)>) {
        for label in self.touched.drain(..) {
            self.sum[label as usize] = 0.0;
        }
        for (label, weight) in entries {
            if self.sum[label as usize] == 0.0 {
                self.touched.push(label);
            }
            self.sum[label as usize] += weight;
        }
    }

    fn of(&self, label: u32) -> f64 {
        self.sum[label as usize]
    }

    fn touched(&self) -> &[u32] {
        &self.touched
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::modularity;
    use proptest::prelude::*;

    fn cliques(count: u32, size: u32) -> (usize, Vec<Edge>) {
        let mut edges = Vec::new();
        for clique in 0..count {
            for a in 0..size {
                for b in a + 1..size {
                    edges.push(Edge { a: clique * size + a, b: clique * size + b, weight: 1.0 });
                }
            }
            edges.push(Edge { a: clique * size, b: (clique + 1) % count * size, weight: 1.0 });
        }
        ((count * size) as usize, edges)
    }

    #[test]
    fn planted_cliques_are_found_one_by_one() {
        let (nodes, edges) = cliques(40, 6);
        let label = leiden(&Graph::new(nodes, &edges), Objective::Cpm { resolution: 0.5 }, 1, 10);
        let expected: Vec<u32> = (0..240).map(|node| node / 6).collect();
        assert_eq!(label, expected);
    }

    #[test]
    fn zacharys_karate_club_reaches_the_known_optimum() {
        // Zachary 1977; the largest modularity is 0.4198 (Brandes et al. 2008).
        let pairs = "0 1 0 2 0 3 0 4 0 5 0 6 0 7 0 8 0 10 0 11 0 12 0 13 0 17 0 19 0 21 0 31 1 2 1 3 1 7 1 13 1 17 1 19 1 21 1 30 2 3 \
                     2 7 2 8 2 9 2 13 2 27 2 28 2 32 3 7 3 12 3 13 4 6 4 10 5 6 5 10 5 16 6 16 8 30 8 32 8 33 9 33 13 33 14 32 14 33 15 32 \
                     15 33 18 32 18 33 19 33 20 32 20 33 22 32 22 33 23 25 23 27 23 29 23 32 23 33 24 25 24 27 24 31 25 31 26 29 26 33 27 33 \
                     28 31 28 33 29 32 29 33 30 32 30 33 31 32 31 33 32 33";
        let numbers: Vec<u32> =
            pairs.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let edges: Vec<Edge> =
            numbers.chunks(2).map(|pair| Edge { a: pair[0], b: pair[1], weight: 1.0 }).collect();
        assert_eq!(edges.len(), 78);
        let graph = Graph::new(34, &edges);
        let best = (0..10)
            .map(|seed| {
                modularity(
                    &graph,
                    &leiden(&graph, Objective::Modularity { resolution: 1.0 }, seed, 10),
                    1.0,
                )
            })
            .fold(0.0, f64::max);
        assert!((best - 0.4198).abs() < 1e-3, "{best}");
    }

    proptest! {
        #[test]
        fn another_iteration_is_never_worse(
            pairs in prop::collection::vec((0_u32..30, 0_u32..30, 1_u32..5), 1..90), seed in 0_u64..9
        ) {
            let edges: Vec<Edge> = pairs.iter().filter(|(a, b, _)| a != b)
                .map(|(a, b, weight)| Edge { a: *a, b: *b, weight: f64::from(*weight) }).collect();
            let graph = Graph::new(30, &edges);
            let objective = Objective::Modularity { resolution: 1.0 };
            let first = leiden(&graph, objective, seed, 1);
            let second = improved(&graph, objective, seed + 1, 10, &first);
            prop_assert!(modularity(&graph, &second, 1.0) >= modularity(&graph, &first, 1.0) - 1e-12);
        }

        #[test]
        fn edges_in_any_order_give_the_same_communities_and_communities_are_connected(
            pairs in prop::collection::vec((0_u32..20, 0_u32..20, 1_u32..5), 1..60)
        ) {
            let edges: Vec<Edge> = pairs.iter().map(|(a, b, w)| Edge { a: *a, b: *b, weight: f64::from(*w) }).collect();
            let backwards: Vec<Edge> = edges.iter().rev().map(|edge| Edge { a: edge.b, b: edge.a, ..*edge }).collect();
            let find = |edges: &[Edge]| leiden(&Graph::new(20, edges), Objective::Cpm { resolution: 0.7 }, 3, 10);
            let label = find(&edges);
            prop_assert_eq!(&label, &find(&backwards));
            let inside: Vec<Edge> = edges.iter().filter(|edge| label[edge.a as usize] == label[edge.b as usize]).copied().collect();
            let connected = crate::components::components(&Graph::new(20, &inside));
            for a in 0..20 {
                for b in 0..20 {
                    prop_assert!(label[a] != label[b] || connected[a] == connected[b]);
                }
            }
        }
    }
}
