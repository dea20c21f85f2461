//! `find` on small and on public input.

use crate::support::{Folder, shared_data};

const CALLS: &str = "caller,callee,start,duration\n\
    +442079460001,+442079460002,2023-10-07 21:04:05,83\n\
    +442079460001,+442079460002,2023-10-07 21:04:05,83\n\
    +442079460002,+442079460001,2023-10-08 09:00:00,60\n\
    6.01E+10,+442079460001,2023-10-08 09:00:00,60\n";

#[test]
fn a_small_file_is_read_and_every_row_accounted_for() {
    let folder = Folder::new();
    folder.write("calls.csv", CALLS);
    insta::assert_snapshot!(folder.run(&["find", "calls.csv"]).page());
}

#[test]
fn the_preview_shows_what_was_guessed() {
    let folder = Folder::new();
    folder.write("calls.csv", CALLS);
    insta::assert_snapshot!(folder.run(&["import", "--preview", "calls.csv"]).page());
}

#[test]
fn the_machines_form_follows_its_schema() {
    let folder = Folder::new();
    folder.write("calls.csv", CALLS);
    folder.world("world.csv", "--calls 150000 --rooms 4 --days 21");
    let sides = "--preset lima --calls 150000 --rooms 2 --voip 1 --sightings seen.csv --gateway gateway.csv";
    folder.world("host.csv", sides);
    let schema = include_str!("../../../../docs/reference/find.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let also = ["host.csv", "seen.csv", "--also", "target=gateway.csv@Asia/Kuala_Lumpur"];
    for files in [&["calls.csv"][..], &["world.csv"], &also] {
        let told = folder.run(&[&["find", "--json"], files].concat());
        let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{files:?}: {errors:?}");
        assert!(!told.out.contains("+4420794600"), "numbers are masked");
    }
}

#[test]
fn the_place_has_a_position_where_a_cell_file_tells_it() {
    let folder = Folder::new();
    folder.world("world.csv", "--calls 150000 --rooms 4 --days 21");
    let report = |args: &[&str]| -> serde_json::Value {
        serde_json::from_str(&folder.run(&[&["find", "world.csv", "--json"], args].concat()).out)
            .unwrap()
    };
    let without = report(&[]);
    let cell = without["rooms"][0]["site"][0]["cell"].as_str().unwrap().to_owned();
    assert!(without["rooms"][0]["site"][0]["lat"].is_null());
    folder.write("cells.csv", format!("cell,lat,lon\n{cell},-12.07,-76.94\n"));
    let with = report(&["--cells", "cells.csv"]);
    assert_eq!(with["rooms"][0]["site"][0]["lat"].as_f64(), Some(-12.07));
    let area = &with["rooms"][0]["areas"][0];
    assert!(area["radius_m"].as_f64().unwrap() >= 1_000.0, "an area, never a pin: {area}");
    assert!(without["rooms"][0]["areas"].as_array().unwrap().is_empty());
    let lines = with["rooms"][0]["lines"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["continues_as"].is_string()), "SIMs are used up");
}

#[test]
fn vast_2008_is_read_without_help_and_nobody_is_accused() {
    let Some(path) = shared_data("vast2008/cdr.csv") else { return };
    let told = Folder::new().run(&["find", path.to_str().unwrap()]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.out.contains("9,834 rows in = 9,830 facts + 0 duplicates + 4 quarantined"),
        "{}",
        told.out
    );
    assert!(told.out.contains(" 0 leads "), "{}", told.out);
}

#[test]
fn callmines_planted_block_is_found() {
    let Some(path) = shared_data("callmine/sample_raw_data.csv") else { return };
    let told = Folder::new().run(&["find", path.to_str().unwrap(), "--json", "--reveal"]);
    let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
    let block: Vec<String> = (250..260).map(|line| line.to_string()).collect();
    let found = report["rooms"].as_array().unwrap().iter().any(|room| {
        let lines: Vec<&str> = room["lines"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|line| line["line"].as_str())
            .collect();
        block.iter().all(|line| lines.contains(&line.as_str())) && lines.len() <= 14
    });
    assert!(found, "{}", told.out);
}
