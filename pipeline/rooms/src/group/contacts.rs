//! Whom the lines called: hand-offs, shared lists, strangers.

use super::examples::Shown;
use super::{Group, Worked};
use crate::config::PairConfig;
use crate::evidence::targets::{Touch, touches};
use domain::Outcome;
use domain::num::share;
use facts::call::outcome_of;
use rayon::prelude::*;
use std::collections::BTreeSet;

pub(super) fn contacts(group: &mut Group, own: &[Worked<'_>], config: &PairConfig) {
    let inside: BTreeSet<u32> = own.iter().map(|line| line.line).collect();
    let all = (0..).zip(own).flat_map(|(at, line)| touches(at, &line.calls));
    let mut all: Vec<Touch> = all.collect();
    all.par_sort_unstable();
    let (mut shared, mut shared_pairs, mut fresh, mut back, mut dialled) = (0, 0, 0, 0, 0);
    let (mut internal, mut follow_ups) = (0, FollowUps::default());
    let mut shown = Shown::default();
    let mut callers = Vec::new();
    let facts = &mut group.facts;
    for of_target in all.chunk_by(|a, b| a.target() == b.target()) {
        if inside.contains(&of_target[0].target()) {
            internal += of_target.len();
            continue;
        }
        follow_ups.add(of_target, config);
        let made = of_target.iter().filter(|touch| !touch.inbound());
        callers.clear();
        callers.extend(made.map(|touch| touch.candidate()));
        facts.calls += callers.len();
        facts.received += of_target.len() - callers.len();
        let talk = of_target.iter().find(|talk| talk.duration_s() >= config.talk_min_s);
        if let Some(talk) = talk.filter(|_| !of_target[0].inbound()) {
            facts.engaged += 1;
            facts.engaged_calling += usize::from(talk.inbound());
        }
        if callers.is_empty() {
            continue;
        }
        callers.sort_unstable();
        callers.dedup();
        facts.targets += 1;
        if callers.len() > 1 {
            shared += 1;
            shared_pairs += callers.len();
            shown.shared(of_target, &callers, own);
        }
        fresh += usize::from(!of_target[0].inbound());
        back += usize::from(called_back(of_target));
        dialled += usize::from(shown.hand_offs(of_target, own, config));
    }
    let FollowUps { long, quick, slow } = follow_ups;
    let of = |part: usize, whole: usize| share(part, whole).unwrap_or(0.0);
    facts.calls_a_target = of(facts.calls, facts.targets);
    facts.shared = shared;
    facts.shared_share = of(shared, facts.targets);
    facts.lock_step = of(shared_pairs, shared * facts.lines);
    facts.fresh_share = of(fresh, facts.targets);
    facts.long_min_s = config.talk_min_s;
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
    facts.internal_share = of(internal, all.len());
    let answered = own
        .iter()
        .flat_map(|line| &line.calls.made)
        .filter(|call| outcome_of(call.marks) == Outcome::Answered)
        .count();
    facts.answer_rate = of(answered, own.iter().map(|line| line.calls.made.len()).sum());
    shown.into_examples(&mut group.examples);
}

/// Whether the target called a line that had called it, and was answered.
fn called_back(touches: &[Touch]) -> bool {
    touches.iter().enumerate().any(|(at, touch)| {
        touch.inbound()
            && touch.duration_s() > 0
            && touches[..at]
                .iter()
                .any(|earlier| !earlier.inbound() && earlier.candidate() == touch.candidate())
    })
}

/// Long talks, and how many of them another line followed up quickly or slowly.
#[derive(Default)]
struct FollowUps {
    long: usize,
    quick: usize,
    slow: usize,
}

impl FollowUps {
    /// Adds those of one target.
    fn add(&mut self, of_target: &[Touch], config: &PairConfig) {
        let is_long = |touch: &Touch| touch.duration_s() >= config.talk_min_s;
        for (at, talk) in of_target.iter().enumerate().filter(|(_, touch)| is_long(touch)) {
            self.long += 1;
            let end_s = talk.start_s().saturating_add(talk.duration_s());
            let next = of_target[at + 1..]
                .iter()
                .find(|later| !later.inbound() && later.candidate() != talk.candidate());
            match next.map(|next| next.start_s().saturating_sub(end_s)) {
                Some(gap_s) if gap_s <= config.quick_s => self.quick += 1,
                Some(gap_s) if gap_s <= config.slow_s => self.slow += 1,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidate::{CandidateCalls, MadeCall, ReceivedCall, Traits};
    use facts::NONE;
    use facts::call::{Attestation, Leg, marks};
    use std::borrow::Cow;

    fn answered() -> u8 {
        marks(Outcome::Answered, Leg::Whole, Attestation::None)
    }

    fn made(callee: u32, start_s: u32, duration_s: u32) -> MadeCall {
        MadeCall { start_s, callee, duration_s, marks: answered(), cell: NONE, handset: NONE }
    }

    fn received(caller: u32, start_s: u32, duration_s: u32) -> ReceivedCall {
        ReceivedCall { start_s, caller, duration_s, marks: answered() }
    }

    #[test]
    fn who_called_for_the_first_long_talk_is_told_once_a_person_and_not_of_members() {
        let first = CandidateCalls {
            made: vec![made(10, 0, 5), made(11, 100, 900), made(2, 200, 900)],
            received: vec![],
        };
        let second = CandidateCalls {
            made: vec![made(10, 9_000, 900), made(12, 9_500, 20)],
            received: vec![received(10, 5_000, 600), received(13, 6_000, 700)],
        };
        let worked =
            |line, calls| Worked { line, traits: Traits::default(), calls: Cow::Owned(calls) };
        let mut group = Group::default();
        contacts(&mut group, &[worked(1, first), worked(2, second)], &PairConfig::default());
        let facts = group.facts;
        assert_eq!(
            (facts.engaged, facts.engaged_calling),
            (2, 1),
            "10 called back, 11 was called, 13 came of himself"
        );
        assert_eq!((facts.targets, facts.long), (3, 4));
    }
}
