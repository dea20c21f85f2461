//! Facts and quarantine as Parquet: canonical columns, sorted by time, readable by DuckDB, Polars and pandas.

use crate::input::{Input, of_facts};
use crate::table_file::TableFile;
use arrow_array::cast::AsArray;
use arrow_array::types::UInt32Type;
use arrow_array::{
    ArrayRef, Int32Array, RecordBatch, StringArray, TimestampSecondArray, UInt32Array,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use domain::mask::Sight;
use facts::call::{Attestation, attestation_of, outcome_of};
use facts::{Extra, FactId, NONE, TimedCall, TimedSighting};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::path::Path;
use std::sync::Arc;

const BATCH_ROWS: usize = 1 << 16;

/// Writes all calls. Whole numbers: a casebook is the place where they are kept.
pub(crate) fn write_calls(input: &Input, path: &Path) -> anyhow::Result<()> {
    let calls = &input.calls;
    let extras: Vec<Extra> =
        Extra::ALL.into_iter().filter(|extra| calls.observed.has(*extra)).collect();
    let schema = Arc::new(Schema::new(fields(&extras)));
    let mut file = TableFile::create(path, &schema)?;
    let written = calls.in_time_order(|calls| {
        for rows in calls.chunks(BATCH_ROWS) {
            file.write(&batch(rows, input, &extras, &schema)?)?;
        }
        Ok::<_, anyhow::Error>(())
    });
    written.map_err(of_facts)?;
    file.finish()
}

fn fields(extras: &[Extra]) -> Vec<Field> {
    let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
    let mut fields = vec![
        text("fact", false),
        text("caller", false),
        text("callee", false),
        Field::new("start", DataType::Timestamp(TimeUnit::Second, Some("UTC".into())), false),
        Field::new("duration_s", DataType::Int32, false),
        text("outcome", false),
        text("attestation", true),
        text("source_file", false),
        Field::new("source_row", DataType::UInt32, false),
    ];
    fields.extend(extras.iter().map(|extra| text(extra.word(), true)));
    fields
}

fn batch(
    rows: &[TimedCall],
    input: &Input,
    extras: &[Extra],
    schema: &Arc<Schema>,
) -> anyhow::Result<RecordBatch> {
    let names = &input.calls.names;
    let (mut ids, mut callers, mut callees) = (Vec::new(), Vec::new(), Vec::new());
    for call in rows {
        let (caller, callee) = (names.lines.text(call.caller), names.lines.text(call.callee));
        ids.push(FactId::of_call(&caller, &callee, call.start_s).to_string());
        callers.push(caller);
        callees.push(callee);
    }
    let sources =
        rows.iter().map(|call| input.source(call.source)).collect::<anyhow::Result<Vec<_>>>()?;
    let durations =
        rows.iter().map(|call| i32::try_from(call.duration_s)).collect::<Result<Vec<_>, _>>()?;
    let level = |call: &TimedCall| match attestation_of(call.marks) {
        Attestation::None => None,
        Attestation::A => Some("A"),
        Attestation::B => Some("B"),
        Attestation::C => Some("C"),
    };
    let mut arrays: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(ids)),
        Arc::new(StringArray::from(callers)),
        Arc::new(StringArray::from(callees)),
        Arc::new(
            TimestampSecondArray::from_iter_values(rows.iter().map(|call| i64::from(call.start_s)))
                .with_timezone("UTC"),
        ),
        Arc::new(Int32Array::from(durations)),
        Arc::new(StringArray::from_iter_values(
            rows.iter().map(|call| outcome_of(call.marks).word()),
        )),
        Arc::new(rows.iter().map(level).collect::<StringArray>()),
        Arc::new(StringArray::from_iter_values(sources.iter().map(|(file, _)| file))),
        Arc::new(UInt32Array::from_iter_values(sources.iter().map(|(_, row)| *row))),
    ];
    for extra in extras {
        let value = |call: &TimedCall| {
            let index = call.extras[*extra as usize];
            (index != NONE).then(|| names.of(*extra).text(index))
        };
        arrays.push(Arc::new(rows.iter().map(value).collect::<StringArray>()));
    }
    Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
}

/// Writes all sightings, with whole numbers.
pub(crate) fn write_sightings(input: &Input, path: &Path) -> anyhow::Result<()> {
    let schema = Arc::new(sighting_schema());
    let mut file = TableFile::create(path, &schema)?;
    input.calls.sightings_in_time_order(|window| {
        for rows in window.chunks(BATCH_ROWS) {
            file.write(&sighting_batch(rows, input, &schema)?)?;
        }
        Ok::<_, anyhow::Error>(())
    })?;
    file.finish()
}

