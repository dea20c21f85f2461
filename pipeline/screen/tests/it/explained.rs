//! What is shown as the reason is the reason.

use crate::{screener, texts};
use screen::screening::{Screener, Verdict};
use std::ops::Range;

/// A text without some stretches.
fn without(text: &str, spans: &[Range<usize>]) -> String {
    let mut rest = String::new();
    for (at, letter) in text.char_indices() {
        if !spans.iter().any(|span| span.contains(&at)) {
            rest.push(letter);
        }
    }
    rest
}

/// Other stretches of the same lengths, spread over the text by a fixed rule.
fn elsewhere(text: &str, spans: &[Range<usize>], turn: usize) -> Vec<Range<usize>> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let letters = |span: &Range<usize>| starts.iter().filter(|at| span.contains(at)).count();
    spans
        .iter()
        .enumerate()
        .map(|(at, span)| {
            let length = letters(span).min(starts.len() - 1);
            let from = (at * 7919 + turn * 104_729 + 13) % (starts.len() - length);
            starts[from]..starts[from + length]
        })
        .collect()
}

fn score(screener: &Screener, text: &str) -> f32 {
    screener.probability(text).0.unwrap_or(0.0)
}

#[test]
fn taking_the_shown_words_away_lowers_the_score_more_than_others() {
    let screener = screener();
    let (mut asked, mut lower) = (0, 0);
    for (_, texts) in texts() {
        let seen = texts
            .iter()
            .filter(|text| text.is_scam)
            .filter(|text| screener.screen(text.words).verdict != Verdict::Nothing);
        for text in seen.take(25) {
            let spans: Vec<Range<usize>> =
                screener.screen(text.words).words.into_iter().map(|(span, _)| span).collect();
            let shown = score(&screener, &without(text.words, &spans));
            let others: f32 = (0..5)
                .map(|turn| {
                    score(&screener, &without(text.words, &elsewhere(text.words, &spans, turn)))
                })
                .sum::<f32>()
                / 5.0;
            asked += 1;
            lower += usize::from(shown < others);
        }
    }
    assert!(asked >= 100, "{asked}");
    assert!(lower * 100 >= asked * 90, "{lower} of {asked}");
}

#[test]
fn spans_lie_on_letters_of_the_text() {
    let screener = screener();
    for (_, texts) in texts() {
        for text in texts.iter().take(60) {
            let screening = screener.screen(text.words);
            let acts = screening.acts.iter().flat_map(|(_, spans)| spans.clone());
            let words = screening.words.iter().map(|(span, _)| span.clone());
            let identifiers =
                screening.identifiers.iter().map(|identifier| identifier.span.clone());
            for span in acts.chain(words).chain(identifiers) {
                assert!(
                    text.words.get(span.clone()).is_some_and(|words| !words.trim().is_empty()),
                    "{span:?} of {}",
                    text.words
                );
            }
        }
    }
}
