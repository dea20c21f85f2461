//! One room seen from two sides: the country that it phones from, and the country that it phones to.
//!
//! Takes: what each side saw of its rooms ([`Trace`]). Gives: which rooms of one side are rooms of the other, with a match weight and the
//! sentences behind it ([`Join`]). Points to one room: both saw calls to the same people begin within a minute, or people of one list called, and work
//! that began, paused and ended together, on the same days. Known false alarms: rooms of one ring that keep one shift; that alone joins nothing
//! (docs/concepts/vantage.md).
//!
//! A room whose numbers change each day is in pieces on the other side: several of its rooms may be one of this side's. No room of the other side is two
//! of this side's.

mod trace;

use crate::config::VantageConfig;
use linkage::weight::{probability, surprise};
use trace::Days;
pub use trace::{Trace, trace};

/// Two rooms, one of each side, that are one.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The room of this side: its place among its traces.
    pub here: usize,
    /// The room of the other side.
    pub there: usize,
    /// Match weight with the prior, bits.
    pub bits: f64,
    /// Probability, 0..=1.
    pub probability: f64,
    /// Why, a sentence each.
    pub statements: Vec<String>,
}

/// What a pair of rooms has in common.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    /// Calls to the same people that begin within a minute.
    calls: usize,
    /// Whether both sides saw it call then, often enough to expect some of the same calls.
    calls_on_both: bool,
    /// Calls of the one that made fewer while both sides have facts.
    fewer_calls: usize,
    /// People that both called, and how many chance gives.
    people: usize,
    people_by_chance: f64,
    /// Correlation of the work over the day, in bins of ten minutes; `None` where one is not seen at work.
    day: Option<f64>,
    /// Days on which both worked, while both sides have facts.
    days: Option<Days>,
}

/// The rooms of the other side that are rooms of this side, in their order.
pub fn joins(here: &[Trace], there: &[Trace], config: &VantageConfig) -> Vec<Join> {
    let pairs = |there: &[Trace]| -> Vec<Vec<Pair>> {
        there.iter().map(|other| here.iter().map(|own| Pair::of(own, other)).collect()).collect()
    };
    let own = pairs(there);
    let common = Common::of(&own, config);
    let prior = -((here.len().max(1) as f64) * config.prior_pairs).log2();
    let best = |(there, pairs): (usize, &Vec<Pair>)| best(there, pairs, prior, &common, config);
    let mut likely: Vec<Join> = own.iter().enumerate().filter_map(best).collect();
    likely.retain(|join| join.probability >= config.piece_min);
    // A room whose calls were found with one of the other side is none whose calls are others.
    let by_calls: Vec<bool> = (0..here.len())
        .map(|nth| {
            likely
                .iter()
                .any(|join| join.here == nth && own[join.there][nth].calls_bits(config) > 0.0)
        })
        .collect();
    likely.retain(|join| !(by_calls[join.here] && own[join.there][join.here].is_apart(config)));
    // Pieces of one room follow each other: together they show the days that each alone lacks.
    for (nth, _) in here.iter().enumerate() {
        let pieces = likely.iter().filter(|join| join.here == nth);
        // Others cannot make good for it that both sides saw calls, and not the same ones; nor does such a piece for the others.
        let pieces = pieces.filter(|join| !own[join.there][nth].is_apart(config));
        let pieces: Vec<&Trace> = pieces.map(|join| &there[join.there]).collect();
        if pieces.len() < 2 {
            continue;
        }
        let whole = pairs(&[Trace::together(&pieces)]);
        let Some(whole) = best((0, &whole[0])).filter(|whole| whole.here == nth) else { continue };
        for join in likely.iter_mut().filter(|join| join.here == nth) {
            let is_apart = own[join.there][nth].is_apart(config);
            if join.probability < whole.probability && !is_apart {
                join.statements.push("With its other pieces it is sure enough.".to_owned());
                (join.bits, join.probability) = (whole.bits, whole.probability);
            }
        }
    }
    likely.retain(|join| join.probability >= config.joined_min);
    likely
}

/// The room of this side that a room of the other side is most likely.
fn best(
    there: usize,
    pairs: &[Pair],
    prior: f64,
    common: &Common,
    config: &VantageConfig,
) -> Option<Join> {
    let mut weighed: Vec<(usize, f64, Vec<String>)> = pairs
        .iter()
        .enumerate()
        .map(|(here, pair)| {
            let (bits, statements) = pair.weigh(common, config);
            (here, prior + bits, statements)
        })
        .collect();
    // First whose calls it saw most of, where it saw many: a room there that holds lines of two shares calls with both.
    let many_calls = |here: usize| {
        let sure = pairs[here].calls_bits(config) >= config.calls_bits_max;
        if sure { pairs[here].calls } else { 0 }
    };
    weighed.sort_by(|a, b| {
        many_calls(b.0).cmp(&many_calls(a.0)).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0))
    });
    let others = weighed.iter().skip(1).map(|(_, bits, _)| *bits);
    let next_bits = others.fold(f64::NEG_INFINITY, f64::max);
    let (here, bits, statements) = weighed.into_iter().next()?;
    // Odds against all others of this side, not against chance alone.
    let probability = probability(bits.min(bits - next_bits));
    Some(Join { here, there, bits, probability, statements })
}

