//! Tables and JSON lines with a text in each row.

use super::{NoText, TextColumns, TextForm, TextItem, Texts, TextsError, Turn};

/// What columns of texts are called.
const TEXT: &[&str] = &[
    "text",
    "message",
    "body",
    "content",
    "transcript",
    "sms",
    "msg",
    "teks",
    "mesej",
    "pesan",
    "texto",
    "mensaje",
    "内容",
    "文本",
    "短信",
    "ข้อความ",
    "문자",
    "내용",
    "v2",
];
const LABEL: &[&str] =
    &["label", "class", "category", "spam", "is_spam", "type", "fraud_type", "v1"];
const GROUP: &[&str] = &["campaign", "call_id", "group", "conversation_id", "thread_id"];
const START: &[&str] = &["start", "start_s", "begin"];
const END: &[&str] = &["end", "end_s"];
const SENT: &[&str] = &["sent", "date", "time", "timestamp", "datetime"];
const SPEAKER: &[&str] = &["speaker", "sender", "from", "role", "name"];

/// Whether a text begins as a table does: a first row with a known column of texts.
pub(super) fn is_one(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let separator = separator(first);
    let names: Vec<String> = first.split(char::from(separator)).map(name).collect();
    names.len() > 1 && names.iter().any(|name| TEXT.contains(&name.as_str()))
        || (names.len() == 1 && names.first().is_some_and(|name| name == "text"))
}

fn name(raw: &str) -> String {
    raw.trim().trim_matches('"').trim().to_lowercase()
}

