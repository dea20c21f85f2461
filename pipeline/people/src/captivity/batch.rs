//! Newcomers who came together.

use super::arrival::Life;
use super::newcomer::Newcomer;
use crate::config::CaptivityConfig;
use linkage::weight::surprise;
use std::ops::Range;

/// Of a room's newcomers, in order of time, those who came when it began, and those who came later in a batch: neighbours move in, and buy new
/// phones, one by one, and where many come every day some come together by chance.
pub(super) fn with_beginning_or_batch(
    mut newcomers: Vec<Newcomer>,
    life: &Life,
    config: &CaptivityConfig,
) -> Vec<Newcomer> {
    let life_s = life.last_s.saturating_sub(life.first_s).max(config.before_s);
    let by_chance = newcomers.len() as f64 * f64::from(config.together_s) / f64::from(life_s);
    for window in windows(&newcomers, config.together_s) {
        let bits = surprise(window.len() as f64, by_chance);
        if window.len() >= config.newcomers_min && bits >= config.batch_bits_min {
            newcomers[window].iter_mut().for_each(|one| one.in_batch = true);
        }
    }
    newcomers.retain(|one| one.in_batch || life.began_with(one.first_s));
    newcomers
}

/// The newcomers, in order of time, who came within a span of it and of whom the most are such: where such are enough, that span comes first.
pub(super) fn came_together<'a>(
    newcomers: &'a [Newcomer],
    is_such: impl Fn(&Newcomer) -> bool,
    config: &CaptivityConfig,
) -> &'a [Newcomer] {
    let worth = |window: &Range<usize>| {
        let such = newcomers[window.clone()].iter().filter(|one| is_such(one)).count();
        let enough = such >= config.newcomers_min
            && such as f64 >= config.silent_share_min * window.len() as f64;
        (enough, such, window.len(), std::cmp::Reverse(window.start))
    };
    let best = windows(newcomers, config.together_s).into_iter().max_by_key(worth);
    best.map_or(&[], |window| &newcomers[window])
}

/// For each newcomer, in order of time, those who came within so many seconds from it on.
fn windows(newcomers: &[Newcomer], within_s: u32) -> Vec<Range<usize>> {
    let end = |first: usize| {
        let end_s = newcomers[first].there_s.saturating_add(within_s);
        newcomers.partition_point(|one| one.there_s <= end_s)
    };
    (0..newcomers.len()).map(|first| first..end(first)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::tests::newcomer;

    const DAY_S: u32 = 86_400;

    /// Newcomers at these times, seconds from the room's first use.
    fn at(times_s: impl Iterator<Item = u32>) -> Vec<Newcomer> {
        let one = |(line, at_s)| Newcomer {
            first_s: at_s,
            there_s: at_s,
            in_batch: false,
            ..newcomer(line, true)
        };
        let mut all: Vec<Newcomer> = (0..).zip(times_s).map(one).collect();
        all.sort_by_key(|one| one.there_s);
        all
    }

    fn kept(times_s: impl Iterator<Item = u32>) -> usize {
        let life = Life { beginning: None, first_s: 0, last_s: 20 * DAY_S };
        with_beginning_or_batch(at(times_s), &life, &CaptivityConfig::default()).len()
    }

    #[test]
    fn a_batch_is_kept_and_neighbours_who_come_one_by_one_are_not() {
        let batch = || (0..6).map(|nth| 9 * DAY_S + nth * 600);
        assert_eq!(kept(batch()), 6);
        assert_eq!(kept(batch().take(4)), 0, "four are too few");
        assert_eq!(kept(batch().chain((0..20).map(|day| day * DAY_S + 50_000))), 6);
        assert_eq!(kept((0..12).map(|nth| 9 * DAY_S + nth * 1_800)), 0, "four in each span");
    }

    #[test]
    fn where_many_come_every_day_some_together_are_no_batch() {
        let daily =
            |day: u32| (0..60_u32).map(move |nth| day * DAY_S + nth % 5 * 17_000 + nth * 90);
        assert_eq!(kept((0..20).flat_map(daily)), 0);
    }

    #[test]
    fn a_crowd_that_lives_on_does_not_hide_a_batch_that_fell_silent() {
        let silent = (0..8).map(|line| newcomer(line, true));
        let later = |one: Newcomer| Newcomer { there_s: one.there_s + 5 * DAY_S, ..one };
        let crowd = (8..38).map(|line| later(newcomer(line, line < 17)));
        let all: Vec<Newcomer> = silent.chain(crowd).collect();
        let config = CaptivityConfig::default();
        assert_eq!(came_together(&all, Newcomer::is_silent, &config).len(), 8);
        assert_eq!(came_together(&all, |_| true, &config).len(), 30);
        assert_eq!(came_together(&[], |_| true, &config), []);
    }
}
