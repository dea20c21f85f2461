//! Pieces that one line from outside runs.
//!
//! Means: one line of no group calls more lines of each of two pieces than others do, on several days, and few others beside. Points to one room:
//! who runs a room calls worker after worker, and goes on doing so when the lines they work with are used up. Asked only where the feeds show neither
//! handsets nor cells, for these tell better what belongs together, and where two houses of one ring are apart.
//!
//! Known false alarms: two houses that one person runs come up as one room there. Who rings everybody (a delivery service, one-time passwords by voice)
//! runs nobody: its calls go elsewhere. Withheld callers are many people, and no line.

use crate::candidate::Candidate;
use crate::config::AssemblyConfig;
use crate::pairs::group_of;
use domain::LineKind;
use domain::num::u32_of;
use domain::zone::day_of;
use facts::{Budget, Extra};
use profiles::Context;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Who calls each candidate, and on which days.
pub(crate) struct Callers {
    /// By candidate: callers and days, in order, each once.
    of: Vec<Vec<(u32, u32)>>,
}

/// Groups, and who runs each, where that is known.
pub(crate) struct Overseen {
    /// Members, indexes of candidates.
    pub(crate) groups: Vec<Vec<u32>>,
    overseers: Vec<Option<u32>>,
}

impl Callers {
    /// Who calls the candidates, but for those in `grouped` (lines, in order) and for withheld callers; `None` where the feeds show handsets or cells.
    /// Errors: the shelf fails.
    pub(crate) fn of(
        candidates: &[Candidate],
        grouped: &[u32],
        context: &Context<'_>,
        budget: &Budget,
    ) -> io::Result<Option<Self>> {
        let observed = context.observed;
        if observed.has(Extra::CallerHandset) || observed.has(Extra::CallerCell) {
            return Ok(None);
        }
        let is_outside = |caller: u32| {
            grouped.binary_search(&caller).is_err()
                && context.lines.key(caller).kind() != LineKind::Withheld
        };
        let of = |candidate: &Candidate| -> io::Result<Vec<(u32, u32)>> {
            let calls = budget.look(&candidate.calls)?;
            let outside = calls.received.iter().filter(|call| is_outside(call.caller));
            let day = |start_s| day_of(context.site.local_s(start_s));
            let mut callers: Vec<(u32, u32)> =
                outside.map(|call| (call.caller, day(call.start_s))).collect();
            callers.sort_unstable();
            callers.dedup();
            Ok(callers)
        };
        Ok(Some(Self { of: candidates.par_iter().map(of).collect::<io::Result<_>>()? }))
    }

    /// Who runs each of the groups; these are members, indexes of candidates.
    pub(crate) fn overseen(&self, groups: Vec<Vec<u32>>, config: &AssemblyConfig) -> Overseen {
        let overseers = groups.par_iter().map(|members| overseer(members, &self.of, config));
        Overseen { overseers: overseers.collect(), groups }
    }

    /// The group whose overseer calls a candidate, if one alone does.
    fn group(&self, at: usize, overseen: &BTreeMap<u32, usize>) -> Option<usize> {
        let groups = self.of[at].iter().filter_map(|(caller, _)| overseen.get(caller).copied());
        let groups: BTreeSet<usize> = groups.collect();
        if groups.len() == 1 { groups.into_iter().next() } else { None }
    }
}

impl Overseen {
    /// Who runs any group, in order.
    pub(crate) fn overseers(&self) -> BTreeSet<u32> {
        self.overseers.iter().flatten().copied().collect()
    }

    /// Without those who mostly call lines that are not worked. `callees` tells how many lines each overseer calls in all, in their order.
    #[must_use]
    pub(crate) fn without_hubs(
        mut self,
        callers: &Callers,
        callees: &[usize],
        config: &AssemblyConfig,
    ) -> Self {
        let mut worked: BTreeMap<u32, usize> =
            self.overseers().into_iter().map(|overseer| (overseer, 0)).collect();
        for calls in &callers.of {
            for call in calls.chunk_by(|a, b| a.0 == b.0) {
                worked.entry(call[0].0).and_modify(|count| *count += 1);
            }
        }
        let hubs = worked.into_iter().zip(callees).filter(|((_, worked), all)| {
            (*worked as f64) < config.overseer_share_min * **all as f64
        });
        let hubs: BTreeSet<u32> = hubs.map(|((overseer, _), _)| overseer).collect();
        for overseer in &mut self.overseers {
            *overseer = overseer.filter(|overseer| !hubs.contains(overseer));
        }
        self
    }

    /// Puts groups together that the same line runs.
    pub(crate) fn joined(self) -> Self {
        let mut of: BTreeMap<u32, usize> = BTreeMap::new();
        let mut joined = Self { groups: Vec::new(), overseers: Vec::new() };
        for (members, overseer) in self.groups.into_iter().zip(self.overseers) {
            let known = overseer.and_then(|overseer| of.get(&overseer).copied());
            if let Some(known) = known {
                joined.groups[known].extend(members);
                joined.groups[known].sort_unstable();
                continue;
            }
            of.extend(overseer.map(|overseer| (overseer, joined.groups.len())));
            joined.groups.push(members);
            joined.overseers.push(overseer);
        }
        joined
    }

