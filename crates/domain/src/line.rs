//! Lines: stable caller identifiers, packed into 64 bits.
//!
//! A key keeps what the feed gave: an E.164 number is its digits, a bare digit string keeps its leading
//! zeros (it is never folded on its last digits), and a text (SIP URI, keyed pseudonym) is an index into
//! the dictionary that interned it. Keys of numbers therefore need no text beside them.

/// What kind of identifier a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// The caller hid the number: not one line but many, so never profiled.
    Withheld,
    /// An international number, ITU-T E.164, at most 15 digits.
    E164,
    /// At most six digits: a service number or an extension.
    ShortCode,
    /// More digits, but the country is not known: kept as given.
    Digits,
    /// A SIP or tel URI, a keyed pseudonym or any other text.
    Text,
}

/// The key of a line (or a handset, SIM, cell or route: any name a feed uses).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineKey(u64);

const KIND_SHIFT: u32 = 60;
const LENGTH_SHIFT: u32 = 54;
const VALUE_MASK: u64 = (1 << LENGTH_SHIFT) - 1;
const E164: u64 = 1;
const DIGITS: u64 = 2;
const TEXT: u64 = 3;

/// The longest digit string that a key holds by value.
pub const DIGITS_MAX: usize = 16;
const SHORT_CODE_MAX: usize = 6;

impl LineKey {
    /// No line at all: the field is empty or not there.
    pub const NONE: Self = Self(u64::MAX);

    /// The caller that does not show itself.
    pub const WITHHELD: Self = Self(0);

    /// The key of an E.164 number, given its digits without `+`: 7 to 15 digits, the first not 0.
    /// `None` where that does not hold.
    #[inline]
    pub fn e164(digits: &[u8]) -> Option<Self> {
        if !(7..=15).contains(&digits.len()) || digits.first() == Some(&b'0') {
            return None;
        }
        Some(Self((E164 << KIND_SHIFT) | number(digits)?))
    }

    /// The key of a digit string kept as given, leading zeros included: 1 to 16 digits, else `None`.
    #[inline]
    pub fn digits(digits: &[u8]) -> Option<Self> {
        if digits.is_empty() || digits.len() > DIGITS_MAX {
            return None;
        }
        let length = digits.len() as u64;
        Some(Self((DIGITS << KIND_SHIFT) | (length << LENGTH_SHIFT) | number(digits)?))
    }

    /// The key of the text with this index in its dictionary.
    pub fn text(index: u32) -> Self {
        Self((TEXT << KIND_SHIFT) | u64::from(index))
    }

    /// The packed form. Equal keys of numbers are equal in every dictionary; keys of texts only in their own.
    pub fn packed(self) -> u64 {
        self.0
    }

    /// The key of a packed form written by [`LineKey::packed`].
    pub fn from_packed(packed: u64) -> Self {
        Self(packed)
    }

    /// What kind of identifier this is.
    pub fn kind(self) -> LineKind {
        match self.0 >> KIND_SHIFT {
            0 => LineKind::Withheld,
            E164 => LineKind::E164,
            DIGITS if self.length() <= SHORT_CODE_MAX => LineKind::ShortCode,
            DIGITS => LineKind::Digits,
            _ => LineKind::Text,
        }
    }

    /// The index of a text in its dictionary; `None` for numbers.
    pub fn text_index(self) -> Option<usize> {
        (self.0 >> KIND_SHIFT == TEXT).then(|| crate::num::usize_of(self.0 & VALUE_MASK))
    }

    /// The digits as a number: for numbers that stand in a row.
    pub fn value(self) -> Option<u64> {
        matches!(self.0 >> KIND_SHIFT, E164 | DIGITS).then_some(self.0 & VALUE_MASK)
    }

    /// The printable form of a number key, unmasked: `+` and digits for E.164. `None` for texts.
    pub fn number_text(self) -> Option<String> {
        let mut text = String::new();
        self.write_number(&mut text).then_some(text)
    }

