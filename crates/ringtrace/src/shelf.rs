//! The casebooks of a folder, for the server.

use crate::casebook::{calls_file, fact_files, found_file, is_casebook, sightings_file};
use crate::source_rows;
use bytesize::ByteSize;
use feeds::identifier::{Numbering, region_of};
use feeds::in_text::numbers_in;
use report::{Fact, Report, ScreenedReport};
use screen::identifier::Numbers;
use screen::screening::Screener;
use server::{Casebooks, Preview, Receiving, SourceRow, Unavailable, Waiting, Work};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use store::{Journal, Store};
use tempfile::NamedTempFile;

/// A folder of casebooks.
pub(crate) struct Shelf {
    folder: PathBuf,
    /// The one casebook that is shown, where one was named.
    only: Option<String>,
    store: Store,
    /// Memory that work aims to stay below.
    memory: ByteSize,
    /// How numbers are read that somebody writes.
    numbering: Numbering,
    /// Reads what the words of a text say; made when the first comes.
    screener: OnceLock<Screener>,
}

/// How much more than that it may take before it is ended: what a hostile file makes of names and pairs is bounded by nothing else.
const SPARE: u64 = 2;

/// The ending of a casebook's folder.
const ENDING: &str = "ring";

impl Shelf {
    /// The casebooks of a folder; accounts, sessions and jobs are in the store.
    pub(crate) fn new(
        folder: PathBuf,
        only: Option<String>,
        store: Store,
        memory: ByteSize,
    ) -> Self {
        let numbering = Numbering::default();
        Self { folder, only, store, memory, numbering, screener: OnceLock::new() }
    }

    /// This program; a thread is left to the pages.
    fn program() -> Command {
        let program = std::env::current_exe().unwrap_or_else(|_| PathBuf::from("ringtrace"));
        let mut command = Command::new(program);
        command.args(["--threads", "1"]);
        command
    }

    /// The same where people write the national numbers of a country.
    pub(crate) fn with_country(mut self, code: Option<&str>) -> Self {
        self.numbering.country = code.and_then(region_of);
        self
    }

    fn path(&self, casebook: &str) -> PathBuf {
        self.folder.join(format!("{casebook}.{ENDING}"))
    }

    /// Where files that were sent wait.
    fn incoming(&self, casebook: &str) -> PathBuf {
        self.path(casebook).join("incoming")
    }

    fn all(&self) -> Result<Vec<String>, Unavailable> {
        let told = |error: std::io::Error| {
            Unavailable(format!("The folder of casebooks cannot be read: {error}"))
        };
        let mut names = Vec::new();
        for entry in std::fs::read_dir(&self.folder).map_err(told)? {
            let path = entry.map_err(told)?.path();
            if is_casebook(&path) && path.is_dir() {
                names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
            }
        }
        names.sort();
        names.retain(|name| self.only.as_ref().is_none_or(|only| only == name));
        Ok(names)
    }

    /// Removes what was being received when a program ended. What is younger than a day may be received by another server. Errors: it stays.
    pub(crate) fn sweep(&self) -> Result<(), Unavailable> {
        for casebook in self.all()? {
            let Ok(entries) = std::fs::read_dir(self.incoming(&casebook)) else { continue };
            for entry in entries.flatten() {
                let age = changed(&entry.path()).and_then(|at| at.elapsed().ok());
                let is_old = age.is_some_and(|age| age > PART_MAX);
                if is_old && entry.file_name().to_string_lossy().starts_with(PART) {
                    std::fs::remove_file(entry.path()).map_err(|error| not_kept(&error))?;
                }
            }
        }
        Ok(())
    }

    /// Casebooks whose names cannot stand in an address.
    pub(crate) fn unnamable(&self) -> Result<Vec<String>, Unavailable> {
        let mut names = self.all()?;
        names.retain(|name| !is_plain(name));
        Ok(names)
    }

    /// Whether facts came since rooms were last looked for, or they never were.
    pub(crate) fn is_behind(&self, casebook: &str) -> bool {
        let path = self.path(casebook);
        let facts = fact_files(&path).iter().filter_map(|file| changed(file)).max();
        facts.is_some_and(|facts| changed(&found_file(&path)).is_none_or(|found| found < facts))
    }
}

