//! Cohorts that fall silent: the view from the country that people leave.
//!
//! Means: several lines that were in use day by day are not used any more from two days on, and one and the same line spoke with most of them in the
//! weeks before. Points to recruits who travelled together and whose phones were taken. Known false alarms: tour groups and crews (they know each other,
//! and they come back, which is why nothing is a lead before two weeks of silence), an operator's change of numbers, records that end (docs/concepts/cohorts.md).
//! What became of them is not observable from here.

use crate::Scene;
use crate::config::SilentConfig;
use domain::Outcome;
use domain::num::{share, u32_of};
use domain::zone::{DAY_S, day_of};
use facts::call::outcome_of;
use facts::{CallPart, Calls, Extra, NONE};
use linkage::weight::{probability, surprise};
use profiles::Context;
use rooms::FactRef;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Lines that fell silent together, and the line that spoke with them before.
#[derive(Clone, Debug, PartialEq)]
pub struct SilentCohort {
    /// The lines, in canonical order.
    pub lines: Vec<u32>,
    /// The line that spoke with most of them: a recruiter, an agent, a guide.
    pub common: u32,
    /// First and last moment at which one of them was used last, epoch seconds.
    pub silent_s: (u32, u32),
    /// Whether they were silent for so long that a journey would have ended.
    pub is_lead: bool,
    /// Probability that they did not fall silent by chance, 0..=1.
    pub probability: f64,
    /// Why, a sentence each, without identifiers.
    pub statements: Vec<String>,
    /// What speaks against it.
    pub counter: Vec<String>,
    /// Examples of the calls it rests on.
    pub facts: Vec<FactRef>,
}

/// A line that fell silent.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Fallen {
    line: u32,
    /// Last use, epoch seconds.
    last_s: u32,
    /// Where, or [`NONE`].
    cell: u32,
}

/// The cohorts that fell silent, the surest first. Errors: the shelf fails.
pub(crate) fn silent_cohorts(scene: &Scene<'_>) -> io::Result<Vec<SilentCohort>> {
    let (calls, config) = (scene.calls, &scene.config.silent);
    // A room's lines are used up one after the other: that is told of the room.
    let members = crate::contact::members(scene.rooms);
    let looked = calls.map_parts(|part| look(part, calls, scene.context, config))?;
    let mut regular: Vec<u32> = looked.iter().flat_map(|(regular, _)| regular).copied().collect();
    regular.sort_unstable();
    let mut fallen: Vec<Fallen> = looked.into_iter().flat_map(|(_, fallen)| fallen).collect();
    fallen.retain(|one| members.binary_search(&one.line).is_err());
    if fallen.len() < config.lines_min {
        return Ok(Vec::new());
    }
    let mut pairs = contacts(calls, &fallen, config)?;
    // Who fell silent too is one of a group that knows each other, and no recruiter.
    let lines: BTreeSet<u32> = fallen.iter().map(|one| one.line).collect();
    let known: BTreeSet<(u32, u32)> = pairs
        .iter()
        .filter(|(contact, ..)| lines.contains(contact))
        .map(|(contact, at, _)| (fallen[*at as usize].line, *contact))
        .collect();
    pairs.retain(|(contact, ..)| !lines.contains(contact));
    let by_contact = pairs.chunk_by(|a, b| a.0 == b.0);
    let near: Vec<(u32, Vec<(Fallen, FactRef)>)> = by_contact
        .filter_map(|own| {
            let together = together(own, &fallen, config.within_s);
            // Where thousands stop at once it is the feed, or an operator, that changed.
            (config.lines_min..=config.lines_max)
                .contains(&together.len())
                .then_some((own[0].0, together))
        })
        .collect();
    let asked: Vec<u32> = near.iter().map(|(contact, _)| *contact).collect();
    let degrees = calls.map_lines(&asked, |part, place, nth| {
        let last_s = near[nth].1.iter().map(|(one, _)| one.last_s).max().unwrap_or(0);
        let with = spoken_with(asked[nth], part, place, last_s, config);
        with.keys().filter(|other| regular.binary_search(other).is_ok()).count()
    })?;
    let tested = (pairs.len() as f64 + 1.0).log2();
    let mut ends: Vec<u32> = fallen.iter().map(|one| one.last_s).collect();
    ends.sort_unstable();
    let mut found: Vec<SilentCohort> = near
        .into_iter()
        .zip(degrees)
        .filter_map(|((common, together), degree)| {
            let window =
                Window { ends: &ends, known: &known, regular: regular.len(), degree, tested };
            cohort(common, together, &window, calls, config)
        })
        .collect();
    found.sort_by(|a, b| {
        b.lines
            .len()
            .cmp(&a.lines.len())
            .then(b.probability.total_cmp(&a.probability))
            .then(a.common.cmp(&b.common))
    });
    Ok(apart(found))
}

