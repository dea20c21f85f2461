//! The habits of a group of people who resemble a room: one record describes a class.

/// Whom a group calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Callees {
    /// Strangers from one list that members share out among themselves.
    Strangers,
    /// Customers, patients, debtors: a pool a member, called again and again by any member; the rest are strangers.
    Pool {
        /// Pool size for each member.
        each: u32,
        /// Chance that a call goes to a stranger instead.
        fresh: f64,
    },
    /// Random digits, rising one by one, many of them vacant.
    Sequential,
    /// Nobody for work.
    Nobody,
}

/// Where members are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One building.
    Together,
    /// All over a district of so many cells.
    Roaming(u32),
    /// Each at a home of their own.
    Own,
    /// One building that moves on every so many days.
    Moving(u32),
}

/// How long the group exists in the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Before, during and after.
    Whole,
    /// So many days, all arriving together.
    Days(u32, u32),
}

/// Whose clock the working hours are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkClock {
    /// The place's own.
    Site,
    /// That of the called, who live abroad.
    Abroad,
}

/// When members are online.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Online {
    /// So many sessions a day, in so many hours from one of the place on.
    By {
        /// Hour of the place.
        from_h: f64,
        /// Hours.
        hours: f64,
        /// Sessions on a day.
        sessions: f64,
    },
    /// The same, where every other member works and rests in the other half of the day.
    InShifts {
        /// Hour of the place.
        from_h: f64,
        /// Hours.
        hours: f64,
        /// Sessions on a day.
        sessions: f64,
    },
    /// Each quarter of an hour, day and night: machines.
    RoundTheClock,
}

/// A class of look-alikes. Ranges are drawn once a group.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// The class's name, as reported.
    pub class: &'static str,
    /// Members.
    pub size: (u32, u32),
    /// Median work calls of a member on a working day.
    pub calls_a_day: (f64, f64),
    /// Begin and length of the working day, hours.
    pub shift_h: (f64, f64),
    /// Whose clock that is in.
    pub clock: WorkClock,
    /// Chance of working on a Saturday or Sunday.
    pub weekend: f64,
    /// Whom they call.
    pub callees: Callees,
    /// Answer rate.
    pub answer: (f64, f64),
    /// Share of vacant numbers.
    pub vacant: f64,
    /// Median talk, seconds, and its spread.
    pub talk_s: (f64, f64),
    /// Share of answered calls that last ten minutes or more.
    pub long: f64,
    /// Share of callees who call back within two days, and how often that is answered.
    pub call_back: (f64, f64),
    /// Chance that a long talk is followed up by another member within two days.
    pub hand_on: f64,
    /// Calls that a member receives from strangers on a day.
    pub received_a_day: f64,
    /// Where they work.
    pub work: Place,
    /// Where they sleep.
    pub sleep: Place,
    /// Chance of using another member's handset for a call.
    pub lend: f64,
    /// Whether numbers were bought in a row.
    pub consecutive: bool,
    /// How long they are there.
    pub life: Life,
    /// Calls to a member's own people on a day, mostly in the evening.
    pub own_calls_a_day: f64,
    /// Whether those people live abroad.
    pub own_abroad: bool,
    /// Calls among members on a day.
    pub among_a_day: f64,
    /// When members are online.
    pub online: Online,
    /// Whether members spend weekends at homes of their own.
    pub weekend_home: bool,
    /// How many days a member stays, where they come and go one by one.
    pub stay_days: Option<(u32, u32)>,
}

/// Habits to vary from: an office that calls its customers.
pub const OFFICE: Habits = Habits {
    class: "office",
    size: (8, 40),
    calls_a_day: (12.0, 25.0),
    shift_h: (9.0, 8.5),
    clock: WorkClock::Site,
    weekend: 0.05,
    callees: Callees::Pool { each: 25, fresh: 0.1 },
    answer: (0.6, 0.8),
    vacant: 0.0,
    talk_s: (100.0, 0.9),
    long: 0.02,
    call_back: (0.25, 0.85),
    hand_on: 0.0,
    received_a_day: 0.0,
    work: Place::Together,
    sleep: Place::Own,
    lend: 0.0,
    consecutive: true,
    life: Life::Whole,
    own_calls_a_day: 0.0,
    own_abroad: false,
    among_a_day: 1.5,
    online: Online::By { from_h: 7.0, hours: 16.0, sessions: 4.0 },
    weekend_home: false,
    stay_days: None,
};

/// Habits to vary from: people who stay somewhere together and phone home.
pub const RESIDENTS: Habits = Habits {
    class: "residents",
    size: (20, 60),
    calls_a_day: (0.0, 0.0),
    callees: Callees::Nobody,
    answer: (0.7, 0.8),
    talk_s: (180.0, 1.0),
    call_back: (0.0, 0.0),
    work: Place::Roaming(8),
    sleep: Place::Together,
    consecutive: false,
    own_calls_a_day: 3.0,
    among_a_day: 0.6,
    ..OFFICE
};
