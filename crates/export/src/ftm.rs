//! A room as `FollowTheMoney` entities, a JSON line each: for `OpenAleph` and all that reads its forms (schemata of followthemoney 4).
//!
//! A room is an `Event`, a line a `UserAccount` of the service “telephone line”, a handset an `Asset`, an area an `Address`, a piece of evidence or an indicator a `Note`, a fact a
//! `Call`; what ties them is an `UnknownLink` with its role. The model has no entity for telephone lines: their numbers are its property `phone`, which is left out where they are masked, or no country assigns them.

use crate::identity::{Names, epoch_s, stamp, whole};
use crate::{ExportError, Mark};
use report::{
    Area, FactReport, FindingReport, LineReport, Report, RoomReport, Shown, SignReport, sure,
};
use rlibphonenumber::PHONE_NUMBER_UTIL;
use serde_json::{Map, Value, json};

/// Entities, a line each.
pub(crate) fn lines(
    room: &RoomReport,
    report: &Report,
    mark: &Mark,
) -> Result<Vec<u8>, ExportError> {
    let zone = report.zone();
    let mut told = Told { names: Names::of(mark, &room.id), zone, entities: Vec::new() };
    told.room(room, report, mark);
    for area in &room.areas {
        told.area(area);
    }
    for line in &room.lines {
        told.line(line);
    }
    for (nth, around) in room.around.iter().enumerate() {
        let id = told.account(&format!("around {nth}"), "line around the room", &around.line);
        told.link(&id, &around.role, &around.statements.join(" "), (None, None));
    }
    for finding in room.evidence.iter().chain(&room.counter_evidence) {
        told.finding(finding);
    }
    for sign in &room.captivity {
        told.sign(sign);
    }
    let mut text = Vec::new();
    for entity in &told.entities {
        serde_json::to_writer(&mut text, entity)
            .map_err(|error| ExportError::Written(error.to_string()))?;
        text.push(b'\n');
    }
    Ok(text)
}

struct Told<'a> {
    names: Names,
    /// The clock of the moments.
    zone: &'a str,
    entities: Vec<Value>,
}

