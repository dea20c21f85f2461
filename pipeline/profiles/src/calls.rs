//! The calls of one line, as features see them.

use domain::Outcome;
use domain::num::{high32, low32, pack, u32_of};
use facts::call::outcome_of;
use facts::{CallPart, Extra};
use std::ops::Range;

/// Calls made, in order of time. Optional columns are empty where the feeds do not have them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Made<'a> {
    /// Callees.
    pub callee: &'a [u32],
    /// Starts, epoch seconds.
    pub start_s: &'a [u32],
    /// Durations, seconds.
    pub duration_s: &'a [u32],
    /// Outcome, leg and attestation.
    pub marks: &'a [u8],
    /// Cells.
    pub cell: &'a [u32],
    /// Handsets.
    pub handset: &'a [u32],
    /// SIMs.
    pub sim: &'a [u32],
    /// Routes.
    pub route: &'a [u32],
}

/// Calls received, in order of caller, then time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Received<'a> {
    /// Callers.
    pub caller: &'a [u32],
    /// Starts, epoch seconds.
    pub start_s: &'a [u32],
    /// Durations, seconds.
    pub duration_s: &'a [u32],
    /// Outcome, leg and attestation.
    pub marks: &'a [u8],
    /// The line's own cell.
    pub cell: &'a [u32],
    /// The line's own handset.
    pub handset: &'a [u32],
}

/// What a line did with one other line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// The other line.
    pub other: u32,
    /// Calls made to it.
    pub made: u32,
    /// Calls received from it.
    pub received: u32,
    /// First call made, epoch seconds; `u32::MAX` where none.
    pub made_first_s: u32,
    /// Last call made; 0 where none.
    pub made_last_s: u32,
    /// First call received; `u32::MAX` where none.
    pub received_first_s: u32,
    /// Last call received; 0 where none.
    pub received_last_s: u32,
    /// Row of the first call made; `u32::MAX` where none.
    pub first_row: u32,
    /// Talk of all calls, seconds.
    pub talk_s: u32,
    /// Where its calls begin, among those made in order of callee, and among those received.
    begin: (u32, u32),
}

impl Counterpart {
    fn new(other: u32, begin: (u32, u32)) -> Self {
        Self {
            other,
            made: 0,
            received: 0,
            made_first_s: u32::MAX,
            made_last_s: 0,
            received_first_s: u32::MAX,
            received_last_s: 0,
            first_row: u32::MAX,
            talk_s: 0,
            begin,
        }
    }

    /// Whether the line spoke first: it called before the other ever did.
    pub fn is_first_contact(&self) -> bool {
        self.made > 0 && self.received_first_s > self.made_first_s
    }

    /// Whether the other called back after the first call made.
    pub fn called_back(&self) -> bool {
        self.made > 0 && self.received > 0 && self.received_last_s > self.made_first_s
    }
}

/// The calls of one line.
#[derive(Clone, Copy, Debug)]
pub struct LineCalls<'a> {
    /// The line.
    pub line: u32,
    /// Calls made.
    pub made: Made<'a>,
    /// Calls received.
    pub received: Received<'a>,
    /// Each other line, in canonical order.
    pub counterparts: &'a [Counterpart],
    /// Rows of calls made, packed behind their callees, sorted.
    by_callee: &'a [u64],
}

/// Buffers that are used again for every line.
#[derive(Debug, Default)]
pub struct Scratch {
    by_callee: Vec<u64>,
    counterparts: Vec<Counterpart>,
}

impl Scratch {
    /// The calls of the line at a place of a part.
    pub fn line<'a>(&'a mut self, part: &'a CallPart, place: usize) -> LineCalls<'a> {
        let rows = part.made_at(place);
        let column =
            |extra: Extra| part.extras[extra as usize].get(rows.clone()).unwrap_or_default();
        let made = Made {
            callee: &part.callee[rows.clone()],
            start_s: &part.start_s[rows.clone()],
            duration_s: &part.duration_s[rows.clone()],
            marks: &part.marks[rows.clone()],
            cell: column(Extra::CallerCell),
            handset: column(Extra::CallerHandset),
            sim: column(Extra::CallerSim),
            route: column(Extra::Route),
        };
        let rows = part.received_at(place);
        let inbound = &part.inbound;
        let received = Received {
            caller: &inbound.caller[rows.clone()],
            start_s: &inbound.start_s[rows.clone()],
            duration_s: &inbound.duration_s[rows.clone()],
            marks: &inbound.marks[rows.clone()],
            cell: inbound.cell.get(rows.clone()).unwrap_or_default(),
            handset: inbound.handset.get(rows).unwrap_or_default(),
        };
        self.calls(part.lines()[place], made, received)
    }

