//! What the gateway of the country that is called sees of the calls that come in: other numbers, other clocks, no cells and no handsets.
//!
//! Careless rooms show the numbers they call from; others come in under numbers of the country itself, a few each day. Calls of a house that phones
//! over the Internet are seen here alone.

use crate::call::Call;
use crate::dice::mix;
use crate::numbers::{Country, ORDINARY_MAX};
use crate::stage::FOREIGN_TRUNK;
use domain::zone::day_of;
use std::collections::BTreeMap;

/// Where calls from abroad come in.
#[derive(Clone, Debug)]
pub(crate) struct Gateway {
    seed: u64,
    country: Country,
    /// Whose line a number is: the room's place among all, and whether it hides its numbers.
    rooms: BTreeMap<u64, (usize, bool)>,
    /// Numbers shown, and the room that showed them.
    shown: BTreeMap<u64, usize>,
}

/// Numbers that a hiding room shows on a day.
const NUMBERS_A_DAY: u64 = 6;

impl Gateway {
    pub(crate) fn new(seed: u64, country: Country) -> Self {
        Self { seed, country, rooms: BTreeMap::new(), shown: BTreeMap::new() }
    }

    /// Takes note that a number is a room's.
    pub(crate) fn note(&mut self, number: u64, room: usize, hides: bool) {
        self.rooms.insert(number, (room, hides));
    }

    /// The call as the gateway sees it; `None` where it does not come in there.
    pub(crate) fn seen(&mut self, call: &Call) -> Option<Call> {
        if call.callee / 1_000_000_000 != self.country.code {
            return None;
        }
        let of_call = mix(self.seed ^ call.callee ^ u64::from(call.start_s) << 20);
        let caller = match self.rooms.get(&call.caller) {
            Some((room, hides)) => {
                let shown = if *hides {
                    let day = u64::from(day_of(call.start_s));
                    let nth = mix(call.caller ^ day) % NUMBERS_A_DAY;
                    let stock = 1_900_000;
                    let index = mix(self.seed ^ (*room as u64) << 40 ^ day << 8 ^ nth) % stock;
                    self.country.number(ORDINARY_MAX + index)
                } else {
                    call.caller
                };
                self.shown.insert(shown, *room);
                shown
            }
            None => call.caller,
        };
        let late_s = u32::try_from(of_call % 5).expect("below five");
        Some(Call {
            start_s: call.start_s + late_s,
            caller,
            caller_cell: 0,
            caller_imei: 0,
            caller_imsi: 0,
            route: FOREIGN_TRUNK,
            attestation: b'C',
            ..*call
        })
    }

    /// Numbers shown, and the room that showed them.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (u64, usize)> + '_ {
        self.shown.iter().map(|(number, room)| (*number, *room))
    }
}