    /// Candidates of no group that who runs a group calls, and that group.
    pub(crate) fn strays(&self, callers: &Callers) -> Vec<(u32, usize)> {
        let overseen: BTreeMap<u32, usize> = self
            .overseers
            .iter()
            .enumerate()
            .filter_map(|(group, overseer)| Some(((*overseer)?, group)))
            .collect();
        let group_of = group_of(&self.groups, callers.of.len());
        let strays = group_of.iter().enumerate().filter(|(_, group)| group.is_none());
        strays.filter_map(|(at, _)| Some((u32_of(at), callers.group(at, &overseen)?))).collect()
    }

    /// Adds strays to their groups.
    pub(crate) fn adopt(&mut self, strays: impl IntoIterator<Item = (u32, usize)>) {
        for (at, group) in strays {
            self.groups[group].push(at);
            self.groups[group].sort_unstable();
        }
    }
}

/// Who calls the most lines of a group, if these are enough.
fn overseer(members: &[u32], callers: &[Vec<(u32, u32)>], config: &AssemblyConfig) -> Option<u32> {
    // By caller: lines called, and days.
    let mut seen: BTreeMap<u32, (usize, Vec<u32>)> = BTreeMap::new();
    for member in members {
        for calls in callers[*member as usize].chunk_by(|a, b| a.0 == b.0) {
            let (lines, days) = seen.entry(calls[0].0).or_default();
            *lines += 1;
            days.extend(calls.iter().map(|(_, day)| *day));
        }
    }
    let lines_min = config.overseen_share_min * members.len() as f64;
    let enough = seen.into_iter().filter_map(|(caller, (lines, mut days))| {
        days.sort_unstable();
        days.dedup();
        let enough = lines >= config.overseen_lines_min
            && lines as f64 >= lines_min
            && days.len() >= config.overseen_days_min;
        enough.then_some((lines, days.len(), caller))
    });
    // Where two call equally many, neither is told from the other.
    let mut enough: Vec<_> = enough.collect();
    enough.sort_unstable_by(|a, b| b.cmp(a));
    match enough[..] {
        [(lines, ..), (second, ..), ..] if lines == second => None,
        [(.., caller), ..] => Some(caller),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two groups of ten lines and three lines of none. Line 100 calls so many of each group, and `stray`, on days that differ.
    fn overseen(
        called: [u32; 2],
        day: impl Fn(u32) -> u32,
        more: &[(u32, u32)],
    ) -> (Overseen, Callers) {
        let groups = vec![(0..10).collect(), (10..20).collect()];
        let of = (0..23).map(|at| {
            let group = at as usize / 10;
            let own = group < 2 && at % 10 < called[group];
            let own = own.then(|| (100, day(at)));
            let more = more.iter().filter(|(line, _)| *line == at).map(|(_, by)| (*by, day(at)));
            own.into_iter().chain(more).chain([(200 + at, 3)]).collect()
        });
        let callers = Callers { of: of.collect() };
        (callers.overseen(groups, &AssemblyConfig::default()), callers)
    }

    fn rooms(called: [u32; 2], day: impl Fn(u32) -> u32) -> usize {
        overseen(called, day, &[]).0.joined().groups.len()
    }

    #[test]
    fn pieces_that_one_line_runs_are_one_room() {
        assert_eq!(rooms([6, 4], |at| at), 1);
    }

    #[test]
    fn few_lines_or_one_day_are_not_enough() {
        assert_eq!(rooms([6, 2], |at| at), 2, "few lines");
        assert_eq!(rooms([6, 4], |_| 5), 2, "somebody who calls all on one day");
    }

    #[test]
    fn who_calls_less_of_a_piece_than_another_does_not_run_it() {
        let bosses: Vec<(u32, u32)> =
            (0..20).filter(|at| at % 10 < 8).map(|at| (at, 300 + at / 10)).collect();
        assert_eq!(overseen([4, 4], |at| at, &bosses).0.joined().groups.len(), 2);
    }

    #[test]
    fn who_rings_everybody_runs_nobody() {
        let groups = |callees: usize| {
            let (found, callers) = overseen([6, 4], |at| at, &[]);
            found.without_hubs(&callers, &[callees], &AssemblyConfig::default()).joined().groups
        };
        assert_eq!((groups(30).len(), groups(900).len()), (1, 2));
    }

    #[test]
    fn a_line_of_no_group_goes_to_the_group_whose_overseer_calls_it() {
        let bosses = (0..8).map(|at| (10 + at, 300));
        let strays = [(20, 100), (21, 300), (22, 100), (22, 300)];
        let more: Vec<(u32, u32)> = bosses.chain(strays).collect();
        let (mut found, callers) = overseen([6, 0], |at| at, &more);
        let strays = found.strays(&callers);
        assert_eq!(strays, [(20, 0), (21, 1)], "who is called by both overseers is nobody's");
        found.adopt(strays);
        assert_eq!((found.groups[0].len(), found.groups[1].len()), (11, 11));
    }
}
