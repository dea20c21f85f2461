//! Parquet: row groups become calls.

use crate::FeedError;
use crate::guard::{Ending, fenced};
use crate::lane::{FilePlace, Lane};
use crate::pages::Groups;
use crate::plan::Plan;
use crate::regular::{PLAIN_ROWS, PlainRows, Regular, Run};
use crate::row::RowReader;
use crate::value::{Fields, Value};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, Int32Array, RecordBatch, StringArray, StringViewArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use facts::Budget;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::basic::Encoding;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::ChunkReader;
use std::ops::Range;
use std::sync::Arc;

const BATCH_ROWS: usize = 8_192;

/// A Parquet file's metadata, read once.
#[derive(Clone, Debug)]
pub struct Contents {
    metadata: ArrowReaderMetadata,
}

impl Contents {
    /// Reads the footer. Text columns are read as views, which copy nothing, and those of few words as indexes into their words.
    pub fn of<R: ChunkReader + 'static>(file: R) -> Result<Self, FeedError> {
        fenced(|| {
            // The types are Parquet's own: an Arrow schema that a writer left beside them adds nothing that is read here.
            let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let metadata = ArrowReaderMetadata::load(&Ending(file), options.clone())?;
            let fields = metadata.schema().fields().iter().enumerate();
            let fields: Vec<Arc<Field>> = fields
                .map(|(at, field)| quick(field, of_few_words(metadata.metadata(), at)))
                .collect();
            let options = options.with_schema(Arc::new(Schema::new(fields)));
            let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)?;
            Ok(Self { metadata })
        })
    }

    /// The columns' names.
    pub fn columns(&self) -> Vec<String> {
        self.metadata.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The number of row groups.
    pub fn groups(&self) -> usize {
        self.metadata.metadata().num_row_groups()
    }

    /// The rows before a group.
    pub fn rows_before(&self, group: usize) -> u32 {
        self.metadata
            .metadata()
            .row_groups()
            .iter()
            .take(group)
            .map(|group| u32::try_from(group.num_rows()).unwrap_or(u32::MAX))
            .fold(0, u32::saturating_add)
    }

    /// The first rows as batches of typed columns, for recognising the file.
    pub fn sample<R: ChunkReader + 'static>(
        &self,
        file: R,
        rows: usize,
    ) -> Result<Vec<RecordBatch>, FeedError> {
        fenced(|| {
            let all = Groups::new(file, self.metadata.metadata(), 0..self.groups());
            let batches = all.batches(None, self.metadata.schema().fields(), rows)?;
            Ok(batches.take(1).collect::<Result<Vec<_>, _>>()?)
        })
    }
}

/// The form in which a column is read fastest.
fn quick(field: &Arc<Field>, of_few_words: bool) -> Arc<Field> {
    let form = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 if of_few_words => {
            DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
        }
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        _ => return Arc::clone(field),
    };
    Arc::new(field.as_ref().clone().with_data_type(form))
}

/// Whether every page of a column, in every row group, lists its words once and then their places (dictionary encoding). A writer that
/// gives up doing so, because there are too many words, says so in the footer. Nested columns are not asked for.
fn of_few_words(metadata: &ParquetMetaData, column: usize) -> bool {
    let descriptor = metadata.file_metadata().schema_descr();
    let flat = descriptor.num_columns() == descriptor.root_schema().get_fields().len();
    flat && metadata.row_groups().iter().all(|group| {
        let chunk = group.columns().get(column);
        let pages = chunk.and_then(|chunk| chunk.page_encoding_stats_mask());
        pages.is_some_and(|pages| {
            pages.is_only(Encoding::RLE_DICTIONARY) || pages.is_only(Encoding::PLAIN_DICTIONARY)
        })
    })
}

