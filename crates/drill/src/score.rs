//! Compares what was found with the truth.

pub mod holds;
pub mod joins;
pub mod roles;
pub mod successors;
pub mod warned;

use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// A room as found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its name.
    pub id: String,
    /// Whether it is a lead.
    pub lead: bool,
    /// Printed confidence, 0..=1.
    pub confidence: f64,
    /// Its lines, `+` and digits.
    pub lines: Vec<String>,
}

/// A room of the truth, and where its lines were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlantedRoom {
    /// Its name.
    pub name: String,
    /// Its shape.
    pub shape: String,
    /// Lines that could be found.
    pub lines: usize,
    /// The entry that shares most of them, and how many it shares.
    pub found: Option<(String, usize)>,
    /// Whether a lead shares enough of its lines to count as found.
    pub is_found: bool,
}

/// How well rooms were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// For each shape: rooms in the truth, rooms found as leads, rooms found at least as watch.
    pub shapes: BTreeMap<String, (usize, usize, usize)>,
    /// Line-level precision, recall and F1 over leads and rooms' lines that made a call.
    pub line_precision: f64,
    /// See above.
    pub line_recall: f64,
    /// See above.
    pub line_f1: f64,
    /// Leads whose majority are look-alikes, by class; `ordinary` where they are nobody planted.
    pub false_leads: BTreeMap<String, usize>,
    /// The same for watch entries.
    pub false_watch: BTreeMap<String, usize>,
    /// Leads, and how many are rooms.
    pub leads: (usize, usize),
    /// Mean over rooms of the best Jaccard index of their lines with a lead's.
    pub mean_best_jaccard: f64,
    /// Each room of the truth.
    pub rooms_by_name: Vec<PlantedRoom>,
    /// By tenths of printed confidence: how many entries, their mean confidence, the share that are rooms.
    pub calibration: Vec<(usize, f64, f64)>,
}

/// A line belongs to the truth where it made this many calls: others cannot be found in records of calls.
const CALLS_MIN: usize = 3;

/// Scores what was found.
pub fn score(found: &[Found], truth: &Truth) -> Score {
    let mut score = Score::default();
    let mut group_of: BTreeMap<&str, (&str, &str, &str)> = BTreeMap::new();
    let mut rooms: BTreeMap<&str, (&str, BTreeSet<&str>)> = BTreeMap::new();
    for line in &truth.lines {
        group_of.insert(&line.line, (&line.group, line.kind, &line.class));
        let works = matches!(line.role, "worker" | "relay");
        if line.kind == "room" && works && line.calls >= CALLS_MIN {
            rooms.entry(&line.group).or_insert((&line.class, BTreeSet::new())).1.insert(&line.line);
        }
    }
    let mut best_lead: BTreeMap<&str, f64> = BTreeMap::new();
    let mut best_any: BTreeMap<&str, f64> = BTreeMap::new();
    let (mut true_lines, mut lead_lines) = (0, 0);
    let mut tenths = vec![(0_usize, 0.0, 0_usize); 10];
    for entry in found {
        let (is_room, class) = majority(entry, &group_of);
        for (room, (_, lines)) in &rooms {
            let shared = entry.lines.iter().filter(|line| lines.contains(line.as_str())).count();
            if shared > 0 {
                let jaccard = shared as f64 / (entry.lines.len() + lines.len() - shared) as f64;
                let best = |map: &mut BTreeMap<&'_ str, f64>| {
                    map.get(room).copied().unwrap_or(0.0).max(jaccard)
                };
                let any = best(&mut best_any);
                best_any.insert(room, any);
                if entry.lead {
                    let lead = best(&mut best_lead);
                    best_lead.insert(room, lead);
                }
            }
        }
        note_confidence(&mut tenths, entry.confidence, is_room);
        if entry.lead {
            score.leads.0 += 1;
            score.leads.1 += usize::from(is_room);
            lead_lines += entry.lines.len();
            let in_room = |line: &&String| {
                group_of.get(line.as_str()).is_some_and(|(_, kind, _)| *kind == "room")
            };
            true_lines += entry.lines.iter().filter(in_room).count();
        }
        if !is_room {
            let map = if entry.lead { &mut score.false_leads } else { &mut score.false_watch };
            *map.entry(class).or_insert(0) += 1;
        }
    }
    score.rooms_by_name = rooms_by_name(&rooms, found, &best_lead);
    summed(&mut score, &rooms, &best_lead, &best_any);
    let lead_set: BTreeSet<&str> = found
        .iter()
        .filter(|entry| entry.lead)
        .flat_map(|entry| entry.lines.iter().map(String::as_str))
        .collect();
    let all_true: usize = rooms.values().map(|(_, lines)| lines.len()).sum();
    let hit: usize = rooms
        .values()
        .map(|(_, lines)| lines.iter().filter(|line| lead_set.contains(*line)).count())
        .sum();
    let ratio =
        |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    score.line_precision = ratio(true_lines, lead_lines);
    score.line_recall = ratio(hit, all_true);
    let sum = score.line_precision + score.line_recall;
    score.line_f1 =
        if sum > 0.0 { 2.0 * score.line_precision * score.line_recall / sum } else { 0.0 };
    score.calibration = shares(&tenths);
    score
}

