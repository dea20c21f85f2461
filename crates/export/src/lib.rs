//! What leaves a casebook, in forms that others read.
//!
//! Takes: what was found, hidden already for who gets it ([`report::Report::hide`]), and for whom it is. Gives: the bytes of a form. Every form says that a lead is
//! no verdict, that people found are not to be punished, and for whom it was made; none holds what its reader may not see.

mod block;
mod ftm;
mod geo;
mod html;
mod identity;
mod lead_pack;
mod misp;
mod pdf;
mod sheet;
#[cfg(test)]
mod testing;

use case::judgement::Judged;
use domain::mask::Sight;
use report::{Grant, JudgementReport, Report, RoomReport};

pub use lead_pack::FACTS_MAX;

/// For whom something leaves, and who sends it: stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Who gets it.
    pub recipient: String,
    /// Who sends it.
    pub sender: String,
    /// When, by the clock of the world: `2023-10-08 12:00 UTC`.
    pub at: String,
    /// The casebook.
    pub casebook: String,
    /// The files that its facts came from, each with the BLAKE3 of its bytes.
    pub files: Vec<(String, String)>,
}

impl Mark {
    fn sentence(&self) -> String {
        let Self { recipient, sender, at, casebook, .. } = self;
        format!("For {recipient}. From casebook {casebook}, by {sender}, {at}.")
    }
}

/// A form.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A page for people: HTML that needs nothing else, and prints.
    Html,
    /// The same in pages: PDF/A-2b (ISO 19005-2).
    Pdf,
    /// Lines for a spreadsheet or a link chart: CSV, in which no cell is a formula.
    Csv,
    /// Areas for a map: `GeoJSON` (RFC 7946).
    GeoJson,
    /// Areas for a globe: KML 2.2 (OGC 07-147r2).
    Kml,
    /// Entities of `FollowTheMoney`, a JSON line each.
    Ftm,
    /// An event of MISP, JSON.
    Misp,
}

impl Form {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Html, Self::Pdf, Self::Csv, Self::GeoJson, Self::Kml, Self::Ftm, Self::Misp];

    /// What it goes by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Ftm => "ftm",
            Self::Misp => "misp",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Kml => "kml",
        }
    }

    /// How a file of it ends.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Ftm => "ftm.json",
            Self::Misp => "misp.json",
            other => other.word(),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Pdf => "application/pdf",
            Self::Ftm => "application/json+ftm",
            Self::Misp => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::GeoJson => "application/geo+json",
            Self::Kml => "application/vnd.google-earth.kml+xml",
        }
    }
}

/// Why something cannot be given in a form.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Where the room's cells stand is not known.
    #[error("where the cells of {0} stand is not known: there is no area to give")]
    NoPlace(String),
    /// It could not be written; not seen in practice.
    #[error("it could not be written: {0}")]
    Written(String),
}

/// What people decided of a room, as it is told: when, by the clock of a zone.
pub fn judgement(judged: &Judged, zone: &str) -> JudgementReport {
    let at = jiff::Timestamp::from_microsecond(judged.at_us).and_then(|at| at.in_tz(zone));
    JudgementReport {
        disposition: judged.judgement.disposition.word().to_owned(),
        reason: judged.judgement.reason.clone(),
        look_alike: judged.judgement.look_alike.clone(),
        by: judged.actor.clone(),
        at: at.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default(),
    }
}

/// What leaves, in words for the log.
pub fn told(room: &RoomReport, grant: Grant) -> String {
    let numbers = if grant.sight == Sight::Revealed { ", with whole numbers" } else { "" };
    let signs = if grant.protection { ", with signs for protection officers" } else { "" };
    format!("{}{numbers}{signs}", room.full_name())
}

/// A room in a form. Errors: a map of a room whose place is not known.
pub fn room(
    room: &RoomReport,
    report: &Report,
    mark: &Mark,
    form: Form,
) -> Result<Vec<u8>, ExportError> {
    match form {
        Form::Html => html::page(&lead_pack::blocks(room, report, mark)),
        Form::Pdf => pdf::pages(&lead_pack::blocks(room, report, mark), mark),
        Form::Ftm => ftm::lines(room, report, mark),
        Form::Misp => misp::event(room, report, mark),
        Form::Csv => sheet::lines(room, mark),
        Form::GeoJson => geo::geo_json(room, mark),
        Form::Kml => geo::kml(room, mark),
    }
}