/// How much pairs of different rooms agree: all but the most alike for each room of the other side, which may be the same one.
struct Common {
    /// Mean and spread of Fisher's z of the correlation over the day.
    day: (f64, f64),
    days: Vec<f64>,
    piece_days: Vec<f64>,
}

impl Common {
    fn of(pairs: &[Vec<Pair>], config: &VantageConfig) -> Self {
        let day = Self::but_the_best(pairs, |pair| pair.day);
        Self {
            day: config.apart(&day),
            days: Self::but_the_best(pairs, |pair| Some(pair.days?.of_either)),
            piece_days: Self::but_the_best(pairs, |pair| Some(pair.days?.of_fewer)),
        }
    }

    fn but_the_best(pairs: &[Vec<Pair>], of: fn(&Pair) -> Option<f64>) -> Vec<f64> {
        let rest = pairs.iter().flat_map(|row| {
            let mut values: Vec<f64> = row.iter().filter_map(of).collect();
            values.sort_by(f64::total_cmp);
            values.pop();
            values
        });
        rest.collect()
    }

    /// The share of them that agree as well.
    fn chance(values: &[f64], value: f64) -> f64 {
        let as_well = values.iter().filter(|other| **other >= value).count();
        (as_well as f64 + 0.5) / (values.len() as f64 + 1.0)
    }
}

impl Pair {
    fn of(here: &Trace, there: &Trace) -> Self {
        let (people, people_by_chance) = here.people_of_both(there);
        let fewer_calls = here.calls_while(there).min(there.calls_while(here));
        Self {
            calls: here.calls_of_both(there),
            calls_on_both: Trace::are_enough(fewer_calls),
            fewer_calls,
            people,
            people_by_chance,
            day: here.day_correlation(there),
            days: here.days_of_both(there),
        }
    }

    /// What calls to the same people within a minute say, bits. Where both saw calls and few of them are the same, a few lines of one room were taken for the
    /// other's.
    fn calls_bits(&self, config: &VantageConfig) -> f64 {
        let few = (self.calls as f64) < config.same_calls_min * self.fewer_calls as f64;
        if self.calls_on_both && few {
            return 0.0;
        }
        surprise(self.calls as f64, config.calls_by_chance).min(config.calls_bits_max)
    }

    /// Whether both sides saw calls, next to none to the same people within a minute.
    fn is_apart(&self, config: &VantageConfig) -> bool {
        self.calls_on_both && self.calls_bits(config) <= 0.0
    }

