//! Columnar rows of the most common shape, read without asking every role.
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
use arrow_array::{Array, BooleanArray, StringViewArray};
use domain::{LineKey, Outcome};
use facts::{CallDraft, Dictionaries, Extra, NONE};

/// Columns of a batch that has the common shape.
pub struct Regular<'a> {
    caller: &'a StringViewArray,
    callee: &'a StringViewArray,
    start: &'a Column<'a>,
    duration: &'a Column<'a>,
    answered: Option<&'a BooleanArray>,
    cell: Option<&'a StringViewArray>,
    handset: Option<&'a StringViewArray>,
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
        let text = |role: Role| match column(role) {
            Some(Column::Views(array)) => Some(*array),
            _ => None,
        };
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

    /// The call of a row; `None` where the row is not plain.
    #[inline]
    pub fn read(
        &self,
        row: usize,
        reader: &mut RowReader,
        names: &mut Dictionaries,
    ) -> Option<CallDraft> {
        let line = |column: &StringViewArray| {
            column.is_valid(row).then(|| plain_e164(column.value(row).as_bytes())).flatten()
        };
        let (caller, callee) = (line(self.caller)?, line(self.callee)?);
        if caller == callee {
            return None;
        }
        let (local_s, zoned) = self.start.moment(row)?;
        let start_s = reader.instant_s(Reading { local_s, offset_s: zoned.then_some(0) })?;
        let duration_s =
            duration::of_number(self.duration.whole(row)? as f64, Unit::Seconds).ok()?;
        let outcome = match self.answered {
            Some(flags) if flags.is_valid(row) => {
                if flags.value(row) {
                    Outcome::Answered
                } else {
                    Outcome::NoAnswer
                }
            }
            Some(_) => return None,
            None if duration_s > 0 => Outcome::Answered,
            None => Outcome::NoAnswer,
        };
        let mut draft =
            CallDraft { caller, callee, start_s, duration_s, outcome, ..CallDraft::default() };
        let present = |column: Option<&'a StringViewArray>| {
            column.filter(|column| column.is_valid(row)).map(|column| column.value(row).as_bytes())
        };
        if let Some(text) = present(self.cell) {
            let cell = name(text, &mut names.cells).unwrap_or(NONE);
            reader.set(&mut draft, Extra::CallerCell, cell);
        }
        if let Some(text) = present(self.handset) {
            draft.caller_handset = handset(text, &mut names.handsets);
            if draft.caller_handset != LineKey::NONE {
                reader.observed.add(Extra::CallerHandset);
            }
        }
        Some(draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columnar::RowView;
    use crate::template::{ColumnRef, Template};
    use arrow_array::{ArrayRef, Int32Array, RecordBatch, TimestampSecondArray};
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
        let batch = batch();
        let view = BatchView::of(&batch);
        let regular = Regular::of(&plan, &view).unwrap();
        let mut fast = 0;
        for row in 0..batch.num_rows() {
            let (mut quick, mut slow) =
                (RowReader::new(plan.clone()), RowReader::new(plan.clone()));
            let slowly = slow.read(&RowView { batch: &view, row }, &mut Dictionaries::default());
            if let Some(quickly) = regular.read(row, &mut quick, &mut Dictionaries::default()) {
                assert_eq!(Ok(quickly), slowly, "row {row}");
                assert_eq!(quick.observed, slow.observed, "row {row}");
                fast += 1;
            }
        }
        assert_eq!(fast, 1, "the other rows are odd, one way each, and left to the careful reader");
    }
}
