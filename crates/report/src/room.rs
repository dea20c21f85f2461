//! A room: its place, its lines, its evidence, the people at both ends.

use crate::{Fact, FactReport, PersonReport};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomReport {
    /// `R1`, `R2`, … in order of confidence.
    pub id: String,
    /// Lead or watch.
    pub verdict: String,
    /// House, relay, call-back, small or unplaced.
    pub shape: String,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
    /// First call.
    pub first_seen: String,
    /// Last call.
    pub last_seen: String,
    /// Its place, most used cells first.
    pub site: Vec<Site>,
    /// Its place as areas, the likeliest first.
    pub areas: Vec<Area>,
    /// The zone that most of the called live in.
    pub target_zone: Option<String>,
    /// Its lines, by first call.
    pub lines: Vec<LineReport>,
    /// Lines around it that have a role.
    pub around: Vec<AroundReport>,
    /// Evidence, strongest first.
    pub evidence: Vec<FindingReport>,
    /// Counter-evidence, strongest first.
    pub counter_evidence: Vec<FindingReport>,
    /// People to warn.
    pub people_to_warn: Vec<PersonReport>,
    /// Indicators of people who may be held.
    pub captivity: Vec<SignReport>,
    /// Whether a welfare check is advised.
    pub welfare: WelfareReport,
    /// What people decided about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<JudgementReport>,
    /// What a judged room that it works like teaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<LikeReport>,
    /// What the feeds cannot show, a sentence each.
    pub not_observable: Vec<String>,
    /// What was measured of its calls.
    pub measures: Map<String, Value>,
    /// When its lines called.
    pub hours: HoursReport,
}

impl RoomReport {
    /// The same room, but for the people to warn.
    #[must_use]
    pub fn without_people(&self) -> Self {
        Self {
            id: self.id.clone(),
            verdict: self.verdict.clone(),
            shape: self.shape.clone(),
            confidence: self.confidence,
            first_seen: self.first_seen.clone(),
            last_seen: self.last_seen.clone(),
            site: self.site.clone(),
            areas: self.areas.clone(),
            target_zone: self.target_zone.clone(),
            lines: self.lines.clone(),
            around: self.around.clone(),
            evidence: self.evidence.clone(),
            counter_evidence: self.counter_evidence.clone(),
            people_to_warn: Vec::new(),
            captivity: self.captivity.clone(),
            welfare: self.welfare.clone(),
            judgement: self.judgement.clone(),
            like: self.like.clone(),
            not_observable: self.not_observable.clone(),
            measures: self.measures.clone(),
            hours: self.hours.clone(),
        }
    }

    /// The first facts of each piece of evidence and counter-evidence, so many of each.
    pub fn first_facts(&mut self, of_each: usize) -> impl Iterator<Item = &mut Fact> {
        let findings = self.evidence.iter_mut().chain(&mut self.counter_evidence);
        let facts = findings.flat_map(move |finding| finding.facts.iter_mut().take(of_each));
        facts.filter_map(|fact| match fact {
            FactReport::Kept(fact) => Some(fact),
            FactReport::Shown(_) => None,
        })
    }

    /// Its lines, whole: what it is known by when facts are added and rooms are numbered anew.
    pub fn line_set(&self) -> BTreeSet<String> {
        self.lines.iter().map(|line| line.line.clone()).collect()
    }

    /// Its place in the list now, and what it is called.
    pub fn full_name(&self) -> String {
        format!("room {}, {}", self.id, self.name())
    }

    /// What a room is called in tasks, for people: by its lines, its place and its first day.
    pub fn name(&self) -> String {
        let day = self.first_seen.split(' ').next().unwrap_or_default();
        match self.site.first() {
            Some(site) => {
                format!("the room of {} lines at {} since {day}", self.lines.len(), site.cell)
            }
            None => format!("the room of {} lines since {day}", self.lines.len()),
        }
    }
}

/// Calls by weekday (Monday first) and hour: 7 rows of 24.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursReport {
    /// By the clock of the feed's zone.
    pub site: Vec<[u32; 24]>,
    /// By the clock of the zone that most of the called live in, where that has a name.
    pub targets: Option<Vec<[u32; 24]>>,
}

