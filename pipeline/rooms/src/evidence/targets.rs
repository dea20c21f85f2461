//! Targets: lines that share strangers, and hand them on.
//!
//! Means: two lines called the same people; or one talked long with somebody whom the other then called; or somebody called by one
//! dialled the other right after. These are the forms of hand-off that call records show (docs/concepts/figures.md: H2, H3, H5; H1 is one long
//! call, H4 leaves voice). Points to a room: list work splits one list, and a hooked target passes from first to second line.
//! False alarms: centres with a customer pool, bank fraud desks, debt collectors, sales closers: weighed as counter-evidence of the
//! group. Hubs (a hotline that everybody calls) are suppressed and said. Weights: surprise over what chance gives, counted in the data.

use crate::candidate::{Candidate, CandidateCalls};
use crate::config::PairConfig;
use domain::num::{high32, low32, low64, pack, round_u32, u32_of};
use facts::Budget;
use facts::piles::{Pile, Piles};
use linkage::Blocks;
use linkage::weight::surprise;
use profiles::Context;
use rayon::prelude::*;
use std::io;
use std::ops::Range;

/// One call between a candidate and somebody else, packed: target, start, candidate, whether the target called, duration. So touches are in
/// order of target, then time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch(u128);

/// Words of a touch.
const WORDS: usize = 4;
/// The bit of the last word that tells whether the target called; those below hold the duration.
const INBOUND: u32 = 1 << 31;

impl Touch {
    /// A call of `candidate`, an index, with a line, at an instant (epoch seconds) and for so long (seconds, below 2^31).
    #[inline]
    pub fn new(candidate: u32, target: u32, start_s: u32, inbound: bool, duration_s: u32) -> Self {
        let inbound = if inbound { INBOUND } else { 0 };
        Self::of_words([target, start_s, candidate, inbound | duration_s.min(INBOUND - 1)])
    }

    /// The other: the target.
    #[inline]
    pub fn target(self) -> u32 {
        self.words()[0]
    }

    /// Start, epoch seconds.
    #[inline]
    pub fn start_s(self) -> u32 {
        self.words()[1]
    }

    /// Index of the candidate.
    #[inline]
    pub fn candidate(self) -> u32 {
        self.words()[2]
    }

    /// Whether the target called.
    #[inline]
    pub fn inbound(self) -> bool {
        self.words()[3] & INBOUND != 0
    }

    /// Duration, seconds.
    #[inline]
    pub fn duration_s(self) -> u32 {
        self.words()[3] & (INBOUND - 1)
    }

    #[inline]
    fn words(self) -> [u32; WORDS] {
        let (high, low) = (low64(self.0 >> 64), low64(self.0));
        [high32(high), low32(high), high32(low), low32(low)]
    }

    #[inline]
    fn of_words([target, start_s, candidate, talk]: [u32; WORDS]) -> Self {
        Self(u128::from(pack(target, start_s)) << 64 | u128::from(pack(candidate, talk)))
    }
}

/// All calls between a candidate, told by its index, and others.
pub fn touches(candidate: u32, calls: &CandidateCalls) -> impl Iterator<Item = Touch> {
    let made = calls
        .made
        .iter()
        .map(move |call| Touch::new(candidate, call.callee, call.start_s, false, call.duration_s));
    made.chain(
        calls.received.iter().map(move |call| {
            Touch::new(candidate, call.caller, call.start_s, true, call.duration_s)
        }),
    )
}

/// How a target passed from one line to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HandOff {
    /// A long talk with one, then a call by the other within the hour (H2).
    Quick,
    /// The same within two days.
    Slow,
    /// A call by one, then the target dials the other within the hour, whom it had not dealt with before (H3, H5).
    Dialled,
}

/// A target that passed from one candidate to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passed {
    /// The pair, packed: lower index first.
    pub pair: u64,
    /// How.
    pub how: HandOff,
}

/// What the calls of all targets show.
#[derive(Clone, Debug, Default)]
pub struct TargetEvidence {
    /// Candidates that called the same target.
    pub shared: Blocks,
    /// Hand-offs, by pair.
    pub passed: Vec<Passed>,
    /// For each target that called before any candidate had called it, the candidate that it called first.
    pub uninvited: Vec<u32>,
    /// For each target that called a candidate, the candidate.
    pub called: Vec<u32>,
    /// For each of them that first did so within the hour of another's call, the candidate.
    pub summoned: Vec<u32>,
    /// Distinct targets, by the clock they live by; the last are those whose number does not tell.
    pub targets: Vec<usize>,
}

