//! What a group of lines did together: the facts that its evidence is weighed by.

use crate::candidate::{Candidate, CandidateCalls, Traits};
use crate::config::PairConfig;
use crate::evidence::targets::{HandOff, Passed, Touch, passes, touches};
use domain::Outcome;
use domain::num::share;
use domain::zone::{day_of, hour_of, weekday_of};
use facts::call::{Attestation, attestation_of, outcome_of};
use facts::{Budget, NONE, Names};
use profiles::Context;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Facts about a group. Shares are `None` where the feeds cannot show them.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct GroupFacts {
    /// Lines.
    pub lines: usize,
    /// Calls made to others.
    pub calls: usize,
    /// Calls received from others.
    pub received: usize,
    /// Distinct others that were called.
    pub targets: usize,
    /// Calls made for each target.
    pub calls_a_target: f64,
    /// Share of targets that two or more lines called.
    pub shared_share: f64,
    /// Targets that two or more lines called.
    pub shared: usize,
    /// Of all pairs of a line and a shared target, the share that is there: 1 where every line calls every one of them.
    pub lock_step: f64,
    /// Share of targets that had not called any line before being called.
    pub fresh_share: f64,
    /// Long talks with targets.
    pub long: usize,
    /// Long talks that another line followed up within the hour.
    pub quick: usize,
    /// The same as a share of long talks.
    pub quick_share: f64,
    /// Share of long talks that another line followed up within two days.
    pub follow_share: f64,
    /// Long talks that another line followed up within two days.
    pub followed: usize,
    /// Follow-ups that chance would give, as a share of long talks.
    pub follow_chance: f64,
    /// Targets that dialled another line of the group within the hour of being called.
    pub dialled: usize,
    /// The same over targets.
    pub dialled_share: f64,
    /// Share of targets whose call back was answered.
    pub answered_back_share: f64,
    /// Share of lines whose main handset is the main handset of another line.
    pub handset_shared: Option<f64>,
    /// Lines for each handset.
    pub lines_a_handset: Option<f64>,
    /// Share of calls from the most used cell and its runner-up.
    pub site_share: Option<f64>,
    /// Cells that are the main cell of at least two lines and a tenth of all.
    pub sites: Option<usize>,
    /// Mean share of each line's own main cell.
    pub stillness: Option<f64>,
    /// Share of night calls that come from the group's main cells.
    pub night_at_site: Option<f64>,
    /// Share of calls at 09-18 of the site.
    pub office_site: f64,
    /// Share of calls at 09-18 of the called.
    pub office_target: Option<f64>,
    /// Hours that the called live from the site.
    pub target_hours_away: Option<f64>,
    /// Share of calls from 22:00 to 06:00 at the site.
    pub night_share: f64,
    /// Calls on an average weekend day over those of a working day.
    pub weekend_ratio: Option<f64>,
    /// Hours of the day that hold 90 % of the calls.
    pub shift_hours: f64,
    /// Days from the first call to the last.
    pub life_days: f64,
    /// Days of the facts.
    pub span_days: f64,
    /// Median days from a line's first call to its last.
    pub line_days: f64,
    /// Lines over the most lines that worked on one day.
    pub churn: f64,
    /// Share of lines that worked on at least half of the group's days.
    pub stable_share: f64,
    /// Share of the days of the facts from the group's first call to its last.
    pub life_share: f64,
    /// Share of lines with a neighbour in number within the group.
    pub batch_share: Option<f64>,
    /// Share of calls to vacant numbers.
    pub vacant_share: Option<f64>,
    /// Share of attested calls with attestation C.
    pub attestation_c: Option<f64>,
    /// Mean share of rising steps.
    pub sequential_share: f64,
    /// Mean share of a line's counterparts that are recurrent evening partners.
    pub evening_share: f64,
    /// Share of calls made to lines of the group.
    pub internal_share: f64,
    /// Answer rate.
    pub answer_rate: f64,
    /// Calls of a line on a day that it works.
    pub calls_a_line_day: f64,
    /// Lines that would do the work if all worked as hard, over lines: 1 where they do.
    pub even_share: f64,
}

/// A group's facts with what their statements name.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Members, indexes of candidates.
    pub members: Vec<u32>,
    /// How hard each member works: calls made and received on a day that it has any.
    pub paces: Vec<f64>,
    /// Facts.
    pub facts: GroupFacts,
    /// Cells by calls, most used first.
    pub cells: Vec<(u32, usize)>,
    /// Hand-offs within the group, in order of time.
    pub passed: Vec<Passed>,
    /// Pairs of lines with the handset they share.
    pub handset_pairs: Vec<(u32, u32, u32)>,
    /// Zone that most of the called live in.
    pub target_zone: Option<String>,
    /// First call made, epoch seconds.
    pub first_s: u32,
    /// Last call made, epoch seconds.
    pub last_s: u32,
}

