//! Columnar rows of the most common shapes, read column by column.
//!
//! Most Parquet exports have two E.164 numbers, a typed or an epoch moment, a whole duration, and maybe outcomes, cells, handsets, SIMs,
//! routes and attestation. Rows that are just that are read here, in a third of the time; any row that is not is left to [`RowReader`], which
//! decides the same.

use crate::columnar::{BatchView, Column};
use crate::duration::{self, Unit};
use crate::identifier::{handset, name, plain_e164};
use crate::moment::{Form, Reading};
use crate::plan::{Origin, Plan};
use crate::row::{EXTRAS, RowReader, dictionary};
use crate::template::{Role, Tells};
use crate::words;
use arrow_array::Array;
use domain::{LineKey, Outcome};
use facts::call::{Attestation, Leg, marks};
use facts::{Batch, Dictionaries, Extra, NONE};
use std::ops::Range;

/// Columns of a batch that has a common shape.
pub struct Regular<'a> {
    caller: &'a Column<'a>,
    callee: &'a Column<'a>,
    start: Start<'a>,
    duration: &'a Column<'a>,
    outcome: Option<&'a Column<'a>>,
    attestation: Option<&'a Column<'a>>,
    extras: Vec<(Extra, &'a Column<'a>)>,
}

/// A column of moments.
enum Start<'a> {
    /// Typed as such.
    Typed(&'a Column<'a>),
    /// Whole numbers that are epoch time in one form.
    Epoch(&'a Column<'a>, Form),
}

/// Rows read together: so few that their columns stay in the processor's nearest cache.
pub const PLAIN_ROWS: usize = 1_024;

