//! One casebook's log and the case that it amounts to, kept together.

use crate::{AppendError, Store, StoreError};
use case::log::{Broken, Draft, Entry, Head};
use case::{Case, Refused};

/// A casebook's log in a store, and its case.
#[derive(Clone, Debug)]
pub struct Journal {
    store: Store,
    casebook: String,
    head: Option<Head>,
    case: Case,
}

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// It cannot follow what was done so far.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The log does not hold.
    #[error("the log is broken at {0}")]
    Broken(#[from] Broken),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Journal {
    /// A casebook's log, read to its end. Errors: the store fails; an entry says nothing known.
    pub async fn open(store: Store, casebook: &str) -> Result<Self, ActError> {
        let casebook = casebook.to_owned();
        let mut journal = Self { store, casebook, head: None, case: Case::default() };
        journal.catch_up().await?;
        Ok(journal)
    }

    /// What the log amounts to.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The end of the log.
    pub fn head(&self) -> Option<Head> {
        self.head
    }

    /// The whole log. Errors: the store fails.
    pub async fn log(&self) -> Result<Vec<Entry>, StoreError> {
        self.store.log(&self.casebook, 0).await
    }

    /// Takes in what others did meanwhile. Errors: the store fails; an entry says nothing known.
    pub async fn catch_up(&mut self) -> Result<(), ActError> {
        let seq = self.head.map_or(0, |head| head.seq);
        for entry in self.store.log(&self.casebook, seq).await? {
            if let Some(action) = entry.action()? {
                self.case.apply(&entry, action);
            }
            self.head = Some(entry.head());
        }
        Ok(())
    }

    /// Does several things in order, all of them or none: each is asked whether it can follow those before it. Errors: as [`Self::act`], with the place of the one
    /// that cannot follow.
    pub async fn act_all(&mut self, drafts: &[Draft]) -> Result<Vec<Entry>, (usize, ActError)> {
        loop {
            let mut after = self.case.clone();
            let mut head = self.head;
            for (nth, draft) in drafts.iter().enumerate() {
                let of = |error: ActError| (nth, error);
                after
                    .check(&draft.actor, draft.at_us, &draft.action)
                    .map_err(|no| of(no.into()))?;
                let entry = Entry::after(head, draft);
                let entry =
                    entry.map_err(|error| of(StoreError::Body(error.to_string()).into()))?;
                after.apply(&entry, draft.action.clone());
                head = Some(entry.head());
            }
            match self.store.append_all(&self.casebook, self.head, drafts).await {
                Ok(entries) => {
                    (self.case, self.head) = (after, head);
                    return Ok(entries);
                }
                Err(AppendError::Moved(_)) => self.catch_up().await.map_err(|error| (0, error))?,
                Err(AppendError::Store(error)) => return Err((0, error.into())),
            }
        }
    }

    /// Does something: it is asked whether it can follow all that was done, also by others meanwhile, and is on disk once this returns. Errors: it cannot
    /// follow; the store fails; an entry says nothing known.
    pub async fn act(&mut self, draft: &Draft) -> Result<Entry, ActError> {
        loop {
            self.case.check(&draft.actor, draft.at_us, &draft.action)?;
            match self.store.append(&self.casebook, self.head, draft).await {
                Ok(entry) => {
                    self.case.apply(&entry, draft.action.clone());
                    self.head = Some(entry.head());
                    return Ok(entry);
                }
                Err(AppendError::Moved(_)) => self.catch_up().await?,
                Err(AppendError::Store(error)) => return Err(error.into()),
            }
        }
    }
}
