//! A room's lines as CSV. Spreadsheets take a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula: such a cell gets a `'` before it (OWASP,
//! “CSV injection”), numbers in international form among them.

use crate::{ExportError, Mark};
use report::RoomReport;

const COLUMNS: [&str; 10] = [
    "room",
    "line_id",
    "line",
    "role",
    "first_seen",
    "last_seen",
    "calls",
    "called",
    "continues_as",
    "handsets",
];

/// The lines, then for whom it is.
pub(crate) fn lines(room: &RoomReport, mark: &Mark) -> Result<Vec<u8>, ExportError> {
    let told = |error: &dyn std::fmt::Display| ExportError::Written(error.to_string());
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(|error| told(&error))?;
    for line in &room.lines {
        let cells = [
            room.id.clone(),
            line.id.clone(),
            line.line.clone(),
            line.role.clone(),
            line.first_seen.clone(),
            line.last_seen.clone(),
            line.calls.to_string(),
            line.targets.to_string(),
            line.continues_as.clone().unwrap_or_default(),
            line.handsets.join(" "),
        ];
        writer.write_record(cells.map(inert)).map_err(|error| told(&error))?;
    }
    for sentence in [mark.sentence(), case::NON_PUNISHMENT_NOTE.to_owned()] {
        writer.write_record([inert(sentence)]).map_err(|error| told(&error))?;
    }
    writer.into_inner().map_err(|error| told(&error))
}

/// A cell that is no formula.
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mark, room};

    #[test]
    fn no_cell_is_a_formula_and_the_note_goes_with_it() {
        let mut room = room();
        room.lines[0].role = "=HYPERLINK(\"http://evil\")".to_owned();
        let bytes = lines(&room, &Mark { recipient: "@police".to_owned(), ..mark() }).unwrap();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&*bytes);
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for cell in records.iter().flat_map(csv::StringRecord::iter) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell}");
        }
        assert_eq!(records.len(), room.lines.len() + 2);
        assert!(String::from_utf8(bytes).unwrap().contains("not to be punished"));
    }

    #[test]
    fn inert_cells_stay_what_they_are() {
        assert_eq!(inert("R1".to_owned()), "R1");
        assert_eq!(inert("-5".to_owned()), "'-5");
        assert_eq!(inert("\t=1".to_owned()), "'\t=1");
    }
}
