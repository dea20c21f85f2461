//! Who does what in a room, and around it: worker, relay device, controller, outside helper, supplier contact.
//!
//! Takes: the rooms, and the calls between their lines and others. Gives: a role for each line of a room and for lines around it, with a
//! confidence and the sentences behind it. Decides: who is named a controller, and where the records do not tell: then nobody is.
//!
//! A role is what a line does, never what a person is guilty of: who works a list may be held there, and who carries food may know nothing.

mod around;
mod controller;
mod helper;
mod inside;
mod supplier;

use crate::Scene;
use crate::config::RoleConfig;
pub(crate) use around::dealings;
pub(crate) use around::{Around, Dealings};
use std::io;

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Works the list.
    Worker,
    /// Carries calls of callers who sit elsewhere.
    Relay,
    /// Speaks with many of the lines and works no list.
    Controller,
    /// Deals with a few of the lines, again and again, briefly.
    Helper,
    /// Spoke with the controller before the room began, and later again.
    Supplier,
    /// The records do not tell.
    Unclear,
}

impl Role {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Relay => "relay",
            Self::Controller => "controller",
            Self::Helper => "helper",
            Self::Supplier => "supplier",
            Self::Unclear => "unclear",
        }
    }
}

/// The role of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleOf {
    /// The line.
    pub line: u32,
    /// The role; [`Role::Unclear`] where the records do not tell.
    pub role: Role,
    /// Probability that the line is a controller, 0..=1.
    pub controller: f64,
    /// Probability of the role, 0..=1.
    pub confidence: f64,
    /// Why, a sentence each, without identifiers.
    pub why: Vec<String>,
}

/// The roles of one room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roles {
    /// Of its lines, in their order.
    pub inside: Vec<RoleOf>,
    /// Of lines around it, the surest first.
    pub around: Vec<RoleOf>,
    /// What the feeds cannot show, a sentence each.
    pub not_observable: Vec<String>,
}

/// The roles in all rooms, given what those around had to do with each. Errors: the shelf fails.
pub(crate) fn roles(scene: &Scene<'_>, dealings: &[Vec<Dealings>]) -> io::Result<Vec<Roles>> {
    let config = &scene.config.role;
    let around = Around::of(scene, dealings)?;
    let named = |around: &Around| {
        let found = controller::weighed(around, config);
        if found.role == Role::Controller {
            return Some(found);
        }
        let shown = found.controller >= config.shown_min;
        helper::named(around, found.controller, config).or(shown.then_some(found))
    };
    let found: Vec<Vec<RoleOf>> =
        around.iter().map(|around| around.iter().filter_map(named).collect()).collect();
    let suppliers = supplier::suppliers(scene, &found)?;
    let inside = inside::inside(scene, config)?;
    let rooms = found.into_iter().zip(suppliers).zip(inside);
    Ok(rooms.map(|((found, suppliers), inside)| of_room(scene, found, suppliers, inside)).collect())
}

fn of_room(
    scene: &Scene<'_>,
    mut around: Vec<RoleOf>,
    suppliers: Vec<RoleOf>,
    inside: Vec<RoleOf>,
) -> Roles {
    around.extend(suppliers);
    around.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.line.cmp(&b.line)));
    let mut not_observable = Vec::new();
    if !scene.calls.observed.has(facts::Extra::CallerCell) {
        not_observable
            .push("Cells are not in the feed: who moves about cannot be seen.".to_owned());
    }
    if around.iter().all(|one| one.role != Role::Controller) {
        not_observable.push(
            "Nobody is seen who speaks with many of the lines: who runs the room may use other means."
                .to_owned(),
        );
    }
    Roles { inside, around, not_observable }
}

/// The role of a line with these odds of being a controller, and why: unclear below the threshold.
fn controller_of(line: u32, bits: f64, why: Vec<String>, config: &RoleConfig) -> RoleOf {
    let controller = linkage::weight::probability(bits);
    let role = if controller >= config.named_min { Role::Controller } else { Role::Unclear };
    RoleOf { line, role, controller, confidence: controller, why }
}
