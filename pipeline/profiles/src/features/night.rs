//! Where the line calls from at night.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use crate::features::cells::{cells, spread};
use domain::num::share;
use domain::zone::hour_of;
use facts::NONE;

declare! {
    Night, "night",
    means: "Which cell a line calls from at night, and whether it is the one that it uses most.",
    points_to_a_room: "People in a house that they may not leave show the same cell by day and by night (docs/concepts/figures.md).",
    false_alarms: "Home workers, dormitories, night trades.",
    night_cell: Option<u32>, "index of a cell", "The cell most used from 22:00 to 06:00 local.";
    night_same_share: Option<f64>, "share of night calls", "Night calls made from the most used cell.";
}

/// Cells of the calls made from 22:00 to 06:00.
pub fn night(calls: &LineCalls<'_>, context: &Context<'_>, buffer: &mut Vec<u32>) -> Night {
    let Some(top_cell) = cells(calls, buffer).top_cell else { return Night::default() };
    let at_night = |start_s: u32| !(6..22).contains(&hour_of(context.site.local_s(start_s)));
    let placed = calls.made.cell.iter().zip(calls.made.start_s);
    let seen = placed.filter(|(cell, start_s)| **cell != NONE && at_night(**start_s));
    let (_, top, known, _) = spread(seen.map(|(cell, _)| *cell), buffer);
    let same = buffer.iter().filter(|cell| **cell == top_cell).count();
    Night { night_cell: top.map(|(cell, _)| cell), night_same_share: share(same, known) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn a_house_shows_one_cell_by_day_and_by_night() {
        let story = "A>B d0 09:00 1 cell=7, A>C d0 23:00 1 cell=7, A>D d1 09:00 1 cell=8, A>E d1 10:00 1 cell=7";
        let found = told(story, |calls, context| night(calls, context, &mut Vec::new()));
        assert_eq!(found, Night { night_cell: Some(7), night_same_share: Some(1.0) });
        let away = "A>B d0 09:00 1 cell=7, A>C d0 10:00 1 cell=7, A>D d0 23:00 1 cell=8";
        let found = told(away, |calls, context| night(calls, context, &mut Vec::new()));
        assert_eq!(found, Night { night_cell: Some(8), night_same_share: Some(0.0) });
    }

    #[test]
    fn without_night_calls_nothing_is_observable() {
        let found =
            told("A>B d0 09:00 1 cell=7", |calls, context| night(calls, context, &mut Vec::new()));
        assert_eq!(found, Night::default());
    }
}
