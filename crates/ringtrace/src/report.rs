//! `find --json`: the machine's form of what was found. Its schema is `docs/reference/find.schema.json`.

use crate::captivity_report::{self, Grant, SignReport, WelfareReport};
use crate::cohort_report::CohortReport;
use crate::commands::find::Answer;
use crate::commands::warn::as_of;
use crate::configuration::Configuration;
use crate::input::Input;
use crate::judged::JudgementReport;
use crate::person_report::{PersonReport, people};
use crate::sides::{JoinReport, Side, vantage_points};
use crate::site_area::{Area, areas};
use domain::mask::Sight;
use domain::zone::{Clock, stamp_text};
use facts::{Extra, FactId};
use people::{Captivity, RoleOf, Roles};
use rooms::{FactRef, Finding, Findings, Room, RoomLine, Verdict};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Nothing is wholly sure.
const SURE_MAX: f64 = 0.999;

/// Version of the form.
pub(crate) const VERSION: &str = "1";

/// The program and its version.
pub(crate) const PROGRAM: &str = concat!("ringtrace ", env!("CARGO_PKG_VERSION"));

/// Everything that `find` tells.
#[derive(Serialize)]
pub(crate) struct Report {
    version: &'static str,
    program: &'static str,
    configuration: Configuration,
    as_of: String,
    feeds: Vec<Feed>,
    accounts: Accounts,
    lines: usize,
    candidates: usize,
    groups: usize,
    rooms: Vec<RoomReport>,
    cohorts: Vec<CohortReport>,
    suppressed: Vec<String>,
    quarantine: BTreeMap<&'static str, usize>,
    /// What other vantage points saw.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sides: Vec<SideReport>,
    /// Rooms that are rooms of another side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    joined: Vec<JoinReport>,
}

/// What another vantage point saw.
#[derive(Serialize)]
struct SideReport {
    vantage: String,
    report: Box<Report>,
}

impl Report {
    /// The same report with what other sides saw. `own` is the name of this side.
    pub(crate) fn with_sides(
        mut self,
        own: &str,
        seen: (&Input, &Clock, &Answer),
        sides: &[Side],
        config: &Configuration,
        grant: Grant,
    ) -> Self {
        for (nth, room) in self.rooms.iter_mut().enumerate() {
            room.welfare.vantage_points = vantage_points(nth, sides);
        }
        self.joined = crate::sides::reports(own, seen, sides);
        let of_side = |side: &Side| SideReport {
            vantage: side.name.clone(),
            report: Box::new(report(&side.input, &side.answer, config, &side.site, grant)),
        };
        self.sides = sides.iter().map(of_side).collect();
        self
    }
}