/// Reads one row group into a lane. Rows are counted from 1. Errors: the group is broken; the shelf is full or fails.
pub(crate) fn read_group<R: ChunkReader + 'static>(
    source: R,
    group: &Group<'_>,
    reader: &mut RowReader,
    lane: &mut Lane,
) -> Result<(), FeedError> {
    let contents = group.contents;
    let mut batches = fenced(|| {
        let metadata = &contents.metadata;
        let own = Groups::new(source, metadata.metadata(), group.at..group.at.saturating_add(1));
        own.batches(Some(group.columns), metadata.schema().fields(), BATCH_ROWS)
    })?;
    let mut rows_before = contents.rows_before(group.at);
    while let Some(batch) = fenced(|| Ok(batches.next().transpose()?))? {
        let view = BatchView::of(&batch);
        BatchReading { view: &view, rows_before, group }.read(reader, lane)?;
        let rows = u32::try_from(view.rows).unwrap_or(u32::MAX);
        rows_before = rows_before.saturating_add(rows);
    }
    Ok(lane.flush(group.place, group.budget)?)
}

/// A batch on its way into a lane.
struct BatchReading<'a> {
    view: &'a BatchView<'a>,
    /// Rows of the file before it.
    rows_before: u32,
    group: &'a Group<'a>,
}

impl BatchReading<'_> {
    fn read(&self, reader: &mut RowReader, lane: &mut Lane) -> std::io::Result<()> {
        match Regular::of(reader.plan(), self.view) {
            Some(regular) => self.by_columns(&regular, reader, lane),
            None => self.row_by_row(0..self.view.rows, reader, lane),
        }
    }

    /// Reads some rows at a time, column by column; rows that are odd one by one.
    fn by_columns(
        &self,
        regular: &Regular<'_>,
        reader: &mut RowReader,
        lane: &mut Lane,
    ) -> std::io::Result<()> {
        let Group { place, budget, .. } = self.group;
        let mut plain = PlainRows::default();
        let mut first = 0;
        while first < self.view.rows {
            let rows = first..self.view.rows.min(first.saturating_add(PLAIN_ROWS));
            regular.read(rows.clone(), self.rows_before, reader, lane.names(), &mut plain);
            for run in plain.runs() {
                match run {
                    Run::Plain(run) => lane.add_plain(*place, &plain.batch, run, budget)?,
                    Run::Odd(run) => {
                        let odd = first.saturating_add(run.start)..first.saturating_add(run.end);
                        self.row_by_row(odd, reader, lane)?;
                    }
                }
            }
            first = rows.end;
        }
        Ok(())
    }

    fn row_by_row(
        &self,
        rows: Range<usize>,
        reader: &mut RowReader,
        lane: &mut Lane,
    ) -> std::io::Result<()> {
        for at in rows {
            let row = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
            let row = self.rows_before.saturating_add(row);
            let read = reader.read(&RowView { batch: self.view, row: at }, lane.names());
            lane.add(self.group.place, row, read, self.group.budget)?;
        }
        Ok(())
    }
}

/// A row group to be read.
pub(crate) struct Group<'a> {
    pub(crate) contents: &'a Contents,
    pub(crate) at: usize,
    pub(crate) columns: &'a [usize],
    pub(crate) place: FilePlace,
    pub(crate) budget: &'a Budget,
}

/// A plan for the columns that are read, renumbered.
pub fn projected(mut plan: Plan) -> (Plan, Vec<usize>) {
    let columns = plan.columns();
    plan.project(&columns);
    (plan, columns)
}

/// A batch's columns, typed once.
pub struct BatchView<'a> {
    columns: Vec<Column<'a>>,
    /// How many rows it has.
    pub rows: usize,
}