/// Some rows, and which of them are odd.
#[derive(Debug, Default)]
pub struct PlainRows {
    /// The rows; what stands in an odd one means nothing.
    pub batch: Batch,
    odd: Vec<bool>,
    attestation: Vec<Attestation>,
    /// Names that are numbers, on their way to be interned together.
    keys: Vec<LineKey>,
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

/// Roles that may be filled; with any other the shape is not a common one.
const ROLES: [Role; 6] =
    [Role::Caller, Role::Callee, Role::Start, Role::Duration, Role::Outcome, Role::Attestation];

/// Roles of optional columns that may be filled too. What a feed without directions tells of "the subscriber" is the caller's.
fn extras() -> impl Iterator<Item = (Role, Extra)> {
    EXTRAS.into_iter().map(|(role, own, _)| (role, own)).chain([(Role::Imsi, Extra::CallerSim)])
}

impl<'a> Regular<'a> {
    /// The columns, where the plan and the batch have a common shape.
    pub fn of(plan: &Plan, batch: &'a BatchView<'a>) -> Option<Self> {
        let there = |role: Role| plan.origin(role).is_there();
        let known = |role: Role| ROLES.contains(&role) || extras().any(|(known, _)| known == role);
        if plan.tells != Tells::Calls
            || plan.duration_unit != Unit::Seconds
            || Role::ALL.into_iter().any(|role| !known(role) && there(role))
        {
            return None;
        }
        let column = |role: Role| match plan.origin(role) {
            Origin::Column(at) => batch.column(*at),
            _ => None,
        };
        let text = |role: Role| column(role).filter(|column| column.is_text());
        let outcome = column(Role::Outcome).filter(|column| column.is_text() || column.is_flag());
        let attestation = text(Role::Attestation);
        if there(Role::Outcome) != outcome.is_some()
            || there(Role::Attestation) != attestation.is_some()
        {
            return None;
        }
        let mut found: Vec<(Extra, &Column<'_>)> = Vec::new();
        for (role, extra) in extras().filter(|(role, _)| there(*role)) {
            if found.iter().any(|(known, _)| *known == extra) {
                return None;
            }
            found.push((extra, text(role)?));
        }
        Some(Self {
            caller: text(Role::Caller)?,
            callee: text(Role::Callee)?,
            start: Start::of(column(Role::Start)?, &plan.forms)?,
            duration: column(Role::Duration).filter(|column| column.is_whole())?,
            outcome,
            attestation,
            extras: found,
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
        let PlainRows { batch, odd, .. } = into;
        batch.clear();
        read_lines(self.caller, rows.clone(), &mut batch.caller);
        read_lines(self.callee, rows.clone(), &mut batch.callee);
        odd.clear();
        odd.extend(batch.caller.iter().zip(&batch.callee).map(|(caller, callee)| {
            *caller == LineKey::NONE || *callee == LineKey::NONE || caller == callee
        }));
        batch.start_s.extend(odd.iter_mut().zip(rows.clone()).map(|(odd, row)| {
            let start_s = self.start.reading(row).and_then(|reading| reader.instant_s(reading));
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
        let first = u32::try_from(rows.start).unwrap_or(u32::MAX).saturating_add(rows_before);
        batch.row.extend((1..).take(rows.len()).map(|at: u32| first.saturating_add(at)));
        self.read_marks(rows.clone(), reader, into);
        for (extra, column) in &self.extras {
            if extra.handset().is_some() {
                read_handsets(*extra, column, rows.clone(), names, into);
            } else {
                read_names(*extra, column, rows.clone(), (reader, names), into);
            }
            let PlainRows { batch, odd, .. } = &*into;
            let seen = match extra.handset() {
                Some(side) => there(batch.handsets(side), odd, &LineKey::NONE),
                None => there(batch.column(*extra), odd, &NONE),
            };
            if seen {
                reader.observed.add(*extra);
            }
        }
    }

    /// Reads outcomes and attestation.
    fn read_marks(&self, rows: Range<usize>, reader: &mut RowReader, into: &mut PlainRows) {
        let PlainRows { batch, odd, attestation, .. } = into;
        attestation.clear();
        if let Some(column) = self.attestation {
            column.each_text(rows.clone(), |text| {
                attestation.push(text.map_or(Attestation::None, words::attestation));
            });
            reader.observed.attestation |= there(attestation, odd, &Attestation::None);
        }
        attestation.resize(rows.len(), Attestation::None);
        let told = odd.iter_mut().zip(&batch.duration_s).zip(attestation).zip(rows);
        batch.marks.extend(told.map(|(((odd, duration_s), attestation), row)| {
            let outcome = match self.outcome {
                None if *duration_s > 0 => Outcome::Answered,
                None => Outcome::NoAnswer,
                Some(Column::Flags(flags)) if flags.is_valid(row) => {
                    if flags.value(row) {
                        Outcome::Answered
                    } else {
                        Outcome::NoAnswer
                    }
                }
                Some(column) => {
                    let word = column.text(row).filter(|_| !*odd);
                    *odd |= word.is_none();
                    word.map_or(Outcome::Unknown, |word| reader.outcome_of(word, *duration_s))
                }
            };
            marks(outcome, Leg::Whole, *attestation)
        }));
    }
}

impl<'a> Start<'a> {
    fn of(column: &'a Column<'a>, forms: &[Form]) -> Option<Self> {
        match forms {
            _ if column.is_moment() => Some(Self::Typed(column)),
            [form] if column.is_whole() && form.is_epoch() => {
                Some(Self::Epoch(column, form.clone()))
            }
            _ => None,
        }
    }

    #[inline]
    fn reading(&self, row: usize) -> Option<Reading> {
        match self {
            Self::Typed(column) => {
                let (local_s, zoned) = column.moment(row)?;
                Some(Reading { local_s, offset_s: zoned.then_some(0) })
            }
            Self::Epoch(column, form) => form.of_whole(column.whole(row)?),
        }
    }
}

/// The lines of a column; [`LineKey::NONE`] where a text is not plainly E.164.
fn read_lines(column: &Column<'_>, rows: Range<usize>, into: &mut Vec<LineKey>) {
    column.each_text(rows, |text| into.push(text.and_then(plain_e164).unwrap_or(LineKey::NONE)));
}

fn read_handsets(
    extra: Extra,
    column: &Column<'_>,
    rows: Range<usize>,
    names: &mut Dictionaries,
    into: &mut PlainRows,
) {
    let handsets = into.batch.handsets_mut(extra.handset().unwrap_or_default());
    column.each_text(rows, |text| {
        handsets.push(text.map_or(LineKey::NONE, |text| handset(text, &mut names.handsets)));
    });
}

/// Reads cells, SIMs or routes.
fn read_names(
    extra: Extra,
    column: &Column<'_>,
    rows: Range<usize>,
    (reader, names): (&mut RowReader, &mut Dictionaries),
    into: &mut PlainRows,
) {
    let found = into.batch.column_mut(extra);
    let (Some(interner), Some(memo)) = (dictionary(extra, names), reader.word_memo(extra)) else {
        return;
    };
    match column {
        Column::Words(places, words) => {
            memo.turn_to(words);
            found.extend(rows.map(|row| {
                let place = places.is_valid(row).then(|| places.value(row));
                place.map_or(NONE, |place| memo.name(place, interner))
            }));
        }
        // SIMs are numbers, and many: each alone would wait for memory.
        texts if extra == Extra::CallerSim => {
            let keys = &mut into.keys;
            keys.clear();
            texts.each_text(rows.clone(), |text| {
                let key = text.and_then(|text| LineKey::digits(text.trim_ascii()));
                keys.push(key.unwrap_or(LineKey::NONE));
            });
            interner.intern_all(keys, found);
            let others = found.iter_mut().zip(rows).filter(|(name, _)| **name == NONE);
            others.for_each(|(found, row)| {
                *found = texts.text(row).and_then(|text| name(text, interner)).unwrap_or(NONE);
            });
        }
        texts => texts.each_text(rows, |text| {
            found.push(text.and_then(|text| name(text, interner)).unwrap_or(NONE));
        }),
    }
}

#[cfg(test)]
mod tests;
