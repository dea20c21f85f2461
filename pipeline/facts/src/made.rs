//! From the piles of a bucket to a part with the calls that its lines made.

use crate::census::{BucketNames, Census, Counted};
use crate::column::{Extra, NONE};
use crate::key_index::KeyIndex;
use crate::naming::NameMaps;
use crate::part::CallPart;
use crate::row::{Layout, Row};
use crate::shelf::{WordReader, Words, put_column};
use crate::texts::canonical_key;
use domain::LineKey;
use domain::num::{pack, u32_of};
use std::io;

/// Rows that one reading thread put on a bucket's pile, in the order of the files.
pub(crate) struct MadeRows<'a> {
    /// Whole rows.
    pub(crate) blocks: Vec<Vec<u32>>,
    /// How they lie.
    pub(crate) layout: Layout,
    /// What the thread's names are called canonically.
    pub(crate) maps: &'a NameMaps,
}

/// Where a reading of a pile stands: a block, and a word of it.
#[derive(Clone, Copy, Default)]
struct Cursor {
    block: usize,
    at: usize,
}

impl MadeRows<'_> {
    /// The words from a cursor to the end of its block; `None` after the last.
    fn words(&self, cursor: Cursor) -> Option<&[u32]> {
        self.blocks.get(cursor.block)?.get(cursor.at..).filter(|words| !words.is_empty())
    }

    fn after(&self, cursor: Cursor, words: usize) -> Cursor {
        let at = cursor.at + words;
        if self.blocks[cursor.block].len() > at {
            Cursor { at, ..cursor }
        } else {
            Cursor { block: cursor.block + 1, at: 0 }
        }
    }
}

/// Rows that are handed over together: so few that they stay in the processor's nearest cache.
const TOGETHER: usize = 64;

/// Hands over all rows, some of one pile at a time, in the order of the sources: where a file is in order of time, so are they, and need no
/// sorting.
fn in_order<'a>(all: &'a [MadeRows<'a>], mut each: impl FnMut(&'a MadeRows<'a>, &'a [u32])) {
    let mut cursors = vec![Cursor::default(); all.len()];
    let source =
        |which: usize, cursor: Cursor| all[which].words(cursor).map(|words| Row(words).source());
    loop {
        let mut next: Vec<(u32, usize)> = cursors
            .iter()
            .enumerate()
            .filter_map(|(which, cursor)| Some((source(which, *cursor)?, which)))
            .collect();
        next.sort_unstable();
        let Some((_, which)) = next.first().copied() else { return };
        let until = next.get(1).map(|(source, _)| *source);
        let (rows, cursor) = (&all[which], &mut cursors[which]);
        let stride = rows.layout.stride;
        while let Some(words) = rows.words(*cursor) {
            let some = &words[..words.len().min(TOGETHER * stride)];
            let before = until.map_or(some.len(), |until| {
                let due = |row: &&[u32]| Row(row).source() <= until;
                some.chunks_exact(stride).take_while(due).count() * stride
            });
            if before > 0 {
                each(rows, &some[..before]);
                *cursor = rows.after(*cursor, before);
            }
            if before < some.len() {
                break;
            }
        }
    }
}

/// The calls that the lines of a bucket made, in names of the bucket's own: what they are called canonically is known when all buckets
/// were read.
#[derive(Debug)]
pub(crate) struct OwnPart {
    /// Callees and handsets are places in `names`; lines are left open.
    part: CallPart,
    /// Of the bucket's names, the indexes among all that the worker met.
    names: Counted,
}

