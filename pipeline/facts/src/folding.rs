//! Folds the rows of a line that tell one call into one fact.

use crate::column::NONE;
use crate::duplicates::{ALIKE_MAX, LEG_TOLERANCE_S, Record, fold, same_call};
use crate::part::CallPart;
use domain::num::u32_of;

/// A row that stays so far, as it was told: in order of start, callee and duration, as the rows of a line are.
#[derive(Clone, Copy)]
struct Standing {
    start_s: u32,
    callee: u32,
    duration_s: u32,
    row: u32,
}

/// Rows that are looked at one by one before a search is worth its while.
const NEAR: usize = 24;

/// How far back a row of the same call can have been told to begin, and its told duration can lie apart, seconds: the callee's leg that took over the caller's
/// clock and meter moved by the tolerance, and another leg lies within the tolerance of that.
const REACH_S: u32 = 2 * LEG_TOLERANCE_S;

impl CallPart {
    /// Folds rows of one call into one fact; gives how many rows went.
    pub(crate) fn fold_duplicates(&mut self) -> usize {
        let rows = self.len();
        let mut gone = vec![false; rows];
        let mut folded = 0;
        // A call that a file tells a million times is compared once each time: what is gone is not looked at again.
        let mut standing: Vec<Standing> = Vec::new();
        for window in self.offsets.clone().windows(2) {
            standing.clear();
            let rows = window[0] as usize..window[1] as usize;
            for row in rows {
                if let Some(earlier) = self.earlier_record_of(row, &standing) {
                    let one = fold(&self.record(earlier), &self.record(row));
                    self.set_record(earlier, &one);
                    self.source[earlier] = self.source[earlier].min(self.source[row]);
                    gone[row] = true;
                    folded += 1;
                } else {
                    standing.push(self.standing(row));
                }
            }
        }
        if folded > 0 {
            self.remove(&gone);
        }
        folded
    }

    fn standing(&self, row: usize) -> Standing {
        Standing {
            start_s: self.start_s[row],
            callee: self.callee[row],
            duration_s: self.duration_s[row],
            row: u32_of(row),
        }
    }

    /// The latest of the rows before that is the same call as `row`.
    fn earlier_record_of(&self, row: usize, before: &[Standing]) -> Option<usize> {
        let horizon_s = self.start_s[row].saturating_sub(REACH_S);
        let (far, near) = before.split_at(before.len().saturating_sub(NEAR));
        let found = |some: &[Standing]| {
            let mut due = some.iter().rev().take_while(|earlier| earlier.start_s >= horizon_s);
            due.find(|earlier| self.is_same(earlier, row)).map(|earlier| earlier.row as usize)
        };
        found(near).or_else(|| match far.last() {
            Some(last) if last.start_s >= horizon_s => {
                let mut seconds = (horizon_s..=last.start_s).rev();
                seconds.find_map(|start_s| self.earlier_at(start_s, row, far))
            }
            _ => None,
        })
    }

    /// The same among rows that were told to begin in one second.
    fn earlier_at(&self, start_s: u32, row: usize, before: &[Standing]) -> Option<usize> {
        let (callee, duration_s) = (self.callee[row], self.duration_s[row]);
        let key = |earlier: &Standing| (earlier.start_s, earlier.callee, earlier.duration_s);
        let least = (start_s, callee, duration_s.saturating_sub(REACH_S));
        let most = (start_s, callee, duration_s.saturating_add(REACH_S));
        let first = before.partition_point(|earlier| key(earlier) < least);
        let end = first + before[first..].partition_point(|earlier| key(earlier) <= most);
        let mut alike = before[first..end].iter().rev().take(ALIKE_MAX);
        alike.find(|earlier| self.is_same(earlier, row)).map(|earlier| earlier.row as usize)
    }

    fn is_same(&self, earlier: &Standing, row: usize) -> bool {
        earlier.callee == self.callee[row]
            && same_call(&self.record(earlier.row as usize), &self.record(row))
    }

