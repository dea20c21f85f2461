//! A look-alike group at work, day by day.

mod own_life;
mod presence;

use crate::agenda::{Agenda, Due};
use crate::call::{Call, Phone};
use crate::dice::Dice;
use crate::habits::{Callees, Habits, Life, Place, WorkClock};
use crate::numbers::Shop;
use crate::stage::{Party, Stage};
use domain::Outcome;
use domain::num::{round_u32, u32_of};
use domain::zone::DAY_S;
use std::collections::BTreeSet;
use std::ops::Range;

/// Talk from which somebody is a customer, seconds.
const CUSTOMER_TALK_S: u32 = 180;

/// A look-alike group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its habits.
    pub habits: Habits,
    /// Members' phones.
    pub phones: Vec<Phone>,
    homes: Vec<u32>,
    own_people: Vec<Vec<Party>>,
    pool: Vec<Party>,
    site: u32,
    answer: f64,
    calls_a_day: f64,
    next_number: u64,
    /// The days on which each member is there.
    spans: Vec<Range<u32>>,
    /// First day.
    pub first_day: u32,
    /// Day after the last.
    pub end_day: u32,
    agenda: Agenda,
    /// Numbers of outsiders that members talked to at length.
    pub customers: BTreeSet<u64>,
    dice: Dice,
}

impl Group {
    /// A group of a class, drawn from its ranges.
    pub fn new(
        habits: Habits,
        stage: &Stage<'_>,
        shop: &mut Shop,
        world_days: Range<u32>,
        mut dice: Dice,
    ) -> Self {
        let size = dice.count(habits.size.0, habits.size.1) as usize;
        let mut batch = shop.batch(!habits.consecutive);
        let phones: Vec<Phone> =
            (0..size).map(|_| batch.phone(stage.home, shop.handset())).collect();
        let site = stage.ordinary.home(stage.ordinary.any(&mut dice));
        let homes = (0..size).map(|_| stage.ordinary.home(stage.ordinary.any(&mut dice))).collect();
        let own = |dice: &mut Dice| {
            let count = dice.count(3, 8);
            (0..count)
                .map(|_| {
                    if habits.own_abroad && dice.chance(0.8) {
                        Party::Number(stage.abroad.stranger(dice))
                    } else {
                        stage.stranger(dice)
                    }
                })
                .collect()
        };
        let own_people = (0..size).map(|_| own(&mut dice)).collect();
        let pool_size = match habits.callees {
            Callees::Pool { each, .. } => each as usize * size,
            Callees::Strangers | Callees::Sequential | Callees::Nobody => 0,
        };
        let pool = (0..pool_size).map(|_| outsider(&habits, stage, &mut dice)).collect();
        let (first_day, end_day) = match habits.life {
            Life::Whole => (world_days.start, world_days.end),
            Life::Days(least, most) => {
                let days = dice.count(least, most);
                let latest = world_days.end.saturating_sub(days.min(7)).max(world_days.start);
                let first = dice.count(world_days.start, latest);
                (first, (first + days).min(world_days.end))
            }
        };
        let spans = spans(&habits, size, first_day..end_day, &dice);
        let answer = dice.between(habits.answer.0, habits.answer.1);
        let calls_a_day = dice.between(habits.calls_a_day.0, habits.calls_a_day.1);
        let next_number = dice.below(3_000_000) as u64;
        Self {
            habits,
            phones,
            homes,
            own_people,
            pool,
            site,
            answer,
            calls_a_day,
            next_number,
            spans,
            first_day,
            end_day,
            agenda: Agenda::default(),
            customers: BTreeSet::new(),
            dice,
        }
    }

