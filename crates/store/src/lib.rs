//! Keeps the logs of casebooks ([`case::log`]): in a database file (`SQLite`) beside a casebook's facts.
//!
//! Takes: drafts of entries. Gives: the entries, once they are on disk. Promises: an entry that was acknowledged survives a crash of program or machine
//! (write-ahead log, synced at each entry); of two who write at once one waits, and whoever decided on what is no longer the end of the log is told
//! so; a log is added to and nothing in it changed, but for what an entry erases.

mod journal;
mod schema;

pub use journal::{ActError, Journal};

use case::Action;
use case::log::{Draft, Entry, Head, NoSeal};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row as _, SqlitePool};
use std::path::Path;
use std::time::Duration;

/// Where logs are kept.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
}

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
    /// An action could not be written.
    #[error("the entry could not be written: {0}")]
    Body(String),
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

/// How long a writer waits for another.
const BUSY: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the database of a casebook, made where it is not there, and brings it to this program's form. Errors: it cannot be opened or is of a later
    /// form.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        schema::migrate(&pool).await?;
        Ok(Self { pool })
    }

    /// Opens a database that is there only to be looked at: also where its folder cannot be written to. Errors: it cannot be read.
    pub async fn look(file: &Path) -> Result<Self, StoreError> {
        match Self::open(file).await {
            Ok(store) => Ok(store),
            Err(refused) => {
                let options = SqliteConnectOptions::new().filename(file).immutable(true);
                let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
                pool.map(|pool| Self { pool }).map_err(|_| refused)
            }
        }
    }

    /// Lets go of the database.
    pub async fn close(self) {
        self.pool.close().await;
    }

    /// The end of a casebook's log; `None` while it is empty.
    pub async fn head(&self, casebook: &str) -> Result<Option<Head>, StoreError> {
        let row = sqlx::query("SELECT seq, seal FROM casebooks WHERE id = $1")
            .bind(casebook)
            .fetch_optional(&self.pool)
            .await?;
        row.map_or(Ok(None), |row| head_of(row.try_get("seq")?, row.try_get("seal")?))
    }

    /// Appends an entry to a log whose end is `head`, and erases what it says is to be erased; all of it or nothing. Errors: the log has another end by
    /// now; the database fails.
    pub async fn append(
        &self,
        casebook: &str,
        head: Option<Head>,
        draft: &Draft,
    ) -> Result<Entry, AppendError> {
        let entry =
            Entry::after(head, draft).map_err(|error| StoreError::Body(error.to_string()))?;
        let seq = i64::try_from(entry.seq).map_err(StoreError::from)?;
        let mut all = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO casebooks (id, seq, seal) VALUES ($1, 0, '') ON CONFLICT DO NOTHING",
        )
        .bind(casebook)
        .execute(&mut *all)
        .await?;
        let end = sqlx::query("SELECT seq, seal FROM casebooks WHERE id = $1")
            .bind(casebook)
            .fetch_one(&mut *all)
            .await?;
        let end = head_of(end.try_get("seq")?, end.try_get("seal")?)?;
        if end != head {
            return Err(AppendError::Moved(end));
        }
        sqlx::query("UPDATE casebooks SET seq = $2, seal = $3 WHERE id = $1")
            .bind(casebook)
            .bind(seq)
            .bind(entry.seal.to_string())
            .execute(&mut *all)
            .await?;
        sqlx::query("INSERT INTO entries VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
            .bind(casebook)
            .bind(seq)
            .bind(entry.at_us)
            .bind(&entry.actor)
            .bind(&entry.purpose)
            .bind(&entry.legal_basis)
            .bind(&entry.body)
            .bind(entry.body_seal.to_string())
            .bind(entry.seal.to_string())
            .execute(&mut *all)
            .await?;
        if let Action::Erase(erasure) = &draft.action {
            for gone in &erasure.entries {
                sqlx::query("UPDATE entries SET body = NULL WHERE casebook = $1 AND seq = $2")
                    .bind(casebook)
                    .bind(i64::try_from(*gone).map_err(StoreError::from)?)
                    .execute(&mut *all)
                    .await?;
            }
        }
        all.commit().await?;
        if matches!(draft.action, Action::Erase(_)) {
            // What was erased must not stay in the log of writes either.
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.pool).await?;
        }
        Ok(entry)
    }

    /// A log's entries after a place, in order. Errors: the database fails, or a row is no entry.
    pub async fn log(&self, casebook: &str, after: u64) -> Result<Vec<Entry>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, at_us, actor, purpose, legal_basis, body, body_seal, seal FROM entries \
             WHERE casebook = $1 AND seq > $2 ORDER BY seq",
        )
        .bind(casebook)
        .bind(i64::try_from(after)?)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Entry {
                    seq: u64::try_from(row.try_get::<i64, _>("seq")?)?,
                    at_us: row.try_get("at_us")?,
                    actor: row.try_get("actor")?,
                    purpose: row.try_get("purpose")?,
                    legal_basis: row.try_get("legal_basis")?,
                    body: row.try_get("body")?,
                    body_seal: row.try_get::<String, _>("body_seal")?.parse()?,
                    seal: row.try_get::<String, _>("seal")?.parse()?,
                })
            })
            .collect()
    }
}

/// The end of a log as its casebook's row tells it.
fn head_of(seq: i64, seal: &str) -> Result<Option<Head>, StoreError> {
    let seq = u64::try_from(seq)?;
    if seq == 0 { Ok(None) } else { Ok(Some(Head { seq, seal: seal.parse()? })) }
}

#[cfg(test)]
mod tests;
