//! Calls by weekday and hour: a room's shift in one look.

use super::begun;
use std::fmt::Write as _;

const CELL: f64 = 22.0;
const LEFT: f64 = 42.0;
const TOP: f64 = 20.0;
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The card of calls by weekday (Monday first) and hour. `clock` says whose hours they are.
pub(crate) fn punch_card(calls: &[[u32; 24]], clock: &str) -> String {
    let most = calls.iter().flatten().copied().max().unwrap_or(0).max(1);
    let (width, height) = (LEFT + 24.0 * CELL + 4.0, TOP + 7.0 * CELL + 4.0);
    let mut svg = begun("punch-card", width, height, &said(calls, clock));
    for hour in (0..24_u8).step_by(3) {
        let x = LEFT + f64::from(hour) * CELL;
        let _infallible =
            write!(svg, "<text x=\"{x:.0}\" y=\"13\" class=\"tick\">{hour:02}</text>");
    }
    for ((row, day), name) in (0_u8..).zip(calls).zip(DAYS) {
        let y = TOP + f64::from(row) * CELL;
        let _infallible =
            write!(svg, "<text x=\"0\" y=\"{:.0}\" class=\"tick\">{name}</text>", y + 15.0);
        for (hour, count) in (0_u8..).zip(day) {
            let x = LEFT + f64::from(hour) * CELL;
            let _infallible = write!(
                svg,
                "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{size:.0}\" height=\"{size:.0}\" rx=\"3\" class=\"heat-{}\"><title>{name} {hour:02}:00, {count} calls</title></rect>",
                heat(*count, most),
                size = CELL - 2.0
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// From 0, no call, to 5, most; by the root, so that an early hour is seen beside the busiest.
fn heat(count: u32, most: u32) -> u32 {
    (1..=5)
        .rev()
        .find(|level| count * 25 >= most * (level - 1) * (level - 1) && count > 0)
        .unwrap_or(0)
}

fn said(calls: &[[u32; 24]], clock: &str) -> String {
    let by_hour = |hour: usize| calls.iter().map(|day| day[hour]).sum::<u32>();
    let busiest = (0..24).max_by_key(|hour| (by_hour(*hour), 24 - hour)).unwrap_or(0);
    let all: u32 = calls.iter().flatten().sum();
    format!("{all} calls by weekday and hour, {clock}; most from {busiest:02}:00 on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_hour_is_hottest_and_an_empty_one_is_blank() {
        let mut calls = vec![[0; 24]; 7];
        calls[0][9] = 100;
        calls[6][23] = 1;
        let svg = punch_card(&calls, "clock of Lima");
        assert_eq!(svg.matches("class=\"heat-5\"").count(), 1);
        assert_eq!(svg.matches("class=\"heat-1\"").count(), 1);
        assert_eq!(svg.matches("class=\"heat-0\"").count(), 7 * 24 - 2);
        assert!(svg.contains("Mon 09:00, 100 calls") && svg.contains("most from 09:00 on"));
        assert!(punch_card(&vec![[0; 24]; 7], "no calls").contains("0 calls"));
    }
}
