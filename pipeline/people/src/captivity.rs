//! Possible captives: what the records show of people who may be held in a room, and what they cannot show.
//!
//! Takes: the rooms, where their lines were seen, and who came when they began or later. Gives: for each room the nine indicators of
//! docs/concepts/captivity.md, each mapped to one of the International Labour Organization's indicators of forced labour (ILO, 2012), seen, not seen or
//! not observable, with a counter-sign; and whether a welfare check is advised. Decides: that it is, where three families of indicators that fail
//! independently speak. Never decides that somebody is held: that is for people to find out.
//!
//! Invariants: nobody's country, sex, language or papers are looked at: renaming lines changes nothing but names. What the feeds cannot show is
//! not observable, never "not seen". Absence of signs is not safety.

mod arrival;
mod batch;
mod cohort;
mod convoy;
mod device_substitution;
mod distress;
mod documents;
mod economy;
mod hours;
mod isolation;
mod newcomer;
mod no_exit;
mod view;

use crate::config::CaptivityConfig;
use rayon::prelude::*;
use rooms::FactRef;
use std::collections::BTreeSet;
pub(crate) use view::{View, views};

/// What may show that people are held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Indicator {
    /// Nobody leaves the site.
    NoExit,
    /// Newcomers' own phones fall silent together.
    Isolation,
    /// Their handsets vanish while others appear.
    DeviceSubstitution,
    /// Work without end, in somebody else's day.
    Hours,
    /// Many arrived at once.
    Cohort,
    /// All are moved together.
    Convoy,
    /// Short or cut calls for help.
    Distress,
    /// Papers are kept, or debts are owed.
    Documents,
    /// Nobody spends anything.
    Economy,
}

impl Indicator {
    /// All, in the order they are told.
    pub const ALL: [Self; 9] = [
        Self::NoExit,
        Self::Isolation,
        Self::DeviceSubstitution,
        Self::Hours,
        Self::Cohort,
        Self::Convoy,
        Self::Distress,
        Self::Documents,
        Self::Economy,
    ];

    /// The word in output; its page is docs/concepts/captivity/WORD.md, with dashes.
    pub fn word(self) -> &'static str {
        match self {
            Self::NoExit => "no_exit",
            Self::Isolation => "isolation",
            Self::DeviceSubstitution => "device_substitution",
            Self::Hours => "hours",
            Self::Cohort => "cohort",
            Self::Convoy => "convoy",
            Self::Distress => "distress",
            Self::Documents => "documents",
            Self::Economy => "economy",
        }
    }

    /// The International Labour Organization's indicator of forced labour that it is mapped to.
    pub fn ilo(self) -> &'static str {
        match self {
            Self::NoExit | Self::Convoy => "restriction of movement",
            Self::Isolation | Self::DeviceSubstitution => "isolation",
            Self::Hours => "excessive overtime",
            Self::Cohort => "deception",
            Self::Distress => "intimidation and threats",
            Self::Documents => "retention of identity documents",
            Self::Economy => "withholding of wages",
        }
    }

    /// The family of indicators that fail together: one kind of record may show several of them.
    pub fn family(self) -> &'static str {
        match self {
            Self::NoExit | Self::Convoy => "movement",
            Self::Isolation | Self::DeviceSubstitution => "contact",
            Self::Hours => "work",
            Self::Cohort => "arrival",
            Self::Distress => "distress",
            Self::Documents => "documents",
            Self::Economy => "economy",
        }
    }
}

/// What the records say of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// They show it.
    Seen,
    /// They would show it, and do not.
    NotSeen,
    /// They cannot show it.
    NotObservable,
}

impl Status {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::NotSeen => "not_seen",
            Self::NotObservable => "not_observable",
        }
    }
}

/// What the records say of one indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The indicator.
    pub indicator: Indicator,
    /// What they say.
    pub status: Status,
    /// How much it rests on, 0..=1: n / (n + doubt) for n people, phones or days; 0 where it is not seen.
    pub confidence: f64,
    /// What a protection officer reads, without identifiers.
    pub statement: String,
    /// What speaks against it.
    pub counter_sign: Option<String>,
    /// Examples of the facts it rests on.
    pub facts: Vec<FactRef>,
}

impl Sign {
    /// Whether its facts are for protection officers only: who called for help must not be found out by those who hold them.
    pub fn is_restricted(&self) -> bool {
        self.indicator == Indicator::Distress
    }

    fn seen(indicator: Indicator, rests_on: usize, statement: String, view: &View<'_>) -> Self {
        let rests_on = rests_on as f64;
        Self {
            indicator,
            status: Status::Seen,
            confidence: rests_on / (rests_on + view.config.doubt),
            statement,
            counter_sign: None,
            facts: Vec::new(),
        }
    }