/// What an entity is and has; properties that have no value are left out.
type Property = (&'static str, Vec<String>);

impl Told<'_> {
    fn add(&mut self, schema: &str, thing: &str, properties: Vec<Property>) -> String {
        let id = self.names.id(thing);
        let mut kept = Map::new();
        for (name, values) in properties {
            let values: Vec<String> =
                values.into_iter().filter(|value| !value.is_empty()).collect();
            if !values.is_empty() {
                kept.insert(name.to_owned(), json!(values));
            }
        }
        self.entities.push(json!({ "id": id, "schema": schema, "properties": kept }));
        id
    }

    fn at(&self, wall: &str) -> Vec<String> {
        epoch_s(wall, self.zone).and_then(|at| stamp(at, "")).into_iter().collect()
    }

    fn room(&mut self, room: &RoomReport, report: &Report, mark: &Mark) {
        let lines = room.lines.iter().map(|line| self.names.id(&line.id)).collect();
        let areas = room.areas.iter().map(|area| self.names.id(&area_name(area))).collect();
        let mut notes = vec![
            mark.sentence(),
            "A lead is a reason to look, never a verdict.".to_owned(),
            case::NON_PUNISHMENT_NOTE.to_owned(),
            room.welfare.statement.clone(),
        ];
        notes.extend(room.not_observable.iter().map(|said| format!("Not observable: {said}")));
        notes.extend(room.judgement.iter().map(|judged| {
            format!(
                "Judged {} by {}, {}: {}",
                judged.disposition, judged.by, judged.at, judged.reason
            )
        }));
        let cells = room.site.iter().map(|site| site.cell.clone()).collect();
        self.add(
            "Event",
            "room",
            vec![
                ("name", vec![room.full_name()]),
                (
                    "summary",
                    vec![format!(
                        "{}, {}, {} sure",
                        room.verdict,
                        room.shape,
                        sure(room.confidence)
                    )],
                ),
                ("keywords", vec![room.verdict.clone(), room.shape.clone()]),
                ("startDate", self.at(&room.first_seen)),
                ("endDate", self.at(&room.last_seen)),
                ("location", cells),
                ("addressEntity", areas),
                ("involved", lines),
                ("notes", notes),
                ("publisher", vec![report.program.clone()]),
            ],
        );
    }

    fn area(&mut self, area: &Area) {
        let thing = area_name(area);
        self.add(
            "Address",
            &thing,
            vec![
                (
                    "full",
                    vec![format!(
                        "within {:.0} m of {:.4}, {:.4}",
                        area.radius_m, area.lat, area.lon
                    )],
                ),
                ("latitude", vec![area.lat.to_string()]),
                ("longitude", vec![area.lon.to_string()]),
                (
                    "remarks",
                    vec![
                        format!("probability {:.2}", area.probability),
                        format!("radius {:.0} m", area.radius_m),
                        format!("cells {}", area.cells.join(", ")),
                        "Cells tell where phones were heard: an area, never an address.".to_owned(),
                    ],
                ),
            ],
        );
    }

    /// A telephone line, known by its place; its number is told where it is whole.
    fn account(&mut self, thing: &str, name: &str, number: &str) -> String {
        self.add(
            "UserAccount",
            thing,
            vec![
                ("name", vec![format!("{name} {number}")]),
                ("service", vec!["telephone line".to_owned()]),
                ("username", vec![number.to_owned()]),
                ("phone", phone(number)),
                ("notes", vec![case::NON_PUNISHMENT_NOTE.to_owned()]),
            ],
        )
    }

    fn line(&mut self, line: &LineReport) {
        let id = self.account(&line.id, &line.id, &line.line);
        let said = format!(
            "role {} ({} sure), {} calls to {} others, {:.1} bits to the room's other lines{}",
            line.role,
            sure(line.role_confidence),
            line.calls,
            line.targets,
            line.weight,
            line.continues_as
                .as_ref()
                .map(|next| format!(", continues as {next}"))
                .unwrap_or_default()
        );
        let seen = (Some(&*line.first_seen), Some(&*line.last_seen));
        self.link(&id, &line.role, &said, seen);
        for (nth, handset) in line.handsets.iter().enumerate() {
            self.handset(&id, line, nth, handset);
        }
    }

    fn handset(&mut self, line_id: &str, line: &LineReport, nth: usize, handset: &str) {
        // Two that are masked alike need not be the same.
        let thing = if handset.contains('•') {
            format!("handset {nth} of {}", line.id)
        } else {
            format!("handset {handset}")
        };
        let handset = self.add(
            "Asset",
            &thing,
            vec![
                ("name", vec![format!("handset {handset}")]),
                ("keywords", vec!["handset".to_owned()]),
            ],
        );
        self.add(
            "UnknownLink",
            &format!("{} in handset {nth}", line.id),
            vec![
                ("subject", vec![line_id.to_owned()]),
                ("object", vec![handset]),
                ("role", vec!["used in handset".to_owned()]),
            ],
        );
    }

    /// Ties a line to the room.
    fn link(&mut self, id: &str, role: &str, said: &str, seen: (Option<&str>, Option<&str>)) {
        let room = self.names.id("room");
        let at = |wall: Option<&str>| wall.map(|wall| self.at(wall)).unwrap_or_default();
        let (from, to) = (at(seen.0), at(seen.1));
        self.add(
            "UnknownLink",
            &format!("{id} at the room"),
            vec![
                ("subject", vec![id.to_owned()]),
                ("object", vec![room]),
                ("role", vec![role.to_owned()]),
                ("startDate", from),
                ("endDate", to),
                ("description", vec![said.to_owned()]),
            ],
        );
    }

    fn finding(&mut self, finding: &FindingReport) {
        let FindingReport { family, statement, weight, facts } = finding;
        let which = if *weight < 0.0 { "against" } else { "for" };
        let calls = self.calls(facts);
        self.note(
            &format!("{which} {family} {statement}"),
            format!("{which}: {family}"),
            statement,
            vec![format!("{weight:+.1} bits"), calls],
        );
    }

    fn sign(&mut self, sign: &SignReport) {
        let calls = self.calls(&sign.facts);
        let notes = vec![
            format!("status: {}", sign.status.replace('_', " ")),
            format!("indicator of the ILO: {}", sign.ilo),
            sign.counter_sign.as_ref().map(|said| format!("against: {said}")).unwrap_or_default(),
            calls,
        ];
        self.note(
            &format!("sign {}", sign.indicator),
            format!("people who may be held: {}", sign.indicator),
            &sign.statement,
            notes,
        );
    }

    fn note(&mut self, thing: &str, name: String, said: &str, notes: Vec<String>) {
        let room = self.names.id("room");
        self.add(
            "Note",
            thing,
            vec![
                ("entity", vec![room]),
                ("name", vec![name]),
                ("description", vec![said.to_owned()]),
                ("notes", notes),
            ],
        );
    }

    /// The calls among facts, each an entity of its own; what they are called.
    fn calls(&mut self, facts: &[FactReport]) -> String {
        let mut names = Vec::new();
        for fact in facts {
            // Nothing that was not hidden for its reader leaves.
            let FactReport::Shown(shown) = fact else { continue };
            let Shown { name, start_s, line, callee, .. } = shown;
            if let (Some(start_s), Some(callee)) = (start_s, callee) {
                let date = stamp(i64::from(*start_s), "").into_iter().collect();
                self.add(
                    "Call",
                    &format!("call {name}"),
                    vec![
                        ("date", date),
                        ("callerNumber", phone(line)),
                        ("receiverNumber", phone(callee)),
                        ("summary", vec![format!("{line} → {callee}")]),
                        ("recordId", vec![name.clone()]),
                        ("description", vec![shown.with_source()]),
                    ],
                );
            }
            names.push(name.clone());
        }
        if names.is_empty() { String::new() } else { format!("facts: {}", names.join("; ")) }
    }
}

