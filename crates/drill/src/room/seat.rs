//! Where a room's lines are worked: SIMs and handsets that come and go.

use super::{Room, Used};
use crate::call::Phone;
use crate::shapes::Shape;

/// A place at which one line after another is worked.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// The line worked now.
    pub(super) phone: Phone,
    /// Day from which another is.
    pub(super) until_day: u32,
    /// Its cell.
    pub(super) site: u32,
    /// The pool that its handsets are from.
    pub(super) box_index: usize,
}

impl Room {
    /// A seat with a fresh line.
    pub(super) fn fresh_seat(&mut self, site: u32, box_index: usize, day: u32) -> Seat {
        let imei = *self.dice.pick(&self.handsets[box_index]);
        let mut phone = self.batch.phone(self.home_country(), imei);
        if self.shape == Shape::Relay {
            phone.attestation = b'B';
        }
        let days = self.dice.count(self.spec.sim_days.0, self.spec.sim_days.1);
        let role = if self.shape == Shape::Relay { "relay" } else { "worker" };
        self.used.push(Used { number: phone.number, role, first_day: day });
        Seat { phone, until_day: day + days, site, box_index }
    }

    fn home_country(&self) -> crate::numbers::Country {
        crate::numbers::Country { code: self.controller.number / 1_000_000_000, zone: "" }
    }

    /// Gives seats whose line is used up a fresh one.
    pub(super) fn rotate(&mut self, day: u32) {
        for desks in [false, true] {
            let count = if desks { self.desks.len() } else { self.seats.len() };
            for at in 0..count {
                let (until_day, site, box_index) = {
                    let seat = if desks { &self.desks[at] } else { &self.seats[at] };
                    (seat.until_day, seat.site, seat.box_index)
                };
                if until_day <= day {
                    let fresh = self.fresh_seat(site, box_index, day);
                    if desks {
                        self.desks[at] = fresh;
                    } else {
                        self.seats[at] = fresh;
                    }
                }
            }
        }
    }
}
