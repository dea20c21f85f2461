//! A scam call room at work, day by day.

mod controller;
mod hand_off;
mod hook;
mod inmates;
mod outsiders;
mod seat;

use crate::agenda::Agenda;
use crate::call::{Call, Phone};
use crate::dice::Dice;
use crate::numbers::{Batch, Shop};
use crate::shapes::{Shape, Spec};
use crate::stage::{FOREIGN_TRUNK, Party, Stage};
use domain::Outcome;
use domain::num::round_u32;
use domain::zone::DAY_S;
use hook::Hook;
pub use hook::{Form, Hooked};
pub(crate) use inmates::work_spans;
pub use inmates::{Hold, Inmates};
use outsiders::Outsiders;
use seat::Seat;
use std::collections::BTreeSet;

/// A line that the room used, for the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Its number.
    pub number: u64,
    /// `worker`, `controller`, `relay`, `helper` or `supplier`.
    pub role: &'static str,
    /// First day.
    pub first_day: u32,
}

/// A room.
#[derive(Clone, Debug)]
pub struct Room {
    /// Its shape.
    pub shape: Shape,
    spec: Spec,
    /// 0 careless .. 1 hides as hard as it can.
    pub stealth: f64,
    /// Whether targets live abroad.
    pub abroad: bool,
    /// Whether its calls come in from abroad under local numbers.
    pub from_abroad: bool,
    seats: Vec<Seat>,
    desks: Vec<Seat>,
    controller: Phone,
    controller_people: Vec<Party>,
    outsiders: Outsiders,
    handsets: Vec<Vec<u64>>,
    batch: Batch,
    shop: Shop,
    called: Vec<Party>,
    shift_h: (f64, f64),
    break_h: f64,
    answer: f64,
    calls_a_day: f64,
    rest_weekday: Option<u32>,
    /// First day.
    pub first_day: u32,
    /// Day after the last.
    pub end_day: u32,
    /// Its people.
    pub inmates: Inmates,
    agenda: Agenda,
    /// Lines used so far.
    pub used: Vec<Used>,
    /// Targets hooked so far.
    pub hooked: Vec<Hooked>,
    /// People so far, targets and those called to look like a life, who were talked to for a minute or more and let go.
    pub let_go: BTreeSet<u64>,
    dice: Dice,
}

/// How a room is to be.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Its shape.
    pub shape: Shape,
    /// How hard it hides.
    pub stealth: f64,
    /// Whether its targets live abroad.
    pub abroad: bool,
    /// Whether its calls come in from abroad under local numbers.
    pub from_abroad: bool,
    /// First day.
    pub first_day: u32,
    /// Day after the last.
    pub end_day: u32,
}

/// Seconds of talk from which somebody listened or argued, rather than hung up.
const LISTENED_MIN_S: f64 = 60.0;
/// Days before the first on which its supplier is spoken to.
const PREPARED_DAYS: u32 = 3;

