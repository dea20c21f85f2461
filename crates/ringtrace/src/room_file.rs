//! `find --out DIR`: rooms, their lines and their evidence as Parquet.

use crate::input::Input;
use crate::reported::fact_name;
use crate::table_file::TableFile;
use arrow_array::{
    ArrayRef, Float64Array, RecordBatch, StringArray, TimestampSecondArray, UInt32Array,
};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use domain::mask::Sight;
use domain::num::u32_of;
use domain::zone::Clock;
use rooms::{Finding, Findings, Room, RoomLine};
use std::path::Path;
use std::sync::Arc;

/// Writes `rooms.parquet`, `lines.parquet`, `evidence.parquet` and `quarantine.parquet`.
pub(crate) fn write(
    input: &Input,
    findings: &Findings,
    site: &Clock,
    sight: Sight,
    folder: &Path,
) -> anyhow::Result<()> {
    write_rooms(findings, &folder.join("rooms.parquet"))?;
    write_lines(input, findings, sight, &folder.join("lines.parquet"))?;
    write_evidence(input, findings, site, sight, &folder.join("evidence.parquet"))?;
    crate::fact_file::write_quarantine(input, sight, &[], &folder.join("quarantine.parquet"))
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, false)
}

fn moment(name: &str) -> Field {
    Field::new(name, DataType::Timestamp(TimeUnit::Second, Some("UTC".into())), false)
}

fn moments(values: impl Iterator<Item = u32>) -> ArrayRef {
    Arc::new(TimestampSecondArray::from_iter_values(values.map(i64::from)).with_timezone("UTC"))
}

fn texts<T: AsRef<str>>(values: impl Iterator<Item = T>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

fn one(path: &Path, fields: Vec<Field>, arrays: Vec<ArrayRef>) -> anyhow::Result<()> {
    let schema = Arc::new(Schema::new(fields));
    let mut file = TableFile::create(path, &schema)?;
    file.write(&RecordBatch::try_new(schema, arrays)?)?;
    file.finish()
}

fn write_rooms(findings: &Findings, path: &Path) -> anyhow::Result<()> {
    let rooms = &findings.rooms;
    let fields = vec![
        text("room"),
        text("verdict"),
        text("shape"),
        Field::new("confidence", DataType::Float64, false),
        moment("first_seen"),
        moment("last_seen"),
        Field::new("target_zone", DataType::Utf8, true),
        Field::new("lines", DataType::UInt32, false),
    ];
    let arrays: Vec<ArrayRef> = vec![
        texts(rooms.iter().map(|room| &room.id)),
        texts(rooms.iter().map(|room| room.verdict.word())),
        texts(rooms.iter().map(|room| room.shape.word())),
        Arc::new(Float64Array::from_iter_values(rooms.iter().map(|room| room.confidence))),
        moments(rooms.iter().map(|room| room.first_s)),
        moments(rooms.iter().map(|room| room.last_s)),
        Arc::new(rooms.iter().map(|room| room.target_zone.clone()).collect::<StringArray>()),
        Arc::new(UInt32Array::from_iter_values(rooms.iter().map(|room| u32_of(room.lines.len())))),
    ];
    one(path, fields, arrays)
}

fn write_lines(
    input: &Input,
    findings: &Findings,
    sight: Sight,
    path: &Path,
) -> anyhow::Result<()> {
    let lines: Vec<(&Room, usize, &RoomLine)> = findings
        .rooms
        .iter()
        .flat_map(|room| room.lines.iter().enumerate().map(move |(at, line)| (room, at, line)))
        .collect();
    let fields = vec![
        text("room"),
        text("id"),
        text("line"),
        moment("first_seen"),
        moment("last_seen"),
        Field::new("weight_bits", DataType::Float64, false),
    ];
    let arrays: Vec<ArrayRef> = vec![
        texts(lines.iter().map(|(room, _, _)| &room.id)),
        texts(lines.iter().map(|(room, at, _)| format!("{}-L{:02}", room.id, at + 1))),
        texts(lines.iter().map(|(_, _, line)| sight.show(input.calls.names.lines.text(line.line)))),
        moments(lines.iter().map(|(_, _, line)| line.first_s)),
        moments(lines.iter().map(|(_, _, line)| line.last_s)),
        Arc::new(Float64Array::from_iter_values(lines.iter().map(|(_, _, line)| line.bits))),
    ];
    one(path, fields, arrays)
}

fn write_evidence(
    input: &Input,
    findings: &Findings,
    site: &Clock,
    sight: Sight,
    path: &Path,
) -> anyhow::Result<()> {
    let of = |room: &Room| {
        room.evidence.iter().chain(&room.counter_evidence).cloned().collect::<Vec<Finding>>()
    };
    let all: Vec<(String, Finding)> = findings
        .rooms
        .iter()
        .flat_map(|room| of(room).into_iter().map(|finding| (room.id.clone(), finding)))
        .collect();
    let facts = |finding: &Finding| {
        let name = |fact: &rooms::FactRef| fact_name(*fact, input, site, sight);
        finding.facts.iter().map(name).collect::<Vec<_>>().join("; ")
    };
    let fields = vec![
        text("room"),
        text("family"),
        Field::new("weight_bits", DataType::Float64, false),
        text("statement"),
        text("facts"),
    ];
    let arrays: Vec<ArrayRef> = vec![
        texts(all.iter().map(|(room, _)| room)),
        texts(all.iter().map(|(_, finding)| finding.family.word())),
        Arc::new(Float64Array::from_iter_values(all.iter().map(|(_, finding)| finding.bits))),
        texts(all.iter().map(|(_, finding)| &finding.statement)),
        texts(all.iter().map(|(_, finding)| facts(finding))),
    ];
    one(path, fields, arrays)
}
