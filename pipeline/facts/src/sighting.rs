//! Where a line was seen without a call: a data session, an attach, a location update, a Wi-Fi association.
//!
//! Rooms that phone over the Internet leave sightings and no calls. On its way to its part a sighting lies as a call does whose marks say
//! that it is none; in the part, sightings have columns of their own.

use crate::column::Extra;
use crate::duplicates::ALIKE_MAX;
use crate::part::CallPart;
use crate::shelf::{WordReader, put_bytes, put_column};
use crate::store::Calls;
use domain::zone::day_of;
use std::collections::BTreeMap;
use std::io;

/// What a line was seen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum SightingKind {
    /// A data session.
    Data = 0,
    /// The handset attached to or detached from the network.
    Attach = 1,
    /// A location update or hand-over.
    Location = 2,
    /// A Wi-Fi association.
    Wifi = 3,
    /// The feed does not say.
    Unknown = 4,
}

impl SightingKind {
    /// The word in facts.
    pub fn word(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Attach => "attach",
            Self::Location => "location",
            Self::Wifi => "wifi",
            Self::Unknown => "unknown",
        }
    }

    /// The kind that a fact's word names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Data, Self::Attach, Self::Location, Self::Wifi, Self::Unknown]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Sightings from which on a window of days is full.
const WINDOW_SIGHTINGS: usize = 1 << 22;

/// The bit of a row's marks that says that it is a sighting.
const SIGHTING: u8 = 0x80;

/// Packs a sighting's kind.
pub fn sighting_marks(kind: SightingKind) -> u8 {
    SIGHTING | kind as u8
}

/// Whether packed marks are a sighting's.
pub(crate) fn is_sighting(marks: u8) -> bool {
    marks & SIGHTING != 0
}

/// The kind in packed marks.
pub fn kind_of(marks: u8) -> SightingKind {
    match marks & !SIGHTING {
        0 => SightingKind::Data,
        1 => SightingKind::Attach,
        2 => SightingKind::Location,
        3 => SightingKind::Wifi,
        _ => SightingKind::Unknown,
    }
}

/// One sighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// First seen, epoch seconds.
    pub from_s: u32,
    /// Last seen, epoch seconds; not before `from_s`.
    pub to_s: u32,
    /// The cell.
    pub cell: u32,
    /// The handset, or [`NONE`](crate::NONE).
    pub handset: u32,
    /// What it was seen by.
    pub kind: SightingKind,
}

/// Sightings of the lines of a part, columns of equal length, sorted by line, then time.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Where each line's sightings begin; one more than lines, or empty where no line of the part was seen.
    pub(crate) offsets: Vec<u32>,
    from_s: Vec<u32>,
    duration_s: Vec<u32>,
    cell: Vec<u32>,
    handset: Vec<u32>,
    marks: Vec<u8>,
    /// Where each stands in the sources; empty where that was to be forgotten.
    pub(crate) source: Vec<u32>,
}

impl Seen {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.from_s.len()
    }

    /// A sighting by its row.
    pub(crate) fn at(&self, row: usize) -> Sighting {
        Sighting {
            from_s: self.from_s[row],
            to_s: self.from_s[row].saturating_add(self.duration_s[row]),
            cell: self.cell[row],
            handset: self.handset[row],
            kind: kind_of(self.marks[row]),
        }
    }

    fn push(&mut self, part: &CallPart, row: usize) {
        self.from_s.push(part.start_s[row]);
        self.duration_s.push(part.duration_s[row]);
        self.cell.push(part.extra(Extra::CallerCell, row));
        self.handset.push(part.extra(Extra::CallerHandset, row));
        self.marks.push(part.marks[row]);
        self.source.push(part.source[row]);
    }

    /// The words that [`Self::put`] writes, or a few more.
    pub(crate) fn words(&self) -> usize {
        16 + self.offsets.len() + self.len() * 4 + self.source.len() + self.marks.len().div_ceil(4)
    }

    pub(crate) fn put(&self, words: &mut Vec<u32>) {
        let columns = [
            &self.offsets,
            &self.from_s,
            &self.duration_s,
            &self.cell,
            &self.handset,
            &self.source,
        ];
        columns.into_iter().for_each(|column| put_column(words, column));
        put_bytes(words, &self.marks);
    }

    pub(crate) fn take(words: &mut WordReader<'_>) -> io::Result<Self> {
        Ok(Self {
            offsets: words.column()?,
            from_s: words.column()?,
            duration_s: words.column()?,
            cell: words.column()?,
            handset: words.column()?,
            source: words.column()?,
            marks: words.bytes()?,
        })
    }
}