/// Of a part, the lines in use day by day, and those of them that fell silent.
fn look(
    part: &CallPart,
    calls: &Calls,
    context: &Context<'_>,
    config: &SilentConfig,
) -> (Vec<u32>, Vec<Fallen>) {
    let (mut regular, mut fallen, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for (place, line) in part.lines().iter().enumerate() {
        let rows = part.made_at(place).len() + part.received_at(place).len();
        if rows + part.sightings_at(place).len() < config.days_min {
            continue;
        }
        days.clear();
        let mut first_s = u32::MAX;
        let mut last = Fallen { line: *line, last_s: 0, cell: NONE };
        let mut used = |at_s: u32, cell: u32| {
            let day = day_of(context.site.local_s(at_s));
            if days.last() != Some(&day) {
                days.push(day);
            }
            first_s = first_s.min(at_s);
            if at_s >= last.last_s {
                (last.last_s, last.cell) = (at_s, cell);
            }
        };
        for row in part.made_at(place) {
            used(part.start_s[row], part.extra(Extra::CallerCell, row));
        }
        for seen in part.sightings_at(place) {
            used(seen.to_s, seen.cell);
        }
        let inbound = &part.inbound;
        for row in part
            .received_at(place)
            .filter(|row| is_use(inbound.duration_s[*row], inbound.marks[*row]))
        {
            let cell = inbound.cell.get(row).copied().unwrap_or(NONE);
            used(inbound.start_s[row], cell);
        }
        days.sort_unstable();
        days.dedup();
        // Days in use until then, over the days that were.
        let life_days = f64::from(last.last_s.saturating_sub(calls.first_s)) / f64::from(DAY_S);
        let a_day = days.len() as f64 / life_days.max(1.0);
        let was_there = first_s <= calls.first_s.saturating_add(config.there_s);
        if !was_there || days.len() < config.days_min || a_day < config.days_share_min {
            continue;
        }
        regular.push(*line);
        let silence_s = calls.as_of_s.saturating_sub(last.last_s);
        let missed = a_day * f64::from(silence_s) / f64::from(DAY_S);
        if silence_s >= config.silence_s && missed >= config.missed_days_min {
            fallen.push(last);
        }
    }
    (regular, fallen)
}

/// Whether a call that was received was answered.
fn is_use(duration_s: u32, marks: u8) -> bool {
    duration_s > 0 && matches!(outcome_of(marks), Outcome::Answered | Outcome::Unknown)
}

/// A fallen line's last call with a contact in the weeks before: the contact, and the line's place among the fallen.
type Spoke = (u32, u32, FactRef);

/// Whom each fallen line spoke with in the weeks before, by contact.
fn contacts(calls: &Calls, fallen: &[Fallen], config: &SilentConfig) -> io::Result<Vec<Spoke>> {
    let lines: Vec<u32> = fallen.iter().map(|one| one.line).collect();
    let told = calls.map_lines(&lines, |part, place, nth| {
        spoken_with(lines[nth], part, place, fallen[nth].last_s, config)
    })?;
    let mut pairs: Vec<Spoke> = told
        .into_iter()
        .enumerate()
        .flat_map(|(nth, spoken)| {
            spoken.into_iter().map(move |(other, fact)| (other, u32_of(nth), fact))
        })
        .collect();
    pairs.sort_unstable();
    Ok(pairs)
}

/// Others whom a line spoke with, or tried to, in the weeks before a moment, and the last call with each.
fn spoken_with(
    line: u32,
    part: &CallPart,
    place: usize,
    last_s: u32,
    config: &SilentConfig,
) -> BTreeMap<u32, FactRef> {
    let before = last_s.saturating_sub(config.before_s)..=last_s;
    let mut spoken: BTreeMap<u32, FactRef> = BTreeMap::new();
    let mut note = |other: u32, fact: FactRef| {
        let known = spoken.entry(other).or_insert(fact);
        if fact.start_s > known.start_s {
            *known = fact;
        }
    };
    for row in part.made_at(place).filter(|row| before.contains(&part.start_s[*row])) {
        let (callee, start_s) = (part.callee[row], part.start_s[row]);
        note(callee, FactRef { caller: line, callee, start_s });
    }
    let inbound = &part.inbound;
    for row in part.received_at(place).filter(|row| before.contains(&inbound.start_s[*row])) {
        let (caller, start_s) = (inbound.caller[row], inbound.start_s[row]);
        note(caller, FactRef { caller, callee: line, start_s });
    }
    spoken
}

/// Of a contact's fallen lines, the most that fell silent within a span of time, and their last calls with it.
fn together(own: &[Spoke], fallen: &[Fallen], within_s: u32) -> Vec<(Fallen, FactRef)> {
    let mut by_time: Vec<(Fallen, FactRef)> =
        own.iter().map(|(_, at, fact)| (fallen[*at as usize], *fact)).collect();
    by_time.sort_by_key(|(one, _)| (one.last_s, one.line));
    let (mut best, mut end) = (0..0, 0);
    for first in 0..by_time.len() {
        let end_s = by_time[first].0.last_s.saturating_add(within_s);
        while end < by_time.len() && by_time[end].0.last_s <= end_s {
            end += 1;
        }
        if end - first > best.len() {
            best = first..end;
        }
    }
    by_time[best].to_vec()
}

/// Examples of calls that a cohort names.
const FACTS_MAX: usize = 8;

/// What chance gives: all lines that fell silent, all that could, those in use whom a contact spoke with, and bits for how many contacts were tried.
struct Window<'a> {
    /// Last uses of all lines that fell silent, in order, epoch seconds.
    ends: &'a [u32],
    /// Pairs of lines that fell silent and spoke with each other.
    known: &'a BTreeSet<(u32, u32)>,
    regular: usize,
    degree: usize,
    tested: f64,
}

