//! What was found, in the machine's form: written by `find --json`, kept in a casebook's `derived` folder, shown by the server's pages.
//!
//! A report is made whole, with numbers as the facts have them, and [`Report::hide`] takes from it what a reader may not see: the only place
//! that does so. Moments are texts by the wall clock of the feed's zone. The form's schema is `docs/reference/find.schema.json`.

mod cohort;
mod fact;
mod feature;
mod hide;
mod person;
mod room;
mod screened;
mod side;

pub use cohort::CohortReport;
pub use fact::{Fact, FactReport, Shown, Source};
pub use feature::{ColumnReport, FeatureReport};
pub use hide::{Grant, RESTRICTED};
pub use person::{HandOffReport, PersonReport};
pub use room::{
    Area, AroundReport, FindingReport, HoursReport, JudgementReport, LikeReport, LineReport,
    RoomReport, SignReport, Site, WelfareReport,
};
pub use screened::{
    ActReport, AdviceReport, ClassReport, IdentifierReport, ScreenedReport, SpanReport, TurnReport,
};
pub use side::{ClaimReport, JoinReport, SideReport};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How sure something is, in whole percent. Nothing is wholly sure.
pub fn sure(probability: f64) -> String {
    if probability > 0.99 { "> 99 %".to_owned() } else { format!("{:.0} %", probability * 100.0) }
}

/// A moment by the wall clock of a zone, microseconds since 1970-01-01 UTC; `None` where the moment or the zone is none.
pub fn instant_us(wall: &str, zone: &str) -> Option<i64> {
    let wall: jiff::civil::DateTime = wall.parse().ok()?;
    Some(wall.in_tz(zone).ok()?.timestamp().as_microsecond())
}

/// Version of the form.
pub const VERSION: &str = "1";

/// Everything that `find` tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of the form.
    pub version: String,
    /// The program and its version.
    pub program: String,
    /// Thresholds and weights that were used.
    pub configuration: Value,
    /// The moment that was looked from.
    pub as_of: String,
    /// What each file is, and what it can show.
    pub feeds: Vec<Feed>,
    /// What became of all rows.
    pub accounts: Accounts,
    /// Lines that made calls.
    pub lines: usize,
    /// Of them, those that may be worked.
    pub candidates: usize,
    /// Groups of them that were weighed.
    pub groups: usize,
    /// How lines behave: what their measures are, in order.
    #[serde(default)]
    pub features: Vec<FeatureReport>,
    /// Rooms, the surest first.
    pub rooms: Vec<RoomReport>,
    /// Cohorts that fell silent.
    pub cohorts: Vec<CohortReport>,
    /// What was left out as a hub, a sentence each.
    pub suppressed: Vec<String>,
    /// Quarantined rows by reason.
    pub quarantine: BTreeMap<String, usize>,
    /// What other vantage points saw.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<SideReport>,
    /// Rooms that are rooms of another side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joined: Vec<JoinReport>,
}

impl Report {
    /// Lets go of what rooms learned from judgements that are others by now.
    pub fn forget_stale_likes(&mut self) {
        let said: BTreeMap<String, String> = self
            .rooms
            .iter()
            .filter_map(|room| {
                Some((room.id.clone(), room.judgement.as_ref()?.disposition.clone()))
            })
            .collect();
        for room in &mut self.rooms {
            room.like =
                room.like.take().filter(|like| said.get(&like.room) == Some(&like.disposition));
        }
    }

    /// The clock of its moments.
    pub fn zone(&self) -> &str {
        self.feeds.first().map_or("UTC", |feed| &feed.zone)
    }

    /// What is told of one room: everything but the other rooms, cohorts and sides.
    #[must_use]
    pub fn of_room(&self, id: &str) -> Self {
        Self {
            version: self.version.clone(),
            program: self.program.clone(),
            configuration: self.configuration.clone(),
            as_of: self.as_of.clone(),
            feeds: self.feeds.clone(),
            accounts: self.accounts,
            lines: self.lines,
            candidates: self.candidates,
            groups: self.groups,
            features: self.features.clone(),
            rooms: self.rooms.iter().filter(|room| room.id == id).cloned().collect(),
            cohorts: Vec::new(),
            suppressed: self.suppressed.clone(),
            quarantine: self.quarantine.clone(),
            sides: Vec::new(),
            joined: self.joined.iter().filter(|join| join.room == id).cloned().collect(),
        }
    }
}

impl Feed {
    /// Where the file lies is nobody's business: leaves its name alone.
    pub fn shorten(&mut self) {
        if let Some((_, name)) = self.name.rsplit_once(['/', '\\']) {
            self.name = name.to_owned();
        }
    }
}

/// A file, as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// Its name.
    pub name: String,
    /// The template that it was read with.
    pub template: String,
    /// The wall clock of its moments.
    pub zone: String,
    /// Its rows.
    pub rows: usize,
    /// What it shows.
    pub sees: Vec<String>,
    /// What it does not.
    pub not_observable: Vec<String>,
    /// What was guessed, and what is in doubt.
    pub notes: Vec<String>,
    /// Why it could not be read to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// Rows in = facts + duplicates + quarantined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// Rows in.
    pub rows: usize,
    /// Rows that became facts.
    pub facts: usize,
    /// Of the facts, sightings.
    pub sightings: usize,
    /// Of the facts, those after the moment looked from.
    pub later: usize,
    /// Rows that say what another said.
    pub duplicates: usize,
    /// Rows that could not be read.
    pub quarantined: usize,
}
