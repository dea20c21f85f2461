//! Handsets.

use super::examples::Pairs;
use super::{Group, Worked};
use crate::room::FactRef;
use domain::num::share;
use std::collections::BTreeMap;

pub(super) fn devices(group: &mut Group, own: &[Worked<'_>], seen_share_min: f64) {
    let mut of_handset: BTreeMap<u32, Vec<&Worked<'_>>> = BTreeMap::new();
    let mut seen: usize = 0;
    for line in own {
        if let Some(handset) = line.traits.top_handset {
            seen += 1;
            of_handset.entry(handset).or_default().push(line);
        }
    }
    if share(seen, own.len()).is_none_or(|share| share < seen_share_min) {
        return;
    }
    let sharing: usize = of_handset.values().filter(|lines| lines.len() > 1).map(Vec::len).sum();
    group.facts.handset_sharers = Some(sharing);
    group.facts.handset_shared = share(sharing, seen);
    group.facts.handsets = Some(of_handset.len());
    group.facts.lines_a_handset = share(seen, of_handset.len());
    let mut pairs = Pairs::default();
    for (handset, lines) in &of_handset {
        let calls: Vec<FactRef> =
            lines.iter().filter_map(|line| first_from(line, *handset)).collect();
        calls.windows(2).for_each(|pair| pairs.push(pair[0], pair[1]));
    }
    group.examples.handsets = pairs.into_calls();
}

/// The first call that a line made from a handset.
fn first_from(line: &Worked<'_>, handset: u32) -> Option<FactRef> {
    let call = line.calls.made.iter().find(|call| call.handset == handset)?;
    Some(FactRef { caller: line.line, callee: call.callee, start_s: call.start_s })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::candidate::{CandidateCalls, MadeCall, Traits};
    use std::borrow::Cow;

    /// Lines with these main handsets, from which each made a call.
    fn told(handsets: &[Option<u32>]) -> Group {
        let worked = |(line, top_handset): (u32, &Option<u32>)| {
            let call = MadeCall {
                start_s: line,
                callee: 900,
                duration_s: 5,
                marks: 0,
                cell: facts::NONE,
                handset: top_handset.unwrap_or(facts::NONE),
            };
            let calls = CandidateCalls { made: vec![call], received: vec![] };
            let traits = Traits { top_handset: *top_handset, ..Traits::default() };
            Worked { line, traits, calls: Cow::Owned(calls) }
        };
        let own: Vec<Worked<'_>> = (0..).zip(handsets).map(worked).collect();
        let mut group = Group::default();
        devices(&mut group, &own, 0.5);
        group
    }

    #[test]
    fn lines_that_share_a_handset_are_counted_with_a_call_of_each() {
        let group = told(&[Some(7), Some(7), Some(8), None]);
        assert_eq!(
            (group.facts.handset_sharers, group.facts.lines_a_handset),
            (Some(2), Some(1.5))
        );
        let call = |caller| FactRef { caller, callee: 900, start_s: caller };
        assert_eq!(group.examples.handsets, [call(0), call(1)]);
    }

    #[test]
    fn where_most_handsets_are_not_seen_nothing_is_observed() {
        let facts = told(&[Some(7), None, None, None]).facts;
        assert_eq!((facts.handset_sharers, facts.handset_shared), (None, None));
    }
}
