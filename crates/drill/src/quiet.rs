//! Hooked targets who are told to speak to nobody: their own life goes quiet for some days.

use crate::call::Call;
use crate::dice::mix;
use crate::room::{Form, Room};
use domain::zone::DAY_S;
use std::collections::BTreeMap;

/// Who keeps quiet, and from when.
#[derive(Debug, Default)]
pub(crate) struct Quiet {
    seed: u64,
    from_s: BTreeMap<u64, u32>,
    noted: BTreeMap<usize, usize>,
}

/// How long they keep quiet.
const QUIET_S: u32 = 3 * DAY_S;

impl Quiet {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// Takes note of the targets that the nth room hooked since the last time: of those who are handed on every other one is told so.
    pub(crate) fn note(&mut self, nth: usize, room: &Room) {
        let noted = self.noted.entry(nth).or_insert(0);
        for hooked in &room.hooked[*noted..] {
            let told = mix(self.seed ^ hooked.number).is_multiple_of(2);
            if told && hooked.form != Form::CallBack {
                self.from_s.entry(hooked.number).or_insert(hooked.at_s);
            }
        }
        *noted = room.hooked.len();
    }

    /// Whether a call of ordinary life is not made: four in five of theirs are not. Calls to and from rooms and a bank's are.
    pub(crate) fn silences(&self, call: &Call) -> bool {
        let Some(from_s) = self.from_s.get(&call.caller) else { return false };
        let while_quiet = (*from_s..from_s.saturating_add(QUIET_S)).contains(&call.start_s);
        let ordinary = crate::ordinary::is_ordinary(call.callee);
        while_quiet
            && ordinary
            && !mix(self.seed ^ u64::from(call.start_s) ^ call.callee).is_multiple_of(5)
    }
}
