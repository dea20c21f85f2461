//! The screener that commands and pages share: the shipped model or one's own, and what it says in the machine's form.

use crate::failure::Failure;
use feeds::texts::{TextItem, Turn};
use report::{
    ActReport, AdviceReport, ClassReport, IdentifierReport, ScreenedReport, SpanReport, TurnReport,
};
use screen::act::{Act, Sign};
use screen::advice::{self, Advice};
use screen::identifier::{Identifier, Numbers};
use screen::model::Model;
use screen::screening::{Class, Screener, Screening, TEXT_MAX, Verdict};
use std::ops::Range;
use std::path::Path;

/// The screener of a model file, or of the shipped model.
pub(crate) fn screener(model: Option<&Path>, countries: &[String]) -> anyhow::Result<Screener> {
    let model = match model {
        None => Model::shipped()?,
        Some(path) => {
            let bytes = std::fs::read(path).map_err(|error| of_file(path, &error))?;
            Model::of_bytes(&bytes).map_err(|error| {
                Failure::new(
                    format!("{}: {error}", path.display()),
                    "make it anew with `ringtrace screen train`",
                )
            })?
        }
    };
    Ok(Screener::new(model, Numbers { countries: regions(countries)? }))
}

/// Countries by their ISO 3166 codes.
pub(crate) fn regions(countries: &[String]) -> anyhow::Result<Vec<rlibphonenumber::enums::Region>> {
    countries
        .iter()
        .map(|code| {
            feeds::identifier::region_of(code).ok_or_else(|| {
                let hint = "give two letters, as in MY, PE or TW";
                Failure::new(format!("“{code}” is no country"), hint).into()
            })
        })
        .collect()
}

pub(crate) fn of_file(path: &Path, error: &std::io::Error) -> anyhow::Error {
    Failure::new(format!("{} could not be read: {error}", path.display()), "check the path").into()
}

/// Screens an item of a file.
pub(crate) fn screened(
    screener: &Screener,
    file: &str,
    item: &TextItem,
    is_talk: bool,
) -> ScreenedReport {
    let text = item.text();
    let mut report = screened_text(screener, &text);
    file.clone_into(&mut report.file);
    report.row = item.row;
    report.sent.clone_from(&item.sent);
    report.group.clone_from(&item.group);
    if is_talk || item.turns.len() > 1 {
        report.turns = turns(screener, &item.turns);
    }
    report
}

/// Screens a text, however long: in pieces, of which the likeliest counts.
pub(crate) fn screened_text(screener: &Screener, text: &str) -> ScreenedReport {
    let mut whole: Option<ScreenedReport> = None;
    for piece in pieces(text) {
        let report = reported(&screener.screen(&text[piece.clone()]), text, piece.start);
        whole = Some(match whole {
            None => report,
            Some(before) => joined(before, report),
        });
    }
    whole.unwrap_or_else(|| reported(&screener.screen(""), "", 0))
}

/// Pieces of at most [`TEXT_MAX`] bytes, cut where a line or a word ends.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let mut end = (start + TEXT_MAX).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        if end < text.len() {
            let piece = &text[start..end];
            let cut =
                piece.rfind('\n').or_else(|| piece.rfind(' ')).filter(|cut| *cut > TEXT_MAX / 2);
            end = cut.map_or(end, |cut| start + cut + 1);
        }
        found.push(start..end);
        start = end;
    }
    found
}

/// Two pieces of one text: all acts and identifiers, the verdict of the likelier.
fn joined(before: ScreenedReport, after: ScreenedReport) -> ScreenedReport {
    let (mut first, second) =
        if after.probability > before.probability { (after, before) } else { (before, after) };
    first.identifiers.extend(second.identifiers);
    first.identifiers.sort_by_key(|identifier| identifier.start);
    first.words.extend(second.words);
    first.words.sort_by_key(|word| word.start);
    first.disguised += second.disguised;
    for (acts, more) in
        [(&mut first.acts, second.acts), (&mut first.counter_signs, second.counter_signs)]
    {
        for act in more {
            match acts.iter_mut().find(|known| known.act == act.act) {
                Some(known) => known.spans.extend(act.spans),
                None => acts.push(act),
            }
        }
    }
    first
}

