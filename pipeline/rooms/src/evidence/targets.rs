//! Targets: lines that share strangers, and hand them on.
//!
//! Means: two lines called the same people; or one talked long with somebody whom the other then called; or somebody called by one
//! dialled the other right after. These are the forms of hand-off that call records show (DOMAIN.md 8.2: H2, H3, H5; H1 is one long
//! call, H4 leaves voice). Points to a room: list work splits one list, and a hooked target passes from first to second line.
//! False alarms: centres with a customer pool, bank fraud desks, debt collectors, sales closers: weighed as counter-evidence of the
//! group. Hubs (a hotline that everybody calls) are suppressed and said. Weights: surprise over what chance gives, counted in the data.

use crate::candidate::Candidate;
use crate::config::PairConfig;
use domain::num::{pack, u32_of};
use linkage::Blocks;
use linkage::weight::surprise;
use rayon::prelude::*;

/// One call between a candidate and somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Touch {
    /// The other: the target.
    pub target: u32,
    /// Start, epoch seconds.
    pub start_s: u32,
    /// Index of the candidate.
    pub candidate: u32,
    /// Whether the target called.
    pub inbound: bool,
    /// Duration, seconds.
    pub duration_s: u32,
}

/// All calls between candidates and others, by target and time.
pub fn touches(candidates: &[Candidate]) -> Vec<Touch> {
    touches_of(candidates, &|_| true)
}

/// The calls between candidates and chosen others.
fn touches_of(candidates: &[Candidate], chosen: &impl Fn(u32) -> bool) -> Vec<Touch> {
    let mut touches = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let candidate_index = u32_of(at);
        let made = candidate.made.iter().filter(|call| chosen(call.callee));
        touches.extend(made.map(|call| Touch {
            target: call.callee,
            start_s: call.start_s,
            candidate: candidate_index,
            inbound: false,
            duration_s: call.duration_s,
        }));
        let received = candidate.received.iter().filter(|call| chosen(call.caller));
        touches.extend(received.map(|call| Touch {
            target: call.caller,
            start_s: call.start_s,
            candidate: candidate_index,
            inbound: true,
            duration_s: call.duration_s,
        }));
    }
    touches.sort_unstable();
    touches
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
    /// Who.
    pub target: u32,
    /// When the second contact began, epoch seconds.
    pub start_s: u32,
}

/// What the calls of all targets show.
#[derive(Clone, Debug, Default)]
pub struct TargetEvidence {
    /// Candidates that called the same target.
    pub shared: Blocks,
    /// Hand-offs, by pair.
    pub passed: Vec<Passed>,
    /// Distinct targets.
    pub targets: usize,
}

/// Calls that are looked at together: a share of the targets at a time, so that memory stays bounded.
const TOGETHER: usize = 1 << 21;

/// Goes through all targets of the candidates.
pub fn evidence(candidates: &[Candidate], config: &PairConfig) -> TargetEvidence {
    let calls: usize =
        candidates.iter().map(|candidate| candidate.made.len() + candidate.received.len()).sum();
    let shares = u32_of(calls.div_ceil(TOGETHER).max(1));
    let found = (0..shares).into_par_iter().map(|share| {
        let chosen = |target: u32| target % shares == share;
        of_targets(&touches_of(candidates, &chosen), config)
    });
    let mut all = TargetEvidence::default();
    for mut found in found.collect::<Vec<_>>() {
        all.shared.append(found.shared);
        all.passed.append(&mut found.passed);
        all.targets += found.targets;
    }
    all.passed.par_sort_unstable();
    all
}

fn of_targets(touches: &[Touch], config: &PairConfig) -> TargetEvidence {
    let mut found = TargetEvidence::default();
    let mut callers = Vec::new();
    for of_target in touches.chunk_by(|a, b| a.target == b.target) {
        found.targets += 1;
        callers.clear();
        callers
            .extend(of_target.iter().filter(|touch| !touch.inbound).map(|touch| touch.candidate));
        callers.sort_unstable();
        callers.dedup();
        if callers.len() > 1 {
            found.shared.add(of_target[0].target, &callers, config.target_lines_max);
        }
        if of_target.len() <= config.target_lines_max * 8 {
            passes(of_target, config, &mut found.passed);
        }
    }
    found
}

