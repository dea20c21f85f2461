//! What words stand for: one list of concepts for all languages, and where a text names them.
//!
//! A concept is an actor (the police, a bank), a thing asked for (a code, a fee), a deed (send, click), a pressure (at once, in secret), a lure (a
//! prize, easy work) or a sign of the ordinary (an appointment, an official counter). None alone makes a scam: banks, police and news use the same
//! words. What is said of them together does, see `acts`.

use crate::fold::Folded;
use crate::language::{Language, Languages};
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::sync::LazyLock;

macro_rules! concepts {
    ($($name:ident),* $(,)?) => {
        /// A concept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "the headings of the lexicons, explained in docs/concepts/screen.md")]
        pub enum Concept { $($name),* }

        impl Concept {
            /// All, in the order of the lexicons.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The heading in the lexicons.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),* }
            }
        }
    };
}

concepts! {
    POLICE, COURT, GOVT, TAX, BANK, COURIER, CUSTOMS, TELCO, TECH, FAMILY, BOSS,
    CRIME, WARRANT, SUSPEND, PROBLEM, HARM, HOSTAGE, EXPOSE,
    URGENT, SECRET, STAYLINE, NOVERIFY, CONNECT,
    GIVE, ENTER, CLICK, CALL, PAY, BUY, GIFTCARD, INSTALL, REMOTE, CHAT,
    CODE, PASSWORD, CARD, IDENTITY, ACCOUNT, SAFE, FEE, MONEY, REFUND, CRYPTO,
    PRIZE, PROFIT, INVEST, TASK, JOB, LOAN, LOVE, NEWNUM, STUCK, GAMBLE,
    ABROAD, FLIGHT, LODGING, NOINTERVIEW, HIGHPAY, SOON, VISIT, PASSPORT, EASY, VAGUE,
    NEG, OFFICIAL, REPORTED, WARNING, OPTOUT, APPOINT, INTERVIEW, CONTRACT, WORKVISA, EMPLOYER,
    RECEIPT, IFNOTYOU, DELIVERED, CASUAL,
}

impl Concept {
    /// The concept under a heading.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|concept| concept.name() == name)
    }
}

/// A place where a text names a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What is named.
    pub concept: Concept,
    /// First byte in the folded text.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The sentence, counted from 0.
    pub sentence: usize,
    /// Whether it is denied: `do not send`, `보내지 마세요`.
    pub denied: bool,
}

/// A word of a lexicon.
struct Lexeme {
    concept: Concept,
    /// Stands by itself: letters may not touch it. Thai, Chinese and Korean words touch each other.
    whole: bool,
    /// Only its beginning is given.
    stem: bool,
}

/// The words of a language.
struct Lexicon {
    automaton: AhoCorasick,
    /// The lexemes of each pattern: a word may name several concepts.
    lexemes: Vec<Vec<Lexeme>>,
}

const SOURCES: [(Language, &str); 6] = [
    (Language::English, include_str!("lexicon/en.txt")),
    (Language::Malay, include_str!("lexicon/ms.txt")),
    (Language::Chinese, include_str!("lexicon/zh.txt")),
    (Language::Spanish, include_str!("lexicon/es.txt")),
    (Language::Thai, include_str!("lexicon/th.txt")),
    (Language::Korean, include_str!("lexicon/ko.txt")),
];

/// Each language's words, read where a text of it comes: most programs meet few languages, and reading takes milliseconds.
static LEXICONS: [LazyLock<Lexicon>; 6] = [
    LazyLock::new(|| Lexicon::read(SOURCES[0].1)),
    LazyLock::new(|| Lexicon::read(SOURCES[1].1)),
    LazyLock::new(|| Lexicon::read(SOURCES[2].1)),
    LazyLock::new(|| Lexicon::read(SOURCES[3].1)),
    LazyLock::new(|| Lexicon::read(SOURCES[4].1)),
    LazyLock::new(|| Lexicon::read(SOURCES[5].1)),
];

