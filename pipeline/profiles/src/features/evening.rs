//! Recurrent partners of evenings and weekends: a life of one's own.

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::{share, u32_of};
use domain::zone::{day_of, hour_of, weekday_of};

declare! {
    Evening, "evening",
    means: "How many others the line both calls and is called by, with contact on at least two evenings (18-23 local) or weekend days.",
    points_to_a_room: "Work lines of a room have no recurrent evening partner; nor have captives whose own phones were taken.",
    false_alarms: "Work-only SIMs and call centres lack one too; a courier's or driver's own line has some.",
    evening_partners: u32, "lines", "Others with contact on two or more evenings or weekend days.";
    evening_share: Option<f64>, "share of counterparts", "The same over all others that it spoke with.";
}

/// Counts recurrent evening partners.
pub fn evening(calls: &LineCalls<'_>, context: &Context<'_>) -> Evening {
    let own_time_day = |start_s: u32| {
        let local_s = context.site.local_s(start_s);
        let own = (18..23).contains(&hour_of(local_s)) || weekday_of(local_s) >= 5;
        own.then(|| day_of(local_s))
    };
    // Made or received alone is work or pestering; a partner does both.
    let both = calls.counterparts.iter().filter(|other| other.made > 0 && other.received > 0);
    let recurrent = both.filter(|other| {
        let mut days = calls.starts_with(other).filter_map(own_time_day);
        let first = days.next();
        days.any(|day| Some(day) != first)
    });
    let partners = recurrent.count();
    Evening {
        evening_partners: u32_of(partners),
        evening_share: share(partners, calls.counterparts.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn two_evenings_make_a_partner_and_one_does_not() {
        let story = "A>B d0 19:00 1, B>A d1 20:00 1, A>C d0 19:00 1, C>A d0 19:30 1, A>D d0 10:00 1, D>A d1 10:00 1, A>E d0 19:00 1, A>E d1 19:00 1";
        assert_eq!(
            told(story, evening),
            Evening { evening_partners: 1, evening_share: Some(0.25) },
            "C has one evening, D none, E never calls"
        );
    }
}
