//! `ringtrace drill plant`: rooms planted into one's own records.

use super::find::site;
use crate::failure::Failure;
use crate::input::{Input, InputArgs};
use crate::printer::Printer;
use crate::table_file::TableFile;
use anyhow::Context as _;
use arrow_array::{ArrayRef, Int32Array, RecordBatch, StringArray, TimestampSecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use clap::Args;
use domain::LineKind;
use drill::graft::{DAYS_MIN, PlantedCall, Soil, plant};
use facts::call::outcome_of;
use facts::{Extra, NONE, TimedCall};
use std::path::PathBuf;
use std::sync::Arc;

/// Plant made rooms into your own records, to learn what find would see on your network
///
/// Writes your calls and the planted ones to one file, with whole numbers, and the truth beside it. Then: find FILE --json --reveal, and
/// drill score.
///
/// Example: ringtrace drill plant calls.csv --rooms 2 --out planted.parquet
#[derive(Args, Debug)]
pub(crate) struct PlantArgs {
    /// Files or folders of call records
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Rooms
    #[arg(long, default_value_t = 3)]
    rooms: usize,
    /// Seed
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Parquet file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    input: InputArgs,
}

/// A row of the file that is written.
struct Row {
    start_s: u32,
    caller: String,
    callee: String,
    duration_s: u32,
    outcome: &'static str,
    extras: Vec<Option<String>>,
}

/// Runs the command.
pub(crate) fn run(args: &PlantArgs, printer: &Printer) -> anyhow::Result<u8> {
    crate::target_file::parquet(&args.out, &args.paths)?;
    let input = args.input.read(&args.paths, printer)?;
    let (planted, truth) = planted(args, &input)?;
    let extras: Vec<Extra> =
        Extra::ALL.into_iter().filter(|extra| input.calls.observed.has(*extra)).collect();
    let schema = Arc::new(schema(&extras));
    let mut file = TableFile::create(&args.out, &schema)?;
    let mut waiting = planted.iter().peekable();
    let count = planted.len();
    input.calls.in_time_order(|calls| {
        let last_s = calls.last().map_or(0, |call| call.start_s);
        let mut rows: Vec<Row> = calls.iter().map(|call| own_row(call, &input, &extras)).collect();
        while let Some(call) = waiting.next_if(|call| call.start_s <= last_s) {
            rows.push(planted_row(call, &extras));
        }
        rows.sort_by(|a, b| (a.start_s, &a.caller).cmp(&(b.start_s, &b.caller)));
        file.write(&batch(&rows, extras.len(), &schema)?)
    })?;
    file.finish()?;
    let path = args.out.with_extension("truth.csv");
    std::fs::write(&path, truth.to_csv())
        .with_context(|| format!("{} could not be written", path.display()))?;
    printer.say(&format!(
        "{} calls of your own and {count} planted ones in {}, the truth in {}; times in UTC, the wall clock is {}",
        input.calls.len(),
        args.out.display(),
        path.display(),
        input.zone()
    ));
    Ok(0)
}

fn planted(args: &PlantArgs, input: &Input) -> anyhow::Result<(Vec<PlantedCall>, drill::Truth)> {
    let (calls, names) = (&input.calls, &input.calls.names);
    let people = |line: &usize| names.lines.keys()[*line].kind() != LineKind::Withheld;
    let texts = |names: &facts::Names| -> Vec<String> {
        (0..names.len()).map(|at| names.text(domain::num::u32_of(at))).collect()
    };
    let lines: Vec<String> = (0..names.lines.len())
        .filter(people)
        .map(|at| names.lines.text(domain::num::u32_of(at)))
        .collect();
    let clock = site(input)?;
    let (first_s, last_s) = (calls.first_s, calls.last_s);
    let cells = texts(&names.cells);
    let soil = Soil { lines: &lines, cells: &cells, clock: &clock, first_s, last_s };
    let found = (!calls.is_empty()).then(|| plant(&soil, args.rooms, args.seed)).flatten();
    let too_short = || {
        Failure::new(
            format!("rooms need records of at least {DAYS_MIN} days from a Monday on"),
            "give more days of records",
        )
    };
    Ok(found.ok_or_else(too_short)?)
}

fn own_row(call: &TimedCall, input: &Input, extras: &[Extra]) -> Row {
    let names = &input.calls.names;
    let extra = |extra: &Extra| {
        let index = call.extras[*extra as usize];
        (index != NONE).then(|| names.of(*extra).text(index))
    };
    Row {
        start_s: call.start_s,
        caller: names.lines.text(call.caller),
        callee: names.lines.text(call.callee),
        duration_s: call.duration_s,
        outcome: outcome_of(call.marks).word(),
        extras: extras.iter().map(extra).collect(),
    }
}

fn planted_row(call: &PlantedCall, extras: &[Extra]) -> Row {
    let extra = |extra: &Extra| match extra {
        Extra::CallerCell => call.cell.clone(),
        Extra::CallerHandset => call.imei.map(|imei| format!("{imei:015}")),
        _ => None,
    };
    Row {
        start_s: call.start_s,
        caller: call.caller.clone(),
        callee: call.callee.clone(),
        duration_s: call.duration_s,
        outcome: call.outcome.word(),
        extras: extras.iter().map(extra).collect(),
    }
}

fn schema(extras: &[Extra]) -> Schema {
    let text = |name: &str, nullable| Field::new(name, DataType::Utf8, nullable);
    let mut fields = vec![
        text("caller", false),
        text("callee", false),
        Field::new("start", DataType::Timestamp(TimeUnit::Second, Some("UTC".into())), false),
        Field::new("duration_s", DataType::Int32, false),
        text("outcome", false),
    ];
    fields.extend(extras.iter().map(|extra| text(extra.word(), true)));
    Schema::new(fields)
}

fn batch(rows: &[Row], extras: usize, schema: &Arc<Schema>) -> anyhow::Result<RecordBatch> {
    let durations = rows.iter().map(|row| i32::try_from(row.duration_s));
    let starts = rows.iter().map(|row| i64::from(row.start_s));
    let mut arrays: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row.caller))),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| &row.callee))),
        Arc::new(TimestampSecondArray::from_iter_values(starts).with_timezone("UTC")),
        Arc::new(Int32Array::from(durations.collect::<Result<Vec<_>, _>>()?)),
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.outcome))),
    ];
    for at in 0..extras {
        let column = rows.iter().map(|row| row.extras[at].as_deref());
        arrays.push(Arc::new(column.collect::<StringArray>()));
    }
    Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
}
