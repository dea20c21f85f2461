//! A room as a MISP event (core format): objects `phone`, `geolocation`, `annotation` and `report` of misp-objects. Nothing in it is marked as an indicator to block by (`to_ids`), and it
//! is for the receiving organisation alone (distribution 0, TLP:AMBER): a block could endanger people inside.

use crate::identity::{Names, epoch_s, stamp, whole};
use crate::{ExportError, Mark};
use report::{
    Area, AroundReport, FactReport, FindingReport, LineReport, Report, RoomReport, SignReport, sure,
};
use serde_json::{Value, json};

/// An object's template: name, category within MISP, UUID and version in misp-objects.
struct Template {
    name: &'static str,
    category: &'static str,
    uuid: &'static str,
    version: &'static str,
}

const PHONE: Template = Template {
    name: "phone",
    category: "network",
    uuid: "d7e4fbdd-b551-4862-bddb-a0b470a38509",
    version: "6",
};
const GEOLOCATION: Template = Template {
    name: "geolocation",
    category: "misc",
    uuid: "cd6f2238-ba55-4888-82c4-104e6e1acf21",
    version: "8",
};
const ANNOTATION: Template = Template {
    name: "annotation",
    category: "misc",
    uuid: "5d8dc046-15a1-4ca3-a09f-ed4ede7c4487",
    version: "3",
};
const REPORT: Template = Template {
    name: "report",
    category: "misc",
    uuid: "70a68471-df22-4e3f-aa1a-5a3be19f82df",
    version: "8",
};

/// An attribute: its place in the object, its type in MISP, and its value.
type Attribute = (&'static str, &'static str, String);

/// The event.
pub(crate) fn event(
    room: &RoomReport,
    report: &Report,
    mark: &Mark,
) -> Result<Vec<u8>, ExportError> {
    let zone = report.zone();
    let told = Told { names: Names::of(mark, &room.id), zone };
    let at = epoch_s(mark.at.trim_end_matches(" UTC"), "UTC").unwrap_or_default();
    let date = stamp(at, "").unwrap_or_default().chars().take(10).collect::<String>();
    let event = json!({
        "Event": {
            "uuid": told.names.uuid("event"),
            "info": format!("{}: {}, {} sure", room.full_name(), room.verdict, sure(room.confidence)),
            "date": date,
            "timestamp": at.to_string(),
            "threat_level_id": "2",
            "analysis": "1",
            "distribution": "0",
            "published": false,
            "Tag": [{ "name": "tlp:amber" }, { "name": "workflow:state=\"draft\"" }],
            "Object": told.objects(room, report, mark),
        }
    });
    serde_json::to_vec_pretty(&event).map_err(|error| ExportError::Written(error.to_string()))
}

struct Told<'a> {
    names: Names,
    zone: &'a str,
}

