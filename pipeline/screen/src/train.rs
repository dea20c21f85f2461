//! From labelled texts to a head of the model.
//!
//! Takes rows of features with the classes that each may be (a source that only knows “unwanted” leaves two open). Gives quantised weights, and sigmoids fitted on what each
//! fold's weights had not seen (Platt, 1999). Texts of one group (a campaign, a call, a rule of the grammar) are never parted between fitting and judging.

use crate::feature::Feature;
use crate::language::Language;
use crate::linear::{Problem, score};
use crate::model::{Head, Marks, Sigmoid, place};
use rayon::prelude::*;

/// One labelled text.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its features, hashes not yet cut to buckets.
    pub features: Vec<Feature>,
    /// The language that it is mostly in.
    pub language: Language,
    /// For each class: whether it is this one, is not, or nobody says.
    pub is: Vec<Option<bool>>,
    /// Texts of one group say the same; groups are never parted.
    pub group: u64,
    /// How much its error costs.
    pub cost: f32,
    /// An honest text that speaks as scams do: verdicts are placed by these.
    pub hard: bool,
}

/// What a head is to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it answers.
    pub name: String,
    /// The classes.
    pub classes: Vec<String>,
    /// Buckets, a power of two.
    pub buckets: usize,
    /// How closely errors are fitted.
    pub cost: f32,
    /// Probabilities as if every class were as likely as any other beforehand: how often each comes changes from year to year and place to place.
    pub balanced: bool,
}

/// Folds for the sigmoids.
const FOLDS: u64 = 4;
/// Texts of a language that its own sigmoid needs, of each sign.
const OWN_SIGMOID_MIN: usize = 60;
/// Written texts that sigmoids need.
const HARD_MIN: usize = 400;
/// A pooled sigmoid's weight in a language's own, in texts.
const POOLED_TEXTS: f64 = 40.0;

/// Trains a head.
pub fn train(plan: &Plan, examples: &[Example]) -> Head {
    let mask = u32::try_from(plan.buckets - 1).unwrap_or(u32::MAX);
    let mut rows: Vec<Vec<Feature>> =
        examples.iter().map(|example| merged(&example.features, mask)).collect();
    let rarity = rarity(&rows, plan.buckets);
    rows.iter_mut().flatten().for_each(|(bucket, value)| *value *= rarity[*bucket as usize]);
    let classes: Vec<Trained> = (0..plan.classes.len())
        .into_par_iter()
        .map(|class| {
            let mut all = solve(plan, examples, &rows, class, None);
            all.iter_mut().zip(&rarity).for_each(|(weight, rarity)| *weight *= rarity);
            let mut judged = judged(plan, examples, &rows, class);
            if plan.balanced {
                balance(&mut judged);
            }
            let sigmoids = sigmoids(&judged);
            Trained { weights: all, marks: marks(&judged, &sigmoids), sigmoids }
        })
        .collect();
    quantised(plan, &classes)
}

/// Features whose hashes fall into one bucket, added up, in the order of buckets.
fn merged(features: &[Feature], mask: u32) -> Vec<Feature> {
    let mut row: Vec<Feature> =
        features.iter().map(|(hash, value)| (hash & mask, *value)).collect();
    row.sort_by_key(|(bucket, _)| *bucket);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    row
}

/// How much a bucket counts by how few rows have it (inverse document frequency, Spärck Jones, 1972): 1 in all rows, more in few. It goes into the
/// weights, so that nobody needs it afterwards.
#[expect(clippy::cast_possible_truncation, reason = "a small factor")]
fn rarity(rows: &[Vec<Feature>], buckets: usize) -> Vec<f32> {
    let mut counts = vec![0_u32; buckets];
    for (bucket, _) in rows.iter().flatten() {
        counts[*bucket as usize] += 1;
    }
    let all = rows.len().max(1) as f64;
    let full = 1.0 + (all + 1.0).ln();
    counts
        .iter()
        .map(|count| {
            (IDF_SHARE * (1.0 + ((all + 1.0) / (f64::from(*count) + 1.0)).ln()) / full * 2.0 + 1.0
                - IDF_SHARE) as f32
        })
        .collect()
}

/// How far rarity counts.
const IDF_SHARE: f64 = 1.0;

