//! The place.

use super::{Weighed, percent};
use crate::config::PlaceFindings;
use crate::group::GroupFacts;
use domain::Family;

pub(super) fn weigh(facts: &GroupFacts, config: &PlaceFindings, weighed: &mut Weighed) {
    by_day(facts, config, weighed);
    by_night(facts, config, weighed);
}

fn by_day(facts: &GroupFacts, config: &PlaceFindings, weighed: &mut Weighed) {
    let (Some(site), Some(stillness)) = (facts.site_share, facts.stillness) else { return };
    let sites = facts.sites.unwrap_or(0);
    let many_sites = sites >= config.sites_min;
    let restless = config.restless.bits(1.0 - stillness);
    let one_site = config.one_site.bits(site);
    let at_sites = config.still_at_sites.bits(stillness).filter(|_| many_sites);
    if restless.is_some() {
        weighed.add(Family::Place, restless, || {
            format!(
                "The lines move about: each makes only {} of its calls from its main cell.",
                percent(stillness)
            )
        });
    } else if one_site.is_some() {
        weighed.add(Family::Place, one_site, || {
            format!(
                "{} of the calls come from one place (its main cell and the next).",
                percent(site)
            )
        });
    } else if at_sites.is_some() {
        weighed.add(Family::Place, at_sites, || {
            format!("The lines stand still at {sites} places, several at each.")
        });
    } else {
        weighed.add(Family::Place, config.still.bits(stillness), || {
            format!(
                "The lines keep to the same few cells ({} of the calls from two).",
                percent(site)
            )
        });
    }
}

fn by_night(facts: &GroupFacts, config: &PlaceFindings, weighed: &mut Weighed) {
    let Some(at_site) = facts.night_at_site else { return };
    let seen = facts.night_share >= config.night_share_min;
    let bits = config.night_away.bits(1.0 - at_site).filter(|_| seen);
    weighed.add(Family::Place, bits, || {
        format!(
            "At night the lines are elsewhere: only {} of night calls come from the place.",
            percent(at_site)
        )
    });
}
