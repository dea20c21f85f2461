//! A room in which people may be held becomes a task of protection, before anybody enforces anything.

use crate::journal::Log;
use case::Action;
use case::task::{Kind, Task};
use report::{Report, RoomReport};
use std::path::Path;

/// What is to be done.
const CHECK: &str = "welfare check: see that those inside are safe, before anything is blocked, searched or charged";

/// Whether a room is one that asks for protection: a lead that nobody rejected, where a welfare check is advised.
fn asks(room: &RoomReport) -> bool {
    let is_rejected =
        room.judgement.as_ref().is_some_and(|judged| judged.disposition == "rejected");
    room.verdict == "lead" && room.welfare.advised && !is_rejected
}

/// Opens a task for each room that asks for protection and has none yet, closed ones among them: what was done is not asked for again.
pub(crate) fn ask(casebook: &Path, report: &Report) -> anyhow::Result<()> {
    let rooms: Vec<&RoomReport> = report.rooms.iter().filter(|room| asks(room)).collect();
    if rooms.is_empty() {
        return Ok(());
    }
    let mut log = Log::open(casebook)?;
    for room in rooms {
        let (about, lines) = (room.name(), room.line_set());
        let is_same =
            |known: &Task| known.kind == Kind::Protection && !known.lines.is_disjoint(&lines);
        if !log.case().tasks.values().any(|known| is_same(&known.task)) {
            let (kind, what) = (Kind::Protection, CHECK.to_owned());
            log.act(Action::Task(Task { about, kind, what, due_us: None, lines }))?;
        }
    }
    Ok(())
}
