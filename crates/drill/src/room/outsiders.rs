//! People around a room who are none of its workers: who brings what is needed, and who sells SIMs.

use super::{Room, Used};
use crate::call::{Call, Phone};
use crate::dice::Dice;
use crate::stage::{Party, Stage};
use domain::Outcome;
use domain::num::round_u32;

/// People around a room.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outsiders {
    /// Brings food and drives: called by a few of the lines, and calls back.
    pub(super) helper: Party,
    /// Sells SIMs and handsets, or sends people: spoken to before the room begins and whenever lines are used up.
    pub(super) supplier: Party,
}

impl Outsiders {
    /// Ordinary people of the place.
    pub(super) fn new(stage: &Stage<'_>, dice: &mut Dice) -> Self {
        Self { helper: stage.stranger(dice), supplier: stage.stranger(dice) }
    }

    /// The lines that a room has before any worker's: its controller's and theirs.
    pub(super) fn used(&self, controller: Phone, stage: &Stage<'_>, first_day: u32) -> Vec<Used> {
        let used = |number, role| Used { number, role, first_day };
        vec![
            used(controller.number, "controller"),
            used(stage.number(self.helper), "helper"),
            used(stage.number(self.supplier), "supplier"),
        ]
    }
}

impl Room {
    /// The controller speaks to the supplier before the room begins.
    pub(super) fn prepare(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        for _ in 0..self.dice.poisson(1.5) {
            self.supplied(stage, into);
        }
    }

    /// What is brought on a day, and what is bought.
    pub(super) fn serve(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        let helper = self.outsiders.helper;
        for _ in 0..self.dice.poisson(1.2) {
            let start_s = stage.begin_s + round_u32(self.dice.between(11.0, 21.0) * 3_600.0);
            let duration_s = round_u32(self.dice.lognormal(30.0, 0.6));
            let seat = self.dice.below(self.seats.len().min(3));
            if self.dice.chance(0.7) {
                let number = stage.number(helper);
                self.place_call(seat, false, number, start_s, duration_s, Outcome::Answered, into);
            } else {
                let number = self.seats[seat].phone.number;
                let dice = &mut self.dice;
                into.push(stage.call_by(
                    helper,
                    number,
                    start_s,
                    duration_s,
                    Outcome::Answered,
                    dice,
                ));
            }
        }
        if self.dice.chance(0.3) {
            self.supplied(stage, into);
        }
    }

    fn supplied(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        let start_s = stage.begin_s + round_u32(self.dice.between(10.0, 20.0) * 3_600.0);
        let duration_s = round_u32(self.dice.lognormal(70.0, 0.8));
        let supplier = self.outsiders.supplier;
        if self.dice.chance(0.6) {
            let cell = self.controller_cell(stage, 12);
            let number = stage.number(supplier);
            into.push(self.controller.call(number, start_s, duration_s, Outcome::Answered, cell));
        } else {
            let number = self.controller.number;
            let dice = &mut self.dice;
            into.push(stage.call_by(
                supplier,
                number,
                start_s,
                duration_s,
                Outcome::Answered,
                dice,
            ));
        }
    }
}
