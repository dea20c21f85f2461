//! Writes a made world as CSV or Parquet, day by day.

use crate::failure::Failure;
use crate::table_file::TableFile;
use crate::world_sightings::SightingsFile;
use arrow_array::{ArrayRef, Int32Array, RecordBatch, StringArray, TimestampSecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use drill::numbers::cell_name;
use drill::truth::text_of;
use drill::{Call, View, World};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Refuses a name that ends with neither .csv nor .parquet, before anything is made.
pub(crate) fn check_name(path: &Path) -> anyhow::Result<()> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv" | "parquet") => Ok(()),
        _ => Err(Failure::new(
            format!("{} is neither .csv nor .parquet", path.display()),
            "give a file name that ends so",
        )
        .into()),
    }
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    /// Calls.
    pub(crate) calls: usize,
    /// Sightings.
    pub(crate) sightings: usize,
}

/// Writes the calls of all days, and the sightings where a file is given for them.
pub(crate) fn write(
    world: &mut World,
    path: &Path,
    sightings: Option<&Path>,
) -> anyhow::Result<Written> {
    let mut seen = sightings.map(SightingsFile::create).transpose()?;
    let mut written = Written::default();
    let mut note = |world: &mut World, calls: usize| {
        written.calls += calls;
        let all = world.take_sightings();
        if let Some(seen) = &mut seen {
            written.sightings += all.len();
            seen.write(&all)?;
        }
        Ok(())
    };
    calls(world, path, &mut note)?;
    if let Some(seen) = seen {
        seen.finish()?;
    }
    Ok(written)
}

/// Is told of the calls of each day once they are written.
type Note<'a> = dyn FnMut(&mut World, usize) -> anyhow::Result<()> + 'a;

fn calls(world: &mut World, path: &Path, note: &mut Note<'_>) -> anyhow::Result<()> {
    check_name(path)?;
    if path.extension().is_some_and(|extension| extension == "csv") {
        write_csv(world, path, note)
    } else {
        write_parquet(world, path, note)
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
        "caller" => text_of(call.caller),
        "callee" => text_of(call.callee),
        "outcome" => call.outcome.word().to_owned(),
        "caller_cell" if call.caller_cell > 0 => cell_name(call.caller_cell),
        "caller_imei" => number_text(call.caller_imei),
        "caller_imsi" => number_text(call.caller_imsi),
        "route" => format!("trunk-{}", call.route),
        "attestation" => char::from(call.attestation).to_string(),
        _ => String::new(),
    }
}

fn write_csv(world: &mut World, path: &Path, note: &mut Note<'_>) -> anyhow::Result<()> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = tempfile::NamedTempFile::new_in(folder)?;
    let mut out = std::io::BufWriter::with_capacity(1 << 20, file);
    let columns = columns(world.view());
    writeln!(out, "{}", columns.join(","))?;
    while let Some(calls) = world.next_day() {
        for call in &calls {
            let fields = columns.iter().map(|column| match *column {
                "start" => format!("{}Z", domain::zone::stamp_text(call.start_s)),
                "duration_s" => call.duration_s.to_string(),
                column => text(call, column),
            });
            writeln!(out, "{}", fields.collect::<Vec<_>>().join(","))?;
        }
        note(world, calls.len())?;
    }
    out.into_inner().map_err(std::io::IntoInnerError::into_error)?.persist(path)?;
    Ok(())
}

fn write_parquet(world: &mut World, path: &Path, note: &mut Note<'_>) -> anyhow::Result<()> {
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
    while let Some(calls) = world.next_day() {
        let arrays = columns
            .iter()
            .map(|column| array(&calls, column))
            .collect::<anyhow::Result<Vec<_>>>()?;
        file.write(&RecordBatch::try_new(Arc::clone(&schema), arrays)?)?;
        note(world, calls.len())?;
    }
    file.finish()
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
