//! The logs of casebooks, kept open; what is done through the server is done by somebody, now, for a purpose.

use crate::casebooks::Unavailable;
use crate::fault::Fault;
use crate::seat::Seat;
use crate::secret::secret;
use crate::{Desk, now_us};
use case::log::{Draft, Entry};
use case::{Action, Case};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Journal;
use tokio::sync::{Mutex, OnceCell, OwnedMutexGuard};

/// A log, once it was opened.
type Opened = Arc<OnceCell<Arc<Mutex<Journal>>>>;

/// The logs that are open, by casebook.
#[derive(Default)]
pub(crate) struct Journals {
    open: Mutex<BTreeMap<String, Opened>>,
}

/// What a desk does is for this, unless something else is said.
const PURPOSE: &str = "work at the desk";

impl Desk {
    /// The log of a casebook, for one at a time.
    async fn journal(&self, casebook: &str) -> Result<OwnedMutexGuard<Journal>, Fault> {
        let opened =
            self.journals.open.lock().await.entry(casebook.to_owned()).or_default().clone();
        // Who asks for another casebook does not wait while this log is read.
        let open = async || -> Result<_, Unavailable> {
            Ok(Arc::new(Mutex::new(self.casebooks.journal(casebook).await?)))
        };
        Ok(Arc::clone(opened.get_or_try_init(open).await?).lock_owned().await)
    }

    /// Asks something of the case as it is now. Errors: the store fails.
    pub(crate) async fn case<T>(
        &self,
        casebook: &str,
        ask: impl FnOnce(&Case) -> T,
    ) -> Result<T, Fault> {
        let mut journal = self.journal(casebook).await?;
        journal.catch_up().await?;
        Ok(ask(journal.case()))
    }

    /// The whole log. Errors: the store fails.
    pub(crate) async fn log(&self, casebook: &str) -> Result<Vec<Entry>, Fault> {
        let journal = self.journal(casebook).await?;
        Ok(journal.log().await?)
    }

    /// Does something in the seat's casebook; it is on disk once this returns. Errors: it is refused, or the store fails.
    pub(crate) async fn act(&self, seat: &Seat, action: Action) -> Result<Entry, Fault> {
        self.act_for(&seat.casebook, &seat.account, action).await
    }

    /// The same for somebody else, who asked for it.
    pub(crate) async fn act_for(
        &self,
        casebook: &str,
        actor: &str,
        action: Action,
    ) -> Result<Entry, Fault> {
        let draft = Draft {
            at_us: now_us(),
            actor: actor.to_owned(),
            purpose: PURPOSE.to_owned(),
            legal_basis: String::new(),
            salt: secret()?,
            action,
        };
        let mut journal = self.journal(casebook).await?;
        Ok(journal.act(&draft).await?)
    }
}
