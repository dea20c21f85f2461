//! The people inside a room: whether they are held, how they came, and where their phones are seen.
//!
//! Held people arrive together from the airport by night with phones of their own, which are taken within a day and a half; from then on
//! the room's phones are seen at the site, at work in the shift and at rest outside it. Rooms that last get more people in the same way.
//! People who work of their own will carry their phones home and have a day off.

use super::Room;
use crate::call::{Call, Phone};
use crate::dice::{Dice, mix};
use crate::ordinary::Ordinary;
use crate::shapes::Shape;
use crate::sighting::{Kind, Sighting};
use crate::stage::Stage;
use domain::Outcome;
use domain::num::{round_u32, u32_of};
use domain::zone::DAY_S;
use std::ops::Range;

/// Whether a room's people may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// They are held.
    Captives,
    /// They go home after work.
    Voluntary,
    /// Its lines are devices that stand alone.
    Nobody,
}

impl Hold {
    /// The word in the truth.
    pub fn word(self) -> &'static str {
        match self {
            Self::Captives => "captives",
            Self::Voluntary => "voluntary",
            Self::Nobody => "nobody",
        }
    }
}

/// The people of a room.
#[derive(Clone, Debug)]
pub struct Inmates {
    /// Whether they may leave.
    pub hold: Hold,
    arrivals: Vec<Arrival>,
    /// The day on which all are moved elsewhere by night, and how many cells away.
    moved: Option<(u32, u32)>,
    salt: u64,
}

/// Held people who come together.
#[derive(Clone, Debug)]
struct Arrival {
    /// The day after the evening on which they land.
    first_day: u32,
    /// Phones of their own, and when they were last seen, hours after landing.
    own: Vec<(Phone, f64)>,
}

impl Arrival {
    fn new(first_day: u32, size: usize, stage: &Stage<'_>, dice: &mut Dice) -> Self {
        let phone = |nth: usize| Phone {
            number: stage.abroad.stranger(dice),
            imei: 200_000_000_000_000
                + mix(dice.below(1 << 40) as u64 ^ nth as u64) % 10_000_000_000_000 * 10,
            ..Phone::default()
        };
        let phones: Vec<Phone> = (0..size).map(phone).collect();
        let own = phones.into_iter().map(|phone| (phone, dice.between(6.0, 36.0))).collect();
        Self { first_day, own }
    }
}

/// Days that a room must last to get more people, and that lie between that and its first and last.
const REINFORCED_DAYS: u32 = 15;
const SETTLED_DAYS: u32 = 5;

/// How many of the airport's cells a phone may be seen in.
const AIRPORT_CELL: u32 = 1;
/// The hour of the evening before the first day at which they land.
const LANDING_H: f64 = 20.5;

impl Inmates {
    /// The people of a room of this shape.
    pub(super) fn of_shape(
        shape: Shape,
        seats: usize,
        days: &Range<u32>,
        stage: &Stage<'_>,
        mut dice: Dice,
    ) -> Self {
        let hold = match shape {
            Shape::Relay => Hold::Nobody,
            Shape::House if dice.chance(0.6) => Hold::Captives,
            Shape::CallBack if dice.chance(0.5) => Hold::Captives,
            Shape::House | Shape::CallBack | Shape::Small => Hold::Voluntary,
        };
        Self::new(hold, seats, days, stage, dice)
    }

    /// The people of a room with so many seats that lives on some days.
    pub(crate) fn new(
        hold: Hold,
        seats: usize,
        days: &Range<u32>,
        stage: &Stage<'_>,
        mut dice: Dice,
    ) -> Self {
        let held = if hold == Hold::Captives { seats } else { 0 };
        let mut arrivals = vec![Arrival::new(days.start, held, stage, &mut dice)];
        let length = days.end - days.start;
        let moves = hold == Hold::Captives && length >= 12 && dice.chance(0.25);
        let moved = moves.then(|| (days.start + length / 2, dice.count(11, 30)));
        let salt = dice.below(1 << 40) as u64;
        if length >= REINFORCED_DAYS && dice.chance(0.5) {
            let day = dice.count(days.start + SETTLED_DAYS, days.end - SETTLED_DAYS);
            let more = dice.count(u32_of(held.div_ceil(2)), u32_of(held)) as usize;
            arrivals.push(Arrival::new(day, more, stage, &mut dice));
        }
        Self { hold, arrivals, moved, salt }
    }

    /// Begin and length of their shift, hours: those who are held work longer than others would (docs/concepts/figures.md: 12 to 16 h).
    pub(super) fn shift_h(&self, (begin_h, hours): (f64, f64)) -> (f64, f64) {
        match self.hold {
            Hold::Captives => (begin_h - 0.5, hours + 3.0),
            Hold::Voluntary | Hold::Nobody => (begin_h, hours),
        }
    }

    /// The cells that a site has become by a day.
    pub(crate) fn shifted(&self, site: u32, day: u32, cells: u32) -> u32 {
        match self.moved {
            Some((from, steps)) if day >= from => 1 + (site - 1 + steps) % cells,
            _ => site,
        }
    }

