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
use facts::{Budget, Calls, Extra, Observed};
use profiles::Context;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Groups, and who runs each, where that is known.
#[derive(Debug)]
pub(crate) struct Overseen {
    /// Members, indexes of candidates.
    pub(crate) groups: Vec<Vec<u32>>,
    overseers: Vec<Option<u32>>,
}

/// Whom somebody who runs a group calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Called {
    /// Candidates among them, indexes in order.
    candidates: Vec<u32>,
    /// Lines in all.
    lines: usize,
}

/// Whether the feeds leave it to this: they show neither handsets nor cells.
pub(crate) fn are_asked(observed: Observed) -> bool {
    !observed.has(Extra::CallerHandset) && !observed.has(Extra::CallerCell)
}

/// Who calls the members of groups from outside and on which days, by candidate, in order, each once; nothing for candidates of no group.
/// Errors: the shelf fails.
pub(crate) fn callers(
    groups: &[Vec<u32>],
    candidates: &[Candidate],
    context: &Context<'_>,
    budget: &Budget,
) -> io::Result<Vec<Vec<(u32, u32)>>> {
    let line = |at: &u32| candidates[*at as usize].line;
    let mut grouped: Vec<u32> = groups.iter().flatten().map(line).collect();
    grouped.sort_unstable();
    let is_outside = |caller: u32| {
        grouped.binary_search(&caller).is_err()
            && context.lines.key(caller).kind() != LineKind::Withheld
    };
    let group_of = group_of(groups, candidates.len());
    let of = group_of.par_iter().zip(candidates).map(|(group, candidate)| {
        if group.is_none() {
            return Ok(Vec::new());
        }
        let calls = budget.look(&candidate.calls)?;
        let outside = calls.received.iter().filter(|call| is_outside(call.caller));
        let day = |start_s| day_of(context.site.local_s(start_s));
        let mut callers: Vec<(u32, u32)> =
            outside.map(|call| (call.caller, day(call.start_s))).collect();
        callers.sort_unstable();
        callers.dedup();
        Ok(callers)
    });
    of.collect()
}

/// Whom each of some lines calls, in their order. Errors: the shelf fails.
pub(crate) fn called(
    lines: &[u32],
    calls: &Calls,
    candidates: &[Candidate],
) -> io::Result<BTreeMap<u32, Called>> {
    let called = calls.map_lines(lines, |part, place, _| {
        let lines: BTreeSet<u32> = part.made_at(place).map(|row| part.callee[row]).collect();
        // Candidates stand in the order of their lines.
        let at = |line: &u32| candidates.binary_search_by_key(line, |one| one.line).ok();
        let candidates = lines.iter().filter_map(at).map(u32_of).collect();
        Called { candidates, lines: lines.len() }
    })?;
    Ok(lines.iter().copied().zip(called).collect())
}

impl Overseen {
    /// Who runs each of the groups. `callers` are those of their members.
    pub(crate) fn of(
        groups: Vec<Vec<u32>>,
        callers: &[Vec<(u32, u32)>],
        config: &AssemblyConfig,
    ) -> Self {
        let overseers = groups.iter().map(|members| overseer(members, callers, config));
        Self { overseers: overseers.collect(), groups }
    }

    /// Who runs any group, in order.
    pub(crate) fn overseers(&self) -> Vec<u32> {
        let overseers: BTreeSet<u32> = self.overseers.iter().flatten().copied().collect();
        overseers.into_iter().collect()
    }

    /// Without those who mostly call lines that are not worked.
    #[must_use]
    pub(crate) fn without_hubs(
        mut self,
        called: &BTreeMap<u32, Called>,
        config: &AssemblyConfig,
    ) -> Self {
        let runs = |overseer: &u32| {
            called.get(overseer).is_some_and(|called| {
                called.candidates.len() as f64 >= config.overseer_share_min * called.lines as f64
            })
        };
        for overseer in &mut self.overseers {
            *overseer = overseer.filter(runs);
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

    /// Those of so many candidates that are in no group and that who runs a group calls, and that group; who is called by several is left out.
    pub(crate) fn strays(
        &self,
        called: &BTreeMap<u32, Called>,
        candidates: usize,
    ) -> Vec<(u32, usize)> {
        let group_of = group_of(&self.groups, candidates);
        let mut of: BTreeMap<u32, Option<usize>> = BTreeMap::new();
        for (group, overseer) in self.overseers.iter().enumerate() {
            let called = overseer.and_then(|overseer| called.get(&overseer));
            let called = called.map_or(&[][..], |called| &called.candidates);
            for at in called.iter().filter(|at| group_of[**at as usize].is_none()) {
                of.entry(*at).and_modify(|group| *group = None).or_insert(Some(group));
            }
        }
        of.into_iter().filter_map(|(at, group)| Some((at, group?))).collect()
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

    /// Two groups of ten lines and three lines of none. Line 100 calls so many of each group, and of `more`, each line's callers.
    fn overseen(
        called: [u32; 2],
        day: impl Fn(u32) -> u32,
        more: &[(u32, u32)],
    ) -> (Overseen, BTreeMap<u32, Called>) {
        let groups = vec![(0..10).collect(), (10..20).collect()];
        let of = (0..23).map(|at| {
            let group = at as usize / 10;
            let own = group < 2 && at % 10 < called[group];
            let own = own.then(|| (100, day(at)));
            let more = more.iter().filter(|(line, _)| *line == at).map(|(_, by)| (*by, day(at)));
            own.into_iter().chain(more).chain([(200 + at, 3)]).collect()
        });
        let callers: Vec<Vec<(u32, u32)>> = of.collect();
        let mut called: BTreeMap<u32, Called> = BTreeMap::new();
        for (at, callers) in (0..).zip(&callers) {
            for (caller, _) in callers {
                let called = called.entry(*caller).or_default();
                called.candidates.push(at);
                called.lines += 1;
            }
        }
        (Overseen::of(groups, &callers, &AssemblyConfig::default()), called)
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
        let groups = |lines: usize| {
            let (found, mut called) = overseen([6, 4], |at| at, &[]);
            called.entry(100).and_modify(|called| called.lines = lines);
            found.without_hubs(&called, &AssemblyConfig::default()).joined().groups
        };
        assert_eq!((groups(30).len(), groups(900).len()), (1, 2));
    }

    #[test]
    fn a_line_of_no_group_goes_to_the_group_whose_overseer_calls_it() {
        let bosses = (0..8).map(|at| (10 + at, 300));
        let strays = [(20, 100), (21, 300), (22, 100), (22, 300)];
        let more: Vec<(u32, u32)> = bosses.chain(strays).collect();
        let (mut found, called) = overseen([6, 0], |at| at, &more);
        let strays = found.strays(&called, 23);
        assert_eq!(strays, [(20, 0), (21, 1)], "who is called by both overseers is nobody's");
        found.adopt(strays);
        assert_eq!((found.groups[0].len(), found.groups[1].len()), (11, 11));
    }
}
