//! Wallets: Bitcoin (base58check and bech32, BIP-173 and BIP-350), Ethereum (EIP-55) and TRON. Only where the checksum holds.

use super::{Identifier, Kind, add};
use sha3::{Digest as _, Keccak256};

/// Finds wallets in a text as written: their letters' case is part of them.
pub(super) fn find(source: &str, found: &mut Vec<Identifier>) {
    let mut start = 0;
    for piece in source.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let at = start;
        start += piece.len();
        start += source[start..].chars().next().map_or(0, char::len_utf8);
        if let Some(currency) = currency(piece) {
            let identifier = Identifier {
                kind: Kind::Wallet,
                value: piece.to_owned(),
                span: at..at + piece.len(),
                notes: vec![currency.to_owned()],
            };
            add(found, identifier);
        }
    }
}

/// The currency of a wallet, where it is one.
pub(super) fn currency(text: &str) -> Option<&'static str> {
    match text.len() {
        25..=35 if text.starts_with(['1', '3']) => base58(text, &[0x00, 0x05]).then_some("bitcoin"),
        34 if text.starts_with('T') => base58(text, &[0x41]).then_some("tron"),
        42 if text.starts_with("0x") => ethereum(text).then_some("ethereum"),
        14..=74 if text.len() > 13 && is_bech32(text) => Some("bitcoin"),
        _ => None,
    }
}

fn base58(text: &str, versions: &[u8]) -> bool {
    let decoded = bs58::decode(text).with_check(None).into_vec();
    decoded.is_ok_and(|bytes| {
        bytes.len() == 21 && bytes.first().is_some_and(|first| versions.contains(first))
    })
}

fn is_bech32(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    folded.starts_with("bc1") && bech32::segwit::decode(text).is_ok()
}

/// Forty hexadecimal digits; where cases are mixed they are the checksum of EIP-55.
fn ethereum(text: &str) -> bool {
    let Some(digits) = text.strip_prefix("0x") else { return false };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return false;
    }
    let mixed = digits.bytes().any(|byte| byte.is_ascii_lowercase())
        && digits.bytes().any(|byte| byte.is_ascii_uppercase());
    if !mixed {
        return true;
    }
    let hash = Keccak256::digest(digits.to_ascii_lowercase().as_bytes());
    digits.bytes().enumerate().all(|(at, byte)| {
        let nibble =
            hash.get(at / 2).map_or(0, |pair| if at % 2 == 0 { pair >> 4 } else { pair & 0xf });
        !byte.is_ascii_alphabetic() || byte.is_ascii_uppercase() == (nibble >= 8)
    })
}
