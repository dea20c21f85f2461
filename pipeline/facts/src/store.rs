//! All calls of a run, in parts of neighbouring lines.

use crate::chunk::{CallChunk, Dictionaries};
use crate::column::{Extra, NameSet, Observed};
use crate::inbound::ReceivedLayout;
use crate::names::{Interner, Names};
use crate::part::{CallPart, MadeLayout};
use crate::partition::{self, NameMaps, OwnChunk, Spans};
use crate::shelf::{Budget, Kept};
use rayon::prelude::*;
use std::borrow::Cow;
use std::io;
use std::ops::Range;

/// How facts are made.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Keep repetitions of a call as calls of their own.
    pub keep_duplicates: bool,
    /// How much may lie in memory.
    pub budget: Budget,
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

/// The chunks that one thread read, in memory or on the shelf.
#[derive(Debug, Default)]
pub struct Chunks {
    chunks: Vec<(Place, Kept<CallChunk>)>,
    there: [bool; Extra::COUNT],
    span_s: Option<(u32, u32)>,
}

/// File and row of a chunk's first call.
type Place = (u32, u32);

impl Chunks {
    /// Adds a chunk. Errors: the shelf is full or fails.
    pub fn push(&mut self, chunk: CallChunk, budget: &Budget) -> io::Result<()> {
        let Some(first_row) = chunk.row.first().copied() else { return Ok(()) };
        for (there, column) in self.there.iter_mut().zip(&chunk.extras) {
            *there |= !column.is_empty();
        }
        for start_s in &chunk.start_s {
            let (first_s, last_s) = self.span_s.unwrap_or((*start_s, *start_s));
            self.span_s = Some((first_s.min(*start_s), last_s.max(*start_s)));
        }
        self.chunks.push(((chunk.file, first_row), budget.keep(chunk)?));
        Ok(())
    }
}

/// All call facts of a run.
#[derive(Debug, Default)]
pub struct Calls {
    /// The names behind the indexes.
    pub names: NameSets,
    /// What the feeds can see together.
    pub observed: Observed,
    /// Parts, in order of their lines.
    parts: Vec<KeptPart>,
    budget: Budget,
    count: usize,
    /// Rows that repeated another row's call.
    pub duplicates: usize,
    /// The earliest start, epoch seconds.
    pub first_s: u32,
    /// The latest start, epoch seconds.
    pub last_s: u32,
}

#[derive(Debug)]
struct KeptPart {
    lines: Range<u32>,
    kept: Kept<CallPart>,
}

impl Calls {
    /// Makes facts of chunks. `readers` holds, for each reading thread, its dictionaries and its chunks;
    /// `file_base[f] + row` is a row's place in the sources. Errors: the shelf is full or fails.
    pub fn build(
        readers: Vec<(Dictionaries, Chunks)>,
        file_base: &[u32],
        observed: Observed,
        settings: &Settings,
    ) -> io::Result<Self> {
        let budget = &settings.budget;
        let mut there = [false; Extra::COUNT];
        let mut span_s: Option<(u32, u32)> = None;
        let (mut dictionaries, mut placed) = (Vec::new(), Vec::new());
        for (reader, (names, chunks)) in readers.into_iter().enumerate() {
            there.iter_mut().zip(chunks.there).for_each(|(there, own)| *there |= own);
            span_s = match (span_s, chunks.span_s) {
                (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                (one, other) => one.or(other),
            };
            dictionaries.push(names);
            let own = chunks.chunks.into_iter();
            placed.extend(own.map(|(place, kept)| (place, OwnChunk { reader, kept })));
        }
        let (names, maps) = canonical(dictionaries);
        // In the order of the files most calls are in the order of time already, and need no sorting.
        placed.sort_by_key(|(place, _)| *place);
        let chunks: Vec<OwnChunk> = placed.into_iter().map(|(_, chunk)| chunk).collect();
        let (made, received) = partition::counts(&chunks, &maps, names.lines.len(), budget)?;
        let spans = Spans::new(&made, &received);
        let layout = MadeLayout::new(there);
        let (parts, duplicates) = partition::parts(
            chunks, &maps, &spans, file_base, &layout, settings.keep_duplicates, budget,
        )?;
        drop(maps);
        let parts = partition::with_inbound(parts, &spans, ReceivedLayout::new(there), budget)?;
        let (first_s, last_s) = span_s.unwrap_or_default();
        let parts = parts.into_iter().zip(spans.lines_of_parts());
        let parts = parts.map(|(kept, lines)| KeptPart { lines, kept }).collect();
        let count = made.iter().map(|made| *made as usize).sum::<usize>() - duplicates;
        let budget = budget.clone();
        Ok(Self { names, observed, parts, budget, count, duplicates, first_s, last_s })
    }

    pub(crate) fn budget(&self) -> &Budget {
        &self.budget
    }

    /// How many parts there are.
    pub fn part_count(&self) -> usize {
        self.parts.len()
    }

    /// A part, by its place in the order of lines. Errors: the shelf fails.
    pub fn part(&self, at: usize) -> io::Result<Cow<'_, CallPart>> {
        self.budget.look(&self.parts[at].kept)
    }

    /// What `of` says of each part, side by side, in order of their lines. Errors: the shelf fails.
    pub fn map_parts<T: Send>(&self, of: impl Fn(&CallPart) -> T + Sync) -> io::Result<Vec<T>> {
        self.parts.par_iter().map(|part| Ok(of(&*self.budget.look(&part.kept)?))).collect()
    }

    /// The part that holds a line. Errors: the shelf fails.
    pub fn part_of(&self, line: u32) -> io::Result<Option<Cow<'_, CallPart>>> {
        let at = self.parts.partition_point(|part| part.lines.end <= line);
        self.parts.get(at).map(|part| self.budget.look(&part.kept)).transpose()
    }

    /// How many calls there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Merges the readers' dictionaries; gives, for each reader, the canonical index of each of its own names.
fn canonical(dictionaries: Vec<Dictionaries>) -> (NameSets, Vec<NameMaps>) {
    let mut sets: [Vec<Interner>; 6] = Default::default();
    let readers = dictionaries.len();
    for own in dictionaries {
        let own = [own.lines, own.cells, own.handsets, own.sims, own.routes, own.raws];
        sets.iter_mut().zip(own).for_each(|(set, own)| set.push(own));
    }
    let merged: Vec<(Names, Vec<Vec<u32>>)> = sets.into_par_iter().map(Names::merge).collect();
    let mut merged = merged.into_iter();
    let mut maps: Vec<NameMaps> = (0..readers).map(|_| NameMaps::default()).collect();
    let mut next = |place: fn(&mut NameMaps) -> &mut Vec<u32>| {
        let (names, own) = merged.next().unwrap_or_default();
        maps.iter_mut().zip(own).for_each(|(map, own)| *place(map) = own);
        names
    };
    let names = NameSets {
        lines: next(|maps| &mut maps.lines),
        cells: next(|maps| &mut maps.cells),
        handsets: next(|maps| &mut maps.handsets),
        sims: next(|maps| &mut maps.sims),
        routes: next(|maps| &mut maps.routes),
        raws: next(|maps| &mut maps.raws),
    };
    (names, maps)
}

#[cfg(test)]
mod tests;
