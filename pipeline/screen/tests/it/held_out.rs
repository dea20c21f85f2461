//! Honest texts that speak as scams do, and scams, in six languages: none of them was learnt from.

use crate::{screener, texts};
use screen::screening::Verdict;
use std::fmt::Write as _;

/// Of honest texts so many may be leads.
const LEADS_OF_HONEST_MOST: f64 = 0.01;
/// Of scams so many must at least be leads, and so many at least leads or watched.
const LEADS_OF_SCAMS_LEAST: f64 = 0.2;
const SEEN_OF_SCAMS_LEAST: f64 = 0.5;

#[test]
fn honest_look_alikes_are_no_leads_and_scams_are_seen() {
    let screener = screener();
    let mut table = String::from(
        "language  honest: texts leads watched   scams: texts leads watched   recall at 1 % and 0.1 % false\n",
    );
    let mut broken = Vec::new();
    for (language, texts) in texts() {
        let judged: Vec<(bool, Verdict, f32)> = texts
            .iter()
            .map(|text| {
                let (probability, _) = screener.probability(text.words);
                (text.is_scam, screener.verdict(probability), probability.unwrap_or(0.0))
            })
            .collect();
        let count = |is_scam: bool, verdict: Verdict| {
            judged.iter().filter(|one| one.0 == is_scam && one.1 == verdict).count()
        };
        let all = |is_scam: bool| judged.iter().filter(|one| one.0 == is_scam).count();
        let (honest, scams) = (all(false), all(true));
        let (false_leads, leads, watched) =
            (count(false, Verdict::Lead), count(true, Verdict::Lead), count(true, Verdict::Watch));
        let watched_honest = count(false, Verdict::Watch);
        // Writing to a String cannot fail.
        let _written = writeln!(
            table,
            "{language:8}  {honest:13} {false_leads:5} {watched_honest:7}  {scams:12} {leads:5} {watched:7}   {:.2} {:.2}",
            recall(&judged, 0.01),
            recall(&judged, 0.001)
        );
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        if honest < 300
            || share(false_leads, honest) > LEADS_OF_HONEST_MOST
            || share(leads, scams) < LEADS_OF_SCAMS_LEAST
            || share(leads + watched, scams) < SEEN_OF_SCAMS_LEAST
        {
            broken.push(language);
        }
    }
    println!("{table}");
    assert!(broken.is_empty(), "{broken:?}\n{table}");
}

/// The share of scams above the mark that so many of the honest texts are above.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a few hundred texts"
)]
fn recall(judged: &[(bool, Verdict, f32)], share: f64) -> f64 {
    let mut honest: Vec<f32> = judged.iter().filter(|one| !one.0).map(|one| one.2).collect();
    honest.sort_by(|a, b| b.total_cmp(a));
    let mark = honest[(share * honest.len() as f64) as usize];
    let scams: Vec<f32> = judged.iter().filter(|one| one.0).map(|one| one.2).collect();
    scams.iter().filter(|probability| **probability > mark).count() as f64 / scams.len() as f64
}

#[test]
fn types_of_scams_are_mostly_told() {
    let screener = screener();
    for (language, texts) in texts() {
        let scams: Vec<_> = texts.iter().filter(|text| text.is_scam).collect();
        let right = scams
            .iter()
            .filter(|text| screener.screen(text.words).types[0].0 == text.class)
            .count();
        assert!(right * 100 >= scams.len() * 65, "{language}: {right} of {}", scams.len());
    }
}

#[test]
fn lures_of_adverts_are_told_from_honest_offers_abroad() {
    let screener = screener();
    let (mut lures, mut seen, mut honest, mut leads, mut watched) = (0, 0, 0, 0, 0);
    for (_, texts) in texts() {
        for text in texts {
            let verdict = screener.screen(text.words).verdict;
            match text.class {
                "advert_lure" => {
                    lures += 1;
                    seen += usize::from(verdict == Verdict::Lead || verdict == Verdict::Watch);
                }
                "overseas_job" | "recruiter" => {
                    honest += 1;
                    leads += usize::from(verdict == Verdict::Lead);
                    watched += usize::from(verdict == Verdict::Watch);
                }
                _ => {}
            }
        }
    }
    assert!(seen * 100 >= lures * 50, "{seen} of {lures} lures are leads or watched");
    assert!(leads * 50 <= honest, "{leads} of {honest} honest adverts are leads");
    assert!(watched * 12 <= honest, "{watched} of {honest} honest adverts are watched");
}