/// What became of the sightings of a part.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Parted {
    /// Sightings kept.
    pub(crate) kept: usize,
    /// Rows that repeated another's sighting.
    pub(crate) folded: usize,
    /// Sightings that begin after the moment looked from.
    pub(crate) later: usize,
}

impl CallPart {
    /// Moves the rows that are sightings into columns of their own. The same sighting told twice is one fact unless `keep_duplicates`; what
    /// goes on at the moment looked from is cut there.
    pub(crate) fn part_sightings(&mut self, keep_duplicates: bool, until_s: Option<u32>) -> Parted {
        let mut parted = Parted::default();
        if !self.marks.iter().any(|marks| is_sighting(*marks)) {
            return parted;
        }
        let until_s = until_s.unwrap_or(u32::MAX);
        let mut seen = Seen { offsets: vec![0], ..Seen::default() };
        let mut gone = vec![false; self.len()];
        for place in 0..self.lines().len() {
            let first = seen.len();
            for row in self.made_at(place).filter(|row| is_sighting(self.marks[*row])) {
                gone[row] = true;
                if self.start_s[row] > until_s {
                    parted.later += 1;
                    continue;
                }
                seen.push(self, row);
                let last = seen.len() - 1;
                let cut = &mut seen.duration_s[last];
                *cut = (*cut).min(until_s - self.start_s[row]);
                let before = (first..last).rev().take(ALIKE_MAX);
                let before = before.take_while(|at| seen.from_s[*at] == seen.from_s[last]);
                if !keep_duplicates && { before }.any(|at| seen.at(at) == seen.at(last)) {
                    seen.pop();
                    parted.folded += 1;
                }
            }
            seen.offsets.push(domain::num::u32_of(seen.len()));
        }
        parted.kept = seen.len();
        self.remove(&gone);
        self.seen = seen;
        parted
    }

    /// The sightings of the line at a place, in order of time.
    pub fn sightings_at(&self, place: usize) -> impl ExactSizeIterator<Item = Sighting> + '_ {
        self.sighting_rows(place).map(|row| self.seen.at(row))
    }

    /// Where the sightings of the line at a place stand in the sources, in the same order; nothing where that was forgotten.
    pub fn sighting_sources_at(&self, place: usize) -> &[u32] {
        self.seen.source.get(self.sighting_rows(place)).unwrap_or_default()
    }

    /// The first sighting of any line, epoch seconds.
    pub fn first_sighting_s(&self) -> Option<u32> {
        self.seen.from_s.iter().min().copied()
    }

    /// The latest start of a call or a sighting, epoch seconds.
    pub(crate) fn last_s(&self) -> Option<u32> {
        self.start_s.iter().chain(&self.seen.from_s).max().copied()
    }

    fn sighting_rows(&self, place: usize) -> std::ops::Range<usize> {
        match self.seen.offsets.get(place..place + 2) {
            Some(&[first, end]) => first as usize..end as usize,
            _ => 0..0,
        }
    }
}

impl Seen {
    fn pop(&mut self) {
        let columns = [
            &mut self.from_s,
            &mut self.duration_s,
            &mut self.cell,
            &mut self.handset,
            &mut self.source,
        ];
        columns.into_iter().for_each(|column| {
            column.pop();
        });
        self.marks.pop();
    }
}

/// A sighting out of its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedSighting {
    /// Who was seen.
    pub line: u32,
    /// Where, when and by what.
    pub seen: Sighting,
    /// Where it stands in the sources.
    pub source: u32,
}

