//! A casebook's folder: `NAME.ring/facts/calls/*.parquet` and what its feeds were. Other vantage points of the same time are casebooks within it:
//! `NAME.ring/vantage/OTHER.ring`.

use crate::failure::Failure;
use crate::input::Input;
use crate::printer::Printer;
use anyhow::Context as _;
use domain::mask::Sight;
use serde::{Deserialize, Serialize};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// What a casebook remembers of its feeds.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Feeds {
    /// The wall clock of the place that the records are from.
    pub(crate) zone: Option<String>,
    /// Files that were imported.
    #[serde(default)]
    pub(crate) feed: Vec<Imported>,
}

/// The files that were imported, each with the BLAKE3 of its bytes. Errors: it cannot be read.
pub(crate) fn hashes(casebook: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let feeds = feeds(casebook)?.feed.into_iter();
    Ok(feeds.map(|feed| (feed.name, feed.blake3)).collect())
}

/// The folder of a casebook's other vantage points.
const VANTAGE: &str = "vantage";

/// A file that was imported.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Imported {
    /// Its name.
    pub(crate) name: String,
    /// BLAKE3 of its bytes.
    pub(crate) blake3: String,
    /// How it was read.
    pub(crate) template: String,
    /// Rows, calls and quarantined rows.
    pub(crate) rows: usize,
    /// Rows that became calls.
    pub(crate) calls: usize,
    /// Rows that are none.
    pub(crate) quarantined: usize,
}

/// Whether a path is a casebook: a folder whose name ends with `.ring`.
pub(crate) fn is_casebook(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ring")
}

/// Held while facts or results of a casebook are written: of two programs at work on it the second waits. Errors: it cannot be held.
pub(crate) fn hold(casebook: &Path, printer: &Printer) -> anyhow::Result<File> {
    let parent = casebook.parent().filter(|parent| !parent.as_os_str().is_empty());
    // One that is to be made is held by the folder that it will lie in.
    let place = if casebook.is_dir() { casebook } else { parent.unwrap_or(Path::new(".")) };
    let told = || format!("{} cannot be held while it is written to", place.display());
    let held = File::open(place).with_context(told)?;
    match held.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let name = casebook.display();
            printer.say(&format!("waiting: another program writes to {name}"));
            held.lock().with_context(told)?;
        }
        Err(TryLockError::Error(error)) => return Err(error).with_context(told),
    }
    sweep(casebook);
    Ok(held)
}

/// Removes what programs that were killed left half-written: whoever holds a casebook is the only one who writes to it.
fn sweep(casebook: &Path) {
    for folder in ["", "facts/calls", "facts/sightings", "facts", "derived"] {
        let Ok(entries) = std::fs::read_dir(casebook.join(folder)) else { continue };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(".tmp") {
                // What cannot be removed does no harm but for its size.
                let _left = std::fs::remove_file(entry.path());
            }
        }
    }
}

/// The name of the vantage point that `find` looks from where none is said.
pub(crate) const OWN: &str = "own";

/// Where a casebook keeps what another vantage point saw. Errors: the name is none that a folder can have everywhere, or that of the casebook's own.
pub(crate) fn vantage(casebook: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let plain = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
    };
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Failure::new(
            format!("“{name}” is no name for a vantage point"),
            "use small letters, digits, - and _, such as target",
        )
        .into());
    }
    if name == OWN {
        return Err(Failure::new(
            format!("“{OWN}” is the casebook's own vantage point"),
            "leave --vantage out to add to it, or give the other one a name, such as target",
        )
        .into());
    }
    Ok(casebook.join(VANTAGE).join(format!("{name}.ring")))
}

/// The other vantage points of a casebook, by name; one whose import came to no end has no facts yet. Errors: its folder cannot be read.
pub(crate) fn vantages(casebook: &Path) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let folder = casebook.join(VANTAGE);
    let told = || format!("{} could not be read", folder.display());
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(told)? {
        let path = entry.with_context(told)?.path();
        let has_facts = is_casebook(&path) && fact_files(&path).iter().all(|file| file.exists());
        if let Some(name) = path.file_stem().filter(|_| has_facts) {
            found.push((name.to_string_lossy().into_owned(), path));
        }
    }
    found.sort();
    Ok(found)
}

/// Where a casebook keeps its calls.
pub(crate) fn calls_file(casebook: &Path) -> PathBuf {
    casebook.join("facts").join("calls").join("calls.parquet")
}

/// Where a casebook keeps its sightings.
pub(crate) fn sightings_file(casebook: &Path) -> PathBuf {
    casebook.join("facts").join("sightings").join("sightings.parquet")
}

/// Where a casebook keeps where its cells stand.
pub(crate) fn cells_file(casebook: &Path) -> PathBuf {
    casebook.join("cells.csv")
}

/// Where a casebook keeps what was last found in it. It can be deleted, and found again.
pub(crate) fn found_file(casebook: &Path) -> PathBuf {
    casebook.join("derived").join("find.json")
}

/// The files of a casebook's facts: that of the calls, and that of the sightings where there are any.
pub(crate) fn fact_files(casebook: &Path) -> Vec<PathBuf> {
    let sightings = Some(sightings_file(casebook)).filter(|path| path.exists());
    // A casebook without calls is told so by name, one with sightings alone is read.
    let calls = Some(calls_file(casebook)).filter(|path| sightings.is_none() || path.exists());
    calls.into_iter().chain(sightings).collect()
}

/// What a casebook remembers; nothing where it is new.
pub(crate) fn feeds(casebook: &Path) -> anyhow::Result<Feeds> {
    let path = casebook.join("feeds.toml");
    match std::fs::read_to_string(&path) {
        Ok(text) => toml::from_str(&text).with_context(|| format!("{} is damaged", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Feeds::default()),
        Err(error) => Err(error).with_context(|| format!("{} could not be read", path.display())),
    }
}

/// Writes an input as the casebook's facts. Each file is there whole or not at all; the list of feeds comes last.
/// Quarantined rows of earlier imports stay but for those of files read `again`.
pub(crate) fn write(
    casebook: &Path,
    input: &Input,
    imported: Vec<Imported>,
    again: &[String],
) -> anyhow::Result<()> {
    if casebook.exists() && !casebook.is_dir() {
        return Err(Failure::new(
            format!("{} is not a folder", casebook.display()),
            "name a folder that ends with .ring",
        )
        .into());
    }
    if !input.calls.is_empty() || input.calls.sightings == 0 {
        crate::fact_file::write_calls(input, &calls_file(casebook))?;
    }
    if input.calls.sightings > 0 {
        crate::fact_file::write_sightings(input, &sightings_file(casebook))?;
    }
    let quarantine = casebook.join("quarantine.parquet");
    let kept = crate::fact_file::quarantine_but_of(again, &quarantine)?;
    crate::fact_file::write_quarantine(input, Sight::Revealed, &kept, &quarantine)?;
    let feeds = Feeds { zone: Some(input.zone().to_owned()), feed: imported };
    crate::whole_file::write(
        &casebook.join("feeds.toml"),
        toml::to_string_pretty(&feeds)?.as_bytes(),
    )
}

/// BLAKE3 of a file's bytes, in hexadecimal.
pub(crate) fn hash(path: &Path) -> anyhow::Result<String> {
    let mut hasher = blake3::Hasher::new();
    std::io::copy(&mut crate::input::opened(path)?, &mut hasher)?;
    Ok(hasher.finalize().to_hex().to_string())
}