/// A line of the group with its calls.
struct Worked<'a> {
    line: u32,
    traits: Traits,
    calls: Cow<'a, CandidateCalls>,
}

/// Describes a group. Errors: the shelf that calls are kept on fails.
pub fn describe(
    members: &[u32],
    candidates: &[Candidate],
    context: &Context<'_>,
    span_s: (u32, u32),
    config: &PairConfig,
    budget: &Budget,
) -> io::Result<Group> {
    let worked = |at: &u32| {
        let Candidate { line, traits, calls, .. } = &candidates[*at as usize];
        Ok(Worked { line: *line, traits: *traits, calls: budget.look(calls)? })
    };
    let own: Vec<Worked<'_>> = members.iter().map(worked).collect::<io::Result<_>>()?;
    let mut group = Group { members: members.to_vec(), ..Group::default() };
    group.facts.lines = own.len();
    group.facts.span_days = f64::from(span_s.1.saturating_sub(span_s.0)) / 86_400.0;
    let first = own.iter().filter_map(|line| line.calls.made.first()).map(|call| call.start_s);
    let last = own.iter().filter_map(|line| line.calls.made.last()).map(|call| call.start_s);
    group.first_s = first.min().unwrap_or(span_s.0);
    group.last_s = last.max().unwrap_or(span_s.0);
    contacts(&mut group, &own, config);
    devices(&mut group, &own);
    places(&mut group, &own, context);
    clocks(&mut group, &own, context);
    lives(&mut group, &own, context);
    group.paces = own.iter().map(|line| pace(line, context)).collect();
    group.facts.even_share = even_share(&group.paces);
    numbers(&mut group, &own, context.lines, config);
    let mean = |value: fn(&Traits) -> f64| {
        own.iter().map(|line| value(&line.traits)).sum::<f64>() / own.len().max(1) as f64
    };
    group.facts.evening_share = mean(|traits| traits.evening_share);
    group.facts.sequential_share = mean(|traits| traits.sequential_share);
    Ok(group)
}

impl Group {
    /// The members that work at least this share as hard as those who do most of the work, and how much of the work they do.
    pub fn hard_workers(&self, share_min: f64) -> (Vec<u32>, f64) {
        let (sum, squares) = sums(&self.paces);
        let sum = sum.max(f64::MIN_POSITIVE);
        let paced = self.members.iter().zip(&self.paces);
        let hard = paced.filter(|(_, pace)| **pace >= share_min * squares / sum);
        let (members, paces): (Vec<u32>, Vec<f64>) = hard.map(|(at, pace)| (*at, *pace)).unzip();
        (members, paces.iter().sum::<f64>() / sum)
    }
}

