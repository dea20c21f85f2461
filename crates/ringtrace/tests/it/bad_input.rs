//! Bad input: a clear sentence, an exit code, every row accounted for, nothing half-written.

use crate::support::Folder;

const HEADER: &str = "caller,callee,start,duration\n";
const CALL: &str = "+442079460001,+442079460002,2023-10-07 21:04:05,83\n";

fn found(bytes: impl AsRef<[u8]>) -> (i32, String) {
    let folder = Folder::new();
    folder.write("calls.csv", bytes);
    let told = folder.run(&["find", "calls.csv"]);
    (told.code, format!("{}{}", told.out, told.err))
}

fn says(bytes: impl AsRef<[u8]>, code: i32, sentences: &[&str]) {
    let (found_code, text) = found(bytes);
    assert_eq!(found_code, code, "{text}");
    for sentence in sentences {
        assert!(text.contains(sentence), "“{sentence}” is missing in:\n{text}");
    }
    assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn missing_empty_and_foreign_files() {
    let folder = Folder::new();
    let told = folder.run(&["find", "nowhere.ring"]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("nowhere.ring is no casebook yet")
            && told.err.contains("ringtrace import CALLS.csv --into nowhere.ring"),
        "{}",
        told.err
    );
    let told = folder.run(&["find", "nowhere.csv"]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("nowhere.csv does not exist") && told.err.contains("hint:"),
        "{}",
        told.err
    );
    says("", 2, &["calls.csv is empty", "hint:"]);
    says("Dear sir,\nplease find enclosed\n", 2, &["were not recognised", "hint:", "--preview"]);
    says(b"PK\x03\x04rest", 2, &["zip archive", "unpack it first"]);
}

#[test]
fn a_folder_without_files() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("empty")).unwrap();
    let told = folder.run(&["find", "empty"]);
    assert_eq!(told.code, 2);
    assert!(told.err.contains("holds no files"), "{}", told.err);
}

#[test]
fn a_truncated_gzip_keeps_what_came_before() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(HEADER.as_bytes()).unwrap();
    for row in 0..50_000 {
        writeln!(packed, "+442079460001,+44207{row:07},2023-10-07 21:04:05,{}", row * 7_919 % 83)
            .unwrap();
    }
    let packed = packed.finish().unwrap();
    says(&packed[..packed.len() / 2], 1, &["problem: the file ends in the middle"]);
    says(
        &packed[..12],
        2,
        &["ends in the middle: it was cut off", "hint: export or copy it again"],
    );
}

#[test]
fn rows_that_are_no_calls_are_quarantined_with_their_reason() {
    let cases: [(&str, &str); 6] = [
        ("6.01E+10,+442079460002,2023-10-07 21:04:05,83\n", "number rounded by a spreadsheet"),
        ("+442079460001,+442079460002,2023-10-07 21:04:05,-3\n", "negative duration"),
        ("+442079460001,+442079460002,07.10.23,83\n", "start not understood"),
        ("+44\u{0}2079460001,+442079460002,2023-10-07 21:04:05,83\n", "not a line identifier"),
        ("+442079460001,+442079460001,2023-10-07 21:04:05,83\n", "call to itself"),
        (HEADER, "header repeated"),
    ];
    for (row, reason) in cases {
        says(
            format!("{HEADER}{CALL}{row}"),
            0,
            &["2 rows in = 1 facts + 0 duplicates + 1 quarantined", reason],
        );
    }
}

#[test]
fn a_row_of_ten_megabytes_is_one_quarantined_row() {
    let long = format!("{HEADER}{CALL}{}\n{CALL}", "x".repeat(10 << 20));
    says(long, 0, &["3 rows in = 1 facts + 1 duplicates + 1 quarantined", "row too long"]);
}

#[test]
fn foreign_bytes_in_one_row_do_not_spoil_the_others() {
    let mut bytes = format!("{HEADER}{CALL}").into_bytes();
    bytes.extend(b"caf\xe9,+442079460002,2023-10-07 21:04:05,83\n");
    bytes.extend("数字é,+442079460009,2023-10-07 21:04:05,83\n".as_bytes());
    says(bytes, 0, &["3 rows in = 2 facts + 0 duplicates + 1 quarantined", "not valid text"]);
}

#[test]
fn dates_in_two_forms_are_both_read() {
    let text = format!("{HEADER}{CALL}+442079460001,+442079460002,27/10/2023 21:04:05,83\n");
    says(text, 0, &["2 rows in = 2 facts"]);
}

#[test]
fn repeated_headers_are_said() {
    let folder = Folder::new();
    folder.write("calls.csv", "caller,callee,start,duration,duration\n+442079460001,+442079460002,2023-10-07 21:04:05,83,9\n");
    for command in [&["import", "--preview", "calls.csv"][..], &["find", "calls.csv"]] {
        let told = folder.run(command);
        let sentence = "The header “duration” stands twice; the first one is read.";
        assert!(told.out.contains(sentence), "{}", told.out);
    }
}

