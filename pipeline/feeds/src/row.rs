//! One row becomes one call draft, or a reason why not.

use crate::duration;
use crate::identifier::{Identified, handset, identify, name, plain_e164};
use crate::moment::Form;
use crate::plan::Plan;
use crate::template::Role;
use crate::value::{Fields, Value};
use crate::word_memo::WordMemo;
use crate::words::{self, Direction};
use domain::{LineKey, Outcome};
use facts::call::{Attestation, Leg};
use facts::column::NameSet;
use facts::{CallDraft, Dictionaries, Extra, Interner, NONE, Observed, Reason, Recent};
use hashbrown::HashTable;
use std::hash::BuildHasher;

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
        let extras_there =
            EXTRAS.into_iter().filter(|(role, ..)| plan.origin(*role).is_there()).collect();
        Self {
            plan,
            form_hint: 0,
            instants: Recent::new(6),
            outcomes: Recent::new(4),
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
        draft.duration_s = self.duration(fields, draft.start_s)?;
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

    fn refuse_other_kinds(&mut self, fields: &impl Fields) -> Result<(), Refusal> {
        let origin = self.plan.origin(Role::Kind);
        if !origin.is_there() {
            return Ok(());
        }
        let Some(word) = origin.value(fields, &mut self.scratch).text() else { return Ok(()) };
        let is_call =
            self.plan.kinds.get(word).copied().unwrap_or_else(|| !words::not_a_call(word));
        if is_call { Ok(()) } else { Err((Reason::NotACall, word.to_vec())) }
    }

    fn sides(&mut self, fields: &impl Fields) -> Result<Sides, Refusal> {
        let origin = self.plan.origin(Role::Direction);
        let direction = match origin.value(fields, &mut self.scratch) {
            Value::Text(word) => match self.plan.directions.get(word) {
                Some(out) => Some(if *out { Direction::Out } else { Direction::In }),
                None => words::direction(word),
            },
            _ => None,
        };
        let one_sided = !self.plan.origin(Role::Caller).is_there();
        match (one_sided, direction) {
            (false, None) => {
                Ok(Sides { caller: Role::Caller, callee: Role::Callee, leg: Leg::Whole })
            }
            (false, Some(Direction::Out)) => {
                Ok(Sides { caller: Role::Caller, callee: Role::Callee, leg: Leg::Caller })
            }
            (false, Some(Direction::In)) => {
                Ok(Sides { caller: Role::Caller, callee: Role::Callee, leg: Leg::Callee })
            }
            (true, Some(Direction::Out)) => {
                Ok(Sides { caller: Role::Subscriber, callee: Role::Other, leg: Leg::Caller })
            }
            (true, Some(Direction::In)) => {
                Ok(Sides { caller: Role::Other, callee: Role::Subscriber, leg: Leg::Callee })
            }
            (true, None) => Err((Reason::NotACall, self.raw(fields, Role::Direction))),
        }
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

    fn start(&mut self, fields: &impl Fields) -> Result<u32, Refusal> {
        let role =
            if self.plan.origin(Role::Start).is_there() { Role::Start } else { Role::Answer };
        match self.moment(fields, role) {
            Ok(Some(start_s)) => Ok(start_s),
            Ok(None) => Err((Reason::BadStart, Vec::new())),
            Err(refusal) => Err(refusal),
        }
    }

    /// The instant in a role; `Ok(None)` where the field is empty.
    fn moment(&mut self, fields: &impl Fields, role: Role) -> Result<Option<u32>, Refusal> {
        let Self { plan, scratch, form_hint, instants, .. } = self;
        let (origins, forms, clock) = plan.split_moments();
        let Some(origin) = origins.get(role as usize) else { return Ok(None) };
        let value = origin.value(fields, scratch);
        if let Some(instant_s) = value.text().and_then(|text| instants.get(text)) {
            return Ok(Some(instant_s));
        }
        let reading = match value {
            Value::Missing => return Ok(None),
            Value::Moment { seconds, zoned } => {
                crate::moment::Reading { local_s: seconds, offset_s: zoned.then_some(0) }
            }
            Value::Text(text) if text.trim_ascii().is_empty() => return Ok(None),
            Value::Text(text) => match read_with(forms, form_hint, text) {
                Some(reading) => reading,
                None => return Err((Reason::BadStart, text.to_vec())),
            },
            Value::Whole(_) | Value::Broken(_) | Value::Flag(_) | Value::Span(_) => {
                let mut number = Vec::new();
                let text = value.write(&mut number);
                match read_with(forms, form_hint, text) {
                    Some(reading) => reading,
                    None => return Err((Reason::BadStart, text.to_vec())),
                }
            }
        };
        match clock.instant_s(reading) {
            Some(instant_s) => {
                if let Some(text) = value.text() {
                    instants.put(text, instant_s);
                }
                Ok(Some(instant_s))
            }
            None => Err((Reason::StartOutOfRange, self.raw(fields, role))),
        }
    }

    fn duration(&mut self, fields: &impl Fields, start_s: u32) -> Result<u32, Refusal> {
        if !self.plan.origin(Role::Duration).is_there() {
            return self.duration_from_end(fields, start_s);
        }
        let unit = self.plan.duration_unit;
        let value = self.plan.origin(Role::Duration).value(fields, &mut self.scratch);
        let read = match value {
            Value::Whole(number) => duration::of_number(number as f64, unit),
            Value::Broken(number) => duration::of_number(number, unit),
            Value::Span(seconds) => duration::of_number(seconds, duration::Unit::Seconds),
            Value::Text(text) => duration::seconds(text, unit),
            Value::Missing | Value::Flag(_) | Value::Moment { .. } => Err(Reason::BadDuration),
        };
        read.map_err(|reason| (reason, value.write(&mut Vec::new()).to_vec()))
    }

    /// From answer (or start) to end; a call that was never answered lasted 0 seconds.
    fn duration_from_end(&mut self, fields: &impl Fields, start_s: u32) -> Result<u32, Refusal> {
        let connected_s = if self.plan.origin(Role::Answer).is_there() {
            match self.moment(fields, Role::Answer)? {
                Some(answer_s) => answer_s,
                None => return Ok(0),
            }
        } else {
            start_s
        };
        let end_s =
            self.moment(fields, Role::End)?.ok_or_else(|| (Reason::BadDuration, Vec::new()))?;
        let duration_s = f64::from(end_s) - f64::from(connected_s);
        duration::of_number(duration_s, duration::Unit::Seconds)
            .map_err(|reason| (reason, self.raw(fields, Role::End)))
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

/// Reads with the form that fitted last, then with the others.
fn read_with(forms: &[Form], hint: &mut usize, text: &[u8]) -> Option<crate::moment::Reading> {
    if let Some(reading) = forms.get(*hint).and_then(|form| form.read(text)) {
        return Some(reading);
    }
    let (at, reading) =
        forms.iter().enumerate().find_map(|(at, form)| Some((at, form.read(text)?)))?;
    *hint = at;
    Some(reading)
}

struct Sides {
    caller: Role,
    callee: Role,
    leg: Leg,
}

/// Remembers what identifiers that are not plainly E.164 turned out to be: reading one by a country's rules is slow.
#[derive(Debug, Default)]
struct IdentifierMemo {
    known: HashTable<(Box<[u8]>, LineKey, u32)>,
    hasher: foldhash::fast::FixedState,
}

impl IdentifierMemo {
    /// The line of a raw identifier and, where its canonical text differs, the interned raw text.
    fn line(
        &mut self,
        raw: &[u8],
        plan: &Plan,
        names: &mut Dictionaries,
    ) -> Result<(LineKey, u32), Refusal> {
        let hash = self.hasher.hash_one(raw);
        if let Some((_, line, own_raw)) = self.known.find(hash, |(known, _, _)| &**known == raw) {
            return Ok((*line, *own_raw));
        }
        let identified = identify(raw, plan.numbering).map_err(|reason| (reason, raw.to_vec()))?;
        let (line, canonical) = match identified {
            None => return Ok((LineKey::NONE, NONE)),
            Some(Identified::Key(key)) => (key, key.number_text().unwrap_or_default()),
            Some(Identified::Text(text)) => (names.lines.key(text), text.to_owned()),
        };
        let same = canonical.as_bytes() == raw || line_is_withheld(identified.as_ref());
        let own_raw = match std::str::from_utf8(raw) {
            Ok(text) if !same => names.raws.intern_text(text),
            _ => NONE,
        };
        let hasher = &self.hasher;
        let rehash = |(known, _, _): &(Box<[u8]>, LineKey, u32)| hasher.hash_one(&**known);
        self.known.insert_unique(hash, (raw.into(), line, own_raw), rehash);
        Ok((line, own_raw))
    }
}

fn line_is_withheld(identified: Option<&Identified<'_>>) -> bool {
    matches!(identified, Some(Identified::Key(LineKey::WITHHELD)))
}
