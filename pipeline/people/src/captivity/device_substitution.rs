//! Device substitution: newcomers' own handsets vanish, and others appear at the place in the same days.
//!
//! Means: five handsets and more of newcomers who came together are last seen there within two days, with any line, while five and more that the
//! room works with are first seen there. Points to captivity: phones are taken, and work phones handed out. Counter-sign: own handsets that go on.
//! Known false alarms: a firm that gives its new staff phones (their own live on); travellers with a local handset.

use super::batch::came_together;
use super::isolation::{unless_begun_before, unseen};
use super::newcomer::{Fate, Newcomer};
use super::view::{View, phones};
use super::{Indicator, Sign};
use facts::NONE;
use rooms::FactRef;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn sign(view: &View<'_>) -> Sign {
    let indicator = Indicator::DeviceSubstitution;
    if let Some(why) = unseen(view) {
        return Sign::not_observable(indicator, why);
    }
    let told = |one: &&Newcomer| one.handset != NONE && one.fate != Fate::Untold;
    let old: Vec<Newcomer> = view.newcomers.iter().filter(told).cloned().collect();
    if old.is_empty() {
        return Sign::not_observable(
            indicator,
            "No handset of newcomers is told, or they came too short a time ago to tell whether it vanishes.",
        );
    }
    let config = view.config;
    let came = came_together(&old, |one| one.handset_is_gone, config);
    let gone: Vec<_> = came.iter().filter(|one| one.handset_is_gone).collect();
    let handsets: BTreeSet<u32> = gone.iter().map(|one| one.handset).collect();
    let arrived_s = came.iter().map(|one| one.there_s).min().unwrap_or(view.first_s);
    let new = new_handsets(view, arrived_s);
    let living = came.len() - gone.len();
    let counter = (living > 0)
        .then(|| format!("{} of those who came with them keep their handsets.", phones(living)));
    let most = gone.len() as f64 >= config.silent_share_min * came.len() as f64;
    if handsets.len() >= config.newcomers_min && new >= config.newcomers_min && most {
        let facts = gone.iter().take(config.facts_max);
        let facts = facts.map(|one| FactRef::sighting(one.line, one.first_s)).collect();
        return Sign::seen(
            indicator,
            handsets.len().min(new),
            format!(
                "{} handsets of newcomers vanished, and {new} others appeared at the place within two days of them.",
                handsets.len()
            ),
            view,
        )
        .against(counter)
        .with(facts);
    }
    let statement =
        format!("{} handsets of newcomers vanished; {new} others appeared then.", handsets.len());
    unless_begun_before(view, Sign::not_seen(indicator, statement).against(counter))
}

/// Handsets of the room that were first seen within two days of an arrival.
fn new_handsets(view: &View<'_>, arrived_s: u32) -> usize {
    const TWO_DAYS_S: u32 = 2 * 86_400;
    let mut first: BTreeMap<u32, u32> = BTreeMap::new();
    for event in view.events.iter().filter(|event| event.handset != NONE) {
        first.entry(event.handset).or_insert(event.at_s);
    }
    first.values().filter(|at_s| at_s.abs_diff(arrived_s) <= TWO_DAYS_S).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::tests::{newcomer, used_with, view_of};

    #[test]
    fn handsets_that_are_exchanged_are_told() {
        let work = (0..8).map(|handset| used_with(3, 10, 100 + handset)).collect();
        let told = sign(&view_of(work, (0..8).map(|line| newcomer(line, true)).collect()));
        assert_eq!(told.status, Status::Seen, "{told:?}");
    }

    #[test]
    fn handsets_that_live_on_are_a_counter_sign() {
        let work = (0..8).map(|handset| used_with(3, 10, 100 + handset)).collect();
        let told = sign(&view_of(work, (0..8).map(|line| newcomer(line, false)).collect()));
        assert_eq!(told.status, Status::NotSeen);
        assert!(told.counter_sign.is_some());
    }
}