/// A number as the model takes it: whole, and one that its country assigns (what is none stays in names).
fn phone(number: &str) -> Vec<String> {
    let is_assigned =
        |number: &String| PHONE_NUMBER_UTIL.parse(number, None).is_ok_and(|known| known.is_valid());
    whole(number).filter(is_assigned).into_iter().collect()
}

fn area_name(area: &Area) -> String {
    format!("area {} {}", area.lat, area.lon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mark, report};
    use domain::mask::Sight;
    use report::Grant;
    use std::collections::BTreeSet;

    fn told(sight: Sight) -> Vec<Value> {
        let report = report().hide(Grant { sight, protection: false });
        let text = lines(&report.rooms[0], &report, &mark()).unwrap();
        let text = String::from_utf8(text).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_entity_is_there_once_and_every_tie_leads_to_one() {
        let told = told(Sight::Masked);
        let ids: BTreeSet<&str> = told.iter().map(|one| one["id"].as_str().unwrap()).collect();
        let calls = told.iter().filter(|one| one["schema"] == "Call").count();
        assert_eq!(calls, 1, "the one that is kept whole was hidden");
        for one in told.iter().filter(|one| one["schema"] == "UnknownLink") {
            for end in ["subject", "object"] {
                assert!(ids.contains(one["properties"][end][0].as_str().unwrap()), "{one}");
            }
        }
        let room = told.iter().find(|one| one["schema"] == "Event").unwrap();
        assert_eq!(room["properties"]["startDate"][0], "2023-10-04T06:00:00", "of the world");
        assert_eq!(room["properties"]["involved"].as_array().unwrap().len(), 2);
        assert!(room["properties"]["notes"].to_string().contains("not to be punished"));
    }

    #[test]
    fn numbers_are_told_where_they_are_whole_and_assigned() {
        assert_eq!(phone("+442079460123"), ["+442079460123"]);
        for none in ["+44••••••••23", "+99912345601", "442079460123", "withheld"] {
            assert_eq!(phone(none), [""; 0], "{none}");
        }
        let text = |sight| told(sight).iter().map(Value::to_string).collect::<String>();
        assert!(!text(Sight::Masked).contains("+99912345601"));
        assert!(text(Sight::Revealed).contains("+99912345601"), "as a name");
    }
}
