//! Where a casebook's facts came from: the file and row of each, as its first import said.

use anyhow::Context as _;
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The sources of a casebook's calls, read when they are first asked for.
#[derive(Debug)]
pub(crate) struct Origins {
    calls_file: PathBuf,
    sources: OnceLock<Sources>,
}

/// File and row by row of the casebook's Parquet file.
#[derive(Debug, Default)]
struct Sources {
    files: Vec<String>,
    /// Index of the file, and the row in it.
    rows: Vec<(u32, u32)>,
}

impl Origins {
    /// Of the calls in a casebook's Parquet file.
    pub(crate) fn of(calls_file: &Path) -> Self {
        Self { calls_file: calls_file.to_owned(), sources: OnceLock::new() }
    }

    /// The file and row behind a row, counted from 1. Errors: the Parquet file cannot be read.
    pub(crate) fn source(&self, row: u32) -> anyhow::Result<(String, u32)> {
        if self.sources.get().is_none() {
            let read = Sources::read(&self.calls_file)
                .with_context(|| format!("{} could not be read", self.calls_file.display()))?;
            // Another thread may have read the same before.
            let _read_twice = self.sources.set(read);
        }
        let told = self.sources.get().and_then(|sources| sources.at(row));
        told.with_context(|| format!("{} has no row {row}", self.calls_file.display()))
    }
}

impl Sources {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(crate::input::opened(path)?)?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), ["source_file", "source_row"]);
        let mut sources = Self::default();
        let mut known: BTreeMap<String, u32> = BTreeMap::new();
        for batch in builder.with_projection(mask).build()? {
            sources.add(&batch?, &mut known)?;
        }
        Ok(sources)
    }

    fn add(
        &mut self,
        batch: &RecordBatch,
        known: &mut BTreeMap<String, u32>,
    ) -> anyhow::Result<()> {
        let column = |name: &str| batch.column_by_name(name).context("no sources are told");
        let files = column("source_file")?.as_string::<i32>();
        let rows = column("source_row")?.as_primitive::<UInt32Type>();
        for (file, row) in files.iter().zip(rows) {
            let file = file.unwrap_or_default();
            let at = if let Some(at) = known.get(file) {
                *at
            } else {
                let at = u32::try_from(self.files.len())?;
                self.files.push(file.to_owned());
                known.insert(file.to_owned(), at);
                at
            };
            self.rows.push((at, row.unwrap_or_default()));
        }
        Ok(())
    }

    fn at(&self, row: u32) -> Option<(String, u32)> {
        let (file, row) = *self.rows.get(usize::try_from(row.checked_sub(1)?).ok()?)?;
        Some((self.files.get(file as usize)?.clone(), row))
    }
}
