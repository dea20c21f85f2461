//! How long lines live.

use super::{Group, Worked};
use domain::num::share;
use domain::zone::day_of;
use profiles::Context;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn lives(group: &mut Group, own: &[Worked<'_>], context: &Context<'_>) {
    let mut a_day: BTreeMap<u32, usize> = BTreeMap::new();
    let mut line_days: Vec<u32> = Vec::new();
    let mut days_of: Vec<usize> = Vec::new();
    let mut calls = 0;
    for line in own {
        let days: BTreeSet<u32> =
            line.calls.made.iter().map(|call| day_of(context.site.local_s(call.start_s))).collect();
        calls += line.calls.made.len();
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            line_days.push(last - first + 1);
        }
        days_of.push(days.len());
        days.iter().for_each(|day| *a_day.entry(*day).or_insert(0) += 1);
    }
    let busiest = a_day.values().max().copied().unwrap_or(1);
    let stable = days_of.iter().filter(|days| **days * 2 >= a_day.len()).count();
    let line_days_total: usize = days_of.iter().sum();
    let facts = &mut group.facts;
    facts.life_days = f64::from(group.last_s - group.first_s) / 86_400.0;
    facts.life_share = facts.life_days / facts.span_days.max(1.0);
    facts.line_days = profiles::calls::median(&mut line_days).unwrap_or(0.0);
    facts.churn = own.len() as f64 / busiest.max(1) as f64;
    facts.stable_share = share(stable, own.len()).unwrap_or(0.0);
    facts.calls_a_line_day = share(calls, line_days_total).unwrap_or(0.0);
}
