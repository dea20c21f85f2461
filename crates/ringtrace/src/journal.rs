//! The log of a casebook (`casebook.sqlite` in its folder, or in a database that is shared), for commands that wait for it.

use anyhow::Context as _;
use case::action::{Action, Reveal};
use case::log::{Draft, Entry};
use case::{Case, Refused};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use store::{ActError, Journal, Store};
use tokio::runtime::{Builder, Runtime};

use crate::failure::Failure;

/// What the one log of a casebook's folder is called in its database.
const NAME: &str = "casebook";

/// The variable that names a database which is shared, where the option is not given.
pub(crate) const SHARED: &str = "RINGTRACE_DATABASE";

/// The database that was named on the command line.
static GIVEN: OnceLock<String> = OnceLock::new();

/// Keeps logs in a shared database from now on; the first that is named stays.
pub(crate) fn share(address: String) {
    GIVEN.get_or_init(|| address);
}

/// The address of the database that logs are kept in; `None` where each is kept in its casebook's folder.
pub(crate) fn shared_home() -> Option<String> {
    GIVEN.get().cloned().or_else(|| std::env::var(SHARED).ok()).filter(|home| !home.is_empty())
}

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

/// Where a casebook keeps its log, unless it is kept in a shared database.
pub(crate) fn file(casebook: &Path) -> PathBuf {
    casebook.join("casebook.sqlite")
}

/// The store that a casebook's log is in, and what the log is called there. `to_write` makes it where it is not there.
async fn home(casebook: &Path, to_write: bool) -> anyhow::Result<(Store, String)> {
    if let Some(address) = shared_home() {
        let store = Store::connect(&address).await.context("the shared database is not reached")?;
        let name = casebook.file_stem().map(|name| name.to_string_lossy().into_owned());
        return Ok((store, name.unwrap_or_default()));
    }
    let file = file(casebook);
    let store = if to_write { Store::open(&file).await } else { Store::look(&file).await };
    Ok((store.with_context(|| not_opened(casebook))?, NAME.to_owned()))
}

fn not_opened(casebook: &Path) -> String {
    format!("the log in {} could not be opened", file(casebook).display())
}

/// A casebook's log, for the server.
pub(crate) async fn journal(casebook: &Path) -> anyhow::Result<Journal> {
    let (store, name) = home(casebook, true).await?;
    Ok(Journal::open(store, &name).await?)
}

/// Whether a casebook can have a log.
fn has_log(casebook: &Path) -> bool {
    shared_home().is_some() || file(casebook).exists()
}

impl Log {
    /// Opens a casebook's log, begun where there is none.
    pub(crate) fn open(casebook: &Path) -> anyhow::Result<Self> {
        Self::of(casebook, true)
    }

    fn of(casebook: &Path, to_write: bool) -> anyhow::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (store, journal) = runtime.block_on(async {
            let (store, name) = home(casebook, to_write).await?;
            let journal = Journal::open(store.clone(), &name).await;
            anyhow::Ok((store, journal.with_context(|| not_opened(casebook))?))
        })?;
        Ok(Self { runtime, store, journal })
    }

    /// Opens a casebook's log to look at it; `None` where there is none. Errors: it cannot be read.
    pub(crate) fn look(casebook: &Path) -> anyhow::Result<Option<Self>> {
        if !has_log(casebook) {
            return Ok(None);
        }
        Self::of(casebook, false).map(Some).map_err(|error| unreadable(casebook, &error))
    }

    /// What the log amounts to.
    pub(crate) fn case(&self) -> &Case {
        self.journal.case()
    }

    /// Does something; it is on disk once this returns.
    pub(crate) fn act(&mut self, action: Action) -> anyhow::Result<Entry> {
        self.runtime.block_on(self.journal.act(&draft(action)?)).map_err(told)
    }

    /// Does several things, all of them or none. Errors: the place of one that cannot follow, and why not.
    pub(crate) fn act_all(
        &mut self,
        actions: Vec<Action>,
    ) -> Result<Vec<Entry>, (usize, anyhow::Error)> {
        let drafts = actions.into_iter().map(draft).collect::<anyhow::Result<Vec<_>>>();
        let drafts = drafts.map_err(|error| (0, error))?;
        let done = self.runtime.block_on(self.journal.act_all(&drafts));
        done.map_err(|(nth, error)| (nth, told(error)))
    }
}

/// Something that is done now by who runs the program, for what the environment says.
fn draft(action: Action) -> anyhow::Result<Draft> {
    Ok(Draft {
        at_us: jiff::Timestamp::now().as_microsecond(),
        actor: std::env::var("USER").unwrap_or_else(|_| "unknown".to_owned()),
        purpose: std::env::var("RINGTRACE_PURPOSE").unwrap_or_default(),
        legal_basis: std::env::var("RINGTRACE_LEGAL_BASIS").unwrap_or_default(),
        salt: salt()?,
        action,
    })
}

/// All entries of a casebook's log, whether they hold or not; `None` where it has none.
pub(crate) fn read(casebook: &Path) -> anyhow::Result<Option<Vec<Entry>>> {
    if !has_log(casebook) {
        return Ok(None);
    }
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let entries = runtime.block_on(async {
        let (store, name) = home(casebook, false).await?;
        let entries = store.log(&name, 0).await;
        store.close().await;
        anyhow::Ok(entries?)
    });
    entries.map(Some).map_err(|error| unreadable(casebook, &error))
}

fn unreadable(casebook: &Path, error: &anyhow::Error) -> anyhow::Error {
    let sentence = format!("the log of {} cannot be read: {error:#}", casebook.display());
    let hint = if shared_home().is_some() {
        "see that the database's address is right, and that it is reached"
    } else {
        "put casebook.sqlite back from a copy; the facts beside it are whole"
    };
    Failure::new(sentence, hint).into()
}

fn told(error: ActError) -> anyhow::Error {
    match error {
        ActError::Refused(Refused::NoReason) => {
            Failure::new("a reason must be given", "say why with --reason").into()
        }
        full if store::is_full(&full) => Failure::new(
            "the disk is full: that was not done, and nothing was changed",
            "free some space, or keep the casebook on another disk",
        )
        .into(),
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
