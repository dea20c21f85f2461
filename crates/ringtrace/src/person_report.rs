//! A person to warn, in the machine's form: in `find --json` with their room, in `warn` in order.

use crate::commands::find::Answer;
use crate::input::Input;
use crate::report::{fact_name, rounded};
use domain::mask::Sight;
use domain::zone::{Clock, stamp_text};
use people::Warning;
use serde::Serialize;

/// A person to warn.
#[derive(Serialize)]
pub(crate) struct PersonReport {
    /// Place in the queue of all rooms, from 1.
    pub(crate) rank: usize,
    /// Their line, masked unless granted.
    pub(crate) line: String,
    /// How soon they are to be called.
    pub(crate) urgency: &'static str,
    /// How far they were taken.
    pub(crate) stage: &'static str,
    /// Of people told with this figure, the share who are worked on.
    pub(crate) expected_precision: f64,
    /// The room that works on them.
    pub(crate) room: String,
    /// Other rooms that do too.
    pub(crate) also_rooms: Vec<String>,
    /// First contact, by the wall clock of the feed's zone.
    pub(crate) first_contact: String,
    /// Last contact.
    pub(crate) last_contact: String,
    /// All talk with the room, seconds.
    pub(crate) talk_s: u32,
    /// Calls with the room.
    pub(crate) contacts: usize,
    /// Lines of the room that talked to them.
    pub(crate) lines: usize,
    /// Days on which they did.
    pub(crate) days: usize,
    /// Hand-offs, in order of time.
    pub(crate) handoffs: Vec<HandOffReport>,
    /// Why, in one sentence.
    pub(crate) reason: String,
    /// What speaks against it.
    pub(crate) counter_evidence: Vec<String>,
    /// What the feeds cannot show of them.
    pub(crate) not_observable: Vec<String>,
    /// The calls it rests on.
    pub(crate) facts: Vec<String>,
}

/// A hand-off that was seen.
#[derive(Serialize)]
pub(crate) struct HandOffReport {
    /// How.
    pub(crate) form: &'static str,
    /// When it was seen.
    at: String,
    /// Seconds from the talk before it.
    after_s: u32,
}

/// Everybody to warn, in order.
pub(crate) fn people(
    answer: &Answer,
    input: &Input,
    site: &Clock,
    sight: Sight,
) -> Vec<PersonReport> {
    let of = |(at, warning)| person(at + 1, warning, answer, input, site, sight);
    answer.people.warnings.iter().enumerate().map(of).collect()
}

fn person(
    rank: usize,
    warning: &Warning,
    answer: &Answer,
    input: &Input,
    site: &Clock,
    sight: Sight,
) -> PersonReport {
    let stamp = |instant_s| stamp_text(site.local_s(instant_s));
    let room = |nth: &usize| answer.findings.rooms[*nth].id.clone();
    let hand_off = |found: &people::HandOff| HandOffReport {
        form: found.form.word(),
        at: stamp(found.at_s),
        after_s: found.after_s,
    };
    PersonReport {
        rank,
        line: sight.show(input.calls.names.lines.text(warning.line)).into_owned(),
        urgency: warning.urgency.word(),
        stage: warning.stage.word(),
        expected_precision: rounded(warning.precision),
        room: room(&warning.room),
        also_rooms: warning.also.iter().map(room).collect(),
        first_contact: stamp(warning.first_s),
        last_contact: stamp(warning.last_s),
        talk_s: warning.talk_s,
        contacts: warning.contacts,
        lines: warning.lines,
        days: warning.days,
        handoffs: warning.hand_offs.iter().map(hand_off).collect(),
        reason: warning.reason.clone(),
        counter_evidence: warning.counter.clone(),
        not_observable: warning.not_observable.clone(),
        facts: warning.facts.iter().map(|fact| fact_name(*fact, input, site, sight)).collect(),
    }
}
