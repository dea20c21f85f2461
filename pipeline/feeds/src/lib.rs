//! Bytes of a known format become facts: calls and sightings; and texts, to be screened.
//!
//! Takes: readers of bytes and a [`Template`] (built in, written by hand or recognised by [`sniff`]). Gives:
//! normalised calls in lanes, one a reading thread, and a quarantine. Decides: how a field is read.
//!
//! Invariants: every row becomes a call or a quarantined row with its reason; nothing panics on bad input; a number is
//! never folded on its last digits. Knows no files: the binary opens them.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::arithmetic_side_effects))]

pub mod asterisk;
pub mod bandicoot;
pub mod blocks;
pub mod callmine;
pub mod cells;
pub mod columnar;
pub mod delimited;
pub mod duration;
pub mod encoding;
pub mod freeswitch;
pub mod guard;
pub mod header;
pub mod identifier;
pub mod in_text;
mod lane;
pub mod moment;
mod pages;
pub mod plan;
pub mod read;
pub mod regular;
pub mod row;
pub mod sightings;
pub mod sniff;
pub mod template;
pub mod texts;
pub mod value;
pub mod vast2008;
pub mod word_memo;
pub mod words;

pub use read::{FileReport, Reading};
pub use sniff::Recognised;
pub use template::{Role, Tells, Template};

/// Why a file could not be read at all, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The bytes could not be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The Parquet file is damaged.
    #[error("damaged Parquet file: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// The columns of a Parquet file could not be decoded.
    #[error("damaged Parquet file: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// The Parquet file is damaged in a way that its reader does not name.
    #[error("damaged Parquet file")]
    Damaged,
    /// The template asks for a column that the file does not have.
    #[error("there is no column “{column}”; the file has: {present}")]
    NoColumn {
        /// The column asked for.
        column: String,
        /// The columns that are there.
        present: String,
    },
    /// The columns needed were not recognised.
    #[error("the columns of this file were not recognised: {missing} is missing")]
    NotRecognised {
        /// The roles that no column was found for.
        missing: String,
    },
    /// The file holds no rows.
    #[error("the file is empty")]
    Empty,
    /// The template contradicts itself.
    #[error("template: {0}")]
    Template(String),
}