impl Lexicon {
    fn read(source: &'static str) -> Self {
        let mut words: Vec<(Cow<'static, str>, Lexeme)> = Vec::with_capacity(1 << 12);
        let mut concept = None;
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                concept = Concept::named(name);
            } else if let Some(concept) = concept {
                words.extend(line.split(", ").map(|entry| lexeme(entry, concept)));
            }
        }
        words.retain(|(word, _)| !word.is_empty());
        words.sort_by(|a, b| a.0.cmp(&b.0));
        let (mut patterns, mut lexemes): (Vec<Cow<'static, str>>, Vec<Vec<Lexeme>>) =
            (Vec::new(), Vec::new());
        for (word, lexeme) in words {
            if patterns.last() != Some(&word) {
                patterns.push(word);
                lexemes.push(Vec::new());
            }
            if let Some(last) = lexemes.last_mut() {
                last.push(lexeme);
            }
        }
        let automaton = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|word| word.as_bytes()))
            .expect("fewer words than an automaton holds");
        Self { automaton, lexemes }
    }
}

fn lexeme(entry: &'static str, concept: Concept) -> (Cow<'static, str>, Lexeme) {
    let (word, stem) = match entry.strip_suffix('*') {
        Some(word) => (word, true),
        None => (entry, false),
    };
    let plain = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let word = if plain {
        Cow::Borrowed(word.trim())
    } else {
        Cow::Owned(Folded::of(word).text().trim().to_owned())
    };
    let whole = !word.chars().any(|letter| !letter.is_ascii() && letter.is_alphabetic());
    (word, Lexeme { concept, whole, stem })
}

/// A word that was found: where, in which lexicon, which pattern.
struct Found {
    start: usize,
    end: usize,
    lexicon: usize,
    pattern: usize,
}

/// Finds what a folded text names, in the order of the text. Where words overlap the longest counts.
pub fn hits(folded: &str, languages: Languages) -> Vec<Hit> {
    let bytes = folded.as_bytes();
    let mut found = Vec::new();
    for (at, (language, _)) in SOURCES.iter().enumerate() {
        if languages.has(*language) {
            find(folded, at, &mut found);
        }
    }
    found.sort_unstable_by_key(|one| (one.start, std::cmp::Reverse(one.end), one.lexicon));
    let ends = sentence_ends(folded);
    let mut hits: Vec<Hit> = Vec::with_capacity(found.len());
    let (mut free_from, mut last) = (0, (0, 0));
    for one in found {
        // The same word may stand in the lexicons of two languages.
        if one.start < free_from && last != (one.start, one.end) {
            continue;
        }
        last = (one.start, one.end);
        let lexemes = &LEXICONS[one.lexicon].lexemes[one.pattern];
        let stem = lexemes.iter().any(|lexeme| lexeme.stem);
        let whole_end = if stem { word_end(bytes, one.end) } else { one.end };
        free_from = whole_end;
        let sentence = ends.partition_point(|sentence_end| *sentence_end <= one.start);
        for lexeme in lexemes.iter().filter(|lexeme| stands(bytes, one.start, one.end, lexeme)) {
            let known = |hit: &Hit| hit.start == one.start && hit.concept == lexeme.concept;
            if !hits.iter().rev().take(4).any(known) {
                let end = if lexeme.stem { whole_end } else { one.end };
                hits.push(Hit {
                    concept: lexeme.concept,
                    start: one.start,
                    end,
                    sentence,
                    denied: false,
                });
            }
        }
    }
    deny(folded, &mut hits);
    hits
}

/// Finds the words of one lexicon.
fn find(folded: &str, lexicon: usize, found: &mut Vec<Found>) {
    let words = &*LEXICONS[lexicon];
    let bytes = folded.as_bytes();
    for hit in words.automaton.find_overlapping_iter(folded) {
        let pattern = hit.pattern().as_usize();
        if words.lexemes[pattern].iter().any(|lexeme| stands(bytes, hit.start(), hit.end(), lexeme))
        {
            found.push(Found { start: hit.start(), end: hit.end(), lexicon, pattern });
        }
    }
}

/// Where the word ends that goes on at a byte.
fn word_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Whether a word stands where it was found, and not within another.
fn stands(bytes: &[u8], start: usize, end: usize, lexeme: &Lexeme) -> bool {
    let letter = |at: Option<&u8>| at.is_some_and(u8::is_ascii_alphanumeric);
    let touches_before = start > 0 && letter(bytes.get(start - 1)) && letter(bytes.get(start));
    let touches_after = letter(bytes.get(end)) && end > 0 && letter(bytes.get(end - 1));
    !lexeme.whole || (!touches_before && (lexeme.stem || !touches_after))
}