fn contacts(group: &mut Group, own: &[Worked<'_>], config: &PairConfig) {
    let inside: BTreeSet<u32> = own.iter().map(|line| line.line).collect();
    let all = (0..).zip(own).flat_map(|(at, line)| touches(at, &line.calls));
    let mut all: Vec<Touch> = all.collect();
    all.sort_unstable();
    let outside: Vec<Touch> =
        all.iter().filter(|touch| !inside.contains(&touch.target)).copied().collect();
    let (mut shared, mut shared_pairs, mut fresh, mut back, mut dialled) = (0, 0, 0, 0, 0);
    let mut passed = Vec::new();
    let facts = &mut group.facts;
    for of_target in outside.chunk_by(|a, b| a.target == b.target) {
        let callers: BTreeSet<u32> =
            of_target.iter().filter(|touch| !touch.inbound).map(|touch| touch.candidate).collect();
        facts.received += of_target.iter().filter(|touch| touch.inbound).count();
        if callers.is_empty() {
            continue;
        }
        facts.targets += 1;
        facts.calls += of_target.iter().filter(|touch| !touch.inbound).count();
        if callers.len() > 1 {
            shared += 1;
            shared_pairs += callers.len();
        }
        fresh += usize::from(!of_target[0].inbound);
        back += usize::from(called_back(of_target));
        let before = passed.len();
        passes(of_target, config, &mut passed);
        dialled += usize::from(
            passed[before..].iter().any(|passed: &Passed| passed.how == HandOff::Dialled),
        );
    }
    let (long, quick, slow) = follow_ups(&outside, config);
    let of = |part: usize, whole: usize| share(part, whole).unwrap_or(0.0);
    facts.calls_a_target = of(facts.calls, facts.targets);
    facts.shared = shared;
    facts.shared_share = of(shared, facts.targets);
    facts.lock_step = of(shared_pairs, shared * facts.lines);
    facts.fresh_share = of(fresh, facts.targets);
    facts.long = long;
    facts.quick = quick;
    facts.quick_share = of(quick, long);
    facts.followed = quick + slow;
    facts.follow_share = of(quick + slow, long);
    facts.dialled = dialled;
    facts.dialled_share = of(dialled, facts.targets);
    facts.answered_back_share = of(back, facts.targets);
    let life_days = (f64::from(group.last_s - group.first_s) / 86_400.0).max(1.0);
    facts.follow_chance = facts.calls as f64 / life_days * f64::from(config.slow_s)
        / 86_400.0
        / facts.targets.max(1) as f64
        / facts.targets.max(1) as f64;
    facts.internal_share = of(all.len() - outside.len(), all.len());
    let answered = own
        .iter()
        .flat_map(|line| &line.calls.made)
        .filter(|call| outcome_of(call.marks) == Outcome::Answered)
        .count();
    facts.answer_rate = of(answered, own.iter().map(|line| line.calls.made.len()).sum());
    passed.sort_unstable_by_key(|passed| (passed.start_s, passed.pair, passed.target, passed.how));
    group.passed = passed;
}

/// Whether the target called a line that had called it, and was answered.
fn called_back(touches: &[Touch]) -> bool {
    touches.iter().enumerate().any(|(at, touch)| {
        touch.inbound
            && touch.duration_s > 0
            && touches[..at]
                .iter()
                .any(|earlier| !earlier.inbound && earlier.candidate == touch.candidate)
    })
}

/// Long talks, and how many of them another line followed up quickly or slowly.
fn follow_ups(touches: &[Touch], config: &PairConfig) -> (usize, usize, usize) {
    let (mut long, mut quick, mut slow) = (0, 0, 0);
    for of_target in touches.chunk_by(|a, b| a.target == b.target) {
        for (at, talk) in
            of_target.iter().enumerate().filter(|(_, touch)| touch.duration_s >= config.talk_min_s)
        {
            long += 1;
            let end_s = talk.start_s.saturating_add(talk.duration_s);
            let next = of_target[at + 1..]
                .iter()
                .find(|later| !later.inbound && later.candidate != talk.candidate);
            match next.map(|next| next.start_s.saturating_sub(end_s)) {
                Some(gap_s) if gap_s <= config.quick_s => quick += 1,
                Some(gap_s) if gap_s <= config.slow_s => slow += 1,
                _ => {}
            }
        }
    }
    (long, quick, slow)
}

fn devices(group: &mut Group, own: &[Worked<'_>]) {
    let mut of_handset: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut seen = 0;
    for line in own {
        if let Some(handset) = line.traits.top_handset {
            seen += 1;
            of_handset.entry(handset).or_default().push(line.line);
        }
    }
    if seen == 0 {
        return;
    }
    let sharing: usize = of_handset.values().filter(|lines| lines.len() > 1).map(Vec::len).sum();
    group.facts.handset_shared = share(sharing, seen);
    group.facts.lines_a_handset = share(seen, of_handset.len());
    for (handset, lines) in &of_handset {
        group.handset_pairs.extend(lines.windows(2).map(|pair| (pair[0], pair[1], *handset)));
    }
}

fn places(group: &mut Group, own: &[Worked<'_>], context: &Context<'_>) {
    let mut calls: BTreeMap<u32, usize> = BTreeMap::new();
    let mut mains: BTreeMap<u32, usize> = BTreeMap::new();
    let mut night: Vec<u32> = Vec::new();
    for line in own {
        for call in line.calls.made.iter().filter(|call| call.cell != NONE) {
            *calls.entry(call.cell).or_insert(0) += 1;
            if !(6..22).contains(&hour_of(context.site.local_s(call.start_s))) {
                night.push(call.cell);
            }
        }
        if let Some(cell) = line.traits.top_cell {
            *mains.entry(cell).or_insert(0) += 1;
        }
    }
    let all: usize = calls.values().sum();
    if all == 0 {
        return;
    }
    group.cells = calls.into_iter().collect();
    group.cells.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let top: usize = group.cells.iter().take(2).map(|(_, count)| count).sum();
    group.facts.site_share = share(top, all);
    let lines = own.len();
    group.facts.sites =
        Some(mains.values().filter(|count| **count >= 2 && **count * 10 >= lines).count());
    let stillness: Vec<f64> = own.iter().filter_map(|line| line.traits.top_cell_share).collect();
    group.facts.stillness = Some(stillness.iter().sum::<f64>() / stillness.len().max(1) as f64);
    let main_cells: BTreeSet<u32> = mains.keys().copied().collect();
    group.facts.night_at_site =
        share(night.iter().filter(|cell| main_cells.contains(cell)).count(), night.len());
}

fn clocks(group: &mut Group, own: &[Worked<'_>], context: &Context<'_>) {
    let mut by_hour = [0_usize; 24];
    let (mut office_site, mut office_target, mut zoned, mut night, mut all) = (0, 0, 0, 0, 0);
    let mut zones: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut weekend, mut working) = (BTreeMap::new(), BTreeMap::new());
    for call in own.iter().flat_map(|line| &line.calls.made) {
        let local_s = context.site.local_s(call.start_s);
        let hour = hour_of(local_s);
        all += 1;
        by_hour[hour] += 1;
        office_site += usize::from((9..18).contains(&hour));
        night += usize::from(!(6..22).contains(&hour));
        let days: &mut BTreeMap<u32, usize> =
            if weekday_of(local_s) >= 5 { &mut weekend } else { &mut working };
        *days.entry(day_of(local_s)).or_insert(0) += 1;
        if let Some(zone) = context.clock_index(call.callee) {
            zoned += 1;
            *zones.entry(zone).or_insert(0) += 1;
            office_target += usize::from(
                (9..18).contains(&hour_of(context.clock_at(zone).local_s(call.start_s))),
            );
        }
    }
    let ratio = weekend_ratio(&weekend, &working, group, context);
    let facts = &mut group.facts;
    facts.weekend_ratio = ratio;
    facts.office_site = share(office_site, all).unwrap_or(0.0);
    facts.office_target = share(office_target, zoned);
    facts.night_share = share(night, all).unwrap_or(0.0);
    facts.shift_hours = shift_hours(&by_hour, all);
    let zone = zones.into_iter().max_by_key(|(zone, count)| (*count, usize::MAX - zone));
    let zone = zone.filter(|(_, count)| *count * 2 > zoned).map(|(zone, _)| context.clock_at(zone));
    group.target_zone = zone.map(|clock| clock.name().to_owned());
    group.facts.target_hours_away = zone.map(|clock| {
        let away_s = clock.offset_s(group.last_s) - context.site.offset_s(group.last_s);
        let away_h = (f64::from(away_s) / 3_600.0).rem_euclid(24.0);
        away_h.min(24.0 - away_h)
    });
}

fn shift_hours(by_hour: &[usize; 24], all: usize) -> f64 {
    let mut counts = by_hour.to_vec();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let mut left = all as f64 * 0.9;
    let mut hours = 0.0;
    for count in counts {
        if left <= 0.0 {
            break;
        }
        left -= count as f64;
        hours += 1.0;
    }
    hours
}

/// Over the days from the group's first to its last: `None` where these hold no weekend.
fn weekend_ratio(
    weekend: &BTreeMap<u32, usize>,
    working: &BTreeMap<u32, usize>,
    group: &Group,
    context: &Context<'_>,
) -> Option<f64> {
    let day = |start_s: u32| day_of(context.site.local_s(start_s));
    let days = day(group.first_s)..=day(group.last_s);
    let weekends = days.clone().filter(|day| (day + 3) % 7 >= 5).count();
    let workdays = days.count() - weekends;
    if weekends == 0 || workdays == 0 {
        return None;
    }
    let mean = |calls: &BTreeMap<u32, usize>, days: usize| {
        calls.values().sum::<usize>() as f64 / days as f64
    };
    let working = mean(working, workdays);
    (working > 0.0).then(|| mean(weekend, weekends) / working)
}

fn lives(group: &mut Group, own: &[Worked<'_>], context: &Context<'_>) {
    let mut a_day: BTreeMap<u32, usize> = BTreeMap::new();
    let mut line_days: Vec<u32> = Vec::new();
    let mut days_of: Vec<usize> = Vec::new();
    let mut calls = 0;
    for line in own {
        let days: BTreeSet<u32> =
            line.calls.made.iter().map(|call| day_of(context.site.local_s(call.start_s))).collect();
        calls += line.calls.made.len();
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            line_days.push(last - first + 1);
        }
        days_of.push(days.len());
        days.iter().for_each(|day| *a_day.entry(*day).or_insert(0) += 1);
    }
    let busiest = a_day.values().max().copied().unwrap_or(1);
    let stable = days_of.iter().filter(|days| **days * 2 >= a_day.len()).count();
    let line_days_total: usize = days_of.iter().sum();
    let facts = &mut group.facts;
    facts.life_days = f64::from(group.last_s - group.first_s) / 86_400.0;
    facts.life_share = facts.life_days / facts.span_days.max(1.0);
    facts.line_days = profiles::calls::median(&mut line_days).unwrap_or(0.0);
    facts.churn = own.len() as f64 / busiest.max(1) as f64;
    facts.stable_share = share(stable, own.len()).unwrap_or(0.0);
    facts.calls_a_line_day = share(calls, line_days_total).unwrap_or(0.0);
}

/// Calls made and received on an average day with any.
fn pace(line: &Worked<'_>, context: &Context<'_>) -> f64 {
    let made = line.calls.made.iter().map(|call| call.start_s);
    let starts = || made.clone().chain(line.calls.received.iter().map(|call| call.start_s));
    let days: BTreeSet<u32> =
        starts().map(|start_s| day_of(context.site.local_s(start_s))).collect();
    share(starts().count(), days.len()).unwrap_or(0.0)
}

/// The effective number of equal parts of a whole (inverse Simpson index) over the number of parts.
fn even_share(parts: &[f64]) -> f64 {
    let (sum, squares) = sums(parts);
    if squares > 0.0 { sum * sum / squares / parts.len() as f64 } else { 0.0 }
}

/// Sum, and sum of squares.
fn sums(parts: &[f64]) -> (f64, f64) {
    parts.iter().fold((0.0, 0.0), |(sum, squares), part| (sum + part, squares + part * part))
}

fn numbers(group: &mut Group, own: &[Worked<'_>], lines: &Names, config: &PairConfig) {
    let numbers: Vec<u32> = own.iter().map(|line| line.line).collect();
    let close = |a: u32, b: u32| {
        crate::evidence::numbering::gap(a, b, lines).is_some_and(|gap| gap <= config.number_gap_max)
    };
    let long =
        numbers.iter().filter(|line| lines.key(**line).kind() == domain::LineKind::E164).count();
    let mut sorted = numbers;
    sorted.sort_unstable();
    let near = (0..sorted.len()).filter(|at| {
        let before = at.checked_sub(1).is_some_and(|before| close(sorted[before], sorted[*at]));
        before || sorted.get(at + 1).is_some_and(|after| close(sorted[*at], *after))
    });
    group.facts.batch_share = share(near.count(), long);
    let made = || own.iter().flat_map(|line| &line.calls.made);
    let vacant = made().filter(|call| outcome_of(call.marks) == Outcome::Vacant).count();
    let observed = own.iter().any(|line| line.traits.tells_vacant);
    group.facts.vacant_share = share(vacant, made().count()).filter(|_| observed);
    let attested = |level: Option<Attestation>| {
        made()
            .map(|call| attestation_of(call.marks))
            .filter(|found| level.map_or(*found != Attestation::None, |level| *found == level))
            .count()
    };
    group.facts.attestation_c = share(attested(Some(Attestation::C)), attested(None));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paced(paces: &[f64]) -> Group {
        let members = (0..).take(paces.len()).collect();
        Group { members, paces: paces.to_vec(), ..Group::default() }
    }

    #[test]
    fn work_is_even_where_all_work_as_hard() {
        assert!((even_share(&[7.0, 7.0, 7.0]) - 1.0).abs() < 1e-12);
        assert!((even_share(&[7.0, 0.0, 0.0, 0.0]) - 0.25).abs() < 1e-12);
        assert!(even_share(&[]).abs() < 1e-12);
    }

    #[test]
    fn hard_workers_are_those_beside_whom_the_others_do_next_to_nothing() {
        let (members, work_share) = paced(&[80.0, 2.0, 90.0, 3.0, 1.0]).hard_workers(0.25);
        assert_eq!(members, [0, 2]);
        assert!(work_share > 0.95);
        let (members, work_share) =
            paced(&[150.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0]).hard_workers(0.25);
        assert_eq!(members, [0], "a line that dials like a machine");
        assert!(work_share < 0.8, "does not do the others' work");
    }
}