/// The hand-offs among the calls of one target, which are in order of time.
pub fn passes(touches: &[Touch], config: &PairConfig, into: &mut Vec<Passed>) {
    for (at, first) in touches.iter().enumerate() {
        if first.inbound && first.duration_s < config.talk_min_s {
            continue;
        }
        let end_s = first.start_s.saturating_add(first.duration_s);
        for second in &touches[at + 1..] {
            if second.start_s > end_s.saturating_add(config.slow_s) {
                break;
            }
            if second.candidate == first.candidate || second.start_s < first.start_s {
                continue;
            }
            let quick = second.start_s <= end_s.saturating_add(config.quick_s);
            let known =
                || touches[..at].iter().any(|earlier| earlier.candidate == second.candidate);
            let how = match (second.inbound, first.duration_s >= config.talk_min_s) {
                (false, true) if quick => HandOff::Quick,
                (false, true) => HandOff::Slow,
                (true, _) if quick && !first.inbound && !known() => HandOff::Dialled,
                _ => continue,
            };
            let (low, high) =
                (first.candidate.min(second.candidate), first.candidate.max(second.candidate));
            into.push(Passed {
                pair: pack(low, high),
                how,
                target: first.target,
                start_s: second.start_s,
            });
        }
    }
}

/// What chance is measured against.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    /// Distinct targets of all candidates.
    pub targets: f64,
}

/// How active a line is, for chance.
#[derive(Clone, Copy, Debug, Default)]
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
}

/// What a pair shares.
#[derive(Clone, Copy, Debug, Default)]
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

/// People are not called evenly: some are on many lists, and hours differ. Where chance gives whole events, so many times as many are
/// no surprise yet; where it gives hardly any, unevenness hardly adds.
const UNEVEN: f64 = 3.0;

/// Weight of a pair in bits: the surprise of its shared targets and hand-offs.
pub fn weight(
    shared: Shared,
    a: Activity,
    b: Activity,
    chance: Chance,
    config: &PairConfig,
) -> f64 {
    let both = a.targets * b.targets / chance.targets.max(1.0);
    let rate = |calls: f64, other: Activity| calls / other.hours.max(8.0) / chance.targets.max(1.0);
    let window_h = |seconds: u32| f64::from(seconds) / 3_600.0;
    let follow = a.long * rate(b.calls, b) + b.long * rate(a.calls, a);
    let quick = follow * window_h(config.quick_s);
    let slow = follow * window_h(config.slow_s);
    let dialled =
        (a.calls * rate(b.received, b) + b.calls * rate(a.received, a)) * window_h(config.quick_s);
    let surprise =
        |seen, expected: f64| surprise(seen, expected * (1.0 + (UNEVEN - 1.0) * expected.min(1.0)));
    surprise(shared.targets, both).min(8.0)
        + surprise(shared.quick, quick).min(14.0)
        + surprise(shared.slow, slow).min(6.0)
        + surprise(shared.dialled, dialled).min(10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::PairConfig;

    fn touch(candidate: u32, start_s: u32, duration_s: u32, inbound: bool) -> Touch {
        Touch { target: 9, start_s, candidate, inbound, duration_s }
    }

    fn told(touches: &[Touch]) -> Vec<(u64, HandOff)> {
        let mut passed = Vec::new();
        passes(touches, &PairConfig::default(), &mut passed);
        passed.iter().map(|passed| (passed.pair, passed.how)).collect()
    }

    #[test]
    fn a_second_line_follows_up_a_long_talk() {
        let quick = told(&[touch(1, 0, 600, false), touch(2, 1_500, 900, false)]);
        assert_eq!(quick, [(pack(1, 2), HandOff::Quick)]);
        let slow = told(&[touch(2, 0, 600, false), touch(1, 90_000, 900, false)]);
        assert_eq!(slow, [(pack(1, 2), HandOff::Slow)]);
    }

    #[test]
    fn a_short_call_hands_nothing_on_unless_the_target_dials() {
        assert_eq!(told(&[touch(1, 0, 20, false), touch(2, 1_500, 900, false)]), []);
        let dialled = told(&[touch(1, 0, 20, false), touch(2, 1_500, 900, true)]);
        assert_eq!(dialled, [(pack(1, 2), HandOff::Dialled)]);
        let known =
            told(&[touch(2, 0, 9, true), touch(1, 5, 20, false), touch(2, 1_500, 900, true)]);
        assert_eq!(known, [], "the target had dealt with that line before");
    }

    #[test]
    fn sharing_targets_surprises_only_beyond_chance() {
        let line =
            Activity { targets: 100.0, calls: 100.0, long: 5.0, received: 2.0, hours: 100.0 };
        let chance = Chance { targets: 1_000.0 };
        let config = PairConfig::default();
        let weigh = |targets, quick| {
            weight(Shared { targets, quick, ..Shared::default() }, line, line, chance, &config)
        };
        assert!(weigh(10.0, 0.0).abs() < 1e-9, "ten shared is what chance gives");
        assert!(weigh(30.0, 0.0).abs() < 1e-9, "and thirty what uneven chance may give");
        assert!(weigh(60.0, 0.0) > 4.0);
        assert!(weigh(0.0, 1.0) > 5.0);
    }
}
