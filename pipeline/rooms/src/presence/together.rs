//! Which of the lines at a place belong together: they came and went together, are online in step, share handsets or a run of numbers.
//!
//! Weights: Fellegi and Sunter; the chance of a common day of arrival or departure is counted among all lines that keep to a place, those
//! of being in step are stated priors (`[rooms.presence]`).

use super::stay::{Stay, in_step};
use crate::config::PresenceConfig;
use domain::num::u32_of;
use domain::zone::DAY_S;
use facts::Calls;
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
    let edges: Vec<Edge> =
        compared.flat_map(|members| edges(&members, stays, &days, calls, config)).collect();
    // A few coincidences tie a patient of the ward next door to a house: most of its pairs must belong together.
    let resolution = config.pair_mean_bits;
    let labels = leiden(&Graph::new(stays.len(), &edges), Objective::Cpm { resolution }, 1, 20);
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, label) in labels.into_iter().enumerate() {
        groups.entry(label).or_default().push(at);
    }
    let groups = groups.into_values().filter(|group| group.len() >= config.lines_min).collect();
    (groups, crowded)
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
