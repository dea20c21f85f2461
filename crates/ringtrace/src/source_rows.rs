//! The rows of a casebook's facts, and where in the files that were imported they stood.

use anyhow::Context as _;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, TimestampSecondType, UInt32Type};
use arrow_array::{BooleanArray, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowPredicateFn, ParquetRecordBatchReaderBuilder, RowFilter};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::statistics::Statistics;
use report::Fact;
use server::SourceRow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The rows of facts, in their order. Errors: a file cannot be read.
pub(crate) fn rows(
    calls: &Path,
    sightings: &Path,
    facts: &[Fact],
) -> anyhow::Result<Vec<SourceRow>> {
    let (made, seen): (Vec<&Fact>, Vec<&Fact>) =
        facts.iter().partition(|fact| fact.callee.is_some());
    let mut rows = read(calls, &CALLS, &made, of_calls)?;
    rows.extend(read(sightings, &SIGHTINGS, &seen, of_sightings)?);
    rows.sort_by(|a, b| (&a.start, &a.file, a.row).cmp(&(&b.start, &b.file, b.row)));
    Ok(rows)
}

/// The columns that are read, that of the start first.
const CALLS: [&str; 7] =
    ["start", "caller", "callee", "duration_s", "outcome", "source_file", "source_row"];
/// The same of sightings.
const SIGHTINGS: [&str; 6] = ["from", "to", "line", "kind", "source_file", "source_row"];

/// Facts by their start.
type ByStart<'a> = BTreeMap<i64, Vec<&'a Fact>>;

/// Reads as much of a file, sorted by time, as holds facts.
fn read(
    path: &Path,
    columns: &[&str],
    facts: &[&Fact],
    of: fn(&RecordBatch, &ByStart<'_>, &mut Vec<SourceRow>) -> Option<()>,
) -> anyhow::Result<Vec<SourceRow>> {
    let mut rows = Vec::new();
    if facts.is_empty() {
        return Ok(rows);
    }
    let told = || format!("{} cannot be read", path.display());
    let mut by_start = ByStart::new();
    for fact in facts {
        by_start.entry(i64::from(fact.start_s)).or_default().push(fact);
    }
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(crate::input::opened(path)?).with_context(told)?;
    let schema = builder.metadata().file_metadata().schema_descr_ptr();
    let column =
        (0..schema.num_columns()).find(|column| schema.column(*column).name() == columns[0]);
    let column = column.with_context(told)?;
    let starts: BTreeSet<i64> = by_start.keys().copied().collect();
    let groups = builder.metadata().row_groups().iter().enumerate();
    let groups = groups.filter(|(_, group)| may_hold(group, column, &starts)).map(|(at, _)| at);
    let groups = groups.collect();
    let is_one = move |batch: RecordBatch| {
        let times = batch.column(0).as_primitive::<TimestampSecondType>();
        Ok(times
            .iter()
            .map(|start| start.map(|start| starts.contains(&start)))
            .collect::<BooleanArray>())
    };
    let mask = ProjectionMask::leaves(&schema, [column]);
    let filter = RowFilter::new(vec![Box::new(ArrowPredicateFn::new(mask, is_one))]);
    let shown = ProjectionMask::columns(&schema, columns.iter().copied());
    let builder = builder.with_projection(shown).with_row_groups(groups);
    let reader = builder.with_row_filter(filter).build().with_context(told)?;
    for batch in reader {
        of(&batch.with_context(told)?, &by_start, &mut rows).with_context(told)?;
    }
    Ok(rows)
}

/// Whether a row group can hold one of some moments, by its statistics.
fn may_hold(group: &RowGroupMetaData, column: usize, starts: &BTreeSet<i64>) -> bool {
    match group.column(column).statistics() {
        Some(Statistics::Int64(about)) => match (about.min_opt(), about.max_opt()) {
            (Some(min), Some(max)) => starts.range(min..=max).next().is_some(),
            _ => true,
        },
        _ => true,
    }
}

fn of_calls(batch: &RecordBatch, facts: &ByStart<'_>, rows: &mut Vec<SourceRow>) -> Option<()> {
    let text = |name: &str| Some(batch.column_by_name(name)?.as_string::<i32>());
    let (callers, callees, outcomes) = (text("caller")?, text("callee")?, text("outcome")?);
    let files = text("source_file")?;
    let starts = batch.column_by_name("start")?.as_primitive::<TimestampSecondType>();
    let durations = batch.column_by_name("duration_s")?.as_primitive::<Int32Type>();
    let source_rows = batch.column_by_name("source_row")?.as_primitive::<UInt32Type>();
    for at in 0..batch.num_rows() {
        let own = facts.get(&starts.value(at)).into_iter().flatten().find(|fact| {
            fact.line == callers.value(at) && fact.callee.as_deref() == Some(callees.value(at))
        });
        rows.extend(own.map(|fact| SourceRow {
            line: fact.line.clone(),
            callee: fact.callee.clone(),
            start: fact.start.clone(),
            duration_s: i64::from(durations.value(at)),
            outcome: outcomes.value(at).to_owned(),
            file: files.value(at).to_owned(),
            row: source_rows.value(at),
        }));
    }
    Some(())
}

fn of_sightings(batch: &RecordBatch, facts: &ByStart<'_>, rows: &mut Vec<SourceRow>) -> Option<()> {
    let text = |name: &str| Some(batch.column_by_name(name)?.as_string::<i32>());
    let (lines, kinds, files) = (text("line")?, text("kind")?, text("source_file")?);
    let time = |name: &str| Some(batch.column_by_name(name)?.as_primitive::<TimestampSecondType>());
    let (from, to) = (time("from")?, time("to")?);
    let source_rows = batch.column_by_name("source_row")?.as_primitive::<UInt32Type>();
    for at in 0..batch.num_rows() {
        let own = facts.get(&from.value(at)).into_iter().flatten();
        let own = own.into_iter().find(|fact| fact.line == lines.value(at));
        rows.extend(own.map(|fact| SourceRow {
            line: fact.line.clone(),
            callee: None,
            start: fact.start.clone(),
            duration_s: to.value(at) - from.value(at),
            outcome: kinds.value(at).to_owned(),
            file: files.value(at).to_owned(),
            row: source_rows.value(at),
        }));
    }
    Some(())
}
