//! Day buckets: a line's calls in a form that can be merged exactly.
//!
//! A median, a distinct count or a gap across midnight cannot be had from sums, so the mergeable state keeps what it must:
//! the line's calls, sorted, in buckets of one UTC day. Merging joins buckets; the profile of the merged state is the profile
//! of all calls, bit for bit. Live and distributed runs keep this state; a batch run has it as its sorted parts.

use crate::calls::{LineCalls, Made, Received, Scratch};
use domain::zone::day_of;
use std::collections::BTreeMap;

/// One call of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DayCall {
    /// Start, epoch seconds.
    pub start_s: u32,
    /// The other line.
    pub other: u32,
    /// Duration, seconds.
    pub duration_s: u32,
    /// Outcome, leg and attestation.
    pub marks: u8,
    /// Cell of the line, if made.
    pub cell: u32,
    /// Handset of the line, if made.
    pub handset: u32,
    /// SIM of the line, if made.
    pub sim: u32,
    /// Route, if made.
    pub route: u32,
}

/// The calls of one line by day: a state that merges exactly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayBuckets {
    days: BTreeMap<u32, (Vec<DayCall>, Vec<DayCall>)>,
}

impl DayBuckets {
    /// Adds a call made.
    pub fn add_made(&mut self, call: DayCall) {
        insert(&mut self.days.entry(day_of(call.start_s)).or_default().0, call);
    }

    /// Adds a call received.
    pub fn add_received(&mut self, call: DayCall) {
        insert(&mut self.days.entry(day_of(call.start_s)).or_default().1, call);
    }

    /// The state of both states' calls.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for (day, (made, received)) in other.days {
            let bucket = self.days.entry(day).or_default();
            made.into_iter().for_each(|call| insert(&mut bucket.0, call));
            received.into_iter().for_each(|call| insert(&mut bucket.1, call));
        }
        self
    }

    /// Hands the line's calls to `read`.
    pub fn read<T>(&self, line: u32, read: impl FnOnce(&LineCalls<'_>) -> T) -> T {
        let made: Vec<DayCall> =
            self.days.values().flat_map(|(made, _)| made.iter().copied()).collect();
        let mut received: Vec<DayCall> =
            self.days.values().flat_map(|(_, received)| received.iter().copied()).collect();
        received.sort_by_key(|call| call.other);
        let column =
            |calls: &[DayCall], of: fn(&DayCall) -> u32| calls.iter().map(of).collect::<Vec<_>>();
        // A column that no call has is not there at all.
        let optional = |of: fn(&DayCall) -> u32| {
            let values = column(&made, of);
            if values.iter().all(|value| *value == facts::NONE) { Vec::new() } else { values }
        };
        let (callee, start_s, duration_s) = (
            column(&made, |c| c.other),
            column(&made, |c| c.start_s),
            column(&made, |c| c.duration_s),
        );
        let marks: Vec<u8> = made.iter().map(|call| call.marks).collect();
        let (cell, handset) = (optional(|c| c.cell), optional(|c| c.handset));
        let (sim, route) = (optional(|c| c.sim), optional(|c| c.route));
        let (caller, in_start_s, in_duration_s) = (
            column(&received, |c| c.other),
            column(&received, |c| c.start_s),
            column(&received, |c| c.duration_s),
        );
        let in_marks: Vec<u8> = received.iter().map(|call| call.marks).collect();
        let made = Made {
            callee: &callee,
            start_s: &start_s,
            duration_s: &duration_s,
            marks: &marks,
            cell: &cell,
            handset: &handset,
            sim: &sim,
            route: &route,
        };
        let received = Received {
            caller: &caller,
            start_s: &in_start_s,
            duration_s: &in_duration_s,
            marks: &in_marks,
            ..Received::default()
        };
        let mut scratch = Scratch::default();
        read(&scratch.calls(line, made, received))
    }
}

fn insert(calls: &mut Vec<DayCall>, call: DayCall) {
    let at = calls.partition_point(|known| *known <= call);
    calls.insert(at, call);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::Context;
    use crate::profile::{Profile, Wanted};
    use domain::zone::Clock;
    use facts::{NONE, Names, Observed};
    use proptest::prelude::*;

    fn profile(buckets: &DayBuckets) -> Profile {
        let names = names();
        let context =
            Context::new(&names, Observed::default(), Clock::of("UTC", 0, 1).unwrap(), 0, 1);
        buckets.read(0, |calls| Profile::of(calls, &context, Wanted::ALL, &mut Vec::new()))
    }

    fn names() -> Names {
        let mut interner = facts::Interner::default();
        for line in 10..30_u32 {
            interner.intern(domain::LineKey::digits(line.to_string().as_bytes()).unwrap());
        }
        Names::merge(&[&interner]).0
    }

    fn buckets(calls: &[(bool, u32, u32, u32, u32)]) -> DayBuckets {
        let mut buckets = DayBuckets::default();
        for (made, other, start_s, duration_s, cell) in calls {
            let marks = u8::from(*duration_s > 0);
            let call = DayCall {
                start_s: *start_s,
                other: *other,
                duration_s: *duration_s,
                marks,
                cell: *cell,
                handset: NONE,
                sim: NONE,
                route: NONE,
            };
            if *made { buckets.add_made(call) } else { buckets.add_received(call) }
        }
        buckets
    }

    proptest! {
        #[test]
        fn profile_of_the_union_is_profile_of_the_merge(
            calls in prop::collection::vec((any::<bool>(), 1_u32..20, 0_u32..2_000_000, 0_u32..700, 0_u32..3), 0..60),
            cut in 0_usize..60,
        ) {
            let (a, b) = calls.split_at(cut.min(calls.len()));
            let merged = buckets(b).merge(buckets(a));
            prop_assert_eq!(&merged, &buckets(&calls));
            prop_assert_eq!(profile(&merged), profile(&buckets(&calls)));
        }
    }
}