impl Room {
    /// A room as ordered.
    pub fn new(order: Order, stage: &Stage<'_>, mut shop: Shop, mut dice: Dice) -> Self {
        let spec = order.shape.spec();
        let size = dice.count(spec.seats.0, spec.seats.1) as usize;
        let sites: Vec<u32> = (0..dice.count(spec.sites.0, spec.sites.1))
            .map(|_| stage.ordinary.home(stage.ordinary.any(&mut dice)))
            .collect();
        let boxes = if spec.slots_a_box > 0 { size.div_ceil(spec.slots_a_box as usize) } else { 1 };
        // Careless rooms reuse a few handsets for many SIMs; careful ones have nearly one for each SIM.
        let pool = if spec.slots_a_box > 0 { spec.slots_a_box as usize } else { size };
        let pool = round_u32(pool as f64 * (1.0 + 1.5 * order.stealth)).max(2);
        let handsets = (0..boxes).map(|_| (0..pool).map(|_| shop.handset()).collect()).collect();
        let batch = shop.batch(dice.chance(0.3 + 0.6 * order.stealth));
        let controller = shop.batch(true).phone(stage.home, shop.handset());
        let controller_people = (0..6).map(|_| stage.stranger(&mut dice)).collect();
        let outsiders = Outsiders::new(stage, &mut dice);
        let days = order.first_day..order.end_day;
        let of_people = Dice::new(size as u64, &[u64::from(order.first_day), controller.number]);
        let inmates = Inmates::of_shape(order.shape, size, &days, stage, of_people);
        let shift_h = inmates.shift_h((dice.between(8.5, 10.0), dice.between(8.0, 10.0)));
        let mut room = Self {
            shape: order.shape,
            spec,
            stealth: order.stealth,
            abroad: order.abroad,
            from_abroad: order.from_abroad,
            seats: Vec::new(),
            desks: Vec::new(),
            controller,
            controller_people,
            outsiders,
            handsets,
            batch,
            shop,
            called: Vec::new(),
            break_h: shift_h.0 + shift_h.1 * dice.between(0.4, 0.6),
            shift_h,
            answer: dice.between(spec.answer.0, spec.answer.1),
            calls_a_day: dice.between(spec.calls_a_day.0, spec.calls_a_day.1)
                * (1.0 - 0.4 * order.stealth),
            rest_weekday: dice.chance(0.3).then(|| dice.count(0, 6)),
            first_day: order.first_day,
            end_day: order.end_day,
            inmates,
            agenda: Agenda::default(),
            used: outsiders.used(controller, stage, order.first_day),
            hooked: Vec::new(),
            let_go: BTreeSet::new(),
            dice,
        };
        for at in 0..size {
            let seat = room.fresh_seat(
                sites[at % sites.len()],
                at / (spec.slots_a_box.max(1) as usize) % boxes,
                order.first_day,
            );
            room.seats.push(seat);
        }
        let desks = if order.shape == Shape::CallBack { size.div_ceil(2) } else { 0 };
        for _ in 0..desks {
            let seat = room.fresh_seat(sites[0], 0, order.first_day);
            room.desks.push(seat);
        }
        room
    }

    /// The same room, at work in a shift and with a break of so many hours, every day of the week.
    pub(crate) fn working(mut self, shift_h: (f64, f64), break_h: f64) -> Self {
        (self.shift_h, self.break_h, self.rest_weekday) = (shift_h, break_h + 0.4, None);
        self
    }

    /// The room's calls of a day.
    pub fn day(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        if (self.first_day.saturating_sub(PREPARED_DAYS)..self.first_day).contains(&stage.day) {
            self.prepare(stage, into);
        }
        if !(self.first_day..self.end_day).contains(&stage.day) {
            return;
        }
        self.rotate(stage.day);
        self.move_on(stage);
        self.distress(stage, into);
        let rests = self.rest_weekday == Some((stage.day + 3) % 7);
        if !rests {
            for seat in 0..self.seats.len() {
                self.shift(seat, stage, into);
            }
            self.control(stage, into);
            self.serve(stage, into);
        }
        let end_s = self.shift_begin_s(stage) + DAY_S;
        for due in self.agenda.take_before(end_s) {
            self.keep(due, stage, into);
        }
    }

    fn shift_begin_s(&self, stage: &Stage<'_>) -> u32 {
        if self.abroad { stage.abroad_begin_s } else { stage.begin_s }
    }

    /// An instant within the shift, outside the common break.
    fn at_work_s(&mut self, stage: &Stage<'_>) -> u32 {
        let mut hour = self.shift_h.0 + self.shift_h.1 * self.dice.unit();
        if (hour - self.break_h).abs() < 0.4 {
            hour += 0.8;
        }
        self.shift_begin_s(stage) + round_u32(hour * 3_600.0)
    }

