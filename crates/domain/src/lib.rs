//! The field's words as types.
//!
//! Takes: digits, texts and times as a feed wrote them. Gives: keys that compare and hash fast, texts that
//! hide themselves, zones, and the families of evidence. Decides: nothing about rooms.
//! Knows no async, no Arrow, no files and no serialisation format.

pub mod calling_code;
pub mod evidence;
pub mod line;
pub mod mask;
pub mod num;
pub mod outcome;
pub mod zone;

pub use evidence::Family;
pub use line::{LineKey, LineKind};
pub use outcome::Outcome;
