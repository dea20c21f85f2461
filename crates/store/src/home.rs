//! Where a store lives, and how it is reached.

use crate::{StoreError, schema};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// Where logs are kept.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) home: Home,
}

/// One of the two homes. What is asked of them is written once, in statements that both read alike ([`on`]).
#[derive(Clone, Debug)]
pub(crate) enum Home {
    /// A file, with one writer at a time.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// Does the same with whichever pool it is; each of the two is checked by itself.
macro_rules! on {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.home {
            $crate::home::Home::Sqlite($pool) => $body,
            $crate::home::Home::Postgres($pool) => $body,
        }
    };
}
pub(crate) use on;

/// How long a writer waits for another.
const BUSY: Duration = Duration::from_secs(10);

/// Connections to a server at most.
const SHARED_MAX: u32 = 16;

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
        Self::migrated(Home::Sqlite(pool)).await
    }

    /// Opens a database that is there only to be looked at: also where its folder cannot be written to. Errors: it cannot be read.
    pub async fn look(file: &Path) -> Result<Self, StoreError> {
        match Self::open(file).await {
            Ok(store) => Ok(store),
            Err(refused) => {
                let options = SqliteConnectOptions::new().filename(file).immutable(true);
                let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
                pool.map(|pool| Self { home: Home::Sqlite(pool) }).map_err(|_| refused)
            }
        }
    }

    /// Reaches a server by its address (`postgres://user@host/database`; with `?sslmode=require` over TLS) and brings its database to this
    /// program's form. Errors: the address is none, the server is not reached, or its database is of a later form.
    pub async fn connect(address: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(address)?.application_name("ringtrace");
        let pool = PgPoolOptions::new()
            .max_connections(SHARED_MAX)
            .acquire_timeout(BUSY)
            .connect_with(options)
            .await?;
        Self::migrated(Home::Postgres(pool)).await
    }

    async fn migrated(home: Home) -> Result<Self, StoreError> {
        let store = Self { home };
        on!(store, pool => schema::migrator().run(pool).await)?;
        Ok(store)
    }

    /// Lets go of the database.
    pub async fn close(self) {
        on!(self, pool => pool.close().await);
    }
}
