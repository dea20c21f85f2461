//! Facts that something rests on.

use domain::mask::Sight;
use facts::FactId;
use serde::{Deserialize, Serialize};

/// A fact: kept whole, or shown as a reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum FactReport {
    /// As the facts have it.
    Kept(Fact),
    /// As it is shown.
    Shown(Shown),
}

/// A fact as a reader sees it: written as its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Shown {
    /// What it is called.
    pub name: String,
    /// Its start, epoch seconds; none where only the name is known.
    pub start_s: Option<u32>,
    /// The line that called or was seen, as the reader sees it.
    pub line: String,
    /// The line that was called, as the reader sees it.
    pub callee: Option<String>,
    /// Where it stands, where somebody looked; the file as the reader sees its name.
    pub source: Option<Source>,
}

impl Shown {
    /// What it is called, and where it stands.
    pub fn with_source(&self) -> String {
        match &self.source {
            Some(Source { file, row }) => format!("{} ({file}, row {row})", self.name),
            None => self.name.clone(),
        }
    }
}

impl From<String> for Shown {
    fn from(name: String) -> Self {
        Self { name, start_s: None, line: String::new(), callee: None, source: None }
    }
}

impl From<Shown> for String {
    fn from(shown: Shown) -> Self {
        shown.name
    }
}

/// A call, or a sighting where nobody was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// Its start, epoch seconds.
    pub start_s: u32,
    /// Its start, by the wall clock of the feed's zone.
    pub start: String,
    /// The line that called or was seen.
    pub line: String,
    /// The line that was called.
    pub callee: Option<String>,
    /// Where it stands, once somebody looked.
    #[serde(skip)]
    pub source: Option<Source>,
}

/// Where a fact stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub file: String,
    /// The row in it.
    pub row: u32,
}

impl Fact {
    /// What it is called: its identity for who may see numbers, else its start and masked numbers. The identity is a hash of both numbers and the
    /// start, and numbers are few enough to try them all.
    pub fn name(&self, sight: Sight) -> String {
        let start = &self.start;
        match (&self.callee, sight) {
            (None, _) => format!("{start} {} seen", sight.show(&*self.line)),
            (Some(callee), Sight::Revealed) => {
                FactId::of_call(&self.line, callee, self.start_s).to_string()
            }
            (Some(callee), Sight::Masked) => {
                format!("{start} {} → {}", sight.show(&*self.line), sight.show(&**callee))
            }
        }
    }
}

impl FactReport {
    /// Turns it into what is shown.
    pub(crate) fn hide(&mut self, sight: Sight) {
        if let Self::Kept(fact) = self {
            *self = Self::Shown(Shown {
                name: fact.name(sight),
                start_s: Some(fact.start_s),
                line: sight.show(&*fact.line).into_owned(),
                callee: fact.callee.as_ref().map(|callee| sight.show(&**callee).into_owned()),
                // A file that is named for whose records it holds names them.
                source: fact
                    .source
                    .as_ref()
                    .map(|source| Source { file: sight.show_free(&source.file), row: source.row }),
            });
        }
    }

    /// The fact itself, where it is kept.
    pub fn kept(&self) -> Option<&Fact> {
        match self {
            Self::Kept(fact) => Some(fact),
            Self::Shown(_) => None,
        }
    }

    /// What is shown of it to anybody.
    pub fn masked(&self) -> String {
        match self {
            Self::Kept(fact) => fact.name(Sight::Masked),
            Self::Shown(shown) => shown.name.clone(),
        }
    }
}
