//! A fence around libraries that panic on broken input.
//!
//! The Parquet reader answers most damage with an error, but some of it with a panic. Inside the fence a panic becomes an error like any other; everything
//! that the library touched is thrown away.

use crate::FeedError;
use bytes::Bytes;
use parquet::file::reader::{ChunkReader, Length};
use std::cell::Cell;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

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

#[cfg(test)]
mod tests {
    use super::*;

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