/// Weights of a class: of all rows, or of those outside a fold.
fn solve(
    plan: &Plan,
    examples: &[Example],
    rows: &[Vec<Feature>],
    class: usize,
    without: Option<u64>,
) -> Vec<f32> {
    let sign = |example: &Example| match example.is[class] {
        _ if without.is_some_and(|fold| example.group % FOLDS == fold) => 0,
        Some(true) => 1,
        Some(false) => -1,
        None => 0,
    };
    let signs: Vec<i8> = examples.iter().map(sign).collect();
    let count = |sign: i8| signs.iter().filter(|found| **found == sign).count().max(1) as f32;
    let (yes, no) = (count(1), count(-1));
    // A rare class costs more, not as much as its rarity: the sigmoid puts the balance right.
    let weigh = |sign: i8| {
        if sign > 0 {
            (no / yes).sqrt().clamp(0.25, 4.0)
        } else {
            (yes / no).sqrt().clamp(0.25, 4.0)
        }
    };
    let costs = examples
        .iter()
        .zip(&signs)
        .map(|(example, sign)| plan.cost * example.cost * weigh(*sign))
        .collect();
    Problem { rows, signs, costs, buckets: plan.buckets }.solve()
}

/// A class, trained.
struct Trained {
    weights: Vec<f32>,
    sigmoids: [Sigmoid; 7],
    marks: Marks,
}

/// A score that was not fitted, and what was true.
#[derive(Clone, Copy)]
struct Judged {
    score: f64,
    is: bool,
    language: Language,
    cost: f64,
    hard: bool,
}

/// Each row judged by weights that had not seen its group.
fn judged(plan: &Plan, examples: &[Example], rows: &[Vec<Feature>], class: usize) -> Vec<Judged> {
    let mut judged = Vec::new();
    for fold in 0..FOLDS {
        let weights = solve(plan, examples, rows, class, Some(fold));
        for (example, row) in examples.iter().zip(rows) {
            if let (true, Some(is)) = (example.group % FOLDS == fold, example.is[class]) {
                let score = f64::from(score(&weights, row));
                judged.push(Judged {
                    score,
                    is,
                    language: example.language,
                    cost: f64::from(example.cost),
                    hard: example.hard,
                });
            }
        }
    }
    judged
}

/// Gives both signs the same weight in all.
fn balance(judged: &mut [Judged]) {
    let sum = |is: bool| {
        judged.iter().filter(|one| one.is == is).map(|one| one.cost).sum::<f64>().max(1.0)
    };
    let (yes, no) = (sum(true), sum(false));
    let half = f64::midpoint(yes, no);
    judged.iter_mut().for_each(|one| one.cost *= (half / if one.is { yes } else { no }).sqrt());
}

/// Sigmoids from scores that were not fitted: pooled, and by language.
fn sigmoids(judged: &[Judged]) -> [Sigmoid; 7] {
    // Texts that were written one by one are nearest to what people get: where there are enough, they alone say how sure a score is.
    let hard: Vec<Judged> = judged.iter().filter(|one| one.hard).copied().collect();
    let judged = if hard.len() >= HARD_MIN { &hard } else { judged };
    let pooled = platt(judged, None);
    std::array::from_fn(|at| {
        let Some(language) = at.checked_sub(1).and_then(|at| Language::COVERED.get(at)) else {
            return pooled;
        };
        let own: Vec<Judged> =
            judged.iter().filter(|one| one.language == *language).copied().collect();
        let least = |is: bool| own.iter().filter(|one| one.is == is).count() >= OWN_SIGMOID_MIN;
        debug_assert_eq!(place(*language), at, "sigmoids stand in the order of languages");
        if least(true) && least(false) { platt(&own, Some(pooled)) } else { pooled }
    })
}

/// Of the hard honest texts so many may become leads, and so many be watched.
const LEADS_OF_HONEST: f64 = 0.004;
const WATCHED_OF_HONEST: f64 = 0.04;
/// No verdict below these probabilities, however easy the honest texts were.
const LEAD_LEAST: f32 = 0.8;
const WATCH_LEAST: f32 = 0.5;

/// Where verdicts begin, by the hard honest texts that the weights had not seen.
fn marks(judged: &[Judged], sigmoids: &[Sigmoid; 7]) -> Marks {
    let mut honest: Vec<f32> = judged
        .iter()
        .filter(|one| one.hard && !one.is)
        .map(|one| sigmoids[place(one.language)].at(single(one.score)))
        .collect();
    honest.sort_by(|a, b| b.total_cmp(a));
    let of = |found: &[f32]| {
        let at = |share: f64, least: f32| {
            let allowed = domain::num::round_u32(share * found.len() as f64) as usize;
            found.get(allowed).map_or(least, |most| (most + 0.001).clamp(least, 0.999))
        };
        Marks { lead: at(LEADS_OF_HONEST, LEAD_LEAST), watch: at(WATCHED_OF_HONEST, WATCH_LEAST) }
    };
    // Each language's own texts are too few for a share so small: the probabilities are its own, the marks are shared.
    of(&honest)
}

