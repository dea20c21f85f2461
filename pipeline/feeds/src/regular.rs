//! Columnar rows of the most common shape, read column by column.
//!
//! Most Parquet exports have two E.164 numbers, a typed moment, a whole duration, and maybe an answered flag, a cell and a handset.
//! Rows that are just that are read here, in a third of the time; any row that is not is left to [`RowReader`], which decides the same.

use crate::columnar::{BatchView, Column};
use crate::duration::{self, Unit};
use crate::identifier::{handset, name, plain_e164};
use crate::moment::Reading;
use crate::plan::{Origin, Plan};
use crate::row::RowReader;
use crate::template::Role;
use arrow_array::{Array, BooleanArray};
use domain::{LineKey, Outcome};
use facts::call::{Attestation, Leg, marks};
use facts::{Batch, Dictionaries, Extra, NONE};
use std::ops::Range;

/// Columns of a batch that has the common shape.
pub struct Regular<'a> {
    caller: &'a Column<'a>,
    callee: &'a Column<'a>,
    start: &'a Column<'a>,
    duration: &'a Column<'a>,
    answered: Option<&'a BooleanArray>,
    cell: Option<&'a Column<'a>>,
    handset: Option<&'a Column<'a>>,
}

/// Rows read together: so few that their columns stay in the processor's nearest cache.
pub const PLAIN_ROWS: usize = 1_024;

/// Some rows, and which of them are odd.
#[derive(Debug, Default)]
pub struct PlainRows {
    /// The rows; what stands in an odd one means nothing.
    pub batch: Batch,
    odd: Vec<bool>,
}

/// Rows in a row that are all plain, or all odd.
pub enum Run {
    /// Calls.
    Plain(Range<usize>),
    /// To be read one by one.
    Odd(Range<usize>),
}

impl PlainRows {
    /// The rows in runs.
    pub fn runs(&self) -> impl Iterator<Item = Run> {
        let mut first = 0_usize;
        self.odd.chunk_by(|a, b| a == b).map(move |run| {
            let rows = first..first.saturating_add(run.len());
            first = rows.end;
            if run.first() == Some(&true) { Run::Odd(rows) } else { Run::Plain(rows) }
        })
    }
}

/// Whether a row that is not odd has a value.
fn there<T: PartialEq>(column: &[T], odd: &[bool], none: &T) -> bool {
    column.iter().zip(odd).any(|(value, odd)| value != none && !odd)
}

/// Roles that may be filled; with any other the shape is not the common one.
const ROLES: [Role; 7] = [
    Role::Caller,
    Role::Callee,
    Role::Start,
    Role::Duration,
    Role::Outcome,
    Role::CallerCell,
    Role::CallerImei,
];

impl<'a> Regular<'a> {
    /// The columns, where the plan and the batch have the common shape.
    pub fn of(plan: &Plan, batch: &'a BatchView<'a>) -> Option<Self> {
        let foreign = Role::ALL
            .into_iter()
            .any(|role| !ROLES.contains(&role) && plan.origin(role).is_there());
        if foreign || plan.duration_unit != Unit::Seconds {
            return None;
        }
        let column = |role: Role| match plan.origin(role) {
            Origin::Column(at) => batch.column(*at),
            _ => None,
        };
        let text = |role: Role| column(role).filter(|column| column.is_text());
        let there = |role: Role| plan.origin(role).is_there();
        let answered = match column(Role::Outcome) {
            Some(Column::Flags(array)) => Some(*array),
            _ => None,
        };
        let whole = there(Role::Outcome) == answered.is_some()
            && there(Role::CallerCell) == text(Role::CallerCell).is_some()
            && there(Role::CallerImei) == text(Role::CallerImei).is_some();
        whole.then_some(())?;
        Some(Self {
            caller: text(Role::Caller)?,
            callee: text(Role::Callee)?,
            start: column(Role::Start).filter(|column| column.is_moment())?,
            duration: column(Role::Duration).filter(|column| column.is_whole())?,
            answered,
            cell: text(Role::CallerCell),
            handset: text(Role::CallerImei),
        })
    }

