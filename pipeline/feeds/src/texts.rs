//! Texts that people wrote or said: messages, chats, transcripts, adverts, tables of them.
//!
//! Takes: the bytes of one file and what is known of its columns. Gives: items with their turns, and a quarantine of rows that are none.
//! Decides: which form a file has. Invariant: each row of a table, line of JSON and message of a chat is in an item or in the quarantine.

mod advert;
mod chat;
mod subtitles;
mod table;

use crate::encoding::{Packing, decoded, guess, packing, unpacked};
use std::io::Read as _;

/// What a file of texts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextForm {
    /// One text.
    Plain,
    /// A table with a column of texts.
    Table,
    /// A JSON object a line.
    JsonLines,
    /// Whisper's JSON: segments with times.
    Whisper,
    /// `WebVTT` (W3C).
    WebVtt,
    /// `SubRip`.
    Srt,
    /// `speaker: text`, a turn a line.
    Dialogue,
    /// An exported `WhatsApp` chat.
    WhatsApp,
    /// Telegram's `result.json`.
    Telegram,
    /// A page or JSON with a schema.org `JobPosting`.
    JobPosting,
}

impl TextForm {
    /// Its name for people and options.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Table => "table",
            Self::JsonLines => "jsonl",
            Self::Whisper => "whisper",
            Self::WebVtt => "vtt",
            Self::Srt => "srt",
            Self::Dialogue => "dialogue",
            Self::WhatsApp => "whatsapp",
            Self::Telegram => "telegram",
            Self::JobPosting => "jobposting",
        }
    }

    /// Whether an item's turns follow each other in one talk.
    pub fn is_talk(self) -> bool {
        matches!(self, Self::Whisper | Self::WebVtt | Self::Srt | Self::Dialogue)
    }
}

/// One thing that was said or written at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turn {
    /// Who said it, as the file has it.
    pub speaker: Option<String>,
    /// When it began, seconds from the talk's begin.
    pub start_s: Option<f64>,
    /// When it ended.
    pub end_s: Option<f64>,
    /// The words.
    pub text: String,
}

/// A message, a talk, an advert.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextItem {
    /// The row of the file that it begins at, counted from 1.
    pub row: u64,
    /// Its turns; a message has one.
    pub turns: Vec<Turn>,
    /// When it was sent, as the file has it.
    pub sent: Option<String>,
    /// Its label, where the file has one.
    pub label: Option<String>,
    /// What it belongs to: the campaign or call of a table, the chat.
    pub group: Option<String>,
}

impl TextItem {
    fn message(row: u64, text: String) -> Self {
        Self { row, turns: vec![Turn { text, ..Turn::default() }], ..Self::default() }
    }

    /// All words, a turn a line.
    pub fn text(&self) -> String {
        let turns: Vec<&str> = self.turns.iter().map(|turn| turn.text.as_str()).collect();
        turns.join("\n")
    }
}

/// A row that became no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoText {
    /// The row, counted from 1.
    pub row: u64,
    /// Why.
    pub reason: &'static str,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts {
    /// Its form.
    pub form: TextForm,
    /// The texts.
    pub items: Vec<TextItem>,
    /// Rows that became none.
    pub quarantine: Vec<NoText>,
    /// What was noticed of the file as a whole.
    pub notes: Vec<String>,
}

/// The columns of a table, where they are not called as usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumns {
    /// The words.
    pub text: Option<String>,
    /// The label.
    pub label: Option<String>,
    /// Rows of one talk or campaign share it.
    pub group: Option<String>,
    /// When a row's words began, seconds.
    pub start: Option<String>,
    /// When they ended.
    pub end: Option<String>,
    /// Rows of one group are turns of one talk.
    pub talks: bool,
}

/// Why a file of texts could not be read.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The bytes could not be read or unpacked.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// An archive.
    #[error("this is a zip archive")]
    Zip,
    /// More than is read at once.
    #[error("this is more than {0} MiB of text")]
    TooLong(u64),
    /// A column that is not there.
    #[error("there is no column “{wanted}”; the file has: {present}")]
    NoColumn {
        /// What was asked for.
        wanted: String,
        /// What there is.
        present: String,
    },
}