/// Thai writes no full stops: a stretch without one is parted at a space once it is this long, bytes.
const SENTENCE_MAX: usize = 240;

/// Where each sentence ends, in bytes.
fn sentence_ends(folded: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut start = 0;
    let mut letters = folded.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let stop = match letter {
            '!' | '?' | '\n' | '。' | '…' | '|' | ';' => true,
            '.' => next.is_none_or(char::is_whitespace) && !folded[..at].ends_with(is_short_form),
            ' ' => at - start > SENTENCE_MAX,
            _ => false,
        };
        if stop {
            ends.push(at + letter.len_utf8());
            start = at;
        }
    }
    ends
}

/// A dot after one letter parts no sentence: `s.a. de c.v.`.
fn is_short_form(letter: char) -> bool {
    letter == '.'
}

/// How far a denial reaches, in letters, within its clause.
const DENIAL_REACH: usize = 30;
/// The same in bytes, at most: no denial further away is looked at.
const DENIAL_BYTES: usize = DENIAL_REACH * 4;

/// Marks what is denied. In English, Malay, Spanish, Chinese and Thai the denial stands before, in Korean behind.
fn deny(folded: &str, hits: &mut [Hit]) {
    let denials: Vec<(usize, usize)> = hits
        .iter()
        .filter(|hit| hit.concept == Concept::NEG)
        .map(|hit| (hit.start, hit.end))
        .collect();
    if denials.is_empty() {
        return;
    }
    for hit in hits.iter_mut().filter(|hit| hit.concept != Concept::NEG) {
        let from = denials.partition_point(|(_, end)| *end + DENIAL_BYTES < hit.start);
        let mut near =
            denials[from..].iter().take_while(|(start, _)| *start <= hit.end + DENIAL_BYTES);
        hit.denied = near.any(|(start, end)| {
            let korean = folded[*start..*end]
                .chars()
                .any(|letter| matches!(u32::from(letter), 0xac00..=0xd7a3));
            let between = if korean {
                folded.get(hit.end..*start).filter(|_| hit.end <= *start)
            } else {
                folded.get(*end..hit.start).filter(|_| *end <= hit.start)
            };
            between.is_some_and(|between| {
                let reach = if korean { 8 } else { DENIAL_REACH };
                between.chars().count() <= reach
                    && !between
                        .contains([',', '.', ';', ':', '!', '?', '，', '。', '、', '；', '！'])
            })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        let folded = Folded::of(text);
        let languages = Languages::of(folded.text());
        hits(folded.text(), languages)
            .into_iter()
            .map(|hit| format!("{}{}", hit.concept.name(), if hit.denied { "-" } else { "" }))
            .collect()
    }

    #[test]
    fn every_lexicon_has_every_concept() {
        for (language, source) in SOURCES {
            for concept in Concept::ALL {
                assert!(
                    source.contains(&format!("[{}]", concept.name())),
                    "{language:?} {}",
                    concept.name()
                );
            }
        }
    }

    #[test]
    fn one_concept_in_six_languages() {
        for text in [
            "tell me the verification code",
            "tolong bagi saya kod tac",
            "把验证码发给我",
            "把驗證碼發給我",
            "dígame el código de verificación que le llegó a su teléfono",
            "บอกเลขที่ขึ้น",
            "인증번호 알려주세요",
        ] {
            let named = named(text);
            assert!(
                named.contains(&"GIVE".to_owned()) && named.contains(&"CODE".to_owned()),
                "{text}: {named:?}"
            );
        }
    }

    #[test]
    fn denials_reach_their_clause_only() {
        assert!(named("you must not transfer it").contains(&"PAY-".to_owned()));
        let mixed = named("i cannot come, send the code");
        assert!(mixed.contains(&"GIVE".to_owned()), "{mixed:?}");
        assert!(named("송금하지 마세요").contains(&"PAY-".to_owned()));
    }

    #[test]
    fn words_within_words_are_none() {
        assert!(!named("therapist spinning").contains(&"CODE".to_owned()));
    }
}