    /// The calls of a line given its columns.
    pub fn calls<'a>(
        &'a mut self,
        line: u32,
        made: Made<'a>,
        received: Received<'a>,
    ) -> LineCalls<'a> {
        self.by_callee.clear();
        self.by_callee.extend((0_u32..).zip(made.callee).map(|(row, callee)| pack(*callee, row)));
        self.by_callee.sort_unstable();
        self.counterparts.clear();
        let (mut outgoing, mut incoming) = (0, 0);
        loop {
            let next_callee = self.by_callee.get(outgoing).map(|packed| high32(*packed));
            let next_caller = received.caller.get(incoming).copied();
            let other = match (next_callee, next_caller) {
                (Some(callee), Some(caller)) => callee.min(caller),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => break,
            };
            let mut counterpart = Counterpart::new(other, (u32_of(outgoing), u32_of(incoming)));
            while let Some(packed) = self.by_callee.get(outgoing)
                && high32(*packed) == other
            {
                counterpart.note_made(low32(*packed), &made);
                outgoing += 1;
            }
            while received.caller.get(incoming) == Some(&other) {
                counterpart.note_received(incoming, &received);
                incoming += 1;
            }
            self.counterparts.push(counterpart);
        }
        LineCalls {
            line,
            made,
            received,
            counterparts: &self.counterparts,
            by_callee: &self.by_callee,
        }
    }
}

impl Counterpart {
    /// Notes a call made, in order of time.
    #[inline]
    fn note_made(&mut self, row: u32, made: &Made<'_>) {
        let start_s = made.start_s[row as usize];
        if self.made == 0 {
            self.made_first_s = start_s;
            self.first_row = row;
        }
        self.made += 1;
        self.made_last_s = start_s;
        self.talk_s = self.talk_s.saturating_add(made.duration_s[row as usize]);
    }

    /// Notes a call received, in order of time.
    #[inline]
    fn note_received(&mut self, row: usize, received: &Received<'_>) {
        let start_s = received.start_s[row];
        if self.received == 0 {
            self.received_first_s = start_s;
        }
        self.received += 1;
        self.received_last_s = start_s;
        self.talk_s = self.talk_s.saturating_add(received.duration_s[row]);
    }

    /// Rows of the calls received from it.
    pub fn received_rows(&self) -> Range<usize> {
        self.begin.1 as usize..(self.begin.1 + self.received) as usize
    }
}

impl LineCalls<'_> {
    /// Starts of the calls made to a counterpart, then of those received from it, each in order of time, epoch seconds.
    pub fn starts_with(&self, other: &Counterpart) -> impl Iterator<Item = u32> {
        let begin = other.begin.0 as usize;
        let made = &self.by_callee[begin..begin + other.made as usize];
        let made = made.iter().map(|packed| self.made.start_s[low32(*packed) as usize]);
        made.chain(self.received.start_s[other.received_rows()].iter().copied())
    }

    /// Lines that this line called.
    pub fn callees(&self) -> impl Iterator<Item = &Counterpart> {
        self.counterparts.iter().filter(|counterpart| counterpart.made > 0)
    }
}

/// Whether packed marks say that the call was answered.
#[inline]
pub fn is_answered(marks: u8) -> bool {
    outcome_of(marks) == Outcome::Answered
}

/// The median of values by linear interpolation; `None` of nothing. Reorders.
pub fn median(values: &mut [u32]) -> Option<f64> {
    quantiles(values, [0.5]).map(|[median]| median)
}

/// Quantiles by linear interpolation between order statistics (Hyndman & Fan type 7, as DuckDB, Polars and `NumPy`); `None` of nothing.
/// Reorders the values.
pub fn quantiles<const N: usize>(values: &mut [u32], shares: [f64; N]) -> Option<[f64; N]> {
    let last = values.len().checked_sub(1)?;
    values.sort_unstable();
    Some(shares.map(|share| {
        let position = share * last as f64;
        let below = domain::num::round_u32(position.floor()) as usize;
        let low = f64::from(values[below]);
        let high = f64::from(values[(below + 1).min(last)]);
        low + (high - low) * (position - position.floor())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counterparts_tell_who_spoke_first() {
        let made = Made {
            callee: &[7, 8, 7],
            start_s: &[10, 20, 30],
            duration_s: &[5, 0, 6],
            marks: &[1, 2, 1],
            ..Made::default()
        };
        let received = Received {
            caller: &[7, 9],
            start_s: &[40, 5],
            duration_s: &[9, 9],
            marks: &[1, 1],
            ..Received::default()
        };
        let mut scratch = Scratch::default();
        let calls = scratch.calls(1, made, received);
        let told: Vec<_> = calls
            .counterparts
            .iter()
            .map(|c| (c.other, c.made, c.received, c.is_first_contact(), c.called_back()))
            .collect();
        assert_eq!(told, [(7, 2, 1, true, true), (8, 1, 0, true, false), (9, 0, 1, false, false)]);
    }

    proptest! {
        #[test]
        fn quantiles_agree_with_their_definition(mut values in prop::collection::vec(0_u32..1000, 1..40), share in 0.0_f64..=1.0) {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            let position = share * (sorted.len() - 1) as f64;
            let at = |position: f64| sorted[domain::num::round_u32(position) as usize];
            let (low, high) = (at(position.floor()), at(position.ceil()));
            let expected = f64::from(low) + (f64::from(high) - f64::from(low)) * position.fract();
            let [found] = quantiles(&mut values, [share]).unwrap();
            prop_assert!((found - expected).abs() < 1e-9);
        }
    }
}