/// Calls that are looked at together, a share of the targets at a time, so that memory stays bounded.
const TOGETHER: f64 = 1e6;
/// Shares, at least: no worker waits long for another.
const SHARES_MIN: u32 = 8;
/// Shares that each worker looks at before what was found is put together: what is found is not held twice.
const SHARES_AT_ONCE: usize = 4;

/// Goes through all targets of the candidates. Errors: the shelf is full or fails.
pub fn evidence(
    candidates: &[Candidate],
    context: &Context<'_>,
    config: &PairConfig,
    budget: &Budget,
) -> io::Result<TargetEvidence> {
    let calls: f64 = candidates
        .iter()
        .map(|candidate| candidate.activity.calls + candidate.activity.received)
        .sum();
    let shares = round_u32((calls / TOGETHER).ceil()).max(SHARES_MIN);
    let workers = rayon::current_num_threads().max(1);
    let dealt = (0..workers).into_par_iter().map(|worker| {
        let own = candidates.len() * worker / workers..candidates.len() * (worker + 1) / workers;
        deal(own, candidates, shares, budget)
    });
    let dealt: Vec<Vec<Pile>> = dealt.collect::<io::Result<_>>()?;
    let mut of_share: Vec<Vec<Pile>> = (0..shares).map(|_| Vec::new()).collect();
    for piles in dealt {
        of_share.iter_mut().zip(piles).for_each(|(share, pile)| share.push(pile));
    }
    let clocks = context.clock_names().count();
    let mut all = TargetEvidence { targets: vec![0; clocks + 1], ..TargetEvidence::default() };
    let mut of_share = of_share.into_iter();
    loop {
        let some: Vec<Vec<Pile>> = of_share.by_ref().take(workers * SHARES_AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let found = some
            .into_par_iter()
            .with_max_len(1)
            .map(|piles| of_targets(piles, context, config, budget));
        for mut found in found.collect::<io::Result<Vec<_>>>()? {
            all.shared.append(found.shared);
            all.passed.append(&mut found.passed);
            all.uninvited.append(&mut found.uninvited);
            all.called.append(&mut found.called);
            all.summoned.append(&mut found.summoned);
            all.targets.iter_mut().zip(found.targets).for_each(|(all, own)| *all += own);
        }
    }
    all.passed.par_sort_unstable();
    Ok(all)
}

/// The calls of some candidates, by share of targets.
fn deal(
    own: Range<usize>,
    candidates: &[Candidate],
    shares: u32,
    budget: &Budget,
) -> io::Result<Vec<Pile>> {
    let mut piles = Piles::new(shares as usize);
    for at in own {
        let calls = budget.look(&candidates[at].calls)?;
        for touch in touches(u32_of(at), &calls) {
            let share = (touch.target() % shares) as usize;
            piles.row(share, WORDS).copy_from_slice(&touch.words());
        }
        piles.relieve(budget)?;
    }
    Ok(piles.into_piles(budget))
}

fn of_targets(
    piles: Vec<Pile>,
    context: &Context<'_>,
    config: &PairConfig,
    budget: &Budget,
) -> io::Result<TargetEvidence> {
    let mut touches: Vec<Touch> = Vec::new();
    for pile in piles {
        for block in pile.into_blocks(budget)? {
            touches.extend(block.as_chunks().0.iter().map(|words| Touch::of_words(*words)));
        }
    }
    touches.sort_unstable();
    let clocks = context.clock_names().count();
    let mut found = TargetEvidence { targets: vec![0; clocks + 1], ..TargetEvidence::default() };
    let (mut callers, mut answerers) = (Vec::new(), Vec::new());
    for of_target in touches.chunk_by(|a, b| a.target() == b.target()) {
        found.targets[context.clock_index(of_target[0].target()).unwrap_or(clocks)] += 1;
        found.uninvited.extend(
            of_target[..1].iter().filter(|first| first.inbound()).map(|first| first.candidate()),
        );
        callers.clear();
        callers.extend(
            of_target.iter().filter(|touch| !touch.inbound()).map(|touch| touch.candidate()),
        );
        callers.sort_unstable();
        callers.dedup();
        if callers.len() > 1 {
            found.shared.add(of_target[0].target(), &callers, config.target_lines_max);
        }
        if of_target.len() <= config.target_lines_max * 8 {
            passes(of_target, config, |how, first, second| {
                if how == HandOff::Dialled {
                    answerers.push(second.candidate());
                }
                let pair = (
                    first.candidate().min(second.candidate()),
                    first.candidate().max(second.candidate()),
                );
                found.passed.push(Passed { pair: pack(pair.0, pair.1), how });
            });
            answerers.sort_unstable();
            answerers.dedup();
            found.summoned.append(&mut answerers);
            answerers.extend(
                of_target.iter().filter(|touch| touch.inbound()).map(|touch| touch.candidate()),
            );
            answerers.sort_unstable();
            answerers.dedup();
            found.called.append(&mut answerers);
        }
    }
    Ok(found)
}

/// The hand-offs among the calls of one target, which are in order of time: how, the call before and the call after.
pub fn passes(
    touches: &[Touch],
    config: &PairConfig,
    mut told: impl FnMut(HandOff, &Touch, &Touch),
) {
    for (at, first) in touches.iter().enumerate() {
        if first.inbound() && first.duration_s() < config.talk_min_s {
            continue;
        }
        let end_s = first.start_s().saturating_add(first.duration_s());
        for second in &touches[at + 1..] {
            if second.start_s() > end_s.saturating_add(config.slow_s) {
                break;
            }
            if second.candidate() == first.candidate() || second.start_s() < first.start_s() {
                continue;
            }
            let quick = second.start_s() <= end_s.saturating_add(config.quick_s);
            let known =
                || touches[..at].iter().any(|earlier| earlier.candidate() == second.candidate());
            let how = match (second.inbound(), first.duration_s() >= config.talk_min_s) {
                (false, true) if quick => HandOff::Quick,
                (false, true) => HandOff::Slow,
                (true, _) if quick && !first.inbound() && !known() => HandOff::Dialled,
                _ => continue,
            };
            told(how, first, second);
        }
    }
}

/// What chance is measured against.
#[derive(Clone, Debug)]
pub struct Chance {
    /// Distinct targets of all candidates, by the clock they live by.
    targets: Vec<f64>,
}

impl Chance {
    /// Chance among so many targets of each clock.
    pub fn new(targets: &[usize]) -> Self {
        Self { targets: targets.iter().map(|targets| *targets as f64).collect() }
    }

    /// How many people two lines choose from: those of the clock that both call; all where they call different ones.
    fn targets(&self, a: Activity, b: Activity) -> f64 {
        let same = a.clock.filter(|clock| Some(*clock) == b.clock);
        let own = same.and_then(|clock| self.targets.get(clock));
        own.copied().unwrap_or_else(|| self.targets.iter().sum()).max(1.0)
    }
}

/// How active a line is, for chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Activity {
    /// Distinct targets called.
    pub targets: f64,
    /// Calls made.
    pub calls: f64,
    /// Calls made that were long talks.
    pub long: f64,
    /// Calls received.
    pub received: f64,
    /// Hours from the first call to the last, at least a day's work.
    pub hours: f64,
    /// The clock that most of the called live by.
    pub clock: Option<usize>,
}

