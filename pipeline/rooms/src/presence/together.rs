//! Which of the lines at a place belong together: they came and went together, are online in step, share handsets or a run of numbers.
//!
//! Weights: Fellegi and Sunter; the chance of a common day of arrival or departure is counted among all lines that keep to a place, those
//! of being in step are stated priors (`[rooms.presence]`).

use super::stay::{Stay, in_step};
use crate::common_days::CommonDays;
use crate::config::PresenceConfig;
use crate::pairs::group_of;
use domain::num::u32_of;
use domain::zone::{DAY_S, day_of};
use facts::Calls;
use graph::components::components;
use graph::{Edge, Graph, Objective, leiden};
use linkage::weight::match_weight;
use std::collections::BTreeMap;

/// Groups of places in `stays`, each in order, and how many places were left out because more lines keep to them than can be compared.
pub(crate) fn groups(
    stays: &[Stay],
    calls: &Calls,
    config: &PresenceConfig,
) -> (Vec<Vec<usize>>, usize) {
    let days = Days::of(stays, calls);
    let mut by_cell: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, stay) in stays.iter().enumerate() {
        // A group that was moved has two places.
        for cell in stay.places(config.place_share_min) {
            by_cell.entry(cell).or_default().push(at);
        }
    }
    let crowded = by_cell.values().filter(|members| members.len() > config.place_max).count();
    let compared = by_cell
        .into_values()
        .filter(|members| (config.lines_min..=config.place_max).contains(&members.len()));
    let mut edges: Vec<Edge> =
        compared.flat_map(|members| edges(&members, stays, &days, calls, config)).collect();
    // A pair that has several places in common is compared in each.
    edges.sort_unstable_by_key(|edge| (edge.a, edge.b));
    edges.dedup_by_key(|edge| (edge.a, edge.b));
    let labels = components(&Graph::new(stays.len(), &edges));
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.iter().enumerate() {
        members.entry(*label).or_default().push(at);
    }
    let mut edges_of: BTreeMap<u32, Vec<Edge>> = BTreeMap::new();
    for edge in edges {
        edges_of.entry(labels[edge.a as usize]).or_default().push(edge);
    }
    let linked = members.into_iter().filter(|(_, members)| members.len() >= config.lines_min);
    let groups = linked.flat_map(|(label, members)| {
        let edges = edges_of.remove(&label).unwrap_or_default();
        parted(&members, &edges, stays, config)
    });
    (groups.filter(|group| group.len() >= config.lines_min).collect(), crowded)
}

/// The groups among lines that are linked somehow. A few coincidences tie the patients of a ward next door to a house: those who are there on the same
/// days must be linked, most with most.
fn parted(
    members: &[usize],
    edges: &[Edge],
    stays: &[Stay],
    config: &PresenceConfig,
) -> Vec<Vec<usize>> {
    let place = |at: u32| u32_of(members.partition_point(|member| *member < at as usize));
    let edges: Vec<Edge> =
        edges.iter().map(|edge| Edge { a: place(edge.a), b: place(edge.b), ..*edge }).collect();
    let resolution = config.pair_mean_bits;
    let labels = leiden(&Graph::new(members.len(), &edges), Objective::Cpm { resolution }, 1, 20);
    let mut parts: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (at, label) in (0_u32..).zip(&labels) {
        parts.entry(*label).or_default().push(at);
    }
    let mut parts: Vec<Vec<u32>> = parts.into_values().collect();
    // Who is linked with most of no other would be left out at the end.
    parts.retain(|part| part.len() > 1);
    let part_of = group_of(&parts, members.len());
    let days: Vec<Vec<u32>> = members
        .iter()
        .map(|at| (day_of(stays[*at].first_s)..=day_of(stays[*at].last_s)).collect())
        .collect();
    let ties = edges.iter().map(|edge| (edge.a, edge.b));
    let mut common = CommonDays::of(parts.len(), &part_of, &days, ties);
    while let Some((one, other)) = nearest(&common, config) {
        common.join_parts(&mut parts, one, other);
    }
    let named = |part: Vec<u32>| part.into_iter().map(|at| members[at as usize]).collect();
    parts.into_iter().map(named).collect()
}

