//! A room's place as areas on a map, each with its probability: circles as polygons, for neither form has circles.

use crate::{ExportError, Mark};
use report::{Area, RoomReport};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Corners of a circle.
const CORNERS: u32 = 64;
/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// The areas as `GeoJSON`. Errors: no place is known.
pub(crate) fn geo_json(room: &RoomReport, mark: &Mark) -> Result<Vec<u8>, ExportError> {
    let features: Vec<Value> = areas(room)?.iter().map(|area| feature(room, area)).collect();
    let map = json!({
        "type": "FeatureCollection",
        "features": features,
        "for": mark.sentence(),
        "note": case::NON_PUNISHMENT_NOTE,
        "limits": LIMITS,
    });
    serde_json::to_vec_pretty(&map).map_err(|error| ExportError::Written(error.to_string()))
}

const LIMITS: &str = "A lead, not a verdict. Cells tell where phones were heard: an area with a probability, never an address.";

fn areas(room: &RoomReport) -> Result<&[Area], ExportError> {
    if room.areas.is_empty() { Err(ExportError::NoPlace(room.id.clone())) } else { Ok(&room.areas) }
}

fn feature(room: &RoomReport, area: &Area) -> Value {
    let ring: Vec<[f64; 2]> = circle(area);
    json!({
        "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": [ring] },
        "properties": {
            "room": room.id,
            "verdict": room.verdict,
            "confidence": room.confidence,
            "probability": area.probability,
            "radius_m": area.radius_m,
            "cells": area.cells,
            "first_seen": room.first_seen,
            "last_seen": room.last_seen,
        },
    })
}

/// Longitude and latitude of the corners, against the clock, the first again at the end (RFC 7946, 3.1.6).
fn circle(area: &Area) -> Vec<[f64; 2]> {
    let east_m = DEGREE_M * area.lat.to_radians().cos().max(0.01);
    let corner = |nth: u32| {
        let angle = f64::from(nth % CORNERS) / f64::from(CORNERS) * std::f64::consts::TAU;
        let lon = area.lon + area.radius_m * angle.cos() / east_m;
        let lat = area.lat + area.radius_m * angle.sin() / DEGREE_M;
        [rounded(lon), rounded(lat)]
    };
    (0..=CORNERS).map(corner).collect()
}

/// Six decimals are a tenth of a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

/// The areas as KML. Errors: no place is known.
pub(crate) fn kml(room: &RoomReport, mark: &Mark) -> Result<Vec<u8>, ExportError> {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>{}</name>\n<description>{}</description>\n",
        escaped(&format!("{} of {}", room.id, mark.casebook)),
        escaped(&format!("{} {LIMITS} {}", mark.sentence(), case::NON_PUNISHMENT_NOTE))
    );
    for area in areas(room)? {
        let corners: Vec<String> =
            circle(area).iter().map(|[lon, lat]| format!("{lon},{lat},0")).collect();
        let _infallible = writeln!(
            text,
            "<Placemark>\n<name>{}</name>\n<description>{}</description>\n<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon>\n</Placemark>",
            escaped(&format!("{}: {:.0} %", room.id, area.probability * 100.0)),
            escaped(&format!("cells {}", area.cells.join(", "))),
            corners.join(" ")
        );
    }
    text.push_str("</Document>\n</kml>\n");
    Ok(text.into_bytes())
}

/// A text in XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mark, room};

    #[test]
    fn a_circle_is_closed_and_as_wide_as_it_should_be() {
        let area = &room().areas[0];
        let ring = circle(area);
        assert_eq!((ring.len(), ring[0]), (65, ring[64]));
        let north_m = (ring[16][1] - area.lat) * DEGREE_M;
        assert!((north_m - area.radius_m).abs() < 1.0, "{north_m}");
        assert!(ring[1][1] > ring[0][1], "against the clock");
    }

    #[test]
    fn a_room_without_a_place_has_no_map() {
        let mut room = room();
        room.areas.clear();
        assert!(matches!(geo_json(&room, &mark()), Err(ExportError::NoPlace(_))));
        assert!(matches!(kml(&room, &mark()), Err(ExportError::NoPlace(_))));
    }

    #[test]
    fn maps_say_how_sure_they_are_and_what_they_are_not() {
        let map: Value = serde_json::from_slice(&geo_json(&room(), &mark()).unwrap()).unwrap();
        assert_eq!(map["features"][0]["properties"]["probability"], 0.8);
        assert_eq!(map["features"].as_array().unwrap().len(), 2);
        let mut room = room();
        room.areas[0].cells = vec!["<b>&".to_owned()];
        let kml = String::from_utf8(kml(&room, &mark()).unwrap()).unwrap();
        assert!(
            kml.contains("R1: 80 %")
                && kml.contains("&lt;b&gt;&amp;")
                && kml.contains("never an address")
        );
    }
}
