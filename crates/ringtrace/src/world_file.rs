//! Writes a made world as CSV or Parquet, day by day.

use crate::failure::Failure;
use crate::table_file::TableFile;
use arrow_array::{ArrayRef, Int32Array, RecordBatch, StringArray, TimestampSecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use drill::numbers::cell_name;
use drill::{Call, View, World};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Writes all days; gives the number of calls.
pub(crate) fn write(world: &mut World, path: &Path) -> anyhow::Result<usize> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => write_csv(world, path),
        Some("parquet") => write_parquet(world, path),
        _ => Err(Failure::new(
            format!("{} is neither .csv nor .parquet", path.display()),
            "give a file name that ends so",
        )
        .into()),
    }
}

fn columns(view: View) -> Vec<&'static str> {
    let mut columns = vec!["caller", "callee", "start", "duration_s"];
    let optional = [
        (view.outcome, "outcome"),
        (view.cell, "caller_cell"),
        (view.imei, "caller_imei"),
        (view.imsi, "caller_imsi"),
        (view.route, "route"),
        (view.route, "attestation"),
    ];
    columns.extend(optional.into_iter().filter(|(there, _)| *there).map(|(_, name)| name));
    columns
}

fn number_text(value: u64) -> String {
    if value == 0 { String::new() } else { format!("{value:015}") }
}

/// A call's value in a text column.
fn text(call: &Call, column: &str) -> String {
    match column {
        "caller" => format!("+{}", call.caller),
        "callee" => format!("+{}", call.callee),
        "outcome" => call.outcome.word().to_owned(),
        "caller_cell" if call.caller_cell > 0 => cell_name(call.caller_cell),
        "caller_imei" => number_text(call.caller_imei),
        "caller_imsi" => number_text(call.caller_imsi),
        "route" => format!("trunk-{}", call.route),
        "attestation" => char::from(call.attestation).to_string(),
        _ => String::new(),
    }
}

fn write_csv(world: &mut World, path: &Path) -> anyhow::Result<usize> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder)?;
    let mut out = std::io::BufWriter::with_capacity(1 << 20, file);
    let columns = columns(world.view());
    writeln!(out, "{}", columns.join(","))?;
    let mut count = 0;
    while let Some(calls) = world.next_day() {
        for call in &calls {
            let fields = columns.iter().map(|column| match *column {
                "start" => format!("{}Z", domain::zone::stamp_text(call.start_s)),
                "duration_s" => call.duration_s.to_string(),
                column => text(call, column),
            });
            writeln!(out, "{}", fields.collect::<Vec<_>>().join(","))?;
        }
        count += calls.len();
    }
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.persist(path)?;
    Ok(count)
}

fn write_parquet(world: &mut World, path: &Path) -> anyhow::Result<usize> {
    let columns = columns(world.view());
    let fields: Vec<Field> = columns
        .iter()
        .map(|column| {
            let kind = match *column {
                "start" => DataType::Timestamp(TimeUnit::Second, Some("UTC".into())),
                "duration_s" => DataType::Int32,
                _ => DataType::Utf8,
            };
            Field::new(*column, kind, false)
        })
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let mut file = TableFile::create(path, &schema)?;
    let mut count = 0;
    while let Some(calls) = world.next_day() {
        let arrays = columns
            .iter()
            .map(|column| array(&calls, column))
            .collect::<anyhow::Result<Vec<_>>>()?;
        file.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
        count += calls.len();
    }
    file.finish()?;
    Ok(count)
}

fn array(calls: &[Call], column: &str) -> anyhow::Result<ArrayRef> {
    Ok(match column {
        "start" => Arc::new(
            TimestampSecondArray::from_iter_values(
                calls.iter().map(|call| i64::from(call.start_s)),
            )
            .with_timezone("UTC"),
        ),
        "duration_s" => {
            let durations = calls
                .iter()
                .map(|call| i32::try_from(call.duration_s))
                .collect::<Result<Vec<_>, _>>()?;
            Arc::new(Int32Array::from(durations))
        }
        column => {
            Arc::new(StringArray::from_iter_values(calls.iter().map(|call| text(call, column))))
        }
    })
}
