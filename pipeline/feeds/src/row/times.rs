//! When a row's call began and how long it lasted.

use super::{Refusal, RowReader};
use crate::duration;
use crate::moment::Form;
use crate::template::Role;
use crate::value::{Fields, Value};
use facts::Reason;

impl RowReader {
    pub(super) fn start(&mut self, fields: &impl Fields) -> Result<u32, Refusal> {
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

    pub(super) fn duration(&mut self, fields: &impl Fields, start_s: u32) -> Result<u32, Refusal> {
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
    pub(super) fn duration_from_end(
        &mut self,
        fields: &impl Fields,
        start_s: u32,
    ) -> Result<u32, Refusal> {
        let connected_s = if self.plan.origin(Role::Answer).is_there() {
            match self.moment_after(fields, Role::Answer, start_s)? {
                Some(answer_s) => answer_s,
                None => return Ok(0),
            }
        } else {
            start_s
        };
        let end_s = self
            .moment_after(fields, Role::End, connected_s)?
            .ok_or_else(|| (Reason::BadDuration, Vec::new()))?;
        let duration_s = f64::from(end_s) - f64::from(connected_s);
        duration::of_number(duration_s, duration::Unit::Seconds)
            .map_err(|reason| (reason, self.raw(fields, Role::End)))
    }

    /// The instant in a role. Where it is a time of day put together with the start's date, it may be of the next day.
    fn moment_after(
        &mut self,
        fields: &impl Fields,
        role: Role,
        earlier_s: u32,
    ) -> Result<Option<u32>, Refusal> {
        const DAY_S: u32 = 86_400;
        if is_zero(self.plan.origin(role).value(fields, &mut self.scratch)) {
            return Ok(None);
        }
        let moment_s = self.moment(fields, role)?;
        let is_next_day = self.plan.shares_date(role) && moment_s.is_some_and(|at| at < earlier_s);
        Ok(if is_next_day { moment_s.map(|at| at.saturating_add(DAY_S)) } else { moment_s })
    }
}

/// Whether a moment is written that never was: `0`, `0000-00-00 00:00:00`.
fn is_zero(value: Value<'_>) -> bool {
    match value {
        Value::Whole(number) => number == 0,
        Value::Text(text) => {
            let mut digits = text.iter().filter(|byte| byte.is_ascii_alphanumeric()).peekable();
            digits.peek().is_some() && digits.all(|byte| *byte == b'0')
        }
        _ => false,
    }
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
