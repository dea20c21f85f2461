//! Delimited text: rows of a block become calls.

use crate::blocks::{Block, ROW_BYTES_MAX};
use crate::lane::{FilePlace, Lane};
use crate::row::RowReader;
use crate::value::{Fields, Value};
use csv::ByteRecord;
use facts::{Budget, Reason};
use std::io;

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

/// Counts the lines before records, which the csv crate's positions do not tell: those stand before blank lines.
pub(crate) struct LineCount<'a> {
    bytes: &'a [u8],
    line_end: u8,
    at: usize,
    lines: u32,
}

impl<'a> LineCount<'a> {
    /// Counts in the bytes that records are read from.
    pub(crate) fn new(bytes: &'a [u8], dialect: Dialect) -> Self {
        Self { bytes, line_end: dialect.line_end, at: 0, lines: 0 }
    }

    /// How many lines stand before a record. Records are asked in their order.
    pub(crate) fn before(&mut self, record: &ByteRecord) -> u32 {
        let told = record.position().and_then(|place| usize::try_from(place.byte()).ok());
        let rest = told.and_then(|told| self.bytes.get(told..)).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let at = told.unwrap_or(self.at).saturating_add(blank);
        let passed = self.bytes.get(self.at..at).unwrap_or_default();
        let ends = memchr::memchr_iter(self.line_end, passed).count();
        self.lines = self.lines.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.at = at;
        self.lines
    }
}

/// How a file's blocks are read.
pub(crate) struct Blocks<'a> {
    pub(crate) place: FilePlace,
    pub(crate) dialect: Dialect,
    /// The line that names the columns; 0 where none does. What stands above it is no row of calls.
    pub(crate) header_line: u32,
    pub(crate) budget: &'a Budget,
}

impl Blocks<'_> {
    /// Reads a block's rows into a lane. Errors: the shelf is full or fails.
    pub(crate) fn read(
        &self,
        block: &Block,
        reader: &mut RowReader,
        lane: &mut Lane,
    ) -> io::Result<()> {
        if is_plain(block, self.dialect) {
            self.read_plain(block, reader, lane)?;
        } else {
            self.read_quoted(block, reader, lane)?;
        }
        if let Some((line, start)) = &block.too_long {
            lane.refuse(self.place, *line, Reason::RowTooLong, start);
        }
        lane.flush(self.place, self.budget)
    }

    fn read_plain(&self, block: &Block, reader: &mut RowReader, lane: &mut Lane) -> io::Result<()> {
        plain_rows(&block.bytes, self.dialect, |row, lines_before| {
            let line = block.first_line.saturating_add(lines_before);
            self.row(row, row.whole(), line, reader, lane)
        })
    }

    fn read_quoted(
        &self,
        block: &Block,
        reader: &mut RowReader,
        lane: &mut Lane,
    ) -> io::Result<()> {
        let mut rows = rows(&block.bytes, self.dialect);
        let mut lines = LineCount::new(&block.bytes, self.dialect);
        let mut record = ByteRecord::new();
        // Reading from memory with `flexible` cannot fail.
        while rows.read_byte_record(&mut record).unwrap_or(false) {
            let line = block.first_line.saturating_add(lines.before(&record));
            self.row(&record, record.as_slice(), line, reader, lane)?;
        }
        Ok(())
    }

    #[inline]
    fn row(
        &self,
        fields: &impl Fields,
        whole: &[u8],
        line: u32,
        reader: &mut RowReader,
        lane: &mut Lane,
    ) -> io::Result<()> {
        if line <= self.header_line {
            if line < self.header_line {
                lane.refuse(self.place, line, Reason::Title, whole);
            }
            return Ok(());
        }
        if whole.len() > ROW_BYTES_MAX {
            let start = whole.get(..64).unwrap_or_default();
            lane.refuse(self.place, line, Reason::RowTooLong, start);
            return Ok(());
        }
        let read = reader.read(fields, lane.names()).map_err(|(reason, value)| {
            let reason = if reader.is_header(fields) { Reason::HeaderAgain } else { reason };
            (reason, value)
        });
        lane.add(self.place, line, read, self.budget)
    }
}

/// Whether rows can be told by their separators alone: nothing is quoted, and carriage returns stand before line feeds only.
fn is_plain(block: &Block, dialect: Dialect) -> bool {
    let bytes = &block.bytes;
    dialect.line_end == b'\n'
        && !block.quoted
        && memchr::memchr_iter(b'\r', bytes)
            .all(|at| matches!(bytes.get(at.saturating_add(1)), None | Some(b'\n')))
}

