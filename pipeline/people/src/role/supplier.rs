//! Supplier contact: somebody who spoke with the controller before the room began, and later again.
//!
//! Means: who sells SIMs and handsets, or sends people, is spoken to first. Points to a room's making. Known false alarms: the controller's
//! own people, which is why nobody is named where many fit, and never with more than an even chance.

use super::{Role, RoleOf};
use crate::Scene;
use crate::config::RoleConfig;
use facts::CallPart;
use std::collections::BTreeSet;
use std::io;

/// The supplier contacts of a room with these controllers. Errors: the shelf fails.
pub(super) fn suppliers(
    scene: &Scene<'_>,
    nth: usize,
    controllers: &[u32],
    known: &[RoleOf],
) -> io::Result<Vec<RoleOf>> {
    let RoleConfig { before_s, suppliers_max, supplier_confidence, .. } = scene.config.role;
    let room = &scene.rooms[nth];
    let mut taken: BTreeSet<u32> = room.lines.iter().map(|line| line.line).collect();
    taken.extend(known.iter().map(|one| one.line));
    let of = scene.calls.map_lines(controllers, |part, place, _| {
        let spoken = spoken_with(part, place);
        let before = room.first_s.saturating_sub(before_s)..room.first_s;
        let at = |span: &dyn Fn(u32) -> bool| -> BTreeSet<u32> {
            spoken.iter().filter(|(_, start_s)| span(*start_s)).map(|(other, _)| *other).collect()
        };
        let early = at(&|start_s| before.contains(&start_s));
        let later = at(&|start_s| start_s >= room.first_s);
        early.intersection(&later).copied().filter(|other| !taken.contains(other)).collect()
    })?;
    let both: Vec<BTreeSet<u32>> = of;
    let few = both.into_iter().filter(|both| both.len() <= suppliers_max);
    let lines: BTreeSet<u32> = few.flatten().collect();
    let named = lines.into_iter().map(|line| RoleOf {
        line,
        role: Role::Supplier,
        controller: 0.0,
        confidence: supplier_confidence,
        why: vec![
            "It spoke with the controller in the week before the room's first call, and again later."
                .to_owned(),
        ],
    });
    Ok(named.collect())
}

/// With whom a line spoke, and when.
fn spoken_with(part: &CallPart, place: usize) -> Vec<(u32, u32)> {
    let inbound = &part.inbound;
    let made = part.made_at(place).map(|row| (part.callee[row], part.start_s[row]));
    let received = part.received_at(place).map(|row| (inbound.caller[row], inbound.start_s[row]));
    made.chain(received).collect()
}
