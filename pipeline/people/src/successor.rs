//! Same person, new phone: when a line goes quiet, which line goes on.
//!
//! Takes: all facts. Gives: for each line that goes quiet the lines that may go on with it, ranked, with weights, and the one that does
//! where the records tell. Decides: all together: two people who swap phones on one day no longer call each other's old numbers, so that
//! who is matched changes what the others' contacts mean (docs/concepts/successors.md).
//!
//! Invariants: nobody has two successors, and no line succeeds two; what is too weak is left alone.

mod change;
mod joint;
mod weigh;

use crate::config::SuccessorConfig;
use change::{Change, changes};
use domain::num::u32_of;
use facts::Calls;
use std::io;
use weigh::Weights;

/// A line that may go on with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The line.
    pub line: u32,
    /// Weight for the pair, bits.
    pub bits: f64,
    /// Probability that it is the one, 0..=1.
    pub probability: f64,
    /// Contacts of both, those who changed their number counted as one.
    pub shared: usize,
    /// Its first day, epoch seconds.
    pub from_s: u32,
}

/// A line that went quiet, and who may go on with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Successor {
    /// The line that went quiet.
    pub line: u32,
    /// When, epoch seconds.
    pub until_s: u32,
    /// Its contacts before.
    pub contacts: usize,
    /// Lines that may go on with it, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The one that does, where the records tell.
    pub continues_as: Option<u32>,
}

/// The likely successors of all lines that go quiet, in the lines' order. `day_s` is when the first day of the facts begins by their clock, epoch
/// seconds. Errors: the shelf that calls are kept on fails.
pub fn successors(
    calls: &Calls,
    day_s: u32,
    config: &SuccessorConfig,
) -> io::Result<Vec<Successor>> {
    let changes = changes(calls, day_s, config)?;
    let fading: Vec<&Change> = changes.iter().filter(|change| change.fades).collect();
    let rising: Vec<&Change> = changes.iter().filter(|change| !change.fades).collect();
    let weights = Weights::of(calls, &fading, &rising, config)?;
    let solved = joint::solved(&weights, config);
    let told = fading.iter().enumerate().filter_map(|(nth, fading)| {
        let mut candidates: Vec<Candidate> = solved.pairs[nth]
            .iter()
            .map(|pair| Candidate {
                line: rising[pair.rising as usize].line,
                bits: pair.bits,
                probability: pair.probability,
                shared: pair.shared,
                from_s: rising[pair.rising as usize].at_s,
            })
            .collect();
        candidates.sort_by(|a, b| b.bits.total_cmp(&a.bits).then(a.line.cmp(&b.line)));
        candidates.truncate(config.shown_max);
        let goes_on = solved.assigned[nth].and_then(|rising| {
            let pair = solved.pairs[nth].iter().find(|pair| pair.rising == u32_of(rising))?;
            let firm = pair.probability >= config.named_min && pair.shared >= config.shared_min;
            firm.then_some(pair.rising)
        });
        (!candidates.is_empty()).then(|| Successor {
            line: fading.line,
            until_s: fading.at_s,
            contacts: weights.fading[nth].contacts.len(),
            candidates,
            continues_as: goes_on.map(|at| rising[at as usize].line),
        })
    });
    Ok(told.collect())
}
