//! Where ordinary lines are seen: a few data sessions a day, and the network's own look at night.

use super::{Ordinary, time_of_day_s};
use crate::dice::Dice;
use crate::sighting::{Kind, Sighting};
use domain::num::round_u32;

/// Data sessions of an ordinary line on a day.
const SESSIONS_A_DAY: f64 = 3.0;
/// Chance that the network updates a location on a night.
const UPDATE_A_NIGHT: f64 = 0.5;

impl Ordinary {
    /// The sightings of all lines on a day, which begins at `begin_s`.
    pub fn seen(&self, day: u32, begin_s: u32, into: &mut Vec<Sighting>) {
        for line in 0..self.lines {
            let mut dice = Dice::new(self.seed, &[7, u64::from(line), u64::from(day)]);
            let phone = self.phone(line, day);
            for _ in 0..dice.poisson(SESSIONS_A_DAY) {
                let of_day_s = time_of_day_s(0.0, &mut dice);
                let cell = self.whereabouts(line, day, of_day_s, &mut dice);
                let duration_s = round_u32(dice.lognormal(400.0, 1.2)).clamp(5, 14_400);
                into.push(phone.seen(Kind::Data, begin_s + of_day_s, duration_s, cell));
            }
            if dice.chance(UPDATE_A_NIGHT) {
                let at_s = begin_s + round_u32(dice.between(1.0, 5.0) * 3_600.0);
                into.push(phone.seen(Kind::Location, at_s, 0, self.home(line)));
            }
        }
    }
}
