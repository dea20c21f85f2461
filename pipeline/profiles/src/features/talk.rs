//! How long people are kept talking.

use crate::calls::{LineCalls, is_answered, median};
use crate::feature::declare;
use domain::num::share;

/// A first contact as long as this has been talked into something.
pub const LONG_S: u32 = 300;

declare! {
    Talk, "talk",
    means: "How long answered calls last, and how many first contacts turn into long talks.",
    points_to_a_room: "Rooms show two modes: probes of seconds and hooked targets of tens of minutes; the median of reported fraud calls is 83 s (docs/concepts/figures.md).",
    false_alarms: "Hotlines, clinics and helpdesks talk long too, but mostly with people who called them.",
    talk_median_s: Option<f64>, "seconds", "Median duration of answered calls made.";
    long_first_share: Option<f64>, "share of answered first contacts", "Answered first contacts that lasted five minutes or more.";
}

/// Durations of answered calls made.
pub fn talk(calls: &LineCalls<'_>, buffer: &mut Vec<u32>) -> Talk {
    let durations = calls.made.duration_s;
    buffer.clear();
    let answered = durations.iter().zip(calls.made.marks).filter(|(_, marks)| is_answered(**marks));
    buffer.extend(answered.map(|(duration_s, _)| *duration_s));
    let firsts = calls
        .callees()
        .filter(|other| other.is_first_contact())
        .map(|other| other.first_row as usize);
    let (mut long, mut first) = (0, 0);
    for row in firsts.filter(|row| is_answered(calls.made.marks[*row])) {
        first += 1;
        long += usize::from(durations[row] >= LONG_S);
    }
    Talk { talk_median_s: median(buffer), long_first_share: share(long, first) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn long_first_contacts_are_told() {
        let story = "A>B d0 08:00 600, A>B d0 09:00 10, A>C d0 10:00 0, A>D d0 11:00 20";
        let found = told(story, |calls, _| talk(calls, &mut Vec::new()));
        assert_eq!(found.talk_median_s, Some(20.0));
        assert_eq!(found.long_first_share, Some(0.5), "B long, D short, C not answered");
    }
}
