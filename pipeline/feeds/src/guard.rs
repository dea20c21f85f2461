//! A fence around libraries that panic on broken input.
//!
//! The Parquet reader answers most damage with an error, but some of it with a panic. Inside the fence a panic becomes an error like any other; everything
//! that the library touched is thrown away.

use crate::FeedError;
use std::cell::Cell;
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
