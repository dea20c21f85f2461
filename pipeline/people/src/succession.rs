//! Which line of a room goes on where another is given up: the handset that it was used with goes on with a new SIM.
//!
//! Means: a line of the room is used last, and within two days another begins with the same main handset. Points to one seat whose SIMs are used up:
//! lines live days, the room lives weeks. Known false alarms: handsets that are handed around. Lines of people outside rooms, who change handset
//! too, are told by their contacts ([`crate::successor`]).

use crate::captivity::View;
use domain::zone::DAY_S;
use facts::NONE;
use rooms::Room;
use std::collections::BTreeMap;

/// How long after a line's last use another may begin, seconds.
const GAP_S: u32 = 2 * DAY_S;
/// How long both may be in use, seconds.
const OVERLAP_S: u32 = DAY_S;

/// A line's life with its main handset.
#[derive(Clone, Copy, Debug)]
struct Life {
    line: u32,
    first_s: u32,
    last_s: u32,
}

/// For each line of a room, in their order, the line that goes on with its handset.
pub(crate) fn goes_on(room: &Room, view: &View<'_>) -> Vec<Option<u32>> {
    let next = matched(&lives(view));
    room.lines.iter().map(|line| next.get(&line.line).copied()).collect()
}

/// The lives of lines, by main handset.
fn lives(view: &View<'_>) -> BTreeMap<u32, Vec<Life>> {
    let events = view.events.iter().filter(|event| event.handset != NONE);
    let mut uses: Vec<(u32, u32, u32)> =
        events.map(|event| (event.line, event.handset, event.at_s)).collect();
    uses.sort_unstable();
    let mut lives: BTreeMap<u32, Vec<Life>> = BTreeMap::new();
    for of_line in uses.chunk_by(|a, b| a.0 == b.0) {
        let with_handset = of_line.chunk_by(|a, b| a.1 == b.1);
        let main = with_handset.max_by_key(|uses| (uses.len(), uses[0].1));
        let moments = || of_line.iter().map(|(.., at_s)| *at_s);
        if let (Some(main), Some(first_s), Some(last_s)) = (main, moments().min(), moments().max())
        {
            let life = Life { line: of_line[0].0, first_s, last_s };
            lives.entry(main[0].1).or_default().push(life);
        }
    }
    lives
}

/// Each line and the one that goes on: the next to begin, and nobody goes on with two.
fn matched(lives: &BTreeMap<u32, Vec<Life>>) -> BTreeMap<u32, u32> {
    let mut next = BTreeMap::new();
    for of_handset in lives.values() {
        let mut by_end = of_handset.clone();
        by_end.sort_by_key(|life| (life.last_s, life.line));
        let mut by_begin = of_handset.clone();
        by_begin.sort_by_key(|life| (life.first_s, life.line));
        for ended in by_end {
            let fits = |begun: &Life| {
                begun.line != ended.line
                    && begun.first_s > ended.first_s
                    && begun.first_s.saturating_add(OVERLAP_S) >= ended.last_s
                    && begun.first_s <= ended.last_s.saturating_add(GAP_S)
            };
            if let Some(at) = by_begin.iter().position(fits) {
                next.insert(ended.line, by_begin.remove(at).line);
            }
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sims_of_one_handset_follow_each_other() {
        let life = |line, first_day: u32, last_day: u32| Life {
            line,
            first_s: first_day * DAY_S,
            last_s: last_day * DAY_S,
        };
        let of_one = vec![life(1, 0, 4), life(2, 5, 9), life(3, 9, 12), life(4, 20, 22)];
        let next = matched(&BTreeMap::from([(7, of_one)]));
        assert_eq!(next, BTreeMap::from([(1, 2), (2, 3)]), "after a long gap nobody goes on");
    }
}