    /// The group's calls of a day.
    pub fn day(&mut self, stage: &Stage<'_>, into: &mut Vec<Call>) {
        if !(self.first_day..self.end_day).contains(&stage.day) {
            return;
        }
        let weekend = (stage.day + 3) % 7 >= 5;
        let there = (0..self.phones.len()).filter(|member| self.is_there(*member, stage.day));
        for member in there.collect::<Vec<_>>() {
            let works = !weekend || self.dice.chance(self.habits.weekend);
            if works {
                self.work(member, stage, into);
            }
            self.own_life(member, stage, into);
            self.received(member, stage, into);
        }
        for due in self.agenda.take_before(stage.begin_s + DAY_S) {
            self.keep(due, stage, into);
        }
    }

    fn work(&mut self, member: usize, stage: &Stage<'_>, into: &mut Vec<Call>) {
        if self.habits.callees == Callees::Nobody {
            return;
        }
        let mean = self.dice.lognormal(self.calls_a_day, 0.3);
        for _ in 0..self.dice.poisson(mean) {
            let start_s = self.at_work_s(stage);
            let (callee, vacant) = self.callee(member, stage);
            let answered = !vacant && self.dice.chance(self.answer);
            let long = answered && self.dice.chance(self.habits.long);
            let duration_s = if long {
                self.dice.between(600.0, 1_800.0)
            } else {
                self.dice.lognormal(self.habits.talk_s.0, self.habits.talk_s.1)
            };
            let outcome = if vacant {
                Outcome::Vacant
            } else if answered {
                Outcome::Answered
            } else {
                Outcome::NoAnswer
            };
            self.place_call(
                member,
                stage.number(callee),
                start_s,
                round_u32(duration_s),
                outcome,
                stage,
                into,
            );
            if long && self.dice.chance(self.habits.hand_on) {
                let later_s = start_s + round_u32(self.dice.between(600.0, 2.0 * f64::from(DAY_S)));
                let next = self.dice.below(self.phones.len());
                self.agenda.add(Due {
                    start_s: later_s,
                    party: callee,
                    member: next,
                    inbound: false,
                    stage: 0,
                });
            }
            if !vacant && self.dice.chance(self.habits.call_back.0) {
                let later_s = start_s + round_u32(self.dice.between(60.0, 1.5 * f64::from(DAY_S)));
                // A call centre's call-backs are taken by whoever is free.
                let taker = if self.habits.work == Place::Together {
                    self.dice.below(self.phones.len())
                } else {
                    member
                };
                self.agenda.add(Due {
                    start_s: later_s,
                    party: callee,
                    member: taker,
                    inbound: true,
                    stage: 0,
                });
            }
        }
    }

    fn at_work_s(&mut self, stage: &Stage<'_>) -> u32 {
        let begin_s = if self.habits.clock == WorkClock::Abroad {
            stage.abroad_begin_s
        } else {
            stage.begin_s
        };
        let hour = self.habits.shift_h.0 + self.habits.shift_h.1 * self.dice.unit();
        begin_s + round_u32(hour * 3_600.0)
    }

    fn callee(&mut self, member: usize, stage: &Stage<'_>) -> (Party, bool) {
        if self.dice.chance(self.habits.vacant) {
            return (Party::Number(stage.home.vacant(&mut self.dice)), true);
        }
        match self.habits.callees {
            Callees::Pool { each, fresh } if !self.dice.chance(fresh) => {
                // Mostly the member's own; a third of the time anybody's.
                let each = each as usize;
                let own = member * each + self.dice.below(each);
                let at =
                    if self.dice.chance(0.67) { own } else { self.dice.below(self.pool.len()) };
                (self.pool[at], false)
            }
            Callees::Sequential => {
                self.next_number += u64::from(self.dice.count(1, 3));
                (Party::Number(stage.home.number(self.next_number)), false)
            }
            Callees::Strangers | Callees::Pool { .. } | Callees::Nobody => {
                (outsider(&self.habits, stage, &mut self.dice), false)
            }
        }
    }

