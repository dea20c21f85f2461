//! The model: heads of linear classes over hashed features, and how their scores become probabilities.
//!
//! A head answers one question (is this a scam; what kind of message; which type of scam; what a user's own labels say). Weights are kept in one byte each, with a scale a class.
//! Scores become probabilities by Platt's sigmoid (1999), fitted on texts that the weights had not seen, for each language where there are enough.

use crate::feature::Feature;
use crate::language::Language;

/// How a class's score becomes a probability: `1 / (1 + exp(-(slope * score + shift)))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sigmoid {
    /// How steep.
    pub slope: f32,
    /// Where the middle is.
    pub shift: f32,
}

impl Sigmoid {
    /// The probability of a score.
    pub fn at(self, score: f32) -> f32 {
        1.0 / (1.0 + (-(self.slope * score + self.shift)).exp())
    }
}

/// Where verdicts begin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marks {
    /// From here on it is a lead.
    pub lead: f32,
    /// From here on it is watched: the model abstains.
    pub watch: f32,
}

/// One question and its classes.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// What it answers.
    pub name: String,
    /// The classes, by name.
    pub classes: Vec<String>,
    /// What a weight's step is worth, by class.
    pub scales: Vec<f32>,
    /// For each class, how scores become probabilities: pooled first, then by language as in [`Language::COVERED`].
    pub sigmoids: Vec<[Sigmoid; 7]>,
    /// From which probability of the first class on a text is a lead, and from which it is watched.
    pub marks: Marks,
    /// Buckets, a power of two.
    pub buckets: usize,
    /// Weights: for each bucket one a class.
    pub weights: Vec<i8>,
}

impl Head {
    /// Each class's score.
    pub fn scores(&self, features: &[Feature]) -> Vec<f32> {
        let classes = self.classes.len();
        let mut sums = vec![0_f32; classes];
        for (hash, value) in features {
            let at = self.bucket(*hash) * classes;
            for (sum, weight) in sums.iter_mut().zip(&self.weights[at..at + classes]) {
                *sum += f32::from(*weight) * value;
            }
        }
        for (sum, scale) in sums.iter_mut().zip(&self.scales) {
            *sum *= scale;
        }
        sums
    }

    /// Each class's probability. Of several classes they sum to one.
    pub fn probabilities(&self, features: &[Feature], language: Language) -> Vec<f32> {
        let mut found: Vec<f32> = self
            .scores(features)
            .into_iter()
            .zip(&self.sigmoids)
            .map(|(score, sigmoids)| sigmoids[place(language)].at(score))
            .collect();
        if found.len() > 1 {
            let sum: f32 = found.iter().sum();
            found.iter_mut().for_each(|probability| *probability /= sum.max(1e-9));
        }
        found
    }

    /// What one feature adds to a class's score.
    pub fn weight(&self, feature: Feature, class: usize) -> f32 {
        f32::from(self.weights[self.bucket(feature.0) * self.classes.len() + class])
            * self.scales[class]
            * feature.1
    }

    fn bucket(&self, hash: u32) -> usize {
        hash as usize & (self.buckets - 1)
    }
}

/// Where a language's sigmoid stands.
pub(crate) fn place(language: Language) -> usize {
    Language::COVERED.iter().position(|covered| *covered == language).map_or(0, |at| at + 1)
}

/// All heads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// The heads, in the order that they were trained.
    pub heads: Vec<Head>,
}

/// What is wrong with the bytes of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadModel {
    /// Not a model, or of another version of the program.
    #[error("this is no model of this version: it begins otherwise")]
    Foreign,
    /// It ends too early or says what cannot be.
    #[error("this model is not whole")]
    Broken,
}

/// The weights that come with the program, made by `screen train --shipped`: see `docs/reference/screen-model.md`.
pub const SHIPPED: &[u8] = include_bytes!("../model/shipped.bin");

const MAGIC: &[u8; 8] = b"RTSCRN\x00\x01";

impl Model {
    /// The model that comes with the program.
    pub fn shipped() -> Result<Self, BadModel> {
        Self::of_bytes(SHIPPED)
    }

    /// The head of this name.
    pub fn head(&self, name: &str) -> Option<&Head> {
        self.heads.iter().find(|head| head.name == name)
    }

    /// The model as bytes: the same model, the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        put(&mut bytes, self.heads.len());
        for head in &self.heads {
            text(&mut bytes, &head.name);
            put(&mut bytes, head.classes.len());
            put(&mut bytes, head.buckets);
            for (at, class) in head.classes.iter().enumerate() {
                text(&mut bytes, class);
                bytes.extend(head.scales[at].to_le_bytes());
                for sigmoid in &head.sigmoids[at] {
                    bytes.extend(sigmoid.slope.to_le_bytes());
                    bytes.extend(sigmoid.shift.to_le_bytes());
                }
            }
            bytes.extend(head.marks.lead.to_le_bytes());
            bytes.extend(head.marks.watch.to_le_bytes());
            sparse(&mut bytes, &head.weights);
        }
        bytes
    }

    /// Reads a model.
    pub fn of_bytes(bytes: &[u8]) -> Result<Self, BadModel> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(BadModel::Foreign)?;
        let mut reader = Reader { rest };
        let count = reader.number(64)?;
        let heads = (0..count).map(|_| reader.head()).collect::<Result<_, _>>()?;
        if reader.rest.is_empty() { Ok(Self { heads }) } else { Err(BadModel::Broken) }
    }
}

