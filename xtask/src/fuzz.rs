//! Runs every fuzz target for a while.

use anyhow::Context as _;
use clap::Args;
use std::path::Path;
use std::process::Command;

/// How long to fuzz.
#[derive(Args)]
pub(crate) struct FuzzArgs {
    /// Seconds for each target
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

/// Installs cargo-fuzz where it is missing, then runs the targets one after the other. Errors: one of them found something; its input lies in
/// `fuzz/artifacts`.
pub(crate) fn run(root: &Path, args: &FuzzArgs) -> anyhow::Result<()> {
    let there = Command::new("cargo").args(["fuzz", "--version"]).output()?;
    if !there.status.success() {
        crate::cargo(root, &["install", "cargo-fuzz", "--locked"], &[])?;
    }
    for target in targets(root)? {
        let seconds = format!("-max_total_time={}", args.seconds);
        // libFuzzer's instrumentation is not stable; the pinned compiler can do it all the same. There is no unsafe code for a sanitizer to watch.
        let args = ["fuzz", "run", "-s", "none", &target, "--", &seconds, "-timeout=20"];
        crate::cargo(root, &args, &[("RUSTC_BOOTSTRAP", "1"), ("RAYON_NUM_THREADS", "1")])?;
    }
    Ok(())
}

fn targets(root: &Path) -> anyhow::Result<Vec<String>> {
    let folder = root.join("fuzz").join("fuzz_targets");
    let mut targets = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    targets.sort();
    Ok(targets)
}
