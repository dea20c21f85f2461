//! The database's form, and how an older one comes to it.

use crate::StoreError;
use sqlx::SqlStr;
use sqlx::SqlitePool;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

/// Every form that a version of this program wrote, in order: none is ever changed, only followed.
const FORMS: &[(i64, &str, &str)] = &[(1, "log", include_str!("../migrations/0001_log.sql"))];

/// Brings a database to the last form. Errors: it fails, or its form is none of these.
pub(crate) async fn migrate(pool: &SqlitePool) -> Result<(), StoreError> {
    let forms = FORMS.iter().map(|(version, name, sql)| {
        Migration::new(
            *version,
            Cow::Borrowed(*name),
            MigrationType::Simple,
            SqlStr::from_static(sql),
            false,
        )
    });
    let migrator = Migrator { migrations: forms.collect(), ..Migrator::DEFAULT };
    Ok(migrator.run(pool).await?)
}
