//! Talks with times: Whisper's JSON, `WebVTT`, `SubRip`, and plain `speaker: text`.

use super::{NoText, TextForm, TextItem, Texts, Turn};

/// Turns in the order of their times; those without stay where they are.
pub(super) fn in_order(turns: &mut [Turn]) {
    if turns.iter().all(|turn| turn.start_s.is_some()) {
        turns.sort_by(|a, b| {
            a.start_s.unwrap_or_default().total_cmp(&b.start_s.unwrap_or_default())
        });
    }
}

fn talk(form: TextForm, mut turns: Vec<Turn>, quarantine: Vec<NoText>) -> Texts {
    let mut notes = Vec::new();
    let overlaps = turns.windows(2).filter(|pair| match pair {
        [first, second] => {
            first.end_s.zip(second.start_s).is_some_and(|(end, start)| start + 0.05 < end)
        }
        _ => false,
    });
    let overlaps = overlaps.count();
    if overlaps > 0 {
        notes.push(format!("{overlaps} turns begin before the one before them has ended; they were put in the order of their begins"));
    }
    in_order(&mut turns);
    let items = if turns.is_empty() {
        Vec::new()
    } else {
        vec![TextItem { row: 1, turns, ..TextItem::default() }]
    };
    Texts { form, items, quarantine, notes }
}

/// Whisper's `segments`; where the file is broken all of it is quarantined.
pub(super) fn whisper(text: &str) -> Texts {
    let Ok(whole) = serde_json::from_str::<serde_json::Value>(text) else {
        return talk(TextForm::Whisper, Vec::new(), vec![NoText { row: 1, reason: "no JSON" }]);
    };
    let (mut turns, mut quarantine) = (Vec::new(), Vec::new());
    let segments =
        whole.get("segments").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    for (at, segment) in segments.iter().enumerate() {
        let number = |name: &str| segment.get(name).and_then(serde_json::Value::as_f64);
        match segment.get("text").and_then(serde_json::Value::as_str).map(str::trim) {
            Some(words) if !words.is_empty() => turns.push(Turn {
                speaker: segment
                    .get("speaker")
                    .and_then(serde_json::Value::as_str)
                    .map(str::to_owned),
                start_s: number("start"),
                end_s: number("end"),
                text: words.to_owned(),
            }),
            _ => quarantine.push(NoText { row: (at as u64).saturating_add(1), reason: "empty" }),
        }
    }
    talk(TextForm::Whisper, turns, quarantine)
}

/// Whether a text begins with a number, then a line of times.
pub(super) fn is_srt(text: &str) -> bool {
    let mut lines = text.lines();
    let number = lines.next().is_some_and(|line| line.trim().parse::<u32>().is_ok());
    number && lines.next().is_some_and(|line| times(line).is_some())
}

/// `SubRip`: number, times, words, a blank line.
pub(super) fn srt(text: &str) -> Texts {
    cues(text, TextForm::Srt)
}

/// `WebVTT`: the same without numbers; `<v Name>` names who speaks.
pub(super) fn vtt(text: &str) -> Texts {
    cues(text, TextForm::WebVtt)
}

fn cues(text: &str, form: TextForm) -> Texts {
    let (mut turns, mut quarantine): (Vec<Turn>, Vec<NoText>) = (Vec::new(), Vec::new());
    let mut open: Option<(u64, Turn)> = None;
    let mut close = |open: &mut Option<(u64, Turn)>| {
        if let Some((row, turn)) = open.take() {
            if turn.text.trim().is_empty() {
                quarantine.push(NoText { row, reason: "empty" });
            } else {
                turns.push(turn);
            }
        }
    };
    for (at, line) in text.lines().enumerate() {
        if let Some((start, end)) = times(line) {
            close(&mut open);
            open = Some((
                (at as u64).saturating_add(1),
                Turn { start_s: Some(start), end_s: Some(end), ..Turn::default() },
            ));
        } else if line.trim().is_empty() {
            close(&mut open);
        } else if let Some((_, turn)) = &mut open {
            add(turn, line.trim());
        }
    }
    close(&mut open);
    talk(form, turns, quarantine)
}

/// Adds a line to a cue: tags are taken off, `<v Name>` and `NAME:` name the speaker.
fn add(turn: &mut Turn, line: &str) {
    let mut words = String::new();
    let mut rest = line;
    while let Some((before, tag_on)) = rest.split_once('<') {
        words.push_str(before);
        let (tag, after) = tag_on.split_once('>').unwrap_or((tag_on, ""));
        if let Some(name) = tag.strip_prefix("v ") {
            turn.speaker = Some(name.trim().to_owned());
        }
        rest = after;
    }
    words.push_str(rest);
    if !turn.text.is_empty() {
        turn.text.push(' ');
    }
    turn.text.push_str(words.trim());
}

/// `00:01:02.500 --> 00:01:04,000` in seconds.
fn times(line: &str) -> Option<(f64, f64)> {
    let (start, end) = line.split_once("-->")?;
    Some((seconds(start.trim())?, seconds(end.split_whitespace().next()?)?))
}

fn seconds(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let parts: Vec<f64> = text.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let sum = parts.iter().fold(0.0, |sum, part| sum * 60.0 + part);
    (parts.len() <= 3 && sum.is_finite() && sum >= 0.0).then_some(sum)
}

/// Whether most of the first lines are `speaker: text`, with few speakers.
pub(super) fn is_dialogue(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let mut speakers: Vec<&str> =
        lines.iter().filter_map(|line| spoken(line).map(|(speaker, _)| speaker)).collect();
    let said = speakers.len();
    speakers.sort_unstable();
    speakers.dedup();
    said >= 2
        && said.saturating_mul(5) >= lines.len().saturating_mul(4)
        && speakers.len().saturating_mul(2) <= said.saturating_add(2)
}

/// Who speaks and what, of a line.
fn spoken(line: &str) -> Option<(&str, &str)> {
    let (speaker, words) = line.split_once([':', '：'])?;
    let speaker = speaker.trim().trim_start_matches('[').trim_end_matches(']');
    let short = !speaker.is_empty()
        && speaker.chars().count() <= 24
        && !speaker.contains("http")
        && speaker.split(' ').count() <= 3;
    (short && !words.starts_with("//")).then_some((speaker, words.trim()))
}

/// `speaker: text`, a turn a line; a line without a speaker goes on with the turn before.
pub(super) fn dialogue(text: &str) -> Texts {
    let mut turns: Vec<Turn> = Vec::new();
    let mut quarantine = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match (spoken(line), turns.last_mut()) {
            (Some((_, "")), _) => {
                quarantine.push(NoText { row: (at as u64).saturating_add(1), reason: "empty" });
            }
            (Some((speaker, words)), _) => {
                turns.push(Turn {
                    speaker: Some(speaker.to_owned()),
                    text: words.to_owned(),
                    ..Turn::default()
                });
            }
            (None, Some(last)) => {
                last.text.push(' ');
                last.text.push_str(line.trim());
            }
            (None, None) => turns.push(Turn { text: line.trim().to_owned(), ..Turn::default() }),
        }
    }
    talk(TextForm::Dialogue, turns, quarantine)
}