#[test]
fn a_country_that_is_none_is_refused_wherever_it_is_said() {
    let folder = Folder::new();
    folder.write("calls.csv", format!("{HEADER}{CALL}"));
    for command in [&["find", "calls.csv"][..], &["import", "--preview", "calls.csv"]] {
        let told = folder.run(&[command, &["--country", "ZZ"]].concat());
        assert_eq!(told.code, 2, "{command:?}: {}", told.out);
        assert!(told.err.contains("not a two-letter country code"), "{}", told.err);
        assert!(told.err.contains("hint:"), "{}", told.err);
    }
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let folder = Folder::new();
    folder.write("calls.csv", format!("{HEADER}{CALL}"));
    folder.write("taken", "a file where a folder is wanted");
    let told = folder.run(&["find", "calls.csv", "--out", "taken/inside"]);
    assert_eq!(told.code, 2, "{}", told.err);
    assert!(told.err.contains("could not be made"), "{}", told.err);
    assert!(told.err.contains("hint: name a place"), "{}", told.err);
    assert_eq!(
        std::fs::read_to_string(folder.path("taken")).unwrap(),
        "a file where a folder is wanted"
    );
}

#[test]
fn wrong_settings_are_told_in_a_sentence() {
    let folder = Folder::new();
    folder.write("calls.csv", format!("{HEADER}{CALL}"));
    for (args, sentence) in [
        (&["--zone", "Mars/Olympus"][..], "not an IANA time zone"),
        (&["--country", "XX"][..], "not a two-letter country code"),
        (&["--moment", "%Q"][..], "not a form of moments"),
    ] {
        let told = folder.run(&[&["find", "calls.csv"], args].concat());
        assert_eq!(told.code, 2, "{}", told.err);
        assert!(told.err.contains(sentence), "{}", told.err);
    }
}

#[test]
fn settings_files_that_are_not_there_come_with_a_next_step() {
    let folder = Folder::new();
    folder.write("calls.csv", format!("{HEADER}{CALL}"));
    folder.write("old.toml", "version = 3\n[shape]\nsmall_lines_max = 20.0\n");
    for args in [
        ["--template", "no.toml"],
        ["--feed", "asterisk"],
        ["--config", "no.toml"],
        ["--config", "calls.csv"],
        ["--config", "old.toml"],
    ] {
        let told = folder.run(&[&["find", "calls.csv"], &args[..]].concat());
        assert_eq!(told.code, 2, "{}", told.err);
        assert!(told.err.contains("hint:"), "{args:?}: {}", told.err);
    }
}

#[test]
fn wrong_use_is_refused_with_a_next_step_before_anything_is_done() {
    let folder = Folder::new();
    let calls = format!("{HEADER}{CALL}");
    folder.write("calls.csv", &calls);
    folder.write("book.xlsx", b"PK\x03\x04rest");
    folder.write("noise.parquet", b"\x17\x88 noise \xff\xfe\x01");
    let template = "duration_unit = \"minutes\"\n";
    folder.write("mine.toml", template);
    let cases: [(&[&str], &str); 10] = [
        (&["find", "calls.csv", "--threads", "100000"], "from 1 to 256"),
        (&["find", "calls.csv", "--zone", "Lima"], "America/Lima"),
        (&["find", "calls.csv", "--moment", "%Y-%m-%d"], "is not a form of moments"),
        (&["find", "book.xlsx"], "Excel workbook"),
        (&["find", "noise.parquet"], "does not begin as Parquet does"),
        (&["profiles", "calls.csv", "--out", "calls.csv"], "does not end with .parquet"),
        (&["drill", "plant", "calls.csv", "--out", "calls.csv"], "does not end with .parquet"),
        (&["drill", "make", "--days", "0", "--out", "w.csv"], "1..=3650"),
        (
            &["import", "--preview", "calls.csv", "--write-template", "mine.toml"],
            "mine.toml is there already",
        ),
        (&["import", "--preview", "calls.csv", "--into", "case.ring"], "cannot be used with"),
    ];
    for (args, sentence) in cases {
        let told = folder.run(args);
        assert_eq!(told.code, 2, "{args:?}: {}", told.err);
        assert!(told.err.contains(sentence), "{args:?}: {}", told.err);
    }
    let kept = |name: &str| std::fs::read_to_string(folder.path(name)).unwrap();
    assert_eq!((kept("calls.csv"), kept("mine.toml")), (calls, template.to_owned()));
}

