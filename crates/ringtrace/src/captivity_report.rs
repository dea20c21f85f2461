//! What the records show of people who may be held: in the machine's form, and in sentences.

use crate::input::Input;
use crate::reported::{facts, rounded};
use domain::zone::Clock;
use people::{Captivity, Sign, Status};
use report::{Grant, RESTRICTED, SignReport, WelfareReport};
use std::fmt::Write as _;

/// The indicators of a room.
pub(crate) fn signs(captivity: &Captivity, input: &Input, site: &Clock) -> Vec<SignReport> {
    let of = |sign: &Sign| SignReport {
        indicator: sign.indicator.word().to_owned(),
        ilo: sign.indicator.ilo().to_owned(),
        family: sign.indicator.family().to_owned(),
        status: sign.status.word().to_owned(),
        confidence: rounded(sign.confidence),
        statement: sign.statement.clone(),
        counter_sign: sign.counter_sign.clone(),
        restricted: sign.is_restricted(),
        facts: facts(&sign.facts, input, site),
    };
    captivity.signs.iter().map(of).collect()
}

/// Whether a welfare check is advised in a room.
pub(crate) fn welfare(captivity: &Captivity, input: &Input) -> WelfareReport {
    let text = |line: &u32| input.calls.names.lines.text(*line);
    WelfareReport {
        advised: captivity.welfare.advised,
        urgent: captivity.welfare.urgent,
        families: captivity.welfare.families.iter().map(|family| (*family).to_owned()).collect(),
        vantage_points: 1,
        statement: captivity.welfare.statement.clone(),
        silenced: captivity.silenced.iter().map(text).collect(),
    }
}

/// The same in sentences.
pub(crate) fn page(captivity: &Captivity, grant: Grant) -> String {
    let mut text = format!("  People inside: {}\n", captivity.welfare.statement);
    if captivity.welfare.urgent {
        text.push_str(
            "    Urgent: somebody may have called for help. Let nobody at the place know.\n",
        );
    }
    for sign in captivity.signs.iter().filter(|sign| sign.status == Status::Seen) {
        let hidden = sign.is_restricted() && !grant.protection;
        let _infallible = writeln!(
            text,
            "    Seen [{}; {}{}] {}",
            sign.indicator.word(),
            sign.indicator.ilo(),
            if hidden { String::new() } else { format!(", {:.0} %", sign.confidence * 100.0) },
            if hidden { RESTRICTED } else { &sign.statement }
        );
    }
    let hidden = captivity.signs.iter().filter(|sign| sign.status == Status::NotObservable);
    for sign in hidden {
        let _infallible =
            writeln!(text, "    Not observable [{}] {}", sign.indicator.word(), sign.statement);
    }
    text
}
