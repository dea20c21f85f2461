//! The calls between rooms' lines and the people outside them.

use crate::Scene;
use domain::Outcome;
use domain::num::u32_of;
use facts::CallPart;
use facts::call::outcome_of;
use rayon::prelude::*;
use rooms::{FactRef, Room};
use std::collections::BTreeMap;
use std::io;

/// A call between a line of a room and somebody outside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Contact {
    /// The other.
    pub(crate) other: u32,
    /// Start, epoch seconds.
    pub(crate) start_s: u32,
    /// The room's line.
    pub(crate) line: u32,
    /// The room: its place among the rooms.
    pub(crate) room: u32,
    /// Whether the other called.
    pub(crate) inbound: bool,
    /// How long they talked, seconds; 0 where nobody answered.
    pub(crate) talk_s: u32,
}

impl Contact {
    /// When the talk ended, epoch seconds.
    pub(crate) fn end_s(self) -> u32 {
        self.start_s.saturating_add(self.talk_s)
    }

    /// The call that this is.
    pub(crate) fn fact(self) -> FactRef {
        let Self { line, other, .. } = self;
        let (caller, callee) = if self.inbound { (other, line) } else { (line, other) };
        FactRef { caller, callee, start_s: self.start_s }
    }
}

/// The lines of all rooms, in canonical order.
pub(crate) fn members(rooms: &[Room]) -> Vec<u32> {
    let mut members: Vec<u32> =
        rooms.iter().flat_map(|room| &room.lines).map(|line| line.line).collect();
    members.sort_unstable();
    members
}

/// Contacts of rooms, by the rooms' places; each room's by person, then time.
pub(crate) type ByRoom = BTreeMap<usize, Vec<Contact>>;

/// All calls of some lines, each of a room, with people outside the rooms. Errors: the shelf fails.
pub(crate) fn contacts(
    scene: &Scene<'_>,
    of_rooms: &[(u32, usize)],
    members: &[u32],
) -> io::Result<ByRoom> {
    let lines: Vec<u32> = of_rooms.iter().map(|(line, _)| *line).collect();
    let outside = |contact: &Contact| members.binary_search(&contact.other).is_err();
    let of_lines = scene.calls.map_lines(&lines, |part, place, at| {
        let mut own = of_line(part, place, lines[at], of_rooms[at].1);
        own.retain(outside);
        own
    })?;
    let mut by_room: BTreeMap<usize, Vec<Vec<Contact>>> = BTreeMap::new();
    for ((_, room), own) in of_rooms.iter().zip(of_lines) {
        by_room.entry(*room).or_default().push(own);
    }
    let rooms = by_room.into_par_iter().map(|(room, of_lines)| {
        let mut contacts = of_lines.concat();
        contacts.sort_unstable();
        (room, contacts)
    });
    Ok(rooms.collect())
}

fn of_line(part: &CallPart, place: usize, line: u32, nth: usize) -> Vec<Contact> {
    let contact = |other, start_s, inbound, (duration_s, marks)| {
        let talk_s = talk_s(duration_s, marks);
        Contact { other, start_s, line, room: u32_of(nth), inbound, talk_s }
    };
    let made = part.made_at(place).map(|row| {
        let talk = (part.duration_s[row], part.marks[row]);
        contact(part.callee[row], part.start_s[row], false, talk)
    });
    let of = &part.inbound;
    let received = part.received_at(place).map(|row| {
        contact(of.caller[row], of.start_s[row], true, (of.duration_s[row], of.marks[row]))
    });
    made.chain(received).collect()
}

/// How long a call was a talk: not at all where the feed says that nobody answered.
fn talk_s(duration_s: u32, marks: u8) -> u32 {
    match outcome_of(marks) {
        Outcome::Answered | Outcome::Unknown => duration_s,
        Outcome::NoAnswer | Outcome::Busy | Outcome::Vacant | Outcome::Failed => 0,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A contact of one target.
    pub(crate) fn contact(line: u32, start_s: u32, talk_s: u32, inbound: bool) -> Contact {
        Contact { other: 99, start_s, line, room: 0, inbound, talk_s }
    }

    #[test]
    fn an_attempt_that_nobody_answered_is_no_talk() {
        use facts::call::{Attestation, Leg, marks};
        let of = |outcome| talk_s(30, marks(outcome, Leg::Whole, Attestation::None));
        assert_eq!([of(Outcome::Answered), of(Outcome::Unknown)], [30, 30]);
        assert_eq!([of(Outcome::NoAnswer), of(Outcome::Vacant)], [0, 0]);
    }
}
