//! Amounts with their currency, as written: `RM 1,500`, `3000 soles`, `50万元`, `300만원`.

use super::{Identifier, Kind, add};
use crate::fold::Folded;

/// What stands before an amount, and its currency (ISO 4217; `USDT` and `BTC` as they are called).
const BEFORE: &[(&str, &str)] = &[
    ("us$", "USD"),
    ("usd", "USD"),
    ("s$", "SGD"),
    ("sgd", "SGD"),
    ("hk$", "HKD"),
    ("hkd", "HKD"),
    ("nt$", "TWD"),
    ("ntd", "TWD"),
    ("rm", "MYR"),
    ("myr", "MYR"),
    ("rp.", "IDR"),
    ("rp", "IDR"),
    ("idr", "IDR"),
    ("s/.", "PEN"),
    ("s/", "PEN"),
    ("mxn", "MXN"),
    ("php", "PHP"),
    ("inr", "INR"),
    ("rs.", "INR"),
    ("rs", "INR"),
    ("$", "$"),
    ("£", "GBP"),
    ("gbp", "GBP"),
    ("€", "EUR"),
    ("eur", "EUR"),
    ("¥", "CNY"),
    ("rmb", "CNY"),
    ("cny", "CNY"),
    ("₩", "KRW"),
    ("krw", "KRW"),
    ("฿", "THB"),
    ("thb", "THB"),
    ("usdt", "USDT"),
    ("₹", "INR"),
    ("人民币", "CNY"),
    ("新台币", "TWD"),
];
/// What stands behind an amount.
const BEHIND: &[(&str, &str)] = &[
    ("万元", "CNY"),
    ("万块", "CNY"),
    ("元", "CNY"),
    ("块钱", "CNY"),
    ("块", "CNY"),
    ("万", "CNY"),
    ("令吉", "MYR"),
    ("만원", "KRW"),
    ("만 원", "KRW"),
    ("억", "KRW"),
    ("원", "KRW"),
    ("บาท", "THB"),
    ("บ.", "THB"),
    ("บ/", "THB"),
    ("฿", "THB"),
    ("usdt", "USDT"),
    ("btc", "BTC"),
    ("usd", "USD"),
    ("dollars", "$"),
    ("dollar", "$"),
    ("dolares", "$"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("€", "EUR"),
    ("pounds", "GBP"),
    ("soles", "PEN"),
    ("pesos", "MXN"),
    ("ringgit", "MYR"),
    ("rupiah", "IDR"),
    ("juta", "IDR"),
    ("ribu", "IDR"),
    ("rb", "IDR"),
    ("jt", "IDR"),
    ("rupees", "INR"),
    ("£", "GBP"),
];

/// Finds amounts.
pub(super) fn find(folded: &Folded, found: &mut Vec<Identifier>) {
    let text = folded.text();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = number_end(bytes, at);
        let front = before(text, at);
        let back = behind(text, end);
        let known = front
            .map(|(from, currency)| (from, end, currency))
            .or(back.map(|(to, currency)| (at, to, currency)));
        if let Some((from, to, currency)) = known {
            let number: String = text[at..end].trim_end_matches(['.', ',']).to_owned();
            let value = format!("{currency} {number}");
            add(
                found,
                Identifier {
                    kind: Kind::Amount,
                    value,
                    span: folded.source(from, to),
                    notes: Vec::new(),
                },
            );
        }
        at = end.max(at + 1);
    }
}

/// Where a number ends that may have marks of thousands and a decimal point.
fn number_end(bytes: &[u8], start: usize) -> usize {
    let mut end = start;
    while end < bytes.len() {
        let next_digit = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if bytes[end].is_ascii_digit() || (matches!(bytes[end], b'.' | b',') && next_digit) {
            end += 1;
        } else {
            break;
        }
    }
    end
}

fn before(text: &str, at: usize) -> Option<(usize, &'static str)> {
    let front = text[..at].trim_end_matches(' ');
    let (word, currency) = BEFORE.iter().find(|(word, _)| front.ends_with(word))?;
    let from = front.len() - word.len();
    let letters = word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let touches = text[..from].ends_with(|letter: char| letter.is_ascii_alphanumeric());
    (!(letters && touches)).then_some((from, *currency))
}

fn behind(text: &str, end: usize) -> Option<(usize, &'static str)> {
    let rest = &text[end..];
    let gap = usize::from(rest.starts_with(' '));
    let (word, currency) = BEHIND.iter().find(|(word, _)| rest[gap..].starts_with(word))?;
    let to = end + gap + word.len();
    let letters = word.ends_with(|letter: char| letter.is_ascii_alphabetic());
    let touches = text[to..].starts_with(|letter: char| letter.is_ascii_alphanumeric());
    (!(letters && touches)).then_some((to, *currency))
}