/// The ending of the template of a file that was sent.
const TEMPLATE: &str = ".template.toml";

fn template_of(received: &Path) -> PathBuf {
    let mut name = received.as_os_str().to_owned();
    name.push(TEMPLATE);
    PathBuf::from(name)
}

/// The beginning of the name of a file that is still being received.
const PART: &str = ".part-";
/// No file takes longer to come.
const PART_MAX: Duration = Duration::from_hours(24);

/// A file that is being received; let go of, it is gone.
struct Part {
    folder: PathBuf,
    writer: BufWriter<NamedTempFile>,
}

impl Write for Part {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.writer.flush()
    }
}

impl Receiving for Part {
    fn keep(self: Box<Self>, name: &str) -> Result<String, Unavailable> {
        let part = self.writer.into_inner().map_err(|error| not_kept(error.error()))?;
        part.as_file().sync_all().map_err(|error| not_kept(&error))?;
        let mut part = part;
        for nth in 1.. {
            let name = numbered(name, nth);
            // A template that was left would read another file than the one that it was mended for.
            if name.ends_with(TEMPLATE) || template_of(&self.folder.join(&name)).exists() {
                continue;
            }
            part = match part.persist_noclobber(self.folder.join(&name)) {
                Ok(_) => return Ok(name),
                Err(error) if error.error.kind() == ErrorKind::AlreadyExists => error.file,
                Err(error) => return Err(not_kept(&error.error)),
            };
        }
        Err(Unavailable("The file could not be kept: no name is free.".to_owned()))
    }
}

/// `calls.csv`, `calls-2.csv`, … The beginning stays: it can be whose records they are. What would be taken for a template is none.
fn numbered(name: &str, nth: u32) -> String {
    let name = name.strip_suffix(TEMPLATE).unwrap_or(name);
    match (nth, name.split_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, ending))) => format!("{stem}-{nth}.{ending}"),
        (_, None) => format!("{name}-{nth}"),
    }
}

fn not_kept(error: &std::io::Error) -> Unavailable {
    tracing::error!(error = error as &dyn std::error::Error, "a file that was sent");
    // By its kind: where files lie is nobody's business.
    Unavailable(format!("The file could not be kept or read: {}.", error.kind()))
}

fn is_plain(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    !name.is_empty() && name.chars().all(plain)
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|about| about.modified()).ok()
}

impl Casebooks for Shelf {
    fn is_there(&self, casebook: &str) -> bool {
        let is_shown = self.only.as_ref().is_none_or(|only| only == casebook);
        is_plain(casebook) && is_shown && self.path(casebook).is_dir()
    }

    fn names(&self) -> Result<Vec<String>, Unavailable> {
        let mut names = self.all()?;
        names.retain(|name| is_plain(name));
        Ok(names)
    }

    fn stamp(&self, casebook: &str) -> Option<u128> {
        let changed = changed(&found_file(&self.path(casebook)))?;
        changed.duration_since(UNIX_EPOCH).ok().map(|since| since.as_nanos())
    }

