//! Where cells stand, and since when: a separate file joined by the cell's name.
//!
//! Cells move: a position holds from a moment to another (CASE `Located_At`). Columns: `cell`, `lat`, `lon`, and maybe
//! `site`, `azimuth` (degrees) and `range_m` of a sector, `valid_from`, `valid_to` (moments in UTC).

use crate::header::fold;
use crate::moment::{Form, KNOWN, WallClock};
use std::collections::BTreeMap;

/// A position of a cell during a span of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// First instant, epoch seconds.
    pub from_s: u32,
    /// Last instant, epoch seconds.
    pub to_s: u32,
    /// Degrees north, -90..=90.
    pub lat: f64,
    /// Degrees east, -180..=180.
    pub lon: f64,
    /// The mast or building that several cells share.
    pub site: Option<String>,
    /// Where a sector looks, degrees from north by east, 0..360; `None` where it is heard all around.
    pub azimuth_deg: Option<f64>,
    /// How far it is heard, metres.
    pub range_m: Option<f64>,
}

/// Positions by cell name.
#[derive(Clone, Debug, Default)]
pub struct CellTable {
    cells: BTreeMap<String, Vec<Position>>,
    /// Rows that could not be read: line and what is wrong.
    pub refused: Vec<(u64, String)>,
}

impl CellTable {
    /// Reads a table. Rows that cannot be read are listed in [`Self::refused`]; a missing column is an error.
    pub fn from_csv(text: &[u8]) -> Result<Self, crate::FeedError> {
        let delimiter = crate::sniff::delimited(text).dialect.delimiter;
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text);
        let header = reader.byte_headers().map(|header| {
            header.iter().map(|name| fold(&String::from_utf8_lossy(name))).collect::<Vec<_>>()
        });
        let header = header.unwrap_or_default();
        let column = |names: &[&str]| header.iter().position(|name| names.contains(&name.as_str()));
        let needed = |names: &[&str], column: Option<usize>| {
            column.ok_or_else(|| crate::FeedError::NoColumn {
                column: names.first().copied().unwrap_or_default().to_owned(),
                present: header.join(", "),
            })
        };
        let cell_names = ["cell", "cellid", "cgi", "ecgi", "antennaid", "id", "celltower"];
        let cell = needed(&cell_names, column(&cell_names))?;
        let lat = needed(&["lat"], column(&["lat", "latitude", "latitud"]))?;
        let lon = needed(&["lon"], column(&["lon", "lng", "long", "longitude", "longitud"]))?;
        let (site, from) =
            (column(&["site", "siteid", "mast", "sitename"]), column(&["validfrom", "from"]));
        let to = column(&["validto", "to"]);
        let azimuth = column(&["azimuth", "azimuthdeg", "bearing", "azimut", "direction"]);
        let range = column(&["rangem", "range", "radius", "radiusm", "reach"]);
        let mut table = Self::default();
        for record in reader.byte_records().flatten() {
            let line = record.position().map_or(0, csv::Position::line);
            let text = |at: Option<usize>| {
                at.and_then(|at| record.get(at))
                    .map(|field| String::from_utf8_lossy(field).trim().to_owned())
                    .unwrap_or_default()
            };
            let degrees = |at: usize, most: f64| {
                text(Some(at)).parse::<f64>().ok().filter(|value| value.abs() <= most)
            };
            let (Some(lat), Some(lon)) = (degrees(lat, 90.0), degrees(lon, 180.0)) else {
                table.refused.push((line, "the position is not in degrees".to_owned()));
                continue;
            };
            let (Some(from_s), Some(to_s)) =
                (instant(&text(from), 0), instant(&text(to), u32::MAX))
            else {
                table.refused.push((line, "the span of validity was not understood".to_owned()));
                continue;
            };
            let number = |at: Option<usize>, span: std::ops::RangeInclusive<f64>| {
                text(at).parse::<f64>().ok().filter(|value| span.contains(value))
            };
            let site = Some(text(site)).filter(|site| !site.is_empty());
            table.cells.entry(text(Some(cell))).or_default().push(Position {
                from_s,
                to_s,
                lat,
                lon,
                site,
                azimuth_deg: number(azimuth, 0.0..=360.0),
                range_m: number(range, 1.0..=200_000.0),
            });
        }
        Ok(table)
    }

    /// Where a cell stood at an instant; `None` where the table does not say.
    pub fn at(&self, cell: &str, instant_s: u32) -> Option<&Position> {
        self.cells
            .get(cell)?
            .iter()
            .find(|position| (position.from_s..=position.to_s).contains(&instant_s))
    }

    /// How many cells have a position.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }
}

fn instant(text: &str, absent: u32) -> Option<u32> {
    if text.is_empty() {
        return Some(absent);
    }
    let dated = if text.len() == 10 && text.contains('-') {
        format!("{text} 00:00:00")
    } else {
        text.to_owned()
    };
    let reading = KNOWN.iter().find_map(|form| Form::new(form)?.read(dated.as_bytes()))?;
    WallClock::new(jiff::tz::TimeZone::UTC).instant_s(reading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_moved_is_where_it_was_then() {
        let text = "cell;lat;lon;valid_from;valid_to\n\
                    C1;-12.07;-76.94;;2023-10-01\nC1;-12.50;-76.90;2023-10-01;\nC2;95;0;;\n";
        let table = CellTable::from_csv(text.as_bytes()).unwrap();
        let lat = |instant_s| table.at("C1", instant_s).map(|position| position.lat);
        assert_eq!((lat(1_690_000_000), lat(1_700_000_000)), (Some(-12.07), Some(-12.50)));
        assert_eq!(table.refused.len(), 1, "95 degrees north is nowhere");
        assert!(table.at("C9", 0).is_none());
        assert!(CellTable::from_csv(b"x,y\n1,2\n").is_err());
    }
}
