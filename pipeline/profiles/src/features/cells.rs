//! Where the line calls from.

use crate::calls::LineCalls;
use crate::entropy::EntropySum;
use crate::feature::declare;
use domain::num::{share, u32_of};
use facts::NONE;

declare! {
    Cells, "cells",
    means: "How many cells a line calls from, and how much from the one it uses most.",
    points_to_a_room: "People in a house that they may not leave show one or two cells (docs/concepts/figures.md).",
    false_alarms: "Home workers, call centres (empty at night), dormitories and hotels (whose guests leave by day).",
    cells: Option<u32>, "cells", "Distinct cells of calls made.";
    top_cell_share: Option<f64>, "share of calls with a cell", "Calls made from the most used cell.";
    cell_entropy: Option<f64>, "nats", "Entropy of the cells of calls made.";
    top_cell: Option<u32>, "index of a cell", "The most used cell.";
}

/// Cells of the calls made.
pub fn cells(calls: &LineCalls<'_>, buffer: &mut Vec<u32>) -> Cells {
    let seen = calls.made.cell.iter().copied().filter(|cell| *cell != NONE);
    let (count, top, known, cell_entropy) = spread(seen, buffer);
    let Some((top_cell, top_calls)) = top else { return Cells::default() };
    Cells {
        cells: Some(u32_of(count)),
        top_cell_share: share(top_calls, known),
        cell_entropy,
        top_cell: Some(top_cell),
    }
}

/// Distinct values, the most frequent one with its count (ties: the lowest), how many values, and their entropy.
type Spread = (usize, Option<(u32, usize)>, usize, Option<f64>);

/// How values spread.
pub(crate) fn spread(values: impl Iterator<Item = u32>, buffer: &mut Vec<u32>) -> Spread {
    buffer.clear();
    buffer.extend(values);
    buffer.sort_unstable();
    let mut top: Option<(u32, usize)> = None;
    let (mut count, mut entropy) = (0, EntropySum::default());
    for run in buffer.chunk_by(|a, b| a == b) {
        count += 1;
        entropy.add(run.len());
        if top.is_none_or(|(_, most)| run.len() > most) {
            top = Some((run[0], run.len()));
        }
    }
    (count, top, buffer.len(), entropy.nats())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn a_house_shows_one_cell() {
        let story = "A>B d0 09:00 1 cell=7, A>C d0 23:00 1 cell=7, A>D d1 09:00 1 cell=8, A>E d1 10:00 1 cell=7";
        let found = told(story, |calls, _| cells(calls, &mut Vec::new()));
        let told = (found.cells, found.top_cell_share, found.top_cell);
        assert_eq!(told, (Some(2), Some(0.75), Some(7)));
        let expected = -(0.25_f64 * 0.25_f64.ln() + 0.75 * 0.75_f64.ln());
        assert!((found.cell_entropy.unwrap() - expected).abs() < 1e-12);
    }

    #[test]
    fn without_cells_nothing_is_observable() {
        assert_eq!(
            told("A>B d0 09:00 1", |calls, _| cells(calls, &mut Vec::new())),
            Cells::default()
        );
    }
}
