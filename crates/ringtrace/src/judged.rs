//! What people decided about the rooms that were found: a judgement outlives the rooms' numbers.

use crate::casebook::is_casebook;
use crate::input::Input;
use crate::journal::Log;
use case::judgement::{Disposition, Judged};
use domain::zone::{Clock, stamp_text};
use report::JudgementReport;
use rooms::Room;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// The lines of a room, as its casebook keeps them.
pub(crate) fn lines(room: &Room, input: &Input) -> BTreeSet<String> {
    room.lines.iter().map(|line| input.calls.names.lines.text(line.line)).collect()
}

/// For each room, the judgement that stands of it in the casebooks that were read.
pub(crate) fn judged(
    rooms: &[Room],
    paths: &[PathBuf],
    input: &Input,
) -> anyhow::Result<Vec<Option<Judged>>> {
    let mut of_rooms = vec![None; rooms.len()];
    for casebook in paths.iter().filter(|path| is_casebook(path)) {
        let Some(log) = Log::look(casebook)? else { continue };
        for (judged, room) in of_rooms.iter_mut().zip(rooms) {
            if let Some((_, found)) = log.case().judgement_of_room(&lines(room, input)) {
                *judged = Some(found.clone());
            }
        }
    }
    Ok(of_rooms)
}

/// Whether a judgement says that a room is none.
pub(crate) fn is_rejected(judged: Option<&Judged>) -> bool {
    judged.is_some_and(|judged| judged.judgement.disposition == Disposition::Rejected)
}

/// A judgement in the machine's form; moments by the site's clock.
pub(crate) fn report(judged: &Judged, site: &Clock) -> JudgementReport {
    JudgementReport {
        disposition: judged.judgement.disposition.word().to_owned(),
        reason: judged.judgement.reason.clone(),
        look_alike: judged.judgement.look_alike.clone(),
        by: judged.actor.clone(),
        at: at(judged, site),
    }
}

/// A judgement in a line for a person.
pub(crate) fn line(judged: &Judged, site: &Clock) -> String {
    let judgement = &judged.judgement;
    let instead = judgement.look_alike.as_ref();
    let instead = instead.map(|what| format!(" ({what})")).unwrap_or_default();
    format!(
        "  Judged {}{instead} by {} on {}: {}\n",
        judgement.disposition.word(),
        judged.actor,
        at(judged, site),
        judgement.reason
    )
}

fn at(judged: &Judged, site: &Clock) -> String {
    let seconds = u32::try_from(judged.at_us / 1_000_000).unwrap_or_default();
    stamp_text(site.local_s(seconds))
}
