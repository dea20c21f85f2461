//! A fence around libraries that panic on broken input.
//!
//! The Parquet reader answers most damage with an error, but some of it with a panic. Inside the fence a panic becomes an error like any other; everything
//! that the library touched is thrown away.

use crate::FeedError;
use bytes::Bytes;
use parquet::basic::Type;
use parquet::column::page::{Page, PageReader};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use parquet::schema::types::ColumnDescriptor;
use std::cell::Cell;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

thread_local! {
    static FENCED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside the fence: a panic hook need say nothing then.
pub fn is_fenced() -> bool {
    FENCED.get()
}

/// Runs `work`; a panic is an error. What `work` changes outside of itself must be whole after each step.
pub(crate) fn fenced<T>(work: impl FnOnce() -> Result<T, FeedError>) -> Result<T, FeedError> {
    FENCED.set(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    FENCED.set(false);
    done.unwrap_or(Err(FeedError::Damaged))
}

/// A file whose end is an error for whoever reads on and on: a damaged length makes the Parquet reader ask for millions of values that are not there.
pub(crate) struct Ending<R>(pub(crate) R);

/// Reads at the end of a file that are answered before they are refused.
const PATIENCE: u32 = 1_000;

/// A reader of an [`Ending`].
pub(crate) struct EndingReader<T> {
    inner: T,
    at_end: u32,
}

impl<R: Length> Length for Ending<R> {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl<R: ChunkReader> ChunkReader for Ending<R> {
    type T = EndingReader<R::T>;

    fn get_read(&self, start: u64) -> parquet::errors::Result<Self::T> {
        Ok(EndingReader { inner: self.0.get_read(start)?, at_end: 0 })
    }

    fn get_bytes(&self, start: u64, length: usize) -> parquet::errors::Result<Bytes> {
        self.0.get_bytes(start, length)
    }
}

impl<T: Read> Read for EndingReader<T> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(into)?;
        self.at_end = if read == 0 { self.at_end.saturating_add(1) } else { 0 };
        if self.at_end > PATIENCE {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(read)
    }
}

/// Refuses a file whose lists of words (dictionary pages) claim more values than they have room for: the Parquet reader would make room for all
/// of them, sixteen gigabytes for a few damaged bytes. To be called inside the fence.
pub(crate) fn refuse_hollow_words<R: ChunkReader + 'static>(
    file: R,
    metadata: &ParquetMetaData,
) -> Result<(), FeedError> {
    let file = Arc::new(Ending(file));
    for group in metadata.row_groups() {
        let rows = usize::try_from(group.num_rows()).unwrap_or_default();
        let with_words =
            group.columns().iter().filter(|chunk| chunk.dictionary_page_offset().is_some());
        for chunk in with_words {
            let pages = SerializedPageReader::new(Arc::clone(&file), chunk, rows, None);
            // Other damage is met, and told, where the group is read: what stands before it stays.
            if let Ok(Some(Page::DictionaryPage { buf, num_values, .. })) =
                pages.and_then(|mut pages| pages.get_next_page())
            {
                let values = usize::try_from(num_values).unwrap_or(usize::MAX);
                if values.saturating_mul(value_bytes_min(chunk.column_descr())) > buf.len() {
                    return Err(FeedError::Damaged);
                }
            }
        }
    }
    Ok(())
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
    use arrow_array::{ArrayRef, Int64Array, RecordBatch};
    use parquet::arrow::ArrowWriter;

    #[test]
    fn a_list_of_words_that_claims_more_than_it_holds_is_damaged() {
        let values: ArrayRef = Arc::new(Int64Array::from(vec![7, 8, 9, 7, 8, 9]));
        let batch = RecordBatch::try_from_iter([("value", values)]).unwrap();
        let mut file = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut file, batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        assert!(crate::columnar::Contents::of(Bytes::from(file.clone())).is_ok());
        // In the page's header (Thrift, compact): a dictionary page, of 3 values.
        let claim = file.windows(3).position(|bytes| bytes == [0x4c, 0x15, 6]).unwrap();
        file[claim + 2] = 0x7e;
        let refused = crate::columnar::Contents::of(Bytes::from(file));
        assert!(matches!(refused, Err(FeedError::Damaged)), "63 values in 24 bytes");
    }

    #[test]
    fn a_panic_inside_is_an_error() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| ()));
        let broken: Result<(), FeedError> = fenced(|| panic!("a library gave up"));
        std::panic::set_hook(hook);
        assert!(matches!(broken, Err(FeedError::Damaged)));
        assert!(!is_fenced());
        assert!(matches!(fenced(|| Ok(7)), Ok(7)));
    }
}
