//! Casebooks that earlier versions wrote are kept as they were (`old/form-1.sql`, …): each comes to today's form with all that is in it. A form that was changed
//! after it was written is found out, too: what is kept has its checksum.

use super::postgres::Postgres;
use super::*;
use sqlx::migrate::Migrator;
use sqlx::{Connection as _, Executor as _};
use std::borrow::Cow;

/// What each form's last version kept, as a dump tells it.
const KEPT: [&str; 3] = [
    include_str!("old/form-1.sql"),
    include_str!("old/form-2.sql"),
    include_str!("old/form-3.sql"),
];

/// What was in them: the same twenty entries, and from the second form on an account, its role, its token and a job.
async fn holds(store: &Store, form: usize) {
    let log = store.log("lima", 0).await.unwrap();
    verify(&log).unwrap();
    assert_eq!(log.len(), 20, "form {form}");
    let mut journal = Journal::open(store.clone(), "lima").await.unwrap();
    assert_eq!(journal.case().claims().count(), 4);
    journal.act(&query(21)).await.unwrap();
    let accounts = store.accounts().await.unwrap();
    assert_eq!(accounts.len(), usize::from(form > 1), "form {form}");
    for account in accounts {
        assert!(account.is_administrator && !account.must_change && !account.is_ended);
        assert_eq!(store.roles_of(&account.name).await.unwrap()[0].role, "analyst");
        assert!(store.session("seal", 99).await.unwrap().is_some());
        let jobs = store.jobs().await.unwrap();
        assert!(store.claim_job(&jobs[0].id, "here", 1, 2).await.unwrap());
    }
}

#[tokio::test]
async fn a_file_of_an_earlier_form_is_read() {
    for (form, kept) in (1..).zip(KEPT) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("casebook.sqlite");
        let address = format!("sqlite://{}?mode=rwc", file.display());
        let mut old = sqlx::SqliteConnection::connect(&address).await.unwrap();
        old.execute(kept).await.unwrap();
        old.close().await.unwrap();
        holds(&Store::open(&file).await.unwrap(), form).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_of_an_earlier_form_is_read() {
    let postgres = Postgres::start();
    for (form, kept) in (1..).zip(KEPT) {
        let address = postgres.database(&format!("form_{form}"));
        let mut old = sqlx::PgConnection::connect(&address).await.unwrap();
        let all = schema::migrator();
        let migrations = Cow::Owned(all.migrations[..form].to_vec());
        Migrator { migrations, ..Migrator::DEFAULT }.run(&mut old).await.unwrap();
        for row in kept.lines().filter(|line| line.starts_with("INSERT INTO \"")) {
            if !row.contains("_sqlx_migrations") {
                old.execute(row).await.unwrap();
            }
        }
        old.close().await.unwrap();
        holds(&Store::connect(&address).await.unwrap(), form).await;
    }
}
