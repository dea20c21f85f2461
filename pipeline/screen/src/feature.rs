//! What the model reads of a text: hashed pieces of words, concepts and what stands beside what, acts, and the shape of the text.
//!
//! Sources: hashed features (Weinberger et al., 2009), character n-grams for texts of any script (Cavnar and Trenkle, 1994). Digits count by how many
//! stand together, never by which, so that no number of a person can be learnt.

use crate::act::Shown;
use crate::concept::{Concept, Hit};
use crate::fold::Folded;

/// One feature: a hash and how strongly it is there.
pub type Feature = (u32, f32);

/// The feature that every text has.
pub const BIAS: u32 = 0;

/// How much the pieces of words count beside concepts.
const WORDS_NORM: f32 = 2.5;
const PIECES_NORM: f32 = 3.0;
const PAIRS_NORM: f32 = 0.7;
const CONCEPTS_NORM: f32 = 1.0;
const SHAPE_VALUE: f32 = 0.3;

/// Where a feature stands, bytes of the folded text: one or two stretches, empty where it is of the whole text.
pub type Place = [(usize, usize); 2];

/// Takes what is read, feature by feature.
trait Sink {
    /// A feature that stands somewhere.
    fn push(&mut self, hash: u32, place: Place);
    /// How many there are.
    fn count(&self) -> usize;
    /// Gives all features from one on the same strength.
    fn strengthen(&mut self, from: usize, value: f32);
}

