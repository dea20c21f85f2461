//! How much speaks for a line going on with another: shared contacts, places and handsets.
//!
//! Sources of the weights: Fellegi & Sunter (1969), u counted in the data: the chance that a line with as many contacts has this one. A
//! contact of the old line that the new one does not have speaks against it, as far as it had time to show; one that it knew before it
//! began counts neither way.

use super::change::Change;
use crate::config::SuccessorConfig;
use domain::num::u32_of;
use domain::zone::DAY_S;
use facts::{CallPart, Calls, Extra, NONE};
use linkage::weight::match_weight;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// What a line did on its side of the break.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Side {
    pub(crate) line: u32,
    /// Contacts and calls with each, in canonical order.
    pub(crate) contacts: Vec<(u32, f64)>,
    /// Of a line that begins: whom it knew before, in canonical order.
    known: Vec<u32>,
    /// Of a line that begins: calls that it made a day before, over those since.
    before: f64,
    /// Cells, and the share of calls made from each; empty where the feed has none.
    cells: Vec<(u32, f64)>,
    /// Handsets.
    handsets: Vec<u32>,
    /// Days that were looked at.
    days: f64,
    /// The day of the break.
    day: usize,
}

impl Side {
    /// Whether it has to do with a line, rather than trying once whether a call gets through.
    fn talks_with(&self, line: u32) -> bool {
        let contact = self.contacts.binary_search_by_key(&line, |one| one.0);
        let calls = contact.map_or(0.0, |at| self.contacts[at].1);
        calls > 1.0 || self.known.binary_search(&line).is_ok()
    }
}

/// Sides, and how common contacts, cells and handsets are.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) fading: Vec<Side>,
    pub(crate) rising: Vec<Side>,
    /// Rising lines that may go on with each fading one, and how many begin near it in all.
    pub(crate) candidates: Vec<(Vec<u32>, usize)>,
    /// Contacts of each contact, over all lines.
    popularity: BTreeMap<u32, f64>,
    /// Contacts of a contact, on average.
    degree_mean: f64,
    cell_share: BTreeMap<u32, f64>,
    /// The fading line's place, by line.
    pub(crate) fading_at: BTreeMap<u32, usize>,
}

impl Weights {
    /// Looks at both sides of all breaks. Errors: the shelf fails.
    pub(crate) fn of(
        calls: &Calls,
        fading: &[&Change],
        rising: &[&Change],
        config: &SuccessorConfig,
    ) -> io::Result<Self> {
        let lines = calls.names.lines.len().max(1) as f64;
        let fading = sides(calls, fading, config)?;
        let rising = sides(calls, rising, config)?;
        let mut contacts: Vec<u32> = fading
            .iter()
            .chain(&rising)
            .flat_map(|side| side.contacts.iter().map(|(other, _)| *other))
            .collect();
        contacts.sort_unstable();
        contacts.dedup();
        let degrees = calls.map_lines(&contacts, |part, place, _| degree(part, place))?;
        let degree_mean = degrees.iter().sum::<usize>() as f64 / degrees.len().max(1) as f64;
        let popularity =
            contacts.into_iter().zip(degrees).map(|(line, degree)| (line, degree as f64 / lines));
        let mut weights = Self {
            fading_at: fading.iter().enumerate().map(|(at, side)| (side.line, at)).collect(),
            cell_share: cell_share(fading.iter().chain(&rising)),
            popularity: popularity.collect(),
            degree_mean: degree_mean.max(1.0),
            candidates: Vec::new(),
            fading,
            rising,
        };
        weights.candidates = weights.candidates(config);
        Ok(weights)
    }

    /// Rising lines near each fading one in time; where there are many, those that share a contact or a handset with it.
    fn candidates(&self, config: &SuccessorConfig) -> Vec<(Vec<u32>, usize)> {
        let mut by_day: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (at, side) in self.rising.iter().enumerate() {
            by_day.entry(side.day).or_default().push(u32_of(at));
        }
        let by_contact =
            index(&self.rising, |side| side.contacts.iter().map(|one| one.0).collect());
        let by_handset = index(&self.rising, |side| side.handsets.clone());
        let of = |fading: &Side| {
            let first = fading.day.saturating_sub(config.apart_days);
            let days = first..=fading.day + config.apart_days;
            let near = || by_day.range(days.clone()).flat_map(|(_, lines)| lines.iter().copied());
            let mut found: Vec<u32> = if near().nth(config.candidates_max).is_none() {
                near().collect()
            } else {
                let contacts = fading.contacts.iter().map(|one| having(&by_contact, one.0));
                let handsets = fading.handsets.iter().map(|one| having(&by_handset, *one));
                // What many share tells nobody apart.
                let rare =
                    contacts.chain(handsets).filter(|all| all.len() <= config.candidates_max);
                let sharing = rare.flatten().map(|(_, at)| *at);
                sharing.filter(|at| days.contains(&self.rising[*at as usize].day)).collect()
            };
            found.retain(|at| self.rising[*at as usize].line != fading.line);
            found.sort_unstable();
            found.dedup();
            (found, by_day.range(days.clone()).map(|(_, lines)| lines.len()).sum())
        };
        self.fading.iter().map(of).collect()
    }