fn cohort(
    common: u32,
    together: Vec<(Fallen, FactRef)>,
    window: &Window<'_>,
    calls: &Calls,
    config: &SilentConfig,
) -> Option<SilentCohort> {
    let (together, facts): (Vec<Fallen>, Vec<FactRef>) = together.into_iter().unzip();
    let first_s = together.iter().map(|one| one.last_s).min()?;
    let last_s = together.iter().map(|one| one.last_s).max()?;
    let (from_s, to_s) =
        (first_s.saturating_sub(config.within_s / 2), last_s.saturating_add(config.within_s / 2));
    let until = |at_s: u32| window.ends.partition_point(|end_s| *end_s <= at_s);
    let fell = until(to_s) - until(from_s.saturating_sub(1));
    let rate =
        share(fell - together.len().min(fell), window.regular)?.max(1.0 / window.regular as f64);
    let expected = rate * window.degree as f64;
    let bits = surprise(together.len() as f64, expected) - window.tested;
    let most = share(together.len(), window.degree)?;
    if bits < config.bits_min || most < config.share_min {
        return None;
    }
    let silent_days = calls.as_of_s.saturating_sub(last_s) / DAY_S;
    let mut statements = vec![format!(
        "Of {} lines in daily use that one line spoke with in the {} days before, {} fell silent within {:.0} h; chance gives {expected:.1}.",
        window.degree,
        config.before_s / DAY_S,
        together.len(),
        f64::from(config.within_s) / 3_600.0
    )];
    statements.extend(last_place(&together, calls));
    statements.push(format!("They have been silent for {silent_days} days."));
    let is_long = silent_days * DAY_S >= config.lead_s;
    let mut counter = Vec::new();
    let knows =
        |one: &&Fallen| together.iter().any(|other| window.known.contains(&(one.line, other.line)));
    let acquainted = together.iter().filter(knows).count();
    let strangers = acquainted as f64 <= config.acquainted_max * together.len() as f64;
    if !strangers {
        counter.push(format!(
            "{acquainted} of them spoke with each other before, as groups that travel do."
        ));
    }
    if !is_long {
        counter.push(
            "Groups on a journey fall silent too, and come back: it is too soon to tell."
                .to_owned(),
        );
    }
    let mut lines: Vec<u32> = together.iter().map(|one| one.line).collect();
    lines.sort_unstable();
    Some(SilentCohort {
        lines,
        common,
        silent_s: (first_s, last_s),
        is_lead: is_long && strangers,
        probability: probability(bits),
        statements,
        counter,
        facts: facts.into_iter().take(FACTS_MAX).collect(),
    })
}

