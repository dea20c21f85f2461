//! Roles of a room's own lines: those that work its list, or carry the calls of others.
//!
//! Means: lines of a relay stand still, several with one handset, for callers who sit elsewhere; other lines are worked by people. Known
//! false alarms: where the feed has neither handsets nor cells a relay cannot be told from a house, and the role is unclear; a controller
//! whose line came up in the room speaks with many of its lines, and is named by that.

use super::{Role, RoleOf, controller_of};
use crate::Scene;
use crate::config::RoleConfig;
use domain::num::share;
use facts::CallPart;
use rooms::Room;
use rooms::shape::Shape;
use std::collections::BTreeSet;
use std::io;

/// The roles of the lines of each room, in their order. Errors: the shelf fails.
pub(super) fn inside(scene: &Scene<'_>, config: &RoleConfig) -> io::Result<Vec<Vec<RoleOf>>> {
    let rooms: Vec<OfRoom> = scene.rooms.iter().map(OfRoom::new).collect();
    let asked: Vec<(u32, usize)> = scene
        .rooms
        .iter()
        .enumerate()
        .flat_map(|(nth, room)| room.lines.iter().map(move |line| (line.line, nth)))
        .collect();
    let lines: Vec<u32> = asked.iter().map(|(line, _)| *line).collect();
    let told = scene.calls.map_lines(&lines, |part, place, at| {
        role(lines[at], &rooms[asked[at].1], part, place, config)
    })?;
    let mut of_rooms = vec![Vec::new(); rooms.len()];
    asked.iter().zip(told).for_each(|((_, nth), role)| of_rooms[*nth].push(role));
    Ok(of_rooms)
}

/// A room's lines, in canonical order, and what lines of its shape do.
struct OfRoom {
    members: Vec<u32>,
    of_shape: (Role, f64, String),
}

impl OfRoom {
    fn new(room: &Room) -> Self {
        Self {
            members: crate::contact::members(std::slice::from_ref(room)),
            of_shape: of_shape(room),
        }
    }
}

fn role(line: u32, room: &OfRoom, part: &CallPart, place: usize, config: &RoleConfig) -> RoleOf {
    let among = among_themselves(part, place, &room.members);
    if among.1 >= config.among_share_min
        && let Some(bits) = config.called_bits.bits(among.0 as f64)
    {
        let sentence = format!("It called {} of the room's other lines.", among.0);
        let bits = config.controller_prior_bits + bits;
        let found = controller_of(line, bits, vec![sentence], config);
        if found.role == Role::Controller {
            return found;
        }
    }
    let (role, confidence, why) = &room.of_shape;
    let (role, confidence, why) = (*role, *confidence, vec![why.clone()]);
    RoleOf { line, role, controller: 0.0, confidence, why }
}

/// What the lines of a room of this shape do.
fn of_shape(room: &Room) -> (Role, f64, String) {
    let confidence = room.confidence;
    match room.shape {
        Shape::Relay => {
            (Role::Relay, confidence, "Its room's lines stand still at several places.".to_owned())
        }
        Shape::House | Shape::CallBack | Shape::Small => {
            (Role::Worker, confidence, "It works the room's list.".to_owned())
        }
        Shape::Unplaced => (
            Role::Unclear,
            0.5,
            "Without cells workers and relay devices cannot be told apart.".to_owned(),
        ),
    }
}

/// How many other lines of the room a line called, and the share of its calls that went to them.
fn among_themselves(part: &CallPart, place: usize, members: &[u32]) -> (usize, f64) {
    let callees = &part.callee[part.made_at(place)];
    let inside = || callees.iter().filter(|callee| members.binary_search(callee).is_ok());
    let called: BTreeSet<&u32> = inside().collect();
    (called.len(), share(inside().count(), callees.len()).unwrap_or(0.0))
}
