//! The row that names the columns: the first one, or one below a title.

use super::known_forms;
use super::text_row::TextRow;
use crate::header::role_of;
use crate::template::Role;
use std::collections::BTreeMap;

/// Rows that a title may have.
const TITLE_ROWS_MAX: usize = 40;
/// Roles named by a row that is surely a header.
const SURE_ROLES_MIN: usize = 3;

/// Where the header stands among the first rows, if there is one.
pub(super) fn find(rows: &[TextRow]) -> Option<usize> {
    let first_rows = || rows.iter().take(TITLE_ROWS_MAX);
    let width = usual_width(rows);
    let sure = |row: &TextRow| {
        row.fields.len() == width && roles(row) >= SURE_ROLES_MIN && !holds_data(row)
    };
    let is_full = |row: &TextRow| row.told().count().saturating_mul(2) > width;
    first_rows()
        .position(sure)
        .or_else(|| rows.first().filter(|row| may_name_columns(row)).map(|_| 0))
        .or_else(|| first_rows().position(is_full).filter(|at| names_columns_at(rows, *at)))
}

fn names_columns_at(rows: &[TextRow], at: usize) -> bool {
    rows.get(at).is_some_and(may_name_columns)
}

/// Whether a row can be a header in words that are not known.
fn may_name_columns(row: &TextRow) -> bool {
    let named = row.fields.iter().filter(|field| role_of(field).is_some()).count();
    let words = row.told().count() >= 3 && !row.fields.iter().any(|field| field.starts_with('+'));
    !holds_data(row) && (named >= 2 || words)
}

fn roles(row: &TextRow) -> usize {
    let mut roles: Vec<Role> = row.fields.iter().filter_map(|field| role_of(field)).collect();
    roles.sort_unstable();
    roles.dedup();
    roles.len()
}

fn holds_data(row: &TextRow) -> bool {
    let forms = known_forms();
    row.fields.iter().any(|field| {
        field.parse::<f64>().is_ok()
            || forms.iter().any(|form| form.read(field.as_bytes()).is_some())
    })
}

/// The number of fields that most rows have; the larger where two are as frequent.
pub(super) fn usual_width(rows: &[TextRow]) -> usize {
    widths(rows).into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or_default().0
}

/// How many rows there are of each width.
pub(super) fn widths(rows: &[TextRow]) -> BTreeMap<usize, usize> {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        let count = widths.entry(row.fields.len()).or_insert(0);
        *count = count.saturating_add(1);
    }
    widths
}
