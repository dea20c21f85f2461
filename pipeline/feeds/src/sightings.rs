//! Sightings: who was seen in which cell, from when to when, without a call.
//!
//! `line,imei,cell,from,to,kind` and its like: no second party, a cell, a moment, and a line or a handset. `from` and `to` are moments here,
//! where calls have numbers.

use crate::header::{fold, role_of, states_utc};
use crate::sniff::{Sample, holds_moments};
use crate::template::{ColumnRef, Role, Tells, Template};

/// Recognises the form by its header and by what it does not have.
pub fn recognise(sample: &Sample) -> Option<Template> {
    let header = sample.header.as_ref()?;
    let mut template = Template {
        name: "sightings".to_owned(),
        tells: Tells::Sightings,
        header: true,
        ..Template::default()
    };
    for (at, name) in header.iter().enumerate() {
        let Some(role) = role(name, at, sample) else { continue };
        if matches!(role, Role::Callee | Role::Other | Role::Direction) {
            return None;
        }
        if role == Role::Start && states_utc(name) {
            template.zone = Some("UTC".to_owned());
        }
        template.columns.entry(role).or_insert_with(|| ColumnRef::Name(name.clone()));
    }
    if let Some(whole) = whole_cell(header, &template) {
        template.columns.remove(&Role::Cell);
        template.derived.insert(Role::Cell, whole);
    }
    let has_cell = template.has(Role::Cell) || template.has(Role::CallerCell);
    (has_cell && template.missing().is_empty()).then_some(template)
}

/// A cell's whole identity (3GPP TS 23.003), where its parts stand in columns of their own: the same cell number is given in every area.
fn whole_cell(header: &[String], template: &Template) -> Option<String> {
    let named = |names: &[&str]| header.iter().find(|name| names.contains(&fold(name).as_str()));
    let area = named(&["lac", "tac", "areacode", "locationarea"])?;
    let cell = named(&["ci", "cellid", "eci", "cid", "cell", "cellidentity"])?;
    let cell_column = match template.columns.get(&Role::Cell)? {
        ColumnRef::Name(name) => name,
        ColumnRef::Position(_) | ColumnRef::Joined(_) => return None,
    };
    if cell_column != cell && cell_column != area {
        return None;
    }
    let network = [named(&["mcc"]), named(&["mnc"])].into_iter().flatten();
    let parts: Vec<String> =
        network.chain([area, cell]).map(|name| format!("{{{name}}}")).collect();
    Some(parts.join("-"))
}

/// What a column of a feed of sightings holds.
fn role(name: &str, at: usize, sample: &Sample) -> Option<Role> {
    match fold(name).as_str() {
        "from" | "firstseen" | "seenfrom" | "since" | "desde" | "seen" | "seenat"
            if holds_moments(sample, at) =>
        {
            Some(Role::Start)
        }
        "to" | "until" | "lastseen" | "seento" | "hasta" if holds_moments(sample, at) => {
            Some(Role::End)
        }
        "line" | "number" | "phone" | "phonenumber" | "holder" | "user" => Some(Role::Subscriber),
        "kind" | "event" | "eventkind" => Some(Role::Kind),
        _ => role_of(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sniff;

    fn recognised(text: &str) -> Template {
        sniff::delimited(text.as_bytes()).template
    }

    #[test]
    fn what_has_no_second_party_and_a_cell_tells_sightings() {
        let template = recognised(
            "line,imei,cell,from,to,kind\n\
             +51000000001,350000000000017,001-01-1-2,2023-10-02T20:00:00Z,2023-10-02T21:00:00Z,data\n\
             ,350000000000025,001-01-1-2,2023-10-02T20:01:00Z,,attach\n",
        );
        assert_eq!(template.tells, Tells::Sightings);
        assert!(
            template.has(Role::Subscriber) && template.has(Role::Imei) && template.has(Role::End)
        );
        let template = recognised(
            "MSISDN;Event Time;Cell ID\n51000000001;02/10/2023 20:00:00;1-2\n\
             51000000002;02/10/2023 20:00:07;1-2\n",
        );
        assert_eq!(template.tells, Tells::Sightings);
    }

    #[test]
    fn a_cell_in_parts_is_put_together() {
        let template = recognised(
            "msisdn,imei,mcc,mnc,lac,ci,start\n\
             +51000000001,350000000000017,716,06,101,7,2023-10-02 20:00:00\n\
             +51000000002,350000000000025,716,06,102,7,2023-10-02 20:00:05\n",
        );
        assert_eq!(template.tells, Tells::Sightings);
        assert_eq!(template.derived[&Role::Cell], "{mcc}-{mnc}-{lac}-{ci}");
    }

    #[test]
    fn calls_stay_calls() {
        let template = recognised(
            "from,to,start,duration,cell\n+51000000001,+51000000002,2023-10-02 20:00:00,7,1-2\n\
             +51000000003,+51000000002,2023-10-02 20:00:09,7,1-2\n",
        );
        assert_eq!(template.tells, Tells::Calls);
        assert!(template.has(Role::Callee));
    }
}
