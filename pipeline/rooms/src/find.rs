//! From facts to rooms.

use crate::Candidate;
use crate::confidence::confidence;
use crate::config::Config;
use crate::group::Group;
use crate::pairs::{Linked, group_of};
use crate::pass::Scene;
use crate::presence;
use crate::room::{Room, RoomLine, SiteCell, Verdict};
use crate::shape::shape;
use crate::survey::survey;
use crate::weigh::{Weighed, not_observable, observable};
use domain::Family;
use facts::Calls;
use profiles::Context;
use rayon::prelude::*;
use std::io;

/// What the stage found.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Leads first, then watched groups, each by confidence.
    pub rooms: Vec<Room>,
    /// Lines that made a call.
    pub lines: usize,
    /// Lines that may be worked.
    pub candidates: usize,
    /// Groups of candidates that were weighed.
    pub groups: usize,
    /// What was suppressed as a hub, a sentence each.
    pub suppressed: Vec<String>,
}

/// Finds rooms, in two passes: groups among all candidates; then, among the lines of groups that look like rooms, whole rooms. What is
/// still in pieces then is put together, what hangs on by a thread is cut off, and the rooms of one building are parted.
///
/// A room outlives its lines, and the handsets they share change too, so that the first pass may see it in pieces. Among lines that
/// are room-like already the odds that two belong together are far higher, and place and rhythm alone can join what churn has parted.
///
/// Errors: the shelf that calls are kept on fails.
pub fn find(calls: &Calls, context: &Context<'_>, config: &Config) -> io::Result<Findings> {
    let survey = survey(calls, context, config)?;
    let budget = calls.budget();
    let span_s = (calls.first_s, calls.last_s);
    let scene = Scene { calls, context, span_s, config, budget };
    let first = scene.pass(&survey)?;
    let (groups, suppressed) = (first.groups.len(), suppressed(&first.linked));
    let survey_lines = survey.lines;
    let all_candidates = survey.candidates.len();
    let room_like = scene.room_like(survey, &first)?;
    let mut second = scene.pass(&room_like)?;
    scene.assemble(&mut second, &room_like)?;
    scene.cut_threads(&mut second, &room_like)?;
    scene.part_tenants(&mut second, &room_like)?;
    scene.join_overseen(&mut second, &room_like)?;
    let members: Vec<&[u32]> = second.groups.iter().map(|(group, _)| &*group.members).collect();
    let candidates = &room_like.candidates;
    let ties = Ties::of(&members, candidates.len(), &second.linked);
    let rooms = second.groups.into_par_iter().filter_map(|(group, weighed)| {
        room(group, weighed, &ties, candidates, calls.observed, config)
    });
    let mut rooms: Vec<Room> = rooms.collect();
    let (seen, crowded) = presence::find(calls, context, config)?;
    presence::join(&mut rooms, seen, &config.presence);
    let suppressed: Vec<String> = suppressed.into_iter().chain(crowded).collect();
    rooms.sort_by(|a, b| {
        a.verdict
            .cmp(&b.verdict)
            .then(b.confidence.total_cmp(&a.confidence))
            .then(a.lines[0].line.cmp(&b.lines[0].line))
    });
    for (at, room) in rooms.iter_mut().enumerate() {
        room.id = format!("R{}", at + 1);
    }
    Ok(Findings { rooms, lines: survey_lines, candidates: all_candidates, groups, suppressed })
}

fn room(
    group: Group,
    weighed: Weighed,
    ties: &Ties,
    candidates: &[Candidate],
    observed: facts::Observed,
    config: &Config,
) -> Option<Room> {
    let short_span_bits = config.lead.short_span(group.facts.span_days);
    let bits = config.lead.prior_bits + weighed.bits();
    let sure = |bits| confidence(bits, observed, &config.confidence);
    let Config { lead, shape: of_shape, .. } = config;
    // Short facts make nothing a lead; what they show is watched all the same.
    if sure(bits) < lead.watch_min {
        return None;
    }
    let confidence = sure(bits + short_span_bits);
    let agreeing = Family::ALL
        .into_iter()
        .filter(|family| weighed.family_bits(*family) >= lead.family_bits_min)
        .count();
    let is_strong = weighed.evidence.iter().any(|finding| finding.bits >= lead.strong_bits_min);
    let families_min = lead.families_min.min(observable(observed).len());
    let is_lead = agreeing >= families_min && is_strong && confidence >= lead.confidence_min;
    let all: usize = group.cells.iter().map(|(_, count)| count).sum();
    let cells = group
        .cells
        .iter()
        .take(of_shape.cells_max)
        .map(|(cell, count)| SiteCell { cell: *cell, share: *count as f64 / all as f64 });
    Some(Room {
        id: String::new(),
        verdict: if is_lead { Verdict::Lead } else { Verdict::Watch },
        shape: shape(&group.facts, of_shape),
        confidence,
        first_s: group.first_s,
        last_s: group.last_s,
        site: cells.filter(|cell| cell.share >= of_shape.cell_share_min).collect(),
        target_zone: group.target_zone.clone(),
        lines: lines(&group, ties, candidates),
        evidence: weighed.evidence,
        counter_evidence: weighed.counter_evidence,
        not_observable: not_observable(observed, &group.facts, lead),
        facts: group.facts,
        like: None,
    })
}

/// For each candidate, its links with others of its group: the sum of their weights, bits, and their number.
struct Ties(Vec<(f64, usize)>);

impl Ties {
    fn of(groups: &[&[u32]], candidates: usize, linked: &Linked) -> Self {
        let group_of = group_of(groups, candidates);
        let mut ties = vec![(0.0, 0); candidates];
        for link in &linked.links {
            let (a, b) = (link.a as usize, link.b as usize);
            if group_of[a].is_some() && group_of[a] == group_of[b] {
                for end in [a, b] {
                    ties[end].0 += link.bits.iter().sum::<f64>();
                    ties[end].1 += 1;
                }
            }
        }
        Self(ties)
    }

    /// The mean weight of a candidate's links within its group, bits.
    fn mean_bits(&self, at: u32) -> f64 {
        let (sum, count) = self.0[at as usize];
        sum / count.max(1) as f64
    }
}

fn lines(group: &Group, ties: &Ties, candidates: &[Candidate]) -> Vec<RoomLine> {
    let line = |at: &u32| {
        let candidate = &candidates[*at as usize];
        RoomLine {
            line: candidate.line,
            first_s: candidate.span_s.0,
            last_s: candidate.span_s.1,
            bits: ties.mean_bits(*at),
        }
    };
    let mut lines: Vec<RoomLine> = group.members.iter().map(line).collect();
    lines.sort_by_key(|line| (line.first_s, line.line));
    lines
}

fn suppressed(linked: &Linked) -> Vec<String> {
    let of = |family: Family| {
        linked
            .suppressed
            .iter()
            .filter(|(found, _)| *found == family)
            .map(|(_, hub)| hub.members)
            .collect::<Vec<_>>()
    };
    let mut told = Vec::new();
    for (family, what) in
        [(Family::Device, "handset"), (Family::Place, "cell"), (Family::Targets, "called number")]
    {
        let hubs = of(family);
        if let Some(most) = hubs.iter().max() {
            told.push(format!(
                "{} {what}{} that up to {most} lines share",
                hubs.len(),
                if hubs.len() == 1 { "" } else { "s" }
            ));
        }
    }
    told
}