    fn keep(&mut self, due: Due, stage: &Stage<'_>, into: &mut Vec<Call>) {
        let member = due.member;
        if due.inbound {
            let answered = if self.dice.chance(self.habits.call_back.1) {
                Outcome::Answered
            } else {
                Outcome::NoAnswer
            };
            let duration_s =
                round_u32(self.dice.lognormal(self.habits.talk_s.0, self.habits.talk_s.1));
            into.push(stage.call_by(
                due.party,
                self.phones[member].number,
                due.start_s,
                duration_s,
                answered,
                &mut self.dice,
            ));
        } else {
            let answered = if self.dice.chance(self.answer.max(0.5)) {
                Outcome::Answered
            } else {
                Outcome::NoAnswer
            };
            let duration_s = round_u32(self.dice.lognormal(self.habits.talk_s.0 * 2.0, 0.8));
            self.place_call(
                member,
                stage.number(due.party),
                due.start_s,
                duration_s,
                answered,
                stage,
                into,
            );
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a call has this many sides")]
    fn place_call(
        &mut self,
        member: usize,
        callee: u64,
        start_s: u32,
        duration_s: u32,
        outcome: Outcome,
        stage: &Stage<'_>,
        into: &mut Vec<Call>,
    ) {
        let mut phone = self.phones[member];
        if self.habits.lend > 0.0 && self.dice.chance(self.habits.lend) {
            phone.imei = self.dice.pick(&self.phones).imei;
        }
        let mut dice = self.dice.clone();
        let cell = self.whereabouts(member, start_s, stage, &mut dice);
        self.dice = dice;
        if outcome == Outcome::Answered && duration_s >= CUSTOMER_TALK_S {
            self.customers.insert(callee);
        }
        into.push(phone.call(callee, start_s, duration_s, outcome, cell));
    }

    /// Whether a member is there on a day.
    fn is_there(&self, member: usize, day: u32) -> bool {
        self.spans.get(member).is_some_and(|span| span.contains(&day))
    }

    fn whereabouts(&self, member: usize, start_s: u32, stage: &Stage<'_>, dice: &mut Dice) -> u32 {
        if self.habits.weekend_home && (stage.day + 3) % 7 >= 5 {
            return self.homes[member];
        }
        let hour = start_s.saturating_sub(stage.begin_s) % DAY_S / 3_600;
        let sleeping_place = if self.habits.callees == Callees::Nobody {
            !(8..18).contains(&hour)
        } else {
            !(7..22).contains(&hour)
        };
        // Work that never stops is done at the workplace at night too.
        let at_work = self.habits.shift_h.1 >= 23.0 || self.habits.clock == WorkClock::Abroad;
        let place = if sleeping_place && !at_work { self.habits.sleep } else { self.habits.work };
        let cells = stage.ordinary.cells;
        let near = |steps: usize| 1 + (self.site - 1 + u32_of(steps)) % cells;
        match place {
            Place::Together => near(usize::from(dice.chance(0.08))),
            Place::Roaming(reach) => near(dice.below(reach as usize)),
            Place::Own => self.homes[member],
            Place::Moving(days) => near(((stage.day - self.first_day) / days * 7) as usize),
        }
    }
}

/// The days on which each member is there: all of the group's, or, where people come and go one by one, a few of them.
fn spans(habits: &Habits, size: usize, days: Range<u32>, dice: &Dice) -> Vec<Range<u32>> {
    let Some((least, most)) = habits.stay_days else { return vec![days; size] };
    let mut dice = dice.clone();
    let mut span = || {
        let stay = dice.count(least, most);
        let first = dice.count(days.start, days.end.saturating_sub(stay).max(days.start));
        first..(first + stay).min(days.end)
    };
    (0..size).map(|_| span()).collect()
}

fn outsider(habits: &Habits, stage: &Stage<'_>, dice: &mut Dice) -> Party {
    match habits.clock {
        WorkClock::Abroad => Party::Number(stage.abroad.stranger(dice)),
        WorkClock::Site => stage.stranger(dice),
    }
}
