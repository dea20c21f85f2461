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
fn what_was_imported_first_keeps_its_source_and_its_quarantine() {
    let folder = Folder::new();
    let header = "caller,callee,start,duration";
    let call = |hour: u32| format!("+442079460001,+442079460002,2023-10-07 {hour}:04:05,83\n");
    folder.write("a.csv", format!("{header}\n{}+442079460001,+442079460003,never,5\n", call(10)));
    folder.write(
        "b.csv",
        format!("{header}\n{}{}", call(11), "+442079460001,,2023-10-07 12:00:00,5\n"),
    );
    let import = |file: &str| {
        let told = folder.run(&["import", file, "--into", "case.ring"]);
        assert_eq!(told.code, 0, "{}", told.err);
    };
    let quarantined = || {
        let path = folder.path("case.ring/quarantine.parquet");
        let file = std::fs::File::open(path).unwrap();
        let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file);
        let batches = reader.unwrap().build().unwrap();
        batches.map(|batch| batch.unwrap().num_rows()).sum::<usize>()
    };
    import("a.csv");
    assert_eq!(quarantined(), 1);
    import("b.csv");
    import("a.csv");
    assert_eq!(quarantined(), 2, "one of each, once");
    let told = folder.run(&["explain", "+442079460001", "case.ring"]).out;
    assert!(told.contains("(a.csv, row 2)") && told.contains("(b.csv, row 2)"), "{told}");
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
    let log = || folder.run(&["case", "log", "case.ring"]).out;
    assert!(log().lines().count() == 1 && log().contains("imported calls.csv"), "{}", log());
    assert_eq!(folder.run(&["find", "case.ring", "--reveal"]).code, 0);
    assert!(log().lines().count() == 2 && log().contains("saw find unmasked"), "{}", log());
}

#[test]
fn every_call_that_evidence_names_is_a_call_with_file_and_row() {
    let folder = Folder::new();
    folder.world("world.csv", "--calls 150000 --rooms 4 --days 21");
    let named = |more: &[&str]| -> Vec<(String, Vec<String>)> {
        let told = folder.run(&[&["find", "world.csv", "--json"], more].concat());
        let report: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        let rooms = report["rooms"].as_array().unwrap().iter();
        let texts = |finding: &serde_json::Value| -> Vec<String> {
            let facts = finding["facts"].as_array().unwrap();
            facts.iter().map(|fact| fact.as_str().unwrap().to_owned()).collect()
        };
        let of = |room: &serde_json::Value| -> Vec<String> {
            room["evidence"].as_array().unwrap().iter().flat_map(texts).collect()
        };
        rooms.map(|room| (room["id"].as_str().unwrap().to_owned(), of(room))).collect()
    };
    for more in [&["--reveal"][..], &[]] {
        let rooms = named(more);
        assert!(rooms.iter().map(|(_, calls)| calls.len()).sum::<usize>() > 10, "{rooms:?}");
        for (room, calls) in rooms {
            let told = folder.run(&[&["explain", &room, "world.csv"], more].concat()).out;
            for call in calls {
                let line = told.lines().find(|line| line.contains(&call));
                assert!(
                    line.is_some_and(|line| line.contains("world.csv, row ")),
                    "{call}: {told}"
                );
                let is_id = call.len() == 16 && call.bytes().all(|byte| byte.is_ascii_hexdigit());
                assert_eq!(is_id, !more.is_empty(), "a hash gives numbers away: {call}");
            }
        }
    }
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

#[test]
fn a_rejected_room_stays_rejected_when_facts_are_added_and_its_people_are_not_told() {
    let folder = Folder::new();
    folder.world("first.csv", "--calls 150000 --rooms 4 --days 21");
    let later = "caller,callee,start,duration,caller_cell\n\
        +51900000001,+51900000002,2023-10-02 06:00:00,83,716-06-1-1\n";
    folder.write("more.csv", later);
    let into = ["--into", "case.ring", "--zone", "America/Lima"];
    assert_eq!(folder.run(&[&["import", "first.csv"], &into[..]].concat()).code, 0);
    let found = || -> serde_json::Value {
        serde_json::from_str(&folder.run(&["find", "case.ring", "--json"]).out).unwrap()
    };
    let before = found();
    let room = before["rooms"][0].clone();
    assert!(!room["people_to_warn"].as_array().unwrap().is_empty());
    let told = folder.run(&["case", "judge", "case.ring", "R1", "rejected", "--reason", " "]);
    assert!(told.code == 2 && told.err.contains("a reason must be given"), "{}", told.err);
    let told = folder.run(&["case", "judge", "case.ring", "R99", "rejected", "--reason", "no"]);
    assert!(told.code == 2 && told.err.contains("no room R99"), "{}", told.err);
    let judge = ["case", "judge", "case.ring", "R1", "rejected", "--look-alike", "clinic"];
    let told = folder.run(&[&judge[..], &["--reason", "they remind patients"]].concat());
    assert_eq!(told.code, 0, "{}", told.err);
    assert_eq!(folder.run(&[&["import", "more.csv"], &into[..]].concat()).code, 0);
    let after = found();
    let rooms = after["rooms"].as_array().unwrap();
    let judged: Vec<_> = rooms.iter().filter(|room| !room["judgement"].is_null()).collect();
    assert_eq!(judged.len(), 1);
    assert_eq!(judged[0]["first_seen"], room["first_seen"]);
    assert_eq!(judged[0]["judgement"]["disposition"], "rejected");
    assert_eq!(judged[0]["judgement"]["look_alike"], "clinic");
    assert_eq!(judged[0]["people_to_warn"].as_array().unwrap().len(), 0);
    let page = folder.run(&["find", "case.ring"]).out;
    assert!(page.contains("Judged rejected (clinic) by "), "{page}");
}

#[test]
fn a_log_that_somebody_changed_is_told_with_its_first_broken_entry() {
    let folder = Folder::new();
    folder.write(
        "calls.csv",
        "caller,callee,start,duration\n+442079460001,+442079460002,2023-10-07 21:04:05,83\n",
    );
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "case.ring"]).code, 0);
    (0..3).for_each(|_| assert_eq!(folder.run(&["find", "case.ring", "--reveal"]).code, 0));
    let told = folder.run(&["case", "verify", "case.ring"]);
    assert!(told.code == 0 && told.out.contains("4 entries hold"), "{}", told.out);
    let path = folder.path("case.ring/casebook.sqlite");
    let mut bytes = std::fs::read(&path).unwrap();
    // The second reveal, as if it had never asked for whole numbers.
    let places: Vec<usize> =
        (0..bytes.len() - 4).filter(|at| &bytes[*at..at + 4] == b"find").collect();
    let lines = folder.run(&["case", "log", "case.ring", "--json"]).out;
    assert_eq!((places.len(), lines.lines().count()), (3, 4));
    places.iter().for_each(|at| bytes[*at] = b'F');
    std::fs::write(&path, bytes).unwrap();
    let told = folder.run(&["case", "verify", "case.ring"]);
    assert_eq!(told.code, 1, "{}", told.out);
    assert!(told.out.contains("broken at entry 2: what it says was changed"), "{}", told.out);
    let told = folder.run(&["case", "verify", "nothing.ring"]);
    assert!(told.code == 2 && told.err.contains("no casebook"), "{}", told.err);
}