/// The group that most of an entry's lines belong to; `None` where most are nobody's that was planted.
fn most<G: Ord + Copy>(found: &Found, group_of: &BTreeMap<&str, G>) -> Option<G> {
    let mut counts: BTreeMap<Option<G>, usize> = BTreeMap::new();
    for line in &found.lines {
        *counts.entry(group_of.get(line.as_str()).copied()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(group, count)| (*count, *group))?.0
}

/// By tenths: how many, their mean, the share that is right.
fn shares(tenths: &[(usize, f64, usize)]) -> Vec<(usize, f64, f64)> {
    let share = |(count, sum, right): &(usize, f64, usize)| {
        let all = (*count).max(1) as f64;
        (*count, sum / all, *right as f64 / all)
    };
    tenths.iter().map(share).collect()
}

fn rooms_by_name(
    rooms: &BTreeMap<&str, (&str, BTreeSet<&str>)>,
    found: &[Found],
    best_lead: &BTreeMap<&str, f64>,
) -> Vec<PlantedRoom> {
    let one = |(name, (shape, lines)): (&&str, &(&str, BTreeSet<&str>))| {
        let is_found = best_lead.get(name).is_some_and(|best| *best >= FOUND_JACCARD);
        PlantedRoom { is_found, ..named(name, shape, lines, found) }
    };
    rooms.iter().map(one).collect()
}

fn named(room: &str, shape: &str, lines: &BTreeSet<&str>, found: &[Found]) -> PlantedRoom {
    let shared =
        |entry: &Found| entry.lines.iter().filter(|line| lines.contains(line.as_str())).count();
    let best =
        found.iter().map(|entry| (shared(entry), entry)).rev().max_by_key(|(count, _)| *count);
    let best = best.filter(|(count, _)| *count > 0).map(|(count, entry)| (entry.id.clone(), count));
    PlantedRoom {
        name: room.to_owned(),
        shape: shape.to_owned(),
        lines: lines.len(),
        found: best,
        is_found: false,
    }
}

fn note_confidence(tenths: &mut [(usize, f64, usize)], confidence: f64, is_room: bool) {
    let tenth = domain::num::round_u32((confidence * 10.0).floor()).min(9) as usize;
    tenths[tenth].0 += 1;
    tenths[tenth].1 += confidence;
    tenths[tenth].2 += usize::from(is_room);
}

/// A room counts as found where some entry shares this much of its lines (Jaccard).
const FOUND_JACCARD: f64 = 0.3;

fn summed(
    score: &mut Score,
    rooms: &BTreeMap<&str, (&str, BTreeSet<&str>)>,
    best_lead: &BTreeMap<&str, f64>,
    best_any: &BTreeMap<&str, f64>,
) {
    for (room, (shape, _)) in rooms {
        let entry = score.shapes.entry((*shape).to_owned()).or_insert((0, 0, 0));
        entry.0 += 1;
        entry.1 += usize::from(best_lead.get(room).copied().unwrap_or(0.0) >= FOUND_JACCARD);
        entry.2 += usize::from(best_any.get(room).copied().unwrap_or(0.0) >= FOUND_JACCARD);
    }
    let total: f64 = rooms.keys().map(|room| best_lead.get(room).copied().unwrap_or(0.0)).sum();
    score.mean_best_jaccard = if rooms.is_empty() { 0.0 } else { total / rooms.len() as f64 };
}

/// Whether at least half of an entry's lines belong to rooms, and else which class most belong to.
fn majority(entry: &Found, group_of: &BTreeMap<&str, (&str, &str, &str)>) -> (bool, String) {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_rooms = 0;
    for line in &entry.lines {
        match group_of.get(line.as_str()) {
            Some((_, "room", _)) => of_rooms += 1,
            Some((_, _, class)) => *classes.entry(class).or_insert(0) += 1,
            None => *classes.entry("ordinary").or_insert(0) += 1,
        }
    }
    let class =
        classes.into_iter().max_by_key(|(_, count)| *count).map_or("nobody", |(class, _)| class);
    (of_rooms * 2 >= entry.lines.len() && of_rooms > 0, class.to_owned())
}

impl Score {
    /// Rooms in the truth, and how many were found as leads.
    pub fn rooms(&self) -> (usize, usize) {
        self.shapes
            .values()
            .fold((0, 0), |(all, found), (these, leads, _)| (all + these, found + leads))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::TrueLine;

    fn truth() -> Truth {
        let line = |group: &str, kind, class: &str, line: &str| TrueLine {
            group: group.to_owned(),
            kind,
            class: class.to_owned(),
            line: line.to_owned(),
            role: "worker",
            start_s: 0,
            calls: 10,
        };
        let mut lines: Vec<TrueLine> =
            ["1", "2", "3", "4"].map(|number| line("room000", "room", "house", number)).to_vec();
        lines
            .extend(["7", "8", "9"].map(|number| line("group000", "lookalike", "courier", number)));
        Truth { lines, ..Truth::default() }
    }

    fn found(lead: bool, lines: &[&str]) -> Found {
        Found {
            id: "R1".to_owned(),
            lead,
            confidence: 0.9,
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        }
    }

    #[test]
    fn a_room_found_and_a_look_alike_accused() {
        let score = score(
            &[found(true, &["1", "2", "3"]), found(true, &["7", "8", "9"]), found(false, &["20"])],
            &truth(),
        );
        assert_eq!(score.shapes["house"], (1, 1, 1));
        assert_eq!(score.leads, (2, 1));
        assert_eq!(score.false_leads["courier"], 1);
        assert_eq!(score.false_watch["ordinary"], 1);
        assert!((score.mean_best_jaccard - 0.75).abs() < 1e-12);
        assert!(
            (score.line_precision - 0.5).abs() < 1e-12 && (score.line_recall - 0.75).abs() < 1e-12
        );
    }
}
