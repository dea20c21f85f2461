//! Place: lines that call from the same cells in the same proportions.
//!
//! Means: the shares of two lines' calls over cells overlap. Points to a room: a house is heard by one cell or by the same few in the
//! same mixture, whoever holds the phone, day and night (docs/concepts/figures.md). False alarms: call centres, dormitories, hotels, and any two
//! neighbours; so the weight falls with the number of lines that use the cell, and place alone makes no lead.

use crate::candidate::{Candidate, CandidateCalls};
use crate::config::{PairConfig, PlacePair};
use crate::survey::Survey;
use domain::num::u32_of;
use facts::NONE;
use linkage::Blocks;
use linkage::weight::match_weight;
use rayon::prelude::*;

/// A line's presence in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Presence {
    /// The cell.
    pub cell: u32,
    /// Share of the line's calls made there.
    pub share: f64,
}

/// Cells of a candidate by share, at most eight; a cell used once in many calls says nothing.
pub fn presences(calls: &CandidateCalls) -> Vec<Presence> {
    let mut cells: Vec<u32> =
        calls.made.iter().map(|call| call.cell).filter(|cell| *cell != NONE).collect();
    cells.sort_unstable();
    let all = cells.len() as f64;
    let runs = cells.chunk_by(|a, b| a == b);
    let mut presences: Vec<Presence> =
        runs.map(|run| Presence { cell: run[0], share: run.len() as f64 / all }).collect();
    presences.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.cell.cmp(&b.cell)));
    presences.truncate(8);
    presences
}

/// Pairs of candidates that make a good part of their calls from one cell.
pub fn block(candidates: &[Candidate], config: &PairConfig) -> Blocks {
    let mut members: Vec<(u32, u32)> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let places =
            candidate.presences.iter().filter(|presence| presence.share >= config.cell_share_min);
        members.extend(places.map(|presence| (presence.cell, u32_of(at))));
    }
    members.par_sort_unstable();
    let mut blocks = Blocks::default();
    for block in members.chunk_by(|a, b| a.0 == b.0).filter(|block| block.len() > 1) {
        let lines: Vec<u32> = block.iter().map(|(_, at)| *at).collect();
        blocks.add(block[0].0, &lines, config.cell_lines_max);
    }
    blocks
}

/// Weight of a pair in bits. Negative where both have a place and the places differ.
pub fn weight(a: &[Presence], b: &[Presence], survey: &Survey, config: &PlacePair) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (mut overlap, mut bits) = (0.0, 0.0);
    for ours in a {
        if let Some(theirs) = b.iter().find(|theirs| theirs.cell == ours.cell) {
            let share = ours.share.min(theirs.share);
            let lines = f64::from(survey.cell_lines[ours.cell as usize]).max(2.0);
            overlap += share;
            bits += share * match_weight(config.m, lines / survey.lines.max(1) as f64).max(0.0);
        }
    }
    if overlap < config.overlap_min {
        return config.apart_bits;
    }
    bits + config.apart_bits * (1.0 - overlap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_mixture_weighs_more_than_a_neighbour_and_a_quiet_cell_more_than_a_busy_one() {
        let at = |cells: &[(u32, f64)]| {
            cells
                .iter()
                .map(|(cell, share)| Presence { cell: *cell, share: *share })
                .collect::<Vec<_>>()
        };
        let survey =
            Survey { lines: 100_000, cell_lines: vec![150, 150, 20_000], ..Survey::default() };
        let house = at(&[(0, 0.6), (1, 0.4)]);
        let same = weight(&house, &at(&[(0, 0.55), (1, 0.45)]), &survey, &PlacePair::default());
        let neighbour = weight(&house, &at(&[(1, 0.3), (2, 0.7)]), &survey, &PlacePair::default());
        let busy = weight(&at(&[(2, 1.0)]), &at(&[(2, 1.0)]), &survey, &PlacePair::default());
        let elsewhere = weight(&house, &at(&[(2, 1.0)]), &survey, &PlacePair::default());
        assert!(same > neighbour && same > busy, "{same} {neighbour} {busy}");
        assert!(elsewhere < 0.0);
        assert!(
            weight(&house, &[], &survey, &PlacePair::default()).abs() < 1e-12,
            "no cell, no evidence either way"
        );
    }
}
