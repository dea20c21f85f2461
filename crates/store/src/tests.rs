//! One suite, held against both homes of a store: what the crate promises.

mod old;
mod postgres;

use super::*;
use case::action::{Erasure, Query};
use case::claim::{Claim, Grade, Reliability, Topic, Value};
use case::judgement::{Disposition, Judgement, Subject};
use case::log::{Draft, verify};
use case::task::{Kind, Task};
use case::{Action, Case, Refused};
use postgres::Postgres;
use std::collections::BTreeSet;
use std::path::PathBuf;
use tempfile::TempDir;

/// Where a case of the suite keeps its store: opened again, it is the same.
enum Place {
    File(TempDir),
    Server(String),
}

impl Place {
    fn file() -> Self {
        Self::File(tempfile::tempdir().unwrap())
    }

    async fn store(&self) -> Store {
        match self {
            Self::File(folder) => {
                Store::open(&folder.path().join("casebook.sqlite")).await.unwrap()
            }
            Self::Server(address) => Store::connect(address).await.unwrap(),
        }
    }
}

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

async fn what_was_done_is_there_after_the_store_was_opened_again(place: &Place) {
    let store = place.store().await;
    let mut journal = Journal::open(store.clone(), "again").await.unwrap();
    for at_us in 1..=20 {
        journal.act(&query(at_us)).await.unwrap();
    }
    journal.act(&draft(21, rejected("a clinic"))).await.unwrap();
    store.close().await;
    let again = Journal::open(place.store().await, "again").await.unwrap();
    assert_eq!((again.head(), again.case()), (journal.head(), journal.case()));
    let log = again.log().await.unwrap();
    verify(&log).unwrap();
    assert_eq!((log.len(), &Case::replay(&log).unwrap()), (21, journal.case()));
    let other = Journal::open(place.store().await, "other").await.unwrap();
    assert_eq!((other.head(), other.case()), (None, &Case::default()), "each casebook has its own");
}

