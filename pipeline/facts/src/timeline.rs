//! All calls in order of time, a window at a time.

use crate::column::{Extra, NONE};
use crate::part::CallPart;
use crate::piles::Piles;
use crate::store::Calls;
use domain::zone::{DAY_S, day_of};
use std::collections::BTreeMap;
use std::io;

/// Calls that a window holds, but for a slot that alone has more.
const WINDOW_CALLS: usize = 1 << 18;
/// A slot of time: windows are made of whole ones.
const SLOT_S: u32 = 600;
const FIXED: usize = 6;
const STRIDE: usize = FIXED + Extra::COUNT;

/// A call out of its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedCall {
    /// Start, epoch seconds.
    pub start_s: u32,
    /// Who called.
    pub caller: u32,
    /// Who was called.
    pub callee: u32,
    /// Duration, seconds.
    pub duration_s: u32,
    /// Outcome, leg and attestation, packed.
    pub marks: u8,
    /// Where it stands in the sources.
    pub source: u32,
    /// Optional columns, in the order of [`Extra::ALL`], or [`NONE`].
    pub extras: [u32; Extra::COUNT],
}

impl TimedCall {
    fn of_words(words: &[u32]) -> Self {
        let mut extras = [NONE; Extra::COUNT];
        extras.copy_from_slice(&words[FIXED..]);
        Self {
            start_s: words[0],
            caller: words[1],
            callee: words[2],
            duration_s: words[3],
            marks: words[4].to_le_bytes()[0],
            source: words[5],
            extras,
        }
    }

    fn words(part: &CallPart, caller: u32, row: usize) -> [u32; STRIDE] {
        let mut words = [NONE; STRIDE];
        words[0] = part.start_s[row];
        words[1] = caller;
        words[2] = part.callee[row];
        words[3] = part.duration_s[row];
        words[4] = u32::from(part.marks[row]);
        words[5] = part.source[row];
        for (word, extra) in words[FIXED..].iter_mut().zip(Extra::ALL) {
            *word = part.extra(extra, row);
        }
        words
    }
}

impl Calls {
    /// Hands over all calls in order of time, then caller, a window at a time. Errors: those of `each`; the shelf fails;
    /// calls of one moment do not fit into memory.
    pub fn in_time_order<E: From<io::Error>>(
        &self,
        mut each: impl FnMut(&[TimedCall]) -> Result<(), E>,
    ) -> Result<(), E> {
        let windows = self.windows()?;
        let window_of = |start_s: u32| {
            windows.partition_point(|(first_slot, _)| *first_slot <= start_s / SLOT_S) - 1
        };
        let mut piles = Piles::new(windows.len());
        for at in 0..self.part_count() {
            let part = self.part(at)?;
            for (place, caller) in part.lines().iter().enumerate() {
                for row in part.made_at(place) {
                    let words = TimedCall::words(&part, *caller, row);
                    piles.row(window_of(part.start_s[row]), STRIDE).copy_from_slice(&words);
                }
            }
            piles.relieve(self.budget())?;
        }
        for pile in piles.into_piles(self.budget()) {
            self.budget().fit(std::iter::once((&pile, STRIDE)))?;
            let blocks = pile.into_blocks(self.budget())?;
            let rows = blocks.iter().flat_map(|block| block.chunks_exact(STRIDE));
            let mut calls: Vec<TimedCall> = rows.map(TimedCall::of_words).collect();
            drop(blocks);
            calls.sort_by_key(|call| (call.start_s, call.caller));
            each(&calls)?;
        }
        Ok(())
    }

    /// How many calls begin in each span of time that `span_of` names. Errors: the shelf fails.
    fn counts(
        &self,
        span_of: impl Fn(u32) -> Option<u32> + Sync,
    ) -> io::Result<BTreeMap<u32, usize>> {
        let of_parts = self.map_parts(|part| {
            let mut spans: BTreeMap<u32, usize> = BTreeMap::new();
            let told = part.start_s.iter().filter_map(|start_s| span_of(*start_s));
            told.for_each(|span| *spans.entry(span).or_default() += 1);
            spans
        })?;
        let mut all = BTreeMap::new();
        of_parts
            .into_iter()
            .flatten()
            .for_each(|(span, calls)| *all.entry(span).or_default() += calls);
        Ok(all)
    }

    /// Windows of whole slots: the first slot of each, and its calls. Days are counted whole, but for those of more calls than a window has.
    fn windows(&self) -> io::Result<Vec<(u32, usize)>> {
        let days = self.counts(|start_s| Some(day_of(start_s)))?;
        let is_busy =
            |start_s: u32| days.get(&day_of(start_s)).is_some_and(|calls| *calls > WINDOW_CALLS);
        let first_slot = |day: u32| day * (DAY_S / SLOT_S);
        let mut all = self.counts(|start_s| is_busy(start_s).then_some(start_s / SLOT_S))?;
        all.extend(
            days.iter()
                .filter(|(_, calls)| **calls <= WINDOW_CALLS)
                .map(|(day, calls)| (first_slot(*day), *calls)),
        );
        let mut windows: Vec<(u32, usize)> = Vec::new();
        for (slot, calls) in all {
            match windows.last_mut() {
                Some((_, so_far)) if *so_far + calls <= WINDOW_CALLS => *so_far += calls,
                _ => windows.push((slot, calls)),
            }
        }
        Ok(windows)
    }
}