    /// Phones of those who come this evening land, are driven to the site, and are taken.
    pub(crate) fn arrive(
        &self,
        site: u32,
        stage: &Stage<'_>,
        dice: &mut Dice,
        into: &mut Vec<Sighting>,
    ) {
        let comes = |arrival: &&Arrival| arrival.first_day == stage.day + 1;
        let own = self.arrivals.iter().filter(comes).flat_map(|arrival| &arrival.own);
        let mut own = own.peekable();
        if own.peek().is_none() {
            return;
        }
        let landed_s = stage.begin_s + round_u32((LANDING_H + dice.unit()) * 3_600.0);
        for (phone, taken_h) in own {
            let at_s = landed_s + round_u32(dice.between(0.0, 600.0));
            into.push(phone.seen(Kind::Attach, at_s, 0, AIRPORT_CELL));
            let there_s = landed_s + round_u32(dice.between(4_800.0, 5_700.0));
            into.push(phone.seen(Kind::Location, there_s, 0, site));
            let until_s = landed_s + round_u32(taken_h * 3_600.0);
            let mut at_s = there_s + 1_800;
            while at_s < until_s {
                let duration_s = round_u32(dice.lognormal(300.0, 1.0)).clamp(5, 3_600);
                into.push(phone.seen(Kind::Data, at_s, duration_s, site));
                at_s += round_u32(dice.between(1.0, 6.0) * 3_600.0);
            }
        }
    }

    /// Where somebody who works of their own will sleeps.
    fn home(&self, seat: usize, ordinary: &Ordinary) -> u32 {
        let line = mix(self.salt ^ seat as u64) % u64::from(ordinary.lines);
        ordinary.home(u32::try_from(line).expect("below the lines"))
    }
}

impl Room {
    /// All are driven elsewhere by night, with all that they work with.
    pub(super) fn move_on(&mut self, stage: &Stage<'_>) {
        if self.inmates.moved.is_some_and(|(day, _)| day == stage.day) {
            for seat in self.seats.iter_mut().chain(&mut self.desks) {
                seat.site = self.inmates.shifted(seat.site, stage.day, stage.ordinary.cells);
            }
        }
    }

    /// The sightings of a day. `dice` is a stream of their own: calls do not change by being seen.
    pub(crate) fn seen(&self, stage: &Stage<'_>, dice: &mut Dice, into: &mut Vec<Sighting>) {
        let Some(first_seat) = self.seats.first() else { return };
        self.inmates.arrive(first_seat.site, stage, dice, into);
        if !(self.first_day..self.end_day).contains(&stage.day) {
            return;
        }
        let rests = self.rest_weekday == Some((stage.day + 3) % 7);
        let shift_s = self.shift_begin_s(stage) + round_u32(self.shift_h.0 * 3_600.0);
        let shift_end_s = shift_s + round_u32(self.shift_h.1 * 3_600.0);
        let pause_s = self.shift_begin_s(stage) + round_u32((self.break_h - 0.4) * 3_600.0);
        let at_work = shift_s..shift_end_s;
        for (nth, seat) in self.seats.iter().chain(&self.desks).enumerate() {
            let cell = |dice: &mut Dice| seat.site + u32::from(dice.chance(0.06));
            if !rests {
                let pauses = pause_s..pause_s + 2_880;
                for (from_s, to_s) in work_spans(&at_work, &pauses, dice) {
                    let cell = cell(dice);
                    into.push(seat.phone.seen(Kind::Data, from_s, to_s - from_s, cell));
                }
            }
            for _ in 0..dice.poisson(3.0) {
                let at_s = stage.begin_s + u32_of(dice.below(DAY_S as usize));
                let works = !rests && at_work.contains(&at_s);
                let away = self.inmates.hold == Hold::Voluntary && !works;
                let cell = if away { self.inmates.home(nth, stage.ordinary) } else { cell(dice) };
                into.push(seat.phone.seen(Kind::Location, at_s, 0, cell));
            }
        }
    }

    /// Now and then somebody who is held tries to call for help, and is cut off.
    pub(super) fn distress(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        if self.inmates.hold != Hold::Captives {
            return;
        }
        let mut dice = Dice::new(self.inmates.salt, &[9, u64::from(stage.day)]);
        if !dice.chance(0.15) {
            return;
        }
        let at_s = self.shift_begin_s(stage)
            + round_u32((self.shift_h.0 + self.shift_h.1 + dice.between(0.5, 3.0)) * 3_600.0);
        let seat = dice.below(self.seats.len());
        let callee = stage.home.emergency();
        let Some(seat) = self.seats.get(seat) else { return };
        let answered = if dice.chance(0.5) { Outcome::Answered } else { Outcome::NoAnswer };
        into.push(seat.phone.call(callee, at_s, dice.count(1, 9), answered, seat.site));
    }
}

/// When somebody at work is online: from about the shift's begin to its end but for the common break, with short gaps.
pub(crate) fn work_spans(
    shift: &Range<u32>,
    pause: &Range<u32>,
    dice: &mut Dice,
) -> Vec<(u32, u32)> {
    let mut spans = Vec::new();
    let mut at_s = shift.start + round_u32(dice.between(0.0, 420.0));
    while at_s < shift.end {
        let mut to_s = at_s + round_u32(dice.between(1_200.0, 5_400.0));
        if at_s < pause.start && to_s > pause.start {
            to_s = pause.start;
        }
        to_s = to_s.min(shift.end + round_u32(dice.between(0.0, 300.0)));
        spans.push((at_s, to_s));
        at_s = to_s + round_u32(dice.between(30.0, 400.0));
        if pause.contains(&at_s) || to_s == pause.start {
            at_s = pause.end + round_u32(dice.between(0.0, 300.0));
        }
    }
    spans
}
