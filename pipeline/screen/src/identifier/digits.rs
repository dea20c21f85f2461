//! Digits as people write them to be read by people only: in words of six languages, as letters that look like digits, with anything between.

use crate::fold::Folded;

/// A stretch that stands for digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    /// The digits.
    pub(super) digits: String,
    /// Bytes of the folded text.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// Written as words or look-alike letters.
    pub(super) dressed: bool,
    /// A Latin letter touches it: part of a code, not of a number.
    pub(super) glued: bool,
}

/// The digit of a word that spaces part from others.
fn digit_of(word: &str) -> Option<char> {
    match word {
        "zero" | "oh" | "nought" | "cero" | "kosong" | "sifar" | "nol" => Some('0'),
        "one" | "uno" | "satu" => Some('1'),
        "two" | "dos" | "dua" => Some('2'),
        "three" | "tres" | "tiga" => Some('3'),
        "four" | "cuatro" | "empat" => Some('4'),
        "five" | "cinco" | "lima" => Some('5'),
        "six" | "seis" | "enam" => Some('6'),
        "seven" | "siete" | "tujuh" => Some('7'),
        "eight" | "ocho" | "lapan" | "delapan" => Some('8'),
        "nine" | "nueve" | "sembilan" => Some('9'),
        _ => None,
    }
}

/// Digits as words that touch: Chinese, Korean, Thai.
const DENSE: &[(&str, char)] = &[
    ("零", '0'),
    ("〇", '0'),
    ("一", '1'),
    ("幺", '1'),
    ("二", '2'),
    ("两", '2'),
    ("三", '3'),
    ("四", '4'),
    ("五", '5'),
    ("六", '6'),
    ("七", '7'),
    ("八", '8'),
    ("九", '9'),
    ("壹", '1'),
    ("贰", '2'),
    ("叁", '3'),
    ("肆", '4'),
    ("伍", '5'),
    ("陆", '6'),
    ("柒", '7'),
    ("捌", '8'),
    ("玖", '9'),
    ("공", '0'),
    ("영", '0'),
    ("일", '1'),
    ("이", '2'),
    ("삼", '3'),
    ("사", '4'),
    ("오", '5'),
    ("육", '6'),
    ("륙", '6'),
    ("칠", '7'),
    ("팔", '8'),
    ("구", '9'),
    ("ศูนย์", '0'),
    ("หนึ่ง", '1'),
    ("สอง", '2'),
    ("สาม", '3'),
    ("สี่", '4'),
    ("ห้า", '5'),
    ("หก", '6'),
    ("เจ็ด", '7'),
    ("แปด", '8'),
    ("เก้า", '9'),
];
/// Dense words in a row that are believed to be digits: one alone is an ordinary word.
const DENSE_MIN: usize = 3;

/// Finds all stretches of digits, in the order of the text.
pub(super) fn atoms(folded: &Folded) -> Vec<Atom> {
    let text = folded.text();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(letter) = rest.chars().next() else { break };
        let atom = if letter.is_ascii_alphanumeric() || letter == '|' {
            token(text, at, &mut found)
        } else if letter.is_ascii() {
            at + 1
        } else {
            dense(text, at, &mut found)
        };
        at = atom.max(at + letter.len_utf8());
    }
    found
}

/// A run of Latin letters and digits: digits, a word for one, or letters that look like digits among digits.
fn token(text: &str, at: usize, found: &mut Vec<Atom>) -> usize {
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '|';
    let end = at + text[at..].find(|letter| !part(letter)).unwrap_or(text.len() - at);
    let word = &text[at..end];
    let push = |found: &mut Vec<Atom>, digits: String, dressed, glued| {
        found.push(Atom { digits, start: at, end, dressed, glued });
    };
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if digits == word.len() {
        push(found, word.to_owned(), false, false);
    } else if let Some(digit) = digit_of(word) {
        let times = repeats(&text[..at]);
        push(found, digit.to_string().repeat(times), true, false);
    } else if let Some(read) = look_alike(word, digits) {
        push(found, read, true, false);
    } else if digits > 0 {
        glued(text, at, end, found);
    }
    end
}

/// `double five` is two fives.
fn repeats(before: &str) -> usize {
    let before = before.trim_end_matches([' ', '-']);
    if before.ends_with("double") || before.ends_with("doble") || before.ends_with("dobel") {
        2
    } else if before.ends_with("triple") || before.ends_with("treble") {
        3
    } else {
        1
    }
}

/// Letters that look like digits, in a token that has digits or is nothing but zeros and ones in disguise.
fn look_alike(word: &str, digits: usize) -> Option<String> {
    let read = |letter: char| match letter {
        'o' => Some('0'),
        'l' | 'i' | '|' => Some('1'),
        's' => Some('5'),
        'b' => Some('8'),
        'z' => Some('2'),
        digit if digit.is_ascii_digit() => Some(digit),
        _ => None,
    };
    let read: Option<String> = word.chars().map(read).collect();
    // `O` and `l` are read as digits most easily; words of other letters must be mostly digits.
    let plain = word
        .chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, 'o' | 'l' | 'i' | '|'));
    let most = if plain { 3 * digits } else { 1 + digits };
    read.filter(|_| digits > 0 && word.len() - digits <= most && word.len() >= 2)
}

/// Digits at the edge of a token with other letters: kept, and marked.
fn glued(text: &str, start: usize, end: usize, found: &mut Vec<Atom>) {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < end {
        let length = bytes[at..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length > 0 {
            found.push(Atom {
                digits: text[at..at + length].to_owned(),
                start: at,
                end: at + length,
                dressed: false,
                glued: true,
            });
        }
        at += length.max(1);
    }
}

/// Whether no letter touches a stretch.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let touches = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !touches(text[..start].chars().next_back()) && !touches(text[end..].chars().next())
}

/// A run of dense words for digits: three in a row, or fewer that stand alone.
fn dense(text: &str, at: usize, found: &mut Vec<Atom>) -> usize {
    let mut digits = String::new();
    let mut end = at;
    while let Some((word, digit)) = DENSE.iter().find(|(word, _)| text[end..].starts_with(word)) {
        digits.push(*digit);
        end += word.len();
    }
    if digits.len() >= DENSE_MIN || (!digits.is_empty() && stands_alone(text, at, end)) {
        found.push(Atom { digits, start: at, end, dressed: true, glued: false });
    }
    end
}
