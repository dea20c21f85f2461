//! What identifiers turned out to be.

use super::Refusal;
use crate::identifier::{Identified, identify};
use crate::plan::Plan;
use domain::LineKey;
use facts::{Dictionaries, NONE};
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// Remembers what identifiers that are not plainly E.164 turned out to be: reading one by a country's rules is slow.
#[derive(Debug, Default)]
pub(super) struct IdentifierMemo {
    known: HashTable<(Box<[u8]>, LineKey, u32)>,
    hasher: foldhash::fast::FixedState,
}

impl IdentifierMemo {
    /// The line of a raw identifier and, where its canonical text differs, the interned raw text.
    pub(super) fn line(
        &mut self,
        raw: &[u8],
        plan: &Plan,
        names: &mut Dictionaries,
    ) -> Result<(LineKey, u32), Refusal> {
        let hash = self.hasher.hash_one(raw);
        if let Some((_, line, own_raw)) = self.known.find(hash, |(known, _, _)| &**known == raw) {
            return Ok((*line, *own_raw));
        }
        let identified = identify(raw, plan.numbering).map_err(|reason| (reason, raw.to_vec()))?;
        let (line, canonical) = match identified {
            None => return Ok((LineKey::NONE, NONE)),
            Some(Identified::Key(key)) => (key, key.number_text().unwrap_or_default()),
            Some(Identified::Text(text)) => (names.lines.key(text), text.to_owned()),
        };
        let same = canonical.as_bytes() == raw || line_is_withheld(identified.as_ref());
        let own_raw = match std::str::from_utf8(raw) {
            Ok(text) if !same => names.raws.intern_text(text),
            _ => NONE,
        };
        let hasher = &self.hasher;
        let rehash = |(known, _, _): &(Box<[u8]>, LineKey, u32)| hasher.hash_one(&**known);
        self.known.insert_unique(hash, (raw.into(), line, own_raw), rehash);
        Ok((line, own_raw))
    }
}

fn line_is_withheld(identified: Option<&Identified<'_>>) -> bool {
    matches!(identified, Some(Identified::Key(LineKey::WITHHELD)))
}
