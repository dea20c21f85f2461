//! Runs the binary and tells what it said.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// An empty folder that goes away.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// A new one.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// A path inside.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file inside.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file in a temporary folder");
        path
    }

    /// Makes a world inside, by the words of `drill make` but for its output.
    pub(crate) fn world(&self, name: &str, words: &str) {
        let mut args = vec!["drill", "make", "--out", name];
        args.extend(words.split_whitespace());
        let made = self.run(&args);
        assert_eq!(made.code, 0, "{}", made.err);
    }

    /// Runs the program inside.
    pub(crate) fn run(&self, args: &[&str]) -> Told {
        let output = Command::new(env!("CARGO_BIN_EXE_ringtrace"))
            .args(args)
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("the program starts");
        Told::of(&output)
    }
}

/// What the program said.
#[derive(Debug)]
pub(crate) struct Told {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Told {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code().unwrap_or(-1),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Exit code and both texts, for snapshots.
    pub(crate) fn page(&self) -> String {
        format!("exit {}\n--- out\n{}--- err\n{}", self.code, self.out, self.err)
    }
}

/// A public data set for development, where it is there.
pub(crate) fn shared_data(name: &str) -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = here.ancestors().nth(3)?.join("shared").join("data").join(name);
    if path.exists() {
        return Some(path);
    }
    skipped(name);
    None
}

#[expect(clippy::print_stdout, reason = "a test that is skipped says so aloud")]
fn skipped(name: &str) {
    println!("SKIPPED: {name} is not on this machine");
}
