//! What a contributor repeats: `cargo xtask ci`, `test`, `lint`, `generate`, `fuzz`, `bench`, `load`.

mod bench;
mod bench_texts;
mod edges;
mod fuzz;
mod generate;
mod load;
mod services;
mod tidy;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "What a contributor repeats")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that CI runs: lint, then test
    Ci,
    /// Format, house rules, clippy, documentation, generated pages
    Lint,
    /// All tests; what they need is installed where it is missing
    Test,
    /// Write the generated reference pages, or check that they are up to date
    Generate {
        /// Only check
        #[arg(long)]
        check: bool,
    },
    /// Run every fuzz target for a while (needs a C++ compiler)
    Fuzz(fuzz::FuzzArgs),
    /// Time ringtrace and the peers in turn on the same file
    Bench(bench::BenchArgs),
    /// Time screening and the usual stacks for short texts in turn
    BenchTexts(bench_texts::BenchTextsArgs),
    /// Let many sessions look at a casebook at once, and print how long answers took
    Load(load::LoadArgs),
}

fn main() -> anyhow::Result<()> {
    let root = root()?;
    match Cli::parse().task {
        Task::Ci => {
            lint(&root)?;
            test(&root)
        }
        Task::Lint => lint(&root),
        Task::Test => test(&root),
        Task::Generate { check } => generate::run(&root, check),
        Task::Fuzz(args) => fuzz::run(&root, &args),
        Task::Bench(args) => bench::run(&root, &args),
        Task::BenchTexts(args) => bench_texts::run(&root, &args),
        Task::Load(args) => load::run(&root, &args),
    }
}

fn root() -> anyhow::Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(Path::to_owned).context("xtask lies inside the workspace")
}

fn lint(root: &Path) -> anyhow::Result<()> {
    cargo(root, &["fmt", "--all", "--check"], &[])?;
    tidy::run(root)?;
    edges::run(root)?;
    cargo(
        root,
        &["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"],
        &[],
    )?;
    let docs = ["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"];
    cargo(root, &docs, &[("RUSTDOCFLAGS", "-D warnings")])?;
    generate::run(root, true)
}

fn test(root: &Path) -> anyhow::Result<()> {
    services::ensure(root)?;
    cargo(root, &["test", "--workspace", "--locked"], &[])
}

fn cargo(root: &Path, args: &[&str], env: &[(&str, &str)]) -> anyhow::Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(args)
        .envs(env.iter().copied())
        .current_dir(root)
        .status()
        .with_context(|| format!("cargo {} could not be started", args.join(" ")))?;
    if !status.success() {
        bail!("cargo {} failed", args.join(" "));
    }
    Ok(())
}
