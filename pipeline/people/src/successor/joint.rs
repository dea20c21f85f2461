//! All pairs at once: who is matched tells what the others' contacts have become.
//!
//! Rounds: weigh all pairs; turn weights into probabilities among each line's candidates, on both sides; look again, with contacts that
//! probably changed their number taken for their new one; until nothing changes. Then the assignment that is best for all.

use super::weigh::Weights;
use crate::config::SuccessorConfig;
use domain::num::u32_of;
use graph::components::components;
use graph::{Edge, Graph};
use linkage::assignment::assign;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A pair.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    /// The rising line's place.
    pub(crate) rising: u32,
    pub(crate) bits: f64,
    /// Odds that it is the one, bits: the weight, and how many others begin near it.
    pub(crate) worth: f64,
    pub(crate) probability: f64,
    pub(crate) shared: usize,
}

/// All pairs of each fading line, and whom it was assigned.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Solved {
    pub(crate) pairs: Vec<Vec<Pair>>,
    pub(crate) assigned: Vec<Option<usize>>,
}

const ROUNDS: usize = 8;

/// Weighs and assigns all.
pub(crate) fn solved(weights: &Weights, config: &SuccessorConfig) -> Solved {
    let mut became: BTreeMap<usize, Vec<(u32, f64)>> = BTreeMap::new();
    let mut pairs: Vec<Vec<Pair>> = Vec::new();
    for _ in 0..ROUNDS {
        let all = (0..weights.fading.len()).into_par_iter();
        pairs = all.map(|at| weighed(weights, at, &became, config)).collect();
        told(&mut pairs, weights.rising.len());
        let now = likely(&pairs, config.likely_min);
        if now == became {
            break;
        }
        became = now;
    }
    let assigned = assigned(&pairs);
    Solved { pairs, assigned }
}

fn weighed(
    weights: &Weights,
    fading: usize,
    became: &BTreeMap<usize, Vec<(u32, f64)>>,
    config: &SuccessorConfig,
) -> Vec<Pair> {
    let (candidates, near) = &weights.candidates[fading];
    let pair = |rising: &u32| {
        let (bits, shared) = weights.pair(fading, *rising, became, config);
        let worth = bits - (*near as f64).log2() + config.prior_bits;
        Pair { rising: *rising, bits, worth, probability: 0.0, shared }
    };
    candidates.iter().map(pair).collect()
}

/// Probabilities: each pair's odds among all pairs of either line, and nobody.
fn told(pairs: &mut [Vec<Pair>], rising: usize) {
    let odds = |pair: &Pair| pair.worth.clamp(-60.0, 60.0).exp2();
    let mut of_rising = vec![1.0; rising];
    for pair in pairs.iter().flatten() {
        of_rising[pair.rising as usize] += odds(pair);
    }
    for own in pairs {
        let sum: f64 = 1.0 + own.iter().map(odds).sum::<f64>();
        for pair in own {
            let own = odds(pair);
            pair.probability = (own / sum).min(own / of_rising[pair.rising as usize]);
        }
    }
}

/// Whom each fading line has probably become.
fn likely(pairs: &[Vec<Pair>], likely_min: f64) -> BTreeMap<usize, Vec<(u32, f64)>> {
    let own = pairs.iter().enumerate().map(|(at, own)| {
        let likely = own.iter().filter(|pair| pair.probability >= likely_min);
        // Steps of a tenth: so that the rounds come to an end.
        let sure = |pair: &Pair| (pair.probability * 10.0).round() / 10.0;
        (at, likely.map(|pair| (pair.rising, sure(pair))).collect::<Vec<_>>())
    });
    own.filter(|(_, likely)| !likely.is_empty()).collect()
}

/// The assignment that is best for all, among lines that hang together.
fn assigned(pairs: &[Vec<Pair>]) -> Vec<Option<usize>> {
    let mut assigned = vec![None; pairs.len()];
    for together in together(pairs) {
        let good = |at: usize| pairs[at].iter().filter(|pair| pair.worth > 0.0);
        let mut columns: Vec<u32> =
            together.iter().flat_map(|at| good(*at).map(|pair| pair.rising)).collect();
        columns.sort_unstable();
        columns.dedup();
        let weights: Vec<Vec<Option<f64>>> = together
            .iter()
            .map(|at| {
                let mut row = vec![None; columns.len()];
                for pair in good(*at) {
                    row[columns.partition_point(|column| *column < pair.rising)] = Some(pair.worth);
                }
                row
            })
            .collect();
        for (at, column) in together.iter().zip(assign(&weights)) {
            assigned[*at] = column.map(|column| columns[column] as usize);
        }
    }
    assigned
}

/// Fading lines whose worthwhile candidates overlap, in groups; those without any are left out.
fn together(pairs: &[Vec<Pair>]) -> Vec<Vec<usize>> {
    let rising = pairs.iter().flatten().map(|pair| pair.rising as usize + 1).max().unwrap_or(0);
    let good = |own: &[Pair]| own.iter().any(|pair| pair.worth > 0.0);
    let mut edges = Vec::new();
    for (at, own) in pairs.iter().enumerate() {
        edges.extend(own.iter().filter(|pair| pair.worth > 0.0).map(|pair| Edge {
            a: u32_of(at),
            b: u32_of(pairs.len()) + pair.rising,
            weight: 1.0,
        }));
    }
    let label = components(&Graph::new(pairs.len() + rising, &edges));
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for at in (0..pairs.len()).filter(|at| good(&pairs[*at])) {
        groups.entry(label[at]).or_default().push(at);
    }
    groups.into_values().collect()
}
