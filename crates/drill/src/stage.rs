//! What all actors of a world share on a day.

use crate::call::{Call, Phone};
use crate::dice::Dice;
use crate::numbers::Country;
use crate::ordinary::Ordinary;
use domain::Outcome;
use domain::zone::DAY_S;

/// What all actors of a world share.
#[derive(Debug)]
pub struct Stage<'a> {
    /// Ordinary lines.
    pub ordinary: &'a Ordinary,
    /// The country of the feed.
    pub home: Country,
    /// Where foreign callees and families live.
    pub abroad: Country,
    /// The day, counted from 1970, local.
    pub day: u32,
    /// The instant it begins at home.
    pub begin_s: u32,
    /// The instant it begins abroad.
    pub abroad_begin_s: u32,
}

/// Somebody who is called or calls back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// An ordinary line of the feed.
    Line(u32),
    /// A number elsewhere.
    Number(u64),
}

/// Trunk by which calls from abroad come in.
pub const FOREIGN_TRUNK: u16 = 1;

impl Stage<'_> {
    /// The party's number.
    pub fn number(&self, party: Party) -> u64 {
        match party {
            Party::Line(line) => self.ordinary.number(line),
            Party::Number(number) => number,
        }
    }

    /// A call by the party.
    #[expect(clippy::too_many_arguments, reason = "a call has this many sides")]
    pub fn call_by(
        &self,
        party: Party,
        callee: u64,
        start_s: u32,
        duration_s: u32,
        outcome: Outcome,
        dice: &mut Dice,
    ) -> Call {
        match party {
            Party::Line(line) => {
                let of_day_s = start_s.saturating_sub(self.begin_s) % DAY_S;
                let cell = self.ordinary.whereabouts(line, self.day, of_day_s, dice);
                self.ordinary.phone(line, self.day).call(callee, start_s, duration_s, outcome, cell)
            }
            Party::Number(number) => {
                let phone =
                    Phone { number, route: FOREIGN_TRUNK, attestation: b'C', ..Phone::default() };
                phone.call(callee, start_s, duration_s, outcome, 0)
            }
        }
    }

    /// A stranger at home.
    pub fn stranger(&self, dice: &mut Dice) -> Party {
        Party::Line(self.ordinary.any(dice))
    }
}
