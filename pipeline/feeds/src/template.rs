//! Mapping templates: how a feed's columns become the columns of call facts.
//!
//! Written in TOML; `ringtrace import --preview` writes one for a file that it recognised, to be edited.

use crate::FeedError;
use crate::duration::Unit;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a column of a feed means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who called.
    Caller,
    /// Who was called.
    Callee,
    /// Whose record it is, in feeds that tell calls from one side.
    Subscriber,
    /// The other side of a subscriber's record.
    Other,
    /// Whether the subscriber called or was called.
    Direction,
    /// Call, message or data, in feeds that mix them.
    Kind,
    /// When the call began.
    Start,
    /// When it was answered.
    Answer,
    /// When it ended.
    End,
    /// How long both were connected.
    Duration,
    /// Outcome, disposition or cause.
    Outcome,
    /// Caller's cell.
    CallerCell,
    /// Callee's cell.
    CalleeCell,
    /// Cell of the subscriber whose record it is.
    Cell,
    /// Caller's handset.
    CallerImei,
    /// Callee's handset.
    CalleeImei,
    /// Handset of the subscriber whose record it is.
    Imei,
    /// Caller's SIM.
    CallerImsi,
    /// SIM of the subscriber whose record it is.
    Imsi,
    /// Trunk or gateway.
    Route,
    /// STIR/SHAKEN attestation of the caller's number.
    Attestation,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 21] = [
        Self::Caller,
        Self::Callee,
        Self::Subscriber,
        Self::Other,
        Self::Direction,
        Self::Kind,
        Self::Start,
        Self::Answer,
        Self::End,
        Self::Duration,
        Self::Outcome,
        Self::CallerCell,
        Self::CalleeCell,
        Self::Cell,
        Self::CallerImei,
        Self::CalleeImei,
        Self::Imei,
        Self::CallerImsi,
        Self::Imsi,
        Self::Route,
        Self::Attestation,
    ];

    /// The name used in templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Callee => "callee",
            Self::Subscriber => "subscriber",
            Self::Other => "other",
            Self::Direction => "direction",
            Self::Kind => "kind",
            Self::Start => "start",
            Self::Answer => "answer",
            Self::End => "end",
            Self::Duration => "duration",
            Self::Outcome => "outcome",
            Self::CallerCell => "caller_cell",
            Self::CalleeCell => "callee_cell",
            Self::Cell => "cell",
            Self::CallerImei => "caller_imei",
            Self::CalleeImei => "callee_imei",
            Self::Imei => "imei",
            Self::CallerImsi => "caller_imsi",
            Self::Imsi => "imsi",
            Self::Route => "route",
            Self::Attestation => "attestation",
        }
    }
}

/// A column by its header or, in files without one, by its position from 1; several are joined with a space.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum ColumnRef {
    /// By position, from 1.
    Position(usize),
    /// By header.
    Name(String),
    /// Several, joined with a space: a date and a time in columns of their own.
    Joined(Vec<ColumnRef>),
}

/// The container a feed comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// Text with separators, plain or compressed.
    #[default]
    Delimited,
    /// Apache Parquet.
    Parquet,
}

/// What the rows of a feed tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tells {
    /// Calls.
    #[default]
    Calls,
    /// Where a line or a handset was, without a call: data sessions, attaches, location updates, Wi-Fi.
    Sightings,
}

/// Written templates need not say what most feeds tell.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn tells_calls(tells: &Tells) -> bool {
    *tells == Tells::Calls
}

