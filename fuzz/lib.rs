//! What every reader is held to, whatever its bytes.

use facts::{Calls, Quarantine, Settings};
use feeds::{FileReport, Reading, Template};

/// Reads delimited bytes as the program does; `None` where they are refused as a whole.
pub fn read(bytes: &[u8], template: Option<&Template>) -> Option<(Calls, Quarantine, Vec<FileReport>)> {
    let mut reading = Reading::new(Settings::default());
    let opened = feeds::read::open(Box::new(bytes), template).ok()?;
    reading.delimited("fuzzed", "fuzzed", opened, &|_| ()).ok()?;
    reading.finish().ok()
}

/// No row is lost: rows in = facts (calls and sightings) + duplicates + quarantined.
pub fn hold(calls: &Calls, quarantine: &Quarantine, files: &[FileReport]) {
    let rows: usize = files.iter().map(|file| file.rows).sum();
    assert_eq!(rows, calls.len() + calls.sightings + calls.duplicates + quarantine.len());
}