/// Where most of them were last: in one cell, or in one foreign network.
fn last_place(together: &[Fallen], calls: &Calls) -> Option<String> {
    let known: Vec<String> = together
        .iter()
        .filter(|one| one.cell != NONE)
        .map(|one| calls.names.cells.text(one.cell))
        .collect();
    let most = |values: Vec<&str>| -> usize {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        values.iter().for_each(|value| *counts.entry(value).or_default() += 1);
        counts.into_values().max().unwrap_or(0)
    };
    let in_one_cell = most(known.iter().map(String::as_str).collect());
    if in_one_cell * 2 > together.len() {
        return Some(format!("{in_one_cell} of them were last seen in one and the same cell."));
    }
    let in_one_network = most(known.iter().filter_map(|cell| network(cell)).collect());
    (in_one_network * 2 > together.len())
        .then(|| format!("{in_one_network} of them were last seen in one and the same network."))
}

/// The network of a cell whose name begins with its country and network code (ITU-T E.212), such as `716-06`.
fn network(cell: &str) -> Option<&str> {
    let mut dashes = cell.match_indices('-').map(|(at, _)| at);
    let (first, second) = (dashes.next()?, dashes.next()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (first == 3 && digits(&cell[..first]) && digits(&cell[first + 1..second]))
        .then(|| &cell[..second])
}

/// Cohorts that are no part of a larger one.
fn apart(found: Vec<SilentCohort>) -> Vec<SilentCohort> {
    let mut kept: Vec<SilentCohort> = Vec::new();
    for cohort in found {
        let inside = |known: &SilentCohort| {
            let same = cohort.lines.iter().filter(|line| known.lines.binary_search(line).is_ok());
            same.count() * 2 > cohort.lines.len()
        };
        if !kept.iter().any(inside) {
            kept.push(cohort);
        }
    }
    kept.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.common.cmp(&b.common)));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_told_by_their_codes() {
        assert_eq!(network("716-06-1-2"), Some("716-06"));
        assert_eq!(network("north-side-1"), None);
        assert_eq!(network("12345"), None);
    }

    #[test]
    fn the_most_that_fall_silent_together_are_told() {
        let fallen: Vec<Fallen> = [5, 100, 101, 102, 900]
            .into_iter()
            .enumerate()
            .map(|(line, last_s)| Fallen { line: u32_of(line), last_s, cell: NONE })
            .collect();
        let fact = FactRef { caller: 9, callee: 0, start_s: 0 };
        let own: Vec<Spoke> = (0..5).map(|at| (9, at, fact)).collect();
        let lines: Vec<u32> = together(&own, &fallen, 50).iter().map(|(one, _)| one.line).collect();
        assert_eq!(lines, [1, 2, 3]);
    }

    #[test]
    fn a_cohort_within_another_is_told_once() {
        let cohort = |lines: &[u32], common| SilentCohort {
            lines: lines.to_vec(),
            common,
            silent_s: (0, 0),
            is_lead: false,
            probability: 0.9,
            statements: Vec::new(),
            counter: Vec::new(),
            facts: Vec::new(),
        };
        let told = apart(vec![cohort(&[1, 2, 3, 4, 5, 6], 9), cohort(&[1, 2, 3, 4, 5], 8)]);
        assert_eq!(told.len(), 1);
    }
}
