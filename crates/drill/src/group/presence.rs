//! Where members of a look-alike group are seen.

use super::Group;
use crate::dice::Dice;
use crate::habits::Online;
use crate::sighting::{Kind, Sighting};
use crate::stage::Stage;
use domain::num::round_u32;

impl Group {
    /// The sightings of a day. `dice` is a stream of their own: calls do not change by being seen.
    pub(crate) fn seen(&self, stage: &Stage<'_>, dice: &mut Dice, into: &mut Vec<Sighting>) {
        for (member, phone) in self.phones.iter().enumerate() {
            if !self.is_there(member, stage.day) {
                continue;
            }
            let (from_h, hours, sessions) = match self.habits.online {
                Online::By { from_h, hours, sessions } => (from_h, hours, sessions),
                Online::InShifts { from_h, hours, sessions } => {
                    (from_h + if member % 2 == 1 { 12.0 } else { 0.0 }, hours, sessions)
                }
                Online::RoundTheClock => {
                    self.reports(member, stage, into);
                    continue;
                }
            };
            for _ in 0..dice.poisson(sessions) {
                let hour = (from_h + hours * dice.unit()) % 24.0;
                let from_s = stage.begin_s + round_u32(hour * 3_600.0);
                let duration_s = round_u32(dice.lognormal(500.0, 1.1)).clamp(5, 14_400);
                let cell = self.whereabouts(member, from_s, stage, dice);
                into.push(phone.seen(Kind::Data, from_s, duration_s, cell));
            }
            if dice.chance(0.6) {
                let at_s = stage.begin_s + round_u32(dice.between(1.0, 5.0) * 3_600.0);
                let cell = self.whereabouts(member, at_s, stage, dice);
                into.push(phone.seen(Kind::Location, at_s, 0, cell));
            }
        }
    }

    /// A machine reports each quarter of an hour, day and night.
    fn reports(&self, member: usize, stage: &Stage<'_>, into: &mut Vec<Sighting>) {
        let offset_s = round_u32(member as f64 * 37.0) % 900;
        for nth in 0..96 {
            let from_s = stage.begin_s + nth * 900 + offset_s;
            into.push(self.phones[member].seen(Kind::Data, from_s, 4, self.site));
        }
    }
}
