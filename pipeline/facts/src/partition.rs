//! Rows go from chunks, in the order they were read, to parts, by line.

use crate::chunk::CallChunk;
use crate::column::{Extra, NONE, NameSet};
use crate::inbound::{Inbound, ReceivedLayout};
use crate::part::{CallPart, MadeLayout, MadeRow};
use crate::shelf::{Budget, Kept, Piles};
use domain::num::u32_of;
use rayon::prelude::*;
use std::io;
use std::ops::Range;

/// Rows (made and received) that a part holds at most, but for a line that alone has more: so few that sorting them stays in the
/// processor's cache.
const PART_ROWS: usize = 1 << 16;
/// Chunks or parts that are looked at together.
const TOGETHER: usize = 64;

/// The canonical index of each of a reader's own names.
#[derive(Debug, Default)]
pub(crate) struct NameMaps {
    pub(crate) lines: Vec<u32>,
    pub(crate) cells: Vec<u32>,
    pub(crate) handsets: Vec<u32>,
    pub(crate) sims: Vec<u32>,
    pub(crate) routes: Vec<u32>,
    pub(crate) raws: Vec<u32>,
}

impl NameMaps {
    fn of(&self, extra: Extra) -> &[u32] {
        match extra.names() {
            NameSet::Cells => &self.cells,
            NameSet::Handsets => &self.handsets,
            NameSet::Sims => &self.sims,
            NameSet::Routes => &self.routes,
            NameSet::Raws => &self.raws,
        }
    }
}

/// A chunk and the reader that made it.
#[derive(Debug)]
pub(crate) struct OwnChunk {
    pub(crate) reader: usize,
    pub(crate) kept: Kept<CallChunk>,
}

/// How lines are divided into parts: for each part, its first line, lines and rows; and each line's part.
#[derive(Debug, Default)]
pub(crate) struct Spans {
    first_line: Vec<u32>,
    lines: Vec<u32>,
    made: Vec<usize>,
    received: Vec<usize>,
    part_of_line: Vec<u32>,
}

impl Spans {
    /// Divides lines, given how many calls each made and received.
    pub(crate) fn new(made: &[u32], received: &[u32]) -> Self {
        let mut spans = Self { part_of_line: Vec::with_capacity(made.len()), ..Self::default() };
        let mut rows = usize::MAX;
        for (line, (made, received)) in made.iter().zip(received).enumerate() {
            let own = *made as usize + *received as usize;
            if rows.saturating_add(own) > PART_ROWS {
                spans.first_line.push(u32_of(line));
                spans.lines.push(0);
                spans.made.push(0);
                spans.received.push(0);
                rows = 0;
            }
            rows += own;
            let part = spans.first_line.len() - 1;
            spans.lines[part] += 1;
            spans.made[part] += *made as usize;
            spans.received[part] += *received as usize;
            spans.part_of_line.push(u32_of(part));
        }
        spans
    }

    /// The lines of each part.
    pub(crate) fn lines_of_parts(&self) -> impl Iterator<Item = Range<u32>> {
        self.first_line.iter().zip(&self.lines).map(|(first, lines)| *first..first + lines)
    }

    /// Ranges of parts, one for each worker: each worker looks at all rows and takes its own.
    fn shares(&self) -> Vec<Range<usize>> {
        let parts = self.first_line.len();
        let workers = rayon::current_num_threads().clamp(1, parts.max(1));
        (0..workers).map(|at| parts * at / workers..parts * (at + 1) / workers).collect()
    }

    /// Empty piles for the parts of each worker.
    fn piles(&self, rows: &[usize], stride: usize, budget: &Budget) -> Vec<(Range<usize>, Piles)> {
        let shares = self.shares();
        let words_max = budget.words_max() / shares.len();
        let piles = |share: Range<usize>| {
            let expected: Vec<usize> = rows[share.clone()].iter().map(|rows| rows * stride).collect();
            (share, Piles::new(&expected, words_max))
        };
        shares.into_iter().map(piles).collect()
    }
}

/// How often each canonical line called and was called.
pub(crate) fn counts(
    chunks: &[OwnChunk],
    maps: &[NameMaps],
    lines: usize,
    budget: &Budget,
) -> io::Result<(Vec<u32>, Vec<u32>)> {
    let count = |of: fn(&CallChunk) -> &[u32]| {
        let mut counts = vec![0_u32; lines];
        for own in chunks {
            let map = &maps[own.reader].lines;
            let chunk = budget.look(&own.kept)?;
            of(&chunk).iter().for_each(|line| counts[map[*line as usize] as usize] += 1);
        }
        Ok::<_, io::Error>(counts)
    };
    let (made, received) = rayon::join(|| count(|chunk| &chunk.caller), || count(|chunk| &chunk.callee));
    Ok((made?, received?))
}

