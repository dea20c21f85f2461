//! Ordinary life: communities, ties of unequal strength, reciprocity, a daily and weekly rhythm, home and work.
//!
//! Durations: truncated log-normal with the median and tail of individual users (docs/concepts/figures.md: Vaz de Melo et al.). Nothing is
//! remembered from day to day: a line's ties are drawn again from its own stream.

mod presence;

use crate::call::{Call, Phone};
use crate::dice::{Dice, mix};
use crate::numbers::{Country, imsi, ordinary_imei, scattered};
use domain::Outcome;
use domain::num::{round_u32, u32_of};
use domain::zone::DAY_S;

/// The ordinary lines of a world.
#[derive(Clone, Debug)]
pub struct Ordinary {
    seed: u64,
    /// How many lines there are.
    pub lines: u32,
    /// How many cells there are, counted from 1.
    pub cells: u32,
    country: Country,
    days: u32,
}

/// Calls of an ordinary line on an average day, both directions of its own ties.
pub const CALLS_A_DAY: f64 = 1.5;
/// Calls of an ordinary line on an average day to numbers that everybody knows.
const HOTLINE_CALLS_A_DAY: f64 = 0.004;
/// Calls of an ordinary line on an average day to the police.
const EMERGENCY_CALLS_A_DAY: f64 = 0.000_3;
/// One line in so many is of somebody who hardly leaves the house.
const HOMEBOUND_ONE_IN: u64 = 40;
/// Lines of a community.
pub(crate) const COMMUNITY: u32 = 60;
/// Weight of each local hour: the double hump of a day.
const HOURS: [f64; 24] = [
    2., 1., 1., 1., 1., 2., 4., 8., 12., 14., 15., 15., 16., 15., 14., 14., 15., 17., 18., 17.,
    14., 10., 7., 4.,
];

impl Ordinary {
    /// So many ordinary lines of a country.
    pub fn new(seed: u64, lines: u32, country: Country, days: u32) -> Self {
        Self { seed, lines, cells: (lines / 150).max(60), country, days }
    }

    /// The phone of an ordinary line on a day. One in twenty changes its handset once.
    pub fn phone(&self, line: u32, day: u32) -> Phone {
        let index = scattered(line, self.seed);
        let fate = mix(self.seed ^ u64::from(line) << 1);
        let changed =
            fate.is_multiple_of(20) && u64::from(day) > (fate >> 8) % u64::from(self.days.max(1));
        Phone {
            number: self.country.number(index),
            imei: ordinary_imei(self.handset_of(line), u64::from(changed)),
            imsi: imsi(self.country, index),
            route: 0,
            attestation: b'A',
        }
    }

    /// One line in fifty shares its handset with its neighbour: two SIMs, a couple, a child.
    fn handset_of(&self, line: u32) -> u32 {
        let shares = mix(self.seed ^ 0x51 ^ u64::from(line / 2)).is_multiple_of(50);
        if shares { line / 2 * 2 } else { line }
    }

    /// The number of an ordinary line.
    pub fn number(&self, line: u32) -> u64 {
        self.country.number(scattered(line, self.seed))
    }

    /// Any ordinary line.
    pub fn any(&self, dice: &mut Dice) -> u32 {
        u32_of(dice.below(self.lines as usize))
    }

    /// How much a line calls, over the usual.
    pub(crate) fn activity(&self, line: u32) -> f64 {
        activity(&mut Dice::new(self.seed, &[1, u64::from(line)]))
    }

    /// Where a line's holder sleeps.
    pub fn home(&self, line: u32) -> u32 {
        let community = line / COMMUNITY;
        let spread = mix(self.seed ^ u64::from(line)) % 5;
        self.cell(mix(u64::from(community) ^ 0xce11) + spread)
    }

    fn work(&self, line: u32) -> u32 {
        self.cell(u64::from(self.home(line)) + mix(self.seed ^ 0x3092 ^ u64::from(line)) % 41)
    }

    fn cell(&self, at: u64) -> u32 {
        1 + u32::try_from(at % u64::from(self.cells)).expect("below the number of cells")
    }

    /// Where a line's holder is at a second of a day.
    pub fn whereabouts(&self, line: u32, day: u32, of_day_s: u32, dice: &mut Dice) -> u32 {
        let hour = of_day_s / 3_600;
        let works = (9..17).contains(&hour) && (day + 3) % 7 < 5;
        let roams = dice.chance(0.15);
        if mix(self.seed ^ 0x40e ^ u64::from(line)).is_multiple_of(HOMEBOUND_ONE_IN) {
            return self.home(line);
        }
        if roams {
            return self.cell(u64::from(self.home(line)) + dice.below(17) as u64);
        }
        if works { self.work(line) } else { self.home(line) }
    }

    /// The calls of a range of lines on a day (counted from 1970, local), with `begin_s` the instant it begins.
    pub fn day(&self, lines: std::ops::Range<u32>, day: u32, begin_s: u32, into: &mut Vec<Call>) {
        for line in lines {
            self.line_day(line, day, begin_s, into);
        }
    }

    /// Everybody's calls of a day to the numbers that everybody knows.
    pub fn hotlines(&self, day: u32, begin_s: u32, into: &mut Vec<Call>) {
        let mut dice = Dice::new(self.seed, &[5, u64::from(day)]);
        for _ in 0..dice.poisson(HOTLINE_CALLS_A_DAY * f64::from(self.lines)) {
            let line = self.any(&mut dice);
            let of_day_s = time_of_day_s(0.0, &mut dice);
            let cell = self.whereabouts(line, day, of_day_s, &mut dice);
            let duration_s = round_u32(dice.lognormal(240.0, 0.7));
            let hotline = self.country.hotline(&mut dice);
            let phone = self.phone(line, day);
            into.push(phone.call(hotline, begin_s + of_day_s, duration_s, Outcome::Answered, cell));
        }
    }

