//! A house that phones over the Internet: sightings, and no call that a feed could show.

use crate::call::Phone;
use crate::dice::Dice;
use crate::numbers::Shop;
use crate::room::{Hold, Inmates, Order, Room, work_spans};
use crate::shapes::Shape;
use crate::sighting::{Kind, Sighting};
use crate::stage::Stage;
use domain::num::{round_u32, u32_of};
use domain::zone::DAY_S;
use std::ops::Range;

/// A house that phones over the Internet: it makes no calls that a feed could show.
#[derive(Clone, Debug)]
pub struct VoipHouse {
    /// Its people.
    pub inmates: Inmates,
    /// Its phones and tablets.
    pub phones: Vec<Phone>,
    /// Its cell.
    pub site: u32,
    /// First day.
    pub first_day: u32,
    /// Day after the last.
    pub end_day: u32,
    shift_h: (f64, f64),
    break_h: f64,
    /// Its calls, which go over the Internet.
    pub calls: Room,
}

impl VoipHouse {
    /// A house with new phones.
    pub fn new(stage: &Stage<'_>, days: &Range<u32>, shop: &mut Shop, mut dice: Dice) -> Self {
        let size = dice.count(10, 45) as usize;
        let mut batch = shop.batch(dice.chance(0.5));
        let phones = (0..size).map(|_| batch.phone(stage.home, shop.handset())).collect();
        let length = dice.count(10, 30).min(days.end - days.start);
        let latest = days.end.saturating_sub(length.min(10)).max(days.start);
        let first_day = dice.count(days.start, latest);
        let end_day = (first_day + length).min(days.end);
        let shift_h = (dice.between(8.0, 9.5), dice.between(11.0, 13.0));
        let life = first_day..end_day;
        let inmates = Inmates::new(Hold::Captives, size, &life, stage, dice.clone());
        let site = stage.ordinary.home(stage.ordinary.any(&mut dice));
        let break_h = shift_h.0 + shift_h.1 * dice.between(0.4, 0.6);
        let order = Order {
            shape: Shape::House,
            stealth: dice.unit(),
            abroad: true,
            from_abroad: false,
            first_day,
            end_day,
        };
        let calls = Room::new(order, stage, shop.clone(), dice).working(shift_h, break_h);
        *shop = calls.shop();
        Self { inmates, phones, site, first_day, end_day, shift_h, break_h, calls }
    }

    /// The cells that it was in, in order: twice the same where it never moved.
    pub(crate) fn sites(&self, cells: u32) -> [u32; 2] {
        [self.site, self.inmates.shifted(self.site, self.end_day, cells)]
    }

    /// The sightings of a day.
    pub fn seen(&self, stage: &Stage<'_>, dice: &mut Dice, into: &mut Vec<Sighting>) {
        let site = self.inmates.shifted(self.site, stage.day, stage.ordinary.cells);
        self.inmates.arrive(site, stage, dice, into);
        if !(self.first_day..self.end_day).contains(&stage.day) {
            return;
        }
        let begin_s = stage.abroad_begin_s;
        let hour_s = |hour: f64| begin_s + round_u32(hour * 3_600.0);
        let shift = hour_s(self.shift_h.0)..hour_s(self.shift_h.0 + self.shift_h.1);
        let pause = hour_s(self.break_h)..hour_s(self.break_h + 0.8);
        for phone in &self.phones {
            // A tablet breaks, or somebody is ill.
            if dice.chance(0.06) {
                continue;
            }
            for (from_s, to_s) in work_spans(&shift, &pause, dice) {
                let cell = site + u32::from(dice.chance(0.08));
                into.push(phone.seen(Kind::Data, from_s, to_s - from_s, cell));
            }
            for _ in 0..dice.poisson(2.0) {
                let at_s = stage.begin_s + u32_of(dice.below(DAY_S as usize));
                into.push(phone.seen(Kind::Location, at_s, 0, site));
            }
        }
    }
}