/// The parts of all chunks' rows, each a [`CallPart`] without the calls received, and how many rows repeated another's call.
pub(crate) fn parts(
    chunks: Vec<OwnChunk>,
    maps: &[NameMaps],
    spans: &Spans,
    file_base: &[u32],
    layout: &MadeLayout,
    keep_duplicates: bool,
    budget: &Budget,
) -> io::Result<(Vec<Kept<CallPart>>, usize)> {
    let part_of: Vec<Vec<u32>> = maps
        .iter()
        .map(|map| map.lines.iter().map(|line| spans.part_of_line[*line as usize]).collect())
        .collect();
    let mut workers = spans.piles(&spans.made, layout.stride(), budget);
    let mut chunks = chunks.into_iter();
    loop {
        let group: Vec<OwnChunk> = chunks.by_ref().take(TOGETHER).collect();
        if group.is_empty() {
            break;
        }
        let readers: Vec<usize> = group.iter().map(|own| own.reader).collect();
        let taken = group.into_par_iter().map(|own| budget.take(own.kept));
        let taken: Vec<CallChunk> = taken.collect::<io::Result<_>>()?;
        workers.par_iter_mut().try_for_each(|(share, piles)| {
            for (chunk, reader) in taken.iter().zip(&readers) {
                let base = file_base[chunk.file as usize];
                let rows = Rows { chunk, maps: &maps[*reader], base, layout };
                rows.deal(&part_of[*reader], share, piles);
            }
            piles.relieve(budget)
        })?;
    }
    let built = workers.into_par_iter().map(|(share, piles)| {
        let mut folded = 0;
        let parts = piles.into_words(budget).zip(share).map(|(words, part)| {
            let mut part = layout.part(&words?, spans.first_line[part], spans.lines[part]);
            if !keep_duplicates {
                folded += part.fold_duplicates();
            }
            budget.keep(part)
        });
        let parts: Vec<_> = parts.collect::<io::Result<_>>()?;
        Ok((parts, folded))
    });
    let built: Vec<(Vec<Kept<CallPart>>, usize)> = built.collect::<io::Result<_>>()?;
    let folded = built.iter().map(|(_, folded)| folded).sum();
    Ok((built.into_iter().flat_map(|(parts, _)| parts).collect(), folded))
}

/// A chunk's rows on their way.
struct Rows<'a> {
    chunk: &'a CallChunk,
    maps: &'a NameMaps,
    base: u32,
    layout: &'a MadeLayout,
}

impl Rows<'_> {
    /// Puts the rows of the lines in a share on their parts' piles.
    fn deal(&self, part_of: &[u32], share: &Range<usize>, piles: &mut Piles) {
        let Self { chunk, maps, .. } = self;
        let extras: Vec<(&[u32], &[u32])> = self
            .layout
            .extras()
            .iter()
            .map(|extra| (&*chunk.extras[*extra as usize], maps.of(*extra)))
            .collect();
        let stride = self.layout.stride();
        let mut words = MadeRow::default();
        for (row, caller) in chunk.caller.iter().enumerate() {
            let part = part_of[*caller as usize] as usize;
            if !share.contains(&part) {
                continue;
            }
            words[0] = maps.lines[*caller as usize];
            words[1] = maps.lines[chunk.callee[row] as usize];
            words[2] = chunk.start_s[row];
            words[3] = chunk.duration_s[row];
            words[4] = u32::from(chunk.marks[row]);
            words[5] = self.base + chunk.row[row];
            for (word, (column, map)) in words[6..].iter_mut().zip(&extras) {
                let own = column.get(row).copied().unwrap_or(NONE);
                *word = if own == NONE { NONE } else { map[own as usize] };
            }
            piles.push(part - share.start, &words[..stride]);
        }
    }
}

/// Gives each part the calls that its lines received.
pub(crate) fn with_inbound(
    parts: Vec<Kept<CallPart>>,
    spans: &Spans,
    layout: ReceivedLayout,
    budget: &Budget,
) -> io::Result<Vec<Kept<CallPart>>> {
    let mut workers = spans.piles(&spans.received, layout.stride(), budget);
    for group in parts.chunks(TOGETHER) {
        let seen = group.par_iter().map(|kept| budget.look(kept));
        let seen: Vec<_> = seen.collect::<io::Result<_>>()?;
        workers.par_iter_mut().try_for_each(|(share, piles)| {
            seen.iter().for_each(|part| receive(part, spans, layout, share, piles));
            piles.relieve(budget)
        })?;
    }
    let mut parts = parts.into_iter();
    let shared: Vec<_> = workers
        .into_iter()
        .map(|(share, piles)| {
            let own: Vec<_> = parts.by_ref().take(share.len()).collect();
            (share, piles, own)
        })
        .collect();
    let whole = shared.into_par_iter().map(|(share, piles, own)| {
        let received = piles.into_words(budget).zip(share).zip(own);
        let whole = received.map(|((words, part), kept)| {
            let words = words?;
            let inbound: Inbound =
                layout.inbound(&words, spans.first_line[part], spans.lines[part]);
            drop(words);
            let mut part = budget.take(kept)?;
            part.inbound = inbound;
            budget.keep(part)
        });
        whole.collect::<io::Result<Vec<_>>>()
    });
    Ok(whole.collect::<io::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// Puts the calls of a part's lines on the piles of those who received them, as far as they are in a share.
fn receive(
    part: &CallPart,
    spans: &Spans,
    layout: ReceivedLayout,
    share: &Range<usize>,
    piles: &mut Piles,
) {
    for caller in part.lines() {
        for row in part.made_by(caller) {
            let to = spans.part_of_line[part.callee[row] as usize] as usize;
            if share.contains(&to) {
                piles.push(to - share.start, &layout.row(part, row, caller)[..layout.stride()]);
            }
        }
    }
}
