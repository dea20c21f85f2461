//! `find --json`: what was found, put together for a machine ([`report::Report`]).

use crate::activity::{LineActivity, activity, features};
use crate::commands::find::Answer;
use crate::commands::warn::as_of;
use crate::configuration::Configuration;
use crate::input::Input;
use crate::sides::{Side, vantage_points};
use crate::site_area::areas;
use crate::{captivity_report, cohort_report, judged, person_report};
use domain::mask::Sight;
use domain::zone::{Clock, stamp_text};
use facts::Extra;
use people::RoleOf;
use profiles::{Context, Routes};
use report::{
    Accounts, AroundReport, Fact, FactReport, Feed, FindingReport, LikeReport, LineReport, Report,
    RoomReport, SideReport, Site,
};
use rooms::{FactRef, Finding, Findings, Room, RoomLine, Verdict};
use serde_json::{Map, Value};

/// Nothing is wholly sure.
const SURE_MAX: f64 = 0.999;

/// The program and its version.
pub(crate) const PROGRAM: &str = concat!("ringtrace ", env!("CARGO_PKG_VERSION"));

/// What this side found and what other sides saw. `own` is the name of this side.
pub(crate) fn with_sides(
    own: &str,
    seen: (&Input, &Clock, &Answer),
    sides: &[Side],
    config: &Configuration,
) -> anyhow::Result<Report> {
    let (input, site, answer) = seen;
    let mut whole = report(input, answer, config, site)?;
    for (nth, room) in whole.rooms.iter_mut().enumerate() {
        room.welfare.vantage_points = vantage_points(nth, sides);
    }
    whole.joined = crate::sides::reports(own, seen, sides);
    let of_side = |side: &Side| {
        let report = report(&side.input, &side.answer, config, &side.site)?;
        Ok(SideReport { vantage: side.name.clone(), report: Box::new(report) })
    };
    whole.sides = sides.iter().map(of_side).collect::<anyhow::Result<_>>()?;
    Ok(whole)
}

fn report(
    input: &Input,
    answer: &Answer,
    config: &Configuration,
    site: &Clock,
) -> anyhow::Result<Report> {
    let (calls, findings) = (&input.calls, &answer.findings);
    let mut context = crate::commands::find::context(input, site);
    context.routes = Routes::of(calls)?;
    let of_room = |nth: usize| room_report(nth, answer, input, &context);
    let mut rooms =
        (0..findings.rooms.len()).map(of_room).collect::<std::io::Result<Vec<RoomReport>>>()?;
    for (nth, room) in rooms.iter_mut().enumerate() {
        room.judgement = answer.judged[nth].as_ref().map(|judged| judged::report(judged, site));
        room.like = answer.findings.rooms[nth].like.as_ref().map(|like| LikeReport {
            room: like.room.clone(),
            disposition: like.said.word().to_owned(),
            distance: rounded(like.distance),
            statement: answer.like(nth).unwrap_or_default(),
        });
    }
    let people = person_report::people(answer, input, site);
    for (person, warning) in people.into_iter().zip(&answer.people.warnings) {
        rooms[warning.room].people_to_warn.push(person);
    }
    Ok(Report {
        version: report::VERSION.to_owned(),
        program: PROGRAM.to_owned(),
        configuration: serde_json::to_value(config)?,
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
        features: features(),
        rooms,
        cohorts: cohort_report::reports(answer, input, site),
        suppressed: findings.suppressed.clone(),
        quarantine: input
            .quarantine
            .by_reason()
            .into_iter()
            .map(|(reason, count)| (reason.word().to_owned(), count))
            .collect(),
        sides: Vec::new(),
        joined: Vec::new(),
    })
}

