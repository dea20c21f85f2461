//! Cohort: many arrived at once.
//!
//! Means: eight phones and more that are new to the records reach the place within an hour and a half of each other, when the room began or later,
//! often by night and from one and the same place. Points to captivity: recruits travel as a group, are met, and driven to one address. Counter-sign:
//! newcomers who come one by one. Known false alarms: tour groups, crews, pilgrims (they leave by day, ring home, and their phones live on): alone it
//! advises nothing. Who paid and who booked is not in these records.

use super::batch::came_together;
use super::isolation::{unless_begun_before, unseen};
use super::view::{View, phones};
use super::{Indicator, Sign};
use domain::num::share;
use rooms::FactRef;
use std::fmt::Write as _;

pub(super) fn sign(view: &View<'_>) -> Sign {
    if let Some(why) = unseen(view) {
        return Sign::not_observable(Indicator::Cohort, why);
    }
    let config = view.config;
    let together = came_together(&view.newcomers, |_| true, config);
    let one_by_one = view.newcomers.iter().filter(|one| !one.in_batch).count();
    let counter = (one_by_one > 0).then(|| format!("{} came one by one.", phones(one_by_one)));
    if together.len() < config.cohort_min {
        let statement =
            format!("At most {} came to the place at one time.", phones(together.len()));
        return unless_begun_before(view, Sign::not_seen(Indicator::Cohort, statement));
    }
    let night = together.iter().filter(|one| !(6..20).contains(&view.hour(one.there_s))).count();
    let night = share(night, together.len()).unwrap_or(0.0) > 0.5;
    let elsewhere = || together.iter().filter(|one| !view.site.contains(&one.first_cell));
    let from_one = |cell: u32| elsewhere().filter(|one| one.first_cell == cell).count();
    let from_one = elsewhere().map(|one| from_one(one.first_cell)).max().unwrap_or(0);
    let facts = together.iter().take(config.facts_max);
    let facts = facts.map(|one| FactRef::sighting(one.line, one.first_s)).collect();
    let mut statement = format!(
        "{} new to the records came to the place within {:.0} minutes of each other{}",
        phones(together.len()),
        f64::from(config.together_s) / 60.0,
        if night { ", by night" } else { "" }
    );
    if from_one * 2 > together.len() {
        let _infallible =
            write!(statement, "; {from_one} of them were first seen in one other cell");
    }
    statement.push_str(". Who paid for the journey is not in these records.");
    Sign::seen(Indicator::Cohort, together.len(), statement, view).against(counter).with(facts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::newcomer::Newcomer;
    use crate::captivity::tests::{newcomer, view_with};

    #[test]
    fn who_comes_together_is_a_cohort() {
        let together = (0..9).map(|line| newcomer(line, true)).collect();
        assert_eq!(sign(&view_with(together)).status, Status::Seen);
    }

    #[test]
    fn patients_who_come_one_by_one_are_none() {
        let one_by_one = (0..9).map(|line| Newcomer {
            there_s: newcomer(line, true).there_s + line * 20_000,
            ..newcomer(line, true)
        });
        assert_eq!(sign(&view_with(one_by_one.collect())).status, Status::NotSeen);
    }
}