impl Activity {
    /// The activity of a candidate that called so many targets.
    pub fn of(
        calls: &CandidateCalls,
        targets: u32,
        context: &Context<'_>,
        config: &PairConfig,
    ) -> Self {
        let first_s = calls.made.first().map_or(0, |call| call.start_s);
        let last_s = calls.made.last().map_or(0, |call| call.start_s);
        let days = f64::from(last_s.saturating_sub(first_s)) / 86_400.0;
        let long = calls.made.iter().filter(|call| call.duration_s >= config.talk_min_s);
        Self {
            targets: f64::from(targets),
            calls: calls.made.len() as f64,
            long: long.count() as f64,
            received: calls.received.len() as f64,
            hours: days.max(1.0) * config.targets.workday_h,
            clock: most_common(
                calls.made.iter().filter_map(|call| context.clock_index(call.callee)),
            ),
        }
    }
}

/// The most common of some values; the lowest of those that are equally so.
fn most_common(values: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for value in values {
        if counts.len() <= value {
            counts.resize(value + 1, 0);
        }
        counts[value] += 1;
    }
    (0..counts.len()).rev().max_by_key(|value| counts[*value])
}

/// What a pair shares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shared {
    /// Targets that both called.
    pub targets: f64,
    /// Quick hand-offs.
    pub quick: f64,
    /// Slow hand-offs.
    pub slow: f64,
    /// Targets that dialled the other.
    pub dialled: f64,
}

