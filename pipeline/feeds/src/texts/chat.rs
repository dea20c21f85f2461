//! Exported chats: `WhatsApp` as its apps write it in the languages of the world, and Telegram's `result.json`.

use super::{NoText, TextForm, TextItem, Texts, Turn};

/// What stands where a picture or a call was left out.
const LEFT_OUT: &[&str] = &[
    "<media omitted>",
    "image omitted",
    "video omitted",
    "audio omitted",
    "sticker omitted",
    "gif omitted",
    "document omitted",
    "<multimedia omitido>",
    "imagen omitida",
    "audio omitido",
    "<media tidak disertakan>",
    "<media tak disertakan>",
    "<省略多媒体文件>",
    "<媒體已略去>",
    "图像已忽略",
    "圖片已略去",
    "<ไม่มีสื่อ>",
    "<미디어 파일을 제외한 내용>",
    "사진 생략",
    "this message was deleted",
    "you deleted this message",
    "se eliminó este mensaje",
    "null",
];

/// Whether most of the first lines begin as messages of `WhatsApp` do.
pub(super) fn is_whatsapp(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let first = lines.next().is_some_and(|line| stamped(line).is_some());
    first || lines.filter(|line| stamped(line).is_some()).count() >= 3
}

/// The stamp of a message and what follows it: `[31/12/23, 22:05:10] ` of iOS, `31/12/23, 10:05 pm - ` of Android.
fn stamped(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['\u{200e}', '\u{200f}', '\u{202a}', '\u{feff}']);
    if let Some(rest) = line.strip_prefix('[') {
        let (stamp, rest) = rest.split_once(']')?;
        return is_stamp(stamp).then(|| (stamp, rest.trim_start()));
    }
    let (stamp, rest) = line.split_once(" - ")?;
    is_stamp(stamp).then_some((stamp, rest))
}

/// A date of three numbers, then a time of two or three, with the words that languages put there.
fn is_stamp(stamp: &str) -> bool {
    let numbers: Vec<&str> = stamp
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|number| !number.is_empty())
        .collect();
    let letters = stamp.chars().filter(|letter| letter.is_alphabetic()).count();
    let date = numbers.iter().take(3).all(|number| matches!(number.len(), 1 | 2 | 4))
        && stamp.contains(['/', '.', '-', '年']);
    let time = numbers.iter().skip(3).all(|number| number.len() <= 2)
        && stamp.contains([':', '.', '時', '时']);
    stamp.len() <= 48 && matches!(numbers.len(), 5 | 6) && date && time && letters <= 6
}

/// Reads a chat: each message an item; lines without a stamp go on with the message before.
pub(super) fn whatsapp(text: &str) -> Texts {
    let mut texts = Texts {
        form: TextForm::WhatsApp,
        items: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    for (at, line) in text.lines().enumerate() {
        let row = (at as u64).saturating_add(1);
        match stamped(line) {
            Some((stamp, rest)) => match rest.split_once(": ") {
                Some((sender, words)) => texts.items.push(message(row, stamp, sender, words)),
                None => texts.quarantine.push(NoText { row, reason: "a notice of the app" }),
            },
            None => go_on(&mut texts, row, line),
        }
    }
    set_aside(&mut texts);
    texts
}

fn message(row: u64, stamp: &str, sender: &str, words: &str) -> TextItem {
    let turn =
        Turn { speaker: Some(sender.trim().to_owned()), text: words.to_owned(), ..Turn::default() };
    TextItem { row, turns: vec![turn], sent: Some(stamp.trim().to_owned()), ..TextItem::default() }
}

fn go_on(texts: &mut Texts, row: u64, line: &str) {
    let turn = texts.items.last_mut().and_then(|item| item.turns.last_mut());
    if let Some(turn) = turn {
        turn.text.push('\n');
        turn.text.push_str(line);
    } else if !line.trim().is_empty() {
        texts.quarantine.push(NoText { row, reason: "before the first message" });
    }
}

/// Messages without words are no texts.
fn set_aside(texts: &mut Texts) {
    let quarantine = &mut texts.quarantine;
    texts.items.retain(|item| {
        let words = item.text();
        let words = words.trim().trim_start_matches('\u{200e}').to_lowercase();
        let left_out = words.is_empty() || LEFT_OUT.contains(&words.as_str());
        if left_out {
            quarantine.push(NoText {
                row: item.row,
                reason: "no words: a picture, a call or a message taken back",
            });
        }
        !left_out
    });
    quarantine.sort_by_key(|row| row.row);
}

/// Reads Telegram's export: one chat, or a list of chats.
pub(super) fn telegram(text: &str) -> Texts {
    let mut texts = Texts {
        form: TextForm::Telegram,
        items: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    let Ok(whole) = serde_json::from_str::<serde_json::Value>(text) else {
        texts.quarantine.push(NoText { row: 1, reason: "no JSON" });
        return texts;
    };
    let listed = whole.pointer("/chats/list").and_then(serde_json::Value::as_array);
    let chats = listed.cloned().unwrap_or_else(|| vec![whole.clone()]);
    let mut row = 0_u64;
    for chat in &chats {
        let name = chat.get("name").and_then(serde_json::Value::as_str).map(str::to_owned);
        for message in
            chat.get("messages").and_then(serde_json::Value::as_array).into_iter().flatten()
        {
            row = row.saturating_add(1);
            telegram_message(message, row, name.as_ref(), &mut texts);
        }
    }
    set_aside(&mut texts);
    texts
}

fn telegram_message(
    message: &serde_json::Value,
    row: u64,
    chat: Option<&String>,
    texts: &mut Texts,
) {
    let of = |name: &str| message.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
    if of("type").as_deref() != Some("message") {
        texts.quarantine.push(NoText { row, reason: "a notice of the app" });
        return;
    }
    let turn = Turn {
        speaker: of("from"),
        text: message.get("text").map(words).unwrap_or_default(),
        ..Turn::default()
    };
    texts.items.push(TextItem {
        row,
        turns: vec![turn],
        sent: of("date"),
        group: chat.cloned(),
        ..TextItem::default()
    });
}

/// Telegram's text: a string, or pieces that are strings or objects with a text.
fn words(text: &serde_json::Value) -> String {
    match text {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(pieces) => pieces.iter().map(words).collect(),
        serde_json::Value::Object(piece) => piece.get("text").map(words).unwrap_or_default(),
        _ => String::new(),
    }
}
