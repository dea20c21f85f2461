//! A server that runs for a test.

use crate::support::Folder;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

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
        Self::started(Command::new(env!("CARGO_BIN_EXE_ringtrace")), folder, options)
    }

    /// The same with so much memory for it and all that it starts, KiB of addresses.
    pub(crate) fn with_memory(folder: &Folder, options: &[&str], most_kib: u32) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("ulimit -v {most_kib} && exec \"$0\" \"$@\"")]);
        command.arg(env!("CARGO_BIN_EXE_ringtrace"));
        Self::started(command, folder, options)
    }

    fn started(mut command: Command, folder: &Folder, options: &[&str]) -> Self {
        let mut child = command
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

    /// Waits until it has work done by another process, and ends both without a word.
    pub(crate) fn kill_at_work(&mut self) {
        let server = self.child.id().to_string();
        let is_at_work = |stat: &str| {
            let after_name = stat.rsplit_once(") ").map(|(_, fields)| fields);
            after_name.and_then(|fields| fields.split(' ').nth(1)) == Some(&server)
        };
        let worker = std::iter::from_fn(|| {
            std::thread::sleep(Duration::from_millis(20));
            Some(std::fs::read_dir("/proc").expect("processes").flatten().find_map(|entry| {
                let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
                is_at_work(&stat).then(|| entry.file_name().to_string_lossy().into_owned())
            }))
        });
        let worker = worker.take(1_000).flatten().next().expect("work");
        self.kill();
        let killed = Command::new("sh").args(["-c", &format!("kill -9 {worker}")]).status();
        assert!(killed.expect("a shell").success(), "it was at work");
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
