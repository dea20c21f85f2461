use super::*;
use proptest::prelude::*;

fn read(texts: &[&[u8]]) -> (Calls, Quarantine, Vec<FileReport>) {
    let mut reading = Reading::new(Settings::default());
    for (at, text) in texts.iter().enumerate() {
        let opened = open(Box::new(*text), None).unwrap();
        reading.delimited(&format!("file {at}"), "ego", opened, &|_| ()).unwrap();
    }
    reading.finish().unwrap()
}

fn accounts(text: &str) -> (usize, usize, usize, usize) {
    let (calls, quarantine, files) = read(&[text.as_bytes()]);
    (files[0].rows, calls.len(), calls.duplicates, quarantine.len())
}

const HEADER: &str = "caller,callee,start,duration\n";
const CALL: &str = "+442079460001,+442079460002,2023-10-07 21:04:05,83\n";

#[test]
fn every_row_is_accounted_for() {
    let bad = "+442079460001,+442079460003,2023-10-07 21:04:05,-1\n";
    assert_eq!(accounts(&format!("{HEADER}{CALL}{CALL}{bad}{HEADER}")), (4, 1, 1, 2));
}

#[test]
fn reasons_name_file_and_row() {
    let text = format!(
        "{HEADER}{CALL}6.01E+10,+442079460003,2023-10-07 21:04:05,5\n,+442079460003,2023-10-07 21:04:05,5\n{HEADER}"
    );
    let (_, quarantine, _) = read(&[CALL.as_bytes(), text.as_bytes()]);
    let told: Vec<_> = quarantine
        .rows()
        .map(|row| format!("{}:{} {}", row.file, row.row, row.reason.word()))
        .collect();
    assert_eq!(
        told,
        ["1:3 number rounded by a spreadsheet", "1:4 no caller", "1:5 header repeated"]
    );
}

#[test]
fn a_truncated_gzip_gives_the_rows_before_the_break() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(HEADER.as_bytes()).unwrap();
    for row in 0..20_000 {
        writeln!(packed, "+442079460001,+4420794{row:05},2023-10-07 21:04:05,{}", row * 7919 % 83)
            .unwrap();
    }
    let packed = packed.finish().unwrap();
    let (calls, _, files) = read(&[&packed[..packed.len() / 2]]);
    assert!(
        files[0].problem.as_ref().unwrap().contains("ends in the middle"),
        "{:?}",
        files[0].problem
    );
    assert!(calls.len() > 1_000, "{}", calls.len());
    let (whole, _, files) = read(&[&packed]);
    assert_eq!((whole.len(), files[0].problem.is_none()), (20_000, true));
}

#[test]
fn one_sided_records_meet_as_one_call_with_both_cells() {
    let header = "interaction,direction,correspondent_id,datetime,call_duration,antenna_id\n";
    let mut reading = Reading::new(Settings::default());
    let mine = format!(
        "{header}call,out,bob,2023-10-07 21:04:05,60,C1\ntext,out,bob,2023-10-07 21:14:05,,C1\n"
    );
    let theirs = format!("{header}call,in,ann,2023-10-07 21:04:06,60,C2\n");
    for (stem, text) in [("ann", &mine), ("bob", &theirs)] {
        let opened = open(Box::new(text.as_bytes()), None).unwrap();
        reading.delimited(stem, stem, opened, &|_| ()).unwrap();
    }
    let (calls, quarantine, _) = reading.finish().unwrap();
    assert_eq!((calls.len(), calls.duplicates, quarantine.len()), (1, 1, 1));
    let ann = calls.names.lines.find("ann").unwrap();
    let (part, place) = calls.part_of(ann).unwrap();
    let row = part.made_at(place).start;
    let cell = |extra| calls.names.cells.text(part.extra(extra, row));
    assert_eq!(
        (cell(facts::Extra::CallerCell), cell(facts::Extra::CalleeCell)),
        ("C1".to_owned(), "C2".to_owned())
    );
}

#[test]
fn the_wall_clock_of_the_feed_is_kept() {
    let template = Template { zone: Some("America/Lima".to_owned()), ..Template::default() };
    let text = format!("{HEADER}{CALL}");
    let mut reading = Reading::new(Settings::default());
    let opened = open(Box::new(text.as_bytes()), Some(&template)).unwrap();
    reading.delimited("lima", "lima", opened, &|_| ()).unwrap();
    let (calls, _, _) = reading.finish().unwrap();
    assert_eq!(domain::zone::stamp_text(calls.first_s), "2023-10-08 02:04:05");
}

#[test]
fn an_empty_file_is_said_to_be_empty() {
    assert!(matches!(open(Box::new(&b""[..]), None), Err(FeedError::Empty)));
}

proptest! {
    #[test]
    fn rows_in_are_facts_duplicates_and_quarantine(rows in prop::collection::vec(
        ("(\\+4420794600[0-9]{2}|6\\.01E\\+10|anonymous|)", "(\\+4420794600[0-9]{2}|x\u{1}y|)", "(2023-10-07 21:04:0[0-9]|yesterday|)", "(-?[0-9]{1,3}|)"), 0..60)
    ) {
        let mut text = format!("{HEADER}{CALL}");
        for (caller, callee, start, duration) in &rows {
            for field in [caller, callee, start] {
                text.extend([field.as_str(), ","]);
            }
            text.extend([duration.as_str(), "\n"]);
        }
        let (rows_in, facts, duplicates, quarantined) = accounts(&text);
        prop_assert_eq!(rows_in, rows.len() + 1);
        prop_assert_eq!(rows_in, facts + duplicates + quarantined);
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 1..400)) {
        if let Ok(opened) = open(Box::new(&*bytes), None) {
            let mut reading = Reading::new(Settings::default());
            if reading.delimited("any", "any", opened, &|_| ()).is_ok() {
                let (calls, quarantine, files) = reading.finish().unwrap();
                prop_assert_eq!(files[0].rows, calls.len() + calls.duplicates + quarantine.len());
            }
        }
    }
}
