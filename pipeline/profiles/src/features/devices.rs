//! Handsets and SIMs of the line.

use crate::calls::LineCalls;
use crate::feature::declare;
use crate::features::cells::spread;
use domain::num::{share, u32_of};
use facts::NONE;

declare! {
    Devices, "devices",
    means: "How many handsets and SIMs a line is used with, and how often the handset changes.",
    points_to_a_room: "Rooms keep pools: SIMs live for days and move through handsets (docs/concepts/figures.md). Several handsets in one day are rare (1.4 %).",
    false_alarms: "Repair shops, people who buy a phone, dual-SIM handsets.",
    handsets: Option<u32>, "handsets", "Distinct handsets of calls made.";
    top_handset: Option<u32>, "index of a handset", "The most used handset.";
    top_handset_share: Option<f64>, "share of calls with a handset", "Calls made from it.";
    handset_changes: Option<u32>, "changes", "Times that a call made comes from another handset than the one before.";
    sims: Option<u32>, "SIMs", "Distinct SIMs of calls made.";
}

/// Handsets and SIMs of the calls made.
pub fn devices(calls: &LineCalls<'_>, buffer: &mut Vec<u32>) -> Devices {
    let seen =
        |column: &[u32]| column.iter().copied().filter(|value| *value != NONE).collect::<Vec<_>>();
    let mut found = Devices::default();
    if let [first, rest @ ..] = calls.made.handset
        && *first != NONE
        && rest.iter().all(|handset| handset == first)
    {
        // Nearly every line: one handset throughout.
        found.handsets = Some(1);
        found.top_handset = Some(*first);
        found.top_handset_share = Some(1.0);
        found.handset_changes = Some(0);
    } else if !calls.made.handset.is_empty() {
        let handsets = seen(calls.made.handset);
        let changes = handsets.windows(2).filter(|pair| pair[0] != pair[1]).count();
        let (count, top, known, _) = spread(handsets.into_iter(), buffer);
        if let Some((handset, most)) = top {
            found.handsets = Some(u32_of(count));
            found.top_handset = Some(handset);
            found.top_handset_share = share(most, known);
            found.handset_changes = Some(u32_of(changes));
        }
    }
    if !calls.made.sim.is_empty() {
        let (count, top, _, _) = spread(seen(calls.made.sim).into_iter(), buffer);
        found.sims = top.map(|_| u32_of(count));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn handsets_and_their_changes() {
        let story =
            "A>B d0 09:00 1 imei=5, A>C d0 10:00 1 imei=6, A>D d0 11:00 1 imei=5, A>E d0 12:00 1";
        let found = told(story, |calls, _| devices(calls, &mut Vec::new()));
        assert_eq!(
            (found.handsets, found.handset_changes, found.top_handset),
            (Some(2), Some(2), Some(0))
        );
        let found = told("A>B d0 09:00 1 imei=5, A>C d0 10:00 1 imei=5", |calls, _| {
            devices(calls, &mut Vec::new())
        });
        assert_eq!(
            (found.handsets, found.handset_changes, found.top_handset_share),
            (Some(1), Some(0), Some(1.0))
        );
        assert_eq!(
            told("A>B d0 09:00 1", |calls, _| devices(calls, &mut Vec::new())),
            Devices::default()
        );
    }
}
