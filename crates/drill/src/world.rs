//! A made world: ordinary life, rooms and look-alikes together, day by day.

mod told;

use crate::call::Call;
use crate::cohorts::Cohorts;
use crate::dice::Dice;
use crate::gateway::Gateway;
use crate::group::Group;
use crate::lookalikes;
use crate::numbers::{Country, Shop};
use crate::ordinary::{CALLS_A_DAY, Ordinary};
use crate::quiet::Quiet;
use crate::room::Room;
use crate::settings::{Preset, Settings, View};
use crate::sighting::Sighting;
use crate::stage::Stage;
use crate::swaps::Swaps;
use crate::truth::Tally;
use crate::voip_house::VoipHouse;
use domain::num::round_u32;
use domain::zone::{Clock, DAY_S};

const LIMA: Country = Country { code: 51, zone: "America/Lima" };
const MALAYSIA: Country = Country { code: 60, zone: "Asia/Kuala_Lumpur" };
/// Monday 2 October 2023 as a day number.
pub(crate) const FIRST_DAY: u32 = 19_632;

/// A made world in progress.
#[derive(Debug)]
pub struct World {
    settings: Settings,
    ordinary: Ordinary,
    groups: Vec<Group>,
    rooms: Vec<Room>,
    voip_houses: Vec<VoipHouse>,
    swaps: Swaps,
    cohorts: Cohorts,
    seen: Vec<Sighting>,
    gateway: Gateway,
    /// Calls that come in at the gateway, over the Internet or not.
    arriving: Vec<Call>,
    over_internet: Vec<Call>,
    home: Country,
    abroad: Country,
    home_clock: Clock,
    abroad_clock: Clock,
    next_day: u32,
    stop_day: u32,
    pending: Vec<Call>,
    quiet: Quiet,
    tally: Tally,
}

impl World {
    /// A world as set.
    pub fn new(settings: Settings) -> Self {
        let (home, abroad) =
            if settings.preset == Preset::LimaTarget { (MALAYSIA, LIMA) } else { (LIMA, MALAYSIA) };
        let days = FIRST_DAY..FIRST_DAY + settings.days;
        let span = |country: Country| {
            Clock::of(country.zone, (days.start - 2) * DAY_S, (days.end + 2) * DAY_S)
                .expect("zones of the table exist")
        };
        let planned = settings.calls as f64 * 0.72 / (CALLS_A_DAY * f64::from(settings.days));
        let ordinary =
            Ordinary::new(settings.seed, round_u32(planned).max(200), home, settings.days);
        let mut world = Self {
            settings,
            ordinary,
            groups: Vec::new(),
            rooms: Vec::new(),
            voip_houses: Vec::new(),
            swaps: Swaps::default(),
            cohorts: Cohorts::default(),
            seen: Vec::new(),
            gateway: Gateway::new(settings.seed, abroad),
            arriving: Vec::new(),
            over_internet: Vec::new(),
            home,
            abroad,
            home_clock: span(home),
            abroad_clock: span(abroad),
            next_day: days.start,
            stop_day: u32::MAX,
            pending: Vec::new(),
            quiet: Quiet::new(settings.seed),
            tally: Tally::default(),
        };
        world.people(&days);
        world
    }

