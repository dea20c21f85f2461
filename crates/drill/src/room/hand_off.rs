//! What follows a call: hand-offs, call-backs and new attempts.

use super::Room;
use super::hook::{Form, Hook};
use crate::agenda::Due;
use crate::call::Call;
use crate::shapes::Shape;
use crate::stage::{Party, Stage};
use domain::Outcome;
use domain::num::round_u32;
use domain::zone::DAY_S;

const FOLLOW_UP: u8 = 1;
pub(super) const TO_DESK: u8 = 2;

impl Room {
    pub(super) fn follow_up(&mut self, party: Party, seat: usize, start_s: u32) {
        let other = self.dice.below(self.seats.len());
        let member = if other == seat { (other + 1) % self.seats.len() } else { other };
        self.agenda.add(Due { start_s, party, member, inbound: false, stage: FOLLOW_UP });
    }

    /// A first call led nowhere yet: the called may call back, or are tried again.
    pub(super) fn after_probe(&mut self, target: Party, seat: usize, answered: bool, start_s: u32) {
        let back = self.spec.call_back.0;
        if self.dice.chance(back) && (answered || self.shape != Shape::CallBack) {
            let wait_s = if self.shape == Shape::CallBack {
                self.dice.between(30.0, 3_600.0)
            } else {
                self.dice.between(60.0, 86_400.0)
            };
            let stage = if self.shape == Shape::CallBack { TO_DESK } else { 0 };
            let member = if stage == TO_DESK { self.dice.below(self.desks.len()) } else { seat };
            self.agenda.add(Due {
                start_s: start_s + round_u32(wait_s),
                party: target,
                member,
                inbound: true,
                stage,
            });
        } else if !answered && self.dice.chance(0.12) {
            let start_s = start_s + round_u32(self.dice.between(0.05, 1.2) * f64::from(DAY_S));
            self.agenda.add(Due { start_s, party: target, member: seat, inbound: false, stage: 0 });
        }
    }

    /// Makes a call that was agreed.
    pub(super) fn keep(&mut self, due: Due, stage: &Stage<'_>, into: &mut Vec<Call>) {
        let answered_by_us = self.dice.chance(self.spec.call_back.1);
        if due.inbound {
            let to_desk = due.stage == TO_DESK;
            let seat = if to_desk { &self.desks[due.member] } else { &self.seats[due.member] };
            let number = seat.phone.number;
            let hooked = to_desk && answered_by_us && self.dice.chance(0.3);
            let duration_s = if hooked {
                self.hooking_talk_s(Form::CallBack)
            } else {
                self.dice.lognormal(45.0, 0.9)
            };
            let outcome = if answered_by_us { Outcome::Answered } else { Outcome::NoAnswer };
            into.push(stage.call_by(
                due.party,
                number,
                due.start_s,
                round_u32(duration_s),
                outcome,
                &mut self.dice,
            ));
            if answered_by_us && !hooked {
                self.note_let_go(stage.number(due.party), duration_s);
            }
            if hooked {
                let end_s = due.start_s + round_u32(duration_s);
                let hook =
                    Hook { form: Form::CallBack, target: due.party, seat: due.member, end_s };
                self.hook(hook, stage, into);
            }
            return;
        }
        let start_s = if due.stage == FOLLOW_UP && self.dice.chance(0.85) {
            due.start_s
        } else {
            self.at_work_s(stage).max(due.start_s)
        };
        let answered = if self.dice.chance(if due.stage == 0 { self.answer } else { 0.8 }) {
            Outcome::Answered
        } else {
            Outcome::NoAnswer
        };
        let duration_s = if due.stage == 0 {
            self.dice.lognormal(self.spec.talk_s.0, self.spec.talk_s.1)
        } else {
            self.dice.between(120.0, 2_400.0)
        };
        if due.stage == 0 && answered == Outcome::Answered {
            self.note_let_go(stage.number(due.party), duration_s);
        }
        self.place_call(
            due.member,
            due.stage == TO_DESK,
            stage.number(due.party),
            start_s,
            round_u32(duration_s),
            answered,
            into,
        );
    }
}