/// Weight of a pair in bits: the surprise of its shared targets and hand-offs.
pub fn weight(
    shared: Shared,
    a: Activity,
    b: Activity,
    chance: &Chance,
    config: &PairConfig,
) -> f64 {
    let of = &config.targets;
    let targets = chance.targets(a, b);
    let both = a.targets * b.targets / targets;
    let rate = |calls: f64, other: Activity| calls / other.hours.max(1.0) / targets;
    let window_h = |seconds: u32| f64::from(seconds) / 3_600.0;
    let follow = a.long * rate(b.calls, b) + b.long * rate(a.calls, a);
    let quick = follow * window_h(config.quick_s);
    let slow = follow * window_h(config.slow_s);
    let dialled =
        (a.calls * rate(b.received, b) + b.calls * rate(a.received, a)) * window_h(config.quick_s);
    let surprise = |seen, expected: f64| {
        surprise(seen, expected * (1.0 + (of.uneven - 1.0) * expected.min(1.0)))
    };
    surprise(shared.targets, both).min(of.shared_max_bits)
        + surprise(shared.quick, quick).min(of.quick_max_bits)
        + surprise(shared.slow, slow).min(of.slow_max_bits)
        + surprise(shared.dialled, dialled).min(of.dialled_max_bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PairConfig;

    fn touch(candidate: u32, start_s: u32, duration_s: u32, inbound: bool) -> Touch {
        Touch::new(candidate, 9, start_s, inbound, duration_s)
    }

    fn told(touches: &[Touch]) -> Vec<(u32, u32, HandOff)> {
        let mut passed = Vec::new();
        passes(touches, &PairConfig::default(), |how, first, second| {
            passed.push((first.candidate(), second.candidate(), how));
        });
        passed
    }

    #[test]
    fn a_second_line_follows_up_a_long_talk() {
        let quick = told(&[touch(1, 0, 600, false), touch(2, 1_500, 900, false)]);
        assert_eq!(quick, [(1, 2, HandOff::Quick)]);
        let slow = told(&[touch(2, 0, 600, false), touch(1, 90_000, 900, false)]);
        assert_eq!(slow, [(2, 1, HandOff::Slow)]);
    }

    #[test]
    fn a_short_call_hands_nothing_on_unless_the_target_dials() {
        assert_eq!(told(&[touch(1, 0, 20, false), touch(2, 1_500, 900, false)]), []);
        let dialled = told(&[touch(1, 0, 20, false), touch(2, 1_500, 900, true)]);
        assert_eq!(dialled, [(1, 2, HandOff::Dialled)]);
        let known =
            told(&[touch(2, 0, 9, true), touch(1, 5, 20, false), touch(2, 1_500, 900, true)]);
        assert_eq!(known, [], "the target had dealt with that line before");
    }

    #[test]
    fn sharing_targets_surprises_only_beyond_chance() {
        let line = Activity {
            targets: 100.0,
            calls: 100.0,
            long: 5.0,
            received: 2.0,
            hours: 100.0,
            clock: Some(0),
        };
        let chance = Chance::new(&[1_000, 100_000]);
        let config = PairConfig::default();
        let weigh = |targets, quick| {
            weight(Shared { targets, quick, ..Shared::default() }, line, line, &chance, &config)
        };
        assert!(weigh(10.0, 0.0).abs() < 1e-9, "ten shared is what chance gives");
        assert!(weigh(15.0, 0.0).abs() < 1e-9, "and fifteen what uneven chance may give");
        assert!(weigh(60.0, 0.0) > 4.0);
        assert!(weigh(0.0, 1.0) > 5.0);
    }
}
