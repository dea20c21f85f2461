//! Files that commands write: never one's own records, and named for what they hold.

use crate::failure::Failure;
use std::path::{Path, PathBuf};

/// Refuses a Parquet file to write that is named for something else, or that is among the records read.
pub(crate) fn parquet(out: &Path, inputs: &[PathBuf]) -> anyhow::Result<()> {
    if out.extension().is_none_or(|extension| !extension.eq_ignore_ascii_case("parquet")) {
        let sentence =
            format!("{} does not end with .parquet, which is what is written", out.display());
        return Err(Failure::new(sentence, "name a file that ends so").into());
    }
    let is_out = |path: &PathBuf| {
        let (Ok(path), Ok(out)) = (path.canonicalize(), out.canonicalize()) else { return false };
        path == out
    };
    if crate::input::listed(inputs)?.iter().any(is_out) {
        return Err(Failure::new(
            format!("{} is among the records that are read: it would be lost", out.display()),
            "name another file to write",
        )
        .into());
    }
    Ok(())
}

/// Refuses to write over what is there.
pub(crate) fn fresh(out: &Path) -> anyhow::Result<()> {
    if out.exists() {
        return Err(Failure::new(
            format!("{} is there already", out.display()),
            "name another file, or move that one away",
        )
        .into());
    }
    Ok(())
}
