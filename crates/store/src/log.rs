//! The logs: their ends, their entries, and how one is added.

use crate::home::{Home, on};
use crate::{AppendError, Store, StoreError};
use case::Action;
use case::log::{Draft, Entry, Head};
use sqlx::{QueryBuilder, Row as _};

/// How a writer begins: in a file it takes the one place there is at once; on a server it waits for others at the casebook's row.
const BEGIN: [&str; 2] = ["BEGIN IMMEDIATE", "BEGIN"];

/// Entries that one statement adds: of nine values each, far below what either home takes.
const AT_ONCE: usize = 1_000;

impl Store {
    fn begin(&self) -> &'static str {
        let [file, server] = BEGIN;
        if matches!(self.home, Home::Sqlite(_)) { file } else { server }
    }

    /// The end of a casebook's log; `None` while it is empty.
    pub async fn head(&self, casebook: &str) -> Result<Option<Head>, StoreError> {
        on!(self, pool => {
            let row = sqlx::query("SELECT seq, seal FROM casebooks WHERE id = $1")
                .bind(casebook)
                .fetch_optional(pool)
                .await?;
            row.map_or(Ok(None), |row| head_of(row.try_get("seq")?, row.try_get("seal")?))
        })
    }

    /// Appends an entry to a log whose end is `head`, and erases what it says is to be erased; all of it or nothing. Errors: the log has another end by
    /// now; the database fails.
    pub async fn append(
        &self,
        casebook: &str,
        head: Option<Head>,
        draft: &Draft,
    ) -> Result<Entry, AppendError> {
        let mut added = self.append_all(casebook, head, std::slice::from_ref(draft)).await?;
        added.pop().ok_or(AppendError::Moved(head))
    }

    /// Appends entries in order, all of them or none. Errors: as [`Self::append`].
    pub async fn append_all(
        &self,
        casebook: &str,
        head: Option<Head>,
        drafts: &[Draft],
    ) -> Result<Vec<Entry>, AppendError> {
        let mut entries: Vec<Entry> = Vec::with_capacity(drafts.len());
        let mut erased = Vec::new();
        for draft in drafts {
            let end = entries.last().map(Entry::head).or(head);
            let entry = Entry::after(end, draft);
            entries.push(entry.map_err(|error| StoreError::Body(error.to_string()))?);
            if let Action::Erase(erasure) = &draft.action {
                erased.extend(places(&erasure.entries)?);
            }
        }
        if !self.added(casebook, head, &entries, &erased).await? {
            return Err(AppendError::Moved(self.head(casebook).await?));
        }
        if !erased.is_empty() {
            self.swept().await?;
        }
        Ok(entries)
    }

    /// Adds entries and erases others, at once; `false` where the log has another end.
    async fn added(
        &self,
        casebook: &str,
        head: Option<Head>,
        entries: &[Entry],
        erased: &[i64],
    ) -> Result<bool, StoreError> {
        let (before, seal) = end_of(head)?;
        let (after, sealed) = end_of(entries.last().map(Entry::head).or(head))?;
        on!(self, pool => {
            let mut all = pool.begin_with(self.begin()).await?;
            sqlx::query("INSERT INTO casebooks (id, seq, seal) VALUES ($1, 0, '') ON CONFLICT DO NOTHING")
                .bind(casebook)
                .execute(&mut *all)
                .await?;
            let moved = sqlx::query(
                "UPDATE casebooks SET seq = $2, seal = $3 WHERE id = $1 AND seq = $4 AND seal = $5",
            )
            .bind(casebook)
            .bind(after)
            .bind(sealed)
            .bind(before)
            .bind(&seal)
            .execute(&mut *all)
            .await?;
            if moved.rows_affected() == 0 {
                return Ok(false);
            }
            for some in entries.chunks(AT_ONCE) {
                let mut insert = QueryBuilder::new("INSERT INTO entries ");
                insert.push_values(some.iter().zip(&places_of(some)?), |mut row, (entry, seq)| {
                    row.push_bind(casebook)
                        .push_bind(*seq)
                        .push_bind(entry.at_us)
                        .push_bind(&entry.actor)
                        .push_bind(&entry.purpose)
                        .push_bind(&entry.legal_basis)
                        .push_bind(&entry.body)
                        .push_bind(entry.body_seal.to_string())
                        .push_bind(entry.seal.to_string());
                });
                insert.build().execute(&mut *all).await?;
            }
            for gone in erased {
                sqlx::query("UPDATE entries SET body = NULL WHERE casebook = $1 AND seq = $2")
                    .bind(casebook)
                    .bind(gone)
                    .execute(&mut *all)
                    .await?;
            }
            all.commit().await?;
        });
        Ok(true)
    }

    /// Takes what was erased out of the places where a database keeps what it no longer shows: the log of writes, or dead rows.
    async fn swept(&self) -> Result<(), StoreError> {
        match &self.home {
            Home::Sqlite(pool) => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await?;
            }
            Home::Postgres(pool) => {
                sqlx::query("VACUUM entries").execute(pool).await?;
            }
        }
        Ok(())
    }

    /// A log's entries after a place, in order. Errors: the database fails, or a row is no entry.
    pub async fn log(&self, casebook: &str, after: u64) -> Result<Vec<Entry>, StoreError> {
        let after = i64::try_from(after)?;
        on!(self, pool => {
            let rows = sqlx::query(
                "SELECT seq, at_us, actor, purpose, legal_basis, body, body_seal, seal FROM entries \
                 WHERE casebook = $1 AND seq > $2 ORDER BY seq",
            )
            .bind(casebook)
            .bind(after)
            .fetch_all(pool)
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
        })
    }
}

fn places_of(entries: &[Entry]) -> Result<Vec<i64>, StoreError> {
    entries.iter().map(|entry| Ok(i64::try_from(entry.seq)?)).collect()
}

fn places(entries: &[u64]) -> Result<Vec<i64>, StoreError> {
    entries.iter().map(|seq| Ok(i64::try_from(*seq)?)).collect()
}

/// The end of a log as its casebook's row tells it.
fn head_of(seq: i64, seal: &str) -> Result<Option<Head>, StoreError> {
    let seq = u64::try_from(seq)?;
    if seq == 0 { Ok(None) } else { Ok(Some(Head { seq, seal: seal.parse()? })) }
}

/// The same the other way.
fn end_of(head: Option<Head>) -> Result<(i64, String), StoreError> {
    match head {
        Some(head) => Ok((i64::try_from(head.seq)?, head.seal.to_string())),
        None => Ok((0, String::new())),
    }
}
