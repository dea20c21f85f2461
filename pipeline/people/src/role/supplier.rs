//! Supplier contact: somebody who spoke with the controller before the room began, and later again.
//!
//! Means: who sells SIMs and handsets, or sends people, is spoken to first. Points to a room's making. Known false alarms: the controller's
//! own people, which is why nobody is named where many fit, and never with more than an even chance.

use super::{Role, RoleOf};
use crate::Scene;
use crate::config::RoleConfig;
use facts::CallPart;
use rooms::Room;
use std::collections::BTreeSet;
use std::io;

/// The supplier contacts of each room, around which these roles are known. Errors: the shelf fails.
pub(super) fn suppliers(scene: &Scene<'_>, known: &[Vec<RoleOf>]) -> io::Result<Vec<Vec<RoleOf>>> {
    let RoleConfig { suppliers_max, supplier_confidence, .. } = scene.config.role;
    let asked: Vec<(u32, usize)> = known
        .iter()
        .enumerate()
        .flat_map(|(nth, known)| {
            let controllers = known.iter().filter(|one| one.role == Role::Controller);
            controllers.map(move |one| (one.line, nth))
        })
        .collect();
    let lines: Vec<u32> = asked.iter().map(|(line, _)| *line).collect();
    let both = scene.calls.map_lines(&lines, |part, place, at| {
        before_and_later(scene, part, place, &scene.rooms[asked[at].1])
    })?;
    let mut of_rooms = vec![BTreeSet::new(); known.len()];
    for ((_, nth), both) in asked.iter().zip(both) {
        let room = scene.rooms[*nth].lines.iter().map(|line| line.line);
        let taken: BTreeSet<u32> = room.chain(known[*nth].iter().map(|one| one.line)).collect();
        let both: BTreeSet<u32> = both.difference(&taken).copied().collect();
        if both.len() <= suppliers_max {
            of_rooms[*nth].extend(both);
        }
    }
    let named = |line| {
        RoleOf {
        line,
        role: Role::Supplier,
        controller: 0.0,
        confidence: supplier_confidence,
        why: vec![
            "It spoke with the controller in the week before the room's first call, and again later."
                .to_owned(),
        ],
    }
    };
    Ok(of_rooms.into_iter().map(|lines| lines.into_iter().map(named).collect()).collect())
}

/// With whom a line spoke before a room began, and later again.
fn before_and_later(
    scene: &Scene<'_>,
    part: &CallPart,
    place: usize,
    room: &Room,
) -> BTreeSet<u32> {
    let spoken = spoken_with(part, place);
    let before = room.first_s.saturating_sub(scene.config.role.before_s)..room.first_s;
    let at = |span: &dyn Fn(u32) -> bool| -> BTreeSet<u32> {
        spoken.iter().filter(|(_, start_s)| span(*start_s)).map(|(other, _)| *other).collect()
    };
    let early = at(&|start_s| before.contains(&start_s));
    let later = at(&|start_s| start_s >= room.first_s);
    early.intersection(&later).copied().collect()
}

/// With whom a line spoke, and when.
fn spoken_with(part: &CallPart, place: usize) -> Vec<(u32, u32)> {
    let inbound = &part.inbound;
    let made = part.made_at(place).map(|row| (part.callee[row], part.start_s[row]));
    let received = part.received_at(place).map(|row| (inbound.caller[row], inbound.start_s[row]));
    made.chain(received).collect()
}
