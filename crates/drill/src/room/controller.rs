//! Who runs the room.

use super::Room;
use crate::call::Call;
use crate::stage::Stage;
use domain::Outcome;
use domain::num::round_u32;

impl Room {
    /// The controller calls workers and is called by them, moves about, and has a life.
    pub(super) fn control(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        for _ in 0..self.dice.poisson(4.0) {
            let worker = self.dice.pick(&self.seats).phone.number;
            let start_s = self.at_work_s(stage);
            let cell = self.controller_cell(stage, 12);
            let duration_s = round_u32(self.dice.lognormal(40.0, 0.8));
            into.push(self.controller.call(worker, start_s, duration_s, Outcome::Answered, cell));
        }
        for _ in 0..self.dice.poisson(1.5) {
            let seat = self.dice.below(self.seats.len());
            let start_s = self.at_work_s(stage);
            let duration_s = round_u32(self.dice.lognormal(30.0, 0.7));
            let number = self.controller.number;
            self.place_call(seat, false, number, start_s, duration_s, Outcome::Answered, into);
        }
        for _ in 0..self.dice.poisson(4.0) {
            let party = *self.dice.pick(&self.controller_people);
            let start_s = stage.begin_s + round_u32(self.dice.between(10.0, 23.0) * 3_600.0);
            let cell = self.controller_cell(stage, 20);
            let duration_s = round_u32(self.dice.lognormal(90.0, 1.0));
            into.push(self.controller.call(
                stage.number(party),
                start_s,
                duration_s,
                Outcome::Answered,
                cell,
            ));
        }
    }

    /// Somewhere within so many cells of the room.
    pub(super) fn controller_cell(&mut self, stage: &Stage<'_>, reach: u32) -> u32 {
        1 + (self.seats[0].site - 1 + self.dice.count(0, reach)) % stage.ordinary.cells
    }
}
