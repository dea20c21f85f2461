//! Rooms seen from two sides are joined, different rooms are not, and what one side alone cannot show is said.

use crate::support::Folder;
use serde_json::Value;

const HOST: [&str; 6] =
    ["find", "host.parquet", "seen.parquet", "--zone", "America/Lima", "--json"];
const ALSO: [&str; 5] =
    ["--also", "target=gateway.parquet@Asia/Kuala_Lumpur", "--vantage", "host", "--reveal"];

fn made(folder: &Folder, seed: &str) {
    let words = "--preset lima --calls 300000 --rooms 3 --voip 1 --sightings seen.parquet --gateway gateway.parquet";
    folder.world("host.parquet", &format!("{words} --seed {seed}"));
}

#[test]
fn rooms_of_two_sides_are_joined_and_different_ones_are_not() {
    let (mut both, mut joined, mut wrong) = (0, 0, 0);
    for seed in ["61", "62", "63"] {
        let folder = Folder::new();
        made(&folder, seed);
        let told = folder.run(&[&HOST[..], &ALSO].concat());
        assert_eq!(told.code, 0, "{}", told.err);
        folder.write("found.json", &told.out);
        let score = folder.run(&[
            "drill",
            "score",
            "found.json",
            "host.truth.csv",
            "--other",
            "gateway.truth.csv",
        ]);
        let line = score.out.lines().find(|line| line.starts_with("rooms found on both sides"));
        let figures: Vec<usize> = line
            .unwrap_or_default()
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|word| word.parse().ok())
            .collect();
        both += figures[0];
        joined += figures[1];
        wrong += figures[3];
    }
    assert!(joined * 10 >= both * 8, "{joined} of {both}");
    assert_eq!(wrong, 0, "two different rooms were joined");
}

#[test]
fn claims_say_which_side_showed_them_and_one_side_alone_stays_alone() {
    let folder = Folder::new();
    made(&folder, "61");
    let both: Value = serde_json::from_str(&folder.run(&[&HOST[..], &ALSO].concat()).out).unwrap();
    let joined = both["joined"].as_array().unwrap();
    let claims = joined[0]["claims"].as_array().unwrap();
    let shown_by = |claim: &str| -> Vec<&str> {
        let named = claims.iter().filter(|one| one["claim"] == claim);
        named.map(|one| one["shown_by"].as_str().unwrap()).collect()
    };
    assert_eq!(shown_by("handsets"), ["host"], "the gateway sees no handsets");
    assert_eq!(shown_by("seen"), ["host", "target"]);
    let points = |report: &Value, room: &Value| {
        let rooms = report["rooms"].as_array().unwrap().iter();
        let mut named = rooms.filter(|one| one["id"] == *room);
        named.next().unwrap()["welfare"]["vantage_points"].as_u64()
    };
    assert_eq!(points(&both, &joined[0]["room"]), Some(2));
    let alone: Value = serde_json::from_str(&folder.run(&HOST).out).unwrap();
    assert_eq!(points(&alone, &joined[0]["room"]), Some(1));
    assert!(alone.get("joined").is_none());
    let import = |files: &str, more: &str| {
        let words = format!("import {files} --into case.ring {more}");
        folder.run(&words.split_whitespace().collect::<Vec<_>>())
    };
    for (files, more) in [
        ("host.parquet seen.parquet", "--zone America/Lima"),
        ("gateway.parquet", "--vantage target --zone Asia/Kuala_Lumpur"),
    ] {
        let told = import(files, more);
        assert_eq!(told.code, 0, "{}", told.err);
    }
    let kept = folder.run(&["find", "case.ring", "--vantage", "host", "--json", "--reveal"]);
    let kept: Value = serde_json::from_str(&kept.out).unwrap();
    assert_eq!(kept["joined"], both["joined"], "a casebook keeps its vantage points");
    let log = folder.run(&["case", "log", "case.ring/vantage/target.ring"]).out;
    assert!(log.contains("saw find unmasked"), "each side records it: {log}");
    let told = folder.run(&["find", "case.ring", "--vantage", "target"]);
    assert!(told.code == 2 && told.err.contains("two sides are called target"), "{}", told.err);
    let told = import("gateway.parquet", "--vantage ../elsewhere");
    assert!(told.code == 2 && told.err.contains("no name for a vantage point"), "{}", told.err);
    let told = folder.run(&["find", "host.parquet", "--also", "nonsense"]);
    assert!(told.code == 2 && told.err.contains("target=gateway.csv"), "{}", told.err);
}