/// The part of a bucket's rows, sorted by line, in the order of the sources. `extras` are the optional columns of the run.
pub(crate) fn part(all: &[MadeRows<'_>], census: &mut Census, extras: &[Extra]) -> OwnPart {
    let (callers, callees) = named(all, &mut census.bucket);
    let places = census.bucket.caller_places();
    let mut offsets = vec![0_u32; places.len() + 1];
    for caller in &callers {
        offsets[places[*caller as usize] as usize + 1] += 1;
    }
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let rows = callers.len();
    let mut part = CallPart {
        callee: vec![0; rows],
        start_s: vec![0; rows],
        duration_s: vec![0; rows],
        marks: vec![0; rows],
        source: vec![0; rows],
        ..CallPart::default()
    };
    for extra in extras {
        part.extras[*extra as usize] = vec![NONE; rows];
    }
    let next = places.iter().map(|place| offsets[*place as usize]).collect();
    let last = vec![(LineKey::NONE, NONE); places.len()];
    let handsets = &mut census.bucket.handsets;
    let mut filler = Filler { handsets, next, last, part };
    let mut first = 0;
    in_order(all, |made, words| {
        let rows = first..first + words.len() / made.layout.stride;
        filler.add(made, words, &callers[rows.clone()], &callees[rows.clone()]);
        first = rows.end;
    });
    let mut part = filler.part;
    part.offsets = offsets;
    OwnPart { part, names: census.count() }
}

/// Of each row, in order, the bucket's index of its caller, and of its callee.
fn named(all: &[MadeRows<'_>], names: &mut BucketNames) -> (Vec<u32>, Vec<u32>) {
    let (mut callers, mut callees) = (Vec::new(), Vec::new());
    let mut keys = Vec::with_capacity(TOGETHER);
    in_order(all, |made, words| {
        let texts = &made.maps.line_texts;
        let rows = || words.chunks_exact(made.layout.stride).map(Row);
        keys.clear();
        keys.extend(rows().map(|row| canonical_key(row.caller(), texts)));
        names.callers.intern_all(&keys, &mut callers);
        keys.clear();
        keys.extend(rows().map(|row| canonical_key(row.callee(), texts)));
        names.callees.intern_all(&keys, &mut callees);
    });
    (callers, callees)
}

/// Fills a part's columns.
struct Filler<'a> {
    handsets: &'a mut KeyIndex,
    /// Where each caller's next row goes.
    next: Vec<u32>,
    /// The handset that each caller's last row named, and its index: most lines have one.
    last: Vec<(LineKey, u32)>,
    part: CallPart,
}

impl Filler<'_> {
    /// Takes some rows of one pile, at most [`TOGETHER`], whose callers and callees are these.
    fn add(&mut self, made: &MadeRows<'_>, words: &[u32], callers: &[u32], callees: &[u32]) {
        let Self { next, part, .. } = self;
        let mut places = [0_usize; TOGETHER];
        let rows = || words.chunks_exact(made.layout.stride).map(Row);
        for (((place, row), caller), callee) in
            places.iter_mut().zip(rows()).zip(callers).zip(callees)
        {
            let next = &mut next[*caller as usize];
            let at = *next as usize;
            *next += 1;
            *place = at;
            part.callee[at] = *callee;
            part.start_s[at] = row.start_s();
            (part.duration_s[at], part.marks[at]) = row.talk();
            part.source[at] = row.source();
        }
        for (extra, word) in &made.layout.extras {
            if extra.handset().is_some() {
                self.add_handsets(
                    *extra,
                    made,
                    rows().map(|row| row.handset(*word)),
                    (callers, &places),
                );
                continue;
            }
            let names = made.maps.of(*extra);
            let column = &mut self.part.extras[*extra as usize];
            for (row, at) in rows().zip(places) {
                column[at] = names.get(row.extra(*word) as usize).copied().unwrap_or(NONE);
            }
        }
    }

    fn add_handsets(
        &mut self,
        extra: Extra,
        made: &MadeRows<'_>,
        handsets: impl Iterator<Item = LineKey>,
        (callers, places): (&[u32], &[usize]),
    ) {
        let column = &mut self.part.extras[extra as usize];
        for ((handset, caller), at) in handsets.zip(callers).zip(places) {
            let key = canonical_key(handset, &made.maps.handset_texts);
            if key == LineKey::NONE {
                continue;
            }
            let last = &mut self.last[*caller as usize];
            if last.0 != key {
                *last = (key, self.handsets.intern(key));
            }
            column[*at] = last.1;
        }
    }
}