    /// Everybody's calls of a day to the police.
    pub fn emergencies(&self, day: u32, begin_s: u32, into: &mut Vec<Call>) {
        let mut dice = Dice::new(self.seed, &[8, u64::from(day)]);
        for _ in 0..dice.poisson(EMERGENCY_CALLS_A_DAY * f64::from(self.lines)) {
            let line = self.any(&mut dice);
            let of_day_s = time_of_day_s(0.0, &mut dice);
            let cell = self.whereabouts(line, day, of_day_s, &mut dice);
            let duration_s = round_u32(dice.lognormal(90.0, 0.8));
            let (phone, police) = (self.phone(line, day), self.country.emergency());
            into.push(phone.call(police, begin_s + of_day_s, duration_s, Outcome::Answered, cell));
        }
    }

    fn line_day(&self, line: u32, day: u32, begin_s: u32, into: &mut Vec<Call>) {
        let mut ties = Dice::new(self.seed, &[1, u64::from(line)]);
        let mut today = Dice::new(self.seed, &[2, u64::from(line), u64::from(day)]);
        let activity = activity(&mut ties);
        let count = round_u32(ties.lognormal(4.5, 0.6)).clamp(1, 30);
        let shift_h = ties.below(5) as f64 - 2.0;
        let mut weights = 0.0;
        let mine: Vec<(u32, f64, f64)> = (0..count)
            .map(|_| {
                let other = self.tie(line, &mut ties);
                let weight = (1.2 * ties.normal()).exp();
                let back = if ties.chance(0.62) { ties.between(0.2, 0.8) } else { 0.0 };
                weights += weight;
                (other, weight, back)
            })
            .collect();
        for (other, weight, back) in mine {
            let calls = today.poisson(CALLS_A_DAY * activity * weight / weights);
            for _ in 0..calls {
                let (from, to) = if today.chance(back) { (other, line) } else { (line, other) };
                into.push(self.one(from, to, day, begin_s, shift_h, &mut today));
            }
        }
    }

    fn tie(&self, line: u32, ties: &mut Dice) -> u32 {
        let community = line / COMMUNITY * COMMUNITY;
        let size = COMMUNITY.min(self.lines - community);
        let inside = ties.chance(0.7) && size > 1;
        let other = if inside {
            community + u32_of(ties.below(size as usize))
        } else {
            let popular = ties.unit().powi(3) * f64::from(self.lines);
            u32::try_from(mix(u64::from(round_u32(popular))) % u64::from(self.lines))
                .expect("below the lines")
        };
        if other == line { (other + 1) % self.lines } else { other }
    }

    #[expect(clippy::too_many_arguments, reason = "a call has this many sides")]
    fn one(
        &self,
        from: u32,
        to: u32,
        day: u32,
        begin_s: u32,
        shift_h: f64,
        dice: &mut Dice,
    ) -> Call {
        let of_day_s = time_of_day_s(shift_h, dice);
        let cell = self.whereabouts(from, day, of_day_s, dice);
        let answered = dice.chance(0.72);
        let outcome = if answered {
            Outcome::Answered
        } else if dice.chance(0.15) {
            Outcome::Busy
        } else {
            Outcome::NoAnswer
        };
        let duration_s = round_u32(dice.lognormal(55.0, 1.25)).clamp(1, 7_200);
        self.phone(from, day).call(self.number(to), begin_s + of_day_s, duration_s, outcome, cell)
    }
}

/// The first draw of a line's stream.
fn activity(ties: &mut Dice) -> f64 {
    ties.lognormal(0.75, 0.75)
}

/// The index of a number that no line has, one for each line.
pub(crate) fn free_index(line: u32, ordinary: &Ordinary) -> u64 {
    scattered(ordinary.lines + line, ordinary.seed)
}

/// Whether a number lies among those of ordinary lines.
pub fn is_ordinary(number: u64) -> bool {
    number % 10_000_000 < crate::numbers::ORDINARY_MAX
}

/// A second of the day by the rhythm of ordinary life, moved by some hours.
pub fn time_of_day_s(shift_h: f64, dice: &mut Dice) -> u32 {
    let total: f64 = HOURS.iter().sum();
    let mut left = dice.unit() * total;
    let mut hour = 0;
    while left > HOURS[hour] && hour < 23 {
        left -= HOURS[hour];
        hour += 1;
    }
    let second = (hour as f64 + shift_h + dice.unit()) * 3_600.0;
    round_u32(second.rem_euclid(f64::from(DAY_S))).min(DAY_S - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_the_same_whatever_was_asked_before() {
        let ordinary = Ordinary::new(5, 500, Country { code: 51, zone: "America/Lima" }, 28);
        let day = |day| {
            let mut calls = Vec::new();
            ordinary.day(0..500, day, 1_700_000_000, &mut calls);
            calls
        };
        let _other = day(4);
        assert_eq!(day(3), day(3));
        let calls = day(3);
        assert!((300..1_500).contains(&calls.len()), "{}", calls.len());
        let answered = calls.iter().filter(|call| call.outcome == Outcome::Answered).count();
        assert!((0.6..0.85).contains(&(answered as f64 / calls.len() as f64)));
        assert!(calls.iter().all(|call| call.caller != call.callee));
    }
}