fn put(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    put(bytes, text.len());
    bytes.extend(text.bytes());
}

/// Runs of zeros by their length: a zero byte, then how many (1 to 255).
fn sparse(bytes: &mut Vec<u8>, weights: &[i8]) {
    let start = bytes.len();
    put(bytes, 0);
    let mut at = 0;
    while at < weights.len() {
        if weights[at] == 0 {
            let zeros = weights[at..].iter().take(255).take_while(|weight| **weight == 0).count();
            bytes.extend([0, u8::try_from(zeros).unwrap_or(255)]);
            at += zeros;
        } else {
            bytes.push(weights[at].cast_unsigned());
            at += 1;
        }
    }
    let length = u32::try_from(bytes.len() - start - 4).unwrap_or(u32::MAX);
    bytes[start..start + 4].copy_from_slice(&length.to_le_bytes());
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], BadModel> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(BadModel::Broken)?;
        self.rest = rest;
        Ok(taken)
    }

    fn number(&mut self, most: usize) -> Result<usize, BadModel> {
        let bytes = self.take(4)?.try_into().map_err(|_| BadModel::Broken)?;
        let number = u32::from_le_bytes(bytes) as usize;
        if number <= most { Ok(number) } else { Err(BadModel::Broken) }
    }

    fn float(&mut self) -> Result<f32, BadModel> {
        let bytes = self.take(4)?.try_into().map_err(|_| BadModel::Broken)?;
        Some(f32::from_le_bytes(bytes)).filter(|float| float.is_finite()).ok_or(BadModel::Broken)
    }

    fn text(&mut self) -> Result<String, BadModel> {
        let length = self.number(1024)?;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| BadModel::Broken)
    }

    fn head(&mut self) -> Result<Head, BadModel> {
        let name = self.text()?;
        let count = self.number(4096)?;
        let buckets = self.number(1 << 22)?;
        if count == 0 || !buckets.is_power_of_two() || buckets * count > 1 << 26 {
            return Err(BadModel::Broken);
        }
        let (mut classes, mut scales, mut sigmoids) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..count {
            classes.push(self.text()?);
            scales.push(self.float()?);
            let mut of_class = [Sigmoid { slope: 1.0, shift: 0.0 }; 7];
            for sigmoid in &mut of_class {
                *sigmoid = Sigmoid { slope: self.float()?, shift: self.float()? };
            }
            sigmoids.push(of_class);
        }
        let marks = Marks { lead: self.float()?, watch: self.float()? };
        let weights = self.weights(buckets * count)?;
        Ok(Head { name, classes, scales, sigmoids, marks, buckets, weights })
    }

    fn weights(&mut self, count: usize) -> Result<Vec<i8>, BadModel> {
        let length = self.number(self.rest.len())?;
        let mut bytes = self.take(length)?.iter();
        let mut weights = Vec::with_capacity(count);
        while let Some(byte) = bytes.next() {
            if *byte == 0 {
                let zeros = usize::from(*bytes.next().ok_or(BadModel::Broken)?);
                weights.resize(weights.len() + zeros, 0);
            } else {
                weights.push(byte.cast_signed());
            }
            if weights.len() > count {
                return Err(BadModel::Broken);
            }
        }
        if weights.len() == count { Ok(weights) } else { Err(BadModel::Broken) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Model {
        let flat = [Sigmoid { slope: 2.0, shift: -0.5 }; 7];
        let head = |name: &str, classes: &[&str], weights: Vec<i8>| Head {
            name: name.to_owned(),
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
            scales: vec![0.1; classes.len()],
            sigmoids: vec![flat; classes.len()],
            marks: Marks { lead: 0.9, watch: 0.5 },
            buckets: weights.len() / classes.len(),
            weights,
        };
        let mut weights = vec![0; 1024];
        weights[700] = -7;
        Model {
            heads: vec![
                head("lead", &["scam"], vec![1, 0, 0, -3]),
                head("type", &["a", "b"], weights),
            ],
        }
    }

    #[test]
    fn a_model_comes_back_from_its_bytes() {
        let model = small();
        assert_eq!(Model::of_bytes(&model.to_bytes()), Ok(model));
    }

    #[test]
    fn broken_bytes_are_told_and_never_panic() {
        let bytes = small().to_bytes();
        assert_eq!(Model::of_bytes(b"PK"), Err(BadModel::Foreign));
        for length in 8..bytes.len() {
            assert!(Model::of_bytes(&bytes[..length]).is_err(), "{length}");
        }
        for at in 8..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] ^= 0x5a;
            let _told = Model::of_bytes(&wrong);
        }
    }

    #[test]
    fn probabilities_of_classes_sum_to_one() {
        let model = small();
        let found = model.heads[1].probabilities(&[(350, 1.0), (3, 2.0)], Language::Thai);
        assert!((found.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
}
