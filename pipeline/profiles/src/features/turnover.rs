//! Whether the people of one week are those of the next.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::zone::day_of;

declare! {
    Turnover, "turnover",
    means: "How many counterparts of one week are counterparts of the next (Jaccard index, mean over neighbouring weeks with calls).",
    points_to_a_room: "Fraud lines' neighbours turn over nearly wholly (Jaccard below 0.05); family and friends stay (0.5 and more).",
    false_alarms: "Couriers turn over as fast.",
    week_jaccard: Option<f64>, "0..1", "Mean Jaccard index of the counterparts of neighbouring weeks.";
    weeks: u32, "weeks", "Weeks (of seven days from the first day) with a call.";
}

const WEEKS_MAX: u32 = 63;

/// Turnover of counterparts from week to week.
pub fn turnover(calls: &LineCalls<'_>, context: &Context<'_>) -> Turnover {
    let day = |start_s: u32| day_of(context.site.local_s(start_s));
    let first =
        calls.counterparts.iter().map(|other| other.made_first_s.min(other.received_first_s));
    let Some(first_day) = first.min().map(day) else { return Turnover::default() };
    let (mut seen, mut both) = ([0_u32; 64], [0_u32; 64]);
    let mut weeks_used = 0_u64;
    for other in calls.counterparts {
        let weeks = calls.starts_with(other).fold(0_u64, |weeks, start_s| {
            weeks | 1 << ((day(start_s) - first_day) / 7).min(WEEKS_MAX)
        });
        weeks_used |= weeks;
        for week in 0..64 {
            let here = weeks >> week & 1;
            let next = if week < 63 { weeks >> (week + 1) & 1 } else { 0 };
            if weeks >> week == 0 {
                break;
            }
            seen[week] += u32::from(here == 1);
            both[week] += u32::from(here & next == 1);
        }
    }
    let pairs = (0..63).filter(|week| seen[*week] > 0 && seen[*week + 1] > 0);
    let indexes = pairs
        .map(|week| f64::from(both[week]) / f64::from(seen[week] + seen[week + 1] - both[week]));
    let (sum, count) = indexes.fold((0.0, 0), |(sum, count), index| (sum + index, count + 1));
    Turnover {
        week_jaccard: (count > 0).then(|| sum / f64::from(count)),
        weeks: weeks_used.count_ones(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn one_of_three_stays() {
        let found =
            told("A>B d0 09:00 1, A>C d1 09:00 1, C>A d8 09:00 1, A>D d9 09:00 1", turnover);
        assert_eq!(found, Turnover { week_jaccard: Some(1.0 / 3.0), weeks: 2 });
        assert_eq!(told("A>B d0 09:00 1", turnover).week_jaccard, None, "one week has no next");
    }
}