/// Hands over each row that is not blank, with the lines before it.
fn plain_rows(
    bytes: &[u8],
    dialect: Dialect,
    mut each: impl FnMut(&PlainRow<'_>, u32) -> io::Result<()>,
) -> io::Result<()> {
    let Dialect { delimiter, line_end } = dialect;
    let mut row = PlainRow { bytes, begin: 0, ends: Vec::new() };
    let mut lines_before = 0_u32;
    // The last row may lack its line end.
    let last = bytes.last().filter(|byte| **byte != line_end).map(|_| bytes.len());
    for at in memchr::memchr2_iter(delimiter, line_end, bytes).chain(last) {
        row.ends.push(at);
        if bytes.get(at) == Some(&delimiter) {
            continue;
        }
        row.trim_carriage_return();
        if !row.is_blank() {
            each(&row, lines_before)?;
        }
        row.begin = at.saturating_add(1);
        row.ends.clear();
        lines_before = lines_before.saturating_add(1);
    }
    Ok(())
}

/// A row that is told by its separators alone.
struct PlainRow<'a> {
    bytes: &'a [u8],
    begin: usize,
    /// Where each field ends.
    ends: Vec<usize>,
}

impl PlainRow<'_> {
    fn trim_carriage_return(&mut self) {
        if let Some(end) = self.ends.last_mut()
            && *end > self.begin
            && self.bytes.get(end.saturating_sub(1)) == Some(&b'\r')
        {
            *end = end.saturating_sub(1);
        }
    }

    fn whole(&self) -> &[u8] {
        let end = self.ends.last().copied().unwrap_or(self.begin);
        self.bytes.get(self.begin..end).unwrap_or_default()
    }

    fn is_blank(&self) -> bool {
        self.ends.len() == 1 && self.whole().is_empty()
    }
}

impl Fields for PlainRow<'_> {
    #[inline]
    fn value(&self, column: usize) -> Value<'_> {
        let Some(end) = self.ends.get(column) else { return Value::Missing };
        let begin = match column.checked_sub(1).and_then(|before| self.ends.get(before)) {
            Some(before) => before.saturating_add(1),
            None => self.begin,
        };
        self.bytes.get(begin..*end).map_or(Value::Missing, Value::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_rows_are_those_that_the_csv_crate_reads(text in "([a-c,;]{0,6}(\r\n|\n)){0,12}[a-c,]{0,4}") {
            let dialect = Dialect { delimiter: b',', line_end: b'\n' };
            let block = Block { bytes: text.clone().into_bytes(), ..Block::default() };
            prop_assert!(is_plain(&block, dialect));
            let records = rows(text.as_bytes(), dialect).into_byte_records();
            let expected: Vec<Vec<Vec<u8>>> =
                records.map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect()).collect();
            let found = plain(text.as_bytes(), dialect);
            let lines: Vec<usize> = text.split('\n').enumerate()
                .filter(|(_, line)| !line.trim_end_matches('\r').is_empty())
                .map(|(at, _)| at + 1)
                .collect();
            prop_assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), lines);
            prop_assert_eq!(found.into_iter().map(|(_, fields)| fields).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn records_know_their_lines_behind_blank_lines_and_broken_ones() {
        let cases: [(&[u8], u8); 3] = [
            (b"\n\na,\"b\nc\"\n\n\nd,e\nf,g", b'\n'),
            (b"\r\n\r\na,\"b\nc\"\r\n\r\n\r\nd,e\r\nf,g", b'\n'),
            (b"\r\ra,\"b\rc\"\r\r\rd,e\rf,g", b'\r'),
        ];
        for (bytes, line_end) in cases {
            let dialect = Dialect { delimiter: b',', line_end };
            let mut lines = LineCount::new(bytes, dialect);
            let records = rows(bytes, dialect).into_byte_records();
            let found: Vec<u32> =
                records.map(|record| lines.before(&record.unwrap()) + 1).collect();
            assert_eq!(found, [3, 7, 8]);
        }
    }

    /// The rows as the plain way tells them: line and fields.
    fn plain(bytes: &[u8], dialect: Dialect) -> Vec<(usize, Vec<Vec<u8>>)> {
        let mut found = Vec::new();
        plain_rows(bytes, dialect, |row, line| {
            let fields = (0..row.ends.len()).map(|at| match row.value(at) {
                Value::Text(text) => text.to_vec(),
                _ => Vec::new(),
            });
            found.push((line as usize + 1, fields.collect()));
            Ok(())
        })
        .unwrap();
        found
    }
}
