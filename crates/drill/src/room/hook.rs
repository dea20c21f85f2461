//! Targets who are talked into something, and what then follows in each form of hand-off.

use super::Room;
use super::hand_off::TO_DESK;
use crate::agenda::Due;
use crate::call::Call;
use crate::shapes::Shape;
use crate::stage::{Party, Stage};
use domain::Outcome;
use domain::num::round_u32;
use domain::zone::DAY_S;

/// How a hooked target goes on (docs/concepts/figures.md: H1 to H5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Handed on within the call: one long leg (H1).
    Transfer,
    /// Another line calls, soon and then again (H2).
    SecondLine,
    /// The target dials a third number right after, the bank's (H3).
    DialsOut,
    /// Voice stops: messages go on (H4).
    Messaging,
    /// The target called back after a broadcast (H5).
    CallBack,
}

impl Form {
    /// The word in the truth.
    pub fn word(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::SecondLine => "second-line",
            Self::DialsOut => "dials-out",
            Self::Messaging => "messaging",
            Self::CallBack => "call-back",
        }
    }
}

/// A target that was talked into something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hooked {
    /// Their number.
    pub number: u64,
    /// When, epoch seconds.
    pub at_s: u32,
    /// How it went on.
    pub form: Form,
}

/// A talk that hooked a target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hook {
    pub(super) form: Form,
    pub(super) target: Party,
    pub(super) seat: usize,
    pub(super) end_s: u32,
}

impl Room {
    /// How the next hooked target goes on.
    pub(super) fn form(&mut self) -> Form {
        if self.dice.chance(self.spec.follow_up) {
            return Form::SecondLine;
        }
        *self.dice.pick(&[
            Form::Transfer,
            Form::Transfer,
            Form::Messaging,
            Form::Messaging,
            Form::DialsOut,
        ])
    }

    /// Seconds of a talk that hooks: tens of minutes, longer where it holds a transfer.
    pub(super) fn hooking_talk_s(&mut self, form: Form) -> f64 {
        let (median_s, spread) =
            if form == Form::Transfer { (2_700.0, 0.4) } else { (900.0, 0.55) };
        self.dice.lognormal(median_s, spread).clamp(240.0, 7_200.0)
    }

    /// Seconds of a talk that does not: mostly a probe; some listen or argue for minutes, and hang up.
    pub(super) fn other_talk_s(&mut self, answered: bool) -> f64 {
        if answered && self.dice.chance(self.spec.doubt) {
            return self.dice.lognormal(240.0, 0.6).clamp(90.0, 2_400.0);
        }
        self.dice.lognormal(self.spec.talk_s.0, self.spec.talk_s.1).clamp(1.0, 390.0)
    }

    /// A target was talked into something by the end of a talk: others of the room go on with them.
    pub(super) fn hook(&mut self, hook: Hook, stage: &Stage<'_>, into: &mut Vec<Call>) {
        let Hook { form, target, seat, end_s } = hook;
        let number = stage.number(target);
        self.hooked.push(Hooked { number, at_s: end_s, form });
        match form {
            Form::Transfer => {
                if self.dice.chance(0.5) {
                    let later_s = end_s + round_u32(self.dice.between(0.6, 2.0) * f64::from(DAY_S));
                    self.follow_up(target, seat, later_s);
                }
            }
            Form::SecondLine => {
                let first_s = end_s + round_u32(self.dice.between(60.0, 1_800.0));
                self.follow_up(target, seat, first_s);
                for _ in 0..self.dice.poisson(1.2) {
                    let later_s =
                        first_s + round_u32(self.dice.between(0.2, 3.0) * f64::from(DAY_S));
                    self.follow_up(target, seat, later_s);
                }
            }
            Form::DialsOut => {
                if matches!(target, Party::Line(_)) {
                    let at_s = end_s + round_u32(self.dice.between(40.0, 480.0));
                    let bank = stage.home.hotline(&mut self.dice);
                    let talk_s = round_u32(self.dice.lognormal(420.0, 0.5));
                    let dice = &mut self.dice;
                    into.push(stage.call_by(target, bank, at_s, talk_s, Outcome::Answered, dice));
                }
                if self.dice.chance(0.6) {
                    let later_s = end_s + round_u32(self.dice.between(900.0, 3_600.0));
                    self.follow_up(target, seat, later_s);
                }
            }
            Form::Messaging => {}
            Form::CallBack => {
                let start_s = end_s + round_u32(self.dice.between(120.0, 3_600.0));
                let member = self.dice.below(self.desks.len());
                self.agenda.add(Due {
                    start_s,
                    party: target,
                    member,
                    inbound: false,
                    stage: if self.shape == Shape::CallBack { TO_DESK } else { 0 },
                });
            }
        }
    }
}
