//! The pages of a Parquet file, looked at before the library unpacks them.
//!
//! A list of words (dictionary page) says how many values it holds, and the Parquet reader makes room for as many: for a few damaged
//! bytes that claim 2³¹ it would take tens of gigabytes. Here each is refused that has no room for what it claims.

use crate::FeedError;
use crate::guard::Ending;
use arrow_schema::Fields;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, RowGroups};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels};
use parquet::basic::Type;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::ChunkReader;
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescriptor;
use std::ops::Range;
use std::sync::Arc;

/// Some row groups of a file.
pub(crate) struct Groups<R: ChunkReader> {
    file: Arc<Ending<R>>,
    metadata: Arc<ParquetMetaData>,
    chosen: Range<usize>,
}

impl<R: ChunkReader + 'static> Groups<R> {
    pub(crate) fn new(file: R, metadata: &Arc<ParquetMetaData>, chosen: Range<usize>) -> Self {
        Self { file: Arc::new(Ending(file)), metadata: Arc::clone(metadata), chosen }
    }

    /// Batches of some columns (all, for `None`) in these types. To be called, and read from, inside the fence.
    pub(crate) fn batches(
        &self,
        columns: Option<&[usize]>,
        types: &Fields,
        batch_rows: usize,
    ) -> std::result::Result<ParquetRecordBatchReader, FeedError> {
        let schema = self.metadata.file_metadata().schema_descr();
        let mask = columns.map_or_else(ProjectionMask::all, |columns| {
            ProjectionMask::roots(schema, columns.iter().copied())
        });
        let levels = parquet_to_arrow_field_levels(schema, mask, Some(types))?;
        Ok(ParquetRecordBatchReader::try_new_with_row_groups(&levels, self, batch_rows, None)?)
    }
}

impl<R: ChunkReader + 'static> RowGroups for Groups<R> {
    fn num_rows(&self) -> usize {
        let rows = self.row_groups().map(|group| usize::try_from(group.num_rows()).unwrap_or(0));
        rows.fold(0, usize::saturating_add)
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let (file, metadata) = (Arc::clone(&self.file), Arc::clone(&self.metadata));
        Ok(Box::new(Chunks { file, metadata, groups: self.chosen.clone(), column }))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(self.chosen.clone().map(|group| self.metadata.row_group(group)))
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// A column's pages, one row group after another.
struct Chunks<R: ChunkReader> {
    file: Arc<Ending<R>>,
    metadata: Arc<ParquetMetaData>,
    groups: Range<usize>,
    column: usize,
}

impl<R: ChunkReader + 'static> Iterator for Chunks<R> {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.metadata.row_group(self.groups.next()?);
        let chunk = group.column(self.column);
        let rows = usize::try_from(group.num_rows()).unwrap_or_default();
        let value_bytes_min = value_bytes_min(chunk.column_descr());
        let pages = SerializedPageReader::new(Arc::clone(&self.file), chunk, rows, None);
        Some(pages.map(|pages| Box::new(Solid { pages, value_bytes_min }) as Box<dyn PageReader>))
    }
}

impl<R: ChunkReader + 'static> PageIterator for Chunks<R> {}

/// Pages none of which is hollow.
struct Solid<P> {
    pages: P,
    value_bytes_min: usize,
}

impl<P: PageReader> PageReader for Solid<P> {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(Page::DictionaryPage { buf, num_values, .. }) = &page {
            let values = usize::try_from(*num_values).unwrap_or(usize::MAX);
            if values.saturating_mul(self.value_bytes_min) > buf.len() {
                let claim = format!("a list of {values} words in {} bytes", buf.len());
                return Err(ParquetError::General(claim));
            }
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }
}

impl<P: PageReader> Iterator for Solid<P> {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// Bytes that a value of a column takes in a list of words, at least.
fn value_bytes_min(column: &ColumnDescriptor) -> usize {
    match column.physical_type() {
        Type::BOOLEAN => 1,
        Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 4,
        Type::INT64 | Type::DOUBLE => 8,
        Type::INT96 => 12,
        Type::FIXED_LEN_BYTE_ARRAY => usize::try_from(column.type_length()).unwrap_or(1).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columnar::Contents;
    use arrow_array::{ArrayRef, Int64Array, RecordBatch};
    use bytes::Bytes;
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;

    /// Two row groups of the same six numbers.
    fn file() -> Vec<u8> {
        let values: ArrayRef = Arc::new(Int64Array::from(vec![7, 8, 9, 7, 8, 9]));
        let batch = RecordBatch::try_from_iter([("value", values)]).unwrap();
        let mut file = Vec::new();
        let of_six = WriterProperties::builder().set_max_row_group_row_count(Some(6)).build();
        let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), Some(of_six)).unwrap();
        writer.write(&batch).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        file
    }

    /// Where, in the header (Thrift, compact) of each list of words, it says that it holds 3.
    fn claims(file: &[u8]) -> Vec<usize> {
        let ends = file.windows(3).enumerate().filter(|(_, bytes)| *bytes == [0x4c, 0x15, 6]);
        ends.map(|(at, _)| at + 2).collect()
    }

    #[test]
    fn a_list_of_words_that_claims_more_than_it_holds_is_refused_where_it_is_read() {
        let mut file = file();
        let sample = |file: &[u8], rows| {
            let bytes = Bytes::copy_from_slice(file);
            let contents = Contents::of(bytes.clone()).unwrap();
            let batches = contents.sample(bytes, rows)?;
            Ok::<usize, FeedError>(batches.iter().map(RecordBatch::num_rows).sum())
        };
        assert!(matches!(sample(&file, 12), Ok(12)));
        let claims = claims(&file);
        file[claims[1]] = 0x7e;
        assert!(matches!(sample(&file, 6), Ok(6)), "what stands before it is read");
        assert!(sample(&file, 12).is_err(), "63 values in 24 bytes");
    }
}
