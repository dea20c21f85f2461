//! A pass: pairs of candidates, the groups they form, and what speaks for and against each.

use crate::assembly::{assembled, assembled_by_days};
use crate::candidate::{Candidate, Kind, MadeCall};
use crate::config::Config;
use crate::group::{Group, describe};
use crate::neighbours::Neighbours;
use crate::overseers::{self, Called, Overseen};
use crate::pairs::{Linked, communities, group_of, link};
use crate::survey::Survey;
use crate::threads;
use crate::weigh::{Weighed, weigh};
use domain::zone::day_of;
use facts::{Budget, Calls};
use profiles::Context;
use rayon::iter::MaxLen;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;

/// What groups are described and weighed by.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) calls: &'a Calls,
    pub(crate) context: &'a Context<'a>,
    /// First and last start of the facts, epoch seconds.
    pub(crate) span_s: (u32, u32),
    pub(crate) config: &'a Config,
    pub(crate) budget: &'a Budget,
}

/// Groups of candidates, described and weighed.
pub(crate) struct Pass {
    pub(crate) linked: Linked,
    pub(crate) groups: Vec<(Group, Weighed)>,
}

impl Pass {
    fn members(&self) -> Vec<&[u32]> {
        self.groups.iter().map(|(group, _)| &*group.members).collect()
    }
}