/// Bytes of a talk that are looked back on after each turn.
const LOOK_BACK: usize = 4000;

/// How likely a talk is a scam after each turn, by what was said so far.
fn turns(screener: &Screener, turns: &[Turn]) -> Vec<TurnReport> {
    let mut said = String::new();
    turns
        .iter()
        .map(|turn| {
            said.push_str(&turn.text);
            said.push('\n');
            let mut from = said.len().saturating_sub(LOOK_BACK);
            while !said.is_char_boundary(from) {
                from += 1;
            }
            let (probability, _) = screener.probability(&said[from..]);
            TurnReport {
                speaker: turn.speaker.clone(),
                end_s: turn.end_s.or(turn.start_s),
                probability: probability.map(rounded),
                verdict: screener.verdict(probability).code().to_owned(),
            }
        })
        .collect()
}

fn rounded(probability: f32) -> f64 {
    (f64::from(probability) * 1000.0).round() / 1000.0
}

fn classes(classes: &[Class], most: usize) -> Vec<ClassReport> {
    classes
        .iter()
        .take(most)
        .map(|(name, probability)| ClassReport {
            name: name.clone(),
            probability: rounded(*probability),
        })
        .collect()
}

/// A screening in the machine's form; its text begins at `offset` of the whole.
fn reported(screening: &Screening, text: &str, offset: usize) -> ScreenedReport {
    let span = |range: &Range<usize>, weight: Option<f32>| {
        let (start, end) = (range.start + offset, range.end + offset);
        let words = text.get(start..end).unwrap_or_default().to_owned();
        SpanReport { start, end, text: words, weight: weight.map(rounded) }
    };
    let acts = |counter: bool| {
        let of = |(act, _): &&(Act, Vec<Range<usize>>)| (act.sign() == Sign::Counter) == counter;
        let told = |(act, spans): &(Act, Vec<Range<usize>>)| ActReport {
            act: act.code().to_owned(),
            says: act.says().to_owned(),
            spans: spans.iter().map(|range| span(range, None)).collect(),
        };
        screening.acts.iter().filter(of).map(told).collect()
    };
    ScreenedReport {
        file: String::new(),
        row: 1,
        sent: None,
        group: None,
        language: screening.language.code().to_owned(),
        verdict: screening.verdict.code().to_owned(),
        probability: screening.probability.map(rounded),
        kinds: classes(&screening.kinds, 4),
        types: classes(&screening.types, 3),
        labels: classes(&screening.labels, 20),
        acts: acts(false),
        counter_signs: acts(true),
        words: screening.words.iter().map(|(range, weight)| span(range, Some(*weight))).collect(),
        identifiers: screening.identifiers.iter().map(|one| identifier(one, offset)).collect(),
        disguised: screening.disguised,
        turns: Vec::new(),
        advice: advised(screening),
    }
}

fn identifier(found: &Identifier, offset: usize) -> IdentifierReport {
    IdentifierReport {
        kind: found.kind.code().to_owned(),
        value: found.value.clone(),
        start: found.span.start + offset,
        end: found.span.end + offset,
        notes: found.notes.clone(),
    }
}

fn advised(screening: &Screening) -> AdviceReport {
    let Advice { en, ms, zh, es } = match screening.verdict {
        Verdict::Lead => advice::on_lead(screening.types.first().map_or("", |(name, _)| name)),
        Verdict::Watch => advice::UNSURE,
        Verdict::Nothing => advice::NOTHING,
        Verdict::NotCovered => advice::NOT_COVERED,
    };
    AdviceReport { en: en.to_owned(), ms: ms.to_owned(), zh: zh.to_owned(), es: es.to_owned() }
}
