//! Who runs the room.

use super::Room;
use crate::call::Call;
use crate::stage::Stage;
use domain::Outcome;
use domain::num::round_u32;

impl Room {
    /// The controller calls workers, moves about, and has a life.
    pub(super) fn control(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        for _ in 0..self.dice.poisson(4.0) {
            let worker = self.dice.pick(&self.seats).phone.number;
            let start_s = self.at_work_s(stage);
            let cell = 1 + (self.seats[0].site - 1 + self.dice.count(0, 12)) % stage.ordinary.cells;
            let duration_s = round_u32(self.dice.lognormal(40.0, 0.8));
            into.push(self.controller.call(worker, start_s, duration_s, Outcome::Answered, cell));
        }
        for _ in 0..self.dice.poisson(4.0) {
            let party = *self.dice.pick(&self.controller_people);
            let start_s = stage.begin_s + round_u32(self.dice.between(10.0, 23.0) * 3_600.0);
            let cell = 1 + (self.seats[0].site - 1 + self.dice.count(0, 20)) % stage.ordinary.cells;
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
}