    /// The weight of a pair, bits, and the contacts that both have. `became` tells which rising line a contact has become, and how surely.
    pub(crate) fn pair(
        &self,
        fading: usize,
        rising: u32,
        became: &BTreeMap<usize, Vec<(u32, f64)>>,
        config: &SuccessorConfig,
    ) -> (f64, usize) {
        let (old, new) = (&self.fading[fading], &self.rising[rising as usize]);
        let (mut bits, mut shared) = (0.0, 0);
        let has = |other: u32| new.contacts.binary_search_by_key(&other, |one| one.0).is_ok();
        // Whom the new line knew before it took over nothing of: friends share contacts.
        let taken_over =
            old.contacts.iter().filter(|(other, _)| new.known.binary_search(other).is_err());
        for (other, calls) in taken_over {
            let popularity = self.popularity.get(other).copied().unwrap_or(0.0);
            let u = popularity * new.contacts.len() as f64 / self.degree_mean;
            let u = u.clamp(1e-4, 0.5);
            let shown = 1.0 - (-calls * new.days / old.days.max(1.0)).exp();
            let m = (config.keeps_share * shown).clamp(0.02, 0.98);
            let fading = self.fading_at.get(other);
            let swapped = fading.and_then(|at| became.get(at));
            let as_new: f64 = swapped.map_or(0.0, |lines| {
                let known = lines.iter().filter(|(line, _)| has(self.rising[*line as usize].line));
                known.map(|(_, sure)| sure).sum()
            });
            let agrees = if has(*other) { 1.0 } else { as_new.min(1.0) };
            shared += usize::from(agrees > 0.5);
            let against = match_weight(1.0 - m, 1.0 - u);
            // Nobody is missed who went quiet themselves in those days.
            let near = |at: &usize| self.fading[*at].day.abs_diff(old.day) <= config.apart_days;
            let missed = if fading.is_some_and(near) { 0.0 } else { 1.0 };
            bits += agrees * match_weight(m.max(u * 1.01), u) + (1.0 - agrees) * against * missed;
        }
        bits += self.place_bits(old, new, config);
        if new.before > config.before_share_max {
            bits -= config.before_bits;
        }
        if new.talks_with(old.line) {
            bits -= config.met_bits;
        }
        if old.handsets.iter().any(|handset| new.handsets.contains(handset)) {
            bits += config.handset_bits;
        }
        (bits, shared)
    }

    /// Shared cells: how much more often both are at one than two lines by chance.
    fn place_bits(&self, old: &Side, new: &Side, config: &SuccessorConfig) -> f64 {
        if old.cells.is_empty() || new.cells.is_empty() {
            return 0.0;
        }
        let share = |cells: &[(u32, f64)], cell: u32| {
            cells.binary_search_by_key(&cell, |one| one.0).map_or(0.0, |at| cells[at].1)
        };
        let both: f64 = old.cells.iter().map(|(cell, own)| own * share(&new.cells, *cell)).sum();
        let chance: f64 = old
            .cells
            .iter()
            .map(|(cell, own)| own * self.cell_share.get(cell).copied().unwrap_or(0.0))
            .sum();
        match_weight(both + config.cell_floor, chance + config.cell_floor)
            .clamp(-config.place_bits_max, config.place_bits_max)
    }
}

fn sides(calls: &Calls, changes: &[&Change], config: &SuccessorConfig) -> io::Result<Vec<Side>> {
    let lines: Vec<u32> = changes.iter().map(|change| change.line).collect();
    let window_s = u32_of(config.contacts_days) * DAY_S;
    calls.map_lines(&lines, |part, place, nth| {
        let change = changes[nth];
        let span = if change.fades {
            change.at_s.saturating_sub(window_s)..change.at_s
        } else {
            change.at_s..change.at_s.saturating_add(window_s)
        };
        // Who takes a new phone tries it the day before: that is no acquaintance yet.
        let known = if change.fades { 0..0 } else { 0..change.at_s.saturating_sub(DAY_S) };
        let days = days_seen(calls, &span);
        let known = contacts(part, place, &known).into_iter().map(|one| one.0).collect();
        let before = change.at_s.saturating_sub(window_s)..change.at_s;
        let before = made_a_day(calls, part, place, &before)
            / made_a_day(calls, part, place, &span).max(f64::MIN_POSITIVE);
        Side { day: change.day, days, known, before, ..side(change.line, part, place, &span) }
    })
}

/// Days of a span that the facts cover.
fn days_seen(calls: &Calls, span: &Range<u32>) -> f64 {
    let seen = span.start.max(calls.first_s)..span.end.min(calls.last_s);
    f64::from(seen.end.saturating_sub(seen.start)) / f64::from(DAY_S)
}

