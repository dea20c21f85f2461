//! What tests run against for real: a `PostgreSQL` server and a Chromium. Where they are not there, Debian's packages are installed.

use anyhow::{Context as _, bail};
use std::path::Path;
use std::process::Command;

/// Installs what is missing. Errors: it cannot be installed here.
pub(crate) fn ensure(root: &Path) -> anyhow::Result<()> {
    packages()?;
    validators(root)
}

/// Libraries of the formats that exports have, with which the tests hold them against.
const VALIDATORS: [&str; 2] = ["followthemoney==4.11.2", "pymisp==2.5.34.4"];

/// Installs those in an environment of their own, beside what is built.
fn validators(root: &Path) -> anyhow::Result<()> {
    let folder = root.join("target").join("validators");
    let python = folder.join("bin").join("python");
    let has = |python: &Path| {
        let asked = Command::new(python).args(["-c", "import followthemoney, pymisp"]).output();
        asked.is_ok_and(|asked| asked.status.success())
    };
    if has(&python) {
        return Ok(());
    }
    told(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    told(Command::new(&python).args(["-m", "pip", "install", "-q"]).args(VALIDATORS))
}

fn told(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("{command:?} could not be run"))?;
    if !status.success() {
        bail!("{command:?} failed: the tests need a Python with {}", VALIDATORS.join(" and "));
    }
    Ok(())
}

fn packages() -> anyhow::Result<()> {
    let mut missing = Vec::new();
    if !has_postgres() {
        missing.push("postgresql");
    }
    for (program, package) in [("chromium", "chromium"), ("chromedriver", "chromium-driver")] {
        if !is_on_path(program) {
            missing.push(package);
        }
    }
    let has_venv = Command::new("python3").args(["-c", "import ensurepip"]).output();
    if !has_venv.is_ok_and(|asked| asked.status.success()) {
        missing.push("python3-venv");
    }
    // For pictures of pages in Chinese; tests pass without it.
    let has_fonts = Path::new("/usr/share/fonts/truetype/droid").exists();
    if missing.is_empty() && (has_fonts || !is_on_path("apt-get")) {
        return Ok(());
    }
    if !has_fonts {
        missing.push("fonts-droid-fallback");
    }
    if !is_on_path("apt-get") {
        bail!("the tests need {}: install them, then test again", missing.join(", "));
    }
    // A server that the package would start by itself is not wanted: each test starts its own.
    let settings = Path::new("/etc/postgresql-common");
    std::fs::create_dir_all(settings)
        .and_then(|()| {
            std::fs::write(settings.join("createcluster.conf"), "create_main_cluster = false\n")
        })
        .with_context(|| format!("the tests need {}: install them as root", missing.join(", ")))?;
    apt(&["update", "-q"])?;
    let mut install = vec!["install", "-y", "-q", "--no-install-recommends"];
    install.extend(missing);
    apt(&install)
}

fn apt(args: &[&str]) -> anyhow::Result<()> {
    let status =
        Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status()?;
    if !status.success() {
        bail!("apt-get {} failed", args.join(" "));
    }
    Ok(())
}

fn has_postgres() -> bool {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut programs = versions.map(|version| version.path().join("bin").join("initdb"));
    programs.any(|program| program.exists()) || is_on_path("initdb")
}

fn is_on_path(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).exists())
}