    fn weigh(&self, common: &Common, config: &VantageConfig) -> (f64, Vec<String>) {
        let mut bits = 0.0;
        let mut statements = Vec::new();
        let weight = self.calls_bits(config);
        if weight > 0.0 {
            bits += weight;
            statements.push(format!(
                "{} calls to the same people begin within a minute of each other on both sides ({weight:+.1}).",
                self.calls
            ));
        }
        if self.is_apart(config) {
            bits += config.apart_bits;
            let weight = config.apart_bits;
            statements.push(format!(
                "Both sides saw calls, next to none to the same people within a minute ({weight:+.1})."
            ));
        }
        let weight = surprise(self.people as f64, self.people_by_chance.max(0.5))
            .min(config.people_bits_max);
        if weight > 0.0 {
            bits += weight;
            statements
                .push(format!("{} people were called on both sides ({weight:+.1}).", self.people));
        }
        if let Some(day) = self.day {
            let weight = config.alike(day, common.day);
            bits += weight;
            statements.push(format!(
                "Work begins, pauses and ends alike over the day: correlation {day:.2} ({weight:+.1})."
            ));
        }
        if let Some(days) = self.days {
            let (weight, share, of) = if days.of_either >= config.days_min {
                let chance = Common::chance(&common.days, days.of_either);
                (config.agreement(chance), days.of_either, "the days on which either did")
            } else if days.of_fewer >= config.piece_days_min {
                let chance = Common::chance(&common.piece_days, days.of_fewer);
                (
                    config.agreement(chance),
                    days.of_fewer,
                    "the days of the one that worked on fewer",
                )
            } else {
                (config.apart_bits, days.of_either, "the days on which either did")
            };
            bits += weight;
            let share = share * 100.0;
            statements.push(format!("Both worked on {share:.0} % of {of} ({weight:+.1})."));
        }
        (bits, statements)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trace::Done;

    /// Calls of a shift from an hour on, with a break, on some days.
    fn calls(
        from_h: u32,
        break_h: u32,
        days: std::ops::Range<u32>,
        person: u64,
    ) -> Vec<(u32, u64)> {
        let mut calls = Vec::new();
        for day in days {
            let shift = (from_h..from_h + 9).filter(|hour| *hour != break_h);
            for (nth, hour) in shift.enumerate() {
                for minute in [3, 13, 23, 33, 43, 53] {
                    let at_s = day * 86_400 + hour * 3_600 + minute * 60;
                    calls.push((at_s, person + u64::from(day) * 1_000 + nth as u64 * 10));
                }
            }
        }
        calls
    }

    /// A room that makes such calls.
    fn room(from_h: u32, break_h: u32, days: std::ops::Range<u32>, person: u64) -> Trace {
        let made = calls(from_h, break_h, days, person);
        Trace::of(Done { made, ..Done::default() }, (0, 30 * 86_400))
    }

    #[test]
    fn rooms_are_joined_with_themselves() {
        let here =
            [room(8, 12, 2..20, 1), room(9, 14, 4..25, 500_000), room(8, 11, 10..28, 900_000)];
        let there: Vec<Trace> = here.iter().map(|trace| trace.later(3)).collect();
        let joined: Vec<(usize, usize)> = joins(&here, &there, &VantageConfig::default())
            .iter()
            .map(|join| (join.here, join.there))
            .collect();
        assert_eq!(joined, [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn without_people_in_common_rhythm_alone_joins() {
        let here =
            [room(8, 12, 2..20, 1), room(9, 14, 4..25, 500_000), room(7, 11, 10..28, 900_000)];
        let there = [
            room(9, 14, 4..25, 1_500_000),
            room(7, 11, 10..28, 1_900_000),
            room(8, 12, 2..20, 1_000_001),
        ];
        let joined: Vec<(usize, usize)> = joins(&here, &there, &VantageConfig::default())
            .iter()
            .map(|join| (join.here, join.there))
            .collect();
        assert_eq!(joined, [(1, 0), (2, 1), (0, 2)]);
    }

    #[test]
    fn a_room_whose_calls_were_found_is_not_joined_with_one_of_other_calls() {
        let here = [room(8, 12, 2..20, 1)];
        let there = [here[0].later(3), room(8, 12, 2..20, 7_000_000)];
        let joined = joins(&here, &there, &VantageConfig::default());
        let joined: Vec<(usize, usize)> =
            joined.iter().map(|join| (join.here, join.there)).collect();
        assert_eq!(joined, [(0, 0)]);
    }

    #[test]
    fn calls_are_expected_on_both_sides_only_while_both_have_facts() {
        let here = room(8, 12, 2..29, 1);
        let made = [calls(8, 12, 26..29, 1), calls(8, 12, 31..60, 1)].concat();
        let there = Trace::of(Done { made, ..Done::default() }, (26 * 86_400, 60 * 86_400));
        let pair = Pair::of(&here, &there);
        assert!(!pair.is_apart(&VantageConfig::default()), "three days of both: {pair:?}");
    }

    #[test]
    fn a_room_that_holds_lines_of_two_is_not_joined_with_the_lesser() {
        let config = VantageConfig::default();
        let common = Common { day: (0.0, 1.0), days: Vec::new(), piece_days: Vec::new() };
        let best_of = |pairs: &[Pair]| {
            let best = best(0, pairs, -5.0, &common, &config).unwrap();
            (best.here, best.probability > config.joined_min)
        };
        let of_many = |calls, day| Pair {
            calls,
            calls_on_both: true,
            fewer_calls: 1_200,
            day: Some(day),
            ..Pair::default()
        };
        assert_eq!(best_of(&[of_many(300, 0.99), of_many(900, 0.1)]), (1, false));
        assert_eq!(best_of(&[of_many(300, 0.1), of_many(900, 0.99)]), (1, true));
        let by_chance = Pair { calls: 2, fewer_calls: 20, ..Pair::default() };
        let by_people =
            Pair { people: 200, people_by_chance: 1.0, day: Some(0.99), ..Pair::default() };
        assert_eq!(best_of(&[by_chance, by_people]), (1, true), "two calls are chance");
    }

    #[test]
    fn another_room_of_the_same_clock_is_not_joined() {
        let here = [room(8, 12, 2..20, 1), room(9, 14, 4..25, 500_000)];
        let other = [room(8, 13, 6..29, 3_000_000)];
        assert_eq!(joins(&here, &other, &VantageConfig::default()), []);
    }
}
