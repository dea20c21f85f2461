//! Isolation: newcomers' own phones fall silent together.
//!
//! Means: five phones and more that came to the place together, when the room began or in a later batch, nearly all of those that did, are last
//! seen there within two days. Points to captivity: phones are taken on arrival, and nobody rings home any more. Counter-sign: newcomers whose phones
//! live on. Known false alarms: travellers who change to local SIMs (their handsets stay), short stays that end (the phones move on and are seen
//! elsewhere).

use super::batch::came_together;
use super::newcomer::{Fate, Newcomer};
use super::view::{View, phones};
use super::{Indicator, Sign};
use rooms::FactRef;

pub(super) fn sign(view: &View<'_>) -> Sign {
    if let Some(why) = unseen(view) {
        return Sign::not_observable(Indicator::Isolation, why);
    }
    let config = view.config;
    let old: Vec<Newcomer> =
        view.newcomers.iter().filter(|one| one.fate != Fate::Untold).cloned().collect();
    if old.is_empty() {
        return Sign::not_observable(
            Indicator::Isolation,
            "Newcomers came too short a time ago to tell whether their phones fall silent.",
        );
    }
    let came = came_together(&old, Newcomer::is_silent, config);
    let silent: Vec<_> = came.iter().filter(|one| one.is_silent()).collect();
    let living = came.len() - silent.len();
    let counter =
        (living > 0).then(|| format!("{} of those who came with them live on.", phones(living)));
    let together = silent.len() as f64 >= config.silent_share_min * came.len() as f64;
    if silent.len() >= config.newcomers_min && together {
        let facts = silent.iter().take(config.facts_max);
        let facts = facts.map(|one| FactRef::sighting(one.line, one.first_s)).collect();
        return Sign::seen(
            Indicator::Isolation,
            silent.len(),
            format!(
                "{} of newcomers fell silent within {:.0} hours of being first seen, together, and were not seen again.",
                phones(silent.len()),
                f64::from(config.silence_within_s) / 3_600.0
            ),
            view,
        )
        .against(counter)
        .with(facts);
    }
    let statement = format!("{} of newcomers fell silent.", phones(silent.len()));
    unless_begun_before(view, Sign::not_seen(Indicator::Isolation, statement).against(counter))
}

/// A sign that newcomers do not show; where the room's beginning was not seen, those who came then may have.
pub(super) fn unless_begun_before(view: &View<'_>, not_seen: Sign) -> Sign {
    if view.beginning_is_seen() {
        return not_seen;
    }
    let why = "The room is as old as the facts: who came when it began was not seen, and those who came since do not show it.";
    Sign::not_observable(not_seen.indicator, why)
}

/// Why newcomers cannot be told, if they cannot.
pub(super) fn unseen(view: &View<'_>) -> Option<&'static str> {
    if !view.observed.0 {
        Some("The feeds hold calls alone: phones of newcomers that make none are not seen.")
    } else if view.newcomers.is_empty() && !view.beginning_is_seen() {
        Some(
            "The room is as old as the facts: who came when it began was not seen, and no batch of people came since.",
        )
    } else if view.newcomers.is_empty() {
        Some(
            "No phone of newcomers was seen at the place: they may have come without, or the place is another's too.",
        )
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::tests::{newcomer, view_with};

    #[test]
    fn phones_that_fall_silent_together_are_told() {
        let silent = (0..9).map(|line| newcomer(line, true)).collect();
        assert_eq!(sign(&view_with(silent)).status, Status::Seen);
    }

    #[test]
    fn a_hostel_whose_guests_ring_home_is_not() {
        let guests = (0..9).map(|line| newcomer(line, line == 0)).collect();
        let told = sign(&view_with(guests));
        assert_eq!(told.status, Status::NotSeen);
        assert!(told.counter_sign.unwrap().starts_with("8 phones"));
    }

    #[test]
    fn nobody_seen_is_not_observable() {
        assert_eq!(sign(&view_with(Vec::new())).status, Status::NotObservable);
    }
}
