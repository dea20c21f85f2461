//! Identifiers of lines, handsets and SIMs, normalised but never folded.
//!
//! A number with `+` or an international prefix becomes E.164. A national number becomes E.164 where the template
//! names a country (libphonenumber's rules), else it stays the digits that it is. Short codes, SIP URIs, withheld
//! callers and keyed pseudonyms stay what they are. A number that a spreadsheet rounded is refused: its end is lost.

use domain::LineKey;
use facts::{Interner, Reason, Texts};
use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

/// Longest identifier that is believed, bytes.
const LONGEST: usize = 128;
const SHORT_CODE_MAX: usize = 6;

/// What an identifier turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identified<'a> {
    /// A number or a withheld caller, by value.
    Key(LineKey),
    /// A text, to be interned.
    Text(&'a str),
}

/// How bare digits are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// The country whose national numbers appear.
    pub country: Option<Region>,
    /// Bare digits are international numbers whose `+` was left out.
    pub plus_left_out: bool,
}

/// The region of an ISO 3166-1 alpha-2 code.
pub fn region_of(code: &str) -> Option<Region> {
    let region = code.to_ascii_uppercase().parse::<Region>().ok()?;
    PHONE_NUMBER_UTIL.get_supported_regions().any(|known| known == region).then_some(region)
}

/// Whether an identifier is plainly E.164 already: the fast way for most rows.
#[inline]
pub fn plain_e164(raw: &[u8]) -> Option<LineKey> {
    raw.strip_prefix(b"+").and_then(LineKey::e164)
}

/// Reads an identifier. Errors: [`Reason::RoundedNumber`], [`Reason::BadLine`], [`Reason::NotText`]; an empty one
/// is `Ok(None)`.
pub fn identify(raw: &[u8], numbering: Numbering) -> Result<Option<Identified<'_>>, Reason> {
    // Spreadsheets keep a number from being counted with by an apostrophe in front of it.
    let raw = raw.trim_ascii();
    let raw = unbroken(raw.strip_prefix(b"'").unwrap_or(raw));
    if raw.is_empty() || is_nothing(raw) {
        return Ok(None);
    }
    if let Some(key) = plain_e164(raw) {
        return Ok(Some(Identified::Key(key)));
    }
    if raw.len() > LONGEST {
        return Err(Reason::BadLine);
    }
    let text = std::str::from_utf8(raw).map_err(|_| Reason::NotText)?;
    if is_withheld(text) {
        return Ok(Some(Identified::Key(LineKey::WITHHELD)));
    }
    if is_rounded(text) {
        return Err(Reason::RoundedNumber);
    }
    if text.chars().any(char::is_control) {
        return Err(Reason::BadLine);
    }
    let number = text.strip_prefix("tel:").unwrap_or(text);
    if let Some(digits) = dialled_digits(number) {
        let international = number.trim_start().starts_with('+');
        if let Some(key) = number_key(&digits, international, number, numbering) {
            return Ok(Some(Identified::Key(key)));
        }
    }
    Ok(Some(Identified::Text(text)))
}

/// A number without the `.0` that it got by being read as a broken one.
fn unbroken(raw: &[u8]) -> &[u8] {
    let is_number = |digits: &&[u8]| digits.len() >= 3 && digits.iter().all(u8::is_ascii_digit);
    raw.strip_suffix(b".0").filter(is_number).unwrap_or(raw)
}

/// What programs write where there is nothing.
fn is_nothing(raw: &[u8]) -> bool {
    const WORDS: [&[u8]; 9] =
        [b"null", b"none", b"nan", b"n/a", b"na", b"nil", b"-", b"--", b"\\N"];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(raw))
}

fn is_withheld(text: &str) -> bool {
    const WORDS: [&str; 29] = [
        "anonymous",
        "withheld",
        "restricted",
        "private",
        "unavailable",
        "unknown",
        "hidden",
        "privado",
        "oculto",
        "no caller id",
        "blocked",
        "not available",
        "private number",
        "unknown number",
        "desconocido",
        "número oculto",
        "numero oculto",
        "número privado",
        "numero privado",
        "anonym",
        "anonyme",
        "unbekannt",
        "unterdrückt",
        "masqué",
        "inconnu",
        "tersembunyi",
        "tidak diketahui",
        "peribadi",
        "未知",
    ];
    let folded = text.to_lowercase();
    WORDS.contains(&folded.as_str()) || text.bytes().all(|byte| matches!(byte, b'*' | b'x' | b'X'))
}

/// `6.01E+10` and its like.
fn is_rounded(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let digits_only =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_ok = mantissa.split(['.', ',']).all(digits_only) && mantissa.contains(['.', ',']);
    mantissa_ok && exponent.strip_prefix('+').is_some_and(digits_only)
}

/// The digits of a dialled number written with spaces, hyphens, dots, slashes or brackets; `None` for anything else.
fn dialled_digits(text: &str) -> Option<Vec<u8>> {
    let text = text.trim().strip_prefix('+').unwrap_or(text.trim());
    let mut digits = Vec::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits.push(byte),
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some(digits)
}

fn number_key(
    digits: &[u8],
    international: bool,
    text: &str,
    numbering: Numbering,
) -> Option<LineKey> {
    if international {
        return LineKey::e164(digits);
    }
    if digits.len() <= SHORT_CODE_MAX {
        return LineKey::digits(digits);
    }
    if numbering.plus_left_out && digits.first() != Some(&b'0') {
        return LineKey::e164(digits);
    }
    if let Some(country) = numbering.country {
        return national(text, country).or_else(|| LineKey::digits(digits));
    }
    // "00" is the international prefix that ITU-T E.164 recommends; where another is used, name the country.
    match digits.strip_prefix(b"00") {
        Some(rest) if rest.len() >= 9 => LineKey::e164(rest).or_else(|| LineKey::digits(digits)),
        _ => LineKey::digits(digits),
    }
}

