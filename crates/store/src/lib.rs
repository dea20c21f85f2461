//! Keeps the logs of casebooks ([`case::log`]), the accounts of those who work with them and their jobs, in one schema with two homes: a database file (`SQLite`) beside a casebook's facts, or a `PostgreSQL`
//! that a team shares.
//!
//! Takes: drafts of entries. Gives: the entries, once they are on disk. Promises: an entry that was acknowledged survives a crash of program or machine
//! (write-ahead log, synced at each entry); of two who write at once one waits, and whoever decided on what is no longer the end of the log is told
//! so; a log is added to and nothing in it changed, but for what an entry erases. Both homes are held to that by one suite (`tests.rs`).

mod accounts;
mod home;
mod jobs;
mod journal;
mod log;
mod schema;

pub use accounts::{Account, RoleOf, Session};
pub use home::Store;
pub use jobs::{Job, JobState};
pub use journal::{ActError, Journal};

use case::log::{Head, NoSeal};

/// Why a store does not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database does not.
    #[error("the casebook's database fails")]
    Database(#[from] sqlx::Error),
    /// Its schema is not one that this program can read.
    #[error("the casebook's database was made by a later version, or is none: {0}")]
    Schema(#[from] sqlx::migrate::MigrateError),
    /// A row is no entry.
    #[error("a row of the log is damaged: {0}")]
    Damaged(#[from] NoSeal),
    /// A number is out of range.
    #[error("a row of the log is damaged: {0}")]
    Range(#[from] std::num::TryFromIntError),
    /// A job is in no known state.
    #[error("a job is in no known state: {0}")]
    State(String),
    /// An action could not be written.
    #[error("the entry could not be written: {0}")]
    Body(String),
}

/// Whether there was no room left for what was to be written, as `SQLite` (`SQLITE_FULL`) or `PostgreSQL` (`disk_full`) say it.
pub fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    const FULL: [&str; 2] = ["13", "53100"];
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(|cause| {
        let database = cause.downcast_ref::<sqlx::Error>().and_then(sqlx::Error::as_database_error);
        let code = database.and_then(sqlx::error::DatabaseError::code);
        code.is_some_and(|code| FULL.contains(&&*code))
    })
}

/// Why an entry was not appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else wrote meanwhile: this is the end of the log now.
    #[error("somebody else wrote meanwhile")]
    Moved(Option<Head>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for AppendError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

#[cfg(test)]
mod tests;
