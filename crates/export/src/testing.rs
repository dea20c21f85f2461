//! A room that is made up.

use crate::Mark;
use report::{Report, RoomReport};
use serde_json::json;

pub(crate) fn mark() -> Mark {
    Mark {
        recipient: "the police".to_owned(),
        sender: "amal".to_owned(),
        at: "2023-10-30 12:00 UTC".to_owned(),
        casebook: "lima".to_owned(),
        files: vec![("calls.csv".to_owned(), "af13".repeat(16))],
    }
}

pub(crate) fn room() -> RoomReport {
    report().rooms.remove(0)
}

/// What was found, as a casebook keeps it: with one fact hidden and one whole.
pub(crate) fn report() -> Report {
    let line = |nth: usize| {
        json!({
            "id": format!("R1-L0{nth}"), "line": format!("+999•••••0{nth}"), "first_seen": "2023-10-04 01:00:00",
            "last_seen": "2023-10-29 22:00:00", "weight": 5.0, "role": "worker", "role_confidence": 0.9,
            "controller": 0.1, "continues_as": null, "calls": 100, "targets": 90, "handsets": []
        })
    };
    let facts = json!([
        "2023-10-04 01:13:20 +999•••••01 → +999•••••02",
        { "start_s": 1, "start": "2023-10-04 01:13:20", "line": "+99912345601", "callee": "+99912345602" }
    ]);
    let area = |lat: f64, probability: f64| json!({ "lat": lat, "lon": -77.03, "radius_m": 1500.0, "probability": probability, "cells": ["001-01-1-1"] });
    let room = json!({
        "id": "R1", "verdict": "lead", "shape": "house", "confidence": 0.97,
        "first_seen": "2023-10-04 01:00:00", "last_seen": "2023-10-29 22:00:00",
        "site": [{ "cell": "001-01-1-1", "share": 0.9, "lat": null, "lon": null }],
        "areas": [area(-12.05, 0.8), area(-12.15, 0.2)],
        "target_zone": "Asia/Kuala_Lumpur", "lines": [line(1), line(2)], "around": [],
        "evidence": [{ "family": "targets", "statement": "A hand-off.", "weight": 4.0, "facts": facts }],
        "counter_evidence": [{ "family": "rhythm", "statement": "It rests on Sundays.", "weight": -1.0, "facts": [] }],
        "people_to_warn": [], "captivity": [],
        "welfare": { "advised": false, "urgent": false, "families": [], "vantage_points": 1, "statement": "No sign.", "silenced": [] },
        "not_observable": ["Routes are not seen."], "measures": {},
        "hours": { "site": vec![vec![0; 24]; 7], "targets": null }
    });
    let report = json!({
        "version": "1", "program": "ringtrace 0.1.0", "configuration": { "version": 12 },
        "as_of": "2023-10-29 23:59:55",
        "feeds": [{ "name": "calls.csv", "template": "recognised", "zone": "America/Lima", "rows": 10, "sees": [], "not_observable": ["route"], "notes": [] }],
        "accounts": { "rows": 10, "facts": 9, "sightings": 0, "later": 0, "duplicates": 1, "quarantined": 0 },
        "lines": 4, "candidates": 3, "groups": 1, "rooms": [room], "cohorts": [], "suppressed": [], "quarantine": {}
    });
    serde_json::from_value(report).expect("the form of a report")
}