/// How a feed is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Template {
    /// Name of the template, for messages.
    pub name: String,
    /// What its rows tell.
    #[serde(skip_serializing_if = "tells_calls")]
    pub tells: Tells,
    /// Container.
    pub container: Container,
    /// Separator of a delimited file; `\t` for tabs.
    pub delimiter: Option<char>,
    /// Whether the first row names the columns.
    pub header: bool,
    /// Character encoding (WHATWG label); recognised where absent.
    pub encoding: Option<String>,
    /// IANA zone of the feed's wall clock; times without an offset are read in it. Absent: UTC.
    pub zone: Option<String>,
    /// ISO 3166-1 alpha-2 country whose national numbers appear.
    pub country: Option<String>,
    /// Numbers are international but their `+` was left out; recognised where absent.
    pub plus_left_out: Option<bool>,
    /// Unit of the duration column; recognised where absent.
    pub duration_unit: Option<Unit>,
    /// Forms of the moments, tried in order (see `docs/reference/templates.md`).
    pub moments: Vec<String>,
    /// The subscriber of a file that tells one subscriber's calls and is named for it.
    pub subscriber_from_file_name: bool,
    /// Which column has which role.
    pub columns: BTreeMap<Role, ColumnRef>,
    /// Roles with one value for the whole feed.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub constants: BTreeMap<Role, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    /// Roles put together from columns: `"{MCC}-{MNC}-{LAC}-{CI}"`.
    pub derived: BTreeMap<Role, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    /// Words of this feed and what they mean, by role (`outcome`, `direction`, `kind`).
    pub values: BTreeMap<Role, BTreeMap<String, String>>,
}

impl Template {
    /// Reads a template. Errors name the line and what was expected.
    pub fn from_toml(text: &str) -> Result<Self, FeedError> {
        toml::from_str(text).map_err(|error| FeedError::Template(error.to_string()))
    }

    /// Writes the template.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }

    /// Whether the role has a column, a constant or a derivation.
    pub fn has(&self, role: Role) -> bool {
        self.columns.contains_key(&role)
            || self.constants.contains_key(&role)
            || self.derived.contains_key(&role)
    }

    /// The roles that a call, or a sighting, needs and this template does not fill.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if self.tells == Tells::Sightings {
            let holder = [Role::Subscriber, Role::Caller, Role::Imei, Role::CallerImei];
            for (roles, word) in [
                (&holder[..], "subscriber or imei"),
                (&[Role::Cell, Role::CallerCell], "cell"),
                (&[Role::Start], "start"),
            ] {
                if !roles.iter().any(|role| self.has(*role)) {
                    missing.push(word);
                }
            }
            return missing;
        }
        let both_sides = self.has(Role::Caller) && self.has(Role::Callee);
        let one_side = (self.has(Role::Subscriber) || self.subscriber_from_file_name)
            && self.has(Role::Other)
            && self.has(Role::Direction);
        if !both_sides && !one_side {
            if !self.has(Role::Caller) {
                missing.push("caller");
            }
            if !self.has(Role::Callee) {
                missing.push("callee");
            }
        }
        if !self.has(Role::Start) {
            missing.push("start");
        }
        let ended = self.has(Role::End);
        if !self.has(Role::Duration) && !ended {
            missing.push("duration");
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_survives_writing_and_reading() {
        let text = r#"
            name = "made-up operator"
            delimiter = ";"
            header = true
            zone = "America/Lima"
            country = "PE"
            moments = ["%d/%m/%Y %H:%M:%S"]
            [columns]
            caller = "A"
            callee = 2
            start = ["DATE", "TIME"]
            duration = "SECS"
            [derived]
            caller_cell = "{LAC}-{CI}"
            [values.outcome]
            OK = "answered"
        "#;
        let template = Template::from_toml(text).expect("a valid template");
        assert!(template.missing().is_empty());
        assert_eq!(Template::from_toml(&template.to_toml()).expect("what we wrote"), template);
    }

    #[test]
    fn what_is_unknown_or_missing_is_named() {
        let error = Template::from_toml("colums = 1").expect_err("a misspelt key").to_string();
        assert!(error.contains("colums"), "{error}");
        assert_eq!(Template::default().missing(), ["caller", "callee", "start", "duration"]);
    }

    #[test]
    fn words_match_their_serialised_form() {
        for role in Role::ALL {
            let columns = BTreeMap::from([(role, ColumnRef::Position(1))]);
            let written = Template { columns, ..Template::default() }.to_toml();
            assert!(written.contains(&format!("{} = 1", role.word())), "{written}");
        }
    }
}