/// Whether digits are an international number of some country's plan (libphonenumber's rules).
pub fn is_international(digits: &str) -> bool {
    let number = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None);
    number.is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number))
}

fn national(text: &str, country: Region) -> Option<LineKey> {
    let number = PHONE_NUMBER_UTIL.parse(text, Some(country)).ok()?;
    if !PHONE_NUMBER_UTIL.is_possible_number(&number) {
        return None;
    }
    let formatted = number.format_as(PhoneNumberFormat::E164).into_owned();
    plain_e164(formatted.as_bytes())
}

/// The key of a handset: the first 14 digits of IMEI or IMEISV (3GPP TS 23.003: type and serial number; the check digit
/// and the software version differ between exports of one handset). Zeros stand for "not known"; one that a spreadsheet
/// rounded is not known either: it would stand for many.
pub fn handset(raw: &[u8], texts: &mut Texts) -> LineKey {
    let raw = unbroken(raw.trim_ascii());
    let serial = match raw.len() {
        15 | 16 => raw.get(..14).unwrap_or(raw),
        _ => raw,
    };
    if serial.iter().all(|byte| *byte == b'0') {
        return LineKey::NONE;
    }
    if let Some(key) = LineKey::digits(serial) {
        return key;
    }
    let text = std::str::from_utf8(raw).ok().filter(|_| raw.len() <= LONGEST);
    let text = text.filter(|text| !is_rounded(text));
    text.map_or(LineKey::NONE, |text| texts.key(text))
}

/// Any other name (cell, SIM, route): kept as given.
pub fn name(raw: &[u8], interner: &mut Interner) -> Option<u32> {
    if let Some(known) = interner.recent_text(raw) {
        return Some(known);
    }
    let raw = raw.trim_ascii();
    if raw.is_empty() || raw.len() > LONGEST {
        return None;
    }
    match LineKey::digits(raw) {
        Some(key) => Some(interner.intern(key)),
        None => std::str::from_utf8(raw).ok().map(|text| interner.intern_text(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(raw: &str, country: Option<&str>) -> String {
        let numbering = Numbering { country: country.and_then(region_of), plus_left_out: false };
        match identify(raw.as_bytes(), numbering) {
            Ok(None) => "nothing".to_owned(),
            Ok(Some(Identified::Key(key))) => {
                format!("{} {:?}", key.number_text().unwrap(), key.kind())
            }
            Ok(Some(Identified::Text(text))) => format!("{text} Text"),
            Err(reason) => reason.word().to_owned(),
        }
    }

    #[test]
    fn identifiers_of_all_kinds() {
        let cases = [
            ("+442079460123", None, "+442079460123 E164"),
            ("+44 (20) 7946-0123", None, "+442079460123 E164"),
            ("0044 20 7946 0123", None, "+442079460123 E164"),
            ("020 7946 0123", Some("GB"), "+442079460123 E164"),
            ("020 7946 0123", None, "02079460123 Digits"),
            ("tel:+442079460123", None, "+442079460123 E164"),
            ("(202) 555-0123", Some("US"), "+12025550123 E164"),
            ("011442079460123", Some("US"), "+442079460123 E164"),
            ("999", Some("GB"), "999 ShortCode"),
            ("007", None, "007 ShortCode"),
            ("349", None, "349 ShortCode"),
            ("sip:alice@example.org", None, "sip:alice@example.org Text"),
            ("9f86d081884c7d65", None, "9f86d081884c7d65 Text"),
            ("Anonymous", None, "withheld Withheld"),
            ("6.01E+10", None, "number rounded by a spreadsheet"),
            ("6,01E+10", Some("MY"), "number rounded by a spreadsheet"),
            ("a\0b", None, "not a line identifier"),
            ("   ", None, "nothing"),
            ("NULL", None, "nothing"),
            ("-", None, "nothing"),
            ("Número oculto", None, "withheld Withheld"),
            ("***", None, "withheld Withheld"),
            ("442079460123.0", None, "442079460123 Digits"),
            ("'+44 20 7946 0123", None, "+442079460123 E164"),
        ];
        for (raw, country, expected) in cases {
            assert_eq!(told(raw, country), expected, "{raw}");
        }
    }

    #[test]
    fn a_left_out_plus_can_be_put_back() {
        let numbering = Numbering { country: None, plus_left_out: true };
        let key = LineKey::e164(b"442079460123").unwrap();
        assert_eq!(identify(b"442079460123", numbering), Ok(Some(Identified::Key(key))));
    }

    #[test]
    fn handsets_meet_whatever_their_last_digit() {
        let mut texts = Texts::default();
        let imei = handset(b"490154203237518", &mut texts);
        assert_eq!(imei, handset(b"4901542032375101", &mut texts), "IMEISV of the same handset");
        assert_eq!(imei, handset(b"490154203237510", &mut texts), "check digit set to zero");
        assert_ne!(imei, handset(b"490154203237617", &mut texts));
        assert_eq!(handset(b"000000000000000", &mut texts), LineKey::NONE);
    }

    proptest! {
        #[test]
        fn numbers_that_differ_stay_apart(a in "[1-9][0-9]{9,13}", b in "[1-9][0-9]{9,13}") {
            let of = |digits: &str| identify(format!("+{digits}").as_bytes(), Numbering::default()).map(|_| LineKey::e164(digits.as_bytes()));
            prop_assert_eq!(of(&a) == of(&b), a == b);
        }

        #[test]
        fn no_identifier_panics(raw in prop::collection::vec(any::<u8>(), 0..40)) {
            let _told = identify(&raw, Numbering { country: region_of("MY"), plus_left_out: false });
        }
    }
}
