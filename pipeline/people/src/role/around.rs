//! Lines around a room: in touch with several of its lines, or again and again with a few.

use crate::Scene;
use crate::config::RoleConfig;
use crate::contact::Contact;
use domain::zone::day_of;
use facts::{CallPart, Extra, NONE};
use std::collections::BTreeSet;
use std::io;

/// What somebody outside had to do with a room.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Dealings {
    /// The other line.
    pub(crate) other: u32,
    /// Lines of the room that it called.
    pub(crate) called: usize,
    /// Lines of the room that called it.
    pub(crate) called_by: usize,
    /// Calls that it made to them.
    pub(crate) calls_to: usize,
    /// Calls that it received from them.
    pub(crate) calls_from: usize,
    /// Lines of the room that it called on a day that it called any, on average.
    pub(crate) called_a_day: f64,
    /// Share of all these calls that were answered.
    pub(crate) answered_share: f64,
    /// Days of contact, by the site's clock.
    pub(crate) days: usize,
    /// Days on which it called.
    pub(crate) calling_days: usize,
    /// The longest talk, seconds.
    pub(crate) longest_s: u32,
    /// Share of all these calls that were talks at length.
    pub(crate) long_share: f64,
    /// Whether the room called first.
    pub(crate) room_first: bool,
}

/// What somebody outside had to do with a room and with others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Around {
    pub(crate) dealings: Dealings,
    /// Others that the line called or was called by.
    pub(crate) others: usize,
    /// Others with calls on two days or more.
    pub(crate) recurrent: usize,
    /// Share of its calls made from its main cell; `None` where the feed has no cells.
    pub(crate) top_cell_share: Option<f64>,
    /// Days on which it made or received any call.
    pub(crate) days: usize,
}

/// The dealings of those in `contacts` (of one room, by person, then time) who may have a role.
pub(crate) fn dealings(scene: &Scene<'_>, contacts: &[Contact]) -> Vec<Dealings> {
    let config = &scene.config.role;
    let day = |contact: &Contact| day_of(scene.context.site.local_s(contact.start_s));
    let of_one = |contacts: &[Contact]| {
        let lines = |inbound: bool| {
            let own = contacts.iter().filter(move |contact| contact.inbound == inbound);
            own.map(|contact| contact.line).collect::<BTreeSet<u32>>().len()
        };
        let days: BTreeSet<u32> = contacts.iter().map(day).collect();
        let calling: BTreeSet<(u32, u32)> = contacts
            .iter()
            .filter(|contact| contact.inbound)
            .map(|contact| (day(contact), contact.line))
            .collect();
        let calling: Vec<u32> = calling.into_iter().map(|(day, _)| day).collect();
        let of_day = || calling.chunk_by(|a, b| a == b);
        let answered = contacts.iter().filter(|contact| contact.talk_s > 0).count();
        let long = contacts.iter().filter(|contact| contact.talk_s >= config.long_talk_s).count();
        let calls_to = contacts.iter().filter(|contact| contact.inbound).count();
        Dealings {
            other: contacts[0].other,
            called: lines(true),
            called_by: lines(false),
            calls_to,
            calls_from: contacts.len() - calls_to,
            days: days.len(),
            called_a_day: calling.len() as f64 / of_day().count().max(1) as f64,
            answered_share: answered as f64 / contacts.len() as f64,
            calling_days: of_day().count(),
            longest_s: contacts.iter().map(|contact| contact.talk_s).max().unwrap_or(0),
            long_share: long as f64 / contacts.len() as f64,
            room_first: !contacts[0].inbound,
        }
    };
    // Most were called once or twice: they are not looked at more closely.
    let often = contacts.chunk_by(|a, b| a.other == b.other);
    let often = often.filter(|contacts| contacts.len() >= config.contacts_min);
    often.map(of_one).filter(|dealings| dealings.days >= config.days_min).collect()
}

impl Around {
    /// What the lines of some dealings, those of each room, did beside. Errors: the shelf fails.
    pub(crate) fn of(scene: &Scene<'_>, dealings: &[Vec<Dealings>]) -> io::Result<Vec<Vec<Self>>> {
        let members: Vec<Vec<u32>> = scene
            .rooms
            .iter()
            .map(|room| crate::contact::members(std::slice::from_ref(room)))
            .collect();
        let may = |dealings: &&Dealings| may_have_a_role(dealings, &scene.config.role);
        let asked: Vec<(usize, Dealings)> = dealings
            .iter()
            .enumerate()
            .flat_map(|(nth, own)| own.iter().filter(may).map(move |one| (nth, *one)))
            .collect();
        let lines: Vec<u32> = asked.iter().map(|(_, dealings)| dealings.other).collect();
        let told = scene.calls.map_lines(&lines, |part, place, at| {
            let (nth, dealings) = asked[at];
            Self { dealings, ..beside(scene, part, place, &members[nth]) }
        })?;
        let mut of_rooms = vec![Vec::new(); dealings.len()];
        asked.iter().zip(told).for_each(|((nth, _), around)| of_rooms[*nth].push(around));
        Ok(of_rooms)
    }
}

/// Whether somebody spoke to several of the lines of their own accord, or dealt with a few on several days.
fn may_have_a_role(dealings: &Dealings, config: &RoleConfig) -> bool {
    dealings.called >= config.lines_min
        || (dealings.days >= config.helper_days_min && dealings.calls_to > 0)
}

fn beside(scene: &Scene<'_>, part: &CallPart, place: usize, members: &[u32]) -> Around {
    let day = |start_s: u32| day_of(scene.context.site.local_s(start_s));
    let outside = |line: u32| members.binary_search(&line).is_err();
    let inbound = &part.inbound;
    let made = part.made_at(place);
    let received = part.received_at(place);
    let mut days: BTreeSet<u32> = BTreeSet::new();
    let mut others: Vec<(u32, u32)> = Vec::new();
    let mut cells: Vec<u32> = Vec::new();
    for row in made {
        days.insert(day(part.start_s[row]));
        cells.push(part.extra(Extra::CallerCell, row));
        others.push((part.callee[row], day(part.start_s[row])));
    }
    for row in received {
        days.insert(day(inbound.start_s[row]));
        others.push((inbound.caller[row], day(inbound.start_s[row])));
    }
    others.retain(|(other, _)| outside(*other));
    others.sort_unstable();
    others.dedup();
    let recurrent = others.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1).count();
    let distinct = others.chunk_by(|a, b| a.0 == b.0).count();
    cells.retain(|cell| *cell != NONE);
    cells.sort_unstable();
    let top = cells.chunk_by(|a, b| a == b).map(<[u32]>::len).max();
    Around {
        dealings: Dealings::default(),
        others: distinct,
        recurrent,
        top_cell_share: top.map(|top| top as f64 / cells.len() as f64),
        days: days.len(),
    }
}
