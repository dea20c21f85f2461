//! Holds the dependency directions of ARCHITECTURE.md: what a part must not know.

use anyhow::{Context as _, bail};
use std::path::Path;

/// Each crate and all it may depend on: our own crates by name, and whether the wire may be known.
const ALLOWED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("linkage", &[]),
    ("graph", &[]),
    ("facts", &["domain"]),
    ("feeds", &["domain", "facts"]),
    ("profiles", &["domain", "facts"]),
    ("rooms", &["domain", "facts", "profiles", "linkage", "graph"]),
    ("people", &["domain", "facts", "profiles", "rooms", "linkage", "graph"]),
    ("case", &["domain"]),
    ("screen", &["domain"]),
    ("drill", &["domain"]),
    ("store", &["domain", "case"]),
    ("report", &["domain", "facts"]),
    ("export", &["domain", "case", "report"]),
    ("server", &["domain", "case", "report", "store", "export"]),
];

/// Crates that a stage must not know: files, sockets, threads of its own, SQL, HTTP, the terminal.
const NOT_IN_STAGES: &[&str] =
    &["tempfile", "clap", "indicatif", "comfy-table", "tokio", "axum", "sqlx", "rand", "anyhow"];

/// Where a crate's manifest lies.
pub(crate) fn manifest(root: &Path, name: &str) -> std::path::PathBuf {
    let stage = root.join("pipeline").join(name).join("Cargo.toml");
    if stage.exists() { stage } else { root.join("crates").join(name).join("Cargo.toml") }
}

/// Checks every crate of the table, and that the table names every crate but the binary.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let ours: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    for (name, allowed) in ALLOWED {
        let path = manifest(root, name);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} could not be read", path.display()))?;
        let table: toml::Table = text.parse()?;
        let depends = table
            .get("dependencies")
            .and_then(|table| table.as_table())
            .cloned()
            .unwrap_or_default();
        for dependency in depends.keys() {
            if ours.contains(&dependency.as_str()) && !allowed.contains(&dependency.as_str()) {
                bail!("{name} must not know {dependency} (ARCHITECTURE.md, “Must not know”)");
            }
            if path.starts_with(root.join("pipeline"))
                && NOT_IN_STAGES.contains(&dependency.as_str())
            {
                bail!(
                    "the stage {name} must not know {dependency} (ARCHITECTURE.md, “Must not know”)"
                );
            }
        }
    }
    for folder in ["crates", "pipeline"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if path.join("Cargo.toml").exists()
                && name != "ringtrace"
                && !ours.contains(&name.as_str())
            {
                bail!("xtask/src/edges.rs does not say what {name} may know");
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn dependency_directions_hold() {
        super::run(&crate::root().unwrap()).unwrap();
    }
}