impl Calls {
    /// Hands over all sightings in order of time, then line, a window of whole days at a time. Errors: those of `each`; the shelf fails.
    pub fn sightings_in_time_order<E: From<io::Error>>(
        &self,
        mut each: impl FnMut(&[TimedSighting]) -> Result<(), E>,
    ) -> Result<(), E> {
        let all = day_of(self.first_s)..=day_of(self.last_s);
        let mut first = *all.start();
        let days = self.sightings_by_day()?;
        while first <= *all.end() {
            let mut end = first;
            let mut held = 0;
            while end <= *all.end() && (end == first || held < WINDOW_SIGHTINGS) {
                held += days.get(&end).copied().unwrap_or(0);
                end += 1;
            }
            let parts = self.map_parts(|part| part.sightings_of_days(&(first..end)))?;
            let mut window = parts.concat();
            window.sort_by_key(|one| (one.seen.from_s, one.line, one.source));
            each(&window)?;
            first = end;
        }
        Ok(())
    }

    fn sightings_by_day(&self) -> io::Result<BTreeMap<u32, usize>> {
        let of_parts = self.map_parts(|part| {
            let mut days: BTreeMap<u32, usize> = BTreeMap::new();
            part.seen.from_s.iter().for_each(|at| *days.entry(day_of(*at)).or_default() += 1);
            days
        })?;
        let mut days = BTreeMap::new();
        of_parts
            .into_iter()
            .flatten()
            .for_each(|(day, count)| *days.entry(day).or_default() += count);
        Ok(days)
    }
}

impl CallPart {
    fn sightings_of_days(&self, days: &std::ops::Range<u32>) -> Vec<TimedSighting> {
        let mut found = Vec::new();
        for (place, line) in self.lines().iter().enumerate() {
            let sources = self.sighting_sources_at(place).iter().copied();
            let sources = sources.chain(std::iter::repeat(0));
            let seen = self.sightings_at(place).zip(sources);
            let of_days = seen.filter(|(seen, _)| days.contains(&day_of(seen.from_s)));
            found.extend(of_days.map(|(seen, source)| TimedSighting { line: *line, seen, source }));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Attestation, Leg, marks};
    use crate::column::NONE;

    #[test]
    fn kinds_come_back() {
        for kind in ["data", "attach", "location", "wifi", "unknown"] {
            let found = SightingKind::from_word(kind).unwrap();
            let marks = sighting_marks(found);
            assert!(is_sighting(marks));
            assert_eq!(kind_of(marks).word(), kind);
        }
        assert!(!is_sighting(marks(domain::Outcome::Vacant, Leg::Callee, Attestation::C)));
    }

    fn part() -> CallPart {
        let data = sighting_marks(SightingKind::Data);
        CallPart {
            lines: vec![3, 8],
            offsets: vec![0, 4, 5],
            callee: vec![5, 3, 3, 3, 3],
            start_s: vec![10, 20, 20, 90, 50],
            duration_s: vec![5, 30, 30, 7, 100],
            marks: vec![0, data, data, data, data],
            source: vec![1, 2, 3, 4, 5],
            extras: std::array::from_fn(|at| if at == 0 { vec![7; 5] } else { Vec::new() }),
            ..CallPart::default()
        }
    }

    #[test]
    fn sightings_are_parted_from_calls_once_each() {
        let mut parts = part();
        let parted = parts.part_sightings(false, Some(60));
        assert_eq!((parted.kept, parted.folded, parted.later), (2, 1, 1));
        assert_eq!((parts.len(), parts.made_at(0), parts.made_at(1)), (1, 0..1, 1..1));
        let of_second: Vec<_> = parts.sightings_at(1).collect();
        assert_eq!(of_second.len(), 1);
        assert_eq!(
            (of_second[0].from_s, of_second[0].to_s),
            (50, 60),
            "cut where it is looked from"
        );
        assert_eq!((of_second[0].cell, of_second[0].handset), (7, NONE));
        assert_eq!(parts.sighting_sources_at(0), [2]);
        let mut kept = part();
        assert_eq!(kept.part_sightings(true, None).kept, 4);
    }
}
