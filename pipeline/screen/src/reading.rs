//! All that is read of a text before the model speaks.

use crate::act::{Shown, acts};
use crate::concept::{Hit, hits};
use crate::feature::{Feature, features};
use crate::fold::Folded;
use crate::identifier::{Identifier, Kind, Numbers, identifiers};
use crate::language::Languages;

/// A text, read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// As it is compared.
    pub folded: Folded,
    /// Its languages.
    pub languages: Languages,
    /// The concepts that it names.
    pub hits: Vec<Hit>,
    /// The acts that they amount to.
    pub acts: Vec<Shown>,
    /// What it names that can be found elsewhere.
    pub identifiers: Vec<Identifier>,
}

impl Reading {
    /// Reads a text.
    pub fn of(text: &str, numbers: &Numbers) -> Self {
        let folded = Folded::of(text);
        let languages = Languages::of(folded.text());
        let identifiers = identifiers(text, &folded, languages, numbers);
        let mut hits = hits(folded.text(), languages);
        // Words within a link or a name are none that anybody says: `secure-pay.top`.
        let names: Vec<&Identifier> = identifiers
            .iter()
            .filter(|identifier| {
                matches!(identifier.kind, Kind::Link | Kind::Email | Kind::Handle | Kind::Wallet)
            })
            .collect();
        if !names.is_empty() {
            hits.retain(|hit| {
                let span = folded.source(hit.start, hit.end);
                !names.iter().any(|name| span.start >= name.span.start && span.end <= name.span.end)
            });
        }
        let acts = acts(&hits);
        Self { folded, languages, hits, acts, identifiers }
    }

    /// What the model reads.
    pub fn features(&self) -> Vec<Feature> {
        features(&self.folded, &self.hits, &self.acts, &self.identifier_counts())
    }

    /// How many identifiers there are of each kind, and of kinds that are written to mislead.
    pub(crate) fn identifier_counts(&self) -> Vec<(&'static str, usize)> {
        let of = |kind: Kind| {
            self.identifiers.iter().filter(|identifier| identifier.kind == kind).count()
        };
        let noted = |note: &str| {
            self.identifiers
                .iter()
                .filter(|identifier| identifier.notes.iter().any(|one| one.starts_with(note)))
                .count()
        };
        let mut counts: Vec<(&str, usize)> = [
            Kind::Phone,
            Kind::Link,
            Kind::Email,
            Kind::Handle,
            Kind::Wallet,
            Kind::Iban,
            Kind::Card,
            Kind::Account,
            Kind::Amount,
        ]
        .into_iter()
        .map(|kind| (kind.code(), of(kind)))
        .collect();
        counts.push(("shortened link", noted("shortened")));
        counts.push(("borrowed name", noted("looks like")));
        counts.push(("overlooked", noted("written to be")));
        counts.retain(|(_, count)| *count > 0);
        counts
    }
}
