//! Templates: texts that say the same with other names, numbers and amounts are one thing.
//!
//! Takes texts, one by one. Gives for each the wording that it is a copy of, the template that this wording belongs to, and a template's words with its slots. Source of the idea: Lee et al.,
//! “`InfoShield`: Generalizable Information-Theoretic Human-Trafficking Detection”, ICDE 2021: a template is worth it where telling texts by it takes fewer bits than telling them alone.
//! False alarms: form letters of honest firms are templates too; a template is evidence of common authorship, not of a scam.

use crate::fold::Folded;
use std::collections::BTreeMap;

/// Texts of one wording share this much of their words, in order: recordings of one call that begin later, messages with other numbers.
const SAME_WORDING: f64 = 0.9;
/// Words of a text that are read; more say no more.
const WORDS_MAX: usize = 400;
/// Members of a wording that a new text is compared with.
const COMPARED_MAX: usize = 12;
/// Wordings that a new text is compared with.
const CANDIDATES_MAX: usize = 24;
/// A pair of words that stands in more wordings than this tells nothing.
const HUB: usize = 400;

/// A word, hashed; digits are alike.
type Word = u64;

/// Which wording and template a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The wording, counted from 0 in the order of first texts.
    pub wording: usize,
    /// The template, named by its first wording.
    pub template: usize,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words that stand in all.
    Fixed(String),
    /// A place that is filled differently.
    Slot,
}

/// Texts of one wording.
#[derive(Debug, Default)]
struct Wording {
    members: Vec<Vec<Word>>,
    count: usize,
    template: usize,
}

/// All templates so far.
#[derive(Debug, Default)]
pub struct Templates {
    wordings: Vec<Wording>,
    /// For each pair of words, the wordings that have it.
    pairs: BTreeMap<u64, Vec<usize>>,
    /// How many different words were seen, for the cost of a word.
    words: BTreeMap<Word, u32>,
    words_in_all: f64,
}

impl Templates {
    /// Adds a text; `None` where it has no words.
    pub fn add(&mut self, text: &str) -> Option<Place> {
        let words = words_of(text);
        if words.is_empty() {
            return None;
        }
        self.words_in_all += words.len() as f64;
        for word in &words {
            *self.words.entry(*word).or_default() += 1;
        }
        let candidates = self.candidates(&words);
        let same = candidates
            .iter()
            .map(|at| (self.likeness(&words, *at), *at))
            .filter(|(likeness, _)| *likeness >= SAME_WORDING)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let at = match same {
            Some((_, at)) => at,
            None => self.begin(&words, &candidates),
        };
        self.join(at, words);
        Some(Place { wording: at, template: self.wordings[at].template })
    }

    /// How many texts a wording has.
    pub fn count(&self, wording: usize) -> usize {
        self.wordings.get(wording).map_or(0, |wording| wording.count)
    }

    /// Wordings that share pairs of words, those with most first.
    fn candidates(&self, words: &[Word]) -> Vec<usize> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in words.windows(2) {
            let at = self.pairs.get(&paired(pair)).map_or(&[][..], Vec::as_slice);
            if at.len() <= HUB {
                at.iter().for_each(|wording| *shared.entry(*wording).or_default() += 1);
            }
        }
        let mut found: Vec<(usize, usize)> =
            shared.into_iter().map(|(wording, count)| (count, wording)).collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        found.into_iter().take(CANDIDATES_MAX).map(|(_, wording)| wording).collect()
    }

    /// How much a text shares with a wording's texts, on the average.
    fn likeness(&self, words: &[Word], wording: usize) -> f64 {
        let members = &self.wordings[wording].members;
        let sum: f64 = members.iter().map(|member| share(words, member)).sum();
        sum / members.len().max(1) as f64
    }

    /// Begins a wording: in the template that tells it shortest, or as a template of its own.
    fn begin(&mut self, words: &[Word], candidates: &[usize]) -> usize {
        let alone = self.bits_alone(words);
        let best = candidates
            .iter()
            .filter_map(|at| {
                let member = self.wordings[*at].members.first()?;
                Some((self.bits_by(words, member), *at))
            })
            .filter(|(bits, _)| *bits < alone * WORTH_IT)
            .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let at = self.wordings.len();
        let template = best.map_or(at, |(_, wording)| self.wordings[wording].template);
        self.wordings.push(Wording { members: Vec::new(), count: 0, template });
        at
    }

    fn join(&mut self, at: usize, words: Vec<Word>) {
        for pair in words.windows(2) {
            let wordings = self.pairs.entry(paired(pair)).or_default();
            if wordings.last() != Some(&at) && wordings.len() <= HUB && !wordings.contains(&at) {
                wordings.push(at);
            }
        }
        let wording = &mut self.wordings[at];
        wording.count += 1;
        if wording.members.len() < COMPARED_MAX {
            wording.members.push(words);
        }
    }

    /// Bits to tell a word: its rarity among all words so far.
    fn bits(&self, word: Word) -> f64 {
        let count = f64::from(self.words.get(&word).copied().unwrap_or(0)) + 1.0;
        ((self.words_in_all + 1.0) / count).log2().max(0.0)
    }

    fn bits_alone(&self, words: &[Word]) -> f64 {
        words.iter().map(|word| self.bits(*word)).sum()
    }

    /// Bits to tell a text by another: which one, where they part, and the words that are its own.
    fn bits_by(&self, words: &[Word], template: &[Word]) -> f64 {
        let kept = aligned(words, template);
        let own: f64 = words
            .iter()
            .zip(&kept)
            .filter(|(_, kept)| kept.is_none())
            .map(|(word, _)| self.bits(*word))
            .sum();
        let gaps =
            1 + kept.windows(2).filter(|pair| pair[0].is_some() != pair[1].is_some()).count();
        let missing = template.len() - kept.iter().flatten().count();
        (self.wordings.len().max(2) as f64).log2()
            + gaps as f64 * (template.len().max(2) as f64).log2()
            + missing as f64
            + own
    }
}

