//! Answer-seizure ratio.

use crate::calls::{LineCalls, is_answered};
use crate::feature::declare;
use domain::num::share;

declare! {
    Answer, "answer",
    means: "The share of attempts that are answered (answer-seizure ratio, ITU-T E.411).",
    points_to_a_room: "Lists of strangers answer badly: 8 to 30 %, by the list's quality (docs/concepts/figures.md).",
    false_alarms: "Cold sales (8-15 %) look the same; couriers (60-85 %) do not.",
    answer_rate: Option<f64>, "share of calls", "Calls made that were answered.";
    received_answer_rate: Option<f64>, "share of calls", "Calls received that the line answered.";
}

/// Answer rates of both directions.
pub fn answer(calls: &LineCalls<'_>) -> Answer {
    let rate = |marks: &[u8]| {
        share(marks.iter().filter(|marks| is_answered(**marks)).count(), marks.len())
    };
    Answer { answer_rate: rate(calls.made.marks), received_answer_rate: rate(calls.received.marks) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn answered_over_attempts() {
        let found =
            told("A>B d0 08:00 9, A>B d0 09:00 0, A>C d0 10:00 0, A>C d0 11:00 0", |calls, _| {
                answer(calls)
            });
        assert_eq!(found, Answer { answer_rate: Some(0.25), received_answer_rate: None });
    }
}
