//! The screening of one text.

use crate::act::{Act, Shown, Sign};
use crate::feature::{Feature, placed};
use crate::identifier::{Identifier, Numbers};
use crate::language::Language;
use crate::model::Model;
use crate::own;
use crate::reading::Reading;
use std::ops::Range;

/// What follows from a text's probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Speaks as scams do: a lead, never a verdict on anybody.
    Lead,
    /// The model abstains.
    Watch,
    /// No sign was seen.
    Nothing,
    /// The language is not judged.
    NotCovered,
}

impl Verdict {
    /// Its name in outputs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Watch => "watch",
            Self::Nothing => "nothing",
            Self::NotCovered => "not_covered",
        }
    }
}

/// A class and its probability.
pub type Class = (String, f32);

/// What a text says.
#[derive(Clone, Debug)]
pub struct Screening {
    /// The language that most of it is in.
    pub language: Language,
    /// What follows.
    pub verdict: Verdict,
    /// How likely it is a scam, 0 to 1; nothing where the language is not judged.
    pub probability: Option<f32>,
    /// What kind of message it is, the likeliest first.
    pub kinds: Vec<Class>,
    /// Which type of scam it would be, the likeliest first.
    pub types: Vec<Class>,
    /// What a user's own labels say, the likeliest first.
    pub labels: Vec<Class>,
    /// Speech acts and counter-signs, with the places of their words in the text as written.
    pub acts: Vec<(Act, Vec<Range<usize>>)>,
    /// The words that most of the score rests on, and how much of it.
    pub words: Vec<(Range<usize>, f32)>,
    /// What can be found elsewhere.
    pub identifiers: Vec<Identifier>,
    /// Letters that were written as something else or cannot be seen.
    pub disguised: u32,
}

/// Reads texts with one model.
#[derive(Clone, Debug)]
pub struct Screener {
    model: Model,
    numbers: Numbers,
}

/// A longer text is read up to here, bytes; the rest is for another screening.
pub const TEXT_MAX: usize = 64 << 10;

impl Screener {
    /// A screener.
    pub fn new(model: Model, numbers: Numbers) -> Self {
        Self { model, numbers }
    }

    /// A screener with the model that comes with the program.
    pub fn shipped(numbers: Numbers) -> Self {
        Self::new(Model::shipped().expect("the shipped model is whole, as tests hold"), numbers)
    }

    /// Its model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// How likely a text is a scam, and the language that most of it is in: the fast way, without reasons.
    pub fn probability(&self, text: &str) -> (Option<f32>, Language) {
        let reading = Reading::of(text, &self.numbers);
        let language = reading.languages.main;
        let head = self.model.head("lead").filter(|_| language != Language::Other);
        (
            head.and_then(|head| {
                head.probabilities(&reading.features(), language).first().copied()
            }),
            language,
        )
    }

    /// Screens a text of at most [`TEXT_MAX`] bytes.
    pub fn screen(&self, text: &str) -> Screening {
        let reading = Reading::of(text, &self.numbers);
        let language = reading.languages.main;
        let features = reading.features();
        let covered = language != Language::Other;
        let probability = self
            .model
            .head("lead")
            .filter(|_| covered)
            .and_then(|head| head.probabilities(&features, language).first().copied());
        let classes = |name: &str| {
            let head = self.model.head(name).filter(|_| covered);
            head.map_or_else(Vec::new, |head| {
                ranked(&head.classes, head.probabilities(&features, language))
            })
        };
        let source = |start, end| reading.folded.source(start, end);
        Screening {
            language,
            verdict: with_red_flags(self.verdict(probability), &reading.acts, text),
            probability,
            kinds: classes("kind"),
            types: classes("type"),
            labels: self.labels(&features, language),
            acts: reading
                .acts
                .iter()
                .map(|shown| {
                    (
                        shown.act,
                        shown.words.iter().map(|(start, end)| source(*start, *end)).collect(),
                    )
                })
                .collect(),
            words: if covered { self.words(&reading) } else { Vec::new() },
            disguised: reading.folded.disguised(),
            identifiers: reading.identifiers,
        }
    }

    /// What a head of one's own says.
    fn labels(&self, features: &[Feature], language: Language) -> Vec<Class> {
        let Some(head) = self.model.head(own::HEAD) else { return Vec::new() };
        ranked(
            &head.classes,
            head.probabilities(&self.model.with_lead(features.to_vec()), language),
        )
    }