    /// Appends that form; `false` for texts.
    pub fn write_number(self, into: &mut String) -> bool {
        let (sign, width) = match self.kind() {
            LineKind::Withheld => {
                into.push_str("withheld");
                return true;
            }
            LineKind::E164 => ("+", 1),
            LineKind::ShortCode | LineKind::Digits => ("", self.length()),
            LineKind::Text => return false,
        };
        into.push_str(sign);
        let (mut digits, mut left, mut at) = ([b'0'; 20], self.0 & VALUE_MASK, 20);
        while left > 0 || 20 - at < width {
            at -= 1;
            digits[at] = b'0' + (left % 10).to_le_bytes()[0];
            left /= 10;
        }
        into.push_str(std::str::from_utf8(&digits[at..]).unwrap_or_default());
        true
    }

    fn length(self) -> usize {
        crate::num::usize_of((self.0 >> LENGTH_SHIFT) & 0x3f)
    }
}

/// Decimal digits as a number; `None` at the first byte that is no digit. More than 19 digits wrap around.
#[inline]
pub fn number(digits: &[u8]) -> Option<u64> {
    match (digits.first_chunk::<8>(), digits.last_chunk::<8>()) {
        (Some(first), Some(last)) if digits.len() <= 16 => {
            let tail = u32::try_from(digits.len() - 8).ok()?;
            let high = eight_digits(u64::from_le_bytes(*first))?;
            if tail == 0 {
                return Some(high);
            }
            // The last eight bytes, those that `first` has already overwritten by zeros.
            let known_bits = 64 - tail * 8;
            let own = u64::MAX << known_bits;
            let last = (u64::from_le_bytes(*last) & own) | (ZEROS & !own);
            Some(high * TENS[tail as usize] + eight_digits(last)?)
        }
        _ => one_by_one(digits),
    }
}

/// Powers of ten up to that of eight digits.
const TENS: [u64; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// Eight digits at once, the first in the lowest byte (Lemire, "Quickly parsing eight digits", 2018).
#[inline]
fn eight_digits(text: u64) -> Option<u64> {
    let high_halves = text & 0xf0f0_f0f0_f0f0_f0f0;
    let above_nine = text.wrapping_add(0x0606_0606_0606_0606) & 0xf0f0_f0f0_f0f0_f0f0;
    if high_halves != ZEROS || above_nine != ZEROS {
        return None;
    }
    let digits = text - ZEROS;
    let pairs = digits * 10 + (digits >> 8);
    let fours = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let rest = ((pairs >> 16) & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    Some(fours.wrapping_add(rest) >> 32)
}

fn one_by_one(digits: &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_as_written() {
        let key = |text: &str| LineKey::digits(text.as_bytes()).and_then(LineKey::number_text);
        assert_eq!(key("007").as_deref(), Some("007"));
        assert_eq!(key("0").as_deref(), Some("0"));
        assert_eq!(key("9999999999999999").as_deref(), Some("9999999999999999"));
        assert_eq!(key("99999999999999999"), None);
        let e164 = LineKey::e164(b"442079460000").expect("a number reserved for fiction");
        assert_eq!(e164.number_text().as_deref(), Some("+442079460000"));
    }

    #[test]
    fn digits_of_any_length_are_numbers_and_nothing_else_is() {
        let digits = b"9081726354091827";
        for length in 0..=digits.len() {
            let text = &digits[..length];
            let expected = std::str::from_utf8(text).unwrap().parse().unwrap_or(0);
            assert_eq!(number(text), Some(expected), "{length} digits");
            for at in 0..length {
                for wrong in *b"/: +a\xff" {
                    let mut text = text.to_vec();
                    text[at] = wrong;
                    assert_eq!(number(&text), None, "{wrong} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn leading_zeros_tell_lines_apart() {
        assert_ne!(LineKey::digits(b"0123"), LineKey::digits(b"123"));
    }

    #[test]
    fn kinds() {
        assert_eq!(LineKey::WITHHELD.kind(), LineKind::Withheld);
        assert_eq!(LineKey::digits(b"999").map(LineKey::kind), Some(LineKind::ShortCode));
        assert_eq!(LineKey::digits(b"0123456789").map(LineKey::kind), Some(LineKind::Digits));
        assert_eq!(LineKey::text(3).kind(), LineKind::Text);
        assert_eq!(LineKey::text(3).text_index(), Some(3));
        assert_eq!(LineKey::e164(b"0123456789"), None);
        assert_eq!(LineKey::e164(b"12345a789"), None);
    }

    #[test]
    fn e164_keys_sort_like_their_numbers() {
        assert!(LineKey::e164(b"442079460000") < LineKey::e164(b"442079460001"));
    }
}