impl Sink for Vec<Feature> {
    fn push(&mut self, hash: u32, _place: Place) {
        Self::push(self, (hash, 0.0));
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn strengthen(&mut self, from: usize, value: f32) {
        self[from..].iter_mut().for_each(|feature| feature.1 = value);
    }
}

impl Sink for Vec<(Feature, Place)> {
    fn push(&mut self, hash: u32, place: Place) {
        Self::push(self, ((hash, 0.0), place));
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn strengthen(&mut self, from: usize, value: f32) {
        self[from..].iter_mut().for_each(|(feature, _)| feature.1 = value);
    }
}

const NOWHERE: Place = [(0, 0); 2];

/// Takes the features of a text: of what was folded, hit and shown, and of how many identifiers of each kind it holds.
pub fn features(
    folded: &Folded,
    hits: &[Hit],
    acts: &[Shown],
    identifiers: &[(&str, usize)],
) -> Vec<Feature> {
    let mut found: Vec<Feature> = Vec::with_capacity(folded.text().len() * 4 + 64);
    take(folded, hits, acts, identifiers, &mut found);
    found
}

/// The same with their places, to explain a score by.
pub fn placed(
    folded: &Folded,
    hits: &[Hit],
    acts: &[Shown],
    identifiers: &[(&str, usize)],
) -> Vec<(Feature, Place)> {
    let mut found: Vec<(Feature, Place)> = Vec::new();
    take(folded, hits, acts, identifiers, &mut found);
    found
}

fn take(
    folded: &Folded,
    hits: &[Hit],
    acts: &[Shown],
    identifiers: &[(&str, usize)],
    found: &mut impl Sink,
) {
    let text = folded.text();
    block(found, 1.0, |into| into.push(BIAS, NOWHERE));
    block(found, WORDS_NORM, |into| words(text, into));
    block(found, PIECES_NORM, |into| pieces(text, into));
    block(found, CONCEPTS_NORM, |into| concepts(hits, acts, identifiers, into));
    block(found, PAIRS_NORM, |into| pairs(hits, identifiers, into));
    shape(folded, found);
}

/// Features of one kind, together as strong as `norm`, however many they are.
fn block<S: Sink>(found: &mut S, norm: f32, fill: impl FnOnce(&mut S)) {
    let start = found.count();
    fill(found);
    let count = found.count() - start;
    found.strengthen(start, norm / (count.max(1) as f32).sqrt());
}

/// FNV-1a, 32 bits, then mixed so that the low bits are good.
fn hash(kind: u8, bytes: impl IntoIterator<Item = u8>) -> u32 {
    let mut state = 0x811c_9dc5_u32 ^ u32::from(kind);
    for byte in bytes {
        state = (state ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    mix(state)
}

fn mix(mut state: u32) -> u32 {
    state ^= state >> 16;
    state = state.wrapping_mul(0x7feb_352d);
    state ^= state >> 15;
    state = state.wrapping_mul(0x846c_a68b);
    (state ^ (state >> 16)).max(1)
}

/// The hash of a feature with a name.
pub fn named(name: &str) -> u32 {
    hash(b'n', name.bytes())
}

/// A stretch of letters of one way of writing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    /// Words that spaces part.
    Spaced,
    /// Chinese and Thai: words touch.
    Dense,
    Digits,
    Other,
}

fn run_of(letter: char) -> Run {
    match u32::from(letter) {
        0x30..=0x39 => Run::Digits,
        0x61..=0x7a => Run::Spaced,
        0..=0x7f => Run::Other,
        0xe01..=0xe4f | 0x3400..=0x9fff | 0x3041..=0x30ff => Run::Dense,
        _ if letter.is_alphanumeric() => Run::Spaced,
        _ => Run::Other,
    }
}

/// Calls for each stretch: its kind and its bytes.
fn runs(text: &str, mut each: impl FnMut(Run, usize, &str)) {
    let mut start = 0;
    let mut last = None;
    for (at, letter) in text.char_indices() {
        let run = run_of(letter);
        if last != Some(run) || run == Run::Other {
            if let Some(last) = last {
                each(last, start, &text[start..at]);
            }
            start = at;
            last = Some(run);
        }
    }
    if let Some(last) = last {
        each(last, start, &text[start..]);
    }
}

/// Words and pairs of neighbours; digits by their number.
fn words(text: &str, into: &mut impl Sink) {
    let mut last = (0_u32, (0, 0));
    runs(text, |run, start, word| {
        let this = match run {
            Run::Spaced => hash(b'w', word.bytes()),
            Run::Digits => hash(b'd', [u8::try_from(word.len().min(20)).unwrap_or(20)]),
            Run::Other if word == " " || word == "\n" => return,
            Run::Other => hash(b'o', word.bytes()),
            Run::Dense => {
                last.0 = 0;
                return;
            }
        };
        let place = (start, start + word.len());
        into.push(this, [place, (0, 0)]);
        if last.0 != 0 {
            into.push(mix(last.0.rotate_left(7) ^ this), [last.1, place]);
        }
        last = (this, place);
    });
}

/// Pieces of what stands between spaces, with the edges, marks and all: of two to five letters, of Chinese, Thai and Korean ones from one on. Digits are alike.
fn pieces(text: &str, into: &mut impl Sink) {
    const MOST: usize = 5;
    let mut letters: Vec<(u32, usize)> = Vec::new();
    let mut at = 0;
    for chunk in text.split([' ', '\n']) {
        if !chunk.is_empty() {
            letters.clear();
            letters.push((u32::from(' '), at));
            letters.extend(chunk.char_indices().map(|(inner, letter)| {
                let alike = if letter.is_ascii_digit() { '0' } else { letter };
                (u32::from(alike), at + inner + letter.len_utf8())
            }));
            letters.push((u32::from(' '), at + chunk.len()));
            pieces_of(&letters, at, MOST, into);
        }
        at += chunk.len() + 1;
    }
}

fn pieces_of(letters: &[(u32, usize)], at: usize, most: usize, into: &mut impl Sink) {
    let mut from = at;
    for start in 0..letters.len() {
        let mut state = 0x9e37_79b9_u32;
        let least = if letters[start].0 > 0xff { 1 } else { 2 };
        for (length, (letter, end)) in letters[start..].iter().take(most).enumerate() {
            state = (state ^ letter).wrapping_mul(0x0100_0193).rotate_left(5);
            if length + 1 >= least {
                into.push(mix(state), [(from, *end), (0, 0)]);
            }
        }
        from = letters[start].1;
    }
}

fn concept_hash(concept: Concept, denied: bool) -> u32 {
    mix(0x51ed_270b ^ (((concept as u32) << 1) | u32::from(denied)).wrapping_mul(0x0019_660d))
}

/// Concepts, acts and identifiers, each once.
fn concepts(hits: &[Hit], acts: &[Shown], identifiers: &[(&str, usize)], into: &mut impl Sink) {
    for (concept, denied, place) in distinct(hits) {
        into.push(concept_hash(concept, denied), [place, (0, 0)]);
    }
    for shown in acts {
        let place = shown.words.first().copied().unwrap_or_default();
        into.push(mix(0x2545_f491 ^ (shown.act as u32).wrapping_mul(0x0019_660d)), [place, (0, 0)]);
    }
    for (kind, count) in identifiers.iter().filter(|(_, count)| *count > 0) {
        into.push(named(kind), NOWHERE);
        if *count > 1 {
            into.push(named(kind).rotate_left(11), NOWHERE);
        }
    }
}

/// Each concept once, with the first place where it is named.
fn distinct(hits: &[Hit]) -> Vec<(Concept, bool, (usize, usize))> {
    let mut seen: Vec<(Concept, bool, (usize, usize))> =
        hits.iter().map(|hit| (hit.concept, hit.denied, (hit.start, hit.end))).collect();
    seen.sort_unstable();
    seen.dedup_by_key(|(concept, denied, _)| (*concept, *denied));
    seen
}

/// Concepts that stand in one sentence, and with which identifiers.
fn pairs(hits: &[Hit], identifiers: &[(&str, usize)], into: &mut impl Sink) {
    let mut seen: Vec<(u32, Place)> = Vec::new();
    for sentence in hits.chunk_by(|one, next| one.sentence == next.sentence) {
        let concepts = distinct(sentence);
        for (at, (first, first_denied, place)) in concepts.iter().enumerate() {
            let first = concept_hash(*first, *first_denied);
            for (second, second_denied, other) in &concepts[at + 1..] {
                seen.push((
                    mix(first.rotate_left(9) ^ concept_hash(*second, *second_denied)),
                    [*place, *other],
                ));
            }
            for (kind, _) in identifiers.iter().filter(|(_, count)| *count > 0) {
                seen.push((mix(first.rotate_left(3) ^ named(kind)), [*place, (0, 0)]));
            }
        }
    }
    seen.sort_unstable();
    seen.dedup_by_key(|(hash, _)| *hash);
    for (hash, place) in seen {
        into.push(hash, place);
    }
}

/// Length, shouting, disguise.
fn shape(folded: &Folded, into: &mut impl Sink) {
    let text = folded.text();
    let length = text.chars().count();
    let bucket = usize::BITS - length.leading_zeros();
    let start = into.count();
    into.push(mix(0x1eaf_0000 | bucket), NOWHERE);
    if text.bytes().filter(|byte| *byte == b'!').count() > 1 {
        into.push(named("shouts"), NOWHERE);
    }
    if text.contains('?') {
        into.push(named("asks"), NOWHERE);
    }
    if folded.disguised() > 0 {
        into.push(named("disguised"), NOWHERE);
    }
    into.strengthen(start, SHAPE_VALUE);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Feature> {
        features(&Folded::of(text), &[], &[], &[])
    }

    #[test]
    fn which_digits_stand_there_is_not_seen() {
        assert_eq!(of("call 5550100 now"), of("call 5550199 now"));
        assert_ne!(of("call 5550100 now"), of("call 550100 now"));
    }

    #[test]
    fn a_long_text_is_no_stronger_than_a_short_one() {
        let strength = |text: &str| of(text).iter().map(|(_, value)| value * value).sum::<f32>();
        let long = "one two three four five six seven eight nine ten ".repeat(20);
        assert!((strength("one two three") - strength(&long)).abs() < 0.2);
    }
}
