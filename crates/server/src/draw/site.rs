//! A room's place as areas with their probability: cells tell where a phone was heard, never a pin.

use super::begun;
use report::Area;
use std::fmt::Write as _;

const SIZE: f64 = 380.0;
/// Metres in a degree of latitude.
const DEGREE_M: f64 = 111_320.0;

/// The areas of a room on one scale, north up; `None` where no place is known.
pub(crate) fn site(areas: &[Area]) -> Option<String> {
    let first = areas.first()?;
    let east_m = DEGREE_M * first.lat.to_radians().cos();
    let place = |area: &Area| ((area.lon - first.lon) * east_m, (first.lat - area.lat) * DEGREE_M);
    let reach_m = areas.iter().map(|area| {
        let (x, y) = place(area);
        x.hypot(y) + area.radius_m
    });
    let reach_m = reach_m.fold(500.0, f64::max) * 1.1;
    let scale = SIZE / 2.0 / reach_m;
    let says = format!(
        "{} areas in which the room may be; the likeliest holds {:.0} % of what was heard",
        areas.len(),
        first.probability * 100.0
    );
    let mut svg = begun("site", SIZE, SIZE + 24.0, &says);
    for line in 0..=4_u8 {
        let at = f64::from(line) * SIZE / 4.0;
        let _infallible =
            write!(svg, "<path d=\"M{at:.0} 0 V{SIZE:.0} M0 {at:.0} H{SIZE:.0}\" class=\"grid\"/>");
    }
    for area in areas {
        let (x, y) = place(area);
        let (x, y) = (SIZE / 2.0 + x * scale, SIZE / 2.0 + y * scale);
        let _infallible = write!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\" class=\"area area-{}\"><title>{:.4}, {:.4}, within {:.0} m: {:.0} %</title></circle><text x=\"{x:.1}\" y=\"{y:.1}\" class=\"area-label\">{:.0} %</text>",
            (area.radius_m * scale).max(3.0),
            level(area.probability),
            area.lat,
            area.lon,
            area.radius_m,
            area.probability * 100.0,
            area.probability * 100.0
        );
    }
    let bar_m = round_m(reach_m / 2.0);
    let _infallible = write!(
        svg,
        "<path d=\"M4 {y:.0} h{:.1}\" class=\"scale\"/><text x=\"4\" y=\"{:.0}\" class=\"tick\">{}</text><text x=\"{:.0}\" y=\"{:.0}\" class=\"tick\">N ↑</text></svg>",
        bar_m * scale,
        SIZE + 20.0,
        metres(bar_m),
        SIZE - 30.0,
        SIZE + 20.0,
        y = SIZE + 6.0
    );
    Some(svg)
}

fn level(probability: f64) -> u8 {
    [0.66, 0.33, 0.1]
        .into_iter()
        .zip([3, 2, 1])
        .find(|(least, _)| probability >= *least)
        .map_or(0, |(_, level)| level)
}

/// The greatest of 1, 2, 5, 10, 20 … that is not above.
fn round_m(length_m: f64) -> f64 {
    let ten = 10_f64.powf(length_m.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * ten).find(|step| *step <= length_m).unwrap_or(ten)
}

fn metres(length_m: f64) -> String {
    if length_m >= 1_000.0 {
        format!("{:.0} km", length_m / 1_000.0)
    } else {
        format!("{length_m:.0} m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_drawn_with_their_probability_and_a_scale() {
        let area = |lat, probability| Area {
            lat,
            lon: -77.0,
            radius_m: 1_500.0,
            probability,
            cells: Vec::new(),
        };
        let svg = site(&[area(-12.0, 0.8), area(-12.1, 0.2)]).unwrap();
        assert!(svg.contains("area-3") && svg.contains("80 %") && svg.contains("area-1"));
        assert_eq!(site(&[]), None);
        assert_eq!((round_m(7_300.0), round_m(1_200.0), round_m(30.0)), (5_000.0, 1_000.0, 20.0));
    }
}