/// Reads at most this much unpacked text, MiB.
pub const TEXT_MIB_MAX: u64 = 512;

/// Reads a file of texts; `form` where it is known already.
pub fn read(
    bytes: &[u8],
    form: Option<TextForm>,
    columns: &TextColumns,
) -> Result<Texts, TextsError> {
    let text = unpack(bytes)?;
    let broken = text.contains('\u{fffd}');
    let form = form.unwrap_or_else(|| recognise(&text, columns));
    let mut texts = match form {
        TextForm::Plain => plain(&text),
        TextForm::Table => table::read(&text, columns)?,
        TextForm::JsonLines => table::json_lines(&text, columns),
        TextForm::Whisper => subtitles::whisper(&text),
        TextForm::WebVtt => subtitles::vtt(&text),
        TextForm::Srt => subtitles::srt(&text),
        TextForm::Dialogue => subtitles::dialogue(&text),
        TextForm::WhatsApp => chat::whatsapp(&text),
        TextForm::Telegram => chat::telegram(&text),
        TextForm::JobPosting => advert::read(&text),
    };
    if broken {
        texts.notes.push(
            "some bytes are no letters of its encoding; they were read as “\u{fffd}”".to_owned(),
        );
    }
    Ok(texts)
}

/// The letters of a file, unpacked and decoded; what cannot be decoded becomes U+FFFD.
fn unpack(bytes: &[u8]) -> Result<String, TextsError> {
    let packing = packing(bytes);
    if packing == Packing::Zip {
        return Err(TextsError::Zip);
    }
    let most = TEXT_MIB_MAX << 20;
    let mut plain = Vec::new();
    unpacked(packing, Box::new(bytes))?.take(most.saturating_add(1)).read_to_end(&mut plain)?;
    if plain.len() as u64 > most {
        return Err(TextsError::TooLong(TEXT_MIB_MAX));
    }
    let sample = plain.get(..plain.len().min(1 << 16)).unwrap_or_default();
    let encoding = guess(sample);
    if encoding == encoding_rs::UTF_8 {
        let plain = plain.strip_prefix(b"\xef\xbb\xbf").map_or(plain.as_slice(), |rest| rest);
        return Ok(String::from_utf8_lossy(plain).into_owned());
    }
    let mut text = String::new();
    decoded(encoding, Box::new(plain.as_slice())).read_to_string(&mut text)?;
    Ok(text)
}

/// Tells the form by how the text begins.
fn recognise(text: &str, columns: &TextColumns) -> TextForm {
    let start = text.trim_start();
    if start.starts_with("WEBVTT") {
        TextForm::WebVtt
    } else if advert::is_one(start) {
        TextForm::JobPosting
    } else if start.starts_with('{')
        || start.starts_with('[')
            && start.get(1..).is_some_and(|rest| rest.trim_start().starts_with('{'))
    {
        json_form(start)
    } else if chat::is_whatsapp(text) {
        TextForm::WhatsApp
    } else if subtitles::is_srt(start) {
        TextForm::Srt
    } else if columns.text.is_some() || table::is_one(start) {
        TextForm::Table
    } else if subtitles::is_dialogue(start) {
        TextForm::Dialogue
    } else {
        TextForm::Plain
    }
}

fn json_form(text: &str) -> TextForm {
    let head: String = text.chars().take(4096).collect();
    if head.contains("\"segments\"") {
        TextForm::Whisper
    } else if head.contains("\"messages\"") && head.contains("\"type\"") {
        TextForm::Telegram
    } else if text.contains("\"segments\"") && !text.contains("\n{") {
        TextForm::Whisper
    } else {
        TextForm::JsonLines
    }
}

fn plain(text: &str) -> Texts {
    let mut texts = Texts {
        form: TextForm::Plain,
        items: Vec::new(),
        quarantine: Vec::new(),
        notes: Vec::new(),
    };
    if text.trim().is_empty() {
        texts.quarantine.push(NoText { row: 1, reason: "empty" });
    } else {
        texts.items.push(TextItem::message(1, text.trim_end().to_owned()));
    }
    texts
}

#[cfg(test)]
mod tests;
