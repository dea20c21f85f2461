//! Sightings and the people inside: houses without calls are found, captives are told, people who go home and innocents are not.

use crate::support::Folder;
use serde_json::Value;

const ZONE: [&str; 2] = ["--zone", "America/Lima"];

fn made(folder: &Folder, seed: &str) {
    let words = "--preset lima --calls 250000 --rooms 3 --voip 2 --sightings seen.csv --seed";
    folder.world("world.csv", &format!("{words} {seed}"));
}

fn found(folder: &Folder, args: &[&str]) -> Value {
    let told = folder.run(&[&["find", "--json"], args, &ZONE[..]].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    serde_json::from_str(&told.out).expect("JSON")
}

/// The figures of a line of the score that begins so.
fn figures(score: &str, begin: &str) -> Vec<usize> {
    let line = score.lines().find(|line| line.trim_start().starts_with(begin)).unwrap_or_default();
    line.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn captives_are_told_and_nobody_else() {
    let (mut captives, mut advised, mut houses, mut sited, mut voluntary) = (0, 0, 0, 0, 0);
    for seed in ["51", "52", "53"] {
        let folder = Folder::new();
        made(&folder, seed);
        let told = folder
            .run(&[&["find", "world.csv", "seen.csv", "--json", "--reveal"], &ZONE[..]].concat());
        folder.write("found.json", &told.out);
        let score = folder.run(&["drill", "score", "found.json", "world.truth.csv"]).out;
        assert!(!score.contains("advised wrongly"), "{score}");
        if let [rooms, _, told, _] = figures(&score, "captives")[..] {
            captives += rooms;
            advised += told;
        }
        if let [_, found, told, leave] = figures(&score, "voluntary")[..] {
            assert_eq!(told, 0, "people who go home need no check: {score}");
            assert_eq!(found, leave, "that they leave is said: {score}");
            voluntary += found;
        }
        if let [all, _, with_cell] = figures(&score, "houses that phone")[..] {
            houses += all;
            sited += with_cell;
        }
    }
    assert!(captives >= 8 && voluntary >= 1, "{captives} {voluntary}");
    assert!(advised * 10 >= captives * 9, "{advised} of {captives}");
    assert!(sited * 10 >= houses * 8, "{sited} of {houses}");
}

#[test]
fn sightings_alone_show_houses_and_no_hostel() {
    let folder = Folder::new();
    made(&folder, "54");
    let told = folder.run(&[&["find", "seen.csv", "--json", "--reveal"], &ZONE[..]].concat());
    folder.write("found.json", &told.out);
    let score = folder.run(&["drill", "score", "found.json", "world.truth.csv"]).out;
    assert_eq!(figures(&score, "houses that phone")[..2], [2, 2], "{score}");
    assert!(!score.contains("false lead") && !score.contains("watched:"), "{score}");
    let json: Value = serde_json::from_str(&told.out).unwrap();
    assert_eq!(json["accounts"]["sightings"], json["accounts"]["facts"]);
    let measures = &json["rooms"][0]["measures"];
    assert!(measures["received"].is_null(), "what is not observable is never zero: {measures}");
    let bad = folder.run(&["drill", "make", "--out", "w.csv", "--gateway", "g.txt"]);
    assert!(bad.code == 2 && !folder.path("w.csv").exists(), "{}", bad.err);
}

#[test]
fn every_sighting_is_accounted_for_and_gives_the_same_bytes() {
    let folder = Folder::new();
    made(&folder, "55");
    let text = std::fs::read_to_string(folder.path("seen.csv")).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    let facts = rows.len();
    rows.reverse();
    let broken = ["+51001234567,,,2023-10-02 20:00:00Z,,data", ",,a,2023-10-02 20:00:00Z,,data"];
    let late = "+51001234567,350000000000017,a,yesterday,,data";
    let mixed = [rows.as_slice(), &rows[..3], &broken, &[late]].concat();
    folder.write("mixed.csv", format!("{header}\n{}\n", mixed.join("\n")));
    let report = found(&folder, &["mixed.csv"]);
    let of = |name: &str| report["accounts"][name].as_u64().unwrap();
    assert_eq!(of("rows"), of("facts") + of("duplicates") + of("quarantined"));
    assert_eq!((of("sightings"), of("quarantined")), (facts as u64, 3));
    let quarantine = report["quarantine"].as_object().unwrap();
    assert!(
        quarantine.contains_key("no cell") && quarantine.contains_key("no line and no handset")
    );
    let rooms = |args: &[&str]| found(&folder, args)["rooms"].to_string();
    let whole = rooms(&["world.csv", "seen.csv"]);
    assert!(whole.contains("welfare"));
    assert!(whole == rooms(&["mixed.csv", "world.csv", "--threads", "1"]), "shuffled, one thread");
    assert!(whole == rooms(&["world.csv", "seen.csv", "--memory", "4MiB"]), "little memory");
}

#[test]
fn a_session_that_outlasts_the_facts_is_read_like_any_other() {
    let folder = Folder::new();
    made(&folder, "58");
    let mut text = std::fs::read_to_string(folder.path("seen.csv")).unwrap();
    let line = text.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let mut session = |from: &str, to: &str| {
        text.extend([&*line, ",,001-01-1000-10028,", from, ",", to, ",data\n"]);
    };
    for day in 12..21 {
        session(&format!("2023-10-{day} 05:00:00Z"), "2023-10-29 20:00:00Z");
    }
    session("2023-10-29 20:00:00Z", "2023-11-03 20:00:00Z");
    folder.write("long.csv", text);
    let report = found(&folder, &["long.csv"]);
    assert!(!report["rooms"].as_array().unwrap().is_empty());
    let header = "line,imei,cell,from,to,kind\n";
    folder.write("header.csv", header);
    let empty = folder.run(&[&["find", "world.csv", "header.csv", "--json"], &ZONE[..]].concat());
    assert_eq!(empty.code, 0, "a feed without rows stops nothing: {}", empty.err);
}

#[test]
fn a_casebook_keeps_sightings_and_who_looked() {
    let folder = Folder::new();
    made(&folder, "56");
    let told = folder.run(&[&["import", "world.csv", "--into", "a.ring"], &ZONE[..]].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    let told = folder.run(&[&["import", "seen.csv", "--into", "a.ring"], &ZONE[..]].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    let rooms = |args: &[&str]| found(&folder, args)["rooms"].to_string();
    let files = rooms(&["world.csv", "seen.csv"]);
    assert!(files == rooms(&["a.ring"]), "a casebook shows what the files show");
    let hidden = found(&folder, &["a.ring"]);
    let shown = found(&folder, &["a.ring", "--protection"]);
    let distress = |report: &Value| {
        let rooms = report["rooms"].as_array().unwrap().clone();
        let signs = rooms.iter().flat_map(|room| room["captivity"].as_array().unwrap().clone());
        let seen = signs
            .filter(|sign| sign["indicator"] == "distress" && sign["status"] == "seen")
            .collect::<Vec<Value>>();
        assert!(!seen.is_empty(), "somebody called for help in this world");
        seen
    };
    assert!(distress(&hidden).iter().all(|sign| {
        sign["facts"].as_array().unwrap().is_empty()
            && sign["statement"].as_str().unwrap().contains("--protection")
    }));
    assert!(distress(&shown).iter().all(|sign| !sign["facts"].as_array().unwrap().is_empty()));
    let log = folder.run(&["case", "log", "a.ring"]).out;
    assert!(log.contains("find --protection"), "{log}");
}

#[test]
fn who_somebody_is_changes_nothing() {
    let folder = Folder::new();
    made(&folder, "57");
    // Other countries of the same clocks: Colombia for Peru, Singapore for Malaysia.
    for name in ["world.csv", "seen.csv"] {
        let text = std::fs::read_to_string(folder.path(name)).unwrap();
        let renamed = text.replace("+5100", "+5700").replace("+6000", "+6500");
        folder.write(&format!("other-{name}"), renamed);
    }
    let told = |files: [&str; 2]| {
        let report = found(&folder, &files);
        let rooms = report["rooms"].as_array().unwrap().iter();
        let of_room = rooms.map(|room| {
            let signs = room["captivity"].as_array().unwrap().iter();
            let signs: Vec<Value> = signs
                .map(|sign| {
                    let mut sign = sign.clone();
                    sign["facts"] = Value::Null;
                    sign
                })
                .collect();
            let welfare = room["welfare"]["statement"].clone();
            (room["confidence"].clone(), room["site"].clone(), signs, welfare)
        });
        of_room.collect::<Vec<_>>()
    };
    let own = told(["world.csv", "seen.csv"]);
    assert!(own.len() >= 3);
    assert_eq!(own, told(["other-world.csv", "other-seen.csv"]));
    let words = serde_json::to_string(&own).unwrap().to_lowercase();
    for forbidden in ["nationality", "ethnic", "religio", "passport", "female", "malaysia"] {
        assert!(!words.contains(forbidden), "{forbidden}");
    }
}