    /// Reads some rows of the batch; `rows_before` it are in the file.
    pub fn read(
        &self,
        rows: Range<usize>,
        rows_before: u32,
        reader: &mut RowReader,
        names: &mut Dictionaries,
        into: &mut PlainRows,
    ) {
        let PlainRows { batch, odd } = into;
        batch.clear();
        read_lines(self.caller, rows.clone(), &mut batch.caller);
        read_lines(self.callee, rows.clone(), &mut batch.callee);
        odd.clear();
        odd.extend(batch.caller.iter().zip(&batch.callee).map(|(caller, callee)| {
            *caller == LineKey::NONE || *callee == LineKey::NONE || caller == callee
        }));
        batch.start_s.extend(odd.iter_mut().zip(rows.clone()).map(|(odd, row)| {
            let start_s = self.start.moment(row).and_then(|(local_s, zoned)| {
                reader.instant_s(Reading { local_s, offset_s: zoned.then_some(0) })
            });
            *odd |= start_s.is_none();
            start_s.unwrap_or_default()
        }));
        batch.duration_s.extend(odd.iter_mut().zip(rows.clone()).map(|(odd, row)| {
            let number = self.duration.whole(row);
            let duration_s =
                number.and_then(|number| duration::of_number(number as f64, Unit::Seconds).ok());
            *odd |= duration_s.is_none();
            duration_s.unwrap_or_default()
        }));
        let connected = odd.iter_mut().zip(&batch.duration_s).zip(rows.clone());
        batch.marks.extend(connected.map(|((odd, duration_s), row)| {
            let answered = match self.answered {
                Some(flags) if flags.is_valid(row) => flags.value(row),
                Some(_) => {
                    *odd = true;
                    false
                }
                None => *duration_s > 0,
            };
            let outcome = if answered { Outcome::Answered } else { Outcome::NoAnswer };
            marks(outcome, Leg::Whole, Attestation::None)
        }));
        let first = u32::try_from(rows.start).unwrap_or(u32::MAX).saturating_add(rows_before);
        batch.row.extend((1..).take(rows.len()).map(|at: u32| first.saturating_add(at)));
        self.read_places(rows, reader, names, into);
    }

    /// Reads cells and handsets.
    fn read_places(
        &self,
        rows: Range<usize>,
        reader: &mut RowReader,
        names: &mut Dictionaries,
        into: &mut PlainRows,
    ) {
        let PlainRows { batch, odd } = into;
        let cells = batch.column(Extra::CallerCell);
        match self.cell {
            Some(Column::Words(keys, words)) => {
                reader.cell_words.turn_to(words);
                cells.extend(rows.clone().map(|row| {
                    let there = keys.is_valid(row);
                    let cell =
                        there.then(|| reader.cell_words.name(keys.value(row), &mut names.cells));
                    cell.unwrap_or(NONE)
                }));
            }
            Some(texts) => texts.each_text(rows.clone(), |text| {
                cells.push(text.and_then(|text| name(text, &mut names.cells)).unwrap_or(NONE));
            }),
            None => {}
        }
        if there(cells, odd, &NONE) {
            reader.observed.add(Extra::CallerCell);
        }
        let handsets = batch.caller_handsets();
        if let Some(texts) = self.handset {
            texts.each_text(rows, |text| {
                let key = text.map_or(LineKey::NONE, |text| handset(text, &mut names.handsets));
                handsets.push(key);
            });
        }
        if there(handsets, odd, &LineKey::NONE) {
            reader.observed.add(Extra::CallerHandset);
        }
    }
}

