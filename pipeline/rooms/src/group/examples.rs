//! Calls that evidence rests on: a few of each kind, the earliest first.

use super::Worked;
use crate::config::PairConfig;
use crate::evidence::targets::{HandOff, Touch, passes};
use crate::room::FactRef;

/// Example calls of a group, by what they show.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// Long talks, each with the call of another line that followed within the hour.
    pub quick: Vec<FactRef>,
    /// The same within two days, quick ones among them.
    pub followed: Vec<FactRef>,
    /// Calls, each with the target's own call to another line.
    pub dialled: Vec<FactRef>,
    /// The first calls of two lines to one target.
    pub shared: Vec<FactRef>,
    /// The first calls of two lines from one handset.
    pub handsets: Vec<FactRef>,
}

/// Pairs of calls that are shown of each kind.
const PAIRS: usize = 5;

/// Pairs of calls that show one thing.
#[derive(Default)]
pub(super) struct Pairs(Vec<[FactRef; 2]>);

impl Pairs {
    pub(super) fn push(&mut self, first: FactRef, second: FactRef) {
        self.0.push([first, second]);
        if self.0.len() == PAIRS * 64 {
            self.shorten();
        }
    }

    /// Keeps the earliest, each call told once.
    fn shorten(&mut self) {
        self.0.sort_unstable_by_key(|pair| pair.map(|call| (call.start_s, call)));
        self.0.truncate(PAIRS);
    }

    pub(super) fn into_calls(mut self) -> Vec<FactRef> {
        self.shorten();
        let mut calls: Vec<FactRef> = Vec::new();
        for call in self.0.into_iter().flatten() {
            if !calls.contains(&call) {
                calls.push(call);
            }
        }
        calls
    }
}

/// What the calls of a group's targets show, as it is gathered.
#[derive(Default)]
pub(super) struct Shown {
    quick: Pairs,
    followed: Pairs,
    dialled: Pairs,
    shared: Pairs,
}

impl Shown {
    /// Notes that several lines called one target; `callers` are in order.
    pub(super) fn shared(&mut self, of_target: &[Touch], callers: &[u32], own: &[Worked<'_>]) {
        let mut first = callers.iter().filter_map(|caller| {
            of_target.iter().find(|touch| !touch.inbound() && touch.candidate() == *caller)
        });
        if let (Some(one), Some(other)) = (first.next(), first.next()) {
            self.shared.push(call_of(one, own), call_of(other, own));
        }
    }

    /// Notes the hand-offs of one target; tells whether it dialled another line.
    pub(super) fn hand_offs(
        &mut self,
        of_target: &[Touch],
        own: &[Worked<'_>],
        config: &PairConfig,
    ) -> bool {
        let mut has_dialled = false;
        passes(of_target, config, |how, before, after| {
            let (before, after) = (call_of(before, own), call_of(after, own));
            has_dialled |= how == HandOff::Dialled;
            match how {
                HandOff::Quick => {
                    self.quick.push(before, after);
                    self.followed.push(before, after);
                }
                HandOff::Slow => self.followed.push(before, after),
                HandOff::Dialled => self.dialled.push(before, after),
            }
        });
        has_dialled
    }

    pub(super) fn into_examples(self, into: &mut Examples) {
        into.quick = self.quick.into_calls();
        into.followed = self.followed.into_calls();
        into.dialled = self.dialled.into_calls();
        into.shared = self.shared.into_calls();
    }
}

/// The call that a touch of one of these lines was.
fn call_of(touch: &Touch, own: &[Worked<'_>]) -> FactRef {
    let line = own[touch.candidate() as usize].line;
    let (caller, callee) =
        if touch.inbound() { (touch.target(), line) } else { (line, touch.target()) };
    FactRef { caller, callee, start_s: touch.start_s() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_pairs_are_kept_and_each_call_told_once() {
        let call = |caller, start_s| FactRef { caller, callee: 9, start_s };
        let mut pairs = Pairs::default();
        for start_s in (0..2_000).rev() {
            pairs.push(call(1, start_s), call(2, start_s + 1));
            pairs.push(call(1, start_s), call(3, start_s + 2));
        }
        let calls = pairs.into_calls();
        assert_eq!(
            calls,
            [
                call(1, 0),
                call(2, 1),
                call(3, 2),
                call(1, 1),
                call(2, 2),
                call(3, 3),
                call(1, 2),
                call(2, 3)
            ]
        );
    }
}
