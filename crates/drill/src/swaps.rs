//! People who change their phone: from a day on they call from, and are called on, another number.
//!
//! Half of them change alone, the others in families of a few on one day, so that they no longer call each other's old numbers. Some keep the handset.
//! For some days a few still ring the old number, and nobody answers.

use crate::call::Call;
use crate::dice::{Dice, mix};
use crate::numbers::{Country, imsi};
use crate::ordinary::{COMMUNITY, Ordinary};
use domain::Outcome;
use domain::zone::DAY_S;
use std::collections::BTreeMap;

/// People who change their phone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Swaps {
    of: BTreeMap<u64, Swap>,
    seed: u64,
}

/// A change of phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Swap {
    /// The number that goes quiet.
    pub(crate) old: u64,
    /// The number that goes on.
    pub(crate) new: u64,
    /// From when, epoch seconds.
    pub(crate) at_s: u32,
    imsi: u64,
    /// The new handset, unless the old one is kept.
    imei: Option<u64>,
}

/// Calls a day, over the usual ones, of people who are looked for: who hardly calls leaves too little.
const ACTIVITY_MIN: f64 = 1.0;
/// Days on which some still ring the old number.
const LATE_DAYS: u32 = 5;

impl Swaps {
    /// So many people change their phone in the middle of some days, the first of which begins at `begin_s`.
    pub(crate) fn new(
        count: usize,
        ordinary: &Ordinary,
        country: Country,
        seed: u64,
        (begin_s, days): (u32, u32),
    ) -> Self {
        let mut swaps = Self { of: BTreeMap::new(), seed };
        let mut dice = Dice::new(seed, &[14]);
        let mut tries = 0;
        while swaps.of.len() < count && tries < count * 200 {
            tries += 1;
            let first = ordinary.any(&mut dice);
            let family = if dice.chance(0.3) { dice.count(2, 5) } else { 1 };
            let day = dice.count(days * 2 / 5, (days * 3 / 5).max(days * 2 / 5 + 1));
            let community = first / COMMUNITY * COMMUNITY;
            for step in 0..family {
                let line = community + (first - community + step * 7) % COMMUNITY;
                let active = line < ordinary.lines && ordinary.activity(line) >= ACTIVITY_MIN;
                if active && swaps.of.len() < count {
                    swaps.add(line, begin_s + day * DAY_S, ordinary, country, &mut dice);
                }
            }
        }
        swaps
    }

    fn add(
        &mut self,
        line: u32,
        at_s: u32,
        ordinary: &Ordinary,
        country: Country,
        dice: &mut Dice,
    ) {
        let old = ordinary.number(line);
        // Numbers of lines that nobody else of this world has.
        let index = crate::ordinary::free_index(line, ordinary);
        let imei = dice.chance(0.7).then(|| crate::numbers::ordinary_imei(line, 3));
        let (new, imsi) = (country.number(index), imsi(country, index));
        self.of.entry(old).or_insert(Swap { old, new, at_s, imsi, imei });
    }

    /// All changes.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Swap> {
        self.of.values()
    }

    /// What a call becomes.
    pub(crate) fn apply(&self, call: &mut Call) {
        if let Some(swap) = self.of.get(&call.caller).filter(|swap| call.start_s >= swap.at_s) {
            (call.caller, call.caller_imsi) = (swap.new, swap.imsi);
            call.caller_imei = swap.imei.unwrap_or(call.caller_imei);
        }
        let Some(swap) = self.of.get(&call.callee).filter(|swap| call.start_s >= swap.at_s) else {
            return;
        };
        let late = (call.start_s - swap.at_s) / DAY_S < LATE_DAYS;
        if late && mix(self.seed ^ call.caller ^ u64::from(call.start_s)).is_multiple_of(8) {
            (call.outcome, call.duration_s) = (Outcome::NoAnswer, 0);
        } else {
            call.callee = swap.new;
        }
    }
}
