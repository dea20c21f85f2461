//! From the piles of a bucket to a part with the calls that its lines made.

use crate::census::BucketNames;
use crate::column::{Extra, NONE};
use crate::names::{NameMaps, canonical_key};
use crate::part::CallPart;
use crate::row::{Layout, Row};
use domain::LineKey;
use domain::num::{pack, u32_of};

/// Rows that one reading thread put on a bucket's pile, in the order of the files.
pub(crate) struct MadeRows<'a> {
    /// Whole rows.
    pub(crate) blocks: Vec<Vec<u32>>,
    /// How they lie.
    pub(crate) layout: Layout,
    /// What the thread's names are called canonically.
    pub(crate) maps: &'a NameMaps,
}

impl MadeRows<'_> {
    /// The row that a cursor stands on.
    fn row(&self, cursor: Cursor) -> Option<Row<'_>> {
        let words = self.blocks.get(cursor.block)?;
        words.get(cursor.at..cursor.at + self.layout.stride).map(Row)
    }

    fn after(&self, cursor: Cursor) -> Cursor {
        let at = cursor.at + self.layout.stride;
        if self.blocks[cursor.block].len() > at {
            Cursor { at, ..cursor }
        } else {
            Cursor { block: cursor.block + 1, at: 0 }
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Cursor {
    block: usize,
    at: usize,
}

/// Hands over all rows in the order of the sources: where a file is in order of time, so are they, and need no sorting.
fn in_order<'a>(all: &'a [MadeRows<'a>], mut each: impl FnMut(usize, Row<'a>)) {
    let mut cursors = vec![Cursor::default(); all.len()];
    let source = |which: usize, cursor: Cursor| all[which].row(cursor).map(Row::source);
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
        while let Some(row) = rows.row(*cursor)
            && until.is_none_or(|until| row.source() <= until)
        {
            each(which, row);
            *cursor = rows.after(*cursor);
        }
    }
}

/// The part of a bucket's rows: sorted by line, time and then content, so that the order they came in leaves no trace.
/// `names` and `lines` are the bucket's, `extras` the optional columns of the run.
pub(crate) fn part(
    all: &[MadeRows<'_>],
    names: &BucketNames,
    lines: Vec<u32>,
    extras: &[Extra],
) -> CallPart {
    let mut offsets = vec![0_u32; lines.len() + 1];
    let mut places = Vec::new();
    in_order(all, |which, row| {
        let place = names.place(row, &all[which].maps.texts);
        let place = place.expect("the census met every row");
        offsets[place as usize + 1] += 1;
        places.push(place);
    });
    for at in 1..offsets.len() {
        offsets[at] += offsets[at - 1];
    }
    let rows = places.len();
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
    let mut filler = Filler {
        all,
        names,
        next: offsets.clone(),
        places: &places,
        part,
        waiting: Vec::new(),
        last: vec![(LineKey::NONE, NONE); lines.len()],
    };
    in_order(all, |which, row| filler.add(which, row));
    filler.fill();
    let mut part = filler.part;
    part.lines = lines;
    part.offsets = offsets;
    part.sort();
    part
}

/// Fills a part's columns, some rows at a time: each look-up of a canonical name waits for memory, and many of them wait together.
struct Filler<'a> {
    all: &'a [MadeRows<'a>],
    names: &'a BucketNames,
    /// Where each line's next row goes.
    next: Vec<u32>,
    /// The line of each row to come, by its place in the bucket.
    places: &'a [u32],
    part: CallPart,
    waiting: Vec<Waiting<'a>>,
    /// The handset that each line's last row named, and its canonical index: most lines have one.
    last: Vec<(LineKey, u32)>,
}

struct Waiting<'a> {
    which: usize,
    row: Row<'a>,
    place: usize,
    at: usize,
}

const TOGETHER: usize = 64;

impl<'a> Filler<'a> {
    #[inline]
    fn add(&mut self, which: usize, row: Row<'a>) {
        let Some((place, rest)) = self.places.split_first() else { return };
        self.places = rest;
        let next = &mut self.next[*place as usize];
        self.waiting.push(Waiting { which, row, place: *place as usize, at: *next as usize });
        *next += 1;
        if self.waiting.len() == TOGETHER {
            self.fill();
        }
    }

    fn fill(&mut self) {
        let Self { all, names, part, waiting, last, .. } = self;
        for Waiting { which, row, at, .. } in waiting.iter() {
            part.callee[*at] = all[*which].maps.lines[row.callee() as usize];
        }
        for Waiting { row, at, .. } in waiting.iter() {
            part.start_s[*at] = row.start_s();
            (part.duration_s[*at], part.marks[*at]) = row.talk();
            part.source[*at] = row.source();
        }
        let most = all.iter().map(|rows| rows.layout.extras.len()).max().unwrap_or(0);
        for nth in 0..most {
            for Waiting { which, row, place, at } in waiting.iter() {
                let MadeRows { maps, layout, .. } = &all[*which];
                let Some((extra, word)) = layout.extras.get(nth) else { continue };
                part.extras[*extra as usize][*at] = match extra.handset() {
                    Some(_) => {
                        let key = canonical_key(row.handset(*word), &maps.texts.handsets);
                        let last = &mut last[*place];
                        if last.0 != key {
                            *last = (key, names.handset(key));
                        }
                        last.1
                    }
                    None => maps.of(*extra).get(row.extra(*word) as usize).copied().unwrap_or(NONE),
                };
            }
        }
        waiting.clear();
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
                tie.sort_by_cached_key(|(_, row)| self.rest(*row as usize));
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