    fn found(&self, casebook: &str) -> Result<Report, Unavailable> {
        let read = || {
            let bytes = std::fs::read(found_file(&self.path(casebook)))?;
            let mut found: Report = serde_json::from_slice(&bytes)?;
            found.feeds.iter_mut().for_each(report::Feed::shorten);
            // What other sides found is told by the rooms that were joined.
            anyhow::Ok(Report { sides: Vec::new(), ..found })
        };
        read().map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "what was found cannot be read");
            Unavailable(
                "What was last found cannot be read: open Work, and look for rooms anew."
                    .to_owned(),
            )
        })
    }

    fn rows(&self, casebook: &str, facts: &[Fact]) -> Result<Vec<SourceRow>, Unavailable> {
        let path = self.path(casebook);
        source_rows::rows(&calls_file(&path), &sightings_file(&path), facts).map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "facts cannot be read");
            Unavailable("The casebook's facts cannot be read.".to_owned())
        })
    }

    fn files(&self, casebook: &str) -> Result<Vec<(String, String)>, Unavailable> {
        crate::casebook::hashes(&self.path(casebook)).map_err(|error| {
            tracing::error!(error = format!("{error:#}"), "what was imported is not known");
            Unavailable("What was imported into the casebook is not known.".to_owned())
        })
    }

    fn journal<'a>(&'a self, casebook: &'a str) -> Waiting<'a, Result<Journal, Unavailable>> {
        Box::pin(async move {
            crate::journal::journal(&self.path(casebook)).await.map_err(|error| {
                tracing::error!(error = format!("{error:#}"), "a log cannot be opened");
                Unavailable("The casebook's log cannot be opened.".to_owned())
            })
        })
    }

    fn command(&self, casebook: &str, work: &Work) -> Command {
        let mut command = Self::program();
        let memory = self.memory.to_string();
        if let Some(address) = crate::journal::shared_home() {
            command.env(crate::journal::SHARED, address);
        }
        match work {
            Work::Find => {
                command.args(["find", "--keep", "--memory", &memory]).arg(self.path(casebook))
            }
            Work::Import { file, zone, purpose, legal_basis } => {
                // By its own name: where it waits is nobody's business.
                command.current_dir(self.incoming(casebook));
                command.args(["import", "--memory", &memory]).arg(file);
                command.arg("--into").arg(self.path(casebook));
                if template_of(&self.incoming(casebook).join(file)).exists() {
                    command.arg("--template").arg(template_of(Path::new(file)));
                }
                if !zone.is_empty() {
                    command.args(["--zone", zone]);
                }
                command.env("RINGTRACE_PURPOSE", purpose).env("RINGTRACE_LEGAL_BASIS", legal_basis)
            }
        };
        command
    }

    fn memory_max(&self) -> u64 {
        self.memory.as_u64().saturating_mul(SPARE)
    }

    fn receive(&self, casebook: &str) -> Result<Box<dyn Receiving>, Unavailable> {
        let folder = self.incoming(casebook);
        std::fs::create_dir_all(&folder).map_err(|error| not_kept(&error))?;
        let part = tempfile::Builder::new().prefix(PART).tempfile_in(&folder);
        let part = part.map_err(|error| not_kept(&error))?;
        Ok(Box::new(Part { folder, writer: BufWriter::new(part) }))
    }

    fn forget(&self, casebook: &str, file: &str) -> Result<(), Unavailable> {
        let received = self.incoming(casebook).join(file);
        let template = template_of(&received);
        if template.exists() {
            std::fs::remove_file(template).map_err(|error| not_kept(&error))?;
        }
        std::fs::remove_file(received).map_err(|error| not_kept(&error))
    }

    fn received(&self, casebook: &str) -> Result<Vec<String>, Unavailable> {
        let Ok(entries) = std::fs::read_dir(self.incoming(casebook)) else { return Ok(Vec::new()) };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> =
            names.filter(|name| !name.ends_with(TEMPLATE) && !name.starts_with(PART)).collect();
        names.sort();
        Ok(names)
    }

    fn preview(
        &self,
        casebook: &str,
        file: &str,
        template: Option<&str>,
    ) -> Result<Preview, Unavailable> {
        let received = self.incoming(casebook).join(file);
        let kept = template_of(&received);
        if let Some(template) = template {
            std::fs::write(&kept, template).map_err(|error| not_kept(&error))?;
        }
        let mut command = Self::program();
        command.current_dir(self.incoming(casebook));
        command.args(["import", "--preview", file]);
        let option = if kept.exists() { "--template" } else { "--write-template" };
        let output = command.arg(option).arg(template_of(Path::new(file))).output();
        let output = output.map_err(|error| not_kept(&error))?;
        let said = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
        Ok(Preview {
            text: said.concat(),
            template: std::fs::read_to_string(&kept).unwrap_or_default(),
        })
    }

    fn numbers(&self, text: &str) -> Vec<String> {
        numbers_in(text, self.numbering)
    }

    fn screened(&self, text: &str) -> ScreenedReport {
        let numbers = || Numbers { countries: self.numbering.country.into_iter().collect() };
        let screener = self.screener.get_or_init(|| Screener::shipped(numbers()));
        crate::screener::screened_text(screener, text)
    }

    fn store(&self) -> &Store {
        &self.store
    }
}
