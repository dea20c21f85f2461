//! The database's form, and how an older one comes to it.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

/// Every form that a version of this program wrote, in order: none is ever changed, only followed. Both homes read the same statements.
const FORMS: &[(i64, &str, &str)] = &[
    (1, "log", include_str!("../migrations/0001_log.sql")),
    (2, "accounts", include_str!("../migrations/0002_accounts.sql")),
    (3, "claims on jobs", include_str!("../migrations/0003_claims_on_jobs.sql")),
];

/// What brings a database to the last form.
pub(crate) fn migrator() -> Migrator {
    let forms = FORMS.iter().map(|(version, name, sql)| {
        Migration::new(
            *version,
            Cow::Borrowed(*name),
            MigrationType::Simple,
            SqlStr::from_static(sql),
            false,
        )
    });
    Migrator { migrations: forms.collect(), ..Migrator::DEFAULT }
}