impl Scene<'_> {
    /// Pairs and groups of the surveyed candidates. Errors: the shelf fails.
    pub(crate) fn pass(&self, survey: &Survey) -> io::Result<Pass> {
        let Self { context, config, budget, .. } = self;
        let lines_min = config.lead.lines_min;
        let linked = link(survey, context, &config.pair, budget)?;
        let candidates = survey.candidates.len();
        let groups = communities(&linked, candidates, lines_min, &config.pair);
        let tied = tied(&groups, candidates, &linked);
        let neighbours = Neighbours::of(&groups, candidates, &linked);
        let all = one_by_one(groups.par_iter()).enumerate();
        let weighed = all.map(|(nth, members)| -> io::Result<Vec<(Group, Weighed)>> {
            let whole = self.at_work(members, survey, &linked, &tied)?;
            if config.lead.is_room_like(whole.1.bits()) {
                return Ok(vec![whole]);
            }
            let parts = neighbours.parted(nth, members, lines_min, &config.pair);
            let parts = parts.iter().map(|part| self.at_work(part, survey, &linked, &tied));
            let mut parts: Vec<(Group, Weighed)> = parts.collect::<io::Result<_>>()?;
            parts.retain(|(_, weighed)| config.lead.is_room_like(weighed.bits()));
            Ok(if parts.is_empty() { vec![whole] } else { parts })
        });
        let groups: Vec<Vec<_>> = weighed.collect::<io::Result<_>>()?;
        let mut groups = groups.concat();
        groups.retain(|(group, _)| group.members.len() >= lines_min);
        Ok(Pass { linked, groups })
    }

    /// A group of those who work, described and weighed. Errors: the shelf fails.
    fn at_work(
        &self,
        members: &[u32],
        survey: &Survey,
        linked: &Linked,
        tied: &[bool],
    ) -> io::Result<(Group, Weighed)> {
        let (group, weighed) = self.weighed(members, survey, linked)?;
        match self.without_onlookers(&group, tied) {
            // What is said of the group would be true of a few lines alone.
            Some(members) => self.weighed(&members, survey, linked),
            None => Ok((group, weighed)),
        }
    }

    fn weighed(
        &self,
        members: &[u32],
        survey: &Survey,
        linked: &Linked,
    ) -> io::Result<(Group, Weighed)> {
        let Self { context, span_s, config, budget, .. } = self;
        let candidates = &survey.candidates;
        let mut group = describe(members, candidates, context, *span_s, &config.pair, budget)?;
        group.tell_uninvited(&linked.uninvited);
        let weighed = weigh(&group, &config.finding);
        Ok((group, weighed))
    }

    /// The members of a group but for people around the lines that work: they do next to nothing of it, and neither handset nor place ties
    /// them to the others. `None` where there are none, or where the rest would not do the work.
    fn without_onlookers(&self, group: &Group, tied: &[bool]) -> Option<Vec<u32>> {
        let lead = &self.config.lead;
        if group.facts.even_share >= lead.even_share_min {
            return None;
        }
        let (members, work_share) =
            group.workers(lead.pace_share_min, |member| tied[member as usize]);
        let fewer = members.len() < group.members.len();
        (fewer && work_share >= lead.work_share_min).then_some(members)
    }

    /// The survey of the lines in groups that are at least worth watching; where the feeds show neither handsets nor cells, with those that who
    /// runs such a group calls. Errors: the shelf fails.
    pub(crate) fn room_like(&self, survey: Survey, pass: &Pass) -> io::Result<Survey> {
        let groups = self.room_like_groups(pass).map(|(group, _)| group.members.clone()).collect();
        let mut keep = vec![false; survey.candidates.len()];
        if let Some((overseen, called)) = self.overseen(groups, &survey.candidates)? {
            let strays = overseen.strays(&called, survey.candidates.len());
            strays.iter().for_each(|(at, _)| keep[*at as usize] = true);
        }
        let members = self.room_like_groups(pass).flat_map(|(group, _)| &group.members);
        members.for_each(|at| keep[*at as usize] = true);
        let mut candidates = Vec::new();
        for (candidate, keep) in survey.candidates.into_iter().zip(keep) {
            if keep {
                candidates.push(candidate);
            } else {
                self.budget.forget(candidate.calls);
            }
        }
        Ok(Survey { candidates, ..survey })
    }

    fn room_like_groups<'p>(&self, pass: &'p Pass) -> impl Iterator<Item = &'p (Group, Weighed)> {
        let lead = &self.config.lead;
        pass.groups.iter().filter(|(_, weighed)| lead.is_room_like(weighed.bits()))
    }

    /// Groups, those put together that one line runs, and whom those who run any call; `None` where the feeds show handsets or cells. Errors: the
    /// shelf fails.
    fn overseen(
        &self,
        groups: Vec<Vec<u32>>,
        candidates: &[Candidate],
    ) -> io::Result<Option<(Overseen, BTreeMap<u32, Called>)>> {
        let Self { calls, context, config, budget, .. } = self;
        if !overseers::are_asked(context.observed) {
            return Ok(None);
        }
        let callers = overseers::callers(&groups, candidates, context, budget)?;
        let overseen = Overseen::of(groups, &callers, &config.assembly);
        let called = overseers::called(&overseen.overseers(), calls, candidates)?;
        let overseen = overseen.without_hubs(&called, &config.assembly).joined();
        Ok(Some((overseen, called)))
    }

    /// Puts together what are pieces of one room. Errors: the shelf fails.
    pub(crate) fn assemble(&self, pass: &mut Pass, survey: &Survey) -> io::Result<()> {
        let lead = &self.config.lead;
        let pieces = pass.groups.extract_if(.., |(_, weighed)| lead.is_room_like(weighed.bits()));
        let pieces: Vec<(Group, Weighed)> = pieces.collect();
        let members: Vec<Vec<u32>> =
            pieces.iter().map(|(group, _)| group.members.clone()).collect();
        let candidates = survey.candidates.len();
        let linked = &pass.linked;
        let group_of = group_of(&members, candidates);
        let days = group_of.par_iter().zip(&survey.candidates);
        let days = days.map(|(group, candidate)| match group {
            Some(_) => self.days(candidate),
            None => Ok(Vec::new()),
        });
        let days: Vec<Vec<u32>> = days.collect::<io::Result<_>>()?;
        let members = assembled_by_days(&members, &days, linked, &self.config.assembly);
        let whole = assembled(&members, candidates, linked, &self.config.assembly);
        pass.groups.extend(self.weighed_again(whole, &pieces, survey, linked)?);
        Ok(())
    }

    /// Puts groups together that one line runs, with the lines of no group that it calls, where the feeds show neither handsets nor cells.
    /// Errors: the shelf fails.
    pub(crate) fn join_overseen(&self, pass: &mut Pass, survey: &Survey) -> io::Result<()> {
        let groups: Vec<Vec<u32>> =
            self.room_like_groups(pass).map(|(group, _)| group.members.clone()).collect();
        let Some((mut overseen, called)) = self.overseen(groups, &survey.candidates)? else {
            return Ok(());
        };
        let works_a_list =
            |(at, _): &(u32, usize)| survey.candidates[*at as usize].kind == Kind::List;
        let strays = overseen.strays(&called, survey.candidates.len());
        overseen.adopt(strays.into_iter().filter(works_a_list));
        let (pieces, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut pass.groups)
            .into_iter()
            .partition(|(_, weighed)| self.config.lead.is_room_like(weighed.bits()));
        let group_of = group_of(&overseen.groups, survey.candidates.len());
        let left = rest.iter().map(|(group, _)| {
            let left = group.members.iter().copied().filter(|at| group_of[*at as usize].is_none());
            left.collect::<Vec<u32>>()
        });
        let left = left.filter(|members| members.len() >= self.config.lead.lines_min).collect();
        pass.groups = self.weighed_again(left, &rest, survey, &pass.linked)?;
        let whole = self.weighed_again(overseen.groups, &pieces, survey, &pass.linked)?;
        pass.groups.extend(whole.into_iter().flat_map(|whole| self.no_lead_lost(whole, &pieces)));
        Ok(())
    }

    /// A group, or its pieces where one of these looks like a room and it does not.
    fn no_lead_lost(
        &self,
        whole: (Group, Weighed),
        pieces: &[(Group, Weighed)],
    ) -> Vec<(Group, Weighed)> {
        let sure = |weighed: &Weighed| self.config.lead.prior_bits + weighed.bits() >= 0.0;
        let inside = |piece: &&(Group, Weighed)| {
            piece.0.members.iter().all(|at| whole.0.members.binary_search(at).is_ok())
        };
        let own = || pieces.iter().filter(inside);
        if !sure(&whole.1) && own().any(|(_, weighed)| sure(weighed)) {
            own().cloned().collect()
        } else {
            vec![whole]
        }
    }

    /// Groups made of pieces, weighed; those that are a piece are known. Errors: the shelf fails.
    fn weighed_again(
        &self,
        groups: Vec<Vec<u32>>,
        pieces: &[(Group, Weighed)],
        survey: &Survey,
        linked: &Linked,
    ) -> io::Result<Vec<(Group, Weighed)>> {
        let weighed = one_by_one(groups.into_par_iter()).map(|members| {
            let kept = pieces.iter().find(|(group, _)| group.members == members);
            kept.map_or_else(|| self.weighed(&members, survey, linked), |kept| Ok(kept.clone()))
        });
        weighed.collect()
    }

    /// Parts the rooms of one building. Errors: the shelf fails.
    pub(crate) fn part_tenants(&self, pass: &mut Pass, survey: &Survey) -> io::Result<()> {
        let groups = pass.members();
        let neighbours = Neighbours::of(&groups, survey.candidates.len(), &pass.linked);
        let all = one_by_one(pass.groups.par_iter()).enumerate();
        let parted = all.map(|(nth, whole)| -> io::Result<Vec<(Group, Weighed)>> {
            let members = &whole.0.members;
            let days = members.iter().map(|at| self.days(&survey.candidates[*at as usize]));
            let days: Vec<Vec<u32>> = days.collect::<io::Result<_>>()?;
            let rooms = neighbours.rooms(nth, members, &days, self.config);
            let rooms = rooms.iter().map(|room| self.weighed(room, survey, &pass.linked));
            let mut rooms: Vec<(Group, Weighed)> = rooms.collect::<io::Result<_>>()?;
            rooms.retain(|(_, weighed)| self.config.lead.is_room_like(weighed.bits()));
            Ok(if rooms.len() > 1 { rooms } else { vec![whole.clone()] })
        });
        let parted: Vec<Vec<_>> = parted.collect::<io::Result<_>>()?;
        pass.groups = parted.concat();
        Ok(())
    }

    /// The days on which a line made calls, by the clock of the site. Errors: the shelf fails.
    fn days(&self, candidate: &Candidate) -> io::Result<Vec<u32>> {
        let calls = self.budget.look(&candidate.calls)?;
        let day = |call: &MadeCall| day_of(self.context.site.local_s(call.start_s));
        let mut days: Vec<u32> = calls.made.iter().map(day).collect();
        // Where a clock is put back, a day may begin twice.
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// Leaves out of the groups what hangs on them by a thread, and onlookers. Errors: the shelf fails.
    pub(crate) fn cut_threads(&self, pass: &mut Pass, survey: &Survey) -> io::Result<()> {
        let Config { lead, pair, .. } = self.config;
        let groups: Vec<&Group> = pass.groups.iter().map(|(group, _)| group).collect();
        let kept = threads::cut(&groups, survey.candidates.len(), &pass.linked, pair);
        let weighed = one_by_one(pass.groups.par_iter()).zip(kept).map(|(known, members)| {
            if members == known.0.members {
                Ok(known.clone())
            } else {
                self.weighed(&members, survey, &pass.linked)
            }
        });
        pass.groups = weighed.collect::<io::Result<_>>()?;
        pass.groups.retain(|(group, _)| group.members.len() >= lead.lines_min);
        Ok(())
    }
}

/// Groups for workers, each by itself: the largest come first and take as long as many of the rest.
fn one_by_one<I: IndexedParallelIterator>(groups: I) -> MaxLen<I> {
    groups.with_max_len(1)
}

/// Which candidates share a handset or a place with another of their group.
fn tied(groups: &[Vec<u32>], candidates: usize, linked: &Linked) -> Vec<bool> {
    let group_of = group_of(groups, candidates);
    let mut tied = vec![false; candidates];
    for link in &linked.links {
        let [device, place, ..] = link.bits;
        let (a, b) = (link.a as usize, link.b as usize);
        if (device > 0.0 || place > 0.0) && group_of[a].is_some() && group_of[a] == group_of[b] {
            (tied[a], tied[b]) = (true, true);
        }
    }
    tied
}
