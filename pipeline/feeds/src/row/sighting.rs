//! One row becomes one sighting: who was seen where, from when to when, and by what.

use super::{Refusal, RowReader};
use crate::identifier::{handset, name};
use crate::template::Role;
use crate::value::Fields;
use crate::words;
use domain::LineKey;
use facts::{CallDraft, Dictionaries, Extra, Reason, SightingKind};

impl RowReader {
    /// Reads a row of a feed of sightings. A handset without a line is a holder of its own.
    pub(super) fn sighting(
        &mut self,
        fields: &impl Fields,
        names: &mut Dictionaries,
    ) -> Result<CallDraft, Refusal> {
        let mut draft =
            CallDraft { sighting: Some(self.sighting_kind(fields)), ..CallDraft::default() };
        let handset_role = self.first_of([Role::Imei, Role::CallerImei]);
        let (line, raw) =
            self.line(fields, self.first_of([Role::Subscriber, Role::Caller]), names)?;
        let mut number = Vec::new();
        let value = self.plan.origin(handset_role).value(fields, &mut self.scratch);
        draft.caller_handset = handset(value.write(&mut number), &mut names.handsets);
        draft.caller = if line == LineKey::NONE {
            handset(value.write(&mut number), &mut names.lines)
        } else {
            line
        };
        if draft.caller == LineKey::NONE {
            return Err((Reason::NoHolder, Vec::new()));
        }
        draft.callee = draft.caller;
        if raw != facts::NONE {
            draft.set(Extra::CallerRaw, raw);
        }
        let cell_role = self.first_of([Role::Cell, Role::CallerCell]);
        let value = self.plan.origin(cell_role).value(fields, &mut self.scratch);
        let cell = name(value.write(&mut number), &mut names.cells);
        draft.set(Extra::CallerCell, cell.ok_or((Reason::NoCell, Vec::new()))?);
        draft.start_s = self.start(fields)?;
        draft.duration_s = match self.duration(fields, draft.start_s) {
            // A location update is of one moment: it has neither duration nor end.
            Err((Reason::BadDuration, value)) if value.is_empty() => {
                match self.duration_from_end(fields, draft.start_s) {
                    Err((Reason::BadDuration, value)) if value.is_empty() => 0,
                    told => told?,
                }
            }
            told => told?,
        };
        Ok(draft)
    }

    /// The first of some roles that has an origin, or the last of them.
    fn first_of(&self, roles: [Role; 2]) -> Role {
        if self.plan.origin(roles[0]).is_there() { roles[0] } else { roles[1] }
    }

    fn sighting_kind(&mut self, fields: &impl Fields) -> SightingKind {
        let value = self.plan.origin(Role::Kind).value(fields, &mut self.scratch);
        let mut number = Vec::new();
        let word = value.write(&mut number);
        let own = self.plan.sighting_kinds.get(word).copied();
        own.unwrap_or_else(|| words::sighting_kind(word))
    }
}
