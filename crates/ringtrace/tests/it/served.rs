//! A server that runs for a test.

use crate::support::Folder;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// A running server; it is killed at the end.
pub(crate) struct Served {
    child: Child,
    /// The address that it printed: where the first account is made, or one signs in.
    pub(crate) address: String,
    _out: BufReader<ChildStdout>,
}

impl Served {
    /// Serves a casebook of a folder on a free port, with a page for everybody.
    pub(crate) fn new(folder: &Folder, casebook: &str) -> Self {
        Self::with(folder, &[casebook, "--public", casebook])
    }

    /// The same with these options.
    pub(crate) fn with(folder: &Folder, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ringtrace"))
            .arg("serve")
            .args(options)
            .args(["--listen", "127.0.0.1:0"])
            .current_dir(folder.path("."))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut told = String::new();
        // It stays open: what else it says has somewhere to go.
        let mut out = BufReader::new(child.stdout.take().expect("what it says"));
        out.read_line(&mut told).expect("an address");
        let address = told.split_whitespace().last().expect("an address").to_owned();
        Self { child, address, _out: out }
    }

    /// The address without a path.
    pub(crate) fn origin(&self) -> &str {
        let end =
            self.address.match_indices('/').nth(2).map_or(self.address.len(), |found| found.0);
        &self.address[..end]
    }

    /// Ends it without a word: SIGKILL.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}
