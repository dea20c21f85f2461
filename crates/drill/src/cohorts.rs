//! People who leave their country together: recruits whose phones fall silent for good, and travellers who come back.

use crate::call::Call;
use crate::dice::Dice;
use crate::ordinary::Ordinary;
use crate::sighting::{Kind, Sighting};
use crate::stage::{Party, Stage};
use domain::Outcome;
use domain::num::round_u32;
use domain::zone::DAY_S;
use std::collections::BTreeMap;

/// People who leave together.
#[derive(Clone, Debug)]
pub(crate) struct Cohort {
    /// Whether they come back.
    pub(crate) is_trip: bool,
    /// Who speaks with them before: an ordinary line.
    agent: u32,
    lines: Vec<u32>,
    /// The day on which they leave, and for travellers the one on which they are back.
    leave_day: u32,
    back_day: u32,
    seed: u64,
}

/// All cohorts of a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cohorts {
    pub(crate) all: Vec<Cohort>,
    /// When each line is away, epoch seconds.
    away: BTreeMap<u64, (u32, u32)>,
}

/// Cell of the airport.
const AIRPORT_CELL: u32 = 1;
/// Days before leaving on which the agent speaks with them.
const BEFORE_DAYS: u32 = 12;

impl Cohorts {
    /// So many groups of recruits, and as many of travellers.
    pub(crate) fn new(
        count: usize,
        ordinary: &Ordinary,
        seed: u64,
        first_day: u32,
        days: u32,
    ) -> Self {
        let mut cohorts = Self::default();
        for nth in 0..count * 2 {
            let mut dice = Dice::new(seed, &[15, nth as u64]);
            let size = dice.count(8, 30);
            let mut lines: Vec<u32> = Vec::new();
            let mut tries = 0;
            while lines.len() < size as usize && tries < 5_000 {
                tries += 1;
                let line = ordinary.any(&mut dice);
                if ordinary.activity(line) >= 0.6 && !lines.contains(&line) {
                    lines.push(line);
                }
            }
            let leave_day = first_day + dice.count(days * 2 / 5, days / 2);
            let is_trip = nth % 2 == 1;
            let back_day = if is_trip { leave_day + dice.count(6, 9) } else { u32::MAX };
            let agent = ordinary.any(&mut dice);
            cohorts.all.push(Cohort {
                is_trip,
                agent,
                lines,
                leave_day,
                back_day,
                seed: seed ^ nth as u64,
            });
        }
        cohorts
    }

    /// The agents' calls of a day, and who is away from then on.
    pub(crate) fn day(
        &mut self,
        stage: &Stage<'_>,
        into: &mut Vec<Call>,
        seen: &mut Vec<Sighting>,
    ) {
        for cohort in &self.all {
            let mut dice = Dice::new(cohort.seed, &[16, u64::from(stage.day)]);
            let before = cohort.leave_day.saturating_sub(BEFORE_DAYS)..cohort.leave_day;
            for line in &cohort.lines {
                if before.contains(&stage.day) && dice.chance(0.25) {
                    let at_s = stage.begin_s + round_u32(dice.between(9.0, 20.0) * 3_600.0);
                    let talk_s = round_u32(dice.lognormal(180.0, 0.7));
                    let (agent, callee) = (Party::Line(cohort.agent), stage.ordinary.number(*line));
                    into.push(stage.call_by(
                        agent,
                        callee,
                        at_s,
                        talk_s,
                        Outcome::Answered,
                        &mut dice,
                    ));
                }
                if stage.day == cohort.leave_day {
                    let at_s = stage.begin_s + round_u32(dice.between(14.0, 16.0) * 3_600.0);
                    let phone = stage.ordinary.phone(*line, stage.day);
                    seen.push(phone.seen(Kind::Location, at_s, 0, AIRPORT_CELL));
                    let back_s = (cohort.back_day.saturating_sub(stage.day)).min(10_000) * DAY_S;
                    let until_s = stage.begin_s.saturating_add(back_s);
                    self.away.insert(phone.number, (at_s + 60, until_s));
                }
            }
        }
    }

    /// What becomes of a call to or from somebody who is away: theirs are not made, those to them not answered, and soon not made either.
    pub(crate) fn allows(&self, call: &mut Call) -> bool {
        let away = |number: u64| {
            self.away.get(&number).filter(|(from_s, to_s)| (*from_s..*to_s).contains(&call.start_s))
        };
        if away(call.caller).is_some() {
            return false;
        }
        let Some((from_s, _)) = away(call.callee).copied() else { return true };
        (call.outcome, call.duration_s) = (Outcome::NoAnswer, 0);
        call.start_s - from_s < 6 * DAY_S
    }

    /// Whether a line is not seen.
    pub(crate) fn hides(&self, seen: &Sighting) -> bool {
        self.away
            .get(&seen.line)
            .is_some_and(|(from_s, to_s)| (*from_s..*to_s).contains(&seen.from_s))
    }
}

impl Cohort {
    /// Its lines' numbers.
    pub(crate) fn numbers<'a>(&'a self, ordinary: &'a Ordinary) -> impl Iterator<Item = u64> + 'a {
        self.lines.iter().map(|line| ordinary.number(*line))
    }
}
