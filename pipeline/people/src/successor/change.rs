//! Lines that go quiet, and lines that begin.
//!
//! Means: on one day a line's calls, made and received, fall to a part of what they were, or rise from next to nothing. A line need not go
//! silent: people go on ringing the old number. Known false alarms: journeys, illness, holidays; whether somebody goes on with a line is
//! told by contacts, not by this.

use crate::config::SuccessorConfig;
use domain::num::u32_of;
use domain::zone::DAY_S;
use facts::{CallPart, Calls};
use linkage::weight::surprise;
use std::io;

/// A line that goes quiet or begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Change {
    /// The line.
    pub(crate) line: u32,
    /// Whether it goes quiet; else it begins.
    pub(crate) fades: bool,
    /// The day, counted from the first of the facts.
    pub(crate) day: usize,
    /// When that day begins, epoch seconds.
    pub(crate) at_s: u32,
}

/// The changes of all lines, in their order. Errors: the shelf fails.
pub(crate) fn changes(
    calls: &Calls,
    day_s: u32,
    config: &SuccessorConfig,
) -> io::Result<Vec<Change>> {
    let days = (calls.last_s.saturating_sub(day_s) / DAY_S + 1) as usize;
    // Of more lines and days more break by chance: a break must be firmer there.
    let places = calls.names.lines.len() as f64 * days as f64;
    let chance_bits = (places / config.change_places).log2().max(0.0);
    let bits_min = config.change_bits_min + chance_bits;
    let of_part = calls.map_parts(|part| {
        let mut found = Vec::new();
        for (place, line) in part.lines().iter().enumerate() {
            let calls = part.made_at(place).len() + part.received_at(place).len();
            if calls >= config.calls_min {
                let daily = daily(part, place, day_s, days);
                found.extend(of_line(*line, &daily, day_s, bits_min, config));
            }
        }
        found
    })?;
    let mut all = of_part.concat();
    all.sort_by_key(|change| (change.line, change.day));
    Ok(all)
}

/// Calls made and received on each day.
fn daily(part: &CallPart, place: usize, day_s: u32, days: usize) -> Vec<f64> {
    let mut daily = vec![0.0; days];
    let made = part.made_at(place).map(|row| part.start_s[row]);
    let received = part.received_at(place).map(|row| part.inbound.start_s[row]);
    for start_s in made.chain(received) {
        let day = (start_s.saturating_sub(day_s) / DAY_S) as usize;
        daily[day.min(days - 1)] += 1.0;
    }
    daily
}

/// The day on which a line goes quiet the most, and the day on which it begins, if any are firm enough.
fn of_line(
    line: u32,
    daily: &[f64],
    day_s: u32,
    bits_min: f64,
    config: &SuccessorConfig,
) -> impl Iterator<Item = Change> {
    let mut best: [Option<(f64, usize)>; 2] = [None, None];
    for day in 1..daily.len() {
        let window = |from: usize, to: usize| (daily[from..to].iter().sum::<f64>(), to - from);
        let (before, before_days) = window(day.saturating_sub(config.window_days), day);
        let (after, after_days) = window(day, daily.len().min(day + config.window_days));
        let rates = (before / before_days as f64, after / after_days as f64);
        for (fades, usual, now, now_days, seen) in [
            (true, rates.0, rates.1, after_days, after),
            (false, rates.1, rates.0, before_days, before),
        ] {
            let enough = usual >= config.calls_a_day_min && now <= config.rate_share_max * usual;
            let bits = missing(seen, usual * now_days as f64);
            let most = &mut best[usize::from(!fades)];
            if enough && bits >= bits_min && most.is_none_or(|(most, _)| bits > most) {
                *most = Some((bits, day));
            }
        }
    }
    let change = move |(fades, found): (bool, Option<(f64, usize)>)| {
        let (_, day) = found?;
        Some(Change { line, fades, day, at_s: day_s + u32_of(day) * DAY_S })
    };
    [(true, best[0]), (false, best[1])].into_iter().filter_map(change)
}

/// How surprising it is that only so many calls are seen where so many were to be expected, bits.
fn missing(seen: f64, expected: f64) -> f64 {
    // The same likelihood ratio as for too many, the other way round.
    let floor = seen.max(1e-9);
    ((seen * (floor / expected).ln() + expected - seen) / std::f64::consts::LN_2)
        .max(surprise(0.0, expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(daily: &[f64]) -> Vec<(bool, usize)> {
        let config = SuccessorConfig::default();
        of_line(1, daily, 0, config.change_bits_min, &config)
            .map(|change| (change.fades, change.day))
            .collect()
    }

    #[test]
    fn the_day_of_the_break_is_found() {
        assert_eq!(told(&[9.0, 8.0, 10.0, 9.0, 9.0, 1.0, 0.0, 1.0]), [(true, 5)]);
        assert_eq!(told(&[0.0, 0.0, 0.0, 0.0, 9.0, 8.0, 9.0]), [(false, 4)]);
        assert_eq!(told(&[9.0, 8.0, 10.0, 9.0, 7.0, 9.0]), []);
    }

    #[test]
    fn a_line_that_lives_for_days_begins_and_goes_quiet() {
        let daily = [0.0, 0.0, 0.0, 30.0, 25.0, 28.0, 0.0, 0.0, 0.0];
        assert_eq!(told(&daily), [(true, 6), (false, 3)]);
    }
}
