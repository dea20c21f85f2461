//! What the shipped model is made of: the project's own grammar, and public texts whose licences allow it.
//!
//! Takes labelled texts of named sources. Gives the heads: `lead` (is this a scam), `kind` (ordinary, one-time code, advertising, scam), `type` (which scam).
//! A source's labels mean what its makers meant: “spam” of UCI may be advertising or a scam, so both are left open.

use crate::grammar::{Truth, made};
use crate::identifier::Numbers;
use crate::language::Language;
use crate::model::Model;
use crate::reading::Reading;
use crate::train::{Example, Plan, train};
use crate::written::written;
use rayon::prelude::*;

/// The kinds of the head `kind`.
pub const KINDS: [&str; 4] = ["ordinary", "code", "advertising", "scam"];

/// The types of scams, as the grammar's headings name them.
pub const TYPES: [&str; 13] = [
    "bank_impersonation",
    "official_impersonation",
    "parcel_customs",
    "kidnapping_extortion",
    "romance",
    "investment_crypto",
    "job_task",
    "loan",
    "tech_support",
    "prize",
    "acquaintance_or_boss",
    "sextortion",
    "advert_lure",
];

/// Where a labelled text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Texts that the project wrote one by one: `scam` or `innocent`, a blank, and the class.
    Written,
    /// UCI SMS Spam Collection (Almeida et al., 2011; CC BY 4.0): ham or spam.
    Uci,
    /// Thai SMS: scam, spam, OK, OTP (MIT).
    Thai,
    /// Robocall transcripts of the FTC's “Point of No Entry” (public domain).
    Robocalls,
    /// `TeleAntiFraud` dialogues (Ma et al., 2025; Apache-2.0), made by a language model: its types of fraud, or ordinary services.
    TeleAntiFraud,
}

/// A labelled text.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// Where it comes from.
    pub source: Source,
    /// The text.
    pub text: String,
    /// The label as the source has it.
    pub label: String,
}

/// What is known of a text: whether it is a scam, which kinds it may be, which type.
struct Known {
    scam: Option<bool>,
    kinds: [Option<bool>; 4],
    kind: Option<&'static str>,
    cost: f32,
}

const ORDINARY: [Option<bool>; 4] = [Some(true), Some(false), Some(false), Some(false)];
const CODE: [Option<bool>; 4] = [Some(false), Some(true), Some(false), Some(false)];
const ADVERTISING: [Option<bool>; 4] = [Some(false), Some(false), Some(true), Some(false)];
const SCAM: [Option<bool>; 4] = [Some(false), Some(false), Some(false), Some(true)];
/// Wanted or not is all that is known.
const WANTED: [Option<bool>; 4] = [None, None, Some(false), Some(false)];
const UNWANTED: [Option<bool>; 4] = [Some(false), Some(false), None, None];

impl Known {
    fn of(source: Source, label: &str) -> Option<Self> {
        let known = |scam, kinds, kind, cost| Some(Self { scam, kinds, kind, cost });
        match (source, label.to_ascii_lowercase().as_str()) {
            (Source::Uci, "ham") => known(Some(false), WANTED, None, 0.5),
            (Source::Uci, "spam") => known(None, UNWANTED, None, 1.0),
            // Its “scam” holds charity appeals and shops too: it counts less for a lead.
            (Source::Thai, "scam") => known(Some(true), SCAM, None, 0.4),
            (Source::Thai, "spam") => known(Some(false), ADVERTISING, None, 1.0),
            (Source::Thai, "ok") => known(Some(false), ORDINARY, None, 1.0),
            (Source::Thai, "otp") => known(Some(false), CODE, None, 1.0),
            (Source::Robocalls, _) => known(Some(true), UNWANTED, None, 0.4),
            (Source::TeleAntiFraud, label) if FRAUDS.iter().any(|(fraud, _)| *fraud == label) => {
                let kind =
                    FRAUDS.iter().find(|(fraud, _)| *fraud == label).and_then(|(_, kind)| *kind);
                known(Some(true), SCAM, kind, 0.3)
            }
            (Source::TeleAntiFraud, _) => known(Some(false), ORDINARY, None, 0.3),
            (Source::Written, label) => Self::written(label),
            _ => None,
        }
    }

