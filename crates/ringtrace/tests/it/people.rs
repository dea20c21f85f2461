//! People to warn: the hooked are told, customers are not, nobody twice, and nothing after the moment looked from counts.

use crate::support::Folder;
use serde_json::Value;
use std::collections::BTreeSet;

/// The figures behind `precision` and `recall` in the score of a world of the targets' country.
fn score(seed: &str) -> (f64, f64) {
    let folder = Folder::new();
    let words = "--calls 600000 --rooms 6 --preset lima-target --seed";
    folder.world("world.parquet", &format!("{words} {seed}"));
    let zone = ["--zone", "Asia/Kuala_Lumpur"];
    let found = folder.run(&[&["find", "world.parquet", "--json", "--reveal"], &zone[..]].concat());
    folder.write("found.json", &found.out);
    let score = folder.run(&["drill", "score", "found.json", "world.truth.csv"]).out;
    let figure = |word: &str| -> f64 {
        let at = score.find(word).unwrap_or_else(|| panic!("{score}")) + word.len();
        score[at..].split(')').next().and_then(|figure| figure.parse().ok()).expect("a figure")
    };
    (figure("(precision "), figure("(recall "))
}

#[test]
fn hooked_people_are_told_and_few_others() {
    let scores = ["21", "22", "23"].map(score);
    let mean = |of: fn(&(f64, f64)) -> f64| scores.iter().map(of).sum::<f64>() / 3.0;
    let (precision, recall) = (mean(|score| score.0), mean(|score| score.1));
    assert!(precision >= 0.85 && recall >= 0.8, "{precision} {recall} {scores:?}");
}

fn json(folder: &Folder, args: &[&str]) -> Value {
    serde_json::from_str(&folder.run(args).out).expect("JSON")
}

#[test]
fn the_queue_holds_each_person_once_in_order_and_masked() {
    let folder = Folder::new();
    folder.world("world.csv", "--calls 200000 --rooms 4 --seed 5");
    let zone = ["--zone", "America/Lima"];
    let masked = json(&folder, &[&["warn", "world.csv", "--json"], &zone[..]].concat());
    let people = masked["people"].as_array().unwrap();
    assert!(people.len() > 20, "{}", people.len());
    let ranks: Vec<u64> = people.iter().map(|one| one["rank"].as_u64().unwrap()).collect();
    assert!(ranks.iter().copied().eq(1..=people.len() as u64));
    let place = |one: &Value| {
        let urgency = one["urgency"].as_str().unwrap();
        let urgency = ["now", "soon", "later"].iter().position(|known| *known == urgency).unwrap();
        (one["expected_precision"].as_f64().unwrap() < 0.8, urgency)
    };
    let places: Vec<(bool, usize)> = people.iter().map(place).collect();
    assert!(places.is_sorted(), "the sure ones first, and of each the urgent ones: {places:?}");
    assert!(places[0] == (false, 0) && places.contains(&(false, 2)), "{places:?}");
    assert!(people.iter().all(|one| one["line"].as_str().unwrap().contains('•')));
    assert!(!masked.to_string().contains("+5100") && !masked.to_string().contains("+6000"));
    let args = ["warn", "world.csv", "--json", "--reveal", "--out", "queue"];
    let shown = json(&folder, &[&args[..], &zone[..]].concat());
    let lines: BTreeSet<&str> = shown["people"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["line"].as_str().unwrap())
        .collect();
    assert_eq!(lines.len(), people.len(), "nobody stands twice");
    let csv = std::fs::read_to_string(folder.path("queue/warn.csv")).unwrap();
    assert_eq!(csv.lines().count(), people.len() + 1);
    assert!(csv.starts_with("rank,line,urgency,stage,expected_precision,"));
    let written = std::fs::read_to_string(folder.path("queue/warn.json")).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), shown);
}

#[test]
fn looking_from_a_moment_is_as_if_later_calls_were_not_there() {
    let folder = Folder::new();
    folder.world("world.csv", "--calls 200000 --rooms 4 --seed 6 --days 21");
    let world = std::fs::read_to_string(folder.path("world.csv")).unwrap();
    let header = world.lines().next().unwrap();
    let at = header.split(',').position(|name| name == "start").unwrap();
    let until_then = |line: &&str| line.split(',').nth(at).unwrap()[..10] <= *"2023-10-15";
    let kept: Vec<&str> = world.lines().skip(1).filter(until_then).collect();
    folder.write("first.csv", format!("{header}\n{}\n", kept.join("\n")));
    let found = |file: &str, args: &[&str]| {
        let zone = ["find", file, "--json", "--zone", "America/Lima"];
        json(&folder, &[&zone[..], args].concat())
    };
    let as_of = ["--as-of", "2023-10-15T23:59:59Z"];
    let (whole, first) = (found("world.csv", &as_of), found("first.csv", &as_of));
    assert!(!first["rooms"].as_array().unwrap().is_empty());
    assert!(whole["rooms"] == first["rooms"], "later calls change what is found");
    let of = |name: &str| whole["accounts"][name].as_u64().unwrap();
    assert_eq!(of("rows"), of("facts") + of("duplicates") + of("quarantined"));
    assert_eq!(of("later"), (world.lines().count() - 1 - kept.len()) as u64);
    let wrong = folder.run(&["warn", "first.csv", "--as-of", "yesterday"]);
    assert!(wrong.code == 2 && wrong.err.contains("2023-10-07"), "{}", wrong.err);
}
