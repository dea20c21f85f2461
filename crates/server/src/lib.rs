//! The desk's server: pages where an analyst, a call taker and a protection officer work.
//!
//! Takes: casebooks ([`Casebooks`]), requests of browsers, of those who work at the desk and of everybody ([`Public`]). Gives: pages, masked unless a role and a reason allow more; each decision, reveal and look at a
//! record is an entry of the casebook's log. Decides: who may see and do what ([`Role`], [`Ability`]). The only crate that knows HTTP and roles; it does not know where
//! casebooks and their logs lie.
//!
//! Invariants: no page without a guard is seen by anybody but those named in `routes.rs`; a casebook in which somebody has no role does not exist for
//! them; a form is taken only from a page of the same session; pages are whole without scripts and ask no other host for anything.

mod api;
mod casebooks;
mod draw;
mod fault;
mod findings;
mod frame;
mod jobs;
mod journals;
mod listen;
mod memory;
mod metrics;
mod pages;
mod public;
mod retention;
mod role;
mod routes;
mod seat;
mod secret;
mod signing;

pub use casebooks::{Casebooks, Preview, Receiving, SourceRow, Unavailable, Waiting, Work};
pub use public::Public;
pub use role::{Ability, Role};
pub use secret::{SecretError, secret};

use axum::Router;
use findings::Findings;
use journals::Journals;
use metrics::Metrics;
use public::Pace;
use signing::{Askings, Revealed};
use std::sync::{Arc, Mutex};
use store::{JobState, StoreError};
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};

/// What all requests share.
pub(crate) struct Desk {
    pub(crate) casebooks: Arc<dyn Casebooks>,
    pub(crate) findings: Findings,
    pub(crate) journals: Journals,
    pub(crate) revealed: Revealed,
    /// Looks that are in the log and still go on.
    pub(crate) looking: Revealed,
    pub(crate) askings: Askings,
    /// Passwords that are looked at at once: each takes 19 MiB.
    pub(crate) passwords: Semaphore,
    /// The key with which the first account is made; gone once it was used.
    pub(crate) welcome_key: Mutex<Option<String>>,
    /// Whether browsers reach it by TLS alone.
    pub(crate) is_behind_tls: bool,
    /// What this server is known by among those that share a database: a word of chance.
    pub(crate) name: String,
    pub(crate) metrics: Metrics,
    /// The page for everybody, where there is one.
    pub(crate) public: Option<Public>,
    pub(crate) pace: Pace,
    /// Told when there is a job to do.
    pub(crate) jobs: Notify,
}

/// How a server is run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// With it, whoever has it makes the first account.
    pub welcome_key: Option<String>,
    /// Whether browsers reach it by TLS alone, through a proxy: cookies are for nothing else then.
    pub is_behind_tls: bool,
    /// The page for everybody, where there is to be one.
    pub public: Option<Public>,
}

/// The server.
pub struct Server {
    desk: Arc<Desk>,
}

/// Passwords that are looked at at once.
const PASSWORDS_MAX: usize = 2;

impl Server {
    /// A server for casebooks. Errors: the system gives no chance.
    pub fn new(casebooks: Arc<dyn Casebooks>, settings: Settings) -> Result<Self, SecretError> {
        let Settings { welcome_key, is_behind_tls, public } = settings;
        let desk = Desk {
            casebooks,
            findings: Findings::new(secret()?),
            is_behind_tls,
            name: secret()?,
            journals: Journals::default(),
            revealed: Revealed::default(),
            looking: Revealed::default(),
            askings: Askings::default(),
            passwords: Semaphore::new(PASSWORDS_MAX),
            welcome_key: Mutex::new(welcome_key),
            metrics: Metrics::default(),
            public,
            pace: Pace::default(),
            jobs: Notify::new(),
        };
        Ok(Self { desk: Arc::new(desk) })
    }

    /// Asks for work on a casebook, as the program itself. Errors: the store fails.
    pub async fn ask(&self, casebook: &str, work: &Work) -> Result<(), StoreError> {
        // What a server that ended was at is begun again by itself.
        if self.desk.has_job(casebook, work, JobState::is_open).await? {
            return Ok(());
        }
        self.desk.add_job(casebook, "ringtrace", work).await
    }

    /// All that is answered.
    pub fn router(&self) -> Router {
        routes::router(&self.desk)
    }

    /// What is answered to everybody, and nothing else: for an address that others reach.
    pub fn public_router(&self) -> Router {
        routes::public_router(&self.desk)
    }

    /// Answers until it is told to end; at the second address the page for everybody alone.
    pub async fn serve(
        self,
        listener: TcpListener,
        public: Option<TcpListener>,
        end: impl Future<Output = ()> + Send + 'static,
    ) {
        let (router, for_all) = (self.router(), self.public_router());
        let jobs = tokio::spawn(jobs::run(Arc::clone(&self.desk)));
        let retention = tokio::spawn(retention::run(Arc::clone(&self.desk)));
        // Work ends first: what a job was at is begun again at the next start.
        let end = async move {
            end.await;
            jobs.abort();
            retention.abort();
        };
        let for_all = public
            .map(|public| tokio::spawn(listen::answer(public, for_all, std::future::pending())));
        listen::answer(listener, router, end).await;
        if let Some(for_all) = for_all {
            for_all.abort();
        }
    }
}

/// Now, microseconds since 1970-01-01 UTC.
pub(crate) fn now_us() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}

#[cfg(test)]
mod tests;
