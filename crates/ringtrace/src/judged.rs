//! What people decided about the rooms that were found: a judgement outlives the rooms' numbers.

use crate::casebook::is_casebook;
use crate::input::Input;
use crate::journal::Log;
use case::judgement::{Disposition, Judged};
use domain::zone::{Clock, stamp_text};
use report::JudgementReport;
use rooms::{Like, Room, Said, Verdict};
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

/// What a judgement teaches about rooms that work alike.
pub(crate) fn said(judged: &Judged) -> Said {
    match judged.judgement.disposition {
        Disposition::Confirmed => Said::Confirmed,
        Disposition::Rejected => Said::Rejected,
        Disposition::Undecided => Said::Undecided,
    }
}

/// What a room with a verdict learned from a judged one, in a sentence. `of` is the judgement of that one.
pub(crate) fn like(like: &Like, verdict: Verdict, of: Option<&Judged>) -> String {
    let instead = of.and_then(|judged| judged.judgement.look_alike.as_ref());
    let instead = instead.map(|what| format!(" ({what})")).unwrap_or_default();
    let Like { room, compared, same, differs, .. } = like;
    let hence = match (like.said, like.was, verdict) {
        (Said::Rejected, Verdict::Lead, Verdict::Watch) => "for that it is watched, and no lead",
        (Said::Rejected, Verdict::Lead, _) => "it stays a lead, because a welfare check is advised",
        (Said::Rejected, ..) => "that makes it less sure",
        _ => "that makes it surer",
    };
    let word = like.said.word();
    format!(
        "It works like {room}, which was {word}{instead}: {same} of {compared} facts of how lines work are about the same, and {differs} differ most; {hence}."
    )
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
