//! Lanes through time: one for each entity, with what happened to it.

use super::{begun, escaped};
use std::fmt::Write as _;

const WIDTH: f64 = 1_200.0;
const LEFT: f64 = 230.0;
const ROW: f64 = 22.0;
const TOP: f64 = 26.0;
/// Letters of a lane's name.
const NAME_MAX: usize = 32;
const DAY_US: i64 = 86_400_000_000;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// To which entity.
    pub(crate) lane: String,
    /// When it began, microseconds since 1970-01-01 UTC.
    pub(crate) from_us: i64,
    /// When it ended; the same where it was a moment.
    pub(crate) to_us: i64,
    /// What kind of thing: `room`, `claim`, …
    pub(crate) kind: &'static str,
    /// In a sentence.
    pub(crate) what: String,
    /// Where more is told.
    pub(crate) href: String,
}

/// The events that lie within a span, in lanes in the order in which they first come.
pub(crate) fn timeline(events: &[Event], from_us: i64, to_us: i64) -> String {
    let span = to_us.saturating_sub(from_us).max(1);
    let x = |at_us: i64| {
        let share = (at_us.clamp(from_us, to_us) - from_us) as f64 / span as f64;
        LEFT + share * (WIDTH - LEFT - 8.0)
    };
    let mut lanes: Vec<&str> = Vec::new();
    for event in events {
        if !lanes.contains(&&*event.lane) {
            lanes.push(&event.lane);
        }
    }
    let rows = u32::try_from(lanes.len()).unwrap_or(0);
    let height = TOP + f64::from(rows) * ROW + 8.0;
    let says = format!(
        "{} events of {} entities; the table below tells the same",
        events.len(),
        lanes.len()
    );
    let mut svg = begun("timeline", WIDTH, height, &says);
    ticks(&mut svg, from_us, to_us, height, x);
    for (row, lane) in (0_u32..).zip(&lanes) {
        let y = TOP + f64::from(row) * ROW;
        let name: String = lane.chars().take(NAME_MAX).collect();
        let _infallible = write!(
            svg,
            "<text x=\"0\" y=\"{:.0}\">{}</text><path d=\"M{LEFT} {:.0} H{WIDTH}\" class=\"grid\"/>",
            y + 13.0,
            escaped(&name),
            y + 9.0
        );
        for event in events.iter().filter(|event| event.lane == **lane) {
            let (left, right) = (x(event.from_us), x(event.to_us));
            let _infallible = write!(
                svg,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"10\" rx=\"4\" class=\"event-{}\"><title>{}</title></rect>",
                if right - left < 8.0 { left - 4.0 } else { left },
                y + 4.0,
                (right - left).max(8.0),
                event.kind,
                escaped(&event.what)
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// A line for each day, month or year, as many as can be read.
fn ticks(svg: &mut String, from_us: i64, to_us: i64, height: f64, x: impl Fn(i64) -> f64) {
    let days = (to_us - from_us) / DAY_US;
    let every = [1, 2, 7, 14, 30, 91, 182, 365, 730, 3_650].into_iter();
    let every = every.clone().find(|every| days / every <= 12).unwrap_or(36_500) * DAY_US;
    let mut at = from_us.div_euclid(DAY_US) * DAY_US + DAY_US;
    while at < to_us {
        let place = x(at);
        let day = jiff::Timestamp::from_microsecond(at);
        let day = day.map(|day| day.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
        let _infallible = write!(
            svg,
            "<path d=\"M{place:.1} {TOP} V{height:.0}\" class=\"grid\"/><text x=\"{place:.1}\" y=\"15\" class=\"tick\">{day}</text>"
        );
        at += every;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(lane: &str, from_us: i64, to_us: i64) -> Event {
        let (what, href) = (format!("<{lane}>"), String::new());
        Event { lane: lane.to_owned(), from_us, to_us, kind: "claim", what, href }
    }

    #[test]
    fn each_entity_has_a_lane_and_each_event_its_place() {
        let events =
            [event("a", 0, 0), event("b", 5 * DAY_US, 10 * DAY_US), event("a", DAY_US, DAY_US)];
        let svg = timeline(&events, 0, 10 * DAY_US);
        assert_eq!((svg.matches("<rect").count(), svg.matches(">a</text>").count()), (3, 1));
        assert!(svg.contains("&lt;a&gt;") && !svg.contains("<a>"));
        let middle = LEFT + (WIDTH - LEFT - 8.0) / 2.0;
        assert!(svg.contains(&format!("x=\"{middle:.1}\" y=\"52.0\"")), "{svg}");
    }

    #[test]
    fn a_span_of_years_has_few_ticks() {
        let svg = timeline(&[event("a", 0, 0)], 0, 5_000 * DAY_US);
        assert!(svg.matches("class=\"tick\"").count() < 14);
    }
}
