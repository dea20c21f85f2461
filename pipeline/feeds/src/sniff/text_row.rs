//! Rows of a sample, as text.

use crate::delimited::{Dialect, LineCount, rows};

/// Rows that are looked at.
const SAMPLE_ROWS: usize = 500;

/// A row and where it begins.
#[derive(Clone, Debug, Default)]
pub(super) struct TextRow {
    /// Line of the file, from 1.
    pub(super) line: u32,
    /// Fields without surrounding space.
    pub(super) fields: Vec<String>,
}

impl TextRow {
    /// The fields that are not empty.
    pub(super) fn told(&self) -> impl Iterator<Item = &String> {
        self.fields.iter().filter(|field| !field.is_empty())
    }
}

/// The whole rows at a file's beginning.
pub(super) fn text_rows(sample: &[u8], dialect: Dialect) -> Vec<TextRow> {
    let mut records = rows(sample, dialect);
    let mut lines = LineCount::new(sample, dialect);
    let mut texts: Vec<TextRow> = records
        .byte_records()
        .take(SAMPLE_ROWS)
        .flatten()
        .map(|record| {
            let line = lines.before(&record).saturating_add(1);
            let text = |field: &[u8]| String::from_utf8_lossy(field).trim().to_owned();
            let fields = record.iter().map(text).collect();
            TextRow { line, fields }
        })
        .collect();
    // The sample may cut the last row.
    if texts.len() > 2 && texts.len() < SAMPLE_ROWS && sample.last() != Some(&dialect.line_end) {
        texts.pop();
    }
    texts
}
