//! Casebooks: facts survive import, repetition and reading back; reveals are recorded.

use crate::support::Folder;

#[test]
fn importing_twice_changes_nothing() {
    let folder = Folder::new();
    folder.world("world.csv", "--calls 60000 --days 14 --rooms 4");
    let import = || folder.run(&["import", "world.csv", "--into", "case.ring"]);
    let first = import();
    assert_eq!(first.code, 0, "{}", first.err);
    let facts = |text: &str| text.lines().last().unwrap_or_default().to_owned();
    let read = || std::fs::read(folder.path("case.ring/facts/calls/calls.parquet")).unwrap().len();
    let before = (facts(&first.out), read());
    let second = import();
    assert_eq!(facts(&second.out), before.0, "{}", second.out);
    let rooms = |source: &str| {
        let told = folder.run(&["find", source, "--json", "--reveal", "--zone", "America/Lima"]);
        let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        report["rooms"].to_string()
    };
    assert_eq!(rooms("case.ring"), rooms("world.csv"), "facts say what the file said");
}

#[test]
fn a_reveal_is_recorded_in_the_casebook() {
    let folder = Folder::new();
    folder.write(
        "calls.csv",
        "caller,callee,start,duration\n+442079460001,+442079460002,2023-10-07 21:04:05,83\n",
    );
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "case.ring"]).code, 0);
    assert_eq!(folder.run(&["find", "case.ring"]).code, 0);
    assert!(!folder.path("case.ring/reveals.log").exists(), "masked looks leave no reveal");
    assert_eq!(folder.run(&["find", "case.ring", "--reveal"]).code, 0);
    let log = std::fs::read_to_string(folder.path("case.ring/reveals.log")).unwrap();
    assert!(log.lines().count() == 1 && log.contains("find"), "{log}");
}

#[test]
fn explain_goes_down_to_file_and_row() {
    let folder = Folder::new();
    folder.write(
        "calls.csv",
        "caller,callee,start,duration\n+442079460001,+442079460002,2023-10-07 21:04:05,83\n",
    );
    let told = folder.run(&["explain", "+442079460001", "calls.csv"]);
    assert!(told.out.contains("(calls.csv, row 2)"), "{}", told.out);
    assert!(told.out.contains("top_cell_share = not observable"), "{}", told.out);
    assert!(!told.out.contains("+442079460002"), "numbers are masked");
    let told = folder.run(&["explain", "R9", "calls.csv"]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("neither a room nor a line"), "{}", told.err);
}
