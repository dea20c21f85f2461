//! Cohorts that fell silent: in the machine's form, and in sentences.

use crate::commands::find::Answer;
use crate::input::Input;
use crate::page::sure;
use crate::report::{fact_name, rounded};
use domain::mask::Sight;
use domain::zone::{Clock, date_text, stamp_text};
use serde::Serialize;
use std::fmt::Write as _;

/// A cohort.
#[derive(Serialize)]
pub(crate) struct CohortReport {
    id: String,
    verdict: &'static str,
    probability: f64,
    silent_from: String,
    silent_until: String,
    lines: Vec<String>,
    common_contact: String,
    statements: Vec<String>,
    counter_evidence: Vec<String>,
    not_observable: Vec<&'static str>,
    facts: Vec<String>,
}

/// What became of people cannot be seen from where they left.
const HIDDEN: &str =
    "Where they are now and whether they are held: this is seen from other vantage points.";

fn verdict(is_lead: bool) -> &'static str {
    if is_lead { "lead" } else { "watch" }
}

/// All cohorts.
pub(crate) fn reports(
    answer: &Answer,
    input: &Input,
    site: &Clock,
    sight: Sight,
) -> Vec<CohortReport> {
    let shown = |line: u32| sight.show(input.calls.names.lines.text(line)).into_owned();
    let stamp = |at_s: u32| stamp_text(site.local_s(at_s));
    let cohorts = answer.people.cohorts.iter().enumerate();
    let of = cohorts.map(|(nth, cohort)| CohortReport {
        id: format!("C{}", nth + 1),
        verdict: verdict(cohort.is_lead),
        probability: rounded(cohort.probability),
        silent_from: stamp(cohort.silent_s.0),
        silent_until: stamp(input.calls.as_of_s),
        lines: cohort.lines.iter().map(|line| shown(*line)).collect(),
        common_contact: shown(cohort.common),
        statements: cohort.statements.clone(),
        counter_evidence: cohort.counter.clone(),
        not_observable: vec![HIDDEN],
        facts: cohort.facts.iter().map(|fact| fact_name(*fact, input, site, sight)).collect(),
    });
    of.collect()
}

/// The same in sentences.
pub(crate) fn page(answer: &Answer, input: &Input, site: &Clock, sight: Sight) -> String {
    let mut text = String::new();
    for (nth, cohort) in answer.people.cohorts.iter().enumerate() {
        let _infallible = writeln!(
            text,
            "\nC{} · {} · {} lines fell silent together on {} · {} not by chance",
            nth + 1,
            verdict(cohort.is_lead),
            cohort.lines.len(),
            date_text(site.local_s(cohort.silent_s.0)),
            sure(cohort.probability)
        );
        for sentence in &cohort.statements {
            let _infallible = writeln!(text, "  For: {sentence}");
        }
        for sentence in &cohort.counter {
            let _infallible = writeln!(text, "  Against: {sentence}");
        }
        let _infallible = writeln!(
            text,
            "  The line that spoke with them: {}\n  Not observable: {HIDDEN}",
            sight.show(input.calls.names.lines.text(cohort.common))
        );
    }
    text
}
