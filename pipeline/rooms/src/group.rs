//! What a group of lines did together: the facts that its evidence is weighed by.

mod clocks;
mod contacts;
mod devices;
mod examples;
mod lives;
mod numbers;
mod places;
mod work;

use crate::candidate::{Candidate, CandidateCalls, Traits};
use crate::config::PairConfig;
use facts::Budget;
use profiles::Context;
use std::borrow::Cow;
use std::io;

pub use examples::Examples;

/// Facts about a group. Shares are `None` where the feeds cannot show them.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct GroupFacts {
    /// Lines.
    pub lines: usize,
    /// Calls made to others.
    pub calls: usize,
    /// Calls received from others.
    pub received: usize,
    /// Distinct others that were called.
    pub targets: usize,
    /// Calls made for each target.
    pub calls_a_target: f64,
    /// Share of targets that two or more lines called.
    pub shared_share: f64,
    /// Targets that two or more lines called.
    pub shared: usize,
    /// Of all pairs of a line and a shared target, the share that is there: 1 where every line calls every one of them.
    pub lock_step: f64,
    /// Share of targets that had not called any line before being called.
    pub fresh_share: f64,
    /// Seconds from which a talk is long.
    pub long_min_s: u32,
    /// Long talks with targets.
    pub long: usize,
    /// Others whom the lines called first and, then or later, talked to at length.
    pub engaged: usize,
    /// Of them, those who called back for their first long talk.
    pub engaged_calling: usize,
    /// Long talks that another line followed up within the hour.
    pub quick: usize,
    /// The same as a share of long talks.
    pub quick_share: f64,
    /// Share of long talks that another line followed up within two days.
    pub follow_share: f64,
    /// Long talks that another line followed up within two days.
    pub followed: usize,
    /// Follow-ups that chance would give, as a share of long talks.
    pub follow_chance: f64,
    /// People who called a line before any line that may be worked had called them, over calls made: they came of themselves.
    pub uninvited_ratio: f64,
    /// Targets that dialled another line of the group within the hour of being called.
    pub dialled: usize,
    /// The same over targets.
    pub dialled_share: f64,
    /// Share of targets whose call back was answered.
    pub answered_back_share: f64,
    /// Share of lines whose main handset is the main handset of another line.
    pub handset_shared: Option<f64>,
    /// Lines that do so.
    pub handset_sharers: Option<usize>,
    /// Handsets that were used.
    pub handsets: Option<usize>,
    /// Lines for each handset.
    pub lines_a_handset: Option<f64>,
    /// Share of calls from the most used cell and its runner-up.
    pub site_share: Option<f64>,
    /// The same day by day, where there are several sites: a room that moved worked from one place each day.
    pub day_site_share: Option<f64>,
    /// Cells that are the main cell of at least two lines and a tenth of all.
    pub sites: Option<usize>,
    /// Mean share of each line's own main cell.
    pub stillness: Option<f64>,
    /// Share of night calls that come from the group's main cells.
    pub night_at_site: Option<f64>,
    /// Share of calls at 09-18 of the site.
    pub office_site: f64,
    /// Share of calls at 09-18 of the called.
    pub office_target: Option<f64>,
    /// Hours that the called live from the site.
    pub target_hours_away: Option<f64>,
    /// Share of calls from 22:00 to 06:00 at the site.
    pub night_share: f64,
    /// Calls on an average weekend day over those of a working day.
    pub weekend_ratio: Option<f64>,
    /// Hours of the day that hold 90 % of the calls.
    pub shift_hours: f64,
    /// Days from the first call to the last.
    pub life_days: f64,
    /// Days of the facts.
    pub span_days: f64,
    /// Median days from a line's first call to its last.
    pub line_days: f64,
    /// Lines over the most lines that worked on one day.
    pub churn: f64,
    /// Share of lines that worked on at least half of the group's days.
    pub stable_share: f64,
    /// Share of the days of the facts from the group's first call to its last.
    pub life_share: f64,
    /// Share of lines with a neighbour in number within the group.
    pub batch_share: Option<f64>,
    /// Share of calls to vacant numbers.
    pub vacant_share: Option<f64>,
    /// Share of attested calls with attestation C.
    pub attestation_c: Option<f64>,
    /// Mean share of rising steps.
    pub sequential_share: f64,
    /// Mean share of a line's counterparts that are recurrent evening partners.
    pub evening_share: f64,
    /// Share of calls made to lines of the group.
    pub internal_share: f64,
    /// Answer rate.
    pub answer_rate: f64,
    /// Calls of a line on a day that it works.
    pub calls_a_line_day: f64,
    /// Lines that would do the work if all worked as hard, over lines: 1 where they do.
    pub even_share: f64,
}

