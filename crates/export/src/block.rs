//! What a document is made of, whatever form it gets.

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// What it is about.
    Title(String),
    /// What comes next.
    Heading(&'static str),
    /// A paragraph.
    Text(String),
    /// One that must not be overlooked.
    Strong(String),
    /// One in small letters.
    Quiet(String),
    /// One in a frame: for whom it is, and what it must not be used for.
    Mark(String),
    /// Points, each with what stands under it.
    List(Vec<(String, Vec<String>)>),
    /// A table.
    Table(Table),
    /// Text as it is, line by line.
    Verbatim(String),
}

/// A table: as many shares of its width and words of its head as each row has cells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// What share of the width each column has.
    pub(crate) shares: Vec<f32>,
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<String>>,
}
