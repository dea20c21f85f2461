//! Device: lines used with one handset.
//!
//! Means: two lines made calls with the same handset. Points to a room: SIMs live for days and move through a pool of handsets, and
//! relay devices hold many SIMs (docs/concepts/figures.md). False alarms: couples and dual-SIM phones (two lines), repair shops, shelters that
//! lend phones, cloned or blank IMEIs (hubs, suppressed and said). Source of the weight: Fellegi & Sunter with u from the data:
//! the chance that a random line has used this handset.

use crate::candidate::CandidateCalls;
use crate::config::{DevicePair, PairConfig};
use crate::survey::Survey;
use domain::num::u32_of;
use facts::NONE;
use linkage::Blocks;
use linkage::weight::match_weight;
use rayon::prelude::*;

/// A line's use of a handset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Use {
    /// The handset.
    pub handset: u32,
    /// Share of the line's calls made with it.
    pub share: f64,
}

/// Handsets of a candidate, most used first.
pub fn uses(calls: &CandidateCalls) -> Vec<Use> {
    let mut handsets: Vec<u32> =
        calls.made.iter().map(|call| call.handset).filter(|handset| *handset != NONE).collect();
    handsets.sort_unstable();
    let all = handsets.len() as f64;
    let runs = handsets.chunk_by(|a, b| a == b);
    let mut uses: Vec<Use> =
        runs.map(|run| Use { handset: run[0], share: run.len() as f64 / all }).collect();
    uses.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.handset.cmp(&b.handset)));
    uses
}

/// Pairs of candidates that share a handset.
pub fn block<'a>(uses: impl Iterator<Item = &'a [Use]>, config: &PairConfig) -> Blocks {
    let mut members: Vec<(u32, u32)> = Vec::new();
    for (at, own) in uses.enumerate() {
        members.extend(own.iter().map(|used| (used.handset, u32_of(at))));
    }
    members.par_sort_unstable();
    let mut blocks = Blocks::default();
    for block in members.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
        let lines: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
        blocks.add(block[0].0, &lines, config.handset_lines_max);
    }
    blocks
}

/// Weight of a pair in bits; 0 where they share none.
pub fn weight(a: &[Use], b: &[Use], survey: &Survey, config: &DevicePair) -> f64 {
    let shared = a.iter().filter_map(|used| {
        b.iter().find(|other| other.handset == used.handset).map(|other| (used, other))
    });
    let best = shared.map(|(used, other)| {
        let lines = f64::from(survey.handset_lines[used.handset as usize]).max(2.0);
        let u = lines / survey.lines.max(1) as f64;
        let share = used.share.min(other.share);
        let m = if share >= config.main_share_min {
            config.main_m
        } else {
            config.some_m * share / config.main_share_min
        };
        match_weight(m.max(1e-4), u)
    });
    best.fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(lines: usize, handset_lines: Vec<u32>) -> Survey {
        Survey { lines, handset_lines, ..Survey::default() }
    }

    #[test]
    fn a_shared_main_handset_weighs_more_than_a_borrowed_one_and_a_rare_one_more_than_a_common() {
        let used = |handset, share| vec![Use { handset, share }];
        let survey = survey(10_000, vec![2, 200]);
        let main = weight(&used(0, 1.0), &used(0, 0.9), &survey, &DevicePair::default());
        let borrowed = weight(&used(0, 1.0), &used(0, 0.03), &survey, &DevicePair::default());
        let common = weight(&used(1, 1.0), &used(1, 0.9), &survey, &DevicePair::default());
        assert!(main > borrowed && main > common, "{main} {borrowed} {common}");
        assert!(
            (weight(&used(0, 1.0), &used(1, 1.0), &survey, &DevicePair::default())).abs() < 1e-12
        );
    }

    #[test]
    fn a_handset_that_everybody_shares_is_suppressed() {
        let uses: Vec<Vec<Use>> = (0..100).map(|_| vec![Use { handset: 3, share: 1.0 }]).collect();
        let blocks = block(uses.iter().map(Vec::as_slice), &PairConfig::default());
        assert_eq!(blocks.suppressed.len(), 1);
        let mut partners = Vec::new();
        blocks.partners(uses.len()).after(0, &mut partners);
        assert!(partners.is_empty());
    }
}