/// A group's facts with what their statements name.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// Members, indexes of candidates.
    pub members: Vec<u32>,
    /// How hard each member works: calls made and received on a day that it has any.
    pub paces: Vec<f64>,
    /// Facts.
    pub facts: GroupFacts,
    /// Cells by calls, most used first.
    pub cells: Vec<(u32, usize)>,
    /// Calls that evidence rests on.
    pub examples: Examples,
    /// Zone that most of the called live in.
    pub target_zone: Option<String>,
    /// First call made, epoch seconds.
    pub first_s: u32,
    /// Last call made, epoch seconds.
    pub last_s: u32,
}

impl Group {
    /// Sets how many came of themselves, given their number for each candidate.
    pub(crate) fn tell_uninvited(&mut self, of_candidate: &[u32]) {
        let uninvited: u32 = self.members.iter().map(|at| of_candidate[*at as usize]).sum();
        self.facts.uninvited_ratio = f64::from(uninvited) / self.facts.calls.max(1) as f64;
    }
}

/// A line of the group with its calls.
struct Worked<'a> {
    line: u32,
    traits: Traits,
    calls: Cow<'a, CandidateCalls>,
}

/// Describes a group. Errors: the shelf that calls are kept on fails.
pub fn describe(
    members: &[u32],
    candidates: &[Candidate],
    context: &Context<'_>,
    span_s: (u32, u32),
    config: &PairConfig,
    budget: &Budget,
) -> io::Result<Group> {
    let worked = |at: &u32| {
        let Candidate { line, traits, calls, .. } = &candidates[*at as usize];
        Ok(Worked { line: *line, traits: *traits, calls: budget.look(calls)? })
    };
    let own: Vec<Worked<'_>> = members.iter().map(worked).collect::<io::Result<_>>()?;
    let mut group = Group { members: members.to_vec(), ..Group::default() };
    group.facts.lines = own.len();
    group.facts.span_days = f64::from(span_s.1.saturating_sub(span_s.0)) / 86_400.0;
    let first = own.iter().filter_map(|line| line.calls.made.first()).map(|call| call.start_s);
    let last = own.iter().filter_map(|line| line.calls.made.last()).map(|call| call.start_s);
    group.first_s = first.min().unwrap_or(span_s.0);
    group.last_s = last.max().unwrap_or(span_s.0);
    contacts::contacts(&mut group, &own, config);
    devices::devices(&mut group, &own, config.seen_share_min);
    places::places(&mut group, &own, context, config.seen_share_min);
    clocks::clocks(&mut group, &own, context);
    lives::lives(&mut group, &own, context);
    group.paces = own.iter().map(|line| work::pace(line, context)).collect();
    group.facts.even_share = work::even_share(&group.paces);
    numbers::numbers(&mut group, &own, context.lines, config);
    let mean = |value: fn(&Traits) -> f64| {
        own.iter().map(|line| value(&line.traits)).sum::<f64>() / own.len().max(1) as f64
    };
    group.facts.evening_share = mean(|traits| traits.evening_share);
    group.facts.sequential_share = mean(|traits| traits.sequential_share);
    Ok(group)
}
