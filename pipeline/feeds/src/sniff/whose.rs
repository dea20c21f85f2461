//! Whose record a row is, where an export names caller and callee and tells a direction too.
//!
//! Some exports mean the call: the direction only says at which end it was recorded. In others the first number is the
//! subscriber whose record it is, called or calling. The rows tell: a call that was recorded at both ends stands there twice,
//! either way round; and numbers that called are seen again where the subscriber stands in calls received.

use super::{Notes, Sample, known_forms, told};
use crate::template::{ColumnRef, Role, Template};
use crate::words::{Direction, direction};
use std::collections::{BTreeMap, BTreeSet};

/// Received calls from which it can be told.
const RECEIVED_MIN: usize = 10;
/// Seconds between the two records of one call.
const LEGS_APART_S: u64 = 10;

/// What the rows speak for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    Call,
    Subscriber,
    Unclear,
}

/// Settles whose records these are, or says that it cannot be told.
pub(super) fn settle(
    template: &mut Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Notes,
) {
    let Some(rows) = Rows::of(template, sample, present) else { return };
    match rows.meant() {
        Meant::Call => notes
            .guess("The direction tells at which end a call was recorded, not who called.".to_owned()),
        Meant::Subscriber => {
            notes.doubt(
                "The first number is the one whose record it is, as calls received show: of these it is read as called. \
                 If it is the caller always, name caller and callee in a template and no direction."
                    .to_owned(),
            );
            for (from, to) in [(Role::Caller, Role::Subscriber), (Role::Callee, Role::Other)] {
                if let Some(column) = template.columns.remove(&from) {
                    template.columns.insert(to, column);
                }
            }
        }
        Meant::Unclear => notes.doubt(
            "Caller and callee are told, and a direction too: it is taken for the end at which the call was recorded. \
             If the first number is the one whose record it is, name subscriber and other in a template."
                .to_owned(),
        ),
    }
}

/// First and second number and start of the calls made and received.
#[derive(Default)]
struct Rows {
    made: Vec<(String, String, Option<i64>)>,
    received: Vec<(String, String, Option<i64>)>,
}

impl Rows {
    fn of(template: &Template, sample: &Sample, present: &[String]) -> Option<Self> {
        let column = |role: Role| template.columns.get(&role);
        let (first, second) = (column(Role::Caller)?, column(Role::Callee)?);
        let (way, start) = (column(Role::Direction)?, column(Role::Start));
        let forms = known_forms();
        let moment = |column: &ColumnRef, row: &[String]| {
            let text = told(column, row, present);
            forms.iter().find_map(|form| form.read(text.as_bytes())).map(|read| read.local_s)
        };
        let mut rows = Self::default();
        for row in &sample.rows {
            let call = (
                told(first, row, present),
                told(second, row, present),
                start.and_then(|start| moment(start, row)),
            );
            match direction(told(way, row, present).as_bytes()) {
                Some(Direction::Out) => rows.made.push(call),
                Some(Direction::In) => rows.received.push(call),
                None => {}
            }
        }
        Some(rows)
    }

    fn meant(&self) -> Meant {
        let received = self.received.len();
        if received == 0 || self.made.is_empty() {
            return Meant::Call;
        }
        let (same, turned) = self.recorded_twice();
        let callers: BTreeSet<&str> = self.made.iter().map(|(first, ..)| first.as_str()).collect();
        let seen = |number: &&str| callers.contains(number);
        let first = self.received.iter().map(|(first, ..)| first.as_str()).filter(seen).count();
        let second =
            self.received.iter().map(|(_, second, _)| second.as_str()).filter(seen).count();
        let speaks = |a: usize, b: usize| a > b.saturating_mul(2);
        if received < RECEIVED_MIN {
            Meant::Unclear
        } else if same.saturating_add(turned).saturating_mul(10) >= received {
            if speaks(same, turned) {
                Meant::Call
            } else if speaks(turned, same) {
                Meant::Subscriber
            } else {
                Meant::Unclear
            }
        } else if speaks(second, first) {
            Meant::Call
        } else if speaks(first, second) {
            Meant::Subscriber
        } else {
            Meant::Unclear
        }
    }

    /// Calls received that were recorded where they were made too: with the numbers in the same places, and turned.
    fn recorded_twice(&self) -> (usize, usize) {
        let mut starts: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
        for (first, second, start) in &self.made {
            starts.entry((first, second)).or_default().extend(start);
        }
        let made = |first: &str, second: &str, at: i64| {
            let near = |start: &i64| start.abs_diff(at) <= LEGS_APART_S;
            starts.get(&(first, second)).is_some_and(|starts| starts.iter().any(near))
        };
        let timed = self.received.iter().filter_map(|(a, b, start)| Some((a, b, (*start)?)));
        timed.fold((0, 0), |(same, turned): (usize, usize), (first, second, at)| {
            (
                same.saturating_add(usize::from(made(first, second, at))),
                turned.saturating_add(usize::from(made(second, first, at))),
            )
        })
    }
}