/// A template must save more than this share of the bits; less happens by common phrases.
const WORTH_IT: f64 = 0.6;

fn paired(pair: &[Word]) -> u64 {
    pair[0].rotate_left(17) ^ pair[1].wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The words of a text: of scripts whose words touch each letter is one.
fn words_of(text: &str) -> Vec<Word> {
    let folded = Folded::of(text);
    stretches(folded.text())
        .into_iter()
        .map(|(start, end)| hashed(&folded.text()[start..end]))
        .take(WORDS_MAX)
        .collect()
}

/// Words as stretches of a folded text.
fn stretches(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let dense = matches!(u32::from(letter), 0xe01..=0xe4f | 0x3400..=0x9fff | 0xac00..=0xd7a3);
        if dense || !letter.is_alphanumeric() {
            if dense {
                found.push((at, end));
            }
            open = false;
        } else if open && let Some(last) = found.last_mut() {
            last.1 = end;
        } else {
            found.push((at, end));
            open = true;
        }
    }
    found
}

fn hashed(word: &str) -> Word {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return 1;
    }
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The share of words that two texts have in common, in order: 1 for the same.
fn share(one: &[Word], other: &[Word]) -> f64 {
    let (least, most) = (one.len().min(other.len()), one.len().max(other.len()));
    if least * 2 < most {
        return 0.0;
    }
    2.0 * aligned(one, other).iter().flatten().count() as f64
        / (one.len() + other.len()).max(1) as f64
}

/// For each word of a text where it stands in another: the longest common subsequence.
fn aligned(words: &[Word], template: &[Word]) -> Vec<Option<usize>> {
    let width = template.len() + 1;
    let mut best = vec![0_u16; (words.len() + 1) * width];
    for (i, word) in words.iter().enumerate().rev() {
        for (j, other) in template.iter().enumerate().rev() {
            best[i * width + j] = if word == other {
                best[(i + 1) * width + j + 1] + 1
            } else {
                best[(i + 1) * width + j].max(best[i * width + j + 1])
            };
        }
    }
    let (mut kept, mut i, mut j) = (vec![None; words.len()], 0, 0);
    while i < words.len() && j < template.len() {
        if words[i] == template[j] {
            kept[i] = Some(j);
            i += 1;
            j += 1;
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    kept
}

/// What texts of one template share, in the words of the first, and their slots. Needs at least two texts.
pub fn template_of(texts: &[&str]) -> Vec<Part> {
    let Some((first, others)) = texts.split_first() else { return Vec::new() };
    let folded = Folded::of(first);
    let places: Vec<(usize, usize)> =
        stretches(folded.text()).into_iter().take(WORDS_MAX).collect();
    let words: Vec<Word> =
        places.iter().map(|(start, end)| hashed(&folded.text()[*start..*end])).collect();
    let mut shared = vec![0_usize; words.len()];
    for other in others {
        for (count, kept) in shared.iter_mut().zip(aligned(&words, &words_of(other))) {
            *count += usize::from(kept.is_some());
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut from: Option<usize> = None;
    let flush = |from: &mut Option<usize>, to: usize, parts: &mut Vec<Part>| {
        if let Some(start) = from.take() {
            parts.push(Part::Fixed(first[folded.source(start, to)].trim().to_owned()));
        }
    };
    let mut last_end = 0;
    for ((start, end), count) in places.iter().zip(&shared) {
        // What nine in ten share is fixed: a talk that was cut off does not make all a slot. Digits are always a slot.
        let digits = folded.text()[*start..*end].bytes().all(|byte| byte.is_ascii_digit());
        if count * 10 >= others.len() * 9 && !digits {
            from.get_or_insert(*start);
        } else {
            flush(&mut from, last_end, &mut parts);
            if parts.last() != Some(&Part::Slot) {
                parts.push(Part::Slot);
            }
        }
        last_end = *end;
    }
    flush(&mut from, last_end, &mut parts);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_names_and_amounts_are_one_template() {
        let texts = [
            "Dear Ana, your parcel 123 is held. Pay 2 dollars at the depot today or it will be returned to the sender.",
            "Dear Bo Lin, your parcel 777 is held. Pay 9 dollars at the depot today or it will be returned to the sender.",
            "We meet at the cinema at eight and then have dinner with Tom.",
            "Dear Cy, your parcel 9 is held. Pay 5 dollars at the depot today or it will be returned to the sender.",
        ];
        let mut templates = Templates::default();
        let places: Vec<Place> = texts.iter().map(|text| templates.add(text).unwrap()).collect();
        assert_eq!(places[0].template, places[1].template);
        assert_eq!(places[0].template, places[3].template);
        assert_ne!(places[0].template, places[2].template);
        let parts = template_of(&[texts[0], texts[1], texts[3]]);
        assert_eq!(parts[0], Part::Fixed("Dear".to_owned()));
        assert_eq!(parts[1], Part::Slot);
        assert!(parts.iter().filter(|part| **part == Part::Slot).count() >= 3, "{parts:?}");
    }

    #[test]
    fn nothing_is_no_text() {
        assert_eq!(Templates::default().add("  !? "), None);
    }
}
