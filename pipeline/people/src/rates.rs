//! How often the rooms at hand go on with those they talked to, by the length of the opening talk: what a talk means is learned from the
//! records themselves, without labels.
//!
//! Of those who are worked on a share is called by another line (`phi`), whatever the length of the first talk; of all others only as many as
//! chance gives (`c`). So the share that was followed up among people with a talk of some length tells how many of them are worked on:
//! `h = (f - c) / (phi - c)`: a mixture of two, as in learning from positive and unlabelled examples (Elkan and Noto, 2008). Chance is that
//! another line comes to the same entry of its list, counted among those talked to for seconds, and that who was let go talks for minutes once
//! more. How long the second talk is tells the two apart as well: those worked on are held by the second line too, others are let go again
//! after talks as long as those of all who were let go. Small counts lean on the priors of the configuration. The longest talks may hold a
//! transfer within the call, so that nobody needs to call again: for them the prior stands, and that nobody called says nothing.

use crate::config::TargetConfig;
use crate::opening::{FollowUp, Opening};
use std::ops::Range;

/// What was counted of the openings of a room.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// By direction (they called back, or not) and length of the talk.
    cells: [[Cell; BINS]; 2],
    /// Of those who were talked to for seconds, by direction: whom another line called at all.
    again: [Cell; 2],
    /// Follow-ups of those who were talked to for long, by their length.
    second: Lengths,
}

/// People by the length of a talk.
type Lengths = [f64; BINS];

/// Lengths of talk that are told apart.
pub(crate) const BINS: usize = 11;

/// People with a talk of some length, by what came of it.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// Followed up soon.
    quick: f64,
    /// Not soon; it is too early to say more.
    not_quick: f64,
    /// Not soon, but within two days.
    late: f64,
    /// Not within two days.
    never: f64,
}

/// What the openings of all rooms teach: how often those worked on are followed up, and others by chance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rates {
    of_direction: [Follow; 2],
    second: SecondTalk,
}

/// Follow-ups by their length, as shares of all.
#[derive(Clone, Debug, PartialEq)]
struct SecondTalk {
    /// Of those worked on.
    worked_on: Lengths,
    /// Of others, by chance.
    chance: Lengths,
}

/// How often people are followed up.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Follow {
    /// Shares of those worked on.
    quick: f64,
    late: f64,
    /// Shares of others, by chance.
    chance_quick: f64,
    chance_late: f64,
}

/// What a talk with one room means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RoomRates {
    follow: [Follow; 2],
    second: SecondTalk,
    /// By direction and length of talk, the share of people who are worked on.
    worked_on: [Lengths; 2],
    /// Whether the room hands people on by voice at all: else that nobody follows up means nothing.
    hands_on: bool,
}

/// No length of talk makes anybody sure.
const SHARE_SPAN: (f64, f64) = (0.001, 0.95);
/// Lengths of talk, before those that may hold a transfer, that show how often those worked on are followed up.
const LONG_BINS: Range<usize> = BINS - 3..BINS - 1;
/// The first length that a follow-up may have.
const FIRST_LONG_BIN: usize = 2;

impl Cell {
    /// Counts somebody who was followed up so long after, or not so far; not where it is too early to say.
    fn count(&mut self, after_s: Option<u32>, elapsed_s: u32, config: &TargetConfig) {
        let count = match after_s {
            Some(after_s) if after_s <= config.quick_s => &mut self.quick,
            Some(_) => &mut self.late,
            None if elapsed_s >= config.slow_s => &mut self.never,
            None if elapsed_s >= config.quick_s => &mut self.not_quick,
            None => return,
        };
        *count += 1.0;
    }

    fn add(&mut self, other: Self) {
        self.quick += other.quick;
        self.not_quick += other.not_quick;
        self.late += other.late;
        self.never += other.never;
    }

    fn sum(cells: &[Self]) -> Self {
        let mut all = Self::default();
        cells.iter().for_each(|cell| all.add(*cell));
        all
    }

    fn people(self) -> f64 {
        self.quick + self.not_quick + self.late + self.never
    }

    /// Share followed up soon, leaning on a prior.
    fn quick_share(self, prior: f64, weight: f64) -> f64 {
        (self.quick + weight * prior) / (self.people() + weight)
    }

