//! The lines of a room through time: from first call to last, and which went on with whose handset.

use super::{begun, escaped};
use report::LineReport;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const LEFT: f64 = 78.0;
const WIDTH: f64 = 820.0;
const ROW: f64 = 13.0;
const TOP: f64 = 22.0;
/// Lines that are drawn; the others are said.
pub(crate) const LINES_MAX: usize = 60;

/// The lifelines of a room's lines, and how many were left out.
pub(crate) fn lifelines(lines: &[LineReport]) -> (String, usize) {
    let drawn = &lines[..lines.len().min(LINES_MAX)];
    let spans: Vec<(f64, f64)> =
        drawn.iter().map(|line| (seconds(&line.first_seen), seconds(&line.last_seen))).collect();
    let from = spans.iter().map(|span| span.0).fold(f64::INFINITY, f64::min);
    let to = spans.iter().map(|span| span.1).fold(f64::NEG_INFINITY, f64::max);
    let scale = |at: f64| LEFT + (at - from) / (to - from).max(1.0) * (WIDTH - LEFT - 10.0);
    let rows = u32::try_from(drawn.len()).unwrap_or(0);
    let height = TOP + f64::from(rows) * ROW + 6.0;
    let says = format!("{} lines, each from its first call to its last", drawn.len());
    let mut svg = begun("lifelines", WIDTH, height, &says);
    days(&mut svg, from, to, height, scale);
    let place: BTreeMap<&str, f64> =
        (0_u32..).zip(drawn).map(|(row, line)| (&*line.line, y_of(row))).collect();
    for ((row, line), (first, last)) in (0_u32..).zip(drawn).zip(&spans) {
        let (x, y) = (scale(*first), y_of(row));
        let _infallible = write!(
            svg,
            "<text x=\"0\" y=\"{:.1}\" class=\"tick\">{}</text><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"7\" rx=\"3\" class=\"role-{}\"><title>{} {}, {} calls, {} to {}</title></rect>",
            y + 7.0,
            escaped(&line.id),
            (scale(*last) - x).max(3.0),
            escaped(&line.role),
            escaped(&line.id),
            escaped(&line.role),
            line.calls,
            escaped(&line.first_seen),
            escaped(&line.last_seen)
        );
        let next = line.continues_as.as_ref().and_then(|next| place.get(&**next));
        if let Some(below) = next {
            let x = scale(*last);
            let _infallible = write!(
                svg,
                "<path d=\"M{x:.1} {:.1} V{:.1}\" class=\"hand-over\"><title>its handset goes on with another line</title></path>",
                y + 3.5,
                below + 3.5
            );
        }
    }
    svg.push_str("</svg>");
    (svg, lines.len() - drawn.len())
}

fn y_of(row: u32) -> f64 {
    TOP + f64::from(row) * ROW
}

/// A line for each day, or for as many of them as can be read.
fn days(svg: &mut String, from: f64, to: f64, height: f64, scale: impl Fn(f64) -> f64) {
    const DAY_S: f64 = 86_400.0;
    if !(from.is_finite() && to.is_finite()) {
        return;
    }
    let every = ((to - from) / DAY_S / 10.0).ceil().max(1.0) * DAY_S;
    let mut day = (from / DAY_S).ceil() * DAY_S;
    while day <= to {
        let x = scale(day);
        let _infallible = write!(
            svg,
            "<path d=\"M{x:.1} {TOP} V{height:.0}\" class=\"grid\"/><text x=\"{x:.1}\" y=\"13\" class=\"tick\">{}</text>",
            day_text(day)
        );
        day += every;
    }
}

/// `2023-10-07 10:11:12` as seconds of its own clock; 0 where it is none.
fn seconds(stamp: &str) -> f64 {
    let stamp = stamp.parse::<jiff::civil::DateTime>();
    let stamp = stamp.and_then(|stamp| stamp.to_zoned(jiff::tz::TimeZone::UTC));
    stamp.map_or(0.0, |stamp| stamp.timestamp().as_second() as f64)
}

fn day_text(at_s: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a day of this century in seconds")]
    let stamp = jiff::Timestamp::from_second(at_s as i64);
    stamp.map_or_else(|_| String::new(), |stamp| stamp.strftime("%d %b").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(nth: usize, day: usize, next: Option<&str>) -> LineReport {
        LineReport {
            id: format!("R1-L{nth:02}"),
            line: format!("+9990{nth}"),
            first_seen: format!("2023-10-{day:02} 08:00:00"),
            last_seen: format!("2023-10-{:02} 18:00:00", day + 2),
            weight: 1.0,
            role: "worker".to_owned(),
            role_confidence: 0.9,
            controller: 0.0,
            continues_as: next.map(str::to_owned),
            calls: 10,
            targets: 9,
            handsets: Vec::new(),
            days: Vec::new(),
            measures: Vec::new(),
        }
    }

    #[test]
    fn a_hand_over_is_drawn_and_the_number_is_not() {
        let (svg, left_out) = lifelines(&[line(1, 1, Some("+99902")), line(2, 4, None)]);
        assert_eq!((svg.matches("hand-over").count(), left_out), (1, 0));
        assert!(svg.contains("R1-L02 worker, 10 calls, 2023-10-04") && !svg.contains("+9990"));
        let many: Vec<LineReport> = (0..100).map(|nth| line(nth, 1, None)).collect();
        assert_eq!(lifelines(&many).1, 40);
        assert!(lifelines(&[]).0.ends_with("</svg>"));
    }
}