impl Told<'_> {
    fn objects(&self, room: &RoomReport, report: &Report, mark: &Mark) -> Vec<Value> {
        let mut objects = vec![self.report(room, report, mark)];
        let areas = room.areas.iter().enumerate();
        objects.extend(areas.map(|(nth, area)| self.area(nth, area)));
        objects.extend(room.lines.iter().map(|line| self.line(line)));
        let around = room.around.iter().enumerate();
        objects.extend(around.map(|(nth, around)| self.around(nth, around)));
        let findings = room.evidence.iter().chain(&room.counter_evidence).enumerate();
        objects.extend(findings.map(|(nth, finding)| {
            self.annotation(&format!("finding {nth}"), finding_text(finding))
        }));
        objects.extend(room.captivity.iter().map(|sign| self.sign(sign)));
        let hidden = room.not_observable.iter().enumerate();
        objects.extend(hidden.map(|(nth, said)| {
            self.annotation(&format!("not observable {nth}"), format!("not observable: {said}"))
        }));
        objects.push(self.annotation("note", case::NON_PUNISHMENT_NOTE.to_owned()));
        objects
    }

    fn area(&self, nth: usize, area: &Area) -> Value {
        let text = format!(
            "probability {:.2}, cells {}: an area, never an address",
            area.probability,
            area.cells.join(", ")
        );
        let attributes = vec![
            ("latitude", "float", area.lat.to_string()),
            ("longitude", "float", area.lon.to_string()),
            ("accuracy-radius", "float", format!("{:.0}", area.radius_m)),
            ("text", "text", text),
        ];
        self.object(&GEOLOCATION, &format!("area {nth}"), &["report"], attributes)
    }

    fn line(&self, line: &LineReport) -> Value {
        let next = line.continues_as.as_ref().map(|next| format!(", continues as {next}"));
        let text = format!(
            "{} {}: role {} ({} sure), {} calls to {} others{}",
            line.id,
            line.line,
            line.role,
            sure(line.role_confidence),
            line.calls,
            line.targets,
            next.unwrap_or_default()
        );
        let mut attributes = phone(&line.line, text);
        attributes.extend(self.seen("first-seen", &line.first_seen));
        attributes.extend(self.seen("last-seen", &line.last_seen));
        let whole = line.handsets.iter().filter(|handset| !handset.contains('•'));
        attributes.extend(whole.map(|imei| ("imei", "text", imei.clone())));
        self.object(&PHONE, &line.id, &["report"], attributes)
    }

    fn around(&self, nth: usize, around: &AroundReport) -> Value {
        let AroundReport { line, role, statements, .. } = around;
        let text = format!("around the room, {role}: {line} {}", statements.join(" "));
        self.object(&PHONE, &format!("around {nth}"), &["report"], phone(line, text))
    }

    fn sign(&self, sign: &SignReport) -> Value {
        let text = format!(
            "people who may be held, {} ({}): {}: {}",
            sign.indicator,
            sign.ilo,
            sign.status.replace('_', " "),
            sign.statement
        );
        self.annotation(&sign.indicator, text)
    }

    fn report(&self, room: &RoomReport, report: &Report, mark: &Mark) -> Value {
        let judged = room.judgement.as_ref().map(|judged| {
            format!(" Judged {} by {}: {}.", judged.disposition, judged.by, judged.reason)
        });
        let summary = format!(
            "{} lines, from {} to {}, by the clock of {}. {} A lead is a reason to look, never a verdict.{} {} {}",
            room.lines.len(),
            room.first_seen,
            room.last_seen,
            self.zone,
            room.welfare.statement,
            judged.unwrap_or_default(),
            report.program,
            mark.sentence()
        );
        self.object(
            &REPORT,
            "report",
            &[],
            vec![
                ("title", "text", room.full_name()),
                ("case-number", "text", mark.casebook.clone()),
                ("summary", "text", summary),
            ],
        )
    }

    fn seen(&self, place: &'static str, wall: &str) -> Option<Attribute> {
        let at = stamp(epoch_s(wall, self.zone)?, "+00:00")?;
        Some((place, "datetime", at))
    }

    fn annotation(&self, thing: &str, text: String) -> Value {
        self.object(
            &ANNOTATION,
            &format!("annotation {thing}"),
            &["report"],
            vec![("text", "text", text), ("format", "text", "text".to_owned())],
        )
    }

    fn object(
        &self,
        template: &Template,
        thing: &str,
        of: &[&str],
        attributes: Vec<Attribute>,
    ) -> Value {
        let uuid = self.names.uuid(thing);
        let attribute = |(nth, (relation, kind, value)): (usize, Attribute)| {
            json!({
                "uuid": self.names.uuid(&format!("{thing} {nth}")),
                "object_relation": relation,
                "type": kind,
                "category": "Other",
                "value": value,
                "to_ids": false,
                "distribution": "5",
            })
        };
        let references = of.iter().map(|other| {
            json!({
                "uuid": self.names.uuid(&format!("{thing} of {other}")),
                "object_uuid": uuid,
                "referenced_uuid": self.names.uuid(other),
                "relationship_type": "related-to",
            })
        });
        json!({
            "uuid": uuid,
            "name": template.name,
            "meta-category": template.category,
            "template_uuid": template.uuid,
            "template_version": template.version,
            "distribution": "5",
            "Attribute": attributes.into_iter().enumerate().map(attribute).collect::<Vec<_>>(),
            "ObjectReference": references.collect::<Vec<_>>(),
        })
    }
}

fn phone(number: &str, text: String) -> Vec<Attribute> {
    let mut attributes = vec![("text", "text", text)];
    attributes.extend(whole(number).map(|number| ("msisdn", "text", number)));
    attributes
}

fn finding_text(finding: &FindingReport) -> String {
    let FindingReport { family, statement, weight, facts } = finding;
    let which = if *weight < 0.0 { "against" } else { "for" };
    let named = facts.iter().filter_map(|fact| match fact {
        FactReport::Shown(shown) => Some(shown.with_source()),
        // Nothing that was not hidden for its reader leaves.
        FactReport::Kept(_) => None,
    });
    let named: Vec<String> = named.collect();
    let facts =
        if named.is_empty() { String::new() } else { format!(" Facts: {}", named.join("; ")) };
    format!("{which}, {family}, {weight:+.1} bits: {statement}{facts}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mark, report};
    use domain::mask::Sight;
    use report::Grant;

    fn told(sight: Sight) -> Value {
        let report = report().hide(Grant { sight, protection: false });
        serde_json::from_slice(&event(&report.rooms[0], &report, &mark()).unwrap()).unwrap()
    }

    #[test]
    fn an_event_is_for_its_receiver_and_nothing_in_it_is_blocked_by() {
        let told = told(Sight::Masked);
        assert_eq!(told["Event"]["distribution"], "0");
        assert_eq!(told["Event"]["date"], "2023-10-30");
        let objects = told["Event"]["Object"].as_array().unwrap();
        let named = |name: &str| objects.iter().filter(|one| one["name"] == name).count();
        assert_eq!((named("report"), named("phone"), named("geolocation")), (1, 2, 2));
        let attributes = objects.iter().flat_map(|one| one["Attribute"].as_array().unwrap());
        assert!(attributes.into_iter().all(|one| one["to_ids"] == false));
        assert!(told.to_string().contains("not to be punished"));
        assert!(!told.to_string().contains("+99912345601"));
    }

    #[test]
    fn times_are_of_the_world_and_numbers_are_told_where_they_are_whole() {
        let text = told(Sight::Revealed).to_string();
        assert!(text.contains("2023-10-04T06:00:00+00:00"), "{text}");
        assert!(!told(Sight::Masked).to_string().contains("msisdn"));
    }
}