    fn not_seen(indicator: Indicator, statement: String) -> Self {
        let (status, facts) = (Status::NotSeen, Vec::new());
        Self { indicator, status, confidence: 0.0, statement, counter_sign: None, facts }
    }

    fn not_observable(indicator: Indicator, why: &str) -> Self {
        let (status, statement) = (Status::NotObservable, why.to_owned());
        Self { status, ..Self::not_seen(indicator, statement) }
    }

    fn against(self, counter_sign: Option<String>) -> Self {
        Self { counter_sign, ..self }
    }

    fn with(self, facts: Vec<FactRef>) -> Self {
        Self { facts, ..self }
    }
}

/// Whether a welfare check is advised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Welfare {
    /// Whether it is.
    pub advised: bool,
    /// Whether somebody may have called for help.
    pub urgent: bool,
    /// The families of indicators that were seen.
    pub families: Vec<&'static str>,
    /// The sentence for a protection officer.
    pub statement: String,
}

/// What the records say of people who may be held in one room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Captivity {
    /// The indicators, in their order.
    pub signs: Vec<Sign>,
    /// Whether a welfare check is advised.
    pub welfare: Welfare,
    /// Lines of newcomers that fell silent: phones of people who may be held.
    pub silenced: Vec<u32>,
}

/// The captivity of all rooms, in their order, given their views.
pub(crate) fn captivity(views: &[View<'_>], config: &CaptivityConfig) -> Vec<Captivity> {
    views.par_iter().with_max_len(1).map(|view| of_room(view, config)).collect()
}

/// Why a relay shows nothing of people.
const DEVICES: &str =
    "Its lines are devices: where they stand and when they work says nothing of people.";

fn of_room(view: &View<'_>, config: &CaptivityConfig) -> Captivity {
    let of_people = |indicator, sign: fn(&View<'_>) -> Sign| {
        if view.is_relay { Sign::not_observable(indicator, DEVICES) } else { sign(view) }
    };
    let signs = vec![
        of_people(Indicator::NoExit, no_exit::sign),
        of_people(Indicator::Isolation, isolation::sign),
        of_people(Indicator::DeviceSubstitution, device_substitution::sign),
        of_people(Indicator::Hours, hours::sign),
        of_people(Indicator::Cohort, cohort::sign),
        of_people(Indicator::Convoy, convoy::sign),
        distress::sign(view),
        documents::sign(),
        economy::sign(),
    ];
    let silenced =
        view.newcomers.iter().filter(|one| one.is_silent()).map(|one| one.line).collect();
    Captivity { welfare: welfare(&signs, config), signs, silenced }
}

fn welfare(signs: &[Sign], config: &CaptivityConfig) -> Welfare {
    let seen = || signs.iter().filter(|sign| sign.status == Status::Seen);
    let families: BTreeSet<&'static str> = seen().map(|sign| sign.indicator.family()).collect();
    let families: Vec<&'static str> = families.into_iter().collect();
    let leave =
        |sign: &&Sign| sign.indicator == Indicator::NoExit && sign.status == Status::NotSeen;
    let leave = signs.iter().find(leave).is_some_and(|sign| sign.counter_sign.is_some());
    let advised = families.len() >= config.families_min + usize::from(leave);
    let urgent = seen().any(|sign| sign.indicator == Indicator::Distress);
    let open = signs.iter().filter(|sign| !sign.is_restricted());
    let against: Vec<&str> = open.filter_map(|sign| sign.counter_sign.as_deref()).collect();
    let hidden = signs.iter().filter(|sign| sign.status == Status::NotObservable).count();
    let told = if advised {
        format!(
            "Welfare check advised: {} independent families of signs speak ({}). Protection comes before enforcement.",
            families.len(),
            families.join(", ")
        )
    } else if families.is_empty() {
        "No sign that people are held; that is not safety.".to_owned()
    } else {
        format!(
            "Signs speak ({}), too few for a welfare check to be advised on these records.",
            families.join(", ")
        )
    };
    let hidden = match hidden {
        0 => String::new(),
        1 => " 1 indicator cannot be observed.".to_owned(),
        hidden => format!(" {hidden} indicators cannot be observed."),
    };
    let against =
        if against.is_empty() { String::new() } else { format!(" Against: {}", against.join(" ")) };
    let statement = format!("{told}{hidden}{against}");
    Welfare { advised, urgent, families, statement }
}

#[cfg(test)]
mod tests;
