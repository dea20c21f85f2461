//! When and with what a room's lines worked, in one pass over their calls.

use crate::input::Input;
use domain::zone::{Clock, hour_of, weekday_of};
use facts::{CallPart, Extra, NONE};
use report::HoursReport;
use rooms::Room;
use std::collections::BTreeSet;

/// Handsets that are named of a line.
const HANDSETS_MAX: usize = 8;

/// What a line did.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineActivity {
    /// Calls that it made.
    pub(crate) calls: usize,
    /// Whom it called.
    pub(crate) targets: usize,
    /// Its handsets, by first use.
    pub(crate) handsets: Vec<String>,
}

/// What each line of a room did, in their order, and when all of them called. Errors: facts that were put on disk cannot be read.
pub(crate) fn activity(
    room: &Room,
    input: &Input,
    site: &Clock,
) -> std::io::Result<(Vec<LineActivity>, HoursReport)> {
    let clock = |zone: &String| Clock::of(zone, room.first_s, room.last_s);
    let target = room.target_zone.as_ref().and_then(clock);
    let mut hours =
        HoursReport { site: vec![[0; 24]; 7], targets: target.is_some().then(|| vec![[0; 24]; 7]) };
    let mut lines = Vec::with_capacity(room.lines.len());
    for line in &room.lines {
        let (part, place) = input.calls.part_of(line.line)?;
        for row in part.made_at(place) {
            let start_s = part.start_s[row];
            count(&mut hours.site, site, start_s);
            if let (Some(card), Some(clock)) = (&mut hours.targets, &target) {
                count(card, clock, start_s);
            }
        }
        lines.push(of_line(&part, place, input));
    }
    Ok((lines, hours))
}

fn count(card: &mut [[u32; 24]], clock: &Clock, start_s: u32) {
    let local_s = clock.local_s(start_s);
    card[weekday_of(local_s)][hour_of(local_s)] += 1;
}

fn of_line(part: &CallPart, place: usize, input: &Input) -> LineActivity {
    let rows = part.made_at(place);
    let targets: BTreeSet<u32> = rows.clone().map(|row| part.callee[row]).collect();
    let mut handsets: Vec<u32> = Vec::new();
    for row in rows.clone() {
        let handset = part.extra(Extra::CallerHandset, row);
        if handset != NONE && handsets.len() < HANDSETS_MAX && !handsets.contains(&handset) {
            handsets.push(handset);
        }
    }
    let names = input.calls.names.of(Extra::CallerHandset);
    LineActivity {
        calls: rows.len(),
        targets: targets.len(),
        handsets: handsets.into_iter().map(|handset| names.text(handset)).collect(),
    }
}
