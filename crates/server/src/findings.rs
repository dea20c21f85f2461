//! What was last found in each casebook, read once for each time that it was found, with what every page asks of it.

use crate::Desk;
use crate::fault::Fault;
use case::Case;
use case::judgement::{Disposition, Judged, Subject};
use report::{PersonReport, Report, RoomReport};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What is known of casebooks, each with the stamp under which it was read.
#[derive(Default)]
pub(crate) struct Findings {
    known: Mutex<BTreeMap<String, (u128, Arc<Found>)>>,
}

/// What was found in a casebook, whole: it is for a page to hide what its reader may not see.
pub(crate) struct Found {
    report: Report,
    /// The lines of each room.
    lines: Vec<BTreeSet<String>>,
    /// The queue of people to warn: their rooms' places, and theirs among the people of the room.
    queue: Vec<(usize, usize)>,
}

impl Deref for Found {
    type Target = Report;

    fn deref(&self) -> &Report {
        &self.report
    }
}

impl Found {
    fn new(report: Report) -> Self {
        let lines = report.rooms.iter().map(lines_of).collect();
        let rooms = report.rooms.iter().enumerate();
        let people =
            rooms.flat_map(|(room, own)| (0..own.people_to_warn.len()).map(move |nth| (room, nth)));
        let mut queue: Vec<(usize, usize)> = people.collect();
        queue.sort_by_key(|(room, nth)| report.rooms[*room].people_to_warn[*nth].rank);
        Self { report, lines, queue }
    }

    /// Each room with what people decided of it.
    pub(crate) fn judged<'a, 'c>(
        &'a self,
        case: &'c Case,
    ) -> impl Iterator<Item = (&'a RoomReport, Option<&'c Judged>)> + use<'a, 'c> {
        let rooms = self.report.rooms.iter().zip(&self.lines);
        rooms.map(|(room, lines)| (room, case.judgement_of_room(lines).map(|(_, judged)| judged)))
    }

    /// What people decided of one room.
    pub(crate) fn judgement_of<'a>(&self, case: &'a Case, room: &RoomReport) -> Option<&'a Judged> {
        let place = self.report.rooms.iter().position(|own| own.id == room.id)?;
        case.judgement_of_room(&self.lines[place]).map(|(_, judged)| judged)
    }

    /// The people to warn in order, of rooms that were not rejected, each with what came of it.
    pub(crate) fn queue<'a, 'c>(
        &'a self,
        case: &'c Case,
    ) -> Vec<(&'a PersonReport, Option<&'c Judged>)> {
        let is_rejected = |judged: Option<&Judged>| {
            judged.is_some_and(|judged| judged.judgement.disposition == Disposition::Rejected)
        };
        let rejected: BTreeSet<&str> = self
            .judged(case)
            .filter(|(_, judged)| is_rejected(*judged))
            .map(|(room, _)| &*room.id)
            .collect();
        let mut outcomes: BTreeMap<&str, &Judged> = BTreeMap::new();
        for (_, judged) in case.judgements() {
            if let Subject::Target { line } = &judged.judgement.subject {
                outcomes.insert(line, judged);
            }
        }
        let people =
            self.queue.iter().map(|(room, nth)| &self.report.rooms[*room].people_to_warn[*nth]);
        let stands = |person: &&PersonReport| {
            rejected.is_empty()
                || !std::iter::once(&person.room)
                    .chain(&person.also_rooms)
                    .all(|room| rejected.contains(&**room))
        };
        people.filter(stands).map(|person| (person, outcomes.get(&*person.line).copied())).collect()
    }
}

/// The lines of a room, as its judgements keep them.
pub(crate) fn lines_of(room: &RoomReport) -> BTreeSet<String> {
    room.lines.iter().map(|line| line.line.clone()).collect()
}

impl Desk {
    /// What was last found in a casebook; `None` where nothing was found yet. Errors: it cannot be read.
    pub(crate) async fn found(
        self: &Arc<Self>,
        casebook: &str,
    ) -> Result<Option<Arc<Found>>, Fault> {
        let Some(stamp) = self.casebooks.stamp(casebook) else { return Ok(None) };
        let mut known = self.findings.known.lock().await;
        if let Some((of, found)) = known.get(casebook)
            && *of == stamp
        {
            return Ok(Some(Arc::clone(found)));
        }
        let (casebooks, name) = (Arc::clone(&self.casebooks), casebook.to_owned());
        let read = move || casebooks.found(&name).map(Found::new);
        let found = Arc::new(tokio::task::spawn_blocking(read).await??);
        known.insert(casebook.to_owned(), (stamp, Arc::clone(&found)));
        Ok(Some(found))
    }
}
