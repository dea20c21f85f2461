//! Handsets.

use super::{Weighed, percent};
use crate::config::DeviceFindings;
use crate::group::Group;
use domain::Family;

pub(super) fn weigh(group: &Group, config: &DeviceFindings, weighed: &mut Weighed) {
    let facts = &group.facts;
    let (Some(shared), Some(sharers), Some(each)) =
        (facts.handset_shared, facts.handset_sharers, facts.lines_a_handset)
    else {
        return;
    };
    let large = facts.lines >= config.large_lines_min;
    let bits = if large { &config.shared_large } else { &config.shared }.bits(shared);
    let bits = bits.filter(|bits| *bits < 0.0 || sharers >= config.sharers_min);
    let calls: &[_] =
        if bits.is_some_and(|bits| bits > 0.0) { &group.examples.handsets } else { &[] };
    weighed.add_with(Family::Device, bits, calls, || match bits {
        Some(bits) if bits > 0.0 => format!(
            "{} of the lines share their main handset with another of them ({each:.1} lines for each handset).",
            percent(shared)
        ),
        _ => "Nearly every line has a handset of its own.".to_owned(),
    });
}
