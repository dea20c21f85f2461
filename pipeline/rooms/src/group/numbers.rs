//! Numbers and what became of attempts.

use super::{Group, Worked};
use crate::config::PairConfig;
use crate::evidence::numbering::gap;
use domain::num::share;
use domain::{LineKind, Outcome};
use facts::Names;
use facts::call::{Attestation, attestation_of, outcome_of};

pub(super) fn numbers(group: &mut Group, own: &[Worked<'_>], lines: &Names, config: &PairConfig) {
    let numbers: Vec<u32> = own.iter().map(|line| line.line).collect();
    let close =
        |a: u32, b: u32| gap(a, b, lines).is_some_and(|gap| gap <= config.numbering.gap_max);
    let long = numbers.iter().filter(|line| lines.key(**line).kind() == LineKind::E164).count();
    let mut sorted = numbers;
    sorted.sort_unstable();
    let near = (0..sorted.len()).filter(|at| {
        let before = at.checked_sub(1).is_some_and(|before| close(sorted[before], sorted[*at]));
        before || sorted.get(at + 1).is_some_and(|after| close(sorted[*at], *after))
    });
    group.facts.batch_share = share(near.count(), long);
    let made = || own.iter().flat_map(|line| &line.calls.made);
    let vacant = made().filter(|call| outcome_of(call.marks) == Outcome::Vacant).count();
    let observed = own.iter().any(|line| line.traits.tells_vacant);
    group.facts.vacant_share = share(vacant, made().count()).filter(|_| observed);
    let attested = |level: Option<Attestation>| {
        made()
            .map(|call| attestation_of(call.marks))
            .filter(|found| level.map_or(*found != Attestation::None, |level| *found == level))
            .count()
    };
    group.facts.attestation_c = share(attested(Some(Attestation::C)), attested(None));
}
