//! What a target does beside the room's calls: whom they dial right after, and whether their own life goes quiet.
//!
//! Means: somebody told to speak to nobody stops calling their own people, and somebody told to “ring the bank” dials a number that they
//! never called (docs/concepts/hand-offs/third-number.md). Points to a target being worked on: secrecy and a third party are part of the script.
//! Known false alarms: people fall quiet on journeys and in illness, and look up new numbers for themselves; alone neither is told.
//! Not observable for people whose own calls the feeds do not carry.

use crate::Scene;
use crate::contact::Contact;
use crate::hand_off::{Form, HandOff};
use facts::CallPart;
use std::io;

/// What was seen of a target's own life.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct OwnLife {
    /// A number dialled right after a long talk, never before.
    pub(crate) third_number: Option<HandOff>,
    /// Calls with others since the first long talk, over those to be expected from the days before; `None` where that cannot be told.
    pub(crate) share_of_usual: Option<f64>,
}

/// A target whose own life is asked for.
pub(crate) struct Asked<'a> {
    /// Its contacts with the rooms, by time.
    pub(crate) contacts: &'a [Contact],
    /// The rooms' lines, in canonical order.
    pub(crate) members: &'a [u32],
}

const DAY_S: f64 = 86_400.0;
/// Days before the first contact, at least, that tell what is usual.
const USUAL_DAYS_MIN: f64 = 5.0;
/// Days after the last contact that still count.
const AFTER_S: u32 = 3 * 86_400;

/// The own lives of some targets, in their order. Errors: the shelf fails.
pub(crate) fn own_lives(scene: &Scene<'_>, asked: &[Asked<'_>]) -> io::Result<Vec<OwnLife>> {
    let lines: Vec<u32> = asked.iter().map(|target| target.contacts[0].other).collect();
    scene.calls.map_lines(&lines, |part, place, nth| own_life(scene, part, place, &asked[nth]))
}

fn own_life(scene: &Scene<'_>, part: &CallPart, place: usize, asked: &Asked<'_>) -> OwnLife {
    let config = &scene.config.target;
    let mut long = asked.contacts.iter().filter(|contact| contact.talk_s >= config.long_min_s);
    let third_number = long.clone().find_map(|talk| third_number(scene, part, place, asked, *talk));
    let Some(first_long) = long.next() else { return OwnLife::default() };
    let starts = own_starts(part, place, asked.members);
    let until_s = asked.contacts.last().map_or(0, |last| last.start_s.saturating_add(AFTER_S));
    let after = first_long.end_s()..scene.as_of_s().min(until_s);
    let before = scene.calls.first_s..asked.contacts[0].start_s;
    let usual_days = f64::from(before.end.saturating_sub(before.start)) / DAY_S;
    let days = f64::from(after.end.saturating_sub(after.start)) / DAY_S;
    let count = |span: &std::ops::Range<u32>| {
        starts.iter().filter(|start_s| span.contains(start_s)).count() as f64
    };
    let expected = count(&before) / usual_days.max(1.0) * days;
    let can_tell = usual_days >= USUAL_DAYS_MIN && expected >= config.quiet_expected_min;
    OwnLife { third_number, share_of_usual: can_tell.then(|| count(&after) / expected) }
}

/// When the target spoke or tried to speak with others than the room, epoch seconds.
fn own_starts(part: &CallPart, place: usize, members: &[u32]) -> Vec<u32> {
    let outside = |line: u32| members.binary_search(&line).is_err();
    let made = part.made_at(place).filter(|row| outside(part.callee[*row]));
    let made = made.map(|row| part.start_s[row]);
    let inbound = &part.inbound;
    let received = part.received_at(place).filter(|row| outside(inbound.caller[*row]));
    made.chain(received.map(|row| inbound.start_s[row])).collect()
}

/// The number that the target dialled soon after a talk, and never before.
fn third_number(
    scene: &Scene<'_>,
    part: &CallPart,
    place: usize,
    asked: &Asked<'_>,
    talk: Contact,
) -> Option<HandOff> {
    let end_s = talk.end_s();
    let soon = end_s..=end_s.saturating_add(scene.config.target.dial_s);
    let rows = part.made_at(place);
    let mut dialled = rows.clone().filter(|row| {
        soon.contains(&part.start_s[*row])
            && asked.members.binary_search(&part.callee[*row]).is_err()
    });
    let known = |callee: u32| {
        let mut earlier = rows.clone().take_while(|row| part.start_s[*row] < end_s);
        earlier.any(|row| part.callee[row] == callee)
    };
    let row = dialled.find(|row| !known(part.callee[*row]))?;
    let at_s = part.start_s[row];
    Some(HandOff { form: Form::ThirdNumber, at_s, after_s: at_s - end_s })
}
