//! Innocent groups that resemble a room, each described by its habits.
//!
//! Figures: docs/concepts/figures.md where given (couriers' and sales' calls a day, answer rates, talk times), else plain estimates. What
//! matters is what they share with rooms and what they do not.

use crate::habits::{Callees, Habits, Life, OFFICE, Place, RESIDENTS, WorkClock};

/// All classes.
pub const ALL: [Habits; 24] = [
    Habits {
        class: "telemarketing",
        size: (12, 50),
        calls_a_day: (50.0, 130.0),
        callees: Callees::Strangers,
        answer: (0.08, 0.4),
        vacant: 0.03,
        talk_s: (30.0, 1.0),
        long: 0.02,
        call_back: (0.06, 0.7),
        among_a_day: 0.5,
        weekend: 0.15,
        ..OFFICE
    },
    Habits {
        class: "service centre",
        size: (15, 60),
        calls_a_day: (15.0, 45.0),
        received_a_day: 12.0,
        callees: Callees::Pool { each: 60, fresh: 0.3 },
        talk_s: (150.0, 0.8),
        weekend: 0.4,
        ..OFFICE
    },
    Habits {
        class: "offshore call centre",
        size: (15, 50),
        calls_a_day: (30.0, 80.0),
        clock: WorkClock::Abroad,
        callees: Callees::Strangers,
        answer: (0.15, 0.4),
        talk_s: (60.0, 1.1),
        long: 0.03,
        call_back: (0.08, 0.75),
        weekend: 0.05,
        ..OFFICE
    },
    Habits {
        class: "courier",
        size: (10, 30),
        calls_a_day: (40.0, 130.0),
        shift_h: (8.0, 9.5),
        weekend: 0.5,
        callees: Callees::Strangers,
        answer: (0.6, 0.85),
        talk_s: (25.0, 0.6),
        long: 0.0,
        call_back: (0.18, 0.8),
        work: Place::Roaming(14),
        own_calls_a_day: 2.5,
        consecutive: false,
        among_a_day: 0.3,
        ..OFFICE
    },
    Habits {
        class: "rider",
        size: (10, 40),
        calls_a_day: (20.0, 70.0),
        shift_h: (11.0, 11.0),
        weekend: 0.8,
        callees: Callees::Strangers,
        answer: (0.65, 0.85),
        talk_s: (22.0, 0.6),
        long: 0.0,
        call_back: (0.15, 0.8),
        work: Place::Roaming(20),
        own_calls_a_day: 3.0,
        consecutive: false,
        among_a_day: 0.2,
        ..OFFICE
    },
    Habits {
        class: "taxi",
        size: (10, 30),
        calls_a_day: (15.0, 50.0),
        shift_h: (6.0, 14.0),
        weekend: 0.7,
        callees: Callees::Strangers,
        answer: (0.7, 0.9),
        talk_s: (30.0, 0.7),
        long: 0.0,
        call_back: (0.1, 0.9),
        received_a_day: 8.0,
        work: Place::Roaming(30),
        own_calls_a_day: 3.0,
        consecutive: false,
        among_a_day: 0.5,
        ..OFFICE
    },
    Habits {
        class: "clinic",
        size: (3, 10),
        calls_a_day: (20.0, 50.0),
        shift_h: (8.0, 9.0),
        callees: Callees::Pool { each: 250, fresh: 0.35 },
        answer: (0.55, 0.75),
        talk_s: (160.0, 0.6),
        long: 0.01,
        call_back: (0.3, 0.9),
        received_a_day: 15.0,
        ..OFFICE
    },
    Habits {
        class: "recruiter",
        size: (5, 18),
        calls_a_day: (20.0, 50.0),
        callees: Callees::Pool { each: 40, fresh: 0.75 },
        answer: (0.35, 0.6),
        talk_s: (150.0, 1.1),
        long: 0.06,
        call_back: (0.3, 0.8),
        hand_on: 0.15,
        received_a_day: 3.0,
        work: Place::Together,
        own_calls_a_day: 1.5,
        consecutive: false,
        ..OFFICE
    },
    Habits {
        class: "crisis hotline",
        size: (5, 20),
        calls_a_day: (1.0, 4.0),
        shift_h: (0.0, 24.0),
        weekend: 1.0,
        callees: Callees::Pool { each: 40, fresh: 0.4 },
        answer: (0.6, 0.8),
        talk_s: (380.0, 0.7),
        long: 0.25,
        call_back: (0.2, 0.9),
        received_a_day: 18.0,
        ..OFFICE
    },
    Habits {
        class: "political survey",
        size: (10, 40),
        calls_a_day: (60.0, 140.0),
        shift_h: (16.0, 5.0),
        weekend: 0.9,
        callees: Callees::Sequential,
        answer: (0.1, 0.3),
        vacant: 0.3,
        talk_s: (90.0, 1.0),
        long: 0.03,
        call_back: (0.05, 0.4),
        life: Life::Days(7, 18),
        among_a_day: 0.2,
        ..OFFICE
    },
    Habits {
        class: "debt collector",
        size: (8, 30),
        calls_a_day: (40.0, 100.0),
        shift_h: (8.0, 12.0),
        weekend: 0.4,
        callees: Callees::Pool { each: 60, fresh: 0.1 },
        answer: (0.2, 0.4),
        vacant: 0.05,
        talk_s: (60.0, 1.1),
        long: 0.02,
        call_back: (0.12, 0.8),
        hand_on: 0.5,
        ..OFFICE
    },
    Habits {
        class: "bank fraud desk",
        size: (8, 30),
        calls_a_day: (15.0, 40.0),
        shift_h: (0.0, 24.0),
        weekend: 0.9,
        callees: Callees::Strangers,
        answer: (0.5, 0.7),
        talk_s: (200.0, 0.9),
        long: 0.08,
        call_back: (0.35, 0.92),
        hand_on: 0.6,
        received_a_day: 10.0,
        ..OFFICE
    },
    Habits {
        class: "prevention volunteers",
        size: (5, 20),
        calls_a_day: (10.0, 30.0),
        shift_h: (10.0, 6.0),
        weekend: 0.3,
        callees: Callees::Strangers,
        answer: (0.4, 0.6),
        talk_s: (200.0, 0.6),
        long: 0.03,
        call_back: (0.15, 0.7),
        own_calls_a_day: 3.0,
        consecutive: false,
        ..OFFICE
    },
    Habits {
        class: "network probe",
        size: (4, 12),
        calls_a_day: (150.0, 400.0),
        shift_h: (0.0, 24.0),
        weekend: 1.0,
        callees: Callees::Pool { each: 4, fresh: 0.0 },
        answer: (0.95, 1.0),
        talk_s: (20.0, 0.1),
        long: 0.0,
        call_back: (0.0, 0.0),
        sleep: Place::Together,
        among_a_day: 20.0,
        ..OFFICE
    },
    Habits {
        class: "spoofed innocent",
        size: (1, 1),
        calls_a_day: (0.0, 0.0),
        callees: Callees::Nobody,
        received_a_day: 150.0,
        answer: (0.2, 0.4),
        talk_s: (15.0, 0.6),
        work: Place::Own,
        own_calls_a_day: 4.0,
        life: Life::Whole,
        consecutive: false,
        ..OFFICE
    },
    Habits {
        class: "migrant hostel",
        size: (30, 90),
        own_abroad: true,
        own_calls_a_day: 2.5,
        work: Place::Roaming(4),
        life: Life::Days(20, 60),
        ..RESIDENTS
    },
    Habits { class: "dormitory", size: (30, 90), own_calls_a_day: 4.0, ..RESIDENTS },
    Habits {
        class: "tour group",
        size: (15, 50),
        own_abroad: true,
        own_calls_a_day: 1.5,
        work: Place::Moving(1),
        sleep: Place::Moving(2),
        consecutive: true,
        life: Life::Days(6, 12),
        among_a_day: 1.5,
        ..RESIDENTS
    },
    Habits {
        class: "crew hotel",
        size: (10, 40),
        own_abroad: true,
        own_calls_a_day: 2.0,
        life: Life::Days(2, 4),
        work: Place::Roaming(10),
        ..RESIDENTS
    },
    Habits {
        class: "sports camp",
        size: (20, 50),
        own_calls_a_day: 2.0,
        work: Place::Together,
        life: Life::Days(7, 14),
        among_a_day: 1.0,
        ..RESIDENTS
    },
    Habits {
        class: "quarantine",
        size: (15, 60),
        own_calls_a_day: 6.0,
        work: Place::Together,
        life: Life::Days(10, 15),
        among_a_day: 0.2,
        ..RESIDENTS
    },
    Habits {
        class: "refugee shelter",
        size: (20, 80),
        own_abroad: true,
        own_calls_a_day: 2.5,
        lend: 0.15,
        work: Place::Together,
        life: Life::Whole,
        ..RESIDENTS
    },
    Habits {
        class: "small office",
        size: (6, 25),
        calls_a_day: (6.0, 20.0),
        callees: Callees::Pool { each: 20, fresh: 0.15 },
        own_calls_a_day: 1.0,
        consecutive: false,
        ..OFFICE
    },
    Habits {
        class: "lone seller",
        size: (1, 1),
        calls_a_day: (8.0, 40.0),
        callees: Callees::Strangers,
        answer: (0.4, 0.8),
        talk_s: (30.0, 1.1),
        long: 0.02,
        call_back: (0.15, 0.8),
        work: Place::Roaming(6),
        own_calls_a_day: 2.0,
        consecutive: false,
        weekend: 0.4,
        ..OFFICE
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_domain_notes_is_there() {
        let named = [
            "telemarketing",
            "service centre",
            "courier",
            "rider",
            "taxi",
            "clinic",
            "recruiter",
            "crisis hotline",
            "political survey",
            "debt collector",
            "migrant hostel",
            "dormitory",
            "tour group",
            "crew hotel",
            "sports camp",
            "quarantine",
            "refugee shelter",
            "network probe",
            "spoofed innocent",
            "bank fraud desk",
            "prevention volunteers",
        ];
        for class in named {
            assert_eq!(ALL.iter().filter(|habits| habits.class == class).count(), 1, "{class}");
        }
    }
}
