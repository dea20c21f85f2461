//! What is acknowledged is kept: commands and the server are killed at random moments, and the casebook opens, its log holds, nothing is half there.

use crate::served::Served;
use crate::support::Folder;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Moments at which something is killed. Two hundred were tried before this was released; this many are tried at each test.
const KILLS: u64 = 24;

/// A number that is the same each time, and looks like chance.
fn chance(seed: u64) -> u64 {
    let mixed = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 33
}

fn kills() -> u64 {
    std::env::var("RINGTRACE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

/// Runs a command and kills it after a while; whether it had come to its end.
fn killed(folder: &Folder, args: &[&str], after: Duration) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ringtrace"))
        .args(args)
        .current_dir(folder.path("."))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    std::thread::sleep(after);
    if child.try_wait().expect("it runs").is_some_and(|status| status.success()) {
        return true;
    }
    let _gone = child.kill();
    child.wait().expect("it ended").success()
}

/// How many entries a log has; it holds.
fn entries(folder: &Folder) -> usize {
    let told = folder.run(&["case", "verify", "lima.ring"]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    let told = folder.run(&["case", "log", "lima.ring"]);
    told.out.lines().count()
}

/// What left is whole and in the log, or is not there.
fn exported(folder: &Folder, is_done: bool) {
    let file = folder.path("R1.pdf");
    let Ok(bytes) = std::fs::read(&file) else {
        assert!(!is_done, "what was acknowledged is not there");
        return;
    };
    assert!(bytes.starts_with(b"%PDF-1.7") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    let hash = Sha256::digest(&bytes).iter().fold(String::new(), |mut hash, byte| {
        write!(hash, "{byte:02x}").expect("a text");
        hash
    });
    let log = folder.run(&["case", "log", "lima.ring", "--json"]);
    assert!(log.out.contains(&hash), "what left is in the log");
    std::fs::remove_file(file).expect("it goes, for the next one");
}

#[test]
fn a_command_that_is_killed_leaves_the_casebook_as_before_or_as_after() {
    let folder = Folder::new();
    folder.world("calls.parquet", "--calls 60000 --rooms 2 --seed 2032");
    folder.world("more.parquet", "--calls 20000 --rooms 1 --seed 2033");
    let zone = ["--zone", "America/Lima"];
    let with = |args: &[&'static str]| [args, &zone].concat();
    let first = with(&["import", "calls.parquet", "--into", "lima.ring"]);
    assert_eq!(folder.run(&first).code, 0);
    let facts = |folder: &Folder| {
        let told = folder.run(&["find", "lima.ring"]);
        assert_eq!(told.code, 0, "{}", told.err);
        told.out.lines().find(|line| line.contains("rows in")).expect("accounts").to_owned()
    };
    let before = facts(&folder);
    let export = ["export", "lima.ring", "R1", "--recipient", "police", "--out", "R1.pdf"];
    assert_eq!(folder.run(&["find", "lima.ring", "--keep"]).code, 0);
    let commands: [Vec<&str>; 4] = [
        with(&["import", "more.parquet", "--into", "lima.ring"]),
        vec!["find", "lima.ring", "--keep"],
        vec!["case", "judge", "lima.ring", "R1", "undecided", "--reason", "drill"],
        export.to_vec(),
    ];
    let mut acknowledged = entries(&folder);
    let mut states = vec![before];
    for kill in 0..kills() {
        let command = &commands[usize::try_from(kill % 4).expect("small")];
        let after = Duration::from_millis(chance(kill) % 900);
        let is_done = killed(&folder, command, after);
        let now = entries(&folder);
        let is_entry = matches!(command[0], "case" | "export");
        let least = acknowledged + usize::from(is_done && is_entry);
        assert!(now >= least, "kill {kill}: {now} entries, {least} were acknowledged");
        acknowledged = now;
        exported(&folder, is_done && command[0] == "export");
        let state = facts(&folder);
        if !states.contains(&state) {
            states.push(state);
        }
        assert!(states.len() <= 2, "kill {kill}: neither as before nor as after: {states:?}");
        let files =
            std::fs::read_dir(folder.path("lima.ring/facts/calls")).expect("facts").flatten();
        let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let tables: Vec<String> = names.filter(|name| name.ends_with(".parquet")).collect();
        assert_eq!(tables, ["calls.parquet"], "kill {kill}: half a file is none that is read");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_acknowledged_is_there_after_it_was_killed() {
    let folder = Folder::new();
    folder.world("calls.parquet", "--calls 60000 --rooms 2 --seed 2032");
    folder.run(&["import", "calls.parquet", "--into", "lima.ring", "--zone", "America/Lima"]);
    folder.run(&["find", "lima.ring", "--keep"]);
    let mut served = Served::new(&folder, "lima.ring");
    let browser = super::browser::Browser::new(false).await;
    browser.sign_in(&served.address, "amal", "a long enough word").await;
    let mut told = 0;
    for round in 0..3_u64 {
        let origin = served.origin().to_owned();
        browser.goto(&format!("{origin}/c/lima/tasks")).await;
        browser.fill("form.grid [name=about]", "the house").await;
        browser.fill("form.grid [name=what]", &format!("task {round}")).await;
        browser.click("form.grid button.main").await;
        browser.until(&format!("task {round}")).await;
        told += 1;
        served.kill();
        served = Served::new(&folder, "lima.ring");
        let address = format!("{}/sign-in", served.origin());
        browser.sign_in(&address, "amal", "a long enough word").await;
        browser.goto(&format!("{}/c/lima/tasks", served.origin())).await;
        assert_eq!(browser.count("ul.tasks > li").await, told);
    }
    browser.close().await;
    assert!(entries(&folder) > told);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_killed_with_its_server_is_done_by_the_next() {
    let folder = Folder::new();
    folder.world("calls.parquet", "--calls 250000 --rooms 2 --seed 2034");
    folder.run(&["import", "calls.parquet", "--into", "lima.ring", "--zone", "America/Lima"]);
    // What was never looked through is looked through as soon as somebody serves it.
    let mut served = Served::new(&folder, "lima.ring");
    served.kill_at_work();
    assert!(!folder.path("lima.ring/derived/find.json").exists(), "it was in the middle of it");
    served = Served::new(&folder, "lima.ring");
    let browser = super::browser::Browser::new(false).await;
    browser.sign_in(&served.address, "amal", "a long enough word").await;
    browser.goto(&format!("{}/c/lima/jobs", served.origin())).await;
    browser.until("done").await;
    assert_eq!(browser.count("tbody tr").await, 1, "the same job: {}", browser.text().await);
    assert!(folder.path("lima.ring/derived/find.json").exists());
    browser.close().await;
    entries(&folder);
}
