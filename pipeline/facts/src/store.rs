//! All calls of a run, in a part for each bucket of lines.

use crate::bucket::Places;
use crate::build::{built, by_bucket};
use crate::column::{Extra, NameSet, Observed};
use crate::lane::Lane;
use crate::names::Names;
use crate::naming::Naming;
use crate::part::CallPart;
use crate::shelf::{Budget, Kept};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io;

/// How facts are made.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Keep repetitions of a call as calls of their own.
    pub keep_duplicates: bool,
    /// How much may lie in memory.
    pub budget: Budget,
    /// What need not be kept.
    pub forget: Forget,
    /// The moment to look from, epoch seconds: later calls are set aside.
    pub until_s: Option<u32>,
}

/// What of a call is forgotten once repetitions were told: what the stage behind does not look at takes room for nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forget {
    /// Optional columns of calls made.
    pub extras: &'static [Extra],
    /// Where a call stands in the sources.
    pub sources: bool,
}

/// The canonical names of a run.
#[derive(Clone, Debug, Default)]
pub struct NameSets {
    /// Lines.
    pub lines: Names,
    /// Cells.
    pub cells: Names,
    /// Handsets.
    pub handsets: Names,
    /// SIMs.
    pub sims: Names,
    /// Routes.
    pub routes: Names,
    /// Raw texts of lines.
    pub raws: Names,
}

impl NameSets {
    /// The names that an optional column indexes.
    pub fn of(&self, extra: Extra) -> &Names {
        match extra.names() {
            NameSet::Cells => &self.cells,
            NameSet::Handsets => &self.handsets,
            NameSet::Sims => &self.sims,
            NameSet::Routes => &self.routes,
            NameSet::Raws => &self.raws,
        }
    }
}

/// All calls and sightings of a run.
#[derive(Debug, Default)]
pub struct Calls {
    /// The names behind the indexes.
    pub names: NameSets,
    /// What the feeds can see together.
    pub observed: Observed,
    /// A part for each bucket.
    parts: Vec<Kept<CallPart>>,
    places: Places,
    budget: Budget,
    count: usize,
    /// Sightings.
    pub sightings: usize,
    /// Rows that repeated another row's call or sighting.
    pub duplicates: usize,
    /// Calls and sightings set aside: they begin after the moment looked from.
    pub later: usize,
    /// The earliest start, epoch seconds.
    pub first_s: u32,
    /// The latest start, epoch seconds.
    pub last_s: u32,
    /// The moment looked from, epoch seconds: the latest start, where none was set.
    pub as_of_s: u32,
}

impl Calls {
    /// Makes facts of what the reading threads read. Errors: the shelf is full or fails; the calls of one line do not fit into memory
    /// ([`crate::TooLarge`]).
    pub fn build(lanes: Vec<Lane>, observed: Observed, settings: &Settings) -> io::Result<Self> {
        let budget = &settings.budget;
        let read: usize = lanes.iter().map(|lane| lane.calls).sum();
        let spans = || lanes.iter().filter_map(|lane| lane.span_s);
        let first_s = spans().map(|(first_s, _)| first_s).min().unwrap_or(0);
        let last_s = spans().map(|(_, last_s)| last_s).max().unwrap_or(0);
        let (mut dictionaries, mut rows) = (Vec::new(), Vec::new());
        for lane in lanes {
            dictionaries.push(lane.names);
            rows.push(lane.rows);
        }
        let naming = Naming::of(&dictionaries);
        drop(dictionaries);
        let built = built(by_bucket(rows, budget), naming, settings)?;
        Ok(Self {
            names: built.names,
            observed,
            parts: built.parts,
            places: built.places,
            budget: budget.clone(),
            count: read - built.folded - built.later - built.sightings,
            sightings: built.sightings,
            duplicates: built.folded,
            later: built.later,
            first_s,
            last_s: if settings.until_s.is_some() { built.last_s } else { last_s },
            as_of_s: settings.until_s.unwrap_or(last_s),
        })
    }

    /// How much may lie in memory, shared with what is made of the calls.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// How many parts there are.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// A part. Errors: the shelf fails.
    pub fn part(&self, at: usize) -> io::Result<Cow<'_, CallPart>> {
        self.budget.look(&self.parts[at])
    }

    /// What `of` says of each part, side by side, in the order of the parts. Errors: the shelf fails.
    pub fn map_parts<T: Send>(&self, of: impl Fn(&CallPart) -> T + Sync) -> io::Result<Vec<T>> {
        self.parts
            .par_iter()
            .with_max_len(1)
            .map(|part| Ok(of(&*self.budget.look(part)?)))
            .collect()
    }

    /// The part that holds a line, and the line's place in it. Errors: the shelf fails.
    pub fn part_of(&self, line: u32) -> io::Result<(Cow<'_, CallPart>, usize)> {
        let (bucket, place) = self.places.of(line);
        Ok((self.part(bucket)?, place as usize))
    }

    /// What `of` says of each of these lines, given its part, its place there and its place among `lines`; in the order of `lines`. Each part
    /// is looked at once. Errors: the shelf fails.
    pub fn map_lines<T: Send>(
        &self,
        lines: &[u32],
        of: impl Fn(&CallPart, usize, usize) -> T + Sync,
    ) -> io::Result<Vec<T>> {
        let told = self
            .flat_map_lines(lines, |part, place, nth, told| told.push((nth, of(part, place, nth))));
        let mut in_order: Vec<Option<T>> = Vec::new();
        in_order.resize_with(lines.len(), || None);
        told?.into_iter().for_each(|(nth, said)| in_order[nth] = Some(said));
        Ok(in_order.into_iter().flatten().collect())
    }

    /// What `of` appends for each of these lines, given the same; in the order of the parts, and of `lines` within each. Each part is looked
    /// at once. Errors: the shelf fails.
    pub fn flat_map_lines<T: Send>(
        &self,
        lines: &[u32],
        of: impl Fn(&CallPart, usize, usize, &mut Vec<T>) + Sync,
    ) -> io::Result<Vec<T>> {
        let mut by_bucket: Vec<Vec<(u32, u32)>> = vec![Vec::new(); self.parts.len()];
        for (nth, line) in (0..).zip(lines) {
            let (bucket, place) = self.places.of(*line);
            by_bucket[bucket].push((place, nth));
        }
        let told = self.parts.par_iter().with_max_len(1).zip(by_bucket);
        let told = told.filter(|(_, asked)| !asked.is_empty()).map(|(part, asked)| {
            let part = self.budget.look(part)?;
            let mut told = Vec::new();
            asked
                .into_iter()
                .for_each(|(place, nth)| of(&part, place as usize, nth as usize, &mut told));
            Ok(told)
        });
        let told: Vec<Vec<T>> = told.collect::<io::Result<_>>()?;
        let mut all = Vec::with_capacity(told.iter().map(Vec::len).sum());
        told.into_iter().for_each(|told| all.extend(told));
        Ok(all)
    }

    /// How many calls there are, those set aside not counted.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no call.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests;
