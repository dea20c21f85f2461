//! Facts and quarantine as Parquet: canonical columns, sorted by time, readable by DuckDB, Polars and pandas.

use crate::input::Input;
use crate::table_file::TableFile;
use arrow_array::{
    ArrayRef, Int32Array, RecordBatch, StringArray, TimestampSecondArray, UInt32Array,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use domain::mask::Sight;
use domain::num::{pack, u32_of};
use facts::chunk::{Attestation, attestation_of, outcome_of};
use facts::{CallPart, Calls, Extra, FactId, NONE};
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
    let order = by_time(calls);
    for rows in order.chunks(BATCH_ROWS) {
        file.write(&batch(rows, input, &extras, &schema)?)?;
    }
    file.finish()
}

/// A call's place: part, row, and who made it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: u64,
    part: u32,
    row: u32,
}

fn by_time(calls: &Calls) -> Vec<Place> {
    let mut places = Vec::with_capacity(calls.len());
    for (at, part) in calls.parts().iter().enumerate() {
        for line in part.lines() {
            places.extend(part.made_by(line).map(|row| Place {
                key: pack(part.start_s[row], line),
                part: u32_of(at),
                row: u32_of(row),
            }));
        }
    }
    places.sort_unstable();
    places
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
    rows: &[Place],
    input: &Input,
    extras: &[Extra],
    schema: &Arc<Schema>,
) -> anyhow::Result<RecordBatch> {
    let calls = &input.calls;
    let part = |place: &Place| -> &CallPart { &calls.parts()[place.part as usize] };
    let names = &calls.names;
    let (mut ids, mut callers, mut callees) = (Vec::new(), Vec::new(), Vec::new());
    for place in rows {
        let (caller, callee) = (
            names.lines.text(domain::num::low32(place.key)),
            names.lines.text(part(place).callee[place.row as usize]),
        );
        ids.push(FactId::of_call(&caller, &callee, domain::num::high32(place.key)).to_string());
        callers.push(caller);
        callees.push(callee);
    }
    let marks = |place: &Place| part(place).marks[place.row as usize];
    let sources: Vec<(String, u32)> =
        rows.iter().map(|place| input.source(part(place).source[place.row as usize])).collect();
    let durations = rows
        .iter()
        .map(|place| i32::try_from(part(place).duration_s[place.row as usize]))
        .collect::<Result<Vec<_>, _>>()?;
    let level = |place: &Place| match attestation_of(marks(place)) {
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
            TimestampSecondArray::from_iter_values(
                rows.iter().map(|place| i64::from(domain::num::high32(place.key))),
            )
            .with_timezone("UTC"),
        ),
        Arc::new(Int32Array::from(durations)),
        Arc::new(StringArray::from_iter_values(
            rows.iter().map(|place| outcome_of(marks(place)).word()),
        )),
        Arc::new(rows.iter().map(level).collect::<StringArray>()),
        Arc::new(StringArray::from_iter_values(sources.iter().map(|(file, _)| file))),
        Arc::new(UInt32Array::from_iter_values(sources.iter().map(|(_, row)| *row))),
    ];
    for extra in extras {
        let value = |place: &Place| {
            let index = part(place).extra(*extra, place.row as usize);
            (index != NONE).then(|| names.of(*extra).text(index))
        };
        arrays.push(Arc::new(rows.iter().map(value).collect::<StringArray>()));
    }
    Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
}

/// Writes the quarantine: file, row, reason and the value at fault.
pub(crate) fn write_quarantine(input: &Input, sight: Sight, path: &Path) -> anyhow::Result<()> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("file", DataType::Utf8, false),
        Field::new("row", DataType::UInt32, false),
        Field::new("reason", DataType::Utf8, false),
        Field::new("value", DataType::Utf8, false),
    ]));
    let mut file = TableFile::create(path, &schema)?;
    for rows in input.quarantine.rows().chunks(BATCH_ROWS) {
        let name = |at: u32| {
            input.files.get(at as usize).map(|file| file.name.clone()).unwrap_or_default()
        };
        let arrays: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from_iter_values(rows.iter().map(|row| name(row.file)))),
            Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.row))),
            Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.reason.word()))),
            Arc::new(StringArray::from_iter_values(
                rows.iter().map(|row| sight.show_free(&row.excerpt)),
            )),
        ];
        file.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
    }
    file.finish()
}