async fn of_many_who_write_at_once_all_get_their_place(place: &Place) {
    let store = place.store().await;
    let writers = (0..8_i64).map(|writer| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut journal = Journal::open(store, "many").await.unwrap();
            for nth in 0..10 {
                journal.act(&query(writer * 100 + nth)).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let log = store.log("many", 0).await.unwrap();
    verify(&log).unwrap();
    let mut moments: Vec<i64> = log.iter().map(|entry| entry.at_us).collect();
    moments.sort_unstable();
    moments.dedup();
    assert_eq!((log.len(), moments.len()), (80, 80));
}

async fn who_decided_on_an_old_end_is_told_so_and_what_is_refused_leaves_no_trace(place: &Place) {
    let store = place.store().await;
    let first = store.append("old end", None, &query(1)).await.unwrap();
    match store.append("old end", None, &query(2)).await {
        Err(AppendError::Moved(end)) => assert_eq!(end, Some(first.head())),
        other => panic!("{other:?}"),
    }
    let mut journal = Journal::open(store, "old end").await.unwrap();
    let refused = journal.act(&draft(3, rejected(" "))).await;
    assert!(matches!(refused, Err(ActError::Refused(Refused::NoReason))));
    assert_eq!((journal.head(), journal.log().await.unwrap().len()), (Some(first.head()), 1));
}

async fn of_several_all_are_done_or_none(place: &Place) {
    let mut journal = Journal::open(place.store().await, "several").await.unwrap();
    let bad = [query(1), draft(2, rejected(" ")), query(3)];
    let (nth, error) = journal.act_all(&bad).await.unwrap_err();
    assert!(nth == 1 && matches!(error, ActError::Refused(Refused::NoReason)));
    assert_eq!((journal.head(), journal.log().await.unwrap().len()), (None, 0));
    let erasure = Erasure { entries: vec![1], reason: "asked to".to_owned() };
    let good = [draft(1, rejected("a clinic")), draft(2, Action::Erase(erasure)), query(3)];
    journal.act_all(&good).await.unwrap();
    let log = journal.log().await.unwrap();
    assert_eq!((log.len(), &log[0].body), (3, &None), "what one does, the next can undo");
    assert_eq!(&Case::replay(&log).unwrap(), journal.case());
}

async fn what_is_erased_is_gone_and_the_log_holds(place: &Place) {
    let mut journal = Journal::open(place.store().await, "erased").await.unwrap();
    journal.act(&draft(1, rejected("saffron"))).await.unwrap();
    let erasure = Erasure { entries: vec![1], reason: "asked to".to_owned() };
    journal.act(&draft(2, Action::Erase(erasure))).await.unwrap();
    if let Place::File(folder) = place {
        for file in std::fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let left = bytes.windows(7).any(|window| window == b"saffron");
            assert!(!left, "{} still tells it", path.display());
        }
    }
    let log = journal.log().await.unwrap();
    assert_eq!(log[0].body, None);
    verify(&log).unwrap();
    assert_eq!(&Case::replay(&log).unwrap(), journal.case());
}

/// Judgements, claims, tasks and what was looked at, as a year of a desk leaves them; said in an order that is the same each time.
fn history(length: i64) -> impl Iterator<Item = Draft> {
    (1..=length).map(|at_us| {
        let number = u64::try_from(at_us).unwrap();
        let action = match at_us % 10 {
            0 => rejected(&format!("looked at {at_us}")),
            1 | 2 => Action::Claim(Claim {
                about: Topic { thing: format!("house {}", at_us % 97), what: "people".to_owned() },
                value: Value::Count { least: number % 50, most: Some(number % 50) },
                source: format!("source {}", at_us % 7),
                said: None,
                grade: Grade { reliability: Reliability::C, credibility: 3 },
                words: String::new(),
                basis: Vec::new(),
            }),
            3 => Action::Task(Task {
                about: format!("house {}", at_us % 97),
                kind: Kind::Inquiry,
                what: "ask the neighbours".to_owned(),
                due_us: None,
                lines: BTreeSet::new(),
            }),
            _ => Action::Query(Query { what: format!("page {at_us}") }),
        };
        draft(at_us, action)
    })
}

async fn a_long_history_comes_to_the_same_state(place: &Place) {
    const LENGTH: i64 = 100_000;
    let store = place.store().await;
    let mut head = None;
    let mut expected = Case::default();
    let drafts: Vec<Draft> = history(LENGTH).collect();
    for entry in store.append_all("long", head, &drafts).await.unwrap() {
        expected.apply(&entry, entry.action().unwrap().unwrap());
        head = Some(entry.head());
    }
    let journal = Journal::open(store, "long").await.unwrap();
    assert_eq!((journal.head(), journal.case()), (head, &expected));
    assert_eq!(journal.case().judgements().count(), 10_000);
    assert_eq!(journal.case().claims().count(), 20_000);
    verify(&journal.log().await.unwrap()).unwrap();
    // The seal of the last entry seals all of them: it is the same in every home.
    let seal = head.map(|head| head.seal.to_string()).unwrap();
    insta::assert_snapshot!("seal_of_a_long_history", seal);
}

async fn accounts_roles_and_sessions_are_kept_and_ended(place: &Place) {
    let store = place.store().await;
    let amal = Account {
        name: "amal".to_owned(),
        password: "$argon2id$…".to_owned(),
        is_administrator: true,
        failures: 0,
        locked_until_us: 0,
        must_change: true,
        is_ended: false,
    };
    assert!(store.add_account(&amal, 1).await.unwrap());
    assert!(!store.add_account(&amal, 2).await.unwrap(), "a name is taken once");
    wrong_passwords_are_counted_one_by_one(&store, &amal).await;
    assert_eq!(store.account("nobody").await.unwrap(), None);
    let role = |casebook: &str, role: &str| RoleOf {
        casebook: casebook.to_owned(),
        account: "amal".to_owned(),
        role: role.to_owned(),
    };
    for one in [role("lima", "viewer"), role("callao", "analyst"), role("lima", "viewer")] {
        store.add_role(&one).await.unwrap();
    }
    assert_eq!(
        store.roles_of("amal").await.unwrap(),
        [role("callao", "analyst"), role("lima", "viewer")]
    );
    store.end_role(&role("callao", "analyst")).await.unwrap();
    assert_eq!(store.roles().await.unwrap(), [role("lima", "viewer")]);
    let unknown = RoleOf { account: "nobody".to_owned(), ..role("lima", "viewer") };
    assert!(store.add_role(&unknown).await.is_err());
    let session = Session { account: "amal".to_owned(), token_name: None, until_us: 100 };
    store.add_session("seal", &session).await.unwrap();
    assert_eq!(store.session("seal", 99).await.unwrap(), Some(session));
    assert_eq!(store.session("seal", 100).await.unwrap(), None, "its time is over");
    store.end_session("seal", 99).await.unwrap();
    assert_eq!(store.session("seal", 1).await.unwrap(), None);
}

/// Also where many are tried at once.
async fn wrong_passwords_are_counted_one_by_one(store: &Store, amal: &Account) {
    let tried = (0..20).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.add_failure("amal").await.unwrap() })
    });
    let mut counts = Vec::new();
    for one in tried.collect::<Vec<_>>() {
        counts.push(one.await.unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<u32>>());
    store.lock_account("amal", 77).await.unwrap();
    let locked = Account { failures: 20, locked_until_us: 77, ..amal.clone() };
    assert_eq!(store.account("amal").await.unwrap(), Some(locked));
    store.forget_failures("amal").await.unwrap();
    assert_eq!(store.account("amal").await.unwrap().as_ref(), Some(amal));
}

