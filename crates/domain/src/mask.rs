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

    /// Free text (an excerpt of a bad row, a file's name) with every run of five or more digits masked, also where they stand in groups.
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

/// Letters that stand one by one between the digits of a number.
const BETWEEN: [char; 6] = [' ', '-', '.', '(', ')', '/'];

/// Digits that are hidden where they follow each other, with such letters between them or without.
const RUN_MIN: usize = 5;

/// Days and times are no numbers: `2023-10-04`, `04/10/2023 13:05`. A run that is one stays.
fn is_moment(groups: &[usize]) -> bool {
    matches!(groups, [4, 2, 2] | [2, 2, 4] | [4, 2, 2, 2] | [2, 2, 4, 2])
}

fn mask_runs(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let length = run(&chars[at..]);
        let (digits, groups) = measure(&chars[at..at + length]);
        if digits >= RUN_MIN && !is_moment(&groups) {
            let mut left = digits;
            for letter in &chars[at..at + length] {
                let is_hidden = letter.is_ascii_digit() && left > 2;
                left -= usize::from(letter.is_ascii_digit());
                shown.push(if is_hidden { HIDDEN } else { *letter });
            }
        } else {
            shown.extend(&chars[at..at + length.max(1)]);
        }
        at += length.max(1);
    }
    shown
}

/// How long the run of digits is that begins a text, with what stands one by one between them.
fn run(text: &[char]) -> usize {
    let mut length = 0;
    while length < text.len() {
        let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
        if digit(length) {
            length += 1;
        } else if length > 0 && BETWEEN.contains(&text[length]) && digit(length + 1) {
            length += 2;
        } else {
            break;
        }
    }
    length
}

/// How many digits a run has, and how they are grouped.
fn measure(run: &[char]) -> (usize, Vec<usize>) {
    let groups: Vec<usize> =
        run.split(|letter| !letter.is_ascii_digit()).map(<[char]>::len).collect();
    (groups.iter().sum(), groups)
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
        let show = |text| Sight::Masked.show_free(text);
        assert_eq!(show("12,+442079460123,x"), "12,+••••••••••23,x");
        assert_eq!(show("+51 987-654-321"), "+•• •••-•••-•21", "however it is written");
        assert_eq!(show("calls of 51987654321.csv"), "calls of •••••••••21.csv");
        assert_eq!(show("2023-10-04 10:00:00;5;3200"), "2023-10-04 10:00:00;5;3200");
        assert_eq!(show("04/10/2023 13:05"), "04/10/2023 13:05");
        assert_eq!(show("room 12, 7 lines"), "room 12, 7 lines");
    }
}