    /// Share followed up later, of all, leaning on a prior.
    fn late_share(self, prior: f64, quick_share: f64, weight: f64) -> f64 {
        let not_quick = self.late + self.never;
        let of_rest = (self.late + weight * prior) / (not_quick + weight);
        of_rest * (1.0 - quick_share)
    }
}

impl Tally {
    /// Counts an opening that is old enough to be followed up soon.
    pub(crate) fn add(&mut self, opening: &Opening, config: &TargetConfig) {
        let bin = bin(opening.talk.talk_s, config);
        let direction = usize::from(opening.talk.inbound);
        let Opening { follow_up, tried_after_s, elapsed_s, .. } = *opening;
        if let Some(second) = follow_up.filter(|_| LONG_BINS.contains(&bin)) {
            self.second[self::bin(second.talk.talk_s, config)] += 1.0;
        }
        let after_s = follow_up.map(|second| second.after_s);
        self.cells[direction][bin].count(after_s, elapsed_s, config);
        if bin == 0 {
            self.again[direction].count(tried_after_s, elapsed_s, config);
        }
    }

    fn sum<'a>(tallies: impl Iterator<Item = &'a Self>) -> Self {
        let mut all = Self::default();
        for tally in tallies {
            let cells = all.cells.iter_mut().flatten().zip(tally.cells.iter().flatten());
            cells.for_each(|(sum, own)| sum.add(*own));
            all.again.iter_mut().zip(tally.again).for_each(|(sum, own)| sum.add(own));
            all.second.iter_mut().zip(tally.second).for_each(|(sum, own)| *sum += own);
        }
        all
    }

    /// Whether enough of those talked to for long are called by another line: so too where there are too few to tell.
    fn hands_on(&self, config: &TargetConfig) -> bool {
        let long = self.cells.map(|cells| Cell::sum(&cells[LONG_BINS]));
        let mut known =
            long.iter().filter(|long| long.people() >= config.prior_people / 2.0).peekable();
        known.peek().is_none()
            || known
                .any(|long| (long.quick + long.late) / long.people() >= config.hands_on_share_min)
    }
}

impl Rates {
    /// What the openings of all rooms that hand on teach, leaning on the priors where they are few.
    pub(crate) fn of(tallies: &[Tally], config: &TargetConfig) -> Self {
        let all = Tally::sum(tallies.iter().filter(|tally| tally.hands_on(config)));
        let of_direction: [Follow; 2] = std::array::from_fn(|direction| {
            Follow::of(&all.cells[direction], all.again[direction], config)
        });
        let mut let_go = [0.0; BINS];
        for (follow, cells) in of_direction.iter().zip(&all.cells) {
            let worked_on = follow.worked_on_by_length(cells, config);
            for at in FIRST_LONG_BIN..BINS {
                let_go[at] += cells[at].people() * (1.0 - worked_on[at]);
            }
        }
        let second = SecondTalk::of(&all.second, &let_go, config);
        Self { of_direction, second }
    }

    /// What a talk with the room means whose openings were counted.
    pub(crate) fn of_room(&self, tally: &Tally, config: &TargetConfig) -> RoomRates {
        let hands_on = tally.hands_on(config);
        let worked_on = std::array::from_fn(|direction| {
            if hands_on {
                self.of_direction[direction].worked_on_by_length(&tally.cells[direction], config)
            } else {
                config.worked_on_share
            }
        });
        let (follow, second) = (self.of_direction, self.second.clone());
        RoomRates { follow, second, worked_on, hands_on }
    }
}

impl SecondTalk {
    /// Of the lengths of second talks with those worked on, and of talks with those who were let go.
    fn of(worked_on: &Lengths, let_go: &Lengths, config: &TargetConfig) -> Self {
        let shares = |counts: &Lengths, prior: &Lengths| {
            let weight = config.prior_people;
            let all = counts.iter().sum::<f64>() + weight;
            std::array::from_fn(|at| (counts[at] + weight * prior[at]) / all)
        };
        Self {
            worked_on: shares(worked_on, &config.second_talk_share),
            chance: shares(let_go, &config.let_go_talk_share),
        }
    }