/// A column, typed.
pub enum Column<'a> {
    /// Text.
    Views(&'a StringViewArray),
    /// Text, as indexes into few words.
    Words(&'a Int32Array, &'a StringArray),
    /// Yes or no.
    Flags(&'a arrow_array::BooleanArray),
    /// Moments in seconds, and whether they are UTC.
    Seconds(&'a arrow_array::PrimitiveArray<TimestampSecondType>, bool),
    /// Moments in milliseconds.
    Millis(&'a arrow_array::PrimitiveArray<TimestampMillisecondType>, bool),
    /// Moments in microseconds.
    Micros(&'a arrow_array::PrimitiveArray<TimestampMicrosecondType>, bool),
    /// Moments in nanoseconds.
    Nanos(&'a arrow_array::PrimitiveArray<TimestampNanosecondType>, bool),
    /// Days since 1970-01-01.
    Days(&'a arrow_array::PrimitiveArray<Date32Type>),
    /// Whole numbers.
    Whole32(&'a arrow_array::PrimitiveArray<Int32Type>),
    /// Whole numbers.
    Whole64(&'a arrow_array::PrimitiveArray<Int64Type>),
    /// Anything else.
    Other(&'a ArrayRef),
}

impl<'a> BatchView<'a> {
    /// Views a batch.
    pub fn of(batch: &'a RecordBatch) -> Self {
        Self { columns: batch.columns().iter().map(column).collect(), rows: batch.num_rows() }
    }

    /// A column.
    pub fn column(&self, at: usize) -> Option<&Column<'a>> {
        self.columns.get(at)
    }
}

impl<'a> Column<'a> {
    /// Whether it holds text.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::Views(_) | Self::Words(..))
    }

    /// A text; `None` where there is none.
    #[inline]
    pub fn text(&self, at: usize) -> Option<&'a [u8]> {
        match self {
            Self::Views(array) if array.is_valid(at) => Some(array.value(at).as_bytes()),
            Self::Words(keys, words) if keys.is_valid(at) => {
                let word = usize::try_from(keys.value(at)).ok().filter(|word| *word < words.len());
                word.map(|word| words.value(word).as_bytes())
            }
            _ => None,
        }
    }

    /// Hands over the texts of some rows. The form of the column is asked for once, not for every row.
    #[inline]
    pub fn each_text(&self, rows: Range<usize>, mut each: impl FnMut(Option<&'a [u8]>)) {
        match self {
            Self::Views(array) => {
                rows.for_each(|at| each(array.is_valid(at).then(|| array.value(at).as_bytes())));
            }
            _ => rows.for_each(|at| each(self.text(at))),
        }
    }

    /// Whether it holds typed moments.
    pub fn is_moment(&self) -> bool {
        matches!(self, Self::Seconds(..) | Self::Millis(..) | Self::Micros(..) | Self::Nanos(..))
    }

    /// Whether it holds yes and no.
    pub fn is_flag(&self) -> bool {
        matches!(self, Self::Flags(_))
    }

    /// Whether it holds whole numbers.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Whole32(_) | Self::Whole64(_))
    }

    /// Seconds of a typed moment, and whether they are UTC.
    #[inline]
    pub fn moment(&self, at: usize) -> Option<(i64, bool)> {
        match self {
            Self::Seconds(array, zoned) if array.is_valid(at) => Some((array.value(at), *zoned)),
            Self::Millis(array, zoned) if array.is_valid(at) => {
                Some((array.value(at).div_euclid(1_000), *zoned))
            }
            Self::Micros(array, zoned) if array.is_valid(at) => {
                Some((array.value(at).div_euclid(1_000_000), *zoned))
            }
            Self::Nanos(array, zoned) if array.is_valid(at) => {
                Some((array.value(at).div_euclid(1_000_000_000), *zoned))
            }
            _ => None,
        }
    }

    /// A whole number.
    #[inline]
    pub fn whole(&self, at: usize) -> Option<i64> {
        match self {
            Self::Whole32(array) if array.is_valid(at) => Some(i64::from(array.value(at))),
            Self::Whole64(array) if array.is_valid(at) => Some(array.value(at)),
            _ => None,
        }
    }
}

fn column(array: &ArrayRef) -> Column<'_> {
    match array.data_type() {
        DataType::Utf8View => Column::Views(array.as_string_view()),
        DataType::Dictionary(_, _) => words(array).unwrap_or(Column::Other(array)),
        DataType::Boolean => Column::Flags(array.as_boolean()),
        DataType::Timestamp(unit, zone) => match unit {
            TimeUnit::Second => Column::Seconds(array.as_primitive(), zone.is_some()),
            TimeUnit::Millisecond => Column::Millis(array.as_primitive(), zone.is_some()),
            TimeUnit::Microsecond => Column::Micros(array.as_primitive(), zone.is_some()),
            TimeUnit::Nanosecond => Column::Nanos(array.as_primitive(), zone.is_some()),
        },
        DataType::Date32 => Column::Days(array.as_primitive()),
        DataType::Int32 => Column::Whole32(array.as_primitive()),
        DataType::Int64 => Column::Whole64(array.as_primitive()),
        _ => Column::Other(array),
    }
}

fn words(array: &ArrayRef) -> Option<Column<'_>> {
    let dictionary = array.as_dictionary_opt::<Int32Type>()?;
    Some(Column::Words(dictionary.keys(), dictionary.values().as_string_opt()?))
}

/// One row of a batch.
pub struct RowView<'a> {
    /// The batch.
    pub batch: &'a BatchView<'a>,
    /// The row, from 0.
    pub row: usize,
}

impl Fields for RowView<'_> {
    #[inline]
    fn value(&self, column: usize) -> Value<'_> {
        let at = self.row;
        let Some(column) = self.batch.columns.get(column) else { return Value::Missing };
        let moment = |seconds: i64, zoned: bool| Value::Moment { seconds, zoned };
        if let Some((seconds, zoned)) = column.moment(at) {
            return moment(seconds, zoned);
        }
        match column {
            Column::Views(_) | Column::Words(..) => {
                column.text(at).map_or(Value::Missing, Value::Text)
            }
            Column::Flags(array) if array.is_valid(at) => Value::Flag(array.value(at)),
            Column::Days(array) if array.is_valid(at) => {
                moment(i64::from(array.value(at)).saturating_mul(86_400), false)
            }
            Column::Whole32(array) if array.is_valid(at) => {
                Value::Whole(i64::from(array.value(at)))
            }
            Column::Whole64(array) if array.is_valid(at) => Value::Whole(array.value(at)),
            Column::Other(array) if array.is_valid(at) => other(array, at),
            _ => Value::Missing,
        }
    }
}

fn other(array: &ArrayRef, at: usize) -> Value<'_> {
    match array.data_type() {
        DataType::Int8 => Value::Whole(i64::from(array.as_primitive::<Int8Type>().value(at))),
        DataType::Int16 => Value::Whole(i64::from(array.as_primitive::<Int16Type>().value(at))),
        DataType::UInt8 => Value::Whole(i64::from(array.as_primitive::<UInt8Type>().value(at))),
        DataType::UInt16 => Value::Whole(i64::from(array.as_primitive::<UInt16Type>().value(at))),
        DataType::UInt32 => Value::Whole(i64::from(array.as_primitive::<UInt32Type>().value(at))),
        DataType::UInt64 => i64::try_from(array.as_primitive::<UInt64Type>().value(at))
            .map_or(Value::Missing, Value::Whole),
        DataType::Float32 => {
            Value::Broken(f64::from(array.as_primitive::<Float32Type>().value(at)))
        }
        DataType::Float64 => Value::Broken(array.as_primitive::<Float64Type>().value(at)),
        DataType::Utf8 => Value::Text(array.as_string::<i32>().value(at).as_bytes()),
        DataType::LargeUtf8 => Value::Text(array.as_string::<i64>().value(at).as_bytes()),
        DataType::Binary => Value::Text(array.as_binary::<i32>().value(at)),
        DataType::Dictionary(_, _) => dictionary_text(array, at),
        _ => Value::Missing,
    }
}

fn dictionary_text(array: &ArrayRef, at: usize) -> Value<'_> {
    let Some(dictionary) = array.as_any_dictionary_opt() else { return Value::Missing };
    let Some(key) = dictionary.normalized_keys().get(at).copied() else { return Value::Missing };
    match dictionary.values().data_type() {
        DataType::Utf8 => Value::Text(dictionary.values().as_string::<i32>().value(key).as_bytes()),
        DataType::LargeUtf8 => {
            Value::Text(dictionary.values().as_string::<i64>().value(key).as_bytes())
        }
        DataType::Utf8View => {
            Value::Text(dictionary.values().as_string_view().value(key).as_bytes())
        }
        _ => Value::Missing,
    }
}
