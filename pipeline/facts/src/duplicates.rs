//! When two rows are one call.
//!
//! A call reaches the desk more than once: in two exports that overlap, or as the caller's and the callee's
//! own record. Two rows of the same caller and callee are one call where
//!
//! - they tell the same kind of record (both whole, both the caller's …), begin in the same second, last
//!   equally long and contradict each other in no column; or
//! - one is the caller's leg and the other the callee's (or the whole call), and starts and durations differ
//!   by at most [`LEG_TOLERANCE_S`], because two switches keep two clocks.
//!
//! The fact that stays has every column that either row had; the caller's record wins where both speak. Of the records of one
//! second, callee and nearly one duration, a row is held against the latest [`ALIKE_MAX`].

use crate::call::{Attestation, Leg, attestation_of, leg_of, marks, outcome_of};
use crate::column::{Extra, NONE};
use domain::Outcome;

/// How far the clocks and meters of two legs of one call may lie apart, seconds.
pub const LEG_TOLERANCE_S: u32 = 5;

/// Records of one second that differ in little: so many are told apart one by one. More is no network's doing, and each with each would
/// never end.
pub const ALIKE_MAX: usize = 256;

/// A row as the rule sees it. Caller and callee are the same by construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Start, epoch seconds.
    pub start_s: u32,
    /// Duration, seconds.
    pub duration_s: u32,
    /// Outcome, leg and attestation.
    pub marks: u8,
    /// Optional columns.
    pub extras: [u32; Extra::COUNT],
}

/// Whether two rows of the same caller and callee are one call.
pub fn same_call(a: &Record, b: &Record) -> bool {
    let start_gap_s = a.start_s.abs_diff(b.start_s);
    let duration_gap_s = a.duration_s.abs_diff(b.duration_s);
    if leg_of(a.marks) == leg_of(b.marks) {
        return start_gap_s == 0 && duration_gap_s == 0 && !contradict(a, b);
    }
    start_gap_s <= LEG_TOLERANCE_S && duration_gap_s <= LEG_TOLERANCE_S
}

fn contradict(a: &Record, b: &Record) -> bool {
    let (ours, theirs) = (outcome_of(a.marks), outcome_of(b.marks));
    let outcomes = ours != theirs && ours != Outcome::Unknown && theirs != Outcome::Unknown;
    let observed = |extra: &Extra| !matches!(extra, Extra::CallerRaw | Extra::CalleeRaw);
    let columns = Extra::ALL.iter().filter(|extra| observed(extra)).any(|extra| {
        let (ours, theirs) = (a.extras[*extra as usize], b.extras[*extra as usize]);
        ours != theirs && ours != NONE && theirs != NONE
    });
    outcomes || columns
}

/// The one fact that two rows of the same call make.
pub fn fold(a: &Record, b: &Record) -> Record {
    // Callee's leg last: Whole and Caller sort before it.
    let (first, second) = if leg_of(a.marks) <= leg_of(b.marks) { (a, b) } else { (b, a) };
    let outcome = match outcome_of(first.marks) {
        Outcome::Unknown => outcome_of(second.marks),
        known => known,
    };
    let attestation = match attestation_of(first.marks) {
        Attestation::None => attestation_of(second.marks),
        known => known,
    };
    let leg = if leg_of(a.marks) == leg_of(b.marks) { leg_of(a.marks) } else { Leg::Whole };
    let mut extras = first.extras;
    for (ours, theirs) in extras.iter_mut().zip(second.extras) {
        if *ours == NONE {
            *ours = theirs;
        }
    }
    Record { marks: marks(outcome, leg, attestation), extras, ..*first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(start_s: u32, duration_s: u32, leg: Leg, cell: u32) -> Record {
        let mut extras = [NONE; Extra::COUNT];
        let column = if leg == Leg::Callee { Extra::CalleeCell } else { Extra::CallerCell };
        extras[column as usize] = cell;
        Record {
            start_s,
            duration_s,
            marks: marks(Outcome::Answered, leg, Attestation::None),
            extras,
        }
    }

    #[test]
    fn two_exports_of_one_call_are_one() {
        let a = record(100, 60, Leg::Whole, 7);
        assert!(same_call(&a, &a));
        assert!(same_call(&a, &record(100, 60, Leg::Whole, NONE)), "one export lacks the cell");
        assert!(!same_call(&a, &record(100, 60, Leg::Whole, 8)), "another cell is another call");
        assert!(!same_call(&a, &record(101, 60, Leg::Whole, 7)), "a second later is another call");
    }

    #[test]
    fn both_legs_are_one_call_with_both_cells() {
        let (caller, callee) = (record(100, 60, Leg::Caller, 7), record(103, 58, Leg::Callee, 9));
        assert!(same_call(&caller, &callee));
        assert!(!same_call(&caller, &record(106, 60, Leg::Callee, 9)), "six seconds apart");
        let folded = fold(&callee, &caller);
        assert_eq!((folded.start_s, folded.duration_s), (100, 60), "the caller's record wins");
        assert_eq!(folded.extras[Extra::CallerCell as usize], 7);
        assert_eq!(folded.extras[Extra::CalleeCell as usize], 9);
        assert_eq!(leg_of(folded.marks), Leg::Whole);
    }
}