fn sighting_schema() -> Schema {
    let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
    let moment = || DataType::Timestamp(TimeUnit::Second, Some("UTC".into()));
    Schema::new(vec![
        text("line", false),
        text("imei", true),
        text("cell", false),
        Field::new("from", moment(), false),
        Field::new("to", moment(), false),
        text("kind", false),
        text("source_file", false),
        Field::new("source_row", DataType::UInt32, false),
    ])
}

fn sighting_batch(
    rows: &[TimedSighting],
    input: &Input,
    schema: &Arc<Schema>,
) -> anyhow::Result<RecordBatch> {
    let names = &input.calls.names;
    let sources =
        rows.iter().map(|row| input.source(row.source)).collect::<anyhow::Result<Vec<_>>>()?;
    let moments = |of: fn(&TimedSighting) -> u32| -> ArrayRef {
        let moments = rows.iter().map(|row| i64::from(of(row)));
        Arc::new(TimestampSecondArray::from_iter_values(moments).with_timezone("UTC"))
    };
    let handset = |row: &TimedSighting| {
        (row.seen.handset != NONE).then(|| names.handsets.text(row.seen.handset))
    };
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| names.lines.text(row.line)))),
        Arc::new(rows.iter().map(handset).collect::<StringArray>()),
        Arc::new(StringArray::from_iter_values(
            rows.iter().map(|row| names.cells.text(row.seen.cell)),
        )),
        moments(|row| row.seen.from_s),
        moments(|row| row.seen.to_s),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.seen.kind.word()))),
        Arc::new(StringArray::from_iter_values(sources.iter().map(|(file, _)| file))),
        Arc::new(UInt32Array::from_iter_values(sources.iter().map(|(_, row)| *row))),
    ];
    Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
}

/// Writes the quarantine: file, row, reason and the value at fault; first the rows `kept` from before.
pub(crate) fn write_quarantine(
    input: &Input,
    sight: Sight,
    kept: &[RecordBatch],
    path: &Path,
) -> anyhow::Result<()> {
    let schema = Arc::new(quarantine_schema());
    let mut file = TableFile::create(path, &schema)?;
    for batch in kept {
        file.write(batch)?;
    }
    for first in (0..input.quarantine.len()).step_by(BATCH_ROWS) {
        let rows = || input.quarantine.rows_in(first..first + BATCH_ROWS);
        let name = |at: u32| {
            input.files.get(at as usize).map(|file| file.name.clone()).unwrap_or_default()
        };
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(rows().map(|row| name(row.file)))),
            Arc::new(UInt32Array::from_iter_values(rows().map(|row| row.row))),
            Arc::new(StringArray::from_iter_values(rows().map(|row| row.reason.word()))),
            Arc::new(StringArray::from_iter_values(rows().map(|row| sight.show_free(row.excerpt)))),
        ];
        file.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
    }
    file.finish()
}

fn quarantine_schema() -> Schema {
    Schema::new(vec![
        Field::new("file", DataType::Utf8, false),
        Field::new("row", DataType::UInt32, false),
        Field::new("reason", DataType::Utf8, false),
        Field::new("value", DataType::Utf8, false),
    ])
}

/// The rows of a quarantine, but for those of files that are read again.
pub(crate) fn quarantine_but_of(files: &[String], path: &Path) -> anyhow::Result<Vec<RecordBatch>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let reader = ParquetRecordBatchReaderBuilder::try_new(crate::input::opened(path)?)?.build()?;
    let mut kept = Vec::new();
    for batch in reader {
        let batch = batch?;
        let [file, row, reason, value] = batch.columns() else {
            anyhow::bail!("{} is no quarantine", path.display());
        };
        let stays: Vec<usize> = (0..batch.num_rows())
            .filter(|at| {
                let name = file.as_string::<i32>().value(*at);
                !files.iter().any(|again| again == name)
            })
            .collect();
        let texts = |column: &ArrayRef| -> ArrayRef {
            let column = column.as_string::<i32>();
            Arc::new(StringArray::from_iter_values(stays.iter().map(|at| column.value(*at))))
        };
        let rows = row.as_primitive::<UInt32Type>();
        let rows: ArrayRef =
            Arc::new(UInt32Array::from_iter_values(stays.iter().map(|at| rows.value(*at))));
        let columns = vec![texts(file), rows, texts(reason), texts(value)];
        kept.push(RecordBatch::try_new(Arc::new(quarantine_schema()), columns)?);
    }
    Ok(kept)
}
