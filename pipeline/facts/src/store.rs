//! All calls of a run, in parts of neighbouring lines.

use crate::chunk::{CallChunk, Dictionaries};
use crate::column::{Extra, NONE, NameSet, Observed};
use crate::names::Names;
use crate::part::{CallPart, InboundBuilder, PartBuilder};
use domain::num::u32_of;
use rayon::prelude::*;

/// Rows (made and received) that a part holds at most, but for a line that alone has more.
const PART_ROWS: usize = 1 << 17;

/// How facts are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Keep repetitions of a call as calls of their own.
    pub keep_duplicates: bool,
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

/// All call facts of a run.
#[derive(Debug, Default)]
pub struct Calls {
    /// The names behind the indexes.
    pub names: NameSets,
    /// What the feeds can see together.
    pub observed: Observed,
    /// Parts, in order of their lines.
    parts: Vec<CallPart>,
    /// Rows that repeated another row's call.
    pub duplicates: usize,
    /// The earliest start, epoch seconds.
    pub first_s: u32,
    /// The latest start, epoch seconds.
    pub last_s: u32,
}

impl Calls {
    /// Makes facts of chunks. `readers` holds, for each reading thread, its dictionaries and its chunks;
    /// `file_base[f] + row` is a row's place in the sources.
    pub fn build(
        readers: Vec<(Dictionaries, Vec<CallChunk>)>,
        file_base: &[u32],
        observed: Observed,
        settings: Settings,
    ) -> Self {
        let (names, chunks) = canonical(readers);
        let mut there = [false; Extra::COUNT];
        for chunk in &chunks {
            for (there, column) in there.iter_mut().zip(&chunk.extras) {
                *there |= !column.is_empty();
            }
        }
        let spans = part_spans(&chunks, names.lines.len());
        let first_s = chunks.iter().flat_map(|chunk| &chunk.start_s).min().copied().unwrap_or(0);
        let last_s = chunks.iter().flat_map(|chunk| &chunk.start_s).max().copied().unwrap_or(0);
        let built = scatter(&chunks, &spans, file_base, there, settings);
        drop(chunks);
        let duplicates = built.iter().map(|(_, folded)| folded).sum();
        let mut parts: Vec<CallPart> = built.into_iter().map(|(part, _)| part).collect();
        attach_inbound(&mut parts, &spans);
        Self { names, observed, parts, duplicates, first_s, last_s }
    }

    /// The parts, in order of their lines.
    pub fn parts(&self) -> &[CallPart] {
        &self.parts
    }

    /// The part that holds a line.
    pub fn part_of(&self, line: u32) -> Option<&CallPart> {
        let at = self.parts.partition_point(|part| part.first_line <= line);
        self.parts.get(at.checked_sub(1)?).filter(|part| part.lines().contains(&line))
    }

    /// How many calls there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(CallPart::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(CallPart::is_empty)
    }
}

/// Merges the readers' dictionaries and rewrites their chunks to canonical indexes.
fn canonical(readers: Vec<(Dictionaries, Vec<CallChunk>)>) -> (NameSets, Vec<CallChunk>) {
    let (mut lines, mut cells, mut handsets) = (Vec::new(), Vec::new(), Vec::new());
    let (mut sims, mut routes, mut raws) = (Vec::new(), Vec::new(), Vec::new());
    let mut chunks = Vec::new();
    for (reader, (dictionaries, own)) in readers.into_iter().enumerate() {
        lines.push(dictionaries.lines);
        cells.push(dictionaries.cells);
        handsets.push(dictionaries.handsets);
        sims.push(dictionaries.sims);
        routes.push(dictionaries.routes);
        raws.push(dictionaries.raws);
        chunks.extend(own.into_iter().map(|chunk| (reader, chunk)));
    }
    let (lines, line_maps) = Names::merge(lines);
    let (cells, cell_maps) = Names::merge(cells);
    let (handsets, handset_maps) = Names::merge(handsets);
    let (sims, sim_maps) = Names::merge(sims);
    let (routes, route_maps) = Names::merge(routes);
    let (raws, raw_maps) = Names::merge(raws);
    let rewrite = |column: &mut Vec<u32>, map: &[u32]| {
        for value in column.iter_mut().filter(|value| **value != NONE) {
            *value = map[*value as usize];
        }
    };
    chunks.par_iter_mut().for_each(|(reader, chunk)| {
        rewrite(&mut chunk.caller, &line_maps[*reader]);
        rewrite(&mut chunk.callee, &line_maps[*reader]);
        for (extra, column) in Extra::ALL.into_iter().zip(&mut chunk.extras) {
            let maps = match extra.names() {
                NameSet::Cells => &cell_maps,
                NameSet::Handsets => &handset_maps,
                NameSet::Sims => &sim_maps,
                NameSet::Routes => &route_maps,
                NameSet::Raws => &raw_maps,
            };
            rewrite(column, &maps[*reader]);
        }
    });
    let names = NameSets { lines, cells, handsets, sims, routes, raws };
    (names, chunks.into_iter().map(|(_, chunk)| chunk).collect())
}

