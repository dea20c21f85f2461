//! The log of a casebook (`casebook.sqlite` in its folder), for commands that wait for it.

use anyhow::Context as _;
use case::action::{Action, Reveal};
use case::log::{Draft, Entry};
use case::{Case, Refused};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use store::{ActError, Journal, Store, StoreError};
use tokio::runtime::{Builder, Runtime};

use crate::failure::Failure;

/// A store that is being opened.
type Opening<'a> = Pin<Box<dyn Future<Output = Result<Store, StoreError>> + 'a>>;

/// What the one log of a casebook's folder is called in its database.
const NAME: &str = "casebook";

/// A casebook's log. It is closed when it is let go, so that the database is one whole file again.
pub(crate) struct Log {
    runtime: Runtime,
    store: Store,
    journal: Journal,
}

impl Drop for Log {
    fn drop(&mut self) {
        self.runtime.block_on(self.store.clone().close());
    }
}

/// Where a casebook keeps its log.
pub(crate) fn file(casebook: &Path) -> PathBuf {
    casebook.join("casebook.sqlite")
}

impl Log {
    /// Opens a casebook's log, begun where there is none.
    pub(crate) fn open(casebook: &Path) -> anyhow::Result<Self> {
        Self::of(casebook, |file| Box::pin(Store::open(file)))
    }

    fn of(casebook: &Path, open: impl FnOnce(&Path) -> Opening<'_>) -> anyhow::Result<Self> {
        let file = file(casebook);
        let place = || format!("the log in {} could not be opened", file.display());
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (store, journal) = runtime.block_on(async {
            let store = open(&file).await.with_context(place)?;
            let journal = Journal::open(store.clone(), NAME).await.with_context(place)?;
            anyhow::Ok((store, journal))
        })?;
        Ok(Self { runtime, store, journal })
    }

    /// Opens a casebook's log to look at it; `None` where there is none.
    pub(crate) fn look(casebook: &Path) -> anyhow::Result<Option<Self>> {
        if !file(casebook).exists() {
            return Ok(None);
        }
        Self::of(casebook, |file| Box::pin(Store::look(file))).map(Some)
    }

    /// What the log amounts to.
    pub(crate) fn case(&self) -> &Case {
        self.journal.case()
    }

    /// Does something; it is on disk once this returns.
    pub(crate) fn act(&mut self, action: Action) -> anyhow::Result<Entry> {
        let draft = Draft {
            at_us: jiff::Timestamp::now().as_microsecond(),
            actor: std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned()),
            purpose: std::env::var("RINGTRACE_PURPOSE").unwrap_or_default(),
            legal_basis: std::env::var("RINGTRACE_LEGAL_BASIS").unwrap_or_default(),
            salt: salt()?,
            action,
        };
        self.runtime.block_on(self.journal.act(&draft)).map_err(told)
    }
}

/// All entries of a casebook's log, whether they hold or not; `None` where it has none.
pub(crate) fn read(casebook: &Path) -> anyhow::Result<Option<Vec<Entry>>> {
    let file = file(casebook);
    if !file.exists() {
        return Ok(None);
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let entries = runtime.block_on(async {
        let store = Store::look(&file).await?;
        let entries = store.log(NAME, 0).await;
        store.close().await;
        entries
    });
    entries.map(Some).map_err(|error| {
        let sentence =
            format!("{} cannot be read: {:#}", file.display(), anyhow::Error::new(error));
        Failure::new(sentence, "put it back from a copy; the facts beside it are whole").into()
    })
}

fn told(error: ActError) -> anyhow::Error {
    match error {
        ActError::Refused(Refused::NoReason) => {
            Failure::new("a reason must be given", "say why with --reason").into()
        }
        other => anyhow::Error::new(other).context("that was not done"),
    }
}

/// A word of chance: 128 bits.
fn salt() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("no chance from the system: {error}"))?;
    Ok(u128::from_le_bytes(bytes).to_string())
}

/// Records that more than usual was shown.
pub(crate) fn record_reveal(casebook: &Path, command: &str) -> anyhow::Result<()> {
    let reveal = Reveal {
        what: command.to_owned(),
        person: None,
        reason: "asked for on the command line".to_owned(),
        second: None,
    };
    Log::open(casebook)?.act(Action::Reveal(reveal)).context("the reveal could not be recorded")?;
    Ok(())
}
