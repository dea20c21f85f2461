//! A room's site as an area with a probability, and its alternatives: cells tell where a phone was heard, never a pin.
//!
//! A cell is heard within a disc around its mast; a sector, within one ahead of it. Discs that lie near each other are one area.

use crate::input::Input;
use report::Area;
use rooms::Room;

/// A disc in which a cell is heard.
#[derive(Clone, Debug)]
struct Disc {
    lat: f64,
    lon: f64,
    radius_m: f64,
    share: f64,
    cell: String,
}

/// How far a cell is heard where its table does not say, metres: a guess for towns.
const RANGE_M: f64 = 1_500.0;
/// Discs whose middles lie no further apart are of one area, metres.
const NEAR_M: f64 = 4_000.0;
const DEGREE_M: f64 = 111_320.0;

/// The areas of a room, the likeliest first; none where no cell's place is known.
pub(crate) fn areas(room: &Room, input: &Input) -> Vec<Area> {
    let discs: Vec<Disc> = room
        .site
        .iter()
        .filter_map(|cell| {
            let name = input.calls.names.cells.text(cell.cell);
            let position = input.cells.at(&name, room.last_s)?;
            Some(disc(position, cell.share, name))
        })
        .collect();
    grouped(discs)
}

fn disc(position: &feeds::cells::Position, share: f64, cell: String) -> Disc {
    let range_m = position.range_m.unwrap_or(RANGE_M);
    let (lat, lon) = (position.lat, position.lon);
    match position.azimuth_deg {
        None => Disc { lat, lon, radius_m: range_m, share, cell },
        Some(azimuth_deg) => {
            let (north, east) = (azimuth_deg.to_radians().cos(), azimuth_deg.to_radians().sin());
            let ahead_m = range_m / 2.0;
            Disc {
                lat: lat + north * ahead_m / DEGREE_M,
                lon: lon + east * ahead_m / (DEGREE_M * lat.to_radians().cos().max(0.01)),
                radius_m: ahead_m,
                share,
                cell,
            }
        }
    }
}

fn grouped(discs: Vec<Disc>) -> Vec<Area> {
    let all: f64 = discs.iter().map(|disc| disc.share).sum();
    let mut groups: Vec<Vec<Disc>> = Vec::new();
    for disc in discs {
        let near = |group: &Vec<Disc>| group.iter().any(|other| apart_m(&disc, other) <= NEAR_M);
        let (joined, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(near);
        groups = rest;
        groups.push(joined.into_iter().flatten().chain([disc]).collect());
    }
    let mut areas: Vec<Area> = groups.iter().map(|group| area(group, all)).collect();
    areas.sort_by(|a, b| b.probability.total_cmp(&a.probability).then(a.cells.cmp(&b.cells)));
    areas
}

fn area(group: &[Disc], all: f64) -> Area {
    let weight: f64 = group.iter().map(|disc| disc.share).sum();
    let mean =
        |of: fn(&Disc) -> f64| group.iter().map(|disc| of(disc) * disc.share).sum::<f64>() / weight;
    let (lat, lon) = (mean(|disc| disc.lat), mean(|disc| disc.lon));
    let middle = Disc { lat, lon, radius_m: 0.0, share: 0.0, cell: String::new() };
    let reach = group.iter().map(|disc| apart_m(&middle, disc) + disc.radius_m).fold(0.0, f64::max);
    let coarse = |degrees: f64| (degrees * 1_000.0).round() / 1_000.0;
    Area {
        lat: coarse(lat),
        lon: coarse(lon),
        radius_m: (reach / 100.0).ceil() * 100.0,
        probability: crate::reported::rounded(weight / all),
        cells: group.iter().map(|disc| disc.cell.clone()).collect(),
    }
}

fn apart_m(a: &Disc, b: &Disc) -> f64 {
    let north = (a.lat - b.lat) * DEGREE_M;
    let east = (a.lon - b.lon) * DEGREE_M * a.lat.to_radians().cos();
    north.hypot(east)
}

/// The areas in a sentence.
pub(crate) fn page(areas: &[Area]) -> String {
    let of = |area: &Area| {
        let Area { lat, lon, radius_m, probability, .. } = area;
        format!(
            "within {:.1} km of {lat:.3}, {lon:.3} ({:.0} %)",
            radius_m / 1_000.0,
            probability * 100.0
        )
    };
    match areas {
        [] => String::new(),
        areas => {
            format!("  Area: {}\n", areas.iter().take(3).map(of).collect::<Vec<_>>().join(", or "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use feeds::cells::Position;

    fn of(lat: f64, lon: f64, azimuth_deg: Option<f64>, share: f64) -> Disc {
        let range_m = azimuth_deg.map(|_| 2_000.0);
        let position =
            Position { from_s: 0, to_s: u32::MAX, lat, lon, site: None, azimuth_deg, range_m };
        disc(&position, share, format!("{lat} {lon}"))
    }

    #[test]
    fn near_cells_are_one_area_and_far_ones_an_alternative() {
        let areas = grouped(vec![
            of(-12.080, -76.930, None, 0.6),
            of(-12.085, -76.932, None, 0.3),
            of(-12.500, -76.700, None, 0.1),
        ]);
        assert_eq!(areas.len(), 2);
        assert!((areas[0].probability - 0.9).abs() < 1e-9 && areas[0].radius_m >= RANGE_M);
        assert!((areas[1].probability - 0.1).abs() < 1e-9);
    }

    #[test]
    fn a_sector_looks_ahead_of_its_mast() {
        let north = of(0.0, 0.0, Some(0.0), 1.0);
        assert!(north.lat > 0.008 && north.lon.abs() < 1e-9);
        assert!((north.radius_m - 1_000.0).abs() < 1e-9);
    }
}