#[expect(clippy::cast_possible_truncation, reason = "scores are kept in single precision")]
fn single(score: f64) -> f32 {
    score as f32
}

/// Platt's sigmoid by Newton's method with his targets, drawn towards another where one is given.
#[expect(clippy::cast_possible_truncation, reason = "sigmoids are kept in single precision")]
fn platt(judged: &[Judged], towards: Option<Sigmoid>) -> Sigmoid {
    let yes = judged.iter().filter(|one| one.is).count() as f64;
    let no = judged.len() as f64 - yes;
    if yes < 2.0 || no < 2.0 {
        return Sigmoid { slope: 2.0, shift: 0.0 };
    }
    let (high, low) = ((yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0));
    let start =
        towards.unwrap_or(Sigmoid { slope: 1.0, shift: ((yes + 1.0) / (no + 1.0)).ln() as f32 });
    let (goal_slope, goal_shift) = (f64::from(start.slope), f64::from(start.shift));
    let (mut slope, mut shift) = (goal_slope, goal_shift);
    let pull = if towards.is_some() { POOLED_TEXTS * 0.05 } else { 1e-3 };
    for _ in 0..60 {
        let (mut g1, mut g2, mut h11, mut h12, mut h22) =
            (pull * (slope - goal_slope), pull * (shift - goal_shift), pull, 0.0, pull);
        for Judged { score, is, cost, .. } in judged {
            let p = 1.0 / (1.0 + (-(slope * score + shift)).exp());
            let error = cost * (p - if *is { high } else { low });
            let curve = cost * (p * (1.0 - p)).max(1e-9);
            g1 += error * score;
            g2 += error;
            h11 += curve * score * score;
            h12 += curve * score;
            h22 += curve;
        }
        let determinant = (h11 * h22 - h12 * h12).max(1e-12);
        let (d1, d2) = ((h22 * g1 - h12 * g2) / determinant, (h11 * g2 - h12 * g1) / determinant);
        let brake = (1.0 / (d1.abs().max(d2.abs()) / 2.0).max(1.0)).min(1.0);
        slope -= brake * d1;
        shift -= brake * d2;
        if d1.abs() + d2.abs() < 1e-7 {
            break;
        }
    }
    Sigmoid { slope: slope.max(0.05) as f32, shift: shift as f32 }
}

/// Weights in one byte each.
#[expect(clippy::cast_possible_truncation, reason = "a quantised weight lies between -127 and 127")]
fn quantised(plan: &Plan, classes: &[Trained]) -> Head {
    let count = classes.len();
    let mut weights = vec![0_i8; plan.buckets * count];
    let mut scales = Vec::with_capacity(count);
    for (class, trained) in classes.iter().enumerate() {
        let most = trained.weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
        let scale = most / 127.0;
        scales.push(scale);
        for (bucket, weight) in trained.weights.iter().enumerate() {
            weights[bucket * count + class] = (weight / scale).round().clamp(-127.0, 127.0) as i8;
        }
    }
    let sigmoids = classes.iter().map(|trained| trained.sigmoids).collect();
    let marks =
        classes.first().map_or(Marks { lead: LEAD_LEAST, watch: WATCH_LEAST }, |first| first.marks);
    Head {
        name: plan.name.clone(),
        classes: plan.classes.clone(),
        scales,
        sigmoids,
        marks,
        buckets: plan.buckets,
        weights,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(bucket: u32, is: bool, group: u64) -> Example {
        Example {
            features: vec![
                (0, 1.0),
                (bucket, 1.0),
                (7 + (bucket * 31 + u32::try_from(group).unwrap()) % 9, 0.5),
            ],
            language: Language::Thai,
            is: vec![Some(is)],
            group,
            cost: 1.0,
            hard: false,
        }
    }

    #[test]
    fn a_head_learns_and_its_probabilities_are_honest() {
        let examples: Vec<Example> = (0..400)
            .map(|at| {
                // One in ten is labelled against what it shows.
                let shows = at % 2 == 0;
                example(if shows { 3 } else { 4 }, shows != (at % 10 == 3 || at % 10 == 4), at)
            })
            .collect();
        let plan = Plan {
            name: "lead".to_owned(),
            classes: vec!["scam".to_owned()],
            buckets: 32,
            cost: 1.0,
            balanced: false,
        };
        let head = train(&plan, &examples);
        let at = |bucket| head.probabilities(&[(0, 1.0), (bucket, 1.0)], Language::Thai)[0];
        assert!((0.75..0.95).contains(&at(3)), "{}", at(3));
        assert!((0.05..0.25).contains(&at(4)), "{}", at(4));
        assert_eq!(head, train(&plan, &examples), "the same rows, the same head");
    }
}