    fn people(&mut self, days: &std::ops::Range<u32>) {
        let seed = self.settings.seed;
        let mut shop = Shop::new(seed);
        let calls = self.settings.calls;
        // Groups in proportion to the traffic: one of each class for each million and a half of calls.
        let each = (calls / 1_500_000).max(1);
        // Below this there is no room for whole groups of each class.
        let of_whole = calls as f64 / 400_000.0;
        let stage = stage(
            &self.ordinary,
            self.home,
            self.abroad,
            &self.home_clock,
            &self.abroad_clock,
            days.start,
        );
        for (class, habits) in lookalikes::ALL.iter().enumerate() {
            let singles = if habits.size == (1, 1) { 10 } else { 1 };
            for nth in 0..each * singles {
                let mut habits = *habits;
                if of_whole < 1.0 {
                    let shrunk = |size: u32, most: f64, least: u32| {
                        size.min(round_u32(most * of_whole).max(least))
                    };
                    habits.size = (shrunk(habits.size.0, 8.0, 3), shrunk(habits.size.1, 12.0, 4));
                }
                let dice = Dice::new(seed, &[3, class as u64, nth as u64]);
                self.groups.push(Group::new(habits, &stage, &mut shop, days.clone(), dice));
            }
        }
        let rooms = self.settings.rooms.unwrap_or((calls / 250_000).clamp(1, 400));
        for nth in 0..rooms {
            let mut dice = Dice::new(seed, &[4, nth as u64]);
            let order = self.settings.order(nth, days, &mut dice);
            let room = Room::new(order, &stage, shop.clone(), dice);
            shop = room.shop();
            self.rooms.push(room);
        }
        let span = (begin_s(&self.home_clock, days.start), self.settings.days);
        self.swaps = Swaps::new(self.settings.swaps, &self.ordinary, self.home, seed, span);
        self.cohorts = Cohorts::new(
            self.settings.cohorts,
            &self.ordinary,
            seed,
            days.start,
            self.settings.days,
        );
        for nth in 0..self.settings.voip_houses {
            let dice = Dice::new(seed, &[10, nth as u64]);
            self.voip_houses.push(VoipHouse::new(&stage, days, &mut shop, dice));
        }
    }

    /// Tells only the first days of the world: what a desk would have seen by then.
    #[must_use]
    pub fn first_days(mut self, days: u32) -> Self {
        self.stop_day = FIRST_DAY + days;
        self
    }

    /// Days from the world's begin to each room's, in the order of their names.
    pub fn room_starts(&self) -> Vec<u32> {
        self.rooms.iter().map(|room| room.first_day - FIRST_DAY).collect()
    }

    /// The home zone's clock.
    pub(crate) fn home_clock(&self) -> &Clock {
        &self.home_clock
    }

