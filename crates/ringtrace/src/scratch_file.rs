//! A file for what does not fit into memory; it has no name and goes with the process.

use crate::failure::Failure;
use facts::{Shelf, Slot};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A scratch file, used by several threads in turn.
#[derive(Debug)]
pub(crate) struct ScratchFile {
    file: Mutex<(File, u64)>,
}

const WORD_BYTES: usize = 4;
const BUFFER_WORDS: usize = 1 << 14;

impl ScratchFile {
    /// A file in a folder.
    pub(crate) fn create(folder: &Path) -> anyhow::Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(|error| {
            Failure::new(
                format!("no scratch file can be made in {}: {error}", folder.display()),
                "name another folder with --scratch",
            )
        })?;
        Ok(Self { file: Mutex::new((file, 0)) })
    }
}

impl Shelf for ScratchFile {
    fn put(&self, words: &[u32]) -> io::Result<Slot> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, end) = &mut *file;
        file.seek(SeekFrom::Start(*end))?;
        let mut bytes = Vec::with_capacity(BUFFER_WORDS * WORD_BYTES);
        for words in words.chunks(BUFFER_WORDS) {
            bytes.clear();
            bytes.extend(words.iter().flat_map(|word| word.to_le_bytes()));
            file.write_all(&bytes)?;
        }
        let slot = Slot { at: *end / WORD_BYTES as u64, words: words.len() };
        *end += (words.len() * WORD_BYTES) as u64;
        Ok(slot)
    }

    fn get(&self, slot: Slot) -> io::Result<Vec<u32>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.0.seek(SeekFrom::Start(slot.at * WORD_BYTES as u64))?;
        let mut words = Vec::with_capacity(slot.words);
        let mut bytes = vec![0; BUFFER_WORDS * WORD_BYTES];
        while words.len() < slot.words {
            let wanted = (slot.words - words.len()).min(BUFFER_WORDS) * WORD_BYTES;
            let bytes = &mut bytes[..wanted];
            file.0.read_exact(bytes)?;
            words.extend(bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)));
        }
        Ok(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        let shelf = ScratchFile::create(&std::env::temp_dir()).unwrap();
        let long: Vec<u32> = (0..100_000).collect();
        let (first, second) = (shelf.put(&[7, 8]).unwrap(), shelf.put(&long).unwrap());
        assert_eq!(shelf.get(second).unwrap(), long);
        assert_eq!(shelf.get(first).unwrap(), [7, 8]);
    }
}