/// The lines of a column; [`LineKey::NONE`] where a text is not plainly E.164.
fn read_lines(column: &Column<'_>, rows: Range<usize>, into: &mut Vec<LineKey>) {
    column.each_text(rows, |text| into.push(text.and_then(plain_e164).unwrap_or(LineKey::NONE)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columnar::RowView;
    use crate::template::{ColumnRef, Template};
    use arrow_array::cast::AsArray;
    use arrow_array::types::Int32Type;
    use arrow_array::{
        ArrayRef, DictionaryArray, Int32Array, RecordBatch, StringViewArray, TimestampSecondArray,
    };
    use facts::CallDraft;
    use std::sync::Arc;

    fn batch() -> RecordBatch {
        let callers = StringViewArray::from(vec![
            Some("+442079460001"),
            Some("02079460001"),
            None,
            Some("+442079460002"),
            Some("+442079460003"),
        ]);
        let callees = StringViewArray::from(vec![
            Some("+442079460009"),
            Some("+442079460009"),
            Some("+442079460009"),
            Some("+442079460002"),
            Some("+442079460009"),
        ]);
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("caller", Arc::new(callers)),
            ("callee", Arc::new(callees)),
            (
                "start",
                Arc::new(TimestampSecondArray::from(vec![
                    1_696_712_645,
                    1_696_712_646,
                    1_696_712_647,
                    1_696_712_648,
                    1_696_712_649,
                ])),
            ),
            ("duration", Arc::new(Int32Array::from(vec![83, 5, 6, 7, -1]))),
            ("answered", Arc::new(BooleanArray::from(vec![true, false, true, true, true]))),
            (
                "cell",
                Arc::new(StringViewArray::from(vec![
                    Some("001-01-1-1"),
                    None,
                    Some(""),
                    Some("7"),
                    Some("8"),
                ])),
            ),
            (
                "imei",
                Arc::new(StringViewArray::from(vec![
                    Some("490154203237518"),
                    Some("000000000000000"),
                    None,
                    None,
                    None,
                ])),
            ),
        ];
        RecordBatch::try_from_iter_with_nullable(
            columns.into_iter().map(|(name, array)| (name, array, true)),
        )
        .unwrap()
    }

    #[test]
    fn what_is_read_fast_is_what_is_read_slowly() {
        let roles = [
            (Role::Caller, 1),
            (Role::Callee, 2),
            (Role::Start, 3),
            (Role::Duration, 4),
            (Role::Outcome, 5),
            (Role::CallerCell, 6),
            (Role::CallerImei, 7),
        ];
        let template = Template {
            zone: Some("Europe/London".to_owned()),
            columns: roles.into_iter().map(|(role, at)| (role, ColumnRef::Position(at))).collect(),
            ..Template::default()
        };
        let present: Vec<String> = (1..8).map(|at| format!("column {at}")).collect();
        let plan = Plan::new(&template, &present, "").unwrap();
        for batch in [batch(), with_words(&batch())] {
            let view = BatchView::of(&batch);
            let regular = Regular::of(&plan, &view).unwrap();
            let mut fast = 0;
            for row in 0..batch.num_rows() {
                let (mut quick, mut slow) =
                    (RowReader::new(plan.clone()), RowReader::new(plan.clone()));
                let mut names = [Dictionaries::default(), Dictionaries::default()];
                let slowly = slow.read(&RowView { batch: &view, row }, &mut names[0]);
                let mut plain = PlainRows::default();
                regular.read(row..row + 1, 0, &mut quick, &mut names[1], &mut plain);
                assert_eq!(quick.observed, slow.observed, "row {row}");
                if plain.odd == [false] {
                    let mut expected = Batch::default();
                    let row = u32::try_from(row + 1).unwrap();
                    expected.push(&CallDraft { row, ..slowly.unwrap() });
                    let mut found = Batch::default();
                    found.append(&plain.batch, 0..1);
                    assert_eq!(found, expected);
                    fast += 1;
                }
            }
            assert_eq!(
                fast, 1,
                "the other rows are odd, one way each, and left to the careful reader"
            );
        }
    }

    /// The same rows with all of their texts as indexes into words.
    fn with_words(batch: &RecordBatch) -> RecordBatch {
        let mut columns = batch.columns().to_vec();
        for column in &mut columns {
            let Some(texts) = column.as_string_view_opt() else { continue };
            let words: DictionaryArray<Int32Type> = texts.iter().collect();
            *column = Arc::new(words);
        }
        let named = columns.into_iter().enumerate();
        let named = named.map(|(at, column)| (format!("column {at}"), column, true));
        RecordBatch::try_from_iter_with_nullable(named).unwrap()
    }

    #[test]
    fn runs_part_plain_rows_from_odd_ones() {
        let rows = PlainRows { odd: vec![false, false, true, false], ..PlainRows::default() };
        let told: Vec<(bool, Range<usize>)> = rows
            .runs()
            .map(|run| match run {
                Run::Plain(rows) => (true, rows),
                Run::Odd(rows) => (false, rows),
            })
            .collect();
        assert_eq!(told, [(true, 0..2), (false, 2..3), (true, 3..4)]);
    }
}
