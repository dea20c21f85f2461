//! Lines that may be worked, with their calls.

use crate::config::{CandidateConfig, PairConfig};
use crate::evidence::device::{self, Use};
use crate::evidence::place::{self, Presence};
use crate::evidence::rhythm::{self, Shift};
use crate::evidence::targets::Activity;
use facts::shelf::{WordReader, Words, put_column};
use facts::{Budget, Kept, NONE};
use profiles::{Context, LineCalls, Profile};
use std::io;

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

/// The calls of a candidate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CandidateCalls {
    /// Calls made, in order of time.
    pub made: Vec<MadeCall>,
    /// Calls received, in order of time.
    pub received: Vec<ReceivedCall>,
}

/// A line that may be worked: what pairs are weighed by, and its calls, which may lie on the shelf.
#[derive(Debug)]
pub struct Candidate {
    /// Why.
    pub kind: Kind,
    /// The line.
    pub line: u32,
    /// First and last call made or received, epoch seconds.
    pub span_s: (u32, u32),
    /// Cells, most used first.
    pub presences: Vec<Presence>,
    /// Handsets, most used first.
    pub uses: Vec<Use>,
    /// When it works.
    pub shift: Shift,
    /// How active it is.
    pub activity: Activity,
    /// What it did, as far as groups are described by it.
    pub traits: Traits,
    /// Its calls.
    pub calls: Kept<CandidateCalls>,
}

/// Features that groups are described by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traits {
    /// Share of counterparts that are recurrent evening partners.
    pub evening_share: f64,
    /// Share of calls to a number just above the one before.
    pub sequential_share: f64,
    /// Main handset.
    pub top_handset: Option<u32>,
    /// Main cell.
    pub top_cell: Option<u32>,
    /// Share of calls made from it.
    pub top_cell_share: Option<f64>,
    /// Whether the feeds tell vacant numbers.
    pub tells_vacant: bool,
}

impl Candidate {
    /// The candidate of a line's calls. Errors: the shelf is full or fails.
    pub fn new(
        kind: Kind,
        profile: &Profile,
        calls: &LineCalls<'_>,
        context: &Context<'_>,
        config: &PairConfig,
        budget: &Budget,
    ) -> io::Result<Self> {
        let calls = CandidateCalls::of(calls);
        let starts = || {
            let received = calls.received.iter().map(|call| call.start_s);
            calls.made.iter().map(|call| call.start_s).chain(received)
        };
        let traits = Traits {
            evening_share: profile.evening.evening_share.unwrap_or(0.0),
            sequential_share: profile.sequence.sequential_share.unwrap_or(0.0),
            top_handset: profile.devices.top_handset,
            top_cell: profile.cells.top_cell,
            top_cell_share: profile.cells.top_cell_share,
            tells_vacant: profile.vacant.vacant_share.is_some(),
        };
        Ok(Self {
            kind,
            line: profile.line,
            span_s: (starts().min().unwrap_or(0), starts().max().unwrap_or(0)),
            presences: place::presences(&calls),
            uses: device::uses(&calls),
            shift: rhythm::shift(&calls),
            activity: Activity::of(&calls, profile.volume.callees, context, config),
            traits,
            calls: budget.keep(calls)?,
        })
    }
}

impl CandidateCalls {
    fn of(calls: &LineCalls<'_>) -> Self {
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
        Self { made: made.collect(), received }
    }
}

impl Words for CandidateCalls {
    fn words(&self) -> usize {
        2 + self.made.len() * 6 + self.received.len() * 4
    }

    fn to_words(&self) -> Vec<u32> {
        let mut words = Vec::with_capacity(self.words());
        let made = self.made.iter().flat_map(|call| {
            let marks = u32::from(call.marks);
            [call.start_s, call.callee, call.duration_s, marks, call.cell, call.handset]
        });
        put_column(&mut words, &made.collect::<Vec<_>>());
        let received = self
            .received
            .iter()
            .flat_map(|call| [call.start_s, call.caller, call.duration_s, u32::from(call.marks)]);
        put_column(&mut words, &received.collect::<Vec<_>>());
        words
    }

    fn from_words(words: &mut WordReader<'_>) -> io::Result<Self> {
        let byte = |word: u32| word.to_le_bytes()[0];
        let made = words.column()?;
        let made =
            made.as_chunks().0.iter().map(|[start_s, callee, duration_s, marks, cell, handset]| {
                MadeCall {
                    start_s: *start_s,
                    callee: *callee,
                    duration_s: *duration_s,
                    marks: byte(*marks),
                    cell: *cell,
                    handset: *handset,
                }
            });
        let received = words.column()?;
        let received = received.as_chunks().0.iter().map(|[start_s, caller, duration_s, marks]| {
            ReceivedCall {
                start_s: *start_s,
                caller: *caller,
                duration_s: *duration_s,
                marks: byte(*marks),
            }
        });
        Ok(Self { made: made.collect(), received: received.collect() })
    }
}

/// Columns of the features that tell whether a line may be worked, asked of every line.
pub const FIRST_LOOK: [&str; 4] = ["calls", "fresh_share", "reciprocity", "received_share"];

/// Columns of the features that are asked only of lines that may be worked.
pub const CLOSER_LOOK: [&str; 6] =
    ["callees", "evening_share", "sequential_share", "top_handset", "top_cell", "vacant_share"];

/// Whether a line has a life of its own: recurrent evening partners.
pub fn has_a_life(profile: &Profile, config: &CandidateConfig) -> bool {
    profile.evening.evening_share.is_some_and(|share| share > config.evening_share_max)
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
            .call_backs
            .received_share
            .is_some_and(|share| share >= config.received_share_min);
    let works_a_block = volume.callees >= config.calls_min
        && volume.calls >= config.block_calls_min
        && f64::from(volume.calls) >= config.calls_a_callee_min * f64::from(volume.callees)
        && profile.reciprocity.reciprocity.is_some_and(|share| share <= config.one_way_max);
    if works_a_list || takes_call_backs {
        Some(Kind::List)
    } else {
        works_a_block.then_some(Kind::Block)
    }
}