/// Calls that a line made on each day of a span.
fn made_a_day(calls: &Calls, part: &CallPart, place: usize, span: &Range<u32>) -> f64 {
    let made = part.made_at(place).filter(|row| span.contains(&part.start_s[*row])).count();
    made as f64 / days_seen(calls, span).max(1.0)
}

fn side(line: u32, part: &CallPart, place: usize, span: &Range<u32>) -> Side {
    let (mut cells, mut handsets) = (Vec::new(), Vec::new());
    for row in part.made_at(place).filter(|row| span.contains(&part.start_s[*row])) {
        cells.push(part.extra(Extra::CallerCell, row));
        handsets.push(part.extra(Extra::CallerHandset, row));
    }
    let made = cells.len() as f64;
    let cells = counted(cells).into_iter().map(|(cell, count)| (cell, count / made)).collect();
    let handsets = counted(handsets).into_iter().map(|(handset, _)| handset).collect();
    Side { line, contacts: contacts(part, place, span), cells, handsets, ..Side::default() }
}

/// Whom a line calls and who calls it, and how many calls there are with each, in canonical order.
fn contacts(part: &CallPart, place: usize, span: &Range<u32>) -> Vec<(u32, f64)> {
    let inbound = &part.inbound;
    let made = part.made_at(place).filter(|row| span.contains(&part.start_s[*row]));
    let received = part.received_at(place).filter(|row| span.contains(&inbound.start_s[*row]));
    let made = made.map(|row| part.callee[row]);
    counted(made.chain(received.map(|row| inbound.caller[row])).collect())
}

/// Which sides have each value: pairs of a value and a side's place, in order.
fn index(sides: &[Side], values: impl Fn(&Side) -> Vec<u32>) -> Vec<(u32, u32)> {
    let own = sides.iter().enumerate();
    let mut index: Vec<(u32, u32)> = own
        .flat_map(|(at, side)| values(side).into_iter().map(move |value| (value, u32_of(at))))
        .collect();
    index.sort_unstable();
    index
}

/// The part of an index that has a value.
fn having(index: &[(u32, u32)], value: u32) -> &[(u32, u32)] {
    let first = index.partition_point(|one| one.0 < value);
    let rest = &index[first..];
    &rest[..rest.partition_point(|one| one.0 == value)]
}

/// Values and how often each occurs, in order; what is not known is left out.
fn counted(mut values: Vec<u32>) -> Vec<(u32, f64)> {
    values.retain(|value| *value != NONE);
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as f64)).collect()
}

/// How many contacts a line has.
fn degree(part: &CallPart, place: usize) -> usize {
    contacts(part, place, &(0..u32::MAX)).len()
}

/// The mean share of calls made from each cell.
fn cell_share<'a>(sides: impl Iterator<Item = &'a Side>) -> BTreeMap<u32, f64> {
    let (mut shares, mut count) = (BTreeMap::new(), 0.0_f64);
    for side in sides.filter(|side| !side.cells.is_empty()) {
        count += 1.0;
        for (cell, share) in &side.cells {
            *shares.entry(*cell).or_insert(0.0) += share;
        }
    }
    shares.values_mut().for_each(|share| *share /= count.max(1.0));
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits of a pair that shares three of four contacts; `known` and `before` are those of the new line.
    fn bits(contacts: &[u32], known: &[u32], before: f64) -> f64 {
        let side = |line, contacts: &[u32]| Side {
            line,
            contacts: contacts.iter().map(|other| (*other, 5.0)).collect(),
            days: 10.0,
            ..Side::default()
        };
        let weights = Weights {
            fading: vec![side(1, &[11, 12, 13, 14])],
            rising: vec![Side { known: known.to_vec(), before, ..side(2, contacts) }],
            candidates: Vec::new(),
            popularity: (11..15).map(|line| (line, 0.01)).collect(),
            degree_mean: 10.0,
            cell_share: BTreeMap::new(),
            fading_at: BTreeMap::from([(1, 0)]),
        };
        weights.pair(0, 0, &BTreeMap::new(), &SuccessorConfig::default()).0
    }

    #[test]
    fn whom_the_new_line_knew_before_counts_neither_way() {
        let shared = bits(&[11, 12, 13], &[], 0.0);
        assert!(shared > 10.0, "{shared}");
        assert!(bits(&[11, 12, 13], &[11, 12, 13], 0.0) < 0.0);
    }

    #[test]
    fn a_line_that_was_in_use_before_or_talks_with_the_old_one_is_another_persons() {
        let config = SuccessorConfig::default();
        let shared = bits(&[11, 12, 13], &[], 0.0);
        assert!((shared - bits(&[11, 12, 13], &[], 0.5) - config.before_bits).abs() < 1e-9);
        assert!((shared - bits(&[11, 12, 13], &[1], 0.0) - config.met_bits).abs() < 1e-9);
    }
}
