//! Cohorts that fell silent: in the machine's form, and in sentences.

use crate::commands::find::Answer;
use crate::input::Input;
use crate::page::sure;
use crate::reported::{facts, rounded};
use domain::mask::Sight;
use domain::zone::{Clock, date_text, stamp_text};
use report::CohortReport;
use std::fmt::Write as _;

/// What became of people cannot be seen from where they left.
const HIDDEN: &str =
    "Where they are now and whether they are held: this is seen from other vantage points.";

fn verdict(is_lead: bool) -> &'static str {
    if is_lead { "lead" } else { "watch" }
}

/// All cohorts.
pub(crate) fn reports(answer: &Answer, input: &Input, site: &Clock) -> Vec<CohortReport> {
    let text = |line: u32| input.calls.names.lines.text(line);
    let stamp = |at_s: u32| stamp_text(site.local_s(at_s));
    let cohorts = answer.people.cohorts.iter().enumerate();
    let of = cohorts.map(|(nth, cohort)| CohortReport {
        id: format!("C{}", nth + 1),
        verdict: verdict(cohort.is_lead).to_owned(),
        probability: rounded(cohort.probability),
        silent_from: stamp(cohort.silent_s.0),
        silent_until: stamp(input.calls.as_of_s),
        lines: cohort.lines.iter().map(|line| text(*line)).collect(),
        common_contact: text(cohort.common),
        statements: cohort.statements.clone(),
        counter_evidence: cohort.counter.clone(),
        not_observable: vec![HIDDEN.to_owned()],
        facts: facts(&cohort.facts, input, site),
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
