//! Lines that may be worked, with their calls.

use crate::config::CandidateConfig;
use facts::NONE;
use profiles::{LineCalls, Profile};

/// A call that a candidate made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MadeCall {
    /// Start, epoch seconds.
    pub start_s: u32,
    /// Who was called.
    pub callee: u32,
    /// Duration, seconds.
    pub duration_s: u32,
    /// Outcome, leg and attestation.
    pub marks: u8,
    /// Cell, or `NONE`.
    pub cell: u32,
    /// Handset, or `NONE`.
    pub handset: u32,
}

/// A call that a candidate received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceivedCall {
    /// Start, epoch seconds.
    pub start_s: u32,
    /// Who called.
    pub caller: u32,
    /// Duration, seconds.
    pub duration_s: u32,
    /// Outcome, leg and attestation.
    pub marks: u8,
}

/// Why a line may be worked. Lines of different kinds are not put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It works a list of strangers, or takes their call-backs.
    List,
    /// It calls the same few again and again and is never called: a block, as in lock-step fraud or a probe.
    Block,
}

/// A line that may be worked.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Why.
    pub kind: Kind,
    /// The line.
    pub line: u32,
    /// What it did.
    pub profile: Profile,
    /// Calls made, in order of time.
    pub made: Vec<MadeCall>,
    /// Calls received, in order of time.
    pub received: Vec<ReceivedCall>,
}

impl Candidate {
    /// The candidate of a line's calls.
    pub fn new(kind: Kind, profile: &Profile, calls: &LineCalls<'_>) -> Self {
        let made = &calls.made;
        let optional = |column: &[u32], row: usize| column.get(row).copied().unwrap_or(NONE);
        let made = (0..made.callee.len()).map(|row| MadeCall {
            start_s: made.start_s[row],
            callee: made.callee[row],
            duration_s: made.duration_s[row],
            marks: made.marks[row],
            cell: optional(made.cell, row),
            handset: optional(made.handset, row),
        });
        let received = &calls.received;
        let received = (0..received.caller.len()).map(|row| ReceivedCall {
            start_s: received.start_s[row],
            caller: received.caller[row],
            duration_s: received.duration_s[row],
            marks: received.marks[row],
        });
        let mut received: Vec<ReceivedCall> = received.collect();
        received.sort_by_key(|call| call.start_s);
        Self {
            kind,
            line: calls.line,
            profile: *profile,
            made: made.collect(),
            received,
        }
    }
}

/// Whether a line may be worked, and why: it mostly calls strangers who do not call back, or calls the same few again and again without ever
/// being called, or mostly receives calls from many.
pub fn kind_of(profile: &Profile, config: &CandidateConfig) -> Option<Kind> {
    let volume = &profile.volume;
    let works_a_list = volume.calls >= config.calls_min
        && volume.callees >= config.calls_min
        && profile.first_contact.fresh_share.is_some_and(|share| share >= config.fresh_share_min)
        && profile.reciprocity.reciprocity.is_some_and(|share| share <= config.reciprocity_max);
    let takes_call_backs = volume.callers >= config.callers_min
        && f64::from(volume.calls_received)
            <= config.calls_a_caller_max * f64::from(volume.callers)
        && profile
            .reciprocity
            .received_share
            .is_some_and(|share| share >= config.received_share_min);
    let works_a_block = volume.callees >= config.calls_min
        && volume.calls >= config.block_calls_min
        && f64::from(volume.calls) >= config.calls_a_callee_min * f64::from(volume.callees)
        && profile.reciprocity.reciprocity.is_some_and(|share| share <= config.one_way_max);
    if profile.evening.evening_share.is_some_and(|share| share > config.evening_share_max) {
        return None;
    }
    if works_a_list || takes_call_backs {
        Some(Kind::List)
    } else {
        works_a_block.then_some(Kind::Block)
    }
}