    fn record(&self, row: usize) -> Record {
        let extras = std::array::from_fn(|at| self.extras[at].get(row).copied().unwrap_or(NONE));
        Record {
            start_s: self.start_s[row],
            duration_s: self.duration_s[row],
            marks: self.marks[row],
            extras,
        }
    }

    fn set_record(&mut self, row: usize, record: &Record) {
        self.start_s[row] = record.start_s;
        self.duration_s[row] = record.duration_s;
        self.marks[row] = record.marks;
        for (column, value) in self.extras.iter_mut().zip(record.extras) {
            if let Some(place) = column.get_mut(row) {
                *place = value;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::{Attestation, Leg, marks};
    use crate::column::Extra;
    use domain::Outcome;
    use proptest::prelude::*;

    /// Calls of one line, sorted: callee, start, duration, leg, cell.
    fn part(mut rows: Vec<(u32, u32, u32, u8, u32)>) -> CallPart {
        rows.sort_unstable_by_key(|(callee, start_s, duration_s, leg, cell)| {
            (*start_s, *callee, *duration_s, *leg, *cell)
        });
        let leg = |leg: u8| [Leg::Whole, Leg::Caller, Leg::Callee][usize::from(leg)];
        let mut part = CallPart {
            lines: vec![0],
            offsets: vec![0, u32_of(rows.len())],
            callee: rows.iter().map(|row| row.0).collect(),
            start_s: rows.iter().map(|row| row.1).collect(),
            duration_s: rows.iter().map(|row| row.2).collect(),
            marks: rows
                .iter()
                .map(|row| marks(Outcome::Answered, leg(row.3), Attestation::None))
                .collect(),
            source: (0..u32_of(rows.len())).collect(),
            ..CallPart::default()
        };
        part.extras[Extra::CallerCell as usize] =
            rows.iter().map(|row| row.4.checked_sub(1).unwrap_or(NONE)).collect();
        part
    }

    /// The rule without any search: each row against all before, the latest first.
    fn folded_one_by_one(part: &mut CallPart) -> usize {
        let told: Vec<Standing> = (0..part.len()).map(|row| part.standing(row)).collect();
        let mut gone = vec![false; part.len()];
        for row in 0..part.len() {
            let mut before = (0..row).rev().filter(|earlier| !gone[*earlier]);
            if let Some(earlier) = before.find(|earlier| part.is_same(&told[*earlier], row)) {
                let one = fold(&part.record(earlier), &part.record(row));
                part.set_record(earlier, &one);
                part.source[earlier] = part.source[earlier].min(part.source[row]);
                gone[row] = true;
            }
        }
        let folded = gone.iter().filter(|gone| **gone).count();
        part.remove(&gone);
        folded
    }

    proptest! {
        #[test]
        fn what_is_searched_for_is_what_looking_at_each_finds(
            rows in prop::collection::vec((0_u32..4, 100_u32..112, 0_u32..9, 0_u8..3, 0_u32..3), 0..160),
        ) {
            let (mut searched, mut looked) = (part(rows.clone()), part(rows));
            prop_assert_eq!(searched.fold_duplicates(), folded_one_by_one(&mut looked));
            prop_assert_eq!(searched.callee, looked.callee);
            prop_assert_eq!(searched.start_s, looked.start_s);
            prop_assert_eq!(searched.duration_s, looked.duration_s);
            prop_assert_eq!(searched.marks, looked.marks);
            prop_assert_eq!(searched.source, looked.source);
        }
    }

    #[test]
    fn sixty_thousand_calls_of_one_second_are_told_apart() {
        let rows = (0..60_000).map(|at| (7, 100, at, 0, 0)).collect();
        assert_eq!(part(rows).fold_duplicates(), 0, "each lasts differently");
        let rows = (0..60_000).map(|at| (7, 100, 30, 0, at + 1)).collect();
        assert_eq!(part(rows).fold_duplicates(), 0, "each began in another cell");
    }
}
