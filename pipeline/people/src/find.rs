//! From rooms to the people at both ends of their calls.

use crate::Scene;
use crate::answering::answering;
use crate::captivity::{Captivity, captivity, views};
use crate::contact::{Contact, contacts, members};
use crate::opening::Opening;
use crate::queue::warnings;
use crate::rates::Tally;
use crate::role::{Dealings, Role, Roles, dealings, roles};
use crate::silent::{SilentCohort, silent_cohorts};
use crate::succession::goes_on;
use crate::warning::Warning;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io;

/// What the stage found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct People {
    /// People to warn, each once: the sure ones first, and the urgent ones of each.
    pub warnings: Vec<Warning>,
    /// Roles in each room, in the order of the rooms.
    pub roles: Vec<Roles>,
    /// Who may be held in each room, in the order of the rooms.
    pub captivity: Vec<Captivity>,
    /// For each line of each room, in their orders, the line that goes on with its handset.
    pub continues: Vec<Vec<Option<u32>>>,
    /// Lines that fell silent together, the surest first.
    pub cohorts: Vec<SilentCohort>,
}

/// The people at both ends of the rooms' calls. Errors: the shelf that calls are kept on fails.
pub fn people(scene: &Scene<'_>) -> io::Result<People> {
    let mut talked = Talked::of(scene)?;
    let roles = roles(scene, &talked.dealings)?;
    let around = roles.iter().flat_map(|roles| &roles.around);
    let with_a_role = around.filter(|one| one.role != Role::Unclear).map(|one| one.line);
    let with_a_role: BTreeSet<u32> = with_a_role.collect();
    talked.contacts.retain(|contact| !with_a_role.contains(&contact.other));
    let warnings = warnings(scene, &talked)?;
    let cohorts = silent_cohorts(scene)?;
    let views = views(scene)?;
    let continues = scene.rooms.par_iter().zip(&views).map(|(room, view)| goes_on(room, view));
    let continues = continues.collect();
    let captivity = captivity(&views, &scene.config.captivity);
    Ok(People { warnings, roles, captivity, continues, cohorts })
}

/// The contacts of all rooms with everybody they talked to, by person, then time.
pub(crate) struct Talked {
    pub(crate) contacts: Vec<Contact>,
    /// The lines of all rooms and those that answer for them, in canonical order.
    pub(crate) members: Vec<u32>,
    /// How each room opened people.
    pub(crate) tallies: Vec<Tally>,
    /// What those around had to do with each room.
    pub(crate) dealings: Vec<Vec<Dealings>>,
    /// Each room's last call, epoch seconds.
    pub(crate) last_s: Vec<u32>,
}

/// Lines that are looked up together: looking for each room alone would read what lies on a shelf once for each.
const LINES_AT_ONCE: usize = 1 << 14;

impl Talked {
    fn of(scene: &Scene<'_>) -> io::Result<Self> {
        let rooms = scene.rooms.len();
        let mut talked = Self {
            contacts: Vec::new(),
            members: members(scene.rooms),
            tallies: vec![Tally::default(); rooms],
            dealings: vec![Vec::new(); rooms],
            last_s: vec![0; rooms],
        };
        for lines in together(scene) {
            let mut by_room = contacts(scene, &lines, &talked.members)?;
            let answering = answering(scene, &by_room, &talked.members)?;
            for (room, mut more) in contacts(scene, &answering, &talked.members)? {
                let known = by_room.entry(room).or_default();
                known.append(&mut more);
                // Both are in order already: a stable sort merges them.
                known.sort();
            }
            // A line answers for the first room that it is found with.
            talked.members.extend(answering.iter().map(|(line, _)| *line));
            talked.members.sort_unstable();
            let outside = |contact: &Contact| talked.members.binary_search(&contact.other).is_err();
            let with_rooms = by_room.into_par_iter().map(|(nth, mut contacts)| {
                contacts.retain(outside);
                (nth, WithRoom::of(&contacts, scene))
            });
            for (nth, with_room) in with_rooms.collect::<Vec<_>>() {
                let WithRoom { dealings, last_s, contacts, tally } = with_room;
                talked.dealings[nth] = dealings;
                talked.last_s[nth] = last_s;
                talked.contacts.extend(contacts);
                talked.tallies[nth] = tally;
            }
        }
        // Those who answer for a later room are no targets of an earlier one.
        let Self { contacts, members, .. } = &mut talked;
        contacts.retain(|contact| members.binary_search(&contact.other).is_err());
        // A room found in pieces hands on from one to the other.
        talked.contacts.par_sort_unstable();
        let config = &scene.config.target;
        for of_one in talked.contacts.chunk_by(|a, b| a.other == b.other) {
            if let Some(opening) = Opening::of(of_one, config, scene.as_of_s()) {
                talked.tallies[opening.talk.room as usize].add(&opening, config);
            }
        }
        Ok(talked)
    }
}

/// What those outside had to do with one room.
struct WithRoom {
    dealings: Vec<Dealings>,
    last_s: u32,
    /// Of those it talked to.
    contacts: Vec<Contact>,
    /// How it opened the others.
    tally: Tally,
}

impl WithRoom {
    /// Of a room's contacts, by person, then time.
    fn of(of_room: &[Contact], scene: &Scene<'_>) -> Self {
        let config = &scene.config.target;
        let (mut contacts, mut tally) = (Vec::new(), Tally::default());
        for of_one in of_room.chunk_by(|a, b| a.other == b.other) {
            if of_one.iter().any(|contact| contact.talk_s >= config.talk_min_s) {
                contacts.extend_from_slice(of_one);
            } else if let Some(opening) = Opening::of(of_one, config, scene.as_of_s()) {
                tally.add(&opening, config);
            }
        }
        Self {
            dealings: dealings(scene, of_room),
            last_s: of_room.iter().map(|contact| contact.start_s).max().unwrap_or(0),
            contacts,
            tally,
        }
    }
}

/// The lines of all rooms with their room, whole rooms together, some at once.
fn together(scene: &Scene<'_>) -> Vec<Vec<(u32, usize)>> {
    let mut all: Vec<Vec<(u32, usize)>> = Vec::new();
    for (nth, room) in scene.rooms.iter().enumerate() {
        let lines = room.lines.iter().map(|line| (line.line, nth));
        match all.last_mut() {
            Some(last) if last.len() + room.lines.len() <= LINES_AT_ONCE => last.extend(lines),
            _ => all.push(lines.collect()),
        }
    }
    all
}
