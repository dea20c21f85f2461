//! `ringtrace profiles`: what each line did, as Parquet.

use crate::input::{Input, InputArgs};
use crate::printer::Printer;
use crate::table_file::TableFile;
use arrow_array::builder::{Float64Builder, StringBuilder, UInt32Builder};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use clap::Args;
use domain::mask::Sight;
use domain::zone::Clock;
use facts::CallPart;
use profiles::{Context, FieldDoc, Routes, Wanted, profile_part};
use rayon::prelude::*;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Describe what each line did: one row a line, one column a feature
///
/// Example: ringtrace profiles calls.csv --out profiles.parquet
#[derive(Args, Debug)]
pub(crate) struct ProfilesArgs {
    /// Files or folders of call records
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Parquet file to write
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Only these columns, separated by commas (docs/reference/features.md lists them)
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    pub(crate) only: Vec<String>,
    /// Show whole numbers
    #[arg(long)]
    pub(crate) reveal: bool,
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Runs the command.
pub(crate) fn run(args: &ProfilesArgs, printer: &Printer) -> anyhow::Result<u8> {
    crate::target_file::parquet(&args.out, &args.paths)?;
    let columns = Columns::chosen(&args.only)?;
    let input = args.input.read(&args.paths, printer)?;
    let sight = crate::input::sight(args.reveal, &args.paths, "profiles")?;
    let lines = write(&input, &columns, sight, &args.out)?;
    printer.say(&format!("{lines} lines, {} calls; {}", input.calls.len(), args.out.display()));
    Ok(0)
}

/// The columns to write.
struct Columns {
    wanted: Wanted,
    /// Each, and its place among the wanted features' numbers.
    chosen: Vec<(&'static FieldDoc, usize)>,
}

impl Columns {
    fn chosen(only: &[String]) -> anyhow::Result<Self> {
        let numbered = |wanted: Wanted| wanted.columns().enumerate().map(|(at, field)| (field, at));
        if only.is_empty() {
            return Ok(Self { wanted: Wanted::ALL, chosen: numbered(Wanted::ALL).collect() });
        }
        let only: Vec<&str> = only.iter().map(|name| name.trim()).collect();
        let wanted = Wanted::with_columns(&only);
        let find = |name: &&str| {
            numbered(wanted).find(|(known, _)| known.name == *name).ok_or_else(|| {
                crate::failure::Failure::new(
                    format!("there is no column “{name}”"),
                    "docs/reference/features.md lists the columns",
                )
            })
        };
        Ok(Self { wanted, chosen: only.iter().map(find).collect::<Result<_, _>>()? })
    }
}

fn write(
    input: &Input,
    columns: &Columns,
    sight: Sight,
    out: &std::path::Path,
) -> anyhow::Result<usize> {
    let calls = &input.calls;
    let site = Clock::of(input.zone(), calls.first_s, calls.last_s)
        .ok_or_else(|| anyhow::anyhow!("the zone {} is not known", input.zone()))?;
    let mut context =
        Context::new(&calls.names.lines, calls.observed, site, calls.first_s, calls.last_s);
    if columns.chosen.iter().any(|(field, _)| field.name == "foreign_route_share") {
        context.routes = Routes::of(calls)?;
    }
    let mut fields = vec![Field::new("line", DataType::Utf8, false)];
    let column = |field: &FieldDoc| {
        let form = if field.whole { DataType::UInt32 } else { DataType::Float64 };
        Field::new(field.name, form, true)
    };
    fields.extend(columns.chosen.iter().map(|(field, _)| column(field)));
    let schema = Arc::new(Schema::new(fields));
    let mut file = TableFile::create(out, &schema)?;
    let mut lines = 0;
    let profiled = |parts: Range<usize>| -> anyhow::Result<Vec<RecordBatch>> {
        let batch = |at| batch(&*calls.part(at)?, &context, columns, sight, &schema);
        parts.into_par_iter().map(batch).collect()
    };
    let together = rayon::current_num_threads() * 8;
    let mut pending: Vec<RecordBatch> = Vec::new();
    // The file is written while the next lines are profiled.
    for first in (0..calls.part_count() + together).step_by(together) {
        let next = first.min(calls.part_count())..(first + together).min(calls.part_count());
        let (next, written) = rayon::join(
            || profiled(next),
            || {
                pending.drain(..).try_fold(0, |lines, batch| {
                    file.write(&batch).map(|()| lines + batch.num_rows())
                })
            },
        );
        lines += written?;
        pending = next?;
    }
    file.finish()?;
    Ok(lines)
}

fn batch(
    part: &CallPart,
    context: &Context<'_>,
    columns: &Columns,
    sight: Sight,
    schema: &Arc<Schema>,
) -> anyhow::Result<RecordBatch> {
    let mut names = StringBuilder::new();
    let mut builders: Vec<NumberBuilder> =
        columns.chosen.iter().map(|(field, _)| NumberBuilder::new(field.whole)).collect();
    let (mut numbers, mut name) = (Vec::new(), String::new());
    profile_part(part, context, columns.wanted, |profile, _| {
        name.clear();
        context.lines.write(profile.line, &mut name);
        names.append_value(sight.show(name.as_str()));
        numbers.clear();
        profile.numbers(columns.wanted, &mut numbers);
        for (builder, (_, at)) in builders.iter_mut().zip(&columns.chosen) {
            builder.append(numbers[*at]);
        }
    });
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(names.finish())];
    arrays.extend(builders.into_iter().map(NumberBuilder::finish));
    Ok(RecordBatch::try_new(Arc::clone(schema), arrays)?)
}

/// Builds a column of counts or of measures.
enum NumberBuilder {
    Counts(UInt32Builder),
    Measures(Float64Builder),
}

impl NumberBuilder {
    fn new(whole: bool) -> Self {
        if whole {
            Self::Counts(UInt32Builder::new())
        } else {
            Self::Measures(Float64Builder::new())
        }
    }

    fn append(&mut self, number: Option<f64>) {
        match self {
            Self::Counts(counts) => counts.append_option(number.map(domain::num::round_u32)),
            Self::Measures(measures) => measures.append_option(number),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Counts(mut counts) => Arc::new(counts.finish()),
            Self::Measures(mut measures) => Arc::new(measures.finish()),
        }
    }
}
