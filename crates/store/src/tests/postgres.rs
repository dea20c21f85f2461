//! A real `PostgreSQL` for a test: a cluster of its own in a folder of its own, on a free port of loopback, gone when the test ends.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A running cluster.
pub(crate) struct Postgres {
    folder: TempDir,
    port: u16,
}

impl Postgres {
    /// Makes a cluster and starts it.
    pub(crate) fn start() -> Self {
        let folder =
            tempfile::Builder::new().prefix("ringtrace-pg").tempdir().expect("a temporary folder");
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.expect("a free port").port();
        let postgres = Self { folder, port };
        if is_root() {
            // The server refuses to run as root.
            run(Command::new("chown").arg("postgres").arg(postgres.folder.path()));
        }
        let data = postgres.data();
        run_as_server("initdb", &format!("-D {data} -U postgres -A trust -E UTF8 --no-sync"));
        let options = format!(
            "-p {port} -k {} -c listen_addresses=127.0.0.1",
            postgres.folder.path().display()
        );
        run_as_server("pg_ctl", &format!("-D {data} -w -o '{options}' -l {data}.log start"));
        postgres
    }

    /// A new database and its address.
    pub(crate) fn database(&self, name: &str) -> String {
        run_as_server("createdb", &format!("-h 127.0.0.1 -p {} -U postgres {name}", self.port));
        format!("postgres://postgres@127.0.0.1:{}/{name}", self.port)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }
}

/// Runs one of the server's programs.
fn run_as_server(program: &str, arguments: &str) {
    let command = format!("{} {arguments}", programs().join(program).display());
    if is_root() {
        run(Command::new("su").args(["postgres", "-s", "/bin/sh", "-c", &command]));
    } else {
        run(Command::new("sh").args(["-c", &command]));
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        run_as_server("pg_ctl", &format!("-D {} -m immediate stop", self.data()));
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output().expect("id runs");
    String::from_utf8_lossy(&output.stdout).trim() == "0"
}

fn run(command: &mut Command) {
    let output = command.current_dir("/").output().expect("a program that is there");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Where the server's programs are: Debian keeps them by version, others on the path.
fn programs() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .map(|version| version.expect("a folder that can be read").path().join("bin"))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    let paths = std::env::var_os("PATH").unwrap_or_default();
    found.pop().or_else(|| on_path(&paths)).expect(
        "PostgreSQL is needed for this test: `cargo xtask test` installs it on Debian, elsewhere install the server",
    )
}

fn on_path(paths: &std::ffi::OsStr) -> Option<PathBuf> {
    std::env::split_paths(paths).find(|folder: &PathBuf| Path::new(folder).join("initdb").exists())
}
