//! Dates and times of day in columns of their own.

use super::{Notes, Sample, known_forms, position, share};
use crate::moment::time_of_day_s;
use crate::template::{ColumnRef, Role, Template};

/// Joins a date with the times of day beside it. `starts` holds the columns that headers call a start.
pub(super) fn join(
    template: &mut Template,
    starts: &[usize],
    sample: &Sample,
    present: &[String],
    notes: &mut Notes,
) {
    let [first, second, ..] = starts else { return };
    let field = |row: &'_ Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let forms = known_forms();
    let reads = |text: &str| forms.iter().any(|form| form.read(text.as_bytes()).is_some());
    let rows = sample.rows.iter().take(20);
    let joins = |date: usize, time: usize| {
        let joined = rows.clone().filter(|row| {
            !reads(&field(row, date))
                && reads(&format!("{} {}", field(row, date), field(row, time)))
        });
        joined.count() > rows.len() / 2
    };
    // The time may stand before its date.
    let both = [(*first, *second), (*second, *first)];
    let Some((date, time)) = both.into_iter().find(|(date, time)| joins(*date, *time)) else {
        return;
    };
    let name = |at: usize| present.get(at).cloned().unwrap_or_default();
    let named = |at: usize| ColumnRef::Name(name(at));
    notes.guess(format!("“{}” and “{}” are joined: a date and a time.", name(date), name(time)));
    template.columns.insert(Role::Start, ColumnRef::Joined(vec![named(date), named(time)]));
    for role in [Role::Answer, Role::End] {
        let Some(at) = template.columns.get(&role).and_then(|column| position(column, present))
        else {
            continue;
        };
        if share(sample, at, |text| time_of_day_s(text.as_bytes()).is_some()) > 0.9 {
            notes.guess(format!(
                "“{}” is a time of day: of the same day or, after midnight, the next.",
                name(at)
            ));
            template.columns.insert(role, ColumnRef::Joined(vec![named(date), named(at)]));
        }
    }
}

/// The column of dates that stands before one of times of day, among those that are free.
pub(super) fn beside_its_time(free: &[usize], sample: &Sample) -> Option<usize> {
    let forms = known_forms();
    let reads = |text: &str| forms.iter().any(|form| form.read(text.as_bytes()).is_some());
    let rows = || sample.rows.iter().take(20);
    let is_pair = |date: &usize| {
        let joined = |row: &&Vec<String>| match (row.get(*date), row.get(date.saturating_add(1))) {
            (Some(date), Some(time)) => reads(&format!("{date} {time}")),
            _ => false,
        };
        free.contains(&date.saturating_add(1))
            && rows().filter(joined).count().saturating_mul(10) > rows().count().saturating_mul(9)
    };
    free.iter().copied().find(is_pair)
}