/// A cell of a room's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// The cell.
    pub cell: String,
    /// The share of what was heard there, 0 to 1.
    pub share: f64,
    /// Where its mast stood, degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

/// An area in which a room may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// Middle, degrees north, to about a hundred metres.
    pub lat: f64,
    /// Middle, degrees east.
    pub lon: f64,
    /// Within how far of the middle, metres.
    pub radius_m: f64,
    /// Share of what was heard in cells whose place is known, 0 to 1.
    pub probability: f64,
    /// The cells.
    pub cells: Vec<String>,
}

/// A line of a room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineReport {
    /// `R1-L01`, …
    pub id: String,
    /// The line.
    pub line: String,
    /// Its first call.
    pub first_seen: String,
    /// Its last call.
    pub last_seen: String,
    /// Mean bits of its links to the room's other lines.
    pub weight: f64,
    /// Its role.
    pub role: String,
    /// How sure the role is, 0 to 1.
    pub role_confidence: f64,
    /// How much of a controller it looks, 0 to 1.
    pub controller: f64,
    /// The line of the room that goes on with its handset.
    pub continues_as: Option<String>,
    /// Calls that it made.
    pub calls: usize,
    /// Whom it called.
    pub targets: usize,
    /// The handsets that it was used in, by first use, eight at most; none where they are not seen.
    pub handsets: Vec<String>,
    /// Its calls on each day that it made any, by the wall clock of the feed's zone.
    #[serde(default)]
    pub days: Vec<(String, u32)>,
    /// How it behaves: a number for each column of the report's features, in their order; none where the feeds cannot show it.
    #[serde(default)]
    pub measures: Vec<Option<f64>>,
}

/// A line around a room that has a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AroundReport {
    /// The line.
    pub line: String,
    /// Its role.
    pub role: String,
    /// How sure the role is, 0 to 1.
    pub role_confidence: f64,
    /// How much of a controller it looks, 0 to 1.
    pub controller: f64,
    /// Why, a sentence each.
    pub statements: Vec<String>,
}

/// Evidence for or against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingReport {
    /// Its family.
    pub family: String,
    /// What was seen.
    pub statement: String,
    /// Bits for it; negative against it.
    pub weight: f64,
    /// Facts that show it.
    pub facts: Vec<FactReport>,
}

/// An indicator of people who may be held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignReport {
    /// Which.
    pub indicator: String,
    /// The indicator of the ILO that it speaks to.
    pub ilo: String,
    /// Its family.
    pub family: String,
    /// Seen, not seen or not observable.
    pub status: String,
    /// How sure it is, 0 to 1.
    pub confidence: f64,
    /// What was seen.
    pub statement: String,
    /// What speaks against it.
    pub counter_sign: Option<String>,
    /// Whether only protection officers may read it.
    pub restricted: bool,
    /// Facts that show it.
    pub facts: Vec<FactReport>,
}

/// Whether a welfare check is advised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WelfareReport {
    /// Whether it is.
    pub advised: bool,
    /// Whether somebody may have called for help.
    pub urgent: bool,
    /// The families of signs that speak.
    pub families: Vec<String>,
    /// From how many vantage points the room is seen.
    pub vantage_points: usize,
    /// The same in a sentence.
    pub statement: String,
    /// Lines of newcomers that fell silent: phones of people who may be held.
    pub silenced: Vec<String>,
}

/// A judged room that another works like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LikeReport {
    /// The judged room.
    pub room: String,
    /// Confirmed or rejected.
    pub disposition: String,
    /// How far apart they are, in units of what groups of one kind differ by.
    pub distance: f64,
    /// What follows, in a sentence.
    pub statement: String,
}

/// What people decided about a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgementReport {
    /// Confirmed, rejected or undecided.
    pub disposition: String,
    /// Why.
    pub reason: String,
    /// What it is instead.
    pub look_alike: Option<String>,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: String,
}
