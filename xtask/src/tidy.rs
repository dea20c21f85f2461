//! House rules that no other tool checks.

use anyhow::{Context as _, bail};
use std::path::{Path, PathBuf};

/// Lines that a source file may have, tests included.
const LINES_MAX: usize = 520;

/// Checks every source file of the workspace.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let mut problems = Vec::new();
    for path in files(root, "rs")? {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} could not be read", path.display()))?;
        let shown = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        check(&shown, &text, &mut problems);
    }
    for path in files(root, "snap")? {
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("{} could not be read", path.display()))?;
        if shows_a_number(&text) {
            problems.push(format!("{}: a snapshot shows a whole number", path.display()));
        }
    }
    if !problems.is_empty() {
        bail!("house rules broken:\n{}", problems.join("\n"));
    }
    Ok(())
}

fn check(path: &str, text: &str, problems: &mut Vec<String>) {
    let is_test = path.contains("/tests") || path.ends_with("testing.rs");
    if !text.starts_with("//!") && !is_test {
        problems.push(format!("{path}: a file begins with what it is for (//!)"));
    }
    if text.lines().count() > LINES_MAX {
        problems.push(format!("{path}: over {LINES_MAX} lines: split it"));
    }
    for (at, line) in text.lines().enumerate() {
        let marker = ["TO", "DO"].concat();
        if line.contains(&marker) {
            problems.push(format!("{path}:{}: say it in an issue instead", at + 1));
        }
        if line.trim_start().starts_with(&["#[ign", "ore"].concat()) {
            problems.push(format!("{path}:{}: no test is skipped in silence", at + 1));
        }
    }
    let feature = path.contains("profiles/src/features/") || path.contains("rooms/src/evidence/");
    if feature && !path.ends_with("mod.rs") && !is_test && !text.contains("#[test]") {
        problems.push(format!("{path}: a feature or family has its own tests"));
    }
}

/// Whether a text shows a whole number in international form: a plus sign and eight digits, groups of them or not.
fn shows_a_number(text: &str) -> bool {
    text.split('+').skip(1).any(|after| {
        let digits = after.chars().filter(|letter| *letter != ' ' && *letter != '-');
        digits.take_while(char::is_ascii_digit).count() >= 8
    })
}

/// The workspace's files with an ending.
fn files(root: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut open = vec![root.join("crates"), root.join("pipeline"), root.join("xtask")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        run(&crate::root().unwrap()).unwrap();
    }

    #[test]
    fn what_is_untidy_is_told() {
        let mut problems = Vec::new();
        check("pipeline/rooms/src/evidence/x.rs", "fn x() {}\n", &mut problems);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(shows_a_number("to +999 12345-601:"));
        assert!(!shows_a_number("to +99•••••••01, +4.0 bits, +2023-10"));
    }
}