fn separator(first: &str) -> u8 {
    let count = |mark: char| first.matches(mark).count();
    if count('\t') > 0 && count('\t') >= count(',') {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// Where each column stands.
struct Places {
    text: usize,
    label: Option<usize>,
    group: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
    sent: Option<usize>,
    speaker: Option<usize>,
}

impl Places {
    fn of(names: &[String], columns: &TextColumns) -> Result<Self, TextsError> {
        let asked = |wanted: Option<&String>, usual: &[&str]| match wanted {
            Some(wanted) => match names.iter().position(|found| *found == name(wanted)) {
                Some(at) => Ok(Some(at)),
                None => {
                    Err(TextsError::NoColumn { wanted: wanted.clone(), present: names.join(", ") })
                }
            },
            None => {
                Ok(usual.iter().find_map(|usual| names.iter().position(|found| found == usual)))
            }
        };
        let text = asked(columns.text.as_ref(), TEXT)?;
        let text = text.ok_or_else(|| TextsError::NoColumn {
            wanted: "text".to_owned(),
            present: names.join(", "),
        })?;
        let other = |found: Option<usize>| found.filter(|at| *at != text);
        Ok(Self {
            text,
            label: other(asked(columns.label.as_ref(), LABEL)?),
            group: other(asked(columns.group.as_ref(), GROUP)?),
            start: other(asked(columns.start.as_ref(), START)?),
            end: other(asked(columns.end.as_ref(), END)?),
            sent: other(asked(None, SENT)?),
            speaker: other(asked(None, SPEAKER)?),
        })
    }

    fn item(
        &self,
        row: u64,
        field: impl Fn(usize) -> Option<String>,
    ) -> Result<TextItem, &'static str> {
        let text = field(self.text).ok_or("no text")?;
        if text.trim().is_empty() {
            return Err("empty");
        }
        let of = |at: Option<usize>| at.and_then(&field).filter(|value| !value.trim().is_empty());
        let seconds = |at: Option<usize>| {
            of(at)
                .and_then(|value| value.trim().parse::<f64>().ok())
                .filter(|value| value.is_finite())
        };
        let turn = Turn {
            speaker: of(self.speaker),
            start_s: seconds(self.start),
            end_s: seconds(self.end),
            text,
        };
        Ok(TextItem {
            row,
            turns: vec![turn],
            sent: of(self.sent),
            label: of(self.label),
            group: of(self.group),
        })
    }
}

/// Reads a table.
pub(super) fn read(text: &str, columns: &TextColumns) -> Result<Texts, TextsError> {
    let first = text.lines().next().unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(first))
        .flexible(true)
        .from_reader(text.as_bytes());
    let names: Vec<String> =
        reader.headers().map(|names| names.iter().map(name).collect()).unwrap_or_default();
    let places = Places::of(&names, columns)?;
    let mut texts = Texts {
        form: TextForm::Table,
        items: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    let mut row = 1_u64;
    for record in reader.records() {
        row = row.saturating_add(1);
        let item = record
            .map_err(|_| "no row of a table")
            .and_then(|record| places.item(row, |at| record.get(at).map(str::to_owned)));
        match item {
            Ok(item) => texts.items.push(item),
            Err(reason) => texts.quarantine.push(NoText { row, reason }),
        }
    }
    if columns.talks {
        gather(&mut texts);
    }
    Ok(texts)
}

/// Rows of one group become one talk, in the order of their times.
fn gather(texts: &mut Texts) {
    let mut talks: Vec<TextItem> = Vec::new();
    let mut known: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for mut item in std::mem::take(&mut texts.items) {
        let talk = item
            .group
            .as_ref()
            .and_then(|group| known.get(group))
            .and_then(|at| talks.get_mut(*at));
        if let Some(talk) = talk {
            talk.turns.append(&mut item.turns);
        } else {
            if let Some(group) = &item.group {
                known.insert(group.clone(), talks.len());
            }
            talks.push(item);
        }
    }
    for talk in &mut talks {
        super::subtitles::in_order(&mut talk.turns);
    }
    texts.items = talks;
}

/// Reads JSON objects, one a line, or one array of them.
pub(super) fn json_lines(text: &str, columns: &TextColumns) -> Texts {
    let mut texts = Texts {
        form: TextForm::JsonLines,
        items: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    let whole = serde_json::from_str::<serde_json::Value>(text).ok();
    if let Some(serde_json::Value::Array(objects)) = whole {
        for (at, object) in objects.iter().enumerate() {
            take(object, at as u64, columns, &mut texts);
        }
    } else if let Some(object @ serde_json::Value::Object(_)) = whole {
        take(&object, 0, columns, &mut texts);
    } else {
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str(line) {
                Ok(object) => take(&object, at as u64, columns, &mut texts),
                Err(_) => texts
                    .quarantine
                    .push(NoText { row: (at as u64).saturating_add(1), reason: "no JSON" }),
            }
        }
    }
    if columns.talks {
        gather(&mut texts);
    }
    texts
}

fn take(object: &serde_json::Value, at: u64, columns: &TextColumns, texts: &mut Texts) {
    let row = at.saturating_add(1);
    let Some(fields) = object.as_object() else {
        texts.quarantine.push(NoText { row, reason: "no JSON object" });
        return;
    };
    if let Some(turns) = sides(fields) {
        let label = columns.label.as_deref().map_or_else(
            || LABEL.iter().find_map(|name| fields.get(*name)),
            |name| fields.get(name),
        );
        let label = label.map(value);
        texts.items.push(TextItem { row, turns, label, ..TextItem::default() });
        return;
    }
    let names: Vec<String> = fields.keys().map(|key| name(key)).collect();
    let values: Vec<String> = fields.values().map(value).collect();
    let item = Places::of(&names, columns)
        .map_err(|_| "no text")
        .and_then(|places| places.item(row, |at| values.get(at).cloned()));
    match item {
        Ok(item) => texts.items.push(item),
        Err(reason) => texts.quarantine.push(NoText { row, reason }),
    }
}

fn value(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(
        || if value.is_null() { String::new() } else { value.to_string() },
        str::to_owned,
    )
}

/// A talk as two lists, `left` and `right`, spoken in turn, or as one list `turns`.
fn sides(fields: &serde_json::Map<String, serde_json::Value>) -> Option<Vec<Turn>> {
    let list = |name: &str| fields.get(name).and_then(serde_json::Value::as_array);
    let turn = |speaker: &str, text: &serde_json::Value| Turn {
        speaker: Some(speaker.to_owned()),
        text: value(text),
        ..Turn::default()
    };
    if let (Some(left), Some(right)) = (list("left"), list("right")) {
        let mut turns = Vec::new();
        for at in 0..left.len().max(right.len()) {
            turns.extend(left.get(at).map(|text| turn("left", text)));
            turns.extend(right.get(at).map(|text| turn("right", text)));
        }
        return Some(turns);
    }
    let turns = list("turns").or_else(|| list("dialogue"))?;
    let one = |entry: &serde_json::Value| match entry.as_object() {
        Some(entry) => Turn {
            speaker: ["speaker", "role", "from"]
                .iter()
                .find_map(|name| entry.get(*name))
                .map(value),
            start_s: entry.get("start").and_then(serde_json::Value::as_f64),
            end_s: entry.get("end").and_then(serde_json::Value::as_f64),
            text: ["text", "content", "utterance"]
                .iter()
                .find_map(|name| entry.get(*name))
                .map(value)
                .unwrap_or_default(),
        },
        None => Turn { text: value(entry), ..Turn::default() },
    };
    Some(turns.iter().map(one).collect())
}
