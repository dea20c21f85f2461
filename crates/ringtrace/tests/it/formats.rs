//! What leaves, held against the libraries of the formats that it leaves in.

use crate::support::Folder;
use std::path::PathBuf;
use std::process::Command;

/// A Python with `followthemoney` and `pymisp`.
fn python() -> PathBuf {
    let built = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    built.join("../validators/bin/python")
}

fn casebook() -> Folder {
    let folder = Folder::new();
    folder.world("calls.csv", "--calls 150000 --rooms 2 --seed 31");
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    assert_eq!(folder.run(&["find", "--keep", "lima.ring"]).code, 0);
    folder
}

fn exported(folder: &Folder, form: &str, out: &str, more: &[&str]) {
    let asked = ["export", "lima.ring", "R1", "--recipient", "the police", "--form", form];
    let told = folder.run(&[&asked[..], &["--out", out], more].concat());
    assert_eq!(told.code, 0, "{form}: {}", told.err);
}

#[test]
fn entities_and_events_are_taken_by_their_own_libraries_and_nothing_is_lost() {
    let folder = casebook();
    for (more, name) in [(&[][..], "masked"), (&["--reveal"][..], "whole")] {
        let [ftm, misp] = ["ftm", "misp"].map(|form| {
            let out = format!("{name}.{form}.json");
            exported(&folder, form, &out, more);
            folder.path(&out)
        });
        let told = Command::new(python())
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/formats.py"))
            .args([&ftm, &misp])
            .output()
            .expect("python with followthemoney and pymisp: `cargo xtask test` installs them");
        let said = String::from_utf8_lossy(&told.stdout);
        let failed = String::from_utf8_lossy(&told.stderr);
        assert!(told.status.success(), "{name}: {failed}");
        let counts: Vec<usize> = said.split_whitespace().map(|one| one.parse().unwrap()).collect();
        assert!(counts.iter().all(|count| *count > 50), "{said}");
        let text = std::fs::read_to_string(&ftm).unwrap();
        assert_eq!(text.contains('•'), name == "masked", "{name}");
    }
}

#[test]
fn every_form_is_written_once_marked_and_logged() {
    let folder = casebook();
    for form in ["pdf", "html", "csv", "ftm", "misp"] {
        exported(&folder, form, &format!("R1.{form}"), &[]);
        let again = ["export", "lima.ring", "R1", "--recipient", "x", "--form", form, "--out"];
        let refused = folder.run(&[&again[..], &[&format!("R1.{form}")]].concat());
        assert_eq!(refused.code, 2, "{form}: what is there is not written over");
    }
    let log = folder.run(&["case", "log", "lima.ring"]);
    assert_eq!(log.out.matches("exported room R1").count(), 5, "{}", log.out);
    assert_eq!(folder.run(&["case", "verify", "lima.ring"]).code, 0);
    let pdf = std::fs::read(folder.path("R1.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7") && pdf.len() > 20_000);
    let nowhere = ["export", "lima.ring", "R1", "--recipient", "x", "--form", "kml"];
    let refused = folder.run(&nowhere);
    assert!(refused.code == 2 && refused.err.contains("--cells"), "{}", refused.err);
    let unknown = folder.run(&["export", "lima.ring", "R99", "--recipient", "x"]);
    assert!(unknown.code == 2 && unknown.err.contains("R1 to R"), "{}", unknown.err);
}

#[test]
fn what_asks_for_enforcement_waits_for_protection() {
    let folder = Folder::new();
    folder.world(
        "calls.parquet",
        "--calls 250000 --preset lima --rooms 2 --seed 2031 --sightings seen.parquet",
    );
    let import = ["import", "calls.parquet", "seen.parquet", "--into", "lima.ring"];
    assert_eq!(folder.run(&[&import[..], &["--zone", "America/Lima"]].concat()).code, 0);
    assert_eq!(folder.run(&["find", "--keep", "lima.ring"]).code, 0);
    let judged = ["case", "judge", "lima.ring", "R1", "rejected", "--reason", "a clinic"];
    assert_eq!(folder.run(&judged).code, 0);
    let log = folder.run(&["case", "log", "lima.ring"]).out;
    assert!(log.contains("task on the room of"), "a welfare check is asked for: {log}");
    let asked = ["export", "lima.ring", "R1", "--recipient", "police", "--enforcement"];
    let refused = folder.run(&[&asked[..], &["--form", "html", "--out", "R1.html"]].concat());
    assert!(refused.code == 2 && refused.err.contains("wait for protection"), "{}", refused.err);
    assert!(!folder.path("R1.html").exists(), "what was refused is not there");
    exported(&folder, "html", "R1.html", &[]);
    let page = std::fs::read_to_string(folder.path("R1.html")).unwrap();
    assert!(page.contains("Judged rejected"), "as it was decided since");
}
