//! What the server asks of whoever keeps casebooks: it does not know where they lie.

use report::{Fact, Report, ScreenedReport, Source};
use std::future::Future;
use std::io::Write;
use std::pin::Pin;
use store::{Journal, Store};

/// Something to be awaited.
pub type Waiting<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why something of a casebook cannot be had: a sentence for a person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unavailable(pub String);

/// A fact's row in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// The line that called or was seen.
    pub line: String,
    /// The line that was called.
    pub callee: Option<String>,
    /// When, by the clock of the feed's zone.
    pub start: String,
    /// Seconds of talk, or of being seen.
    pub duration_s: i64,
    /// How the call ended.
    pub outcome: String,
    /// The file.
    pub file: String,
    /// The row in it.
    pub row: u32,
}

impl SourceRow {
    /// Where a fact stands: the first of the rows that tell it.
    pub fn of(fact: &Fact, rows: &[Self]) -> Option<Source> {
        let row = rows.iter().find(|row| {
            row.line == fact.line && row.callee == fact.callee && row.start == fact.start
        })?;
        Some(Source { file: row.file.clone(), row: row.row })
    }
}

/// Long work on a casebook.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub enum Work {
    /// Looks for rooms anew.
    Find,
    /// Adds what a file that was sent holds to the facts.
    Import {
        /// The file, as it was received.
        file: String,
        /// The clock of its moments, where somebody said it.
        zone: String,
        /// What for.
        purpose: String,
        /// On which legal basis.
        legal_basis: String,
    },
}

/// How a file that was sent is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What is understood of its first rows, and what is not, with masked numbers.
    pub text: String,
    /// The template that it is read by (TOML).
    pub template: String,
}

/// A file that is being received: what is let go of before it is kept was never there.
pub trait Receiving: Write + Send {
    /// Keeps it whole, under a name or one like it that no other file has: that name. Errors: it cannot be kept.
    fn keep(self: Box<Self>, name: &str) -> Result<String, Unavailable>;
}

/// Whoever keeps casebooks. All but [`Casebooks::journal`] may block.
pub trait Casebooks: Send + Sync + 'static {
    /// The casebooks that there are. Errors: they cannot be listed.
    fn names(&self) -> Result<Vec<String>, Unavailable>;

    /// Whether there is a casebook of a name, and it is shown.
    fn is_there(&self, casebook: &str) -> bool;

    /// Changes whenever something was found anew; `None` where nothing was found yet.
    fn stamp(&self, casebook: &str) -> Option<u128>;

    /// What was last found, whole. Errors: it cannot be read.
    fn found(&self, casebook: &str) -> Result<Report, Unavailable>;

    /// The files and rows of facts. Errors: the facts cannot be read.
    fn rows(&self, casebook: &str, facts: &[Fact]) -> Result<Vec<SourceRow>, Unavailable>;

    /// The files that were imported, each with the BLAKE3 of its bytes in hexadecimal. Errors: they are not known.
    fn files(&self, casebook: &str) -> Result<Vec<(String, String)>, Unavailable>;

    /// The log of a casebook. Errors: it cannot be opened.
    fn journal<'a>(&'a self, casebook: &'a str) -> Waiting<'a, Result<Journal, Unavailable>>;

    /// A command that does long work in a process of its own; what it last says is shown.
    fn command(&self, casebook: &str, work: &Work) -> std::process::Command;

    /// Memory that such a command may take before it is ended, bytes.
    fn memory_max(&self) -> u64;

    /// Begins to receive a file. Errors: it cannot be written.
    fn receive(&self, casebook: &str) -> Result<Box<dyn Receiving>, Unavailable>;

    /// Lets go of a file that was received. Errors: it stays.
    fn forget(&self, casebook: &str, file: &str) -> Result<(), Unavailable>;

    /// The files that were received and not yet imported. Errors: they cannot be listed.
    fn received(&self, casebook: &str) -> Result<Vec<String>, Unavailable>;

    /// How a received file is read: by a template that is kept from then on, or as it is recognised. Errors: it cannot be read.
    fn preview(
        &self,
        casebook: &str,
        file: &str,
        template: Option<&str>,
    ) -> Result<Preview, Unavailable>;

    /// The phone numbers in a text, in international form, each once.
    fn numbers(&self, text: &str) -> Vec<String>;

    /// What the words of a text say. The text is not kept.
    fn screened(&self, text: &str) -> ScreenedReport;

    /// Where accounts, sessions and jobs are kept.
    fn store(&self) -> &Store;
}
