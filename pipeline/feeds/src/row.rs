//! One row becomes one call draft, or a reason why not.

mod identifier_memo;
mod sides;
mod sighting;
mod times;

use crate::identifier::{handset, name, plain_e164};
use crate::plan::Plan;
use crate::template::{Role, Tells};
use crate::value::{Fields, Value};
use crate::word_memo::WordMemo;
use crate::words::{self, Direction};
use domain::{LineKey, Outcome};
use facts::call::{Attestation, Leg};
use facts::column::NameSet;
use facts::{CallDraft, Dictionaries, Extra, Interner, NONE, Observed, Reason, Recent};
use identifier_memo::IdentifierMemo;

/// Why a row is refused and the value at fault.
pub type Refusal = (Reason, Vec<u8>);

/// Reads rows by a plan, with the dictionaries and memories of one thread.
#[derive(Debug)]
pub struct RowReader {
    plan: Plan,
    form_hint: usize,
    /// Texts of moments that came lately, and their instants: feeds are in order of time.
    instants: Recent<u32>,
    /// Words for outcomes, and whether they tell causes.
    outcomes: Recent<(Outcome, bool)>,
    /// Words for directions.
    directions: Recent<Option<Direction>>,
    /// Words for kinds, and whether they are other than calls.
    kinds: Recent<bool>,
    memo: IdentifierMemo,
    extras_there: Vec<(Role, Extra, Extra)>,
    scratch: Vec<u8>,
    /// What the words of optional columns were interned as.
    word_memos: [WordMemo; Extra::COUNT],
    /// What the rows read so far could show.
    pub observed: Observed,
}

/// Optional columns, and what they are of the caller's own record and of the callee's.
pub const EXTRAS: [(Role, Extra, Extra); 8] = [
    (Role::CallerCell, Extra::CallerCell, Extra::CallerCell),
    (Role::CalleeCell, Extra::CalleeCell, Extra::CalleeCell),
    (Role::Cell, Extra::CallerCell, Extra::CalleeCell),
    (Role::CallerImei, Extra::CallerHandset, Extra::CallerHandset),
    (Role::CalleeImei, Extra::CalleeHandset, Extra::CalleeHandset),
    (Role::Imei, Extra::CallerHandset, Extra::CalleeHandset),
    (Role::CallerImsi, Extra::CallerSim, Extra::CallerSim),
    (Role::Route, Extra::Route, Extra::Route),
];

impl RowReader {
    /// A reader for a plan.
    pub fn new(plan: Plan) -> Self {
        let mut observed = Observed::default();
        observed.outcome = plan.origin(Role::Outcome).is_there();
        observed.sightings = plan.tells == Tells::Sightings;
        let extras_there =
            EXTRAS.into_iter().filter(|(role, ..)| plan.origin(*role).is_there()).collect();
        Self {
            plan,
            form_hint: 0,
            instants: Recent::new(6),
            outcomes: Recent::new(4),
            directions: Recent::new(3),
            kinds: Recent::new(3),
            memo: IdentifierMemo::default(),
            extras_there,
            scratch: Vec::new(),
            word_memos: Default::default(),
            observed,
        }
    }

    /// Reads a row. The draft's row number is left for the caller to set.
    pub fn read(
        &mut self,
        fields: &impl Fields,
        names: &mut Dictionaries,
    ) -> Result<CallDraft, Refusal> {
        if self.plan.tells == Tells::Sightings {
            return self.sighting(fields, names);
        }
        self.refuse_other_kinds(fields)?;
        let mut draft = CallDraft::default();
        let sides = self.sides(fields)?;
        draft.leg = sides.leg;
        let (caller, caller_raw) = self.line(fields, sides.caller, names)?;
        let (callee, callee_raw) = self.line(fields, sides.callee, names)?;
        (draft.caller, draft.callee) = (caller, callee);
        self.set(&mut draft, Extra::CallerRaw, caller_raw);
        self.set(&mut draft, Extra::CalleeRaw, callee_raw);
        if draft.caller == LineKey::NONE {
            return Err((Reason::NoCaller, Vec::new()));
        }
        if draft.callee == LineKey::NONE {
            return Err((Reason::NoCallee, Vec::new()));
        }
        if draft.caller == draft.callee {
            return Err((Reason::CallToItself, self.raw(fields, sides.caller)));
        }
        draft.start_s = self.start(fields)?;
        draft.duration_s = match self.duration(fields, draft.start_s) {
            // What never connected often has no duration.
            Err((Reason::BadDuration, value)) if value.is_empty() && self.is_unanswered(fields) => {
                0
            }
            told => told?,
        };
        draft.outcome = self.outcome(fields, draft.duration_s);
        draft.attestation = self.attestation(fields);
        self.extras(fields, sides.leg, names, &mut draft);
        Ok(draft)
    }

    /// The plan that rows are read by.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The instant of a reading of the feed's wall clock; `None` outside 1970-2106.
    #[inline]
    pub fn instant_s(&mut self, reading: crate::moment::Reading) -> Option<u32> {
        self.plan.clock.instant_s(reading)
    }

    /// Whether a refused row repeats the file's header.
    pub fn is_header(&self, fields: &impl Fields) -> bool {
        let header = &self.plan.header;
        let same = |(column, name): (usize, &String)| {
            fields
                .value(column)
                .text()
                .is_some_and(|text| text.trim_ascii() == name.trim().as_bytes())
        };
        !header.is_empty() && header.iter().enumerate().all(same)
    }