#[derive(Serialize)]
struct Feed {
    name: String,
    template: String,
    zone: String,
    rows: usize,
    sees: Vec<&'static str>,
    not_observable: Vec<&'static str>,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Serialize)]
struct Accounts {
    rows: usize,
    facts: usize,
    sightings: usize,
    later: usize,
    duplicates: usize,
    quarantined: usize,
}

#[derive(Serialize)]
struct RoomReport {
    id: String,
    verdict: &'static str,
    shape: &'static str,
    confidence: f64,
    first_seen: String,
    last_seen: String,
    site: Vec<Site>,
    areas: Vec<Area>,
    target_zone: Option<String>,
    lines: Vec<LineReport>,
    around: Vec<AroundReport>,
    evidence: Vec<FindingReport>,
    counter_evidence: Vec<FindingReport>,
    people_to_warn: Vec<PersonReport>,
    captivity: Vec<SignReport>,
    welfare: WelfareReport,
    #[serde(skip_serializing_if = "Option::is_none")]
    judgement: Option<JudgementReport>,
    not_observable: Vec<String>,
    measures: Map<String, Value>,
}

#[derive(Serialize)]
struct Site {
    cell: String,
    share: f64,
    lat: Option<f64>,
    lon: Option<f64>,
}

#[derive(Serialize)]
struct LineReport {
    id: String,
    line: String,
    first_seen: String,
    last_seen: String,
    weight: f64,
    role: &'static str,
    role_confidence: f64,
    controller: f64,
    /// The line of the room that goes on with its handset.
    continues_as: Option<String>,
}

/// A line around a room that has a role.
#[derive(Serialize)]
struct AroundReport {
    line: String,
    role: &'static str,
    role_confidence: f64,
    controller: f64,
    statements: Vec<String>,
}

#[derive(Serialize)]
struct FindingReport {
    family: &'static str,
    statement: String,
    weight: f64,
    facts: Vec<String>,
}

/// Puts the report together.
pub(crate) fn report(
    input: &Input,
    answer: &Answer,
    config: &Configuration,
    site: &Clock,
    grant: Grant,
) -> Report {
    let sight = grant.sight;
    let (calls, findings) = (&input.calls, &answer.findings);
    let mut rooms: Vec<RoomReport> = findings
        .rooms
        .iter()
        .enumerate()
        .map(|(nth, room)| {
            let (roles, captivity) = (&answer.people.roles[nth], &answer.people.captivity[nth]);
            let continues = &answer.people.continues[nth];
            room_report(room, roles, captivity, continues, (input, site, grant))
        })
        .collect();
    for (room, judged) in rooms.iter_mut().zip(&answer.judged) {
        room.judgement = judged.as_ref().map(|judged| crate::judged::report(judged, site));
    }
    for (person, warning) in
        people(answer, input, site, sight).into_iter().zip(&answer.people.warnings)
    {
        rooms[warning.room].people_to_warn.push(person);
    }
    Report {
        version: VERSION,
        program: PROGRAM,
        configuration: config.clone(),
        as_of: as_of(input, site),
        feeds: input.files.iter().map(feed).collect(),
        accounts: Accounts {
            rows: input.rows(),
            facts: input.facts(),
            sightings: calls.sightings,
            later: calls.later,
            duplicates: calls.duplicates,
            quarantined: input.quarantine.len(),
        },
        lines: findings.lines,
        candidates: findings.candidates,
        groups: findings.groups,
        rooms,
        cohorts: crate::cohort_report::reports(answer, input, site, sight),
        suppressed: findings.suppressed.clone(),
        quarantine: input
            .quarantine
            .by_reason()
            .into_iter()
            .map(|(reason, count)| (reason.word(), count))
            .collect(),
        sides: Vec::new(),
        joined: Vec::new(),
    }
}

fn feed(file: &feeds::FileReport) -> Feed {
    let shown = Extra::ALL
        .into_iter()
        .filter(|extra| !matches!(extra, Extra::CallerRaw | Extra::CalleeRaw));
    let (sees, not): (Vec<Extra>, Vec<Extra>) = shown.partition(|extra| file.observed.has(*extra));
    let mut sees: Vec<&'static str> = sees.into_iter().map(Extra::word).collect();
    let mut not_observable: Vec<&'static str> = not.into_iter().map(Extra::word).collect();
    for (there, word) in [
        (file.observed.outcome, "outcome"),
        (file.observed.causes, "causes"),
        (file.observed.attestation, "attestation"),
        (file.observed.sightings, "sightings"),
    ] {
        if there { sees.push(word) } else { not_observable.push(word) }
    }
    Feed {
        name: file.name.clone(),
        template: file.template.clone(),
        zone: file.zone.clone().unwrap_or_else(|| "UTC".to_owned()),
        rows: file.rows,
        sees,
        not_observable,
        notes: file.notes.iter().chain(&file.doubts).cloned().collect(),
        problem: file.problem.clone(),
    }
}

fn room_report(
    room: &Room,
    roles: &Roles,
    captivity: &Captivity,
    continues: &[Option<u32>],
    (input, site, grant): (&Input, &Clock, Grant),
) -> RoomReport {
    let sight = grant.sight;
    let names = &input.calls.names;
    let stamp = |instant_s| stamp_text(site.local_s(instant_s));
    let shown = |line: u32| sight.show(names.lines.text(line)).into_owned();
    let line = |(at, (line, role)): (usize, (&RoomLine, &RoleOf))| LineReport {
        id: format!("{}-L{:02}", room.id, at + 1),
        line: shown(line.line),
        first_seen: stamp(line.first_s),
        last_seen: stamp(line.last_s),
        weight: rounded(line.bits),
        role: role.role.word(),
        role_confidence: rounded(role.confidence),
        controller: rounded(role.controller),
        continues_as: continues[at].map(shown),
    };
    let around = |one: &RoleOf| AroundReport {
        line: shown(one.line),
        role: one.role.word(),
        role_confidence: rounded(one.confidence),
        controller: rounded(one.controller),
        statements: one.why.clone(),
    };
    let finding = |finding: &Finding| FindingReport {
        family: finding.family.word(),
        statement: finding.statement.clone(),
        weight: rounded(finding.bits),
        facts: finding.facts.iter().map(|fact| fact_name(*fact, input, site, sight)).collect(),
    };
    RoomReport {
        id: room.id.clone(),
        verdict: room.verdict.word(),
        shape: room.shape.word(),
        confidence: rounded(room.confidence).min(SURE_MAX),
        first_seen: stamp(room.first_s),
        last_seen: stamp(room.last_s),
        site: room.site.iter().map(|cell| site_of(cell, room, input)).collect(),
        areas: areas(room, input),
        target_zone: room.target_zone.clone(),
        lines: room.lines.iter().zip(&roles.inside).enumerate().map(line).collect(),
        around: roles.around.iter().map(around).collect(),
        evidence: room.evidence.iter().map(finding).collect(),
        counter_evidence: room.counter_evidence.iter().map(finding).collect(),
        people_to_warn: Vec::new(),
        captivity: captivity_report::signs(captivity, input, site, grant),
        welfare: captivity_report::welfare(captivity, input, sight),
        judgement: None,
        not_observable: room.not_observable.iter().chain(&roles.not_observable).cloned().collect(),
        measures: measures(room),
    }
}

/// What was measured of a room's calls. Of one that sightings alone show, calls are not observable: nothing is zero.
pub(crate) fn measures(room: &Room) -> Map<String, Value> {
    let Ok(Value::Object(mut measures)) = serde_json::to_value(&room.facts) else {
        return Map::new();
    };
    if room.facts.calls == 0 {
        let of_calls = |name: &str| !matches!(name, "lines" | "handsets");
        measures
            .iter_mut()
            .filter(|(name, _)| of_calls(name))
            .for_each(|(_, value)| *value = Value::Null);
    }
    measures
}

/// A cell of a room's place, with where it stood when the room was last seen, where that is known.
fn site_of(cell: &rooms::SiteCell, room: &Room, input: &Input) -> Site {
    let name = input.calls.names.cells.text(cell.cell);
    let position = input.cells.at(&name, room.last_s);
    let (lat, lon) = (position.map(|position| position.lat), position.map(|position| position.lon));
    Site { cell: name, share: rounded(cell.share), lat, lon }
}

/// A call that evidence names: its identity for who may see numbers, else its start and masked numbers. The identity is a hash of both
/// numbers and the start, and numbers are few enough to try them all.
pub(crate) fn fact_name(fact: FactRef, input: &Input, site: &Clock, sight: Sight) -> String {
    let text = |line| input.calls.names.lines.text(line);
    if fact.is_sighting() {
        let start = stamp_text(site.local_s(fact.start_s));
        return format!("{start} {} seen", sight.show(text(fact.caller)));
    }
    let (caller, callee) = (text(fact.caller), text(fact.callee));
    match sight {
        Sight::Revealed => FactId::of_call(&caller, &callee, fact.start_s).to_string(),
        Sight::Masked => {
            let start = stamp_text(site.local_s(fact.start_s));
            format!("{start} {} → {}", sight.show(caller), sight.show(callee))
        }
    }
}

/// Three decimals are what a reader can use, and print the same everywhere.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// How many leads there are.
pub(crate) fn leads(findings: &Findings) -> usize {
    findings.rooms.iter().filter(|room| room.verdict == Verdict::Lead).count()
}
