//! Made worlds: planted rooms are found, look-alikes are left alone. Floors, three seeds; the drill's own figures are higher.

use crate::support::Folder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

struct Found {
    rooms: usize,
    of: usize,
    false_leads: usize,
}

fn world(words: &str) -> Found {
    let folder = Folder::new();
    folder.world("world.parquet", words);
    let told = folder.run(&["find", "world.parquet", "--json", "--reveal"]);
    folder.write("found.json", &told.out);
    let score = folder.run(&["drill", "score", "found.json", "world.truth.csv"]);
    assert_eq!(score.code, 0, "{}", score.err);
    let first = score.out.lines().next().unwrap_or_default();
    let numbers: Vec<usize> =
        first.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let false_leads = score
        .out
        .lines()
        .filter(|line| line.contains("false lead:") && !line.contains("ordinary"))
        .count();
    Found { rooms: numbers[0], of: numbers[1], false_leads }
}

#[test]
fn planted_rooms_are_found_and_look_alikes_left_alone() {
    let (mut rooms, mut of) = (0, 0);
    for seed in ["11", "12", "13"] {
        let found = world(&format!("--calls 1000000 --rooms 8 --seed {seed}"));
        assert_eq!(found.false_leads, 0, "seed {seed}: a look-alike was accused");
        rooms += found.rooms;
        of += found.of;
    }
    assert!(rooms * 10 >= of * 7, "{rooms} of {of}");
}

#[test]
fn a_world_without_rooms_has_no_lead() {
    let found = world("--calls 600000 --rooms 0 --seed 14");
    assert_eq!((found.of, found.false_leads), (0, 0));
}

#[test]
fn the_house_of_lima_is_found() {
    let found = world("--calls 600000 --rooms 2 --preset lima --seed 15");
    assert_eq!((found.rooms, found.of, found.false_leads), (2, 2, 0));
}

#[test]
fn rooms_planted_into_own_records_are_found_there() {
    let folder = Folder::new();
    folder.world("own.csv", "--calls 400000 --rooms 0 --seed 41");
    let plant =
        ["drill", "plant", "own.csv", "--rooms", "2", "--seed", "3", "--out", "planted.parquet"];
    let told = folder.run(&plant);
    assert_eq!(told.code, 0, "{}", told.err);
    let zone = ["--zone", "America/Lima"];
    let found =
        folder.run(&[&["find", "planted.parquet", "--json", "--reveal"], &zone[..]].concat());
    folder.write("found.json", &found.out);
    let score = folder.run(&["drill", "score", "found.json", "planted.truth.csv"]);
    assert!(score.out.starts_with("rooms found: 2 of 2 as leads"), "{}", score.out);
    let short =
        "caller,callee,start,duration\n+442079460001,+442079460002,2023-10-07 21:04:05,83\n";
    folder.write("short.csv", short);
    let told = folder.run(&["drill", "plant", "short.csv", "--out", "no.parquet"]);
    assert!(told.code == 2 && told.err.contains("at least 8 days"), "{}", told.err);
}

#[test]
fn withheld_callers_run_no_room() {
    let folder = Folder::new();
    folder.world("world.csv", "--calls 400000 --rooms 4 --seed 51 --without imei,cell");
    let truth = std::fs::read_to_string(folder.path("world.truth.csv")).unwrap();
    let rows = truth.lines().filter(|row| row.contains(",worker,"));
    let room_of: BTreeMap<&str, &str> = rows
        .map(|row| row.split(',').collect::<Vec<_>>())
        .map(|fields| (fields[3], fields[0]))
        .collect();
    let mut text = std::fs::read_to_string(folder.path("world.csv")).unwrap();
    for (line, day) in room_of.keys().flat_map(|line| [9, 16, 23].map(|day| (line, day))) {
        let at = format!("2023-10-{day:02} 12:00:00Z");
        writeln!(text, "anonymous,{line},{at},5,answered,,,").unwrap();
    }
    folder.write("world.csv", &text);
    let told = folder.run(&["find", "world.csv", "--zone", "America/Lima", "--json", "--reveal"]);
    let report: Value = serde_json::from_str(&told.out).expect("JSON");
    let rooms = report["rooms"].as_array().expect("a list");
    assert!(rooms.len() >= 3, "{}", rooms.len());
    for room in rooms {
        let lines = room["lines"].as_array().expect("a list").iter();
        let mut of_room: BTreeMap<&str, usize> = BTreeMap::new();
        for line in lines.filter_map(|line| room_of.get(line["line"].as_str()?)) {
            *of_room.entry(line).or_default() += 1;
        }
        let rooms = of_room.values().filter(|lines| **lines >= 5).count();
        assert!(rooms <= 1, "{of_room:?}");
    }
}