    /// What a follow-up of some length says, bits.
    fn bits(&self, bin: usize) -> f64 {
        (self.worked_on[bin] / self.chance[bin]).log2()
    }
}

impl Follow {
    fn of(cells: &[Cell; BINS], again: Cell, config: &TargetConfig) -> Self {
        let weight = config.prior_people;
        let shares = |cell: &Cell, quick: f64, late: f64| {
            let quick = cell.quick_share(quick, weight);
            (quick, cell.late_share(late / (1.0 - quick), quick, weight))
        };
        let (again_quick, again_late) =
            shares(&again, config.again_quick_share, config.again_late_share);
        let chance_quick = again_quick * config.talks_again_share;
        let chance_late = again_late * config.talks_again_share;
        // Of the shorter ones more were let go: they are taken with the longer ones only.
        let long = LONG_BINS.map(|from| Cell::sum(&cells[from..LONG_BINS.end]));
        let most = long
            .map(|cell| shares(&cell, config.quick_share, config.late_share))
            .max_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)));
        let (quick, late) = most.unwrap_or((config.quick_share, config.late_share));
        Self {
            quick: quick.max(2.0 * chance_quick),
            late: late.max(2.0 * chance_late),
            chance_quick,
            chance_late,
        }
    }

    /// For each length of talk, the share of people who are worked on; the longest talks keep the prior.
    fn worked_on_by_length(&self, cells: &[Cell; BINS], config: &TargetConfig) -> Lengths {
        let mut shares = config.worked_on_share;
        for (share, cell) in shares.iter_mut().zip(cells).take(LONG_BINS.end) {
            *share = self.worked_on(*cell, *share, config);
        }
        shares
    }

    /// The share of people with a talk of some length who are worked on, from what came of it: the mixture's maximum of likelihood with the
    /// prior, by expectation and maximisation.
    fn worked_on(&self, cell: Cell, prior: f64, config: &TargetConfig) -> f64 {
        const ROUNDS: usize = 30;
        let Self { quick, late, chance_quick, chance_late } = *self;
        let outcomes = [
            (cell.quick, quick, chance_quick),
            (cell.not_quick, 1.0 - quick, 1.0 - chance_quick),
            (cell.late, late, chance_late),
            (cell.never, 1.0 - quick - late, 1.0 - chance_quick - chance_late),
        ];
        let weight = config.prior_people;
        let mut share = prior;
        for _ in 0..ROUNDS {
            let worked_on = outcomes.iter().map(|(people, of_worked_on, by_chance)| {
                let (yes, no) = (share * of_worked_on, (1.0 - share) * by_chance);
                people * yes / (yes + no)
            });
            share = (weight * prior + worked_on.sum::<f64>()) / (cell.people() + weight);
        }
        share.clamp(SHARE_SPAN.0, SHARE_SPAN.1)
    }
}

impl RoomRates {
    /// Odds, in bits, that somebody opened like this is worked on: the length of the talk, whether they were followed up so far, and the length
    /// of that.
    pub(crate) fn bits(&self, opening: &Opening, config: &TargetConfig) -> f64 {
        let direction = usize::from(opening.talk.inbound);
        let bin = bin(opening.talk.talk_s, config);
        let share = self.worked_on[direction][bin];
        let odds = (share / (1.0 - share)).log2();
        let of = |worked_on: f64, chance: f64| (worked_on / chance).log2();
        let Follow { quick, late, chance_quick, chance_late } = self.follow[direction];
        let second = opening.follow_up.map(|second| self::bin(second.talk.talk_s, config));
        let second = second.map_or(0.0, |bin| self.second.bits(bin));
        odds + second
            + match opening.follow_up {
                Some(FollowUp { after_s, .. }) if after_s <= config.quick_s => {
                    of(quick, chance_quick)
                }
                Some(_) => of(late, chance_late),
                None if !self.hands_on || opening.elapsed_s < config.quick_s => 0.0,
                // They may have been transferred within the call: nobody needs to call them.
                None if bin == LONG_BINS.end => 0.0,
                None if opening.elapsed_s < config.slow_s => of(1.0 - quick, 1.0 - chance_quick),
                None => of(1.0 - quick - late, 1.0 - chance_quick - chance_late),
            }
    }
}

