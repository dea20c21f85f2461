//! Calls by day, as bars.

use super::{begun, escaped};
use std::fmt::Write as _;

const WIDTH: f64 = 820.0;
const HEIGHT: f64 = 120.0;
const LEFT: f64 = 34.0;
/// Where the bars stand.
const FOOT: f64 = 98.0;
const TOP: f64 = 14.0;

fn dated((day, calls): &(String, u32)) -> Option<(jiff::civil::Date, &str, u32)> {
    Some((day.parse().ok()?, day, *calls))
}

/// A bar for each day from the first to the last: days without calls stay free.
pub(crate) fn days(calls: &[(String, u32)]) -> String {
    let all: Vec<_> = calls.iter().filter_map(dated).collect();
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return String::new() };
    let after = |day: jiff::civil::Date| f64::from((day - first.0).get_days());
    let count = after(last.0) + 1.0;
    let most = all.iter().map(|(.., calls)| *calls).max().unwrap_or(1).max(1);
    let step = (WIDTH - LEFT) / count;
    let says =
        format!("calls on {} days, from {} to {}, {most} at most", all.len(), first.1, last.1);
    let mut svg = begun("days", WIDTH, HEIGHT, &says);
    let _infallible = write!(
        svg,
        "<path d=\"M{LEFT} {FOOT} H{WIDTH}\" class=\"grid\"/><text x=\"0\" y=\"{:.0}\" class=\"tick\">{most}</text><text x=\"0\" y=\"{FOOT}\" class=\"tick\">0</text>",
        TOP + 8.0
    );
    for (day, text, calls) in &all {
        let height = f64::from(*calls) / f64::from(most) * (FOOT - TOP);
        let _infallible = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{height:.1}\" class=\"heat-4\"><title>{}: {calls}</title></rect>",
            LEFT + after(*day) * step + 1.0,
            FOOT - height,
            (step - 2.0).clamp(1.0, 40.0),
            escaped(text)
        );
    }
    let _infallible = write!(
        svg,
        "<text x=\"{LEFT}\" y=\"{:.0}\" class=\"tick\">{}</text><text x=\"{WIDTH}\" y=\"{:.0}\" class=\"tick\" text-anchor=\"end\">{}</text></svg>",
        HEIGHT - 6.0,
        escaped(first.1),
        HEIGHT - 6.0,
        escaped(last.1)
    );
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_calls_stay_free_and_the_fullest_is_the_highest() {
        let svg = days(&[("2023-10-04".to_owned(), 10), ("2023-10-07".to_owned(), 40)]);
        assert_eq!(svg.matches("<rect").count(), 2);
        assert!(svg.contains("height=\"84.0\"") && svg.contains("height=\"21.0\""), "{svg}");
        assert!(svg.contains("calls on 2 days, from 2023-10-04 to 2023-10-07, 40 at most"));
        assert_eq!(days(&[]), "");
    }
}
