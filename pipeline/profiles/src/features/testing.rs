//! A small text form for calls, so that tests read like a case: `A>B d0 09:00 60 cell=7 imei=5`.
//!
//! Cells and routes are told by their own numbers, handsets by their rank among those of the story.
//! Day 0 is Monday 2 October 2023, on a clock in UTC. The line looked at is `A`.

use crate::calls::{LineCalls, Scratch};
use crate::context::Context;
use domain::num::u32_of;
use domain::zone::Clock;
use domain::{LineKey, Outcome};
use facts::call::Attestation;
use facts::{Batch, Budget, CallDraft, Calls, Dictionaries, Extra, Lane, Observed, Settings};

const MONDAY_S: u32 = 1_696_204_800;

/// The calls of a story.
pub(crate) fn story(text: &str) -> Calls {
    let mut lane = Lane::default();
    let names = &mut lane.names;
    for index in 0..10_u32 {
        let text = index.to_string();
        let key = LineKey::digits(text.as_bytes()).unwrap();
        names.cells.intern(key);
        names.sims.intern(key);
        names.routes.intern(key);
    }
    let mut batch = Batch::default();
    let mut observed = Observed::default();
    for (row, call) in text.split(", ").enumerate() {
        batch.push(&draft(call, u32_of(row), names, &mut observed));
    }
    lane.take(&mut batch, 0, &Budget::default()).unwrap();
    Calls::build(vec![lane], observed, &Settings::default()).unwrap()
}

fn draft(call: &str, row: u32, names: &mut Dictionaries, observed: &mut Observed) -> CallDraft {
    let mut words = call.split_whitespace();
    let (caller, callee) = words.next().unwrap().split_once('>').unwrap();
    let mut line = |name: &str| match name.strip_prefix('+') {
        Some(digits) => LineKey::e164(digits.as_bytes()).unwrap(),
        None => LineKey::digits(name.as_bytes()).unwrap_or_else(|| names.lines.key(name)),
    };
    let mut draft =
        CallDraft { caller: line(caller), callee: line(callee), row, ..CallDraft::default() };
    let day: u32 = words.next().unwrap().strip_prefix('d').unwrap().parse().unwrap();
    let (hour, minute) = words.next().unwrap().split_once(':').unwrap();
    let of_day_s = hour.parse::<u32>().unwrap() * 3_600 + minute.parse::<u32>().unwrap() * 60;
    draft.start_s = MONDAY_S + day * 86_400 + of_day_s;
    draft.duration_s = words.next().unwrap().parse().unwrap();
    draft.outcome = if draft.duration_s > 0 { Outcome::Answered } else { Outcome::NoAnswer };
    draft.attestation = Attestation::None;
    for word in words {
        match word.split_once('=') {
            Some(("cell", value)) => {
                draft.extras[Extra::CallerCell as usize] = value.parse().unwrap();
            }
            Some(("imei", value)) => {
                draft.caller_handset = LineKey::digits(value.as_bytes()).unwrap();
            }
            Some(("route", value)) => {
                draft.extras[Extra::Route as usize] = value.parse().unwrap();
                observed.add(Extra::Route);
            }
            _ => {
                assert_eq!(word, "vacant");
                draft.outcome = Outcome::Vacant;
                observed.causes = true;
            }
        }
    }
    draft
}

/// The context of a story, at UTC.
pub(crate) fn context_of(calls: &Calls) -> Context<'_> {
    let site = Clock::of("UTC", calls.first_s, calls.last_s).unwrap();
    Context::new(&calls.names.lines, calls.observed, site, calls.first_s, calls.last_s)
}

/// What a feature says of line `A` in a story.
pub(crate) fn told<T>(text: &str, feature: impl Fn(&LineCalls<'_>, &Context<'_>) -> T) -> T {
    let calls = story(text);
    let context = context_of(&calls);
    let line = calls.names.lines.find("A").unwrap();
    let mut scratch = Scratch::default();
    let (part, place) = calls.part_of(line).unwrap();
    feature(&scratch.line(&part, place), &context)
}
