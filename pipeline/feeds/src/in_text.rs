//! Phone numbers that stand in a text: what somebody was told to call, or was called from.

use crate::identifier::{Identified, Numbering, identify};
use unicode_normalization::UnicodeNormalization as _;

/// Digits that a number has at least, with its country's code or without.
const DIGITS_MIN: usize = 7;
/// And at most (ITU-T E.164), with an international prefix before them.
const DIGITS_MAX: usize = 15 + 3;
/// Letters that stand within a number; longer runs of them end it.
const WITHIN: [char; 8] = [' ', '-', '.', '(', ')', '/', '\u{2011}', '\u{2013}'];

/// The numbers of a text in international form, each once, in the order in which they stand. What is no whole number by the rules of its country is none.
pub fn numbers_in(text: &str, numbering: Numbering) -> Vec<String> {
    let mut found = Vec::new();
    for run in runs(text) {
        if let Some(number) = number(&run, numbering)
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}

/// Runs of digits with what stands between them, a `+` first where there is one; not those that go on from a word.
fn runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let (mut run, mut between, mut is_in_word) = (String::new(), 0_u32, false);
    // Digits of other scripts and full width become plain ones; the line's end ends the last run.
    for letter in text.nfkc().map(plain_digit).chain(std::iter::once('\n')) {
        let begins = letter == '+' || letter.is_ascii_digit() && !is_in_word;
        if letter.is_ascii_digit() && !run.is_empty() {
            run.push(letter);
            between = 0;
        } else if !run.is_empty() && WITHIN.contains(&letter) && between < 2 {
            run.push(letter);
            between = between.saturating_add(1);
        } else {
            runs.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
            between = 0;
            is_in_word = letter.is_alphanumeric() && !begins;
            run.extend(begins.then_some(letter));
        }
    }
    runs
}

/// The first digits of scripts that have their own: Arabic-Indic, Eastern Arabic-Indic, Devanagari, Thai.
const ZEROS: [u32; 4] = [0x660, 0x6f0, 0x966, 0xe50];

fn plain_digit(letter: char) -> char {
    let mut values = ZEROS.iter().filter_map(|zero| u32::from(letter).checked_sub(*zero));
    values.find_map(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

fn number(run: &str, numbering: Numbering) -> Option<String> {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&digits) {
        return None;
    }
    let groups = run.split(|letter: char| !letter.is_ascii_digit()).map(str::len);
    let groups: Vec<usize> = groups.filter(|length| *length > 0).collect();
    // Days are written so, and numbers are not.
    if matches!(*groups, [4, 2, 2] | [2, 2, 4]) {
        return None;
    }
    let plain: String = run.chars().filter(|letter| !WITHIN.contains(letter)).collect();
    match identify(plain.as_bytes(), numbering) {
        // What stays bare digits is of no country that is known.
        Ok(Some(Identified::Key(key))) => key.number_text().filter(|text| text.starts_with('+')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::region_of;

    fn numbers(text: &str, country: &str) -> Vec<String> {
        numbers_in(text, Numbering { country: region_of(country), plus_left_out: false })
    }

    #[test]
    fn numbers_are_found_however_they_are_written() {
        for written in [
            "+44 20 7946 0123",
            "call (020) 7946-0123 now",
            "tel:+442079460123",
            "0044 20 7946 0123.",
            "＋４４ ２０７９４６０１２３",
        ] {
            assert_eq!(numbers(written, "GB"), ["+442079460123"], "{written}");
        }
    }

    #[test]
    fn each_number_is_told_once_in_its_place() {
        let text = "+999 123 456 01, then +44 20 7946 0123 and +99912345601";
        assert_eq!(numbers(text, ""), ["+99912345601", "+442079460123"]);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "+", "call 105", "on 2023-10-04", "code 123456", "ref AB12345678", "12"] {
            assert_eq!(numbers(text, "GB"), [""; 0], "{text}");
        }
        assert_eq!(numbers("020 7946 0123", ""), [""; 0], "of no country that is known");
    }
}
