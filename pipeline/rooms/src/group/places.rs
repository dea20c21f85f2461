//! Cells.

use super::{Group, Worked};
use domain::num::share;
use domain::zone::{day_of, hour_of};
use facts::NONE;
use profiles::Context;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn places(
    group: &mut Group,
    own: &[Worked<'_>],
    context: &Context<'_>,
    seen_share_min: f64,
) {
    let mut calls: BTreeMap<u32, usize> = BTreeMap::new();
    let mut mains: BTreeMap<u32, usize> = BTreeMap::new();
    let mut night: Vec<u32> = Vec::new();
    for line in own {
        for call in line.calls.made.iter().filter(|call| call.cell != NONE) {
            *calls.entry(call.cell).or_insert(0) += 1;
            if !(6..22).contains(&hour_of(context.site.local_s(call.start_s))) {
                night.push(call.cell);
            }
        }
        if let Some(cell) = line.traits.top_cell {
            *mains.entry(cell).or_insert(0) += 1;
        }
    }
    let all: usize = calls.values().sum();
    group.cells = calls.into_iter().collect();
    group.cells.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let made = own.iter().map(|line| line.calls.made.len()).sum();
    if share(all, made).is_none_or(|share| share < seen_share_min) {
        return;
    }
    let top: usize = group.cells.iter().take(2).map(|(_, count)| count).sum();
    group.facts.site_share = share(top, all);
    let lines = own.len();
    let sites = mains.values().filter(|count| **count >= 2 && **count * 10 >= lines).count();
    group.facts.sites = Some(sites);
    if sites > 1 {
        group.facts.day_site_share = day_site_share(own, context);
    }
    let stillness: Vec<f64> = own.iter().filter_map(|line| line.traits.top_cell_share).collect();
    group.facts.stillness = Some(stillness.iter().sum::<f64>() / stillness.len().max(1) as f64);
    let main_cells: BTreeSet<u32> = mains.keys().copied().collect();
    group.facts.night_at_site =
        share(night.iter().filter(|cell| main_cells.contains(cell)).count(), night.len());
}

/// Share of calls from the most used cell of their day and its runner-up: high where all move together from one place to another.
fn day_site_share(own: &[Worked<'_>], context: &Context<'_>) -> Option<f64> {
    let calls = own.iter().flat_map(|line| &line.calls.made).filter(|call| call.cell != NONE);
    let mut cells: Vec<(u32, u32)> =
        calls.map(|call| (day_of(context.site.local_s(call.start_s)), call.cell)).collect();
    cells.sort_unstable();
    let mut top = 0;
    for day in cells.chunk_by(|a, b| a.0 == b.0) {
        let mut counts: Vec<usize> = day.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
        counts.sort_unstable();
        top += counts.iter().rev().take(2).sum::<usize>();
    }
    share(top, cells.len())
}