    /// The home zone's IANA name: the wall clock of the feed.
    pub fn zone(&self) -> &'static str {
        self.home.zone
    }

    /// What the feed shows.
    pub fn view(&self) -> View {
        self.settings.view
    }

    /// The calls of the next day in order of time; `None` when the world has ended.
    pub fn next_day(&mut self) -> Option<Vec<Call>> {
        let end = FIRST_DAY + self.settings.days;
        if self.next_day > end || self.next_day >= self.stop_day {
            return None;
        }
        // Shifts in other clocks begin up to half a day early or late: a day is told when the next one is made.
        if self.next_day == FIRST_DAY {
            self.make(FIRST_DAY);
        }
        let day = self.next_day;
        self.next_day += 1;
        if day + 1 < end {
            self.make(day + 1);
        }
        let day_end_s = if day == end { u32::MAX } else { begin_s(&self.home_clock, day + 1) };
        let (mut now, later): (Vec<Call>, Vec<Call>) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|call| call.start_s < day_end_s);
        let world_end_s = begin_s(&self.home_clock, end);
        self.pending = later.into_iter().filter(|call| call.start_s < world_end_s).collect();
        now.retain(|call| call.start_s < world_end_s);
        now.sort_unstable();
        for used in self.rooms.iter().flat_map(|room| &room.used) {
            self.tally.watch(used.number);
        }
        for phone in self.groups.iter().flat_map(|group| &group.phones) {
            self.tally.watch(phone.number);
        }
        now.retain(|call| self.is_seen(call) && !self.quiet.silences(call));
        now.iter().for_each(|call| self.tally.count(call));
        if self.settings.gateway {
            self.arrive(&now, day_end_s.min(world_end_s));
        }
        Some(now)
    }

    /// Lets the calls of a day come in at the gateway of the country that is called.
    fn arrive(&mut self, now: &[Call], end_s: u32) {
        let all = self.rooms.iter().chain(self.voip_houses.iter().map(|house| &house.calls));
        for (nth, room) in all.enumerate() {
            let hides = room.stealth >= 0.4;
            room.used.iter().for_each(|used| self.gateway.note(used.number, nth, hides));
        }
        let (over_internet, later): (Vec<Call>, Vec<Call>) =
            std::mem::take(&mut self.over_internet)
                .into_iter()
                .partition(|call| call.start_s < end_s);
        self.over_internet = later;
        let Self { gateway, arriving, .. } = self;
        arriving.extend(now.iter().chain(&over_internet).filter_map(|call| gateway.seen(call)));
    }

    /// The calls that came in at the gateway since they were last taken, in order of time.
    pub fn take_arriving(&mut self) -> Vec<Call> {
        let mut arriving = std::mem::take(&mut self.arriving);
        arriving.sort_unstable();
        arriving
    }

    /// Adds calls that come in from abroad.
    pub fn add_arriving(&mut self, calls: Vec<Call>) {
        self.pending.extend(calls);
    }

    fn is_seen(&self, call: &Call) -> bool {
        if self.settings.view.seen >= 1.0 {
            return true;
        }
        let of_call =
            crate::dice::mix(call.caller ^ crate::dice::mix(call.callee) ^ u64::from(call.start_s));
        (of_call >> 11) as f64 / (1_u64 << 53) as f64 <= self.settings.view.seen
    }

    fn make(&mut self, day: u32) {
        let stage = stage(
            &self.ordinary,
            self.home,
            self.abroad,
            &self.home_clock,
            &self.abroad_clock,
            day,
        );
        let before = self.pending.len();
        self.ordinary.day(0..self.ordinary.lines, day, stage.begin_s, &mut self.pending);
        self.ordinary.hotlines(day, stage.begin_s, &mut self.pending);
        self.ordinary.emergencies(day, stage.begin_s, &mut self.pending);
        for group in &mut self.groups {
            group.day(&stage, &mut self.pending);
        }
        for (nth, room) in self.rooms.iter_mut().enumerate() {
            room.day(&stage, &mut self.pending);
            self.quiet.note(nth, room);
        }
        if self.settings.gateway {
            for house in &mut self.voip_houses {
                house.calls.day(&stage, &mut self.over_internet);
            }
        }
        self.pending[before..].iter_mut().for_each(|call| self.swaps.apply(call));
        let mut left = Vec::new();
        self.cohorts.day(&stage, &mut self.pending, &mut left);
        let mut made = self.pending.split_off(before);
        made.retain_mut(|call| self.cohorts.allows(call));
        self.pending.append(&mut made);
        if self.settings.sightings {
            let seed = self.settings.seed;
            let dice = |kind, nth: usize| Dice::new(seed, &[kind, nth as u64, u64::from(day)]);
            self.ordinary.seen(day, stage.begin_s, &mut self.seen);
            for (nth, group) in self.groups.iter().enumerate() {
                group.seen(&stage, &mut dice(11, nth), &mut self.seen);
            }
            for (nth, room) in self.rooms.iter().enumerate() {
                room.seen(&stage, &mut dice(12, nth), &mut self.seen);
            }
            for (nth, house) in self.voip_houses.iter().enumerate() {
                house.seen(&stage, &mut dice(13, nth), &mut self.seen);
            }
            self.seen.retain(|seen| !self.cohorts.hides(seen));
            self.seen.append(&mut left);
        }
    }

    /// The sightings made since they were last taken, in order of time. Those of a day are made with its calls.
    pub fn take_sightings(&mut self) -> Vec<Sighting> {
        let mut seen = std::mem::take(&mut self.seen);
        seen.sort_unstable();
        seen
    }
}

fn begin_s(clock: &Clock, day: u32) -> u32 {
    (day * DAY_S).saturating_add_signed(-clock.offset_s(day * DAY_S))
}