    fn written(label: &str) -> Option<Self> {
        let (kind, class) = label.split_once(' ')?;
        let scam = kind == "scam";
        let kinds = match class {
            _ if scam => SCAM,
            "one_time_code" => CODE,
            "subscription_marketing" => ADVERTISING,
            _ => ORDINARY,
        };
        let kind = TYPES.iter().copied().find(|name| scam && *name == class);
        Some(Self { scam: Some(scam), kinds, kind, cost: WRITTEN_COST })
    }
}

/// A text written one by one says more than one that a rule made fourteen times.
const WRITTEN_COST: f32 = 4.0;

/// The frauds of `TeleAntiFraud` and their types; some fit none. Its other labels are services.
const FRAUDS: [(&str, Option<&str>); 8] = [
    ("绑架诈骗", Some("kidnapping_extortion")),
    ("银行诈骗", Some("bank_impersonation")),
    ("彩票诈骗", Some("prize")),
    ("投资诈骗", Some("investment_crypto")),
    ("客服诈骗", None),
    ("邮件诈骗", None),
    ("钓鱼诈骗", None),
    ("身份盗窃", None),
];

/// One text, read and known.
struct Row {
    known: Known,
    features: Vec<crate::feature::Feature>,
    language: Language,
    group: u64,
    hard: bool,
}

/// The grammar's seed of the shipped model.
pub const SEED: u64 = 20_261_127;

/// Trains the heads from the grammar, the written texts and labelled texts of public sources. The same texts in the same order give the same model.
pub fn train_model(labelled: &[Labelled]) -> Model {
    let mut rows: Vec<Row> = labelled.par_iter().filter_map(row).collect();
    rows.extend(written().par_iter().filter_map(row).collect::<Vec<_>>());
    rows.extend(made(SEED).par_iter().map(made_row).collect::<Vec<_>>());
    let heads = [
        head("lead", &["scam"], 1 << 18, 0.5, &rows, |known| vec![known.scam]),
        head("kind", &KINDS, 1 << 18, 1.0, &rows, |known| known.kinds.to_vec()),
        head("type", &TYPES, 1 << 16, 0.5, &rows, |known| {
            TYPES.iter().map(|name| known.kind.map(|kind| kind == *name)).collect()
        }),
    ];
    Model { heads: heads.into() }
}

fn head(
    name: &str,
    classes: &[&str],
    buckets: usize,
    cost: f32,
    rows: &[Row],
    is: impl Fn(&Known) -> Vec<Option<bool>>,
) -> crate::model::Head {
    let examples: Vec<Example> = rows
        .iter()
        .filter_map(|row| {
            let is = is(&row.known);
            is.iter().any(Option::is_some).then(|| Example {
                features: row.features.clone(),
                language: row.language,
                is,
                group: row.group,
                cost: row.known.cost,
                hard: row.hard,
            })
        })
        .collect();
    let plan = Plan {
        name: name.to_owned(),
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
        buckets,
        cost,
        balanced: false,
    };
    train(&plan, &examples)
}

fn row(labelled: &Labelled) -> Option<Row> {
    let known = Known::of(labelled.source, &labelled.label)?;
    let reading = Reading::of(&labelled.text, &Numbers::default());
    Some(Row {
        known,
        features: reading.features(),
        language: reading.languages.main,
        group: group(reading.folded.text()),
        hard: labelled.source == Source::Written,
    })
}

fn made_row(made: &crate::grammar::Made) -> Row {
    let reading = Reading::of(&made.text, &Numbers::default());
    let (scam, kinds) = match made.truth {
        Truth::Scam => (true, SCAM),
        Truth::Spam => (false, ADVERTISING),
        Truth::Code => (false, CODE),
        Truth::Ordinary => (false, ORDINARY),
    };
    let kind = TYPES.iter().copied().find(|name| scam && *name == made.class);
    Row {
        known: Known { scam: Some(scam), kinds, kind, cost: 1.0 },
        features: reading.features(),
        language: made.language,
        group: made.rule,
        hard: false,
    }
}

/// Texts that differ in digits and marks only are of one group.
pub fn group(folded: &str) -> u64 {
    folded
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .take(60)
        .fold(0xcbf2_9ce4_8422_2325, |state, letter| {
            (state ^ u64::from(u32::from(letter))).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

/// The group of a name: of a campaign or a call.
pub fn group_named(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |state, byte| {
        (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
