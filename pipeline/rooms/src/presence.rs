//! Rooms that phone over the Internet: found by where their phones are, and when they are online.
//!
//! Takes: sightings. Gives: groups of lines that never leave one place and are online together, shift after shift, as rooms with evidence
//! and counter-evidence. Points to a room: what is worked by voice over data leaves no calls, but people at work together go online and
//! offline together, in somebody's office hours, and a house that nobody leaves holds its phones day and night. Known false alarms: people
//! who stay where they are put (quarantine, hospital, rig, school), told by lives of their own and little time online; machines that report
//! round the clock, told by having no shift (docs/concepts/presence.md).

mod stay;
mod together;
mod weigh;

use crate::Config;
use crate::config::PresenceConfig;
use crate::group::GroupFacts;
use crate::room::{Finding, Room, RoomLine, SiteCell, Verdict};
use crate::shape::Shape;
use domain::Family;
use facts::Calls;
use linkage::weight::probability;
use profiles::Context;
use std::collections::BTreeSet;
use std::io;

pub(crate) use stay::Stay;

/// The rooms that sightings show, and what was left out. Errors: the shelf fails.
pub(crate) fn find(
    calls: &Calls,
    context: &Context<'_>,
    config: &Config,
) -> io::Result<(Vec<Room>, Option<String>)> {
    if calls.sightings == 0 {
        return Ok((Vec::new(), None));
    }
    let stays = stay::stays(calls, context, &config.presence)?;
    let (groups, crowded) = together::groups(&stays, calls, &config.presence);
    let rooms = groups.iter().filter_map(|members| {
        let group: Vec<&Stay> = members.iter().map(|at| &stays[*at]).collect();
        room(&group, calls, context, config)
    });
    let crowded = (crowded > 0).then(|| {
        let most = config.presence.place_max;
        format!("{crowded} places that more than {most} lines keep to, which were not compared")
    });
    Ok((rooms.collect(), crowded))
}

/// Adds rooms that sightings show to those that calls show. One that calls show too is one room: its lines are added, and what was seen of most of
/// them is added to the evidence. Against it nothing is added: whom its lines speak with was weighed already. Where calls show two rooms at one
/// place, sightings cannot tell them apart: what was seen is said of both, and each keeps its lines. A line is in one room.
pub(crate) fn join(rooms: &mut Vec<Room>, mut seen: Vec<Room>, config: &PresenceConfig) {
    seen.sort_by_key(|room| std::cmp::Reverse(room.lines.len()));
    let from_calls = rooms.len();
    let own: Vec<BTreeSet<u32>> =
        rooms.iter().map(|room| room.lines.iter().map(|line| line.line).collect()).collect();
    let mut taken: BTreeSet<u32> = own.iter().flatten().copied().collect();
    let mut told = vec![false; from_calls];
    for room in seen {
        let here: BTreeSet<u32> = room.lines.iter().map(|line| line.line).collect();
        let shared = |nth: usize| own[nth].intersection(&here).count() as f64;
        let most = (0..from_calls)
            .max_by(|a, b| shared(*a).total_cmp(&shared(*b)).then(b.cmp(a)))
            .filter(|nth| shared(*nth) >= config.same_share_min * here.len() as f64);
        let inside = |nth: &usize| shared(*nth) >= config.inside_share_min * own[*nth].len() as f64;
        let of_both: Vec<usize> =
            (0..from_calls).filter(|nth| Some(*nth) == most || inside(nth)).collect();
        for nth in of_both {
            if !std::mem::replace(&mut told[nth], true) {
                tell(&mut rooms[nth], &room, Some(nth) == most);
            }
        }
        let Some(most) = most else {
            rooms.extend(without(room, &taken, config));
            continue;
        };
        let known = &mut rooms[most];
        known.lines.extend(room.lines.iter().filter(|line| taken.insert(line.line)));
        known.lines.sort_by_key(|line| (line.first_s, line.line));
    }
}

/// A room that was seen, without the lines of rooms that calls show; nothing where too few are left.
fn without(mut room: Room, taken: &BTreeSet<u32>, config: &PresenceConfig) -> Option<Room> {
    room.lines.retain(|line| !taken.contains(&line.line));
    room.facts.lines = room.lines.len();
    (room.lines.len() >= config.lines_min).then_some(room)
}

/// Adds what was seen of a room without calls. Only one that `is_same` is surer for it: another at the place may be a neighbour.
fn tell(known: &mut Room, seen: &Room, is_same: bool) {
    if is_same {
        known.verdict = known.verdict.min(seen.verdict);
        known.confidence = known.confidence.max(seen.confidence);
    }
    let of_presence = |finding: &&Finding| matches!(finding.family, Family::Place | Family::Rhythm);
    known.evidence.extend(seen.evidence.iter().filter(of_presence).cloned());
    known.evidence.sort_by(Finding::strongest_first);
}

