//! How long the line lives, and whether it falls silent and starts again.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::u32_of;
use domain::zone::day_of;

/// A silence as long as this, followed by a call, is a restart.
pub const SILENCE_DAYS: u32 = 7;

declare! {
    Tenure, "tenure",
    means: "From the first call to the last, made or received; the longest silence; restarts after a week or more.",
    points_to_a_room: "Fraud lines live 1 to 14 days inside a room of 1 to 6 weeks (docs/concepts/figures.md).",
    false_alarms: "Tourist SIMs; and every line that begins or ends outside the feed's span looks shorter than it is.",
    first_seen_s: Option<u32>, "epoch seconds", "First call.";
    last_seen_s: Option<u32>, "epoch seconds", "Last call.";
    tenure_days: u32, "days", "Local days from the first call to the last, both counted.";
    silence_max_days: u32, "days", "Longest run of local days without a call in between.";
    restarts: u32, "times", "Silences of a week or more that ended.";
}

/// Life of a line. `buffer` is scratch.
pub fn tenure(calls: &LineCalls<'_>, context: &Context<'_>, buffer: &mut Vec<u32>) -> Tenure {
    let starts = || calls.made.start_s.iter().chain(calls.received.start_s);
    let (Some(first), Some(last)) = (starts().min(), starts().max()) else {
        return Tenure::default();
    };
    let day = |start_s: u32| day_of(context.site.local_s(start_s));
    buffer.clear();
    buffer.extend(starts().map(|start_s| day(*start_s)));
    buffer.sort_unstable();
    let silences = || buffer.windows(2).map(|pair| (pair[1] - pair[0]).saturating_sub(1));
    Tenure {
        first_seen_s: Some(*first),
        last_seen_s: Some(*last),
        tenure_days: day(*last) - day(*first) + 1,
        silence_max_days: silences().max().unwrap_or(0),
        restarts: u32_of(silences().filter(|days| *days >= SILENCE_DAYS).count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn silence_and_restart() {
        let found = told("A>B d0 09:00 1, B>A d2 09:00 1, A>B d12 09:00 1", |calls, context| {
            tenure(calls, context, &mut Vec::new())
        });
        assert_eq!((found.tenure_days, found.silence_max_days, found.restarts), (13, 9, 1));
    }
}
