//! Whose call a row tells, and whether it tells a call at all.

use super::{Refusal, RowReader};
use crate::template::Role;
use crate::value::{Fields, Value};
use crate::words::{self, Direction};
use facts::Reason;
use facts::call::Leg;

/// The roles that the two lines of a call stand in, and whose record it is.
pub(super) struct Sides {
    pub(super) caller: Role,
    pub(super) callee: Role,
    pub(super) leg: Leg,
}

impl RowReader {
    /// Refuses messages and data sessions.
    pub(super) fn refuse_other_kinds(&mut self, fields: &impl Fields) -> Result<(), Refusal> {
        let Self { plan, kinds, scratch, .. } = self;
        let origin = plan.origin(Role::Kind);
        if !origin.is_there() {
            return Ok(());
        }
        let Some(word) = origin.value(fields, scratch).text() else { return Ok(()) };
        let is_other = plan.kinds.get(word).map(|is_call| !is_call).or_else(|| kinds.get(word));
        let is_other = is_other.unwrap_or_else(|| {
            let is_other = words::not_a_call(word);
            kinds.put(word, is_other);
            is_other
        });
        if is_other { Err((Reason::NotACall, word.to_vec())) } else { Ok(()) }
    }

    /// The sides of a row's call. Errors: a subscriber's record without a direction.
    pub(super) fn sides(&mut self, fields: &impl Fields) -> Result<Sides, Refusal> {
        let direction = self.direction(fields);
        let one_sided = !self.plan.origin(Role::Caller).is_there();
        let (caller, callee) = match (one_sided, direction) {
            (false, _) => (Role::Caller, Role::Callee),
            (true, Some(Direction::Out)) => (Role::Subscriber, Role::Other),
            (true, Some(Direction::In)) => (Role::Other, Role::Subscriber),
            (true, None) => return Err((Reason::NotACall, self.raw(fields, Role::Direction))),
        };
        let leg = match direction {
            None => Leg::Whole,
            Some(Direction::Out) => Leg::Caller,
            Some(Direction::In) => Leg::Callee,
        };
        Ok(Sides { caller, callee, leg })
    }

    fn direction(&mut self, fields: &impl Fields) -> Option<Direction> {
        let Self { plan, directions, scratch, .. } = self;
        let Value::Text(word) = plan.origin(Role::Direction).value(fields, scratch) else {
            return None;
        };
        let own = plan.directions.get(word);
        let own = own.map(|out| Some(if *out { Direction::Out } else { Direction::In }));
        own.or_else(|| directions.get(word)).unwrap_or_else(|| {
            let told = words::direction(word);
            directions.put(word, told);
            told
        })
    }
}
