//! Cuts a stream of delimited text into blocks that end where a row ends, so that blocks can be read side by side.

use std::io::Read;

/// Bytes that a block aims at.
pub const BLOCK_BYTES: usize = 1 << 20;
/// Longest row that is believed, bytes.
pub const ROW_BYTES_MAX: usize = 1 << 18;

/// A run of whole rows.
#[derive(Debug, Default)]
pub struct Block {
    /// The bytes, ending with a line feed but maybe for the last block.
    pub bytes: Vec<u8>,
    /// The line of the file, counted from 1, that the block begins with.
    pub first_line: u32,
    /// Whether any field may be quoted.
    pub quoted: bool,
    /// Where an over-long row stood right after this block, and how it began.
    pub too_long: Option<(u32, Vec<u8>)>,
}

/// Cuts blocks off a stream.
pub struct BlockReader<'a> {
    source: Box<dyn Read + Send + 'a>,
    rest: Vec<u8>,
    /// Room of blocks that were read.
    spare: Vec<Vec<u8>>,
    delimiter: u8,
    line_end: u8,
    next_line: u32,
    ended: bool,
    block_bytes: usize,
    /// What stopped the stream early, such as a truncated gzip.
    pub problem: Option<std::io::Error>,
    /// Unpacked bytes read so far.
    pub bytes_read: u64,
}

const QUOTE: u8 = b'"';

impl<'a> BlockReader<'a> {
    /// Reads `source`, whose rows end with `line_end`.
    pub fn new(source: Box<dyn Read + Send + 'a>, delimiter: u8, line_end: u8) -> Self {
        Self {
            source,
            rest: Vec::new(),
            spare: Vec::new(),
            delimiter,
            line_end,
            next_line: 1,
            ended: false,
            block_bytes: BLOCK_BYTES,
            problem: None,
            bytes_read: 0,
        }
    }

    /// One more than the last line seen.
    pub fn next_row(&self) -> u32 {
        self.next_line.saturating_add(1)
    }

    /// The next block; `None` at the end. A read error ends the stream and is kept in [`Self::problem`].
    pub fn next_block(&mut self) -> Option<Block> {
        let mut bytes = self.spare.pop().unwrap_or_default();
        self.fill(&mut bytes);
        if bytes.is_empty() {
            return None;
        }
        let mut too_long = None;
        let quoted = memchr::memchr(QUOTE, &bytes).is_some();
        let end = if self.ended { bytes.len() } else { self.last_row_end(&bytes, quoted) };
        self.rest.extend_from_slice(bytes.get(end..).unwrap_or_default());
        bytes.truncate(end);
        let first_line = self.next_line;
        self.count_lines(&bytes);
        if end == 0 {
            let line = self.next_line;
            let start = self.rest.get(..64).unwrap_or_default().to_vec();
            self.skip_row();
            too_long = Some((line, start));
        }
        Some(Block { bytes, first_line, quoted, too_long })
    }

    fn count_lines(&mut self, bytes: &[u8]) {
        let lines = memchr::memchr_iter(self.line_end, bytes).count();
        self.next_line = self.next_line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }

    /// Takes back the room of blocks that were read: it need not be made and cleared again.
    pub fn reuse(&mut self, blocks: impl IntoIterator<Item = Block>) {
        self.spare.extend(blocks.into_iter().map(|block| block.bytes));
    }

    /// Makes `bytes` what is left over and what follows, as much as a block may hold.
    fn fill(&mut self, bytes: &mut Vec<u8>) {
        let mut filled = self.rest.len();
        bytes.resize(self.block_bytes.max(filled), 0);
        if let Some(begin) = bytes.get_mut(..filled) {
            begin.copy_from_slice(&self.rest);
        }
        self.rest.clear();
        while !self.ended
            && let Some(room) = bytes.get_mut(filled..).filter(|room| !room.is_empty())
        {
            match self.source.read(room) {
                Ok(0) => self.ended = true,
                Ok(got) => {
                    filled = filled.saturating_add(got);
                    self.bytes_read = self.bytes_read.saturating_add(got as u64);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.problem = Some(error);
                    self.ended = true;
                }
            }
        }
        bytes.truncate(filled);
    }

    /// Drops an over-long row: everything up to the next line end, quoted or not.
    fn skip_row(&mut self) {
        loop {
            if let Some(at) = memchr::memchr(self.line_end, &self.rest) {
                self.rest.drain(..=at);
                self.next_line = self.next_line.saturating_add(1);
                return;
            }
            self.rest.clear();
            let mut more = Vec::new();
            self.fill(&mut more);
            self.rest = more;
            if self.rest.is_empty() {
                return;
            }
        }
    }

    /// Where the last whole row ends; 0 where none does.
    fn last_row_end(&self, bytes: &[u8], quoted: bool) -> usize {
        if !quoted {
            return memchr::memrchr(self.line_end, bytes).map_or(0, |at| at.saturating_add(1));
        }
        // As the csv crate reads: a quote opens a field only where the field begins.
        let mut end = 0;
        let (mut quoted, mut at_field_start) = (false, true);
        for (at, byte) in bytes.iter().enumerate() {
            if quoted {
                quoted = *byte != QUOTE;
                continue;
            }
            match *byte {
                QUOTE if at_field_start || bytes.get(at.wrapping_sub(1)) == Some(&QUOTE) => {
                    quoted = true;
                }
                byte if byte == self.line_end => {
                    end = at.saturating_add(1);
                    at_field_start = true;
                    continue;
                }
                byte if byte == self.delimiter => {
                    at_field_start = true;
                    continue;
                }
                _ => {}
            }
            at_field_start = false;
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks(text: &[u8], block_bytes: usize) -> Vec<Block> {
        let mut reader = BlockReader::new(Box::new(text), b',', b'\n');
        reader.block_bytes = block_bytes;
        std::iter::from_fn(|| reader.next_block()).collect()
    }

    #[test]
    fn a_quoted_line_feed_does_not_end_a_row() {
        let text = b"a,\"x\ny\"\nb,c\n";
        let cut = blocks(text, 10);
        let told: Vec<_> =
            cut.iter().map(|block| (block.first_line, block.bytes.clone())).collect();
        assert_eq!(told, [(1, b"a,\"x\ny\"\n".to_vec()), (3, b"b,c\n".to_vec())]);
    }

    #[test]
    fn an_over_long_row_is_skipped_and_said() {
        let mut text = b"a,b\n".to_vec();
        text.extend(vec![b'x'; 100]);
        text.extend(b"\nc,d\n");
        let cut = blocks(&text, 16);
        let long: Vec<_> =
            cut.iter().filter_map(|block| block.too_long.as_ref()).map(|(line, _)| *line).collect();
        assert_eq!(long, [2]);
        let last = cut.last().map(|block| (block.first_line, block.bytes.clone()));
        assert_eq!(last, Some((3, b"c,d\n".to_vec())));
    }

    proptest! {
        #[test]
        fn blocks_put_together_are_the_text(text in "([a-c]{0,4},[a-c]{0,4}\n){0,60}", size in 16_usize..64) {
            let mut so_far = Vec::new();
            for block in blocks(text.as_bytes(), size) {
                let lines_before = memchr::memchr_iter(b'\n', &so_far).count();
                prop_assert_eq!(block.first_line as usize, lines_before + 1);
                so_far.extend(block.bytes);
            }
            prop_assert_eq!(so_far, text.as_bytes());
        }
    }
}