fn feed(file: &feeds::FileReport) -> Feed {
    let shown = Extra::ALL
        .into_iter()
        .filter(|extra| !matches!(extra, Extra::CallerRaw | Extra::CalleeRaw));
    let (sees, not): (Vec<Extra>, Vec<Extra>) = shown.partition(|extra| file.observed.has(*extra));
    let words = |of: Vec<Extra>| of.into_iter().map(|extra| extra.word().to_owned());
    let (mut sees, mut not_observable): (Vec<_>, Vec<_>) =
        (words(sees).collect(), words(not).collect());
    for (there, word) in [
        (file.observed.outcome, "outcome"),
        (file.observed.causes, "causes"),
        (file.observed.attestation, "attestation"),
        (file.observed.sightings, "sightings"),
    ] {
        if there { &mut sees } else { &mut not_observable }.push(word.to_owned());
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
    nth: usize,
    answer: &Answer,
    input: &Input,
    context: &Context<'_>,
) -> std::io::Result<RoomReport> {
    let site = &context.site;
    let people = &answer.people;
    let (room, roles) = (&answer.findings.rooms[nth], &people.roles[nth]);
    let captivity = &people.captivity[nth];
    let (did, hours) = activity(room, input, context)?;
    let names = &input.calls.names;
    let stamp = |instant_s| stamp_text(site.local_s(instant_s));
    let text = |line: u32| names.lines.text(line);
    let line =
        |(at, ((line, role), did)): (usize, ((&RoomLine, &RoleOf), LineActivity))| LineReport {
            id: format!("{}-L{:02}", room.id, at + 1),
            line: text(line.line),
            first_seen: stamp(line.first_s),
            last_seen: stamp(line.last_s),
            weight: rounded(line.bits),
            role: role.role.word().to_owned(),
            role_confidence: rounded(role.confidence),
            controller: rounded(role.controller),
            continues_as: people.continues[nth][at].map(text),
            calls: did.calls,
            targets: did.targets,
            handsets: did.handsets,
            days: did.days,
            measures: did.measures,
        };
    let around = |one: &RoleOf| AroundReport {
        line: text(one.line),
        role: one.role.word().to_owned(),
        role_confidence: rounded(one.confidence),
        controller: rounded(one.controller),
        statements: one.why.clone(),
    };
    let finding = |finding: &Finding| FindingReport {
        family: finding.family.word().to_owned(),
        statement: finding.statement.clone(),
        weight: rounded(finding.bits),
        facts: facts(&finding.facts, input, site),
    };
    Ok(RoomReport {
        id: room.id.clone(),
        verdict: room.verdict.word().to_owned(),
        shape: room.shape.word().to_owned(),
        confidence: rounded(room.confidence).min(SURE_MAX),
        first_seen: stamp(room.first_s),
        last_seen: stamp(room.last_s),
        site: room.site.iter().map(|cell| site_of(cell, room, input)).collect(),
        areas: areas(room, input),
        target_zone: room.target_zone.clone(),
        lines: room.lines.iter().zip(&roles.inside).zip(did).enumerate().map(line).collect(),
        around: roles.around.iter().map(around).collect(),
        evidence: room.evidence.iter().map(finding).collect(),
        counter_evidence: room.counter_evidence.iter().map(finding).collect(),
        people_to_warn: Vec::new(),
        captivity: captivity_report::signs(captivity, input, site),
        welfare: captivity_report::welfare(captivity, input),
        judgement: None,
        like: None,
        not_observable: room.not_observable.iter().chain(&roles.not_observable).cloned().collect(),
        measures: measures(room),
        hours,
    })
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

/// A call or sighting that something rests on.
fn fact_of(fact: FactRef, input: &Input, site: &Clock) -> Fact {
    let text = |line| input.calls.names.lines.text(line);
    Fact {
        start_s: fact.start_s,
        start: stamp_text(site.local_s(fact.start_s)),
        line: text(fact.caller),
        source: None,
        callee: (!fact.is_sighting()).then(|| text(fact.callee)),
    }
}

/// The same of several.
pub(crate) fn facts(facts: &[FactRef], input: &Input, site: &Clock) -> Vec<FactReport> {
    facts.iter().map(|fact| FactReport::Kept(fact_of(*fact, input, site))).collect()
}

/// What a fact is called for a reader.
pub(crate) fn fact_name(fact: FactRef, input: &Input, site: &Clock, sight: Sight) -> String {
    fact_of(fact, input, site).name(sight)
}

/// Three decimals are what a reader can use, and print the same everywhere.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

/// How many leads there are.
pub(crate) fn leads(findings: &Findings) -> usize {
    findings.rooms.iter().filter(|room| room.verdict == Verdict::Lead).count()
}