#[test]
fn a_template_is_for_the_files_that_come_and_not_for_the_facts_that_are_there() {
    let folder = Folder::new();
    folder.write(
        "calls.csv",
        "caller,callee,start,duration\n+999001,+999002,2023-10-04 10:00:00,5\n",
    );
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    folder.write("odd.csv", "A number;B number;when;secs\n+999003;+999004;2023-10-04 11:00:00;7\n");
    folder.write("odd.toml", "[columns]\ncaller = \"A number\"\ncallee = \"B number\"\nstart = \"when\"\nduration = \"secs\"\n");
    let told = folder.run(&["import", "odd.csv", "--into", "lima.ring", "--template", "odd.toml"]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(
        told.out.contains("2 rows in = 2 facts + 0 duplicates + 0 quarantined"),
        "{}",
        told.out
    );
}

/// The case that this program was made after, as it was printed (docs/concepts/claims.md).
const LIMA: &str = include_str!("../../../../docs/examples/lima.jsonl");

#[test]
fn what_was_said_of_a_case_is_added_whole_or_not_at_all() {
    let folder = Folder::new();
    folder.write(
        "calls.csv",
        "caller,callee,start,duration\n+999001,+999002,2023-10-04 10:00:00,5\n",
    );
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    let log = || folder.run(&["case", "log", "lima.ring"]).out;
    let before = log();
    let bad = [
        ("no JSON", "line 73"),
        (
            r#"{"action":"import","feed":"x","blake3":"x","rows":1,"facts":1,"quarantined":0}"#,
            "only claims",
        ),
        (
            r#"{"action":"claim","about":{"thing":"x","what":"y"},"value":{"kind":"words","text":"z"},"source":"s","said":null,"grade":{"reliability":"C","credibility":3},"words":"","basis":[{"kind":"exhibit","entry":999}]}"#,
            "line 73",
        ),
    ];
    for (line, told) in bad {
        folder.write("bad.jsonl", format!("{LIMA}{line}\n"));
        let answer = folder.run(&["case", "add", "lima.ring", "bad.jsonl"]);
        assert!(answer.code == 2 && answer.err.contains(told), "{}", answer.err);
        assert_eq!(log(), before, "nothing was added");
    }
    folder.write("lima.jsonl", LIMA);
    let answer = folder.run(&["case", "add", "lima.ring", "lima.jsonl"]);
    assert_eq!((answer.code, &*answer.out), (0, "72 entries were added.\n"));
    let log = log();
    assert_eq!(log.matches("people found: ").count(), 7, "all printed counts are kept");
    assert_eq!(log.matches(" found P-").count(), 44);
    assert_eq!(folder.run(&["case", "verify", "lima.ring"]).code, 0);
}

#[test]
fn what_is_erased_is_gone_with_all_that_is_told_of_it_and_the_log_holds() {
    let folder = Folder::new();
    folder.world("calls.csv", "--calls 20000 --seed 31");
    assert_eq!(folder.run(&["import", "calls.csv", "--into", "lima.ring"]).code, 0);
    let found = r#"{"action":"found","code":"P-01","place":"the yellow house","day":"2023-10-07"}"#;
    folder.write("people.jsonl", format!("{found}\n{}\n", found.replace("P-01", "P-02")));
    assert_eq!(folder.run(&["case", "add", "lima.ring", "people.jsonl"]).code, 0);
    let log = || folder.run(&["case", "log", "lima.ring", "--json"]).out;
    let nothing = folder.run(&["case", "erase", "lima.ring", "--due"]);
    assert!(nothing.code == 0 && nothing.out.contains("Nothing is to be erased"));
    for (entry, day) in [("2", "2020-01-31"), ("3", "2999-01-31")] {
        let expire = ["case", "expire", "lima.ring", entry, "--on", day, "--reason", "retention"];
        assert_eq!(folder.run(&expire).code, 0);
    }
    let over = folder.run(&["case", "erase", "lima.ring", "--due"]);
    assert!(over.out.contains("1 entries were erased"), "{}{}", over.out, over.err);
    assert!(!log().contains("P-01") && log().contains("P-02"));
    let asked = ["case", "erase", "lima.ring", "3", "--reason", "they asked for it"];
    assert_eq!(folder.run(&asked).code, 0);
    assert!(!log().contains("yellow house") && log().contains("they asked for it"));
    assert_eq!(folder.run(&["case", "verify", "lima.ring"]).code, 0, "the log holds");
    let refused = folder.run(&["case", "erase", "lima.ring", "99", "--reason", "x"]);
    assert!(refused.code == 2 && refused.err.contains("hint"), "{}", refused.err);
    let bare = folder.run(&["case", "erase", "lima.ring", "1"]);
    assert!(bare.code == 2 && bare.err.contains("--reason"), "{}", bare.err);
}

#[test]
fn a_rejected_room_teaches_about_its_likes_and_takes_it_back() {
    let folder = Folder::new();
    folder.world("calls.parquet", "--calls 60000 --rooms 2 --seed 2032");
    let import = ["import", "calls.parquet", "--into", "lima.ring", "--zone", "America/Lima"];
    assert_eq!(folder.run(&import).code, 0);
    // As far apart as rooms of two shapes are.
    folder.write("wide.toml", "[likes]\nnear_max = 9.0\n");
    let found = || {
        let told = folder.run(&["find", "lima.ring", "--config", "wide.toml", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&told.out).expect("a report");
        report["rooms"].as_array().expect("rooms").clone()
    };
    let judge = |room: &str, word: &str| {
        let judge = ["case", "judge", "lima.ring", room, word, "--config", "wide.toml"];
        let told =
            folder.run(&[&judge[..], &["--reason", "drill", "--look-alike", "clinic"]].concat());
        assert_eq!(told.code, 0, "{}", told.err);
    };
    let before = found();
    let leads =
        |rooms: &[serde_json::Value]| rooms.iter().filter(|room| room["verdict"] == "lead").count();
    assert!(leads(&before) >= 2 && before.iter().all(|room| room["like"].is_null()));
    judge("R1", "rejected");
    let after = found();
    assert_eq!(leads(&after), 1, "the rejected room alone keeps its verdict, and says that it was");
    let like = &after[1]["like"];
    assert_eq!((&like["room"], &like["disposition"]), (&"R1".into(), &"rejected".into()));
    let statement = like["statement"].as_str().expect("a sentence");
    assert!(statement.starts_with("It works like R1, which was rejected (clinic)"), "{statement}");
    let page = folder.run(&["find", "lima.ring", "--config", "wide.toml"]).out;
    assert!(page.contains("R2: It works like R1, which was rejected (clinic)"), "{page}");
    let told = folder.run(&["explain", "R2", "lima.ring", "--config", "wide.toml"]).out;
    assert!(told.contains("It works like R1, which was rejected (clinic)"), "{told}");
    judge("R1", "undecided");
    assert_eq!(leads(&found()), leads(&before), "nothing is said, nothing is learned");
}
