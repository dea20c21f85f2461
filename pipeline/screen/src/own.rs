//! A head of one's own: a desk's labels, learnt in seconds on top of the shipped model.
//!
//! Takes labelled texts and a model. Gives the model with a further head, `label`. Beside the words themselves it reads what the shipped model thinks of a text, so that labels of
//! last year's scams keep some sense on this year's. Probabilities are drawn half-way to what they would be if every label were as frequent as any other.

use crate::feature::{Feature, named};
use crate::identifier::Numbers;
use crate::model::{Head, Model};
use crate::reading::Reading;
use crate::recipe::{group, group_named};
use crate::train::{Example, Plan, train};
use rayon::prelude::*;

/// The name of the head.
pub const HEAD: &str = "label";

/// A labelled text of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// The text.
    pub text: String,
    /// Its label.
    pub label: String,
    /// The campaign or call that it belongs to; never parted between learning and judging. Where there is none, texts that differ in digits and marks only are one group.
    pub group: Option<String>,
}

/// Why nothing was learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLittle {
    /// One label, or none.
    #[error("there are texts of fewer than two labels")]
    Labels,
    /// More labels than a head takes.
    #[error("there are more than {MOST_LABELS} labels")]
    TooMany,
    /// A label with fewer than two texts.
    #[error("a label has fewer than two texts")]
    Texts,
}

/// Labels that a head takes.
pub const MOST_LABELS: usize = 64;

const COST: f32 = 0.5;
const BUCKETS: usize = 1 << 18;
/// How strongly the shipped model's score counts.
const PRIOR: f32 = 0.5;
const PRIOR_MOST: f32 = 3.0;

impl Model {
    /// Features with what the shipped head thinks, for heads of one's own.
    pub fn with_lead(&self, mut features: Vec<Feature>) -> Vec<Feature> {
        let score = self.head("lead").and_then(|head| head.scores(&features).first().copied());
        features.extend(
            score.map(|score| (named("prior lead"), score.clamp(-PRIOR_MOST, PRIOR_MOST) * PRIOR)),
        );
        features
    }
}

/// Learns a head of one's own.
pub fn learn(model: &Model, texts: &[OwnText]) -> Result<Head, TooLittle> {
    let mut labels: Vec<String> = texts.iter().map(|text| text.label.clone()).collect();
    labels.sort();
    labels.dedup();
    if labels.len() < 2 {
        return Err(TooLittle::Labels);
    }
    if labels.len() > MOST_LABELS {
        return Err(TooLittle::TooMany);
    }
    if labels.iter().any(|label| texts.iter().filter(|text| text.label == *label).count() < 2) {
        return Err(TooLittle::Texts);
    }
    let mut examples: Vec<Example> =
        texts.par_iter().map(|text| example(model, text, &labels)).collect();
    part_where_groups_are_few(&mut examples);
    // Of two labels the second head would say the same as the first.
    let plan = Plan {
        name: HEAD.to_owned(),
        classes: labels,
        buckets: BUCKETS,
        cost: COST,
        balanced: true,
    };
    Ok(train(&plan, &examples))
}

/// Groups that a label needs so that folds can be judged without it.
const GROUPS_MIN: usize = 8;

/// A label of which all texts are of a few groups would never be both learnt and judged: its texts are parted then.
fn part_where_groups_are_few(examples: &mut [Example]) {
    let classes = examples.first().map_or(0, |example| example.is.len());
    let few = (0..classes).any(|class| {
        let mut groups: Vec<u64> = examples
            .iter()
            .filter(|example| example.is[class] == Some(true))
            .map(|example| example.group)
            .collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len() < GROUPS_MIN
    });
    if few {
        (0_u64..).zip(examples.iter_mut()).for_each(|(at, example)| example.group = at);
    }
}

fn example(model: &Model, text: &OwnText, labels: &[String]) -> Example {
    let reading = Reading::of(&text.text, &Numbers::default());
    Example {
        features: model.with_lead(reading.features()),
        language: reading.languages.main,
        is: labels.iter().map(|label| Some(*label == text.label)).collect(),
        group: text.group.as_deref().map_or_else(|| group(reading.folded.text()), group_named),
        cost: 1.0,
        hard: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn labels_of_ones_own_are_learnt() {
        let text = |text: &str, label: &str| OwnText {
            text: text.to_owned(),
            label: label.to_owned(),
            group: None,
        };
        let texts: Vec<OwnText> = (0..40)
            .flat_map(|at| {
                [
                    text(
                        &format!("the ferry number {at} to the island leaves late {}", at * 7),
                        "ferry",
                    ),
                    text(
                        &format!("tickets for the museum hall {at} are sold {}", at * 3),
                        "museum",
                    ),
                ]
            })
            .collect();
        let head = learn(&Model::default(), &texts).unwrap();
        let reading = Reading::of("the ferry leaves", &Numbers::default());
        let found =
            head.probabilities(&Model::default().with_lead(reading.features()), Language::English);
        assert!(found[0] > 0.5, "{found:?}");
        assert_eq!(learn(&Model::default(), &texts[..1]), Err(TooLittle::Labels));
        assert_eq!(learn(&Model::default(), &texts[..2]), Err(TooLittle::Texts));
    }
}
