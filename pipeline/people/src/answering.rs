//! Lines that answer a room's call-backs, and make no calls that would show them.
//!
//! Means: several people dial one number soon after a room called each of them. Points to the room: a broadcast names a number to call back,
//! and another number each day (docs/concepts/figures.md: H5). Known false alarms: a bank's or the police's hotline that worried people
//! call: most of its callers were never called by the room, so it is left out.

use crate::Scene;
use crate::config::AnsweringConfig;
use crate::contact::{ByRoom, Contact};
use domain::num::u32_of;
use facts::CallPart;
use rayon::prelude::*;
use std::io;

/// The lines that answer the call-backs of those in `by_room`, each with the first room that it answers for.
/// `members` are the lines of all rooms, in canonical order. Errors: the shelf fails.
pub(crate) fn answering(
    scene: &Scene<'_>,
    by_room: &ByRoom,
    members: &[u32],
) -> io::Result<Vec<(u32, usize)>> {
    let config = &scene.config.answering;
    let people = by_room.values().flat_map(|own| own.chunk_by(|a, b| a.other == b.other));
    let people: Vec<&[Contact]> = people.collect();
    let lines: Vec<u32> = people.iter().map(|of_one| of_one[0].other).collect();
    let mut dialled = scene.calls.flat_map_lines(&lines, |part, place, nth, dialled| {
        let numbers = dialled_after(scene, part, place, people[nth], members);
        dialled.extend(numbers.into_iter().map(|number| (people[nth][0].room, number)));
    })?;
    dialled.par_sort_unstable();
    let runs = dialled.chunk_by(|a, b| a == b);
    let often: Vec<((u32, u32), u32)> = runs
        .filter(|run| run.len() >= config.people_min)
        .map(|run| (run[0], u32_of(run.len())))
        .collect();
    let numbers: Vec<u32> = often.iter().map(|((_, number), _)| *number).collect();
    let callers = scene.calls.map_lines(&numbers, |part, place, _| callers(part, place))?;
    let mostly =
        |people: u32, callers: usize| f64::from(people) >= config.people_share_min * callers as f64;
    let all = often.into_iter().zip(callers);
    let mut found: Vec<(u32, usize)> = all
        .filter(|((_, people), all)| mostly(*people, *all))
        .map(|(((room, number), _), _)| (number, room as usize))
        .collect();
    found.sort_unstable();
    found.dedup_by_key(|(number, _)| *number);
    Ok(found)
}

/// Numbers outside the rooms that a person dialled soon after being called, each once.
fn dialled_after(
    scene: &Scene<'_>,
    part: &CallPart,
    place: usize,
    contacts: &[Contact],
    members: &[u32],
) -> Vec<u32> {
    let AnsweringConfig { within_s, .. } = scene.config.answering;
    let soon = part.made_at(place).filter(|row| {
        let start_s = part.start_s[*row];
        contacts.iter().any(|contact| {
            !contact.inbound
                && (contact.start_s..=contact.end_s().saturating_add(within_s)).contains(&start_s)
        })
    });
    let outside = soon.map(|row| part.callee[row]);
    let mut numbers: Vec<u32> =
        outside.filter(|callee| members.binary_search(callee).is_err()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// How many called a line.
fn callers(part: &CallPart, place: usize) -> usize {
    let callers = &part.inbound.caller[part.received_at(place)];
    callers.chunk_by(|a, b| a == b).count()
}