/// How lines are divided into parts: the first line of each, its rows, and each line's part.
struct Spans {
    first_line: Vec<u32>,
    lines: Vec<u32>,
    made: Vec<usize>,
    received: Vec<usize>,
    part_of_line: Vec<u16>,
}

fn part_spans(chunks: &[CallChunk], lines: usize) -> Spans {
    let mut made = vec![0_u32; lines];
    let mut received = vec![0_u32; lines];
    for chunk in chunks {
        for (caller, callee) in chunk.caller.iter().zip(&chunk.callee) {
            made[*caller as usize] += 1;
            received[*callee as usize] += 1;
        }
    }
    let total: usize = chunks.iter().map(|chunk| chunk.len() * 2).sum();
    let part_rows = PART_ROWS.max(total / usize::from(u16::MAX - 1) * 2);
    let mut spans = Spans {
        first_line: Vec::new(),
        lines: Vec::new(),
        made: Vec::new(),
        received: Vec::new(),
        part_of_line: Vec::with_capacity(lines),
    };
    let mut rows = usize::MAX;
    for line in 0..lines {
        let own = (made[line] + received[line]) as usize;
        if rows.saturating_add(own) > part_rows {
            spans.first_line.push(u32_of(line));
            spans.lines.push(0);
            spans.made.push(0);
            spans.received.push(0);
            rows = 0;
        }
        rows += own;
        let part = spans.first_line.len() - 1;
        spans.lines[part] += 1;
        spans.made[part] += made[line] as usize;
        spans.received[part] += received[line] as usize;
        spans.part_of_line.push(u16::try_from(part).expect("part_rows keeps parts below 2^16"));
    }
    spans
}

/// Ranges of parts, one for each worker: each worker scans all rows and takes its own.
fn shares(parts: usize) -> Vec<std::ops::Range<usize>> {
    let workers = rayon::current_num_threads().clamp(1, parts.max(1));
    (0..workers).map(|at| parts * at / workers..parts * (at + 1) / workers).collect()
}

fn scatter(
    chunks: &[CallChunk],
    spans: &Spans,
    file_base: &[u32],
    there: [bool; Extra::COUNT],
    settings: Settings,
) -> Vec<(CallPart, usize)> {
    let built = shares(spans.first_line.len()).into_par_iter().map(|share| {
        let new = |part: usize| PartBuilder::new(spans.first_line[part], spans.made[part], there);
        let mut builders: Vec<PartBuilder> = share.clone().map(new).collect();
        for chunk in chunks {
            let base = file_base[chunk.file as usize];
            for (row, caller) in chunk.caller.iter().enumerate() {
                let part = usize::from(spans.part_of_line[*caller as usize]);
                if share.contains(&part) {
                    let builder = &mut builders[part - share.start];
                    builder.push(chunk, row, base + chunk.row[row], there);
                }
            }
        }
        let numbered = builders.into_iter().zip(share);
        let finish = |(builder, part): (PartBuilder, usize)| {
            builder.finish(spans.lines[part], settings.keep_duplicates)
        };
        numbered.map(finish).collect::<Vec<_>>()
    });
    built.collect::<Vec<_>>().into_iter().flatten().collect()
}

fn attach_inbound(parts: &mut [CallPart], spans: &Spans) {
    let built: Vec<_> = shares(parts.len())
        .into_par_iter()
        .map(|share| {
            let new = |part: usize| InboundBuilder::with_capacity(spans.received[part]);
            let mut builders: Vec<InboundBuilder> = share.clone().map(new).collect();
            for part in parts.iter() {
                for caller in part.lines() {
                    for row in part.made_by(caller) {
                        let to = usize::from(spans.part_of_line[part.callee[row] as usize]);
                        if share.contains(&to) {
                            builders[to - share.start].push(part, row, caller);
                        }
                    }
                }
            }
            let numbered = builders.into_iter().zip(share);
            let finish = |(builder, part): (InboundBuilder, usize)| {
                builder.finish(spans.first_line[part], spans.lines[part])
            };
            numbered.map(finish).collect::<Vec<_>>()
        })
        .collect();
    for (part, inbound) in parts.iter_mut().zip(built.into_iter().flatten()) {
        part.inbound = inbound;
    }
}

#[cfg(test)]
mod tests;
