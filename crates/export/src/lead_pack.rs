//! The lead pack: all that is known of a room in one document: method, version, configuration, limits, clocks, evidence with its facts,
//! counter-evidence, hashes.

use crate::Mark;
use crate::block::{Block, Table};
use report::{FactReport, FindingReport, Report, RoomReport, sure};
use serde_json::Value;

/// Facts that a lead pack names of each piece of evidence.
pub const FACTS_MAX: usize = 5;

/// What the first facts are called.
fn named(facts: &[FactReport]) -> Vec<String> {
    let shown = facts.iter().filter_map(|fact| match fact {
        FactReport::Shown(shown) => Some(shown.with_source()),
        // Nothing that was not hidden for its reader leaves.
        FactReport::Kept(_) => None,
    });
    shown.take(FACTS_MAX).collect()
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// The document.
pub(crate) fn blocks(room: &RoomReport, report: &Report, mark: &Mark) -> Vec<Block> {
    let mut settings = Vec::new();
    flatten("", &report.configuration, &mut settings);
    let mut blocks = head(room, report, mark);
    blocks.extend(place(room));
    blocks.extend(evidence(room));
    blocks.extend(inside(room));
    blocks.push(Block::Heading("What the files cannot show"));
    let hidden = room.not_observable.iter().map(|sentence| (sentence.clone(), Vec::new()));
    blocks.push(Block::List(hidden.collect()));
    blocks.extend(lines(room));
    blocks.extend(method(report, mark));
    blocks.extend([
        Block::Heading("Configuration"),
        Block::Verbatim(settings.join("\n")),
        Block::Mark(mark.sentence()),
    ]);
    blocks
}

fn head(room: &RoomReport, report: &Report, mark: &Mark) -> Vec<Block> {
    let zone = report.zone();
    let called = room.target_zone.as_ref();
    let called = called.map(|zone| format!(" Most of the called live in {zone}."));
    let mut blocks = vec![
        Block::Mark(mark.sentence()),
        Block::Title(format!(
            "{}: {}, {}, {} sure",
            room.id,
            room.verdict,
            room.shape,
            sure(room.confidence)
        )),
        Block::Text(format!(
            "{} lines, from {} to {}, by the clock of {zone}.{}",
            room.lines.len(),
            room.first_seen,
            room.last_seen,
            called.unwrap_or_default()
        )),
        Block::Strong("A lead is a reason to look, never a verdict.".to_owned()),
        Block::Text(case::NON_PUNISHMENT_NOTE.to_owned()),
    ];
    if let Some(judged) = &room.judgement {
        let instead = judged.look_alike.as_ref().map(|class| format!(" ({class})"));
        blocks.push(Block::Strong(format!(
            "Judged {}{} by {}, {}: {}",
            judged.disposition,
            instead.unwrap_or_default(),
            judged.by,
            judged.at,
            judged.reason
        )));
    }
    blocks.extend(room.like.iter().map(|like| Block::Text(like.statement.clone())));
    if room.welfare.advised {
        let sentence = format!("{} Protection comes before enforcement.", room.welfare.statement);
        blocks.push(Block::Mark(sentence));
    }
    blocks
}

fn place(room: &RoomReport) -> Vec<Block> {
    const LIMIT: &str =
        "Cells tell where phones were heard: an area with a probability, never an address.";
    let cells = room.site.iter().map(|site| vec![site.cell.clone(), percent(site.share)]);
    let table =
        Table { shares: vec![0.7, 0.3], head: vec!["Cell", "Share"], rows: cells.collect() };
    let mut blocks =
        vec![Block::Heading("Place"), Block::Quiet(LIMIT.to_owned()), Block::Table(table)];
    blocks.extend(room.areas.iter().map(|area| {
        Block::Text(format!(
            "{:.4}, {:.4}, within {:.0} m: {}",
            area.lat,
            area.lon,
            area.radius_m,
            percent(area.probability)
        ))
    }));
    blocks
}

fn evidence(room: &RoomReport) -> Vec<Block> {
    let list = |findings: &[FindingReport]| {
        let points = findings.iter().map(|finding| {
            let FindingReport { family, statement, weight, facts } = finding;
            (format!("[{family}, {weight:+.1} bits] {statement}"), named(facts))
        });
        Block::List(points.collect())
    };
    let against = if room.counter_evidence.is_empty() {
        Block::Text("Nothing that was looked for speaks against it.".to_owned())
    } else {
        list(&room.counter_evidence)
    };
    vec![Block::Heading("For"), list(&room.evidence), Block::Heading("Against"), against]
}

fn inside(room: &RoomReport) -> Vec<Block> {
    let rows = room.captivity.iter().map(|sign| {
        let against = sign.counter_sign.as_ref().map(|counter| format!(" Against: {counter}"));
        let seen = format!("{}{}", sign.statement, against.unwrap_or_default());
        vec![
            format!("{} ({})", sign.indicator.replace('_', " "), sign.ilo),
            sign.status.replace('_', " "),
            seen,
        ]
    });
    let table = Table {
        shares: vec![0.3, 0.16, 0.54],
        head: vec!["Indicator (ILO)", "Status", "What was seen"],
        rows: rows.collect(),
    };
    vec![
        Block::Heading("People who may be held"),
        Block::Text(room.welfare.statement.clone()),
        Block::Table(table),
    ]
}

fn lines(room: &RoomReport) -> Vec<Block> {
    let rows = room.lines.iter().map(|line| {
        vec![
            line.id.clone(),
            line.line.clone(),
            line.role.clone(),
            line.calls.to_string(),
            line.first_seen.clone(),
            line.last_seen.clone(),
        ]
    });
    let table = Table {
        shares: vec![0.12, 0.22, 0.14, 0.08, 0.22, 0.22],
        head: vec!["Line", "Number", "Role", "Calls", "From", "To"],
        rows: rows.collect(),
    };
    vec![Block::Heading("Lines"), Block::Table(table)]
}

/// Settings, a line for each group of them.
fn flatten(path: &str, value: &Value, lines: &mut Vec<String>) {
    let Value::Object(settings) = value else { return };
    let (groups, own): (Vec<_>, Vec<_>) =
        settings.iter().partition(|(_, value)| matches!(value, Value::Object(_)));
    if !own.is_empty() {
        let own: Vec<String> = own.iter().map(|(name, value)| format!("{name} {value}")).collect();
        let name = if path.is_empty() { String::new() } else { format!("[{path}] ") };
        lines.push(format!("{name}{}", own.join(", ")));
    }
    for (name, group) in groups {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        flatten(&path, group, lines);
    }
}

fn method(report: &Report, mark: &Mark) -> Vec<Block> {
    const METHOD: &str = "Lines are weighed in pairs by families of evidence (log2 of the odds), grouped, and a group is a lead where independent families agree and counter-evidence does not outweigh them. The limits: it sees only what these files hold; a missing column lowers what can be claimed.";
    let accounts = &report.accounts;
    let text = format!(
        "{}, form {}, looked from {}. {} rows in = {} facts + {} duplicates + {} quarantined. {METHOD}",
        report.program,
        report.version,
        report.as_of,
        accounts.rows,
        accounts.facts,
        accounts.duplicates,
        accounts.quarantined
    );
    let rows = report.feeds.iter().map(|feed| {
        let not_observable = feed.not_observable.join(", ");
        vec![feed.name.clone(), feed.rows.to_string(), feed.zone.clone(), not_observable]
    });
    let table = Table {
        shares: vec![0.3, 0.12, 0.2, 0.38],
        head: vec!["File", "Rows", "Clock", "Not observable"],
        rows: rows.collect(),
    };
    let mut blocks =
        vec![Block::Heading("Method and limits"), Block::Text(text), Block::Table(table)];
    if !mark.files.is_empty() {
        let hashes = mark.files.iter().map(|(file, blake3)| vec![file.clone(), blake3.clone()]);
        blocks.push(Block::Table(Table {
            shares: vec![0.3, 0.7],
            head: vec!["File that was imported", "BLAKE3 of its bytes"],
            rows: hashes.collect(),
        }));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_told_group_by_group() {
        let mut lines = Vec::new();
        let settings =
            json!({ "version": 12, "pair": { "cap": [1.5, 2], "device": { "main": 0.1 } } });
        flatten("", &settings, &mut lines);
        assert_eq!(lines, ["version 12", "[pair] cap [1.5,2]", "[pair.device] main 0.1"]);
    }
}
