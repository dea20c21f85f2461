//! What the records show of people who may be held: in the machine's form, and in sentences.

use crate::input::Input;
use crate::report::{fact_name, rounded};
use domain::mask::Sight;
use domain::zone::Clock;
use people::{Captivity, Sign, Status};
use serde::Serialize;
use std::fmt::Write as _;

/// Who reads: what they may see of numbers, and of calls for help.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant {
    /// Whole numbers or masked ones.
    pub(crate) sight: Sight,
    /// Whether they are a protection officer, who may see who called for help and when.
    pub(crate) protection: bool,
}

impl Grant {
    /// What anybody may see.
    pub(crate) const ANYBODY: Self = Self { sight: Sight::Masked, protection: false };
}

/// What stands for what only a protection officer may read.
const RESTRICTED: &str = "For protection officers only (--protection).";

/// One indicator.
#[derive(Serialize)]
pub(crate) struct SignReport {
    indicator: &'static str,
    ilo: &'static str,
    family: &'static str,
    status: &'static str,
    confidence: f64,
    statement: String,
    counter_sign: Option<String>,
    restricted: bool,
    facts: Vec<String>,
}

/// Whether a welfare check is advised.
#[derive(Serialize)]
pub(crate) struct WelfareReport {
    advised: bool,
    urgent: bool,
    families: Vec<&'static str>,
    pub(crate) vantage_points: usize,
    statement: String,
    /// Lines of newcomers that fell silent: phones of people who may be held.
    silenced: Vec<String>,
}

/// The indicators of a room.
pub(crate) fn signs(
    captivity: &Captivity,
    input: &Input,
    site: &Clock,
    grant: Grant,
) -> Vec<SignReport> {
    let of = |sign: &Sign| {
        let hidden = sign.is_restricted() && !grant.protection;
        let facts = if hidden { &[][..] } else { &sign.facts };
        SignReport {
            indicator: sign.indicator.word(),
            ilo: sign.indicator.ilo(),
            family: sign.indicator.family(),
            status: sign.status.word(),
            confidence: if hidden { 0.0 } else { rounded(sign.confidence) },
            statement: if hidden && sign.status == Status::Seen {
                RESTRICTED.to_owned()
            } else {
                sign.statement.clone()
            },
            counter_sign: sign.counter_sign.clone().filter(|_| !hidden),
            restricted: sign.is_restricted(),
            facts: facts.iter().map(|fact| fact_name(*fact, input, site, grant.sight)).collect(),
        }
    };
    captivity.signs.iter().map(of).collect()
}

/// Whether a welfare check is advised in a room.
pub(crate) fn welfare(captivity: &Captivity, input: &Input, sight: Sight) -> WelfareReport {
    let shown = |line: &u32| sight.show(input.calls.names.lines.text(*line)).into_owned();
    WelfareReport {
        advised: captivity.welfare.advised,
        urgent: captivity.welfare.urgent,
        families: captivity.welfare.families.clone(),
        vantage_points: 1,
        statement: captivity.welfare.statement.clone(),
        silenced: captivity.silenced.iter().map(shown).collect(),
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
