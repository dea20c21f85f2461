//! Delimited text: rows of a block become calls.

use crate::blocks::{Block, ROW_BYTES_MAX};
use crate::row::RowReader;
use crate::value::{Fields, Value};
use csv::ByteRecord;
use facts::{CallChunk, ChunkBuilder, Dictionaries, Quarantine, Reason};

/// How rows are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Separator of fields.
    pub delimiter: u8,
    /// Last byte of a row.
    pub line_end: u8,
}

impl Fields for ByteRecord {
    #[inline]
    fn value(&self, column: usize) -> Value<'_> {
        self.get(column).map_or(Value::Missing, Value::Text)
    }
}

/// A reader of the rows in some bytes.
pub fn rows(bytes: &[u8], dialect: Dialect) -> csv::Reader<&[u8]> {
    let terminator =
        if dialect.line_end == b'\r' { csv::Terminator::Any(b'\r') } else { csv::Terminator::CRLF };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.delimiter)
        .terminator(terminator)
        .from_reader(bytes)
}

/// What a block gave.
#[derive(Debug, Default)]
pub struct BlockResult {
    /// The calls.
    pub chunk: CallChunk,
    /// The rows that are none.
    pub quarantine: Quarantine,
    /// How many rows there were, header not counted.
    pub rows: usize,
}

/// Reads a block's rows. `header` says that the block's first row names the columns.
pub fn read_block(
    block: &Block,
    file: u32,
    header: bool,
    dialect: Dialect,
    reader: &mut RowReader,
    names: &mut Dictionaries,
) -> BlockResult {
    let mut result = BlockResult::default();
    let mut builder = ChunkBuilder::with_capacity(file, block.bytes.len() / 64);
    let mut rows = rows(&block.bytes, dialect);
    let mut record = ByteRecord::new();
    let mut skip = header;
    loop {
        // Reading from memory with `flexible` cannot fail.
        if !rows.read_byte_record(&mut record).unwrap_or(false) {
            break;
        }
        if std::mem::take(&mut skip) {
            continue;
        }
        result.rows = result.rows.saturating_add(1);
        let in_block = record.position().map_or(1, csv::Position::line);
        let line = u64::from(block.first_line).saturating_add(in_block).saturating_sub(1);
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        if record.as_slice().len() > ROW_BYTES_MAX {
            let start = record.as_slice().get(..64).unwrap_or_default();
            result.quarantine.push(file, line, Reason::RowTooLong, start);
            continue;
        }
        match reader.read(&record, names) {
            Ok(mut draft) => {
                draft.row = line;
                builder.push(&draft);
            }
            Err((reason, value)) => {
                let reason = if reader.is_header(&record) { Reason::HeaderAgain } else { reason };
                result.quarantine.push(file, line, reason, &value);
            }
        }
    }
    if let Some((line, start)) = &block.too_long {
        result.rows = result.rows.saturating_add(1);
        result.quarantine.push(file, *line, Reason::RowTooLong, start);
    }
    result.chunk = builder.finish(names);
    result
}
