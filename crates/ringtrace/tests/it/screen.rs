//! `ringtrace screen` as a person meets it.

use crate::support::{Folder, shared_data};
use serde_json::Value;
use std::path::{Path, PathBuf};

const LEAD: &str = "Your bank account is suspended. Verify your password at http://secure-pay.top/a or call +1 202 555 0123 within 24 hours";

fn json(folder: &Folder, args: &[&str]) -> Value {
    let told = folder.run(args);
    serde_json::from_str(&told.out)
        .unwrap_or_else(|error| panic!("{error}: {} {}", told.out, told.err))
}

#[test]
fn a_message_is_explained_and_its_numbers_are_masked() {
    let folder = Folder::new();
    folder.write("message.txt", LEAD);
    let told = folder.run(&["screen", "message.txt"]);
    assert_eq!(told.code, 0, "{}", told.err);
    for words in [
        "speaks as scams do",
        "type: ",
        "asks for a code",
        "“Verify your”",
        "secure-pay.top/a",
        "+1••••••••23",
        "what to do",
    ] {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
    assert!(!told.out.contains("555"), "{}", told.out);
    assert!(folder.run(&["screen", "message.txt", "--reveal"]).out.contains("+12025550123"));
}

#[test]
fn the_machines_form_holds_spans_of_the_text() {
    let folder = Folder::new();
    folder.write("message.txt", LEAD);
    let found = json(&folder, &["screen", "message.txt", "--json", "--reveal"]);
    let text = &found["texts"][0];
    assert_eq!(text["verdict"], "lead");
    assert_eq!(text["language"], "en");
    for advice in ["en", "ms", "zh", "es"] {
        assert!(text["advice"][advice].as_str().is_some_and(|words| words.len() > 20));
    }
    let spans =
        text["acts"].as_array().unwrap().iter().flat_map(|act| act["spans"].as_array().unwrap());
    for span in spans.chain(text["words"].as_array().unwrap()) {
        let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
        let (start, end) = (usize::try_from(start).unwrap(), usize::try_from(end).unwrap());
        assert_eq!(span["text"], LEAD[start..end]);
    }
}

#[test]
fn a_talk_is_judged_after_every_turn() {
    let folder = Folder::new();
    let talk = "WEBVTT\n\n00:00.000 --> 00:04.000\n<v Agent>Good morning, this is the bank's fraud team\n\n00:04.000 --> 00:05.000\n<v Customer>Yes?\n\n\
                00:05.000 --> 00:12.000\n<v Agent>Do not tell anyone and do not hang up. Move your savings to the safe account now\n\n\
                00:11.000 --> 00:16.000\n<v Agent>and read me the code that we sent you\n";
    folder.write("call.vtt", talk);
    let found = json(&folder, &["screen", "call.vtt", "--json"]);
    let turns = found["texts"][0]["turns"].as_array().unwrap();
    assert_eq!(turns.len(), 4);
    let probability = |at: usize| turns[at]["probability"].as_f64().unwrap();
    assert!(probability(0) < probability(3), "{turns:?}");
    assert_eq!(turns[3]["verdict"], "lead");
    assert!(
        found["notes"][0].as_str().unwrap().contains("begin before the one before them has ended")
    );
}

#[test]
fn what_is_no_text_is_told_and_nothing_is_lost() {
    let folder = Folder::new();
    folder.write("chat.txt", "1/2/23, 10:05 - Messages are encrypted\n1/2/23, 10:05 - Ana: see you at dinner\n1/2/23, 10:06 - Bo: <Media omitted>\n");
    let told = folder.run(&["screen", "chat.txt"]);
    assert_eq!(told.code, 1);
    assert!(
        told.err.contains("chat.txt row 1: a notice of the app")
            && told.err.contains("row 3: no words"),
        "{}",
        told.err
    );
    folder.write("chat.zip", b"PK\x03\x04 and more");
    let told = folder.run(&["screen", "chat.zip"]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("zip archive") && told.err.contains("hint: unpack it first"),
        "{}",
        told.err
    );
    assert_eq!(folder.run(&["screen", "gone.txt"]).code, 2);
    folder.write(
        "other.txt",
        "Votre compte est bloqué, veuillez nous appeler pour vous identifier au plus vite",
    );
    let told = folder.run(&["screen", "other.txt"]);
    assert!(told.out.contains("language not covered"), "{}", told.out);
}

#[test]
fn hostile_bytes_are_read_in_peace() {
    let folder = Folder::new();
    let mut bytes = b"\xff\xfe\xfd your account \xe2\x80\xae is blocked \xf0\x9d".to_vec();
    bytes.extend("\u{202e}\u{2066}".repeat(500).bytes());
    folder.write("bytes.txt", &bytes);
    folder.write("long.txt", "pay the fee now or be arrested ".repeat(200_000));
    folder.write("line.txt", "a".repeat(3_000_000));
    for name in ["bytes.txt", "long.txt", "line.txt"] {
        let told = folder.run(&["screen", name, "--json"]);
        assert!(told.code <= 1, "{name}: {}", told.err);
        assert!(serde_json::from_str::<Value>(&told.out).is_ok(), "{name}");
    }
}

#[test]
fn labels_of_ones_own_are_learnt_tested_and_used() {
    let folder = Folder::new();
    let table = include_str!("../../../../docs/examples/labelled.csv");
    folder.write("labelled.csv", table);
    let told = folder.run(&["screen", "train", "labelled.csv", "--out", "own.model"]);
    assert_eq!(told.code, 0, "{}", told.err);
    let told = folder.run(&["screen", "test", "labelled.csv", "--model", "own.model"]);
    assert!(told.out.contains("100.00 % right"), "{}", told.out);
    folder.write("one.txt", "the ferry to the island leaves late");
    let found = json(&folder, &["screen", "one.txt", "--model", "own.model", "--json"]);
    assert_eq!(found["texts"][0]["labels"][0]["name"], "ferry");
    let twice =
        folder.run(&["screen", "train", "labelled.csv", "--out", "again.model", "--threads", "1"]);
    assert_eq!(twice.code, 0);
    assert_eq!(
        std::fs::read(folder.path("own.model")).unwrap(),
        std::fs::read(folder.path("again.model")).unwrap(),
        "whatever the threads"
    );
    folder.write("wrong.csv", "label,text\nx,one text\n");
    let told = folder.run(&["screen", "train", "wrong.csv", "--out", "no.model"]);
    assert!(told.code == 2 && told.err.contains("fewer than two labels"), "{}", told.err);
    folder.write("broken.model", "RTSCRN");
    assert_eq!(folder.run(&["screen", "one.txt", "--model", "broken.model"]).code, 2);
}

#[test]
fn templates_show_their_slots() {
    let folder = Folder::new();
    let frame = |name: &str, amount: u32| {
        format!(
            "\"Dear {name}, your parcel is held at the depot. Pay {amount} dollars today or it goes back to the sender.\"\n"
        )
    };
    let rows: String = [("Ana", 20), ("Bo Lin", 35), ("Cy", 8)]
        .iter()
        .map(|(name, amount)| frame(name, *amount))
        .collect();
    folder
        .write("texts.csv", format!("text\n{rows}\"We meet at eight for the film, bring Tom\"\n"));
    let found = json(&folder, &["screen", "templates", "texts.csv", "--json"]);
    let templates = found["templates"].as_array().unwrap();
    assert_eq!(templates.len(), 1);
    assert_eq!(templates[0]["texts"], 3);
    let parts = templates[0]["parts"].as_array().unwrap();
    assert!(parts.iter().filter(|part| part.is_null()).count() >= 2, "{parts:?}");
    assert_eq!(found["texts"].as_array().unwrap().len(), 4);
}

#[test]
fn bare_numbers_are_checked_against_plans_and_lists() {
    let folder = Folder::new();
    folder.write("never.txt", "# the emergency line\n+44 20 7946 0999\n");
    let args = [
        "screen",
        "check",
        "+442079460999",
        "+442079460001",
        "--country",
        "GB",
        "--from-abroad",
        "--never-call",
        "never.txt",
        "--json",
    ];
    let found = json(&folder, &args);
    let statements = found["checked"].to_string();
    assert!(
        statements.contains("numbers that never call") && statements.contains("on a foreign route"),
        "{statements}"
    );
    assert!(!statements.contains("2079460999"), "masked: {statements}");
    folder.write("wrong.txt", "hello\n");
    let told = folder.run(&["screen", "check", "+442079460001", "--published", "wrong.txt"]);
    assert!(told.code == 2 && told.err.contains("wrong.txt row 1"), "{}", told.err);
}

/// The folder of public sets of texts, where it is.
fn public_sets() -> Option<PathBuf> {
    let set = shared_data("thai_sms/sms.csv")?;
    set.ancestors().nth(2).map(Path::to_path_buf)
}

#[test]
fn the_shipped_model_is_made_anew_byte_for_byte() {
    let Some(sets) = public_sets() else { return };
    let folder = Folder::new();
    let told = folder.run(&[
        "screen",
        "train",
        "--shipped",
        &sets.display().to_string(),
        "--out",
        "shipped.model",
    ]);
    assert_eq!(told.code, 0, "{}", told.err);
    assert!(told.err.contains("byte for byte the shipped model"), "{}", told.err);
}

#[test]
fn public_sets_are_told_as_the_docs_say() {
    let Some(sets) = public_sets() else { return };
    let folder = Folder::new();
    let right = |args: &[&str]| {
        let mut all = vec!["screen", "test"];
        all.extend(args);
        all.push("--json");
        json(&folder, &all)
    };
    let thai = sets.join("thai_sms/sms.csv").display().to_string();
    let thai = right(&[&thai, "--folds", "5"]);
    assert!(thai["macro_f1"].as_f64().unwrap() > 0.88, "{thai}");
    let calls = sets.join("korccvi/segments.csv.gz").display().to_string();
    let calls = right(&[&calls, "--folds", "5", "--group", "call_id", "--calls", "--after", "15"]);
    assert!(calls["right"].as_f64().unwrap() > 0.94, "{calls}");
    let robocalls = sets.join("robocalls/transcripts.csv").display().to_string();
    let placed =
        json(&folder, &["screen", "templates", &robocalls, "--text", "transcript", "--json"]);
    assert!(placed["texts"].as_array().unwrap().len() > 500);
}
