//! What leaves a casebook, in forms that others read.
//!
//! Takes: what was found, hidden already for who gets it ([`report::Report::hide`]), and for whom it is. Gives: the bytes of a form. Every form says that a lead is
//! no verdict, that people found are not to be punished, and for whom it was made; none holds what its reader may not see.

mod geo;
mod lead_pack;
mod sheet;
#[cfg(test)]
mod testing;

use report::{Report, RoomReport};

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
}

impl Mark {
    fn sentence(&self) -> String {
        let Self { recipient, sender, at, casebook } = self;
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
    /// Lines for a spreadsheet or a link chart: CSV, in which no cell is a formula.
    Csv,
    /// Areas for a map: `GeoJSON` (RFC 7946).
    GeoJson,
    /// Areas for a globe: KML 2.2 (OGC 07-147r2).
    Kml,
}

impl Form {
    /// All.
    pub const ALL: [Self; 4] = [Self::Html, Self::Csv, Self::GeoJson, Self::Kml];

    /// How a file of it ends, and what it goes by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::Kml => "kml",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
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

/// A room in a form. Errors: a map of a room whose place is not known.
pub fn room(
    room: &RoomReport,
    report: &Report,
    mark: &Mark,
    form: Form,
) -> Result<Vec<u8>, ExportError> {
    match form {
        Form::Html => lead_pack::page(room, report, mark),
        Form::Csv => sheet::lines(room, mark),
        Form::GeoJson => geo::geo_json(room, mark),
        Form::Kml => geo::kml(room, mark),
    }
}