/// Which length a talk is of.
fn bin(talk_s: u32, config: &TargetConfig) -> usize {
    config.talk_from_s.iter().filter(|from_s| talk_s >= **from_s).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::tests::contact;

    fn opening(talk_s: u32, after_s: Option<u32>) -> Opening {
        followed(talk_s, after_s, 1_500)
    }

    fn followed(talk_s: u32, after_s: Option<u32>, second_s: u32) -> Opening {
        let talk = contact(0, 0, talk_s, false);
        let follow_up = after_s.map(|after_s| FollowUp {
            talk: contact(1, talk.end_s() + after_s, second_s, false),
            after_s,
        });
        Opening { talk, follow_up, tried_after_s: after_s, elapsed_s: 1_000_000 }
    }

    fn rates(of: &[(u32, Option<u32>, usize)]) -> RoomRates {
        let config = TargetConfig::default();
        let mut tally = Tally::default();
        for (talk_s, after_s, count) in of {
            (0..*count).for_each(|_| tally.add(&opening(*talk_s, *after_s), &config));
        }
        Rates::of(std::slice::from_ref(&tally), &config).of_room(&tally, &config)
    }

    fn bits(rates: &RoomRates, talk_s: u32, after_s: Option<u32>) -> f64 {
        rates.bits(&opening(talk_s, after_s), &TargetConfig::default())
    }

    #[test]
    fn talks_of_a_length_that_nobody_follows_up_mean_little() {
        let long = [(20, None, 1_000), (2_000, Some(900), 80), (2_000, None, 20)];
        let held = rates(&[&long[..], &[(600, Some(900), 150), (600, None, 50)]].concat());
        let chatty = rates(&[&long[..], &[(600, None, 200)]].concat());
        assert!(bits(&held, 600, None) > bits(&chatty, 600, None) + 2.0);
        assert!(bits(&chatty, 600, None) < 0.0);
        assert!(bits(&chatty, 2_000, Some(900)) > 5.0);
    }

    #[test]
    fn a_follow_up_speaks_for_it_and_its_absence_against() {
        let config = TargetConfig::default();
        let rates = rates(&[(20, None, 1_000), (600, Some(900), 150), (600, None, 50)]);
        let (soon, later, never) = (Some(600), Some(90_000), None);
        assert!(bits(&rates, 300, soon) > bits(&rates, 300, later));
        assert!(bits(&rates, 300, later) > bits(&rates, 300, never));
        let fresh = Opening { elapsed_s: 600, ..opening(300, None) };
        assert!(rates.bits(&fresh, &config) > bits(&rates, 300, never), "there was no time for it");
    }

    #[test]
    fn a_second_short_talk_is_what_chance_gives_and_a_long_one_is_not() {
        let config = TargetConfig::default();
        let lists_overlap = [(20, None, 9_000), (20, Some(90_000), 1_000)];
        let held = [(1_000, Some(900), 150), (1_000, None, 50)];
        let let_go = [(150, None, 2_000), (150, Some(90_000), 30)];
        let rates = rates(&[&lists_overlap[..], &held[..], &let_go[..]].concat());
        let bits = |second_s| rates.bits(&followed(150, Some(90_000), second_s), &config);
        assert!(bits(150) < -1.0, "{}", bits(150));
        assert!(bits(1_500) > bits(150) + 4.0, "{}", bits(1_500));
    }

    #[test]
    fn a_talk_that_may_hold_a_transfer_needs_no_follow_up() {
        let rates = rates(&[(20, None, 1_000), (900, Some(900), 150), (900, None, 50)]);
        assert!(bits(&rates, 2_000, None) > 3.0, "{}", bits(&rates, 2_000, None));
        assert!(bits(&rates, 900, None) < bits(&rates, 2_000, None) - 2.0);
    }

    #[test]
    fn where_a_room_hands_nobody_on_only_the_talk_tells() {
        let rates = rates(&[(20, None, 1_000), (2_000, None, 100), (600, None, 100)]);
        assert!(bits(&rates, 2_000, None) > 3.0, "{}", bits(&rates, 2_000, None));
        assert!(bits(&rates, 20, None) < -5.0);
    }
}
