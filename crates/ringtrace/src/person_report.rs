//! People to warn, put together for a machine: in `find --json` with their room, in `warn` in order.

use crate::commands::find::Answer;
use crate::input::Input;
use crate::reported::{facts, rounded};
use domain::zone::{Clock, stamp_text};
use people::Warning;
use report::{HandOffReport, PersonReport};

/// Everybody to warn, in order.
pub(crate) fn people(answer: &Answer, input: &Input, site: &Clock) -> Vec<PersonReport> {
    let of = |(at, warning)| person(at + 1, warning, answer, input, site);
    answer.people.warnings.iter().enumerate().map(of).collect()
}

fn person(
    rank: usize,
    warning: &Warning,
    answer: &Answer,
    input: &Input,
    site: &Clock,
) -> PersonReport {
    let stamp = |instant_s| stamp_text(site.local_s(instant_s));
    let room = |nth: &usize| answer.findings.rooms[*nth].id.clone();
    let hand_off = |found: &people::HandOff| HandOffReport {
        form: found.form.word().to_owned(),
        at: stamp(found.at_s),
        after_s: found.after_s,
    };
    PersonReport {
        rank,
        line: input.calls.names.lines.text(warning.line),
        urgency: warning.urgency.word().to_owned(),
        stage: warning.stage.word().to_owned(),
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
        facts: facts(&warning.facts, input, site),
    }
}
