//! Labelled texts from files: for training and testing.

use crate::failure::Failure;
use clap::Args;
use feeds::texts::{TextColumns, TextItem, Texts};
use screen::own::OwnText;
use std::path::{Path, PathBuf};

/// Which columns a table of texts has.
#[derive(Args, Debug, Clone)]
pub(crate) struct ColumnArgs {
    /// Column with the words
    #[arg(long, value_name = "COLUMN")]
    text: Option<String>,
    /// Column with the label
    #[arg(long, value_name = "COLUMN")]
    label: Option<String>,
    /// Column that rows of one campaign or call share
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Column with the second at which a row's words began
    #[arg(long, value_name = "COLUMN")]
    start: Option<String>,
    /// Column with the second at which they ended
    #[arg(long, value_name = "COLUMN")]
    end: Option<String>,
    /// Rows of one group are turns of one call
    #[arg(long)]
    calls: bool,
}

impl ColumnArgs {
    /// The same for the reader of texts.
    pub(crate) fn columns(&self) -> TextColumns {
        TextColumns {
            text: self.text.clone(),
            label: self.label.clone(),
            group: self.group.clone(),
            start: self.start.clone(),
            end: self.end.clone(),
            talks: self.calls,
        }
    }

    /// Whether rows are turns of calls.
    pub(crate) fn are_calls(&self) -> bool {
        self.calls
    }
}

/// Reads a file of texts.
pub(crate) fn texts(path: &Path, columns: &TextColumns) -> anyhow::Result<Texts> {
    let bytes = std::fs::read(path).map_err(|error| crate::screener::of_file(path, &error))?;
    of_bytes(&bytes, path, columns)
}

/// Reads the bytes of a file of texts.
pub(crate) fn of_bytes(bytes: &[u8], path: &Path, columns: &TextColumns) -> anyhow::Result<Texts> {
    use feeds::texts::TextsError;
    feeds::texts::read(bytes, None, columns).map_err(|error| {
        let hint = match error {
            TextsError::Zip => "unpack it first, and give the files inside",
            TextsError::NoColumn { .. } => "name the columns with --text, --label and --group",
            TextsError::TooLong(_) => "split it into smaller files",
            TextsError::Io(_) => "check that the file is whole",
        };
        Failure::new(format!("{}: {error}", path.display()), hint).into()
    })
}

/// Labelled items of some files; items without a label are counted.
pub(crate) fn labelled(
    paths: &[PathBuf],
    columns: &ColumnArgs,
) -> anyhow::Result<(Vec<TextItem>, usize)> {
    let mut found = Vec::new();
    let mut without = 0;
    for path in paths {
        let texts = texts(path, &columns.columns())?;
        without += texts.quarantine.len();
        for item in texts.items {
            if item.label.is_some() {
                found.push(item);
            } else {
                without += 1;
            }
        }
    }
    if found.is_empty() {
        let hint = "name the column with --label";
        return Err(Failure::new("no text in these files has a label", hint).into());
    }
    Ok((found, without))
}

/// What is said of a talk in its first seconds. Words of a turn that goes on longer count by the share of its time; without times all is said.
pub(crate) fn said_after(item: &TextItem, seconds: Option<f64>) -> String {
    let Some(seconds) = seconds else { return item.text() };
    let begin = item.turns.first().and_then(|turn| turn.start_s).unwrap_or_default();
    let mut said = Vec::new();
    for turn in &item.turns {
        let (Some(start), Some(end)) = (turn.start_s, turn.end_s) else {
            said.push(turn.text.clone());
            continue;
        };
        let (start, end) = (start - begin, end - begin);
        if end <= seconds {
            said.push(turn.text.clone());
        } else if start < seconds {
            let share = (seconds - start) / (end - start).max(f64::EPSILON);
            let letters = turn.text.chars().count();
            let heard = domain::num::round_u32(share * letters as f64) as usize;
            said.push(turn.text.chars().take(heard).collect());
        }
    }
    said.join("\n")
}

/// Seconds of a call after which it is learnt, beside the whole of it.
const HEARD_S: [f64; 3] = [15.0, 30.0, 60.0];

/// Items as texts to learn from: calls as they are heard after some seconds, and whole.
pub(crate) fn own_texts(items: &[TextItem], are_calls: bool) -> Vec<OwnText> {
    let mut found = Vec::new();
    for item in items {
        let timed = are_calls && item.turns.iter().all(|turn| turn.end_s.is_some());
        let heard = if timed {
            HEARD_S.iter().copied().map(Some).chain([None]).collect()
        } else {
            vec![None]
        };
        for seconds in heard {
            found.push(OwnText {
                text: said_after(item, seconds),
                label: item.label.clone().unwrap_or_default().trim().to_owned(),
                group: item.group.clone(),
            });
        }
    }
    found
}
