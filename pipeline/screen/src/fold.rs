//! Texts as they are compared: what is written to look like something else is undone, and each letter knows where it came from.
//!
//! Letters are folded by Unicode's compatibility forms (NFKC, UAX #15), case and accents are taken away, digits of every script become ASCII,
//! traditional Chinese becomes simplified, letters that stand in for Latin ones are undone within a word (UTS #39 skeletons), and what cannot be
//! seen is left out. False alarms: a brand that mixes scripts on purpose counts as disguised; the sign alone makes no lead.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// A folded text with the way back.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    /// For each byte of the folded text, where its letter began in the source; one more for the end.
    origin: Vec<u32>,
    disguised: u32,
}

impl Folded {
    /// Folds a text of at most 4 GiB.
    pub fn of(source: &str) -> Self {
        let mut folder = Folder {
            folded: Self {
                text: String::with_capacity(source.len()),
                origin: Vec::with_capacity(source.len() + 1),
                disguised: 0,
            },
            word: Word::default(),
        };
        for (at, letter) in source.char_indices() {
            folder.push(u32_of(at), letter);
        }
        folder.end_word();
        folder.folded.origin.push(u32_of(source.len()));
        folder.folded
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many letters were written as something else, or could not be seen.
    pub fn disguised(&self) -> u32 {
        self.disguised
    }

    /// The bytes of the source that a stretch of the folded text came from.
    pub fn source(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let at = |index: usize| {
            self.origin.get(index).or(self.origin.last()).copied().unwrap_or_default() as usize
        };
        let from = at(start);
        from..at(end).max(from)
    }
}

fn u32_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The word that is being written.
#[derive(Default)]
struct Word {
    start: usize,
    latin: bool,
    foreign: bool,
}

struct Folder {
    folded: Folded,
    word: Word,
}

impl Folder {
    fn push(&mut self, at: u32, letter: char) {
        if letter.is_ascii() {
            if letter.is_ascii_alphanumeric() {
                self.word.latin |= letter.is_ascii_alphabetic();
            } else {
                self.end_word();
            }
            self.write(at, letter.to_ascii_lowercase());
            if !letter.is_ascii_alphanumeric() {
                self.word.start = self.folded.text.len();
            }
        } else {
            self.push_wide(at, letter);
        }
    }

    fn push_wide(&mut self, at: u32, letter: char) {
        if is_unseen(letter) {
            // Between Thai, Arabic or Indic letters a joiner belongs there; only what parts Latin letters or digits hides something.
            self.folded.disguised +=
                u32::from(self.folded.text.ends_with(|last: char| last.is_ascii_alphanumeric()));
            return;
        }
        if let Some(digit) = digit(letter) {
            self.folded.disguised += u32::from(!is_digit_of_a_language(letter));
            self.write(at, digit);
            return;
        }
        if is_han(letter) {
            self.end_word();
            self.write(at, simplified(letter));
            self.word.start = self.folded.text.len();
            return;
        }
        if is_plain_wide(letter) {
            self.write(at, letter);
            return;
        }
        if self.joins_hangul(letter) {
            return;
        }
        for folded in std::iter::once(letter).nfkd().filter(|part| !is_accent(*part)) {
            for lower in folded.to_lowercase() {
                if lower.is_ascii_alphabetic() {
                    self.word.latin = true;
                    self.folded.disguised += u32::from(is_letter_in_disguise(letter));
                } else if is_foreign(lower) {
                    self.word.foreign = true;
                } else if !lower.is_alphanumeric() {
                    self.end_word();
                }
                self.write(at, lower);
                if !lower.is_alphanumeric() {
                    self.word.start = self.folded.text.len();
                }
            }
        }
    }

    fn write(&mut self, at: u32, letter: char) {
        self.folded.text.push(letter);
        for _ in 0..letter.len_utf8() {
            self.folded.origin.push(at);
        }
    }

    /// Parts of a Korean syllable that stand one by one become the syllable.
    fn joins_hangul(&mut self, letter: char) -> bool {
        let Some(last) = self.folded.text.chars().next_back() else { return false };
        let Some(joined) = unicode_normalization::char::compose(last, letter) else { return false };
        if !(0xac00..=0xd7a3).contains(&u32::from(joined)) {
            return false;
        }
        self.folded.text.pop();
        let length = self.folded.text.len();
        let at = self.folded.origin.get(length).copied().unwrap_or_default();
        self.folded.origin.truncate(length);
        self.write(at, joined);
        true
    }

    /// A word of Latin letters with Greek or Cyrillic ones among them is read as it looks.
    fn end_word(&mut self) {
        if self.word.latin && self.word.foreign {
            let start = self.word.start.min(self.folded.text.len());
            let word = self.folded.text.split_off(start);
            let origins = self.folded.origin.split_off(start);
            for (at, letter) in word.char_indices() {
                let shown = if is_foreign(letter) { looks_like(letter) } else { letter };
                self.folded.disguised += u32::from(shown != letter);
                self.write(origins.get(at).copied().unwrap_or_default(), shown);
            }
        }
        self.word = Word { start: self.folded.text.len(), ..Word::default() };
    }
}

/// Letters of other scripts that take part in Latin words only to look like Latin ones.
fn is_foreign(letter: char) -> bool {
    matches!(u32::from(letter), 0x370..=0x52f | 0x531..=0x587 | 0x13a0..=0x13fd | 0xab70..=0xabbf)
}

/// The ASCII letter that a letter looks like, or the letter itself.
fn looks_like(letter: char) -> char {
    let mut shape = unicode_security::skeleton(letter.encode_utf8(&mut [0; 4]))
        .map(|part| part.to_ascii_lowercase())
        .collect::<Vec<_>>()
        .into_iter();
    match (shape.next(), shape.next()) {
        (Some(first), None) if first.is_ascii_alphanumeric() => first,
        _ => letter,
    }
}

/// What takes no room on the page: joiners, directions, marks, variation selectors, tags, the keycap's frame.
fn is_unseen(letter: char) -> bool {
    matches!(u32::from(letter),
        0xad | 0x34f | 0x61c | 0x180b..=0x180f | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0x20e3
        | 0x3164 | 0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe01ef)
}

/// Accents over letters. Vowels of Thai are none of these.
fn is_accent(letter: char) -> bool {
    matches!(u32::from(letter), 0x300..=0x36f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff)
}

/// Letters that fold to themselves: Thai, Hangul syllables, kana, and marks of Chinese texts that compatibility forms keep.
fn is_plain_wide(letter: char) -> bool {
    matches!(u32::from(letter), 0xe01..=0xe32 | 0xe34..=0xe4f | 0xac00..=0xd7a3 | 0x3041..=0x30fe | 0x3001..=0x3011)
}

fn is_han(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff)
}

