//! Files that are there whole or not at all.

use anyhow::Context as _;
use std::io::Write as _;
use std::path::Path;

/// Writes a file beside its place, its folder made where it is not there, and moves it there when it is whole and on disk.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let told = || format!("{} could not be written: nothing was changed", path.display());
    std::fs::create_dir_all(folder).with_context(told)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(told)?;
    file.write_all(bytes).with_context(told)?;
    file.as_file().sync_all().with_context(told)?;
    file.persist(path).with_context(told)?;
    Ok(())
}