fn stage<'a>(
    ordinary: &'a Ordinary,
    home: Country,
    abroad: Country,
    home_clock: &Clock,
    abroad_clock: &Clock,
    day: u32,
) -> Stage<'a> {
    Stage {
        ordinary,
        home,
        abroad,
        day,
        begin_s: begin_s(home_clock, day),
        abroad_begin_s: begin_s(abroad_clock, day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::Shape;

    fn calls(settings: Settings) -> Vec<Call> {
        let mut world = World::new(settings);
        std::iter::from_fn(|| world.next_day()).flatten().collect()
    }

    #[test]
    fn a_world_repeats_and_is_in_order_of_time() {
        let settings = Settings { calls: 60_000, days: 10, ..Settings::default() };
        let first = calls(settings);
        assert_eq!(first, calls(settings));
        assert!(first.is_sorted_by_key(|call| call.start_s));
        assert!((30_000..200_000).contains(&first.len()), "{}", first.len());
        assert_ne!(first, calls(Settings { seed: 2, ..settings }));
    }

    #[test]
    fn the_truth_names_rooms_and_look_alikes() {
        let mut world =
            World::new(Settings { calls: 60_000, days: 14, rooms: Some(4), ..Settings::default() });
        while world.next_day().is_some() {}
        let truth = world.truth();
        for shape in Shape::ALL {
            assert!(
                truth.lines.iter().any(|line| line.class == shape.word() && line.calls > 0),
                "{}",
                shape.word()
            );
        }
        assert!(!truth.hooks.is_empty());
        for habits in lookalikes::ALL {
            assert!(truth.lines.iter().any(|line| line.class == habits.class), "{}", habits.class);
        }
    }

    #[test]
    fn seeing_half_the_traffic_gives_about_half_the_calls() {
        let settings = Settings { calls: 60_000, days: 7, ..Settings::default() };
        let half = Settings { view: View { seen: 0.5, ..View::default() }, ..settings };
        let (whole, half) = (calls(settings).len() as f64, calls(half).len() as f64);
        assert!((0.47..0.53).contains(&(half / whole)), "{}", half / whole);
    }

    #[test]
    fn the_first_days_are_those_of_the_whole_world() {
        let settings = Settings { calls: 60_000, days: 10, ..Settings::default() };
        let mut begun = World::new(settings).first_days(3);
        let first: Vec<Call> = std::iter::from_fn(|| begun.next_day()).flatten().collect();
        let whole = calls(settings);
        assert!(!first.is_empty() && first.len() < whole.len());
        assert_eq!(first, whole[..first.len()]);
    }

    #[test]
    fn some_relays_of_a_target_country_are_gateways_that_show_local_numbers() {
        let settings = Settings {
            calls: 60_000,
            days: 14,
            rooms: Some(6),
            preset: Preset::LimaTarget,
            ..Settings::default()
        };
        let mut world = World::new(settings);
        let calls: Vec<Call> = std::iter::from_fn(|| world.next_day()).flatten().collect();
        let truth = world.truth();
        let by_gateway = |room: &str| {
            let of_room = truth.lines.iter().filter(|line| line.group == room);
            let lines: std::collections::BTreeSet<&str> =
                of_room.map(|line| line.line.as_str()).collect();
            let made =
                calls.iter().filter(|call| lines.contains(format!("+{}", call.caller).as_str()));
            made.filter(|call| {
                call.route == crate::stage::FOREIGN_TRUNK && call.attestation == b'C'
            })
            .count()
        };
        assert_eq!(by_gateway("room000"), 0, "a box of local SIMs");
        assert!(by_gateway("room003") > 100);
    }

    #[test]
    fn without_rooms_there_is_none() {
        let mut world =
            World::new(Settings { calls: 60_000, days: 7, rooms: Some(0), ..Settings::default() });
        while world.next_day().is_some() {}
        assert!(world.truth().lines.iter().all(|line| line.kind != "room"));
    }
}