async fn who_changes_their_password_or_is_ended_is_signed_out(place: &Place) {
    let store = place.store().await;
    let session = |token: Option<&str>| Session {
        account: "amal".to_owned(),
        token_name: token.map(str::to_owned),
        until_us: 100,
    };
    store.add_session("a", &session(None)).await.unwrap();
    store.add_session("b", &session(Some("report"))).await.unwrap();
    assert_eq!(
        store.tokens_of("amal", 99).await.unwrap(),
        [("b".to_owned(), session(Some("report")))]
    );
    assert!(store.tokens_of("amal", 100).await.unwrap().is_empty(), "its time is over");
    store.set_password("amal", "other", false).await.unwrap();
    assert_eq!(store.session("a", 1).await.unwrap(), None);
    assert_eq!(store.session("b", 1).await.unwrap(), None);
    let amal = store.account("amal").await.unwrap().unwrap();
    assert_eq!((&*amal.password, amal.must_change, amal.is_ended), ("other", false, false));
    store.end_account("amal").await.unwrap();
    assert!(store.account("amal").await.unwrap().unwrap().is_ended);
}

async fn a_job_is_done_by_one_and_taken_over_from_who_is_gone(place: &Place) {
    let store = place.store().await;
    let job = Job {
        id: "claimed".to_owned(),
        casebook: "lima".to_owned(),
        work: "find".to_owned(),
        actor: "amal".to_owned(),
        state: JobState::Waiting,
        told: String::new(),
        created_us: 2,
        changed_us: 2,
    };
    store.add_job(&job).await.unwrap();
    let claim = async |owner: &str, at_us, until_us| {
        store.claim_job("claimed", owner, at_us, until_us).await.unwrap()
    };
    assert!(claim("one", 3, 10).await);
    assert!(!claim("two", 9, 20).await, "it is being done");
    assert!(claim("one", 9, 20).await && !claim("two", 19, 30).await, "and still is");
    assert!(claim("two", 20, 30).await, "nothing was heard of the other");
    store.set_job("claimed", JobState::Done, "", 25).await.unwrap();
    assert!(!claim("one", 99, 100).await, "it is done");
    store.forget_jobs(25).await.unwrap();
    assert!(store.jobs().await.unwrap().iter().any(|job| job.id == "claimed"));
    store.forget_jobs(26).await.unwrap();
    assert!(store.jobs().await.unwrap().iter().all(|job| job.id != "claimed"));
}

async fn jobs_are_kept_with_how_they_stand(place: &Place) {
    let store = place.store().await;
    let job = Job {
        id: "a".to_owned(),
        casebook: "lima".to_owned(),
        work: "find".to_owned(),
        actor: "amal".to_owned(),
        state: JobState::Waiting,
        told: String::new(),
        created_us: 1,
        changed_us: 1,
    };
    store.add_job(&job).await.unwrap();
    store.set_job("a", JobState::Failed, "no such file", 5).await.unwrap();
    let failed =
        Job { state: JobState::Failed, told: "no such file".to_owned(), changed_us: 5, ..job };
    assert_eq!(place.store().await.jobs().await.unwrap(), [failed]);
}

async fn suite(place: &Place) {
    what_was_done_is_there_after_the_store_was_opened_again(place).await;
    of_many_who_write_at_once_all_get_their_place(place).await;
    who_decided_on_an_old_end_is_told_so_and_what_is_refused_leaves_no_trace(place).await;
    what_is_erased_is_gone_and_the_log_holds(place).await;
    of_several_all_are_done_or_none(place).await;
    accounts_roles_and_sessions_are_kept_and_ended(place).await;
    jobs_are_kept_with_how_they_stand(place).await;
    a_job_is_done_by_one_and_taken_over_from_who_is_gone(place).await;
    who_changes_their_password_or_is_ended_is_signed_out(place).await;
    a_long_history_comes_to_the_same_state(place).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_what_a_store_promises() {
    suite(&Place::file()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_holds_what_a_store_promises() {
    let postgres = Postgres::start();
    suite(&Place::Server(postgres.database("casebooks"))).await;
}

#[tokio::test]
async fn a_file_that_is_no_database_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let file: PathBuf = folder.path().join("casebook.sqlite");
    std::fs::write(&file, "not a database, and long enough to be none".repeat(40)).unwrap();
    assert!(Store::open(&file).await.is_err());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_so() {
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(Store::connect(&format!("postgres://nobody@{unused}/none")).await.is_err());
    assert!(Store::connect("casebook.sqlite").await.is_err());
}

#[tokio::test]
async fn a_full_disk_is_told_from_other_failures() {
    use sqlx::{Connection as _, Executor as _};
    let mut small = sqlx::SqliteConnection::connect("sqlite::memory:").await.unwrap();
    small.execute("PRAGMA max_page_count = 1").await.unwrap();
    let full = small.execute("CREATE TABLE entries (seq BIGINT)").await.unwrap_err();
    assert!(is_full(&ActError::from(StoreError::from(full))));
    let other = small.execute("nonsense").await.unwrap_err();
    assert!(!is_full(&StoreError::from(other)));
}
