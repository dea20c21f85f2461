//! How moments are written, and by which clock.

use super::{Notes, Sample, known_forms, told};
use crate::identifier::{Identified, Numbering, identify, region_of};
use crate::moment::Form;
use crate::template::{Role, Template};
use domain::LineKind;
use std::collections::BTreeMap;

pub(super) fn moments(
    template: &mut Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Notes,
) {
    if !template.moments.is_empty() {
        return;
    }
    let Some(column) =
        template.columns.get(&Role::Start).or_else(|| template.columns.get(&Role::Answer))
    else {
        return;
    };
    let texts: Vec<String> = sample
        .rows
        .iter()
        .map(|row| told(column, row, present))
        .filter(|text| !text.is_empty())
        .collect();
    let forms = known_forms();
    let mut open: Vec<&String> = texts.iter().collect();
    while !open.is_empty() {
        let fitting =
            |form: &&Form| open.iter().filter(|text| form.read(text.as_bytes()).is_some()).count();
        let most = forms.iter().map(|form| fitting(&form)).max().unwrap_or(0);
        let Some(mut best) = forms.iter().find(|form| fitting(form) == most).filter(|_| most > 0)
        else {
            break;
        };
        if let Some(mut also) =
            forms.iter().find(|form| swapped(best, form) && fitting(form) == most)
        {
            // An export covers days or weeks: read the wrong way round, these are scattered over a year.
            if span_s(also, &texts) < span_s(best, &texts) {
                std::mem::swap(&mut best, &mut also);
            }
            // So scattered that it is no question, if it is not by few moments.
            let is_clear = texts.len() >= CLEAR_MOMENTS_MIN
                && span_s(also, &texts) > span_s(best, &texts).saturating_mul(5);
            let tell = if is_clear { Notes::guess } else { Notes::doubt };
            tell(
                notes,
                format!(
                    "Day and month could be either way round; “{}” is taken, not “{}”. Say which with --moment.",
                    best.text(),
                    also.text()
                ),
            );
        }
        template.moments.push(best.text().to_owned());
        open.retain(|text| best.read(text.as_bytes()).is_none());
    }
    if !template.moments.is_empty() {
        notes.guess(format!(
            "Moments are read as {}, because {} of {} sampled fit.",
            template.moments.join(" or "),
            texts.len().saturating_sub(open.len()),
            texts.len()
        ));
    }
}

/// The zone that most callers live in: their operator's wall clock, as far as can be told. It is the clock of the site even where moments
/// are counts that need none.
pub(super) fn zone(
    template: &mut Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Notes,
) {
    if template.zone.is_some() {
        return;
    }
    let column =
        template.columns.get(&Role::Caller).or_else(|| template.columns.get(&Role::Subscriber));
    let texts = column
        .map(|column| sample.rows.iter().map(|row| told(column, row, present)).collect::<Vec<_>>())
        .unwrap_or_default();
    let country = template.country.as_deref().and_then(region_of);
    let numbering = Numbering { country, plus_left_out: template.plus_left_out == Some(true) };
    let mut zones: BTreeMap<&'static str, usize> = BTreeMap::new();
    for text in &texts {
        let Ok(Some(Identified::Key(key))) = identify(text.as_bytes(), numbering) else { continue };
        let international = key.number_text().filter(|_| key.kind() == LineKind::E164);
        let digits = international.as_deref().and_then(|text| text.strip_prefix('+'));
        if let Some(zone) = digits.and_then(domain::calling_code::zone) {
            let count = zones.entry(zone).or_insert(0);
            *count = count.saturating_add(1);
        }
    }
    let most = zones.into_iter().max_by_key(|(_, count)| *count);
    match most.filter(|(_, count)| count.saturating_mul(10) >= texts.len().saturating_mul(6)) {
        Some((zone, count)) => {
            notes.guess(format!(
                "No time zone is stated: {zone} is taken, because {count} of {} sampled callers have its numbers. Say another with --zone.",
                texts.len()
            ));
            template.zone = Some(zone.to_owned());
        }
        None => notes.guess("No time zone is stated: times without an offset are read as UTC. Say another with --zone.".to_owned()),
    }
}

/// Moments from which their spread tells day from month.
const CLEAR_MOMENTS_MIN: usize = 20;

/// Seconds from the first to the last of the moments that a form reads.
fn span_s(form: &Form, texts: &[String]) -> i64 {
    let read =
        || texts.iter().filter_map(|text| form.read(text.as_bytes())).map(|read| read.local_s);
    read().max().unwrap_or_default().saturating_sub(read().min().unwrap_or_default())
}

fn swapped(a: &Form, b: &Form) -> bool {
    a.text() != b.text()
        && a.text().replace("%d", "%x").replace("%m", "%d").replace("%x", "%m") == b.text()
}
