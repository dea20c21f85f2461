//! Numbers hide themselves: the printable form of a line is masked unless the reader holds a grant.
//!
//! A mask keeps what an analyst needs to recognise the kind of a line (country code, last two digits) and
//! hides what would let anybody call it. It carries no hash: phone numbers are enumerable, so a hash would
//! give them away. Lines are told apart by their place in a room (`R1-L07`), not by their mask.

use std::borrow::Cow;

/// Whether a reader may see whole numbers. Made only at the rim, where the reveal is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Numbers are masked.
    Masked,
    /// Numbers are shown: `--reveal` was given.
    Revealed,
}

const HIDDEN: char = '•';

impl Sight {
    /// The text that this reader sees of a line's identifier.
    pub fn show<'a>(self, text: impl Into<Cow<'a, str>>) -> Cow<'a, str> {
        let text = text.into();
        match self {
            Self::Revealed => text,
            Self::Masked => Cow::Owned(mask(&text)),
        }
    }

    /// Free text (an excerpt of a bad row) with every run of five or more digits masked.
    pub fn show_free(self, text: &str) -> String {
        match self {
            Self::Revealed => text.to_owned(),
            Self::Masked => mask_runs(text),
        }
    }
}

/// `+442079460123` becomes `+44••••••••23`; identifiers of up to four characters stay; other texts keep
/// their first and last two characters.
fn mask(text: &str) -> String {
    let length = text.chars().count();
    if length <= 4 {
        return text.to_owned();
    }
    let keep_front = match text.strip_prefix('+') {
        Some(digits) => 1 + crate::calling_code::split(digits).0.len(),
        None if text.bytes().all(|byte| byte.is_ascii_digit()) => 0,
        None => 2,
    };
    let keep_front = keep_front.min(length - 4);
    let hidden = length - keep_front - 2;
    let front = text.chars().take(keep_front);
    let back = text.chars().skip(length - 2);
    front.chain(std::iter::repeat_n(HIDDEN, hidden)).chain(back).collect()
}

fn mask_runs(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if run >= 5 {
            shown.extend(std::iter::repeat_n(HIDDEN, run - 2));
            shown.extend(&chars[at + run - 2..at + run]);
        } else {
            shown.extend(&chars[at..at + run.max(1)]);
        }
        at += run.max(1);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_country_and_two_digits() {
        let show = |text| Sight::Masked.show(text);
        assert_eq!(show("+442079460123"), "+44••••••••23");
        assert_eq!(show("+12025550123"), "+1••••••••23");
        assert_eq!(show("0123456789"), "••••••••89");
        assert_eq!(show("999"), "999");
        assert_eq!(show("sip:alice@example.org"), "si•••••••••••••••••rg");
        assert_eq!(Sight::Revealed.show("+442079460123"), "+442079460123");
    }

    #[test]
    fn free_text_hides_long_digit_runs_only() {
        assert_eq!(Sight::Masked.show_free("12,+442079460123,x"), "12,+••••••••••23,x");
    }
}
