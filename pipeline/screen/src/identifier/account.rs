//! Bank accounts and cards: IBAN (ISO 13616) and card numbers (ISO/IEC 7812, Luhn) by their checksums, other accounts by the word before them.

use super::{Identifier, Kind, add};
use crate::fold::Folded;

/// Finds IBANs, written together or in groups of four.
pub(super) fn find_iban(folded: &Folded, found: &mut Vec<Identifier>) {
    let text = folded.text();
    let bytes = text.as_bytes();
    for at in 0..bytes.len() {
        let begins = bytes[at..].len() > 14
            && bytes[at].is_ascii_lowercase()
            && bytes[at + 1].is_ascii_lowercase()
            && bytes[at + 2].is_ascii_digit()
            && bytes[at + 3].is_ascii_digit()
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
        if begins && let Some((value, length)) = iban(&text[at..]) {
            let span = folded.source(at, at + length);
            add(found, Identifier { kind: Kind::Iban, value, span, notes: Vec::new() });
        }
    }
}

/// The longest IBAN that a text begins with, and how many bytes it takes.
fn iban(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut best = None;
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_alphanumeric() {
            value.push(letter.to_ascii_uppercase());
        } else if letter != ' ' && letter != '-' {
            break;
        }
        if value.len() > 34 {
            break;
        }
        let ends =
            !text[at + letter.len_utf8()..].starts_with(|next: char| next.is_ascii_alphanumeric());
        if value.len() >= 15
            && ends
            && letter.is_ascii_alphanumeric()
            && value.parse::<iban::Iban>().is_ok()
        {
            best = Some((value.clone(), at + 1));
        }
    }
    best
}

/// Words that an account number follows.
const WORDS: &[&str] = &[
    "account",
    "acct",
    "a/c",
    "acc",
    "akaun",
    "rekening",
    "norek",
    "no rek",
    "cuenta",
    "cci",
    "clabe",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "户头",
    "卡号",
    "บัญชี",
    "บช",
    "เลขที่บัญชี",
    "계좌",
    "통장",
    "maybank",
    "cimb",
    "bsn",
    "rhb",
    "bca",
    "bri",
    "mandiri",
    "bni",
    "bcp",
    "bbva",
    "interbank",
    "กสิกร",
    "ไทยพาณิชย์",
    "กรุงไทย",
    "농협",
    "국민",
    "신한",
    "우리은행",
    "하나은행",
    "建行",
    "工行",
    "农行",
    "中国银行",
    "招商银行",
    "duitnow",
    "bank in",
];
/// How far before the number the word may stand, bytes.
const REACH: usize = 48;

/// Finds cards by their check digit and other accounts by the word before them.
pub(super) fn find(folded: &Folded, found: &mut Vec<Identifier>) {
    let text = folded.text();
    for (start, end) in groups(text) {
        let digits: String = text[start..end].chars().filter(char::is_ascii_digit).collect();
        let span = folded.source(start, end);
        if (13..=19).contains(&digits.len()) && is_card(&digits) {
            add(found, Identifier { kind: Kind::Card, value: digits, span, notes: Vec::new() });
        } else if (7..=18).contains(&digits.len()) && follows_word(text, start) {
            add(found, Identifier { kind: Kind::Account, value: digits, span, notes: Vec::new() });
        }
    }
}

/// Digits in groups that a space or hyphen parts, as byte ranges.
fn groups(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || (at > 0 && bytes[at - 1].is_ascii_alphanumeric()) {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at;
        while end < bytes.len() {
            let next_digit = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if bytes[end].is_ascii_digit() || (matches!(bytes[end], b' ' | b'-') && next_digit) {
                end += 1;
            } else {
                break;
            }
        }
        if !bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
            found.push((start, end));
        }
        at = end.max(at + 1);
    }
    found
}

fn follows_word(text: &str, start: usize) -> bool {
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..start];
    let clause = before.rsplit(['\n', '!', '?', '。']).next().unwrap_or(before);
    WORDS.iter().any(|word| clause.contains(word))
}

/// Luhn's check digit, and an issuer that exists (major industry 2 to 6).
fn is_card(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 1 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    sum.is_multiple_of(10)
        && digits.starts_with(['2', '3', '4', '5', '6'])
        && digits.bytes().any(|byte| Some(&byte) != digits.as_bytes().first())
}
