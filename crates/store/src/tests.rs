use super::*;
use case::action::{Erasure, Query};
use case::judgement::{Disposition, Judgement, Subject};
use case::log::verify;
use case::{Case, Refused};

fn draft(at_us: i64, action: Action) -> Draft {
    Draft {
        at_us,
        actor: "amal".to_owned(),
        purpose: "drill".to_owned(),
        legal_basis: "none: made data".to_owned(),
        salt: format!("{at_us}"),
        action,
    }
}

fn query(at_us: i64) -> Draft {
    draft(at_us, Action::Query(Query { what: format!("room R{at_us}") }))
}

fn rejected(reason: &str) -> Action {
    let lines = ["+999001".to_owned(), "+999002".to_owned()].into();
    Action::Judge(Judgement {
        subject: Subject::Room { lines },
        disposition: Disposition::Rejected,
        reason: reason.to_owned(),
        look_alike: None,
    })
}

async fn opened(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("casebook.sqlite")).await.unwrap()
}

#[tokio::test]
async fn what_was_done_is_there_after_the_store_was_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(&folder).await;
    let mut journal = Journal::open(store.clone(), "lima").await.unwrap();
    for at_us in 1..=20 {
        journal.act(&query(at_us)).await.unwrap();
    }
    journal.act(&draft(21, rejected("a clinic"))).await.unwrap();
    store.close().await;
    let again = Journal::open(opened(&folder).await, "lima").await.unwrap();
    assert_eq!((again.head(), again.case()), (journal.head(), journal.case()));
    let log = again.log().await.unwrap();
    verify(&log).unwrap();
    assert_eq!((log.len(), &Case::replay(&log).unwrap()), (21, journal.case()));
    let other = Journal::open(opened(&folder).await, "other").await.unwrap();
    assert_eq!((other.head(), other.case()), (None, &Case::default()), "each casebook has its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_write_at_once_all_get_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(&folder).await;
    let writers = (0..8_i64).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut journal = Journal::open(store, "lima").await.unwrap();
            for nth in 0..10 {
                journal.act(&query(writer * 100 + nth)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let log = store.log("lima", 0).await.unwrap();
    verify(&log).unwrap();
    let mut moments: Vec<i64> = log.iter().map(|entry| entry.at_us).collect();
    moments.sort_unstable();
    moments.dedup();
    assert_eq!((log.len(), moments.len()), (80, 80));
}

#[tokio::test]
async fn who_decided_on_an_old_end_is_told_so_and_what_is_refused_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = opened(&folder).await;
    let first = store.append("lima", None, &query(1)).await.unwrap();
    match store.append("lima", None, &query(2)).await {
        Err(AppendError::Moved(end)) => assert_eq!(end, Some(first.head())),
        other => panic!("{other:?}"),
    }
    let mut journal = Journal::open(store, "lima").await.unwrap();
    let refused = journal.act(&draft(3, rejected(" "))).await;
    assert!(matches!(refused, Err(ActError::Refused(Refused::NoReason))));
    assert_eq!((journal.head(), journal.log().await.unwrap().len()), (Some(first.head()), 1));
}

#[tokio::test]
async fn what_is_erased_is_gone_from_the_file_and_the_log_holds() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = Journal::open(opened(&folder).await, "lima").await.unwrap();
    journal.act(&draft(1, rejected("saffron"))).await.unwrap();
    let erasure = Erasure { entries: vec![1], reason: "asked to".to_owned() };
    journal.act(&draft(2, Action::Erase(erasure))).await.unwrap();
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let left = bytes.windows(7).any(|window| window == b"saffron");
        assert!(!left, "{} still tells it", path.display());
    }
    let log = journal.log().await.unwrap();
    assert_eq!(log[0].body, None);
    verify(&log).unwrap();
    assert_eq!(&Case::replay(&log).unwrap(), journal.case());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("casebook.sqlite");
    std::fs::write(&file, "not a database, and long enough to be none".repeat(40)).unwrap();
    assert!(Store::open(&file).await.is_err());
}
