//! How long the line lives, and whether it falls silent and starts again.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::zone::day_of;

/// A silence as long as this, followed by a call, is a restart.
pub const SILENCE_DAYS: u32 = 7;

declare! {
    Tenure, "tenure",
    means: "From the first call to the last, made or received; the longest silence; restarts after a week or more.",
    points_to_a_room: "Fraud lines live 1 to 14 days inside a room of 1 to 6 weeks (DOMAIN.md 8.2).",
    false_alarms: "Tourist SIMs; and every line that begins or ends outside the feed's span looks shorter than it is.",
    first_seen_s: Option<u32>, "epoch seconds", "First call.";
    last_seen_s: Option<u32>, "epoch seconds", "Last call.";
    tenure_days: u32, "days", "Local days from the first call to the last, both counted.";
    silence_max_days: u32, "days", "Longest run of local days without a call in between.";
    restarts: u32, "times", "Silences of a week or more that ended.";
}

/// Life of a line.
pub fn tenure(calls: &LineCalls<'_>, context: &Context<'_>) -> Tenure {
    let (made, received) = (calls.made.start_s, calls.received.start_s);
    let first = [made.first(), received.first()].into_iter().flatten().min();
    let last = [made.last(), received.last()].into_iter().flatten().max();
    let (Some(first), Some(last)) = (first, last) else { return Tenure::default() };
    let day = |start_s: u32| day_of(context.site.local_s(start_s));
    let (mut at_made, mut at_received) = (0, 0);
    let (mut before, mut silence_max_days, mut restarts) = (day(*first), 0, 0);
    while at_made < made.len() || at_received < received.len() {
        let next_made = made.get(at_made).copied().unwrap_or(u32::MAX);
        let next_received = received.get(at_received).copied().unwrap_or(u32::MAX);
        let today = day(next_made.min(next_received));
        let silence = today.saturating_sub(before).saturating_sub(1);
        silence_max_days = silence_max_days.max(silence);
        restarts += u32::from(silence >= SILENCE_DAYS);
        before = today;
        if next_made <= next_received {
            at_made += 1;
        } else {
            at_received += 1;
        }
    }
    Tenure {
        first_seen_s: Some(*first),
        last_seen_s: Some(*last),
        tenure_days: day(*last) - day(*first) + 1,
        silence_max_days,
        restarts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn silence_and_restart() {
        let found = told("A>B d0 09:00 1, B>A d2 09:00 1, A>B d12 09:00 1", tenure);
        assert_eq!((found.tenure_days, found.silence_max_days, found.restarts), (13, 9, 1));
    }
}
