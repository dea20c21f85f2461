//! Calls agreed for later.

use crate::stage::Party;

/// Keeps calls for their day.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    due: Vec<Due>,
}

/// A call agreed for later: by a party, or to be made by a member.
#[derive(Clone, Copy, Debug)]
pub struct Due {
    /// When.
    pub start_s: u32,
    /// The outsider.
    pub party: Party,
    /// The member, by index.
    pub member: usize,
    /// Whether the outsider calls.
    pub inbound: bool,
    /// What it is for.
    pub stage: u8,
}

impl Agenda {
    /// Adds a call.
    pub fn add(&mut self, due: Due) {
        self.due.push(due);
    }

    /// Takes the calls that begin before an instant, in order of time.
    pub fn take_before(&mut self, end_s: u32) -> Vec<Due> {
        let (mut now, later): (Vec<Due>, Vec<Due>) =
            self.due.drain(..).partition(|due| due.start_s < end_s);
        self.due = later;
        now.sort_by_key(|due| (due.start_s, due.member));
        now
    }
}
