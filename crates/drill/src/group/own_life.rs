//! What members do beside their work.

use super::Group;
use crate::call::Call;
use crate::ordinary::time_of_day_s;
use crate::stage::Stage;
use domain::Outcome;
use domain::num::round_u32;
use domain::zone::DAY_S;

impl Group {
    pub(super) fn own_life(&mut self, member: usize, stage: &Stage<'_>, into: &mut Vec<Call>) {
        for _ in 0..self.dice.poisson(self.habits.own_calls_a_day) {
            let people = &self.own_people[member];
            // The closest are called most.
            let nearest = self.dice.unit().powi(2) * people.len() as f64;
            let party = people[(round_u32(nearest.floor()) as usize).min(people.len() - 1)];
            let evening_h = self.dice.between(17.5, 23.0);
            let of_day_s = if self.dice.chance(0.6) {
                round_u32(evening_h * 3_600.0)
            } else {
                time_of_day_s(0.0, &mut self.dice)
            };
            let start_s = stage.begin_s + of_day_s.min(DAY_S - 1);
            let duration_s = round_u32(self.dice.lognormal(170.0, 1.0));
            let answered =
                if self.dice.chance(0.75) { Outcome::Answered } else { Outcome::NoAnswer };
            if self.dice.chance(0.4) {
                into.push(stage.call_by(
                    party,
                    self.phones[member].number,
                    start_s,
                    duration_s,
                    answered,
                    &mut self.dice,
                ));
            } else {
                self.place_call(
                    member,
                    stage.number(party),
                    start_s,
                    duration_s,
                    answered,
                    stage,
                    into,
                );
            }
        }
        self.among_themselves(member, stage, into);
    }

    fn among_themselves(&mut self, member: usize, stage: &Stage<'_>, into: &mut Vec<Call>) {
        for _ in 0..self.dice.poisson(self.habits.among_a_day) {
            let other = self.dice.below(self.phones.len());
            if other != member {
                let start_s = stage.begin_s + round_u32(self.dice.between(8.0, 21.0) * 3_600.0);
                let (callee, duration_s) =
                    (self.phones[other].number, round_u32(self.dice.lognormal(35.0, 0.8)));
                self.place_call(
                    member,
                    callee,
                    start_s,
                    duration_s,
                    Outcome::Answered,
                    stage,
                    into,
                );
            }
        }
    }

    pub(super) fn received(&mut self, member: usize, stage: &Stage<'_>, into: &mut Vec<Call>) {
        for _ in 0..self.dice.poisson(self.habits.received_a_day) {
            let start_s = self.at_work_s(stage);
            let party = if !self.pool.is_empty() && self.dice.chance(0.5) {
                *self.dice.pick(&self.pool)
            } else {
                stage.stranger(&mut self.dice)
            };
            let answered = if self.dice.chance(self.answer.max(0.3)) {
                Outcome::Answered
            } else {
                Outcome::NoAnswer
            };
            let duration_s = round_u32(
                self.dice.lognormal(self.habits.talk_s.0.max(30.0), self.habits.talk_s.1),
            );
            into.push(stage.call_by(
                party,
                self.phones[member].number,
                start_s,
                duration_s,
                answered,
                &mut self.dice,
            ));
        }
    }
}
