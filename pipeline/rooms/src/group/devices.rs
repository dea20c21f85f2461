//! Handsets.

use super::{Group, Worked};
use domain::num::share;
use std::collections::BTreeMap;

pub(super) fn devices(group: &mut Group, own: &[Worked<'_>]) {
    let mut of_handset: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let mut seen = 0;
    for line in own {
        if let Some(handset) = line.traits.top_handset {
            seen += 1;
            of_handset.entry(handset).or_default().push(line.line);
        }
    }
    if seen == 0 {
        return;
    }
    let sharing: usize = of_handset.values().filter(|lines| lines.len() > 1).map(Vec::len).sum();
    group.facts.handset_sharers = sharing;
    group.facts.handset_shared = share(sharing, seen);
    group.facts.lines_a_handset = share(seen, of_handset.len());
    for (handset, lines) in &of_handset {
        group.handset_pairs.extend(lines.windows(2).map(|pair| (pair[0], pair[1], *handset)));
    }
}