    /// The verdict on a probability.
    pub fn verdict(&self, probability: Option<f32>) -> Verdict {
        let (Some(probability), Some(head)) = (probability, self.model.head("lead")) else {
            return Verdict::NotCovered;
        };
        let marks = head.marks;
        if probability >= marks.lead {
            Verdict::Lead
        } else if probability >= marks.watch {
            Verdict::Watch
        } else {
            Verdict::Nothing
        }
    }

    /// The words that most of the score rests on: what each letter adds, gathered into words, the strongest until they carry enough.
    fn words(&self, reading: &Reading) -> Vec<(Range<usize>, f32)> {
        let Some(head) = self.model.head("lead") else { return Vec::new() };
        let text = reading.folded.text();
        let mut adds = vec![0_f32; text.len()];
        for (feature, places) in
            placed(&reading.folded, &reading.hits, &reading.acts, &reading.identifier_counts())
        {
            let weight = head.weight(feature, 0);
            let length: usize = places.iter().map(|(start, end)| end - start).sum();
            for (start, end) in places {
                adds[start..end].iter_mut().for_each(|add| *add += weight / length as f32);
            }
        }
        let mut words: Vec<(usize, usize, f32)> = pieces(text)
            .into_iter()
            .map(|(start, end)| (start, end, adds[start..end].iter().sum::<f32>()))
            .filter(|(_, _, weight)| *weight > 0.0)
            .collect();
        words.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        let all: f32 = words.iter().map(|(_, _, weight)| weight).sum();
        let mut carried = 0.0;
        words.retain(|(_, _, weight)| {
            let takes = carried < ENOUGH * all;
            carried += weight;
            takes
        });
        words.truncate(WORDS_MAX);
        words.sort_by_key(|(start, ..)| *start);
        joined(words)
            .into_iter()
            .map(|(start, end, weight)| (reading.folded.source(start, end), weight))
            .collect()
    }
}

/// Red flags of an advert that make it worth a look, whatever the model says: sending people as visitors or keeping their documents counts double.
const RED_FLAGS: usize = 3;
/// Bytes of an advert: flags that stand pages apart are of no one offer.
const ADVERT_MAX: usize = 6000;

/// An advert with several red flags is at least watched. Alone they make no lead: honest agencies pay flights too.
fn with_red_flags(verdict: Verdict, acts: &[Shown], text: &str) -> Verdict {
    let weigh = |shown: &Shown| match shown.act {
        Act::VisitorVisaFirst | Act::DocumentsHandedOver => 2,
        act => usize::from(act.sign() == Sign::Advert),
    };
    let flags: usize = acts.iter().map(weigh).sum();
    if verdict == Verdict::Nothing && flags >= RED_FLAGS && text.len() <= ADVERT_MAX {
        Verdict::Watch
    } else {
        verdict
    }
}

/// How much of what speaks for a scam is shown.
const ENOUGH: f32 = 0.6;
const WORDS_MAX: usize = 12;

fn ranked(classes: &[String], probabilities: Vec<f32>) -> Vec<Class> {
    let mut found: Vec<Class> = classes.iter().cloned().zip(probabilities).collect();
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    found
}

/// Words where spaces part them; of scripts whose words touch, pieces of two letters.
fn pieces(text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut last = ' ';
    for (at, letter) in text.char_indices() {
        let end = at + letter.len_utf8();
        let dense = matches!(u32::from(letter), 0xe01..=0xe4f | 0x3400..=0x9fff);
        let word = letter.is_alphanumeric() || dense;
        match found.last_mut() {
            Some((start, stop))
                if word && *stop == at && (!dense || at - *start < 6) && last != ' ' =>
            {
                *stop = end;
            }
            _ if word => found.push((at, end)),
            _ => {}
        }
        last = if word { letter } else { ' ' };
    }
    found
}

/// Neighbours become one.
fn joined(words: Vec<(usize, usize, f32)>) -> Vec<(usize, usize, f32)> {
    let mut found: Vec<(usize, usize, f32)> = Vec::new();
    for (start, end, weight) in words {
        match found.last_mut() {
            Some(last) if start <= last.1 + 1 => {
                last.1 = end;
                last.2 += weight;
            }
            _ => found.push((start, end, weight)),
        }
    }
    found
}
