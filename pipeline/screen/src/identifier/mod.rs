//! What a text names that can be found elsewhere: numbers, accounts, wallets, links, handles, amounts.
//!
//! Takes: a text and its folded form. Gives: identifiers in a normal form, each with its place in the text as written. False alarms: an account is
//! believed because of the word before it and cannot be checked; a national number without a country is told only where one country of the text's
//! language knows it.

mod account;
mod amount;
mod digits;
mod link;
mod phone;
mod wallet;

pub use link::brand_of;
pub use phone::Numbers;

use crate::fold::Folded;
use crate::language::Languages;
use serde::Serialize;
use std::ops::Range;

/// What an identifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A telephone number: E.164, or digits as written where the country is not known.
    Phone,
    /// A link or a bare domain.
    Link,
    /// An e-mail address.
    Email,
    /// A name on a chat service.
    Handle,
    /// A wallet of a crypto currency, its checksum checked.
    Wallet,
    /// An international bank account number, its checksum checked.
    Iban,
    /// A payment card's number, its check digit checked.
    Card,
    /// An account number, believed by the word before it.
    Account,
    /// An amount with its currency.
    Amount,
}

impl Kind {
    /// Its name in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Link => "link",
            Self::Email => "email",
            Self::Handle => "handle",
            Self::Wallet => "wallet",
            Self::Iban => "iban",
            Self::Card => "card",
            Self::Account => "account",
            Self::Amount => "amount",
        }
    }
}

/// An identifier of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier {
    /// What it is.
    pub kind: Kind,
    /// Its normal form: E.164, a domain with its path in lower case, digits.
    pub value: String,
    /// Where it stands in the text as written, bytes.
    pub span: Range<usize>,
    /// What is noticed of it: `written to be overlooked`, `looks like paypal.com`, `shortened`.
    pub notes: Vec<String>,
}

/// Finds all identifiers, in the order of the text; where two overlap, the surer kind counts.
pub fn identifiers(
    source: &str,
    folded: &Folded,
    languages: Languages,
    numbers: &Numbers,
) -> Vec<Identifier> {
    let mut found = Vec::new();
    wallet::find(source, &mut found);
    link::find(source, folded, &mut found);
    account::find_iban(folded, &mut found);
    amount::find(folded, &mut found);
    phone::find(source, folded, languages, numbers, &mut found);
    account::find(folded, &mut found);
    found.sort_by_key(|identifier| (identifier.span.start, identifier.span.end));
    found
}

/// Adds an identifier where nothing surer stands already.
fn add(found: &mut Vec<Identifier>, identifier: Identifier) {
    let overlaps = |other: &Identifier| {
        other.span.start < identifier.span.end && identifier.span.start < other.span.end
    };
    if !found.iter().any(overlaps) {
        found.push(identifier);
    }
}

#[cfg(test)]
mod tests;
