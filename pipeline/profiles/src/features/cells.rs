//! Where the line calls from.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::{share, u32_of};
use domain::zone::hour_of;
use facts::NONE;

declare! {
    Cells, "cells",
    means: "How many cells a line calls from, and how much from the one it uses most.",
    points_to_a_room: "People in a house that they may not leave show one or two cells, the same by day and by night (DOMAIN.md 8.2).",
    false_alarms: "Home workers, call centres (empty at night), dormitories and hotels (whose guests leave by day).",
    cells: Option<u32>, "cells", "Distinct cells of calls made.";
    top_cell_share: Option<f64>, "share of calls with a cell", "Calls made from the most used cell.";
    cell_entropy: Option<f64>, "nats", "Entropy of the cells of calls made.";
    top_cell: Option<u32>, "index of a cell", "The most used cell.";
    night_cell: Option<u32>, "index of a cell", "The cell most used from 22:00 to 06:00 local.";
    night_same_share: Option<f64>, "share of night calls", "Night calls made from the most used cell.";
}

/// Cells of the calls made.
pub fn cells(calls: &LineCalls<'_>, context: &Context<'_>, buffer: &mut Vec<u32>) -> Cells {
    if calls.made.cell.is_empty() {
        return Cells::default();
    }
    let seen = |cell: &&u32| **cell != NONE;
    let (count, top, known, cell_entropy) =
        spread(calls.made.cell.iter().filter(seen).copied(), buffer);
    let Some((top_cell, top_calls)) = top else { return Cells::default() };
    let at_night = |start_s: &u32| !(6..22).contains(&hour_of(context.site.local_s(*start_s)));
    let night = || {
        calls
            .made
            .cell
            .iter()
            .zip(calls.made.start_s)
            .filter(|(cell, start_s)| **cell != NONE && at_night(start_s))
    };
    let same = night().filter(|(cell, _)| **cell == top_cell).count();
    let nights = night().count();
    let (_, night_top, _, _) = spread(night().map(|(cell, _)| *cell), buffer);
    Cells {
        cells: Some(u32_of(count)),
        top_cell_share: share(top_calls, known),
        cell_entropy,
        top_cell: Some(top_cell),
        night_cell: night_top.map(|(cell, _)| cell),
        night_same_share: share(same, nights),
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
    let (mut count, mut entropy) = (0, 0.0);
    for run in buffer.chunk_by(|a, b| a == b) {
        count += 1;
        let share = run.len() as f64 / buffer.len() as f64;
        entropy -= share * share.ln();
        if top.is_none_or(|(_, most)| run.len() > most) {
            top = Some((run[0], run.len()));
        }
    }
    (count, top, buffer.len(), top.map(|_| entropy))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn a_house_shows_one_cell_by_day_and_by_night() {
        let story = "A>B d0 09:00 1 cell=7, A>C d0 23:00 1 cell=7, A>D d1 09:00 1 cell=8, A>E d1 10:00 1 cell=7";
        let found = told(story, |calls, context| cells(calls, context, &mut Vec::new()));
        assert_eq!(
            (found.cells, found.top_cell_share, found.night_same_share),
            (Some(2), Some(0.75), Some(1.0))
        );
        assert_eq!((found.top_cell, found.night_cell), (Some(7), Some(7)));
    }

    #[test]
    fn without_cells_nothing_is_observable() {
        assert_eq!(
            told("A>B d0 09:00 1", |calls, context| cells(calls, context, &mut Vec::new())),
            Cells::default()
        );
    }
}
