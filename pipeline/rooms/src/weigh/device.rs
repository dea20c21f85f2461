//! Handsets.

use super::{Weighed, percent};
use crate::config::DeviceFindings;
use crate::group::GroupFacts;
use domain::Family;

pub(super) fn weigh(facts: &GroupFacts, config: &DeviceFindings, weighed: &mut Weighed) {
    let (Some(shared), Some(each)) = (facts.handset_shared, facts.lines_a_handset) else { return };
    let large = facts.lines >= config.large_lines_min;
    let bits = if large { &config.shared_large } else { &config.shared }.bits(shared);
    let bits = bits.filter(|bits| *bits < 0.0 || facts.handset_sharers >= config.sharers_min);
    weighed.add(Family::Device, bits, || match bits {
        Some(bits) if bits > 0.0 => format!(
            "{} of the lines share their main handset with another of them ({each:.1} lines for each handset).",
            percent(shared)
        ),
        _ => "Nearly every line has a handset of its own.".to_owned(),
    });
}