fn room(group: &[&Stay], calls: &Calls, context: &Context<'_>, config: &Config) -> Option<Room> {
    let presence = &config.presence;
    let told = weigh::weigh(group, calls, context, presence);
    let confidence = probability(presence.prior_bits + told.weighed.bits());
    if confidence < config.lead.watch_min {
        return None;
    }
    let lead = &config.lead;
    let agree = |family: &Family| told.weighed.family_bits(*family) >= lead.family_bits_min;
    let agreeing = Family::ALL.into_iter().filter(agree).count();
    let is_lead = agreeing >= lead.families_min && confidence >= lead.confidence_min;
    let all: usize = told.cells.iter().map(|(_, count)| count).sum();
    let site = told
        .cells
        .iter()
        .map(|(cell, count)| SiteCell { cell: *cell, share: *count as f64 / all.max(1) as f64 });
    let handsets: BTreeSet<u32> =
        group.iter().flat_map(|stay| stay.handsets.iter().copied()).collect();
    let mut lines: Vec<RoomLine> = group
        .iter()
        .map(|stay| RoomLine {
            line: stay.line,
            first_s: stay.first_s,
            last_s: stay.last_s,
            bits: told.together,
        })
        .collect();
    lines.sort_by_key(|line| (line.first_s, line.line));
    Some(Room {
        id: String::new(),
        verdict: if is_lead { Verdict::Lead } else { Verdict::Watch },
        shape: Shape::House,
        confidence,
        first_s: group.iter().map(|stay| stay.first_s).min()?,
        last_s: group.iter().map(|stay| stay.last_s).max()?,
        site: site.filter(|cell| cell.share >= config.shape.cell_share_min).collect(),
        target_zone: told.office_clock,
        facts: GroupFacts {
            lines: lines.len(),
            handsets: Some(handsets.len()).filter(|handsets| *handsets > 0),
            ..GroupFacts::default()
        },
        like: None,
        lines,
        evidence: told.weighed.evidence,
        counter_evidence: told.weighed.counter_evidence,
        not_observable: vec![
            if calls.is_empty() {
                "Who is called: no feed of calls was given.".to_owned()
            } else {
                "Who is called: these phones were seen, and made next to no calls that a feed shows."
                    .to_owned()
            },
            "Whether a Wi-Fi network carries more: phones on Wi-Fi alone leave no sightings."
                .to_owned(),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(verdict: Verdict, lines: std::ops::Range<u32>, statement: &str) -> Room {
        let line = |line| RoomLine { line, first_s: 0, last_s: 9, bits: 1.0 };
        let found = Finding {
            family: Family::Place,
            statement: statement.to_owned(),
            bits: 3.0,
            facts: Vec::new(),
        };
        Room {
            id: String::new(),
            verdict,
            shape: Shape::House,
            confidence: if verdict == Verdict::Lead { 0.9 } else { 0.3 },
            first_s: 0,
            last_s: 9,
            site: Vec::new(),
            target_zone: None,
            lines: lines.map(line).collect(),
            evidence: vec![found],
            counter_evidence: Vec::new(),
            not_observable: Vec::new(),
            facts: GroupFacts::default(),
            like: None,
        }
    }

    fn joined(mut rooms: Vec<Room>, seen: Vec<Room>) -> Vec<Room> {
        join(&mut rooms, seen, &PresenceConfig::default());
        let lines: Vec<u32> =
            rooms.iter().flat_map(|room| &room.lines).map(|one| one.line).collect();
        let distinct: BTreeSet<u32> = lines.iter().copied().collect();
        assert_eq!(distinct.len(), lines.len(), "a line is in one room");
        rooms
    }

    #[test]
    fn what_was_seen_of_a_room_of_calls_is_added_to_it() {
        let known = room(Verdict::Watch, 0..20, "calls");
        let rooms = joined(vec![known], vec![room(Verdict::Lead, 5..30, "seen")]);
        assert_eq!(rooms.len(), 1);
        assert_eq!((rooms[0].lines.len(), rooms[0].verdict), (30, Verdict::Lead));
        assert_eq!(rooms[0].evidence.len(), 2);
    }

    #[test]
    fn two_rooms_of_calls_at_one_place_stay_two() {
        let known =
            vec![room(Verdict::Lead, 0..20, "calls"), room(Verdict::Watch, 20..30, "calls")];
        let rooms = joined(known, vec![room(Verdict::Lead, 0..40, "seen")]);
        assert_eq!(rooms.len(), 2);
        assert!(rooms.iter().all(|room| room.evidence.len() == 2), "it is said of both");
        assert_eq!(rooms[1].verdict, Verdict::Watch, "a neighbour is no surer for it");
    }

    #[test]
    fn a_few_callers_among_many_who_were_seen_make_no_second_room_of_the_same_lines() {
        let known = vec![room(Verdict::Watch, 0..9, "calls")];
        let rooms = joined(known, vec![room(Verdict::Lead, 0..60, "seen")]);
        assert_eq!(rooms.iter().map(|room| room.lines.len()).collect::<Vec<_>>(), [9, 51]);
        assert_eq!((rooms[0].verdict, rooms[1].verdict), (Verdict::Watch, Verdict::Lead));
    }
}
