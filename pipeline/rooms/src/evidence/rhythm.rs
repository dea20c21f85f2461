//! Rhythm: lines that work the same shift.
//!
//! Means: the hours of two lines' calls agree, and their lives overlap or follow on each other. Points to a room: a shift has a common
//! start, stop and break, in the targets' clock (docs/concepts/figures.md). False alarms: everybody who works in an office; so rhythm never
//! brings lines together, it only tells apart lines that share something else.

use crate::candidate::CandidateCalls;
use crate::config::RhythmPair;

/// When a line works: shares of its calls by hour of the day (UTC), and its life.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Shares by hour.
    pub hours: [f64; 24],
    /// Calls they are counted from.
    pub calls: f64,
    /// First call made, epoch seconds.
    pub first_s: u32,
    /// Last call made, epoch seconds.
    pub last_s: u32,
}

/// The shift of a candidate: of calls made or, where it mostly receives, of all.
pub fn shift(calls: &CandidateCalls) -> Shift {
    let mut hours = [0.0; 24];
    let made = calls.made.iter().map(|call| call.start_s);
    let received = calls.received.iter().map(|call| call.start_s);
    let mostly_receives = calls.received.len() > calls.made.len();
    let (mut first_s, mut last_s, mut calls) = (u32::MAX, 0, 0.0);
    for start_s in made.chain(received.filter(|_| mostly_receives)) {
        hours[domain::zone::hour_of(start_s)] += 1.0;
        calls += 1.0;
        first_s = first_s.min(start_s);
        last_s = last_s.max(start_s);
    }
    if calls > 0.0 {
        hours.iter_mut().for_each(|hour| *hour /= calls);
    }
    Shift { hours, calls, first_s, last_s }
}

/// Weight of a pair in bits: overlap of their hours against the half that random working people share, shrunk for lines with
/// few calls; and a day's penalty for lives that lie far apart.
pub fn weight(a: &Shift, b: &Shift, config: &RhythmPair) -> f64 {
    let overlap: f64 = a.hours.iter().zip(b.hours).map(|(ours, theirs)| ours.min(theirs)).sum();
    // Few calls make ragged hours: the overlap of two honest samples of one shift falls with 1/sqrt(n).
    let blur_of =
        |shift: &Shift| (config.blur_calls / shift.calls.max(1.0)).sqrt().min(1.0) * config.blur;
    let blur = blur_of(a) + blur_of(b);
    let agree = ((overlap + blur).min(1.0) - config.overlap_by_chance) * config.overlap_bits;
    let apart_s = a.first_s.max(b.first_s).saturating_sub(a.last_s.min(b.last_s));
    let apart_days = f64::from(apart_s) / 86_400.0;
    agree.max(config.min_bits).min(config.max_bits) - (apart_days / config.apart_days).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: std::ops::Range<usize>, first_s: u32, last_s: u32) -> Shift {
        let mut shares = [0.0; 24];
        let width = hours.len() as f64;
        hours.for_each(|hour| shares[hour] = 1.0 / width);
        Shift { hours: shares, calls: 400.0, first_s, last_s }
    }

    #[test]
    fn the_same_shift_speaks_for_and_another_against() {
        let day = 86_400;
        let config = RhythmPair::default();
        let same = weight(&at(1..10, 0, 5 * day), &at(1..10, day, 6 * day), &config);
        let other = weight(&at(1..10, 0, 5 * day), &at(13..22, day, 6 * day), &config);
        let follows = weight(&at(1..10, 0, 5 * day), &at(1..10, 7 * day, 12 * day), &config);
        assert!(same > 1.5 && other < -2.0, "{same} {other}");
        assert!(
            follows < same && follows > 1.0,
            "lines live days, the room lives weeks: {follows}"
        );
    }
}
