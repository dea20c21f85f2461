//! The shapes of rooms, and how they hide.

/// A room's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// All at one site.
    House,
    /// SIM boxes over many sites.
    Relay,
    /// Broadcast out, inbound peaks.
    CallBack,
    /// Five lines, few calls.
    Small,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 4] = [Self::House, Self::Relay, Self::CallBack, Self::Small];

    /// The word in truth and output.
    pub fn word(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Relay => "relay",
            Self::CallBack => "call-back",
            Self::Small => "small",
        }
    }

    /// Its figures.
    pub fn spec(self) -> Spec {
        match self {
            Self::House => HOUSE,
            Self::Relay => Spec {
                seats: (8, 40),
                sites: (3, 8),
                calls_a_day: (30.0, 90.0),
                sim_days: (1, 5),
                slots_a_box: 8,
                life_days: (10, 40),
                ..HOUSE
            },
            Self::CallBack => Spec {
                seats: (6, 16),
                calls_a_day: (150.0, 400.0),
                sim_days: (1, 3),
                talk_s: (8.0, 0.5),
                long: 0.0,
                call_back: (0.06, 0.7),
                ..HOUSE
            },
            Self::Small => Spec {
                seats: (4, 6),
                calls_a_day: (6.0, 14.0),
                sim_days: (5, 14),
                answer: (0.35, 0.6),
                long: 0.18,
                follow_up: 0.85,
                vacant: 0.01,
                life_days: (10, 30),
                ..HOUSE
            },
        }
    }
}

/// Figures of a shape. Sources: docs/concepts/figures.md.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Workers.
    pub seats: (u32, u32),
    /// Sites.
    pub sites: (u32, u32),
    /// Median calls of a seat on a day.
    pub calls_a_day: (f64, f64),
    /// Days that a SIM lives.
    pub sim_days: (u32, u32),
    /// Seats that share a box of handsets; 0: one pool for the room.
    pub slots_a_box: u32,
    /// Answer rate.
    pub answer: (f64, f64),
    /// Share of vacant numbers.
    pub vacant: f64,
    /// Median talk of answered probes, seconds, and spread.
    pub talk_s: (f64, f64),
    /// Share of answered first contacts that are hooked.
    pub long: f64,
    /// Share of the other answered first contacts who listen or argue for minutes, and hang up.
    pub doubt: f64,
    /// Share of hooked targets whom another seat calls soon; the others go on in another form.
    pub follow_up: f64,
    /// Share of called who call back, and how often that is answered.
    pub call_back: (f64, f64),
    /// Days that the room lives.
    pub life_days: (u32, u32),
}

const HOUSE: Spec = Spec {
    seats: (6, 45),
    sites: (1, 1),
    calls_a_day: (25.0, 70.0),
    sim_days: (2, 14),
    slots_a_box: 0,
    answer: (0.15, 0.45),
    vacant: 0.06,
    talk_s: (40.0, 0.9),
    long: 0.07,
    doubt: 0.02,
    follow_up: 0.75,
    call_back: (0.04, 0.15),
    life_days: (9, 35),
};