    fn raw(&mut self, fields: &impl Fields, role: Role) -> Vec<u8> {
        self.plan.origin(role).value(fields, &mut self.scratch).write(&mut Vec::new()).to_vec()
    }

    /// Notes an optional value, if there is one.
    pub fn set(&mut self, draft: &mut CallDraft, extra: Extra, value: u32) {
        if value != NONE {
            draft.set(extra, value);
            self.observed.add(extra);
        }
    }

    /// The line in a role, and its raw text where that differs; [`LineKey::NONE`] where there is none.
    fn line(
        &mut self,
        fields: &impl Fields,
        role: Role,
        names: &mut Dictionaries,
    ) -> Result<(LineKey, u32), Refusal> {
        let value = self.plan.origin(role).value(fields, &mut self.scratch);
        if let Value::Text(text) = value
            && let Some(key) = plain_e164(text)
        {
            return Ok((key, NONE));
        }
        let mut number = Vec::new();
        let text = value.write(&mut number);
        self.memo.line(text.trim_ascii(), &self.plan, names)
    }

    /// As the feed says; where it does not, a call that lasted was answered.
    fn outcome(&mut self, fields: &impl Fields, duration_s: u32) -> Outcome {
        let Self { plan, scratch, outcomes, observed, .. } = self;
        let value = plan.origin(Role::Outcome).value(fields, scratch);
        let told = match value {
            Value::Flag(true) => Outcome::Answered,
            Value::Flag(false) => Outcome::NoAnswer,
            Value::Text(_) | Value::Whole(_) => {
                let mut number = Vec::new();
                let (told, causes) = meaning(value.write(&mut number), plan, outcomes);
                observed.causes |= causes;
                told
            }
            Value::Missing | Value::Broken(_) | Value::Moment { .. } | Value::Span(_) => {
                Outcome::Unknown
            }
        };
        self.settled(told, duration_s)
    }

    fn is_unanswered(&mut self, fields: &impl Fields) -> bool {
        self.plan.origin(Role::Outcome).is_there()
            && !matches!(self.outcome(fields, 0), Outcome::Answered | Outcome::Unknown)
    }

    /// The outcome of a call, by the feed's word.
    #[inline]
    pub fn outcome_of(&mut self, word: &[u8], duration_s: u32) -> Outcome {
        let (told, causes) = meaning(word, &self.plan, &mut self.outcomes);
        self.observed.causes |= causes;
        self.settled(told, duration_s)
    }

    fn settled(&self, told: Outcome, duration_s: u32) -> Outcome {
        match told {
            Outcome::Unknown if duration_s > 0 => Outcome::Answered,
            Outcome::Unknown if !self.observed.outcome => Outcome::NoAnswer,
            told => told,
        }
    }

    /// What the words of an optional column were interned as.
    pub fn word_memo(&mut self, extra: Extra) -> Option<&mut WordMemo> {
        self.word_memos.get_mut(extra as usize)
    }

    fn attestation(&mut self, fields: &impl Fields) -> Attestation {
        let value = self.plan.origin(Role::Attestation).value(fields, &mut self.scratch);
        let level = value.text().map_or(Attestation::None, words::attestation);
        self.observed.attestation |= level != Attestation::None;
        level
    }

    fn extras(
        &mut self,
        fields: &impl Fields,
        leg: Leg,
        names: &mut Dictionaries,
        draft: &mut CallDraft,
    ) {
        let own = |caller: Extra, callee: Extra| if leg == Leg::Callee { callee } else { caller };
        for at in 0..self.extras_there.len() {
            let Some((role, caller, callee)) = self.extras_there.get(at).copied() else { break };
            self.extra(fields, role, own(caller, callee), names, draft);
        }
        if leg != Leg::Callee && self.plan.origin(Role::Imsi).is_there() {
            self.extra(fields, Role::Imsi, Extra::CallerSim, names, draft);
        }
    }

    fn extra(
        &mut self,
        fields: &impl Fields,
        role: Role,
        extra: Extra,
        names: &mut Dictionaries,
        draft: &mut CallDraft,
    ) {
        let value = self.plan.origin(role).value(fields, &mut self.scratch);
        let mut number = Vec::new();
        let text = value.write(&mut number);
        let Some(interner) = dictionary(extra, names) else {
            let key = handset(text, &mut names.handsets);
            if key != LineKey::NONE {
                self.observed.add(extra);
            }
            match extra {
                Extra::CalleeHandset => draft.callee_handset = key,
                _ => draft.caller_handset = key,
            }
            return;
        };
        let value = name(text, interner).unwrap_or(NONE);
        self.set(draft, extra, value);
    }
}

/// The dictionary of an optional column; handsets have none, they are their own keys.
pub fn dictionary(extra: Extra, names: &mut Dictionaries) -> Option<&mut Interner> {
    match extra.names() {
        NameSet::Handsets => None,
        NameSet::Cells => Some(&mut names.cells),
        NameSet::Sims => Some(&mut names.sims),
        NameSet::Routes => Some(&mut names.routes),
        NameSet::Raws => Some(&mut names.raws),
    }
}

/// What a word for outcomes means, and whether it tells causes.
#[inline]
fn meaning(word: &[u8], plan: &Plan, outcomes: &mut Recent<(Outcome, bool)>) -> (Outcome, bool) {
    outcomes.get(word).unwrap_or_else(|| {
        let own = plan.outcomes.get(word).copied();
        let told = own.unwrap_or_else(|| words::outcome(word));
        let both = (told, words::tells_causes(word));
        outcomes.put(word, both);
        both
    })
}