/// The two parts that are linked most on the days that they have in common, for what the one that is linked more is within; `None` where none are
/// linked enough.
fn nearest(common: &CommonDays, config: &PresenceConfig) -> Option<(usize, usize)> {
    let enough = common.pairs().filter_map(|(one, other)| {
        let tied = common.tied(one, other);
        let expected = common.expected_of(one, other).max(common.expected_of(other, one));
        let share = tied / expected.max(1.0);
        let enough = tied >= config.links_min && share >= config.linked_share_min;
        enough.then_some((share, one, other))
    });
    let most = enough.max_by(|a, b| a.0.total_cmp(&b.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    most.map(|(_, one, other)| (one, other))
}

/// The pairs of lines at one place that belong together.
fn edges(
    members: &[usize],
    stays: &[Stay],
    days: &Days,
    calls: &Calls,
    config: &PresenceConfig,
) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (nth, one) in members.iter().enumerate() {
        for other in &members[nth + 1..] {
            // Rooms of one clock are all in step: only who is at one place can be of one.
            if overlap(&stays[*one], &stays[*other]) < config.overlap_min {
                continue;
            }
            let bits = pair_bits((&stays[*one], &stays[*other]), days, calls, config);
            if bits > 0.0 {
                edges.push(Edge { a: u32_of(*one), b: u32_of(*other), weight: bits });
            }
        }
    }
    edges
}

/// How much of their sightings two lines have in the same cells, 0..=1.
fn overlap(a: &Stay, b: &Stay) -> f64 {
    let share = |stay: &Stay, count: usize| count as f64 / stay.seen as f64;
    let common = a.cells.iter().filter_map(|(cell, count)| {
        let (_, other) = b.cells.iter().find(|(other, _)| other == cell)?;
        Some(share(a, *count).min(share(b, *other)))
    });
    common.sum()
}

fn pair_bits((a, b): (&Stay, &Stay), days: &Days, calls: &Calls, config: &PresenceConfig) -> f64 {
    let mut bits = config.pair_prior_bits;
    let step = in_step(a, b, calls.first_s).unwrap_or(0.0);
    bits += config.in_step_bits.bits(step).unwrap_or(config.out_of_step_bits);
    bits += days.bits(a.first_s, b.first_s, &days.first, config);
    bits += days.bits(a.last_s, b.last_s, &days.last, config);
    if a.handsets.iter().any(|handset| b.handsets.contains(handset)) {
        bits += config.handset_bits;
    }
    let value = |stay: &Stay| calls.names.lines.key(stay.line).value();
    if let (Some(one), Some(other)) = (value(a), value(b))
        && one.abs_diff(other) <= config.run_max
    {
        bits += config.run_bits;
    }
    bits
}

/// On how many lines' first and last days each day is one.
struct Days {
    begin_s: u32,
    first: Vec<f64>,
    last: Vec<f64>,
}

impl Days {
    fn of(stays: &[Stay], calls: &Calls) -> Self {
        let days = (calls.last_s.saturating_sub(calls.first_s) / DAY_S + 2) as usize;
        let mut counted =
            Self { begin_s: calls.first_s, first: vec![0.0; days], last: vec![0.0; days] };
        for stay in stays {
            // A session may go on after the last fact begins.
            let (first, last) = (counted.day(stay.first_s), counted.day(stay.last_s).min(days - 1));
            counted.first[first] += 1.0;
            counted.last[last] += 1.0;
        }
        let all = stays.len().max(1) as f64;
        counted.first.iter_mut().chain(&mut counted.last).for_each(|count| *count /= all);
        counted
    }

    fn day(&self, at_s: u32) -> usize {
        (at_s.saturating_sub(self.begin_s) / DAY_S) as usize
    }

    /// What two lines' first (or last) moments say: within a day of each other is the more, the fewer lines begin (or end) then.
    fn bits(&self, a_s: u32, b_s: u32, shares: &[f64], config: &PresenceConfig) -> f64 {
        let day = |at_s: u32| self.day(at_s).min(shares.len() - 1);
        if a_s.abs_diff(b_s) > DAY_S {
            return config.apart_bits;
        }
        let near = day(a_s).saturating_sub(1)..(day(a_s) + 2).min(shares.len());
        let chance: f64 = shares[near].iter().sum();
        match_weight(config.same_day_m, chance.clamp(config.same_day_floor, 1.0)).max(0.0)
    }
}