impl OwnPart {
    /// The part in canonical names. `lines` and `handsets` are what the worker's names are called, `of_bucket` all lines of the bucket in
    /// canonical order: those that were only called are among them. Rows are in order of time and then content, so that the order they
    /// came in leaves no trace.
    pub(crate) fn canonical(
        self,
        lines: &[u32],
        handsets: &[u32],
        of_bucket: Vec<u32>,
    ) -> CallPart {
        let Self { mut part, names } = self;
        let canonical =
            |own: &[u32], all: &[u32]| own.iter().map(|at| all[*at as usize]).collect::<Vec<_>>();
        let callees = canonical(&names.callees, lines);
        part.callee.iter_mut().for_each(|callee| *callee = callees[*callee as usize]);
        let handsets = canonical(&names.handsets, handsets);
        for extra in Extra::ALL.into_iter().filter(|extra| extra.handset().is_some()) {
            for handset in &mut part.extras[extra as usize] {
                *handset = handsets.get(*handset as usize).copied().unwrap_or(NONE);
            }
        }
        let mut callers = canonical(&names.callers, lines).into_iter().peekable();
        let mut ends = part.offsets.into_iter();
        let mut end = ends.next().unwrap_or_default();
        let mut offsets = vec![end];
        for line in &of_bucket {
            if callers.next_if_eq(line).is_some() {
                end = ends.next().unwrap_or(end);
            }
            offsets.push(end);
        }
        part.offsets = offsets;
        part.lines = of_bucket;
        part.sort();
        part
    }
}

impl Words for OwnPart {
    fn words(&self) -> usize {
        let Counted { callers, callees, handsets } = &self.names;
        self.part.words() + 3 + callers.len() + callees.len() + handsets.len()
    }

    fn to_words(&self) -> Vec<u32> {
        let mut words = self.part.to_words();
        let Counted { callers, callees, handsets } = &self.names;
        [callers, callees, handsets].into_iter().for_each(|names| put_column(&mut words, names));
        words
    }

    fn from_words(words: &mut WordReader<'_>) -> io::Result<Self> {
        let part = CallPart::from_words(words)?;
        let (callers, callees) = (words.column()?, words.column()?);
        Ok(Self { part, names: Counted { callers, callees, handsets: words.column()? } })
    }
}

impl CallPart {
    fn sort(&mut self) {
        let mut order: Vec<(u64, u32)> = Vec::new();
        for place in 0..self.lines.len() {
            let rows = self.made_at(place);
            let key = |row: usize| pack(self.start_s[row], self.callee[row]);
            if rows.clone().is_sorted_by(|a, b| key(*a) < key(*b)) {
                continue;
            }
            order.clear();
            order.extend(rows.clone().map(|row| (key(row), u32_of(row))));
            order.sort_unstable();
            for tie in order.chunk_by_mut(|a, b| a.0 == b.0).filter(|tie| tie.len() > 1) {
                // Without keys kept aside: a file may tell one call millions of times.
                tie.sort_unstable_by_key(|(_, row)| self.rest(*row as usize));
            }
            self.permute(rows.start, &order);
        }
    }

    fn rest(&self, row: usize) -> (u32, u8, [u32; Extra::COUNT], u32) {
        let extras = Extra::ALL.map(|extra| self.extra(extra, row));
        (self.duration_s[row], self.marks[row], extras, self.source[row])
    }

    /// Puts a line's rows, which begin at `first`, in another order.
    fn permute(&mut self, first: usize, order: &[(u64, u32)]) {
        permute(&mut self.marks, first, order);
        let fixed = [&mut self.callee, &mut self.start_s, &mut self.duration_s, &mut self.source];
        let columns = fixed.into_iter().chain(&mut self.extras);
        columns
            .filter(|column| !column.is_empty())
            .for_each(|column| permute(column, first, order));
    }
}

/// Puts the values from `first` on in another order.
fn permute<T: Copy>(column: &mut [T], first: usize, order: &[(u64, u32)]) {
    let values: Vec<T> = order.iter().map(|(_, row)| column[*row as usize]).collect();
    column[first..first + values.len()].copy_from_slice(&values);
}