#[test]
fn records_are_never_written_over() {
    let folder = Folder::new();
    folder.world("w.parquet", "--calls 60000 --days 14 --rooms 1");
    let before = std::fs::read(folder.path("w.parquet")).unwrap();
    for args in [&["profiles"][..], &["drill", "plant"]] {
        let told = folder.run(&[args, &["w.parquet", "--out", "./w.parquet"]].concat());
        assert_eq!(told.code, 2, "{}", told.err);
        assert!(told.err.contains("would be lost"), "{}", told.err);
    }
    assert!(std::fs::read(folder.path("w.parquet")).unwrap() == before);
}

#[test]
fn what_is_no_table_is_said_to_be_none() {
    let folder = Folder::new();
    folder.write("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let told = folder.run(&["import", "--preview", "picture.png"]);
    assert_eq!(told.code, 1, "{}", told.err);
    assert!(told.out.contains("Missing: caller, callee, start, duration"), "{}", told.out);
    let rows: String = (0..4).map(|_| "a,b,never,83\n").collect();
    folder.write("odd.csv", format!("{HEADER}{rows}"));
    let told = folder.run(&["find", "odd.csv"]);
    assert_eq!(told.code, 1, "{}", told.out);
    assert!(told.out.contains("ringtrace import --preview"), "{}", told.out);
}

/// Runs the program as a user who may read little: as oneself or, where one is root, whom no permission stops, as nobody.
#[cfg(unix)]
fn run_unprivileged(folder: &Folder, args: &[&str]) -> (i32, String) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let here = folder.path("");
    std::fs::set_permissions(&here, std::fs::Permissions::from_mode(0o755))
        .expect("the folder is ours");
    let program = folder.path("ringtrace");
    // Copied by another process: a file that is open for writing in a forked test cannot be run.
    let copied = std::process::Command::new("cp")
        .args([env!("CARGO_BIN_EXE_ringtrace").as_ref(), program.as_os_str()])
        .status();
    assert!(copied.is_ok_and(|status| status.success()), "the program is copied");
    let is_root = std::fs::metadata(&program).expect("it was just copied").uid() == 0;
    let mut command = if is_root {
        let mut command = std::process::Command::new("setpriv");
        command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]).arg(&program);
        command
    } else {
        std::process::Command::new(&program)
    };
    let output = command.args(args).current_dir(&here).output().expect("it starts");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap_or(-1), text)
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_said_with_a_next_step() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    std::fs::create_dir(folder.path("closed")).unwrap();
    folder.write("closed/calls.csv", format!("{HEADER}{CALL}"));
    let closed = folder.write("closed.csv", format!("{HEADER}{CALL}"));
    let close = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    close(&folder.path("closed"), 0o000);
    close(&closed, 0o000);
    for path in ["closed", "closed.csv"] {
        let (code, text) = run_unprivileged(&folder, &["find", path]);
        assert_eq!(code, 2, "{text}");
        assert!(text.contains("may not be read by you"), "{text}");
        assert!(text.contains("hint: ask its owner"), "{text}");
    }
    close(&folder.path("closed"), 0o755);
}

#[cfg(unix)]
#[test]
fn a_casebook_that_may_not_be_written_to_is_said_with_a_next_step() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.write("calls.csv", format!("{HEADER}{CALL}"));
    folder.write("said.jsonl", include_str!("../../../../docs/examples/lima.jsonl"));
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    let folders = ["lima.ring/facts/calls", "lima.ring/facts", "lima.ring"];
    let close = |mode| {
        for name in folders {
            let mode = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path(name), mode).unwrap();
        }
    };
    close(0o555);
    let log = folder.path("lima.ring/casebook.sqlite");
    std::fs::set_permissions(log, std::fs::Permissions::from_mode(0o444)).unwrap();
    for args in [
        &["find", "lima.ring", "--keep"][..],
        &["import", "calls.csv", "--into", "lima.ring"],
        &["case", "add", "lima.ring", "said.jsonl"],
        &["export", "lima.ring", "R1", "--recipient", "police"],
    ] {
        let (code, text) = run_unprivileged(&folder, args);
        assert_eq!(code, 2, "{args:?}: {text}");
        assert!(text.contains("hint: "), "{args:?}: {text}");
    }
    close(0o755);
}

#[test]
fn a_damaged_parquet_file_is_an_error_and_no_panic() {
    let folder = Folder::new();
    folder.world("a.parquet", "--calls 20000 --rooms 1");
    let whole = std::fs::read(folder.path("a.parquet")).unwrap();
    for at in [whole.len() / 3, whole.len() / 2, whole.len() - 200, whole.len() - 20] {
        let mut damaged = whole.clone();
        for byte in &mut damaged[at..at + 12] {
            *byte = byte.wrapping_mul(31).wrapping_add(7);
        }
        folder.write("b.parquet", &damaged);
        let told = folder.run(&["find", "b.parquet"]);
        assert!(!told.err.contains("panicked"), "at {at}: {}", told.err);
        assert!(matches!(told.code, 0..=2), "at {at}: {}", told.code);
    }
}
