//! What was last found in each casebook, read once for each time that it was found, with what every page asks of it.

use crate::Desk;
use crate::fault::Fault;
use crate::secret::seal;
use axum::http::StatusCode;
use case::Case;
use case::judgement::{Judged, Subject};
use report::{PersonReport, Report, RoomReport};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What is known of a casebook, with the stamp under which it was read.
type Known = Arc<Mutex<Option<(u128, Arc<Found>)>>>;

/// What is known of casebooks.
pub(crate) struct Findings {
    known: Mutex<BTreeMap<String, Known>>,
    /// What marks are made with: numbers are few enough to try them all.
    key: String,
}

impl Findings {
    pub(crate) fn new(key: String) -> Self {
        Self { known: Mutex::default(), key }
    }
}

/// What was found in a casebook, whole: it is for a page to hide what its reader may not see.
pub(crate) struct Found {
    report: Report,
    /// The lines of each room.
    lines: Vec<BTreeSet<String>>,
    /// The marks of each room.
    marks: Vec<String>,
    key: String,
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
    fn new(report: Report, key: String) -> Self {
        let lines: Vec<_> = report.rooms.iter().map(RoomReport::line_set).collect();
        let mark = |lines: &BTreeSet<String>| mark(&key, lines.iter());
        let marks = lines.iter().map(mark).collect();
        let rooms = report.rooms.iter().enumerate();
        let people =
            rooms.flat_map(|(room, own)| (0..own.people_to_warn.len()).map(move |nth| (room, nth)));
        let mut queue: Vec<(usize, usize)> = people.collect();
        queue.sort_by_key(|(room, nth)| report.rooms[*room].people_to_warn[*nth].rank);
        Self { report, lines, marks, key, queue }
    }

    /// What a room is known by while this server runs: it stays with its lines when rooms are numbered anew, and tells nothing of them.
    pub(crate) fn mark(&self, room: &RoomReport) -> &str {
        let place = self.report.rooms.iter().position(|own| own.id == room.id);
        place.map_or("", |place| &self.marks[place])
    }

    /// The same of a person to warn.
    pub(crate) fn mark_of(&self, person: &PersonReport) -> String {
        mark(&self.key, std::iter::once(&person.line))
    }

    /// The room that has a mark. Errors: there is none any more.
    pub(crate) fn of_mark(&self, mark: &str) -> Result<&RoomReport, Fault> {
        let place = self.marks.iter().position(|own| own == mark);
        place.map(|place| &self.report.rooms[place]).ok_or_else(|| {
            Fault::new(StatusCode::CONFLICT, "There is no such room any more. Open the page again.")
        })
    }

    /// The room that a page showed, by its mark. Errors: it is another one by now.
    pub(crate) fn marked(&self, id: &str, mark: &str) -> Result<&RoomReport, Fault> {
        let place = self.report.rooms.iter().position(|own| own.id == id);
        let place = place.ok_or_else(Fault::not_found)?;
        if self.marks[place] == mark {
            return Ok(&self.report.rooms[place]);
        }
        let sentence =
            "Rooms were looked for anew meanwhile, and this is another one now. Open it again.";
        Err(Fault::new(StatusCode::CONFLICT, sentence))
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
        let rejected: BTreeSet<&str> = self
            .judged(case)
            .filter(|(_, judged)| judged.is_some_and(Judged::is_rejection))
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
        let outcome = |person: &PersonReport| {
            let known = outcomes.get(&*person.line).copied();
            // Who is worked on again is to be warned again.
            known.filter(|judged| {
                self.last_contact_us(person).is_none_or(|last| last <= judged.at_us)
            })
        };
        people.filter(stands).map(|person| (person, outcome(person))).collect()
    }

    /// When a person was last talked to, microseconds since 1970-01-01 UTC.
    fn last_contact_us(&self, person: &PersonReport) -> Option<i64> {
        report::instant_us(&person.last_contact, self.report.zone())
    }
}

fn mark<'a>(key: &str, lines: impl Iterator<Item = &'a String>) -> String {
    let lines: Vec<&str> = lines.map(String::as_str).collect();
    let mut mark = seal(key, &lines.join("\n"));
    mark.truncate(32);
    mark
}

impl Desk {
    /// What was last found in a casebook; `None` where nothing was found yet. Errors: it cannot be read.
    pub(crate) async fn found(
        self: &Arc<Self>,
        casebook: &str,
    ) -> Result<Option<Arc<Found>>, Fault> {
        let Some(stamp) = self.casebooks.stamp(casebook) else { return Ok(None) };
        let known =
            self.findings.known.lock().await.entry(casebook.to_owned()).or_default().clone();
        // Who asks for another casebook does not wait while this one is read.
        let mut known = known.lock().await;
        if let Some((of, found)) = &*known
            && *of == stamp
        {
            return Ok(Some(Arc::clone(found)));
        }
        let (casebooks, name) = (Arc::clone(&self.casebooks), casebook.to_owned());
        let key = self.findings.key.clone();
        let read = move || casebooks.found(&name).map(|report| Found::new(report, key));
        let found = Arc::new(tokio::task::spawn_blocking(read).await??);
        *known = Some((stamp, Arc::clone(&found)));
        Ok(Some(found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::made::report;
    use case::Action;
    use case::judgement::{Disposition, Judgement};
    use case::log::{Draft, Entry};

    /// The case in which the first person of the queue was warned at a moment.
    fn warned(found: &Found, at: &str) -> Case {
        let line = found.rooms[0].people_to_warn[0].line.clone();
        let judgement = Judgement {
            subject: Subject::Target { line },
            disposition: Disposition::Confirmed,
            reason: "warned".to_owned(),
            look_alike: None,
        };
        let at: jiff::Timestamp = at.parse().unwrap();
        let draft = Draft {
            at_us: at.as_microsecond(),
            actor: "amal".to_owned(),
            purpose: String::new(),
            legal_basis: String::new(),
            salt: String::new(),
            action: Action::Judge(judgement),
        };
        Case::replay(&[Entry::after(None, &draft).unwrap()]).unwrap()
    }

    #[test]
    fn who_is_worked_on_again_is_to_be_warned_again() {
        let found = Found::new(report(), "key".to_owned());
        // They were last talked to at 1:00 in Lima, which is 6:00 UTC.
        let is_done = |at| found.queue(&warned(&found, at))[0].1.is_some();
        assert!(is_done("2023-10-29T06:00:00Z"));
        assert!(!is_done("2023-10-29T05:59:59Z"));
    }

    #[test]
    fn a_mark_tells_nothing_of_the_lines_and_stays_with_them() {
        let (a, b) = (Found::new(report(), "a".to_owned()), Found::new(report(), "b".to_owned()));
        assert_ne!(a.mark(&a.rooms[0]), b.mark(&b.rooms[0]), "it needs the server's key");
        let mut renamed = report();
        renamed.rooms[0].id = "R7".to_owned();
        let c = Found::new(renamed, "a".to_owned());
        assert_eq!(c.mark(&c.rooms[0]), a.mark(&a.rooms[0]));
    }
}