/// Bold, struck, circled or squared Latin letters: written so that a search does not find them.
fn is_letter_in_disguise(letter: char) -> bool {
    matches!(u32::from(letter), 0x2460..=0x24ff | 0x1d400..=0x1d7ff | 0x1f100..=0x1f1ff)
}

/// Where the ten digits of each script begin (Unicode 16, general category Nd, outside ASCII).
const ZEROS: [u32; 27] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50,
    0xed0, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
    0x1fbf0, 0xa8d0, 0x1946,
];

/// Digits that people write in their own language.
fn is_digit_of_a_language(letter: char) -> bool {
    u32::from(letter) < 0x2000
}

/// The ASCII digit that a letter stands for.
fn digit(letter: char) -> Option<char> {
    let code = u32::from(letter);
    let value = match code {
        0x2070 => 0,
        0xb9 => 1,
        0xb2 | 0xb3 => code - 0xb0,
        0x2074..=0x2079 => code - 0x2070,
        0x2080..=0x2089 => code - 0x2080,
        0x2460..=0x2468 => code - 0x245f,
        0x24ea | 0x24ff | 0x1f10b | 0x1f10c | 0x1f100 => 0,
        0x2474..=0x247c => code - 0x2473,
        0x2488..=0x2490 => code - 0x2487,
        0x24f5..=0x24fd => code - 0x24f4,
        0x2776..=0x277e => code - 0x2775,
        0x2780..=0x2788 => code - 0x277f,
        0x278a..=0x2792 => code - 0x2789,
        0x1f101..=0x1f10a => code - 0x1f101,
        _ => {
            let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code))?;
            code - zero
        }
    };
    char::from_digit(value, 10)
}

/// Each Han letter's simplified form, from `OpenCC`'s table of single letters.
static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: String = ('\u{3400}'..='\u{9fff}').flat_map(|letter| [letter, ',']).collect();
    let simple = hanconv::t2s(&all);
    simple.split(',').map(|part| part.chars().next().unwrap_or('\u{fffd}')).collect()
});

fn simplified(letter: char) -> char {
    let at = (u32::from(letter) as usize).checked_sub(0x3400);
    at.and_then(|at| SIMPLIFIED.get(at)).copied().unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::of(text).text().to_owned()
    }

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(folded("ＵＲＧＥＮＴ 𝗽𝗮𝘆 nöw"), "urgent pay now");
        assert_eq!(
            folded("p\u{430}ypal \u{43f}ривет"),
            "paypal привет",
            "Cyrillic а in a Latin word only"
        );
        assert_eq!(folded("tran\u{200b}sfer"), "transfer");
        assert_eq!(folded("帳戶 驗證碼"), "帐户 验证码");
        assert_eq!(folded("โอนเงิน ๑๒๓"), "โอนเงิน 123");
        assert_eq!(folded("인증번호"), "인증번호");
        assert_eq!(folded("\u{110b}\u{1175}\u{11ab}증"), "인증", "parts of a syllable are joined");
    }

    #[test]
    fn digits_of_every_dress_are_digits() {
        assert_eq!(folded("𝟙-𝟠𝟘𝟘 ①②③ 1\u{fe0f}\u{20e3} ٠١٢ ₉⁹ ❼"), "1-800 123 1 012 99 7");
        assert!(Folded::of("𝟙-𝟠𝟘𝟘").disguised() >= 4);
        assert_eq!(Folded::of("๐๘๑").disguised(), 0, "Thai digits are no disguise");
    }

    #[test]
    fn spans_lead_back_to_the_source() {
        let source = "Ｐａｙ n\u{200b}öw 帳";
        let folded = Folded::of(source);
        let at = folded.text().find("now").unwrap();
        assert_eq!(&source[folded.source(at, at + 3)], "n\u{200b}öw".to_owned() + "");
        let at = folded.text().find('帐').unwrap();
        assert_eq!(&source[folded.source(at, at + '帐'.len_utf8())], "帳");
    }

    proptest::proptest! {
        #[test]
        fn spans_always_lie_in_the_source(source in ".{0,80}", a in 0_usize..200, b in 0_usize..200) {
            let folded = Folded::of(&source);
            let starts: Vec<usize> = folded.text().char_indices().map(|(at, _)| at).chain([folded.text().len()]).collect();
            let (a, b) = (starts[a % starts.len()], starts[b % starts.len()]);
            let span = folded.source(a.min(b), a.max(b));
            proptest::prop_assert!(source.get(span).is_some());
        }
    }
}