    fn shift(&mut self, seat: usize, stage: &Stage<'_>, into: &mut Vec<Call>) {
        let mean = self.dice.lognormal(self.calls_a_day, 0.4);
        for _ in 0..self.dice.poisson(mean) {
            let start_s = self.at_work_s(stage);
            let (target, vacant) = self.target(stage);
            let answered = !vacant && self.dice.chance(self.answer);
            let form = (answered && self.dice.chance(self.spec.long)).then(|| self.form());
            let duration_s = match form {
                Some(form) => self.hooking_talk_s(form),
                None => self.other_talk_s(answered),
            };
            let outcome = if vacant {
                Outcome::Vacant
            } else if answered {
                Outcome::Answered
            } else {
                Outcome::NoAnswer
            };
            self.place_call(
                seat,
                false,
                stage.number(target),
                start_s,
                round_u32(duration_s),
                outcome,
                into,
            );
            if form.is_none() && answered {
                self.note_let_go(stage.number(target), duration_s);
            }
            if let Some(form) = form {
                let end_s = start_s + round_u32(duration_s);
                self.hook(Hook { form, target, seat, end_s }, stage, into);
            } else if !vacant {
                self.after_probe(target, seat, answered, start_s);
            }
        }
        // Work phones of hiding rooms also make a few calls that look like a life.
        for _ in 0..self.dice.poisson(1.5 * self.stealth) {
            let start_s = self.at_work_s(stage);
            let friend = stage.number(Party::Line(self.friend(seat, stage)));
            let duration_s = self.dice.lognormal(60.0, 1.0);
            self.note_let_go(friend, duration_s);
            let duration_s = round_u32(duration_s);
            self.place_call(seat, false, friend, start_s, duration_s, Outcome::Answered, into);
        }
    }

    /// Takes note of somebody who was talked to for so many seconds, and no more.
    fn note_let_go(&mut self, number: u64, duration_s: f64) {
        if duration_s >= LISTENED_MIN_S {
            self.let_go.insert(number);
        }
    }

    fn friend(&mut self, seat: usize, stage: &Stage<'_>) -> u32 {
        let nth = self.dice.below(4) as u64;
        u32::try_from(
            crate::dice::mix(self.seats[seat].phone.number << 3 | nth)
                % u64::from(stage.ordinary.lines),
        )
        .expect("below the lines")
    }

    fn target(&mut self, stage: &Stage<'_>) -> (Party, bool) {
        if self.dice.chance(self.spec.vacant) {
            let country = if self.abroad { stage.abroad } else { stage.home };
            return (Party::Number(country.vacant(&mut self.dice)), true);
        }
        // One list is split up among the seats, with some entries twice and some tried again by another seat.
        if !self.called.is_empty() && self.dice.chance(0.07 * (1.0 - 0.5 * self.stealth)) {
            return (*self.dice.pick(&self.called), false);
        }
        let target = if self.abroad {
            Party::Number(stage.abroad.stranger(&mut self.dice))
        } else {
            stage.stranger(&mut self.dice)
        };
        self.called.push(target);
        (target, false)
    }

    #[expect(clippy::too_many_arguments, reason = "a call has this many sides")]
    fn place_call(
        &mut self,
        seat: usize,
        desk: bool,
        callee: u64,
        start_s: u32,
        duration_s: u32,
        outcome: Outcome,
        into: &mut Vec<Call>,
    ) {
        let swap = self.dice.chance(0.02);
        let seats = if desk { &self.desks } else { &self.seats };
        let seat = &seats[seat];
        let mut phone = seat.phone;
        if swap {
            phone.imei = *self.dice.pick(&self.handsets[seat.box_index]);
        }
        if self.from_abroad {
            phone = Phone { route: FOREIGN_TRUNK, attestation: b'C', ..phone };
        }
        // A house is heard by one cell and sometimes its neighbour; hiding ones move between a few.
        let spread = 0.06 + 0.3 * self.stealth;
        let step = if self.dice.chance(spread) { self.dice.count(1, 2) } else { 0 };
        into.push(phone.call(callee, start_s, duration_s, outcome, seat.site + step));
    }

    /// The cell of its first seat.
    pub fn site(&self) -> u32 {
        self.seats.first().map_or(0, |seat| seat.site)
    }

    /// Handsets bought so far, so that other groups do not buy the same.
    pub fn shop(&self) -> Shop {
        self.shop.clone()
    }
}
