//! One row as a feed tells it, normalised, and what is packed into its marks.

use crate::column::{Extra, NONE};
use crate::sighting::{SightingKind, sighting_marks};
use domain::{LineKey, Outcome};

/// Whose record a row is: a subscriber's own (one leg) or a switch's (the whole call).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Leg {
    /// The row describes the call as such.
    #[default]
    Whole = 0,
    /// The caller's own record.
    Caller = 1,
    /// The callee's own record.
    Callee = 2,
}

/// STIR/SHAKEN attestation level (ATIS-1000074), or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Attestation {
    /// Not given.
    #[default]
    None = 0,
    /// The provider knows the customer and the number.
    A = 1,
    /// The provider knows the customer only.
    B = 2,
    /// The call entered through a gateway.
    C = 3,
}

/// One normalised row, not yet in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallDraft {
    /// Who called.
    pub caller: LineKey,
    /// Who was called.
    pub callee: LineKey,
    /// The caller's handset, or [`LineKey::NONE`].
    pub caller_handset: LineKey,
    /// The callee's handset, or [`LineKey::NONE`].
    pub callee_handset: LineKey,
    /// When the call began, seconds since 1970-01-01 UTC.
    pub start_s: u32,
    /// How long both were connected, seconds.
    pub duration_s: u32,
    /// How the attempt ended.
    pub outcome: Outcome,
    /// Whose record it is.
    pub leg: Leg,
    /// Attestation of the caller's number.
    pub attestation: Attestation,
    /// Set where the row tells no call: the caller, who is the callee too, was seen, for so long, in the caller's cell.
    pub sighting: Option<SightingKind>,
    /// Row in its file, counted from 1.
    pub row: u32,
    /// Optional columns but for handsets: indexes into the dictionaries.
    pub extras: [u32; Extra::COUNT],
}

impl CallDraft {
    /// Outcome, leg and attestation, or the kind of sighting, packed.
    pub fn marks(&self) -> u8 {
        match self.sighting {
            None => marks(self.outcome, self.leg, self.attestation),
            Some(kind) => sighting_marks(kind),
        }
    }

    /// Sets an optional column.
    pub fn set(&mut self, extra: Extra, value: u32) {
        self.extras[extra as usize] = value;
    }
}

impl Default for CallDraft {
    fn default() -> Self {
        Self {
            caller: LineKey::NONE,
            callee: LineKey::NONE,
            caller_handset: LineKey::NONE,
            callee_handset: LineKey::NONE,
            start_s: 0,
            duration_s: 0,
            outcome: Outcome::Unknown,
            leg: Leg::Whole,
            attestation: Attestation::None,
            sighting: None,
            row: 0,
            extras: [NONE; Extra::COUNT],
        }
    }
}

/// Packs outcome (3 bits), leg (2 bits) and attestation (2 bits).
pub fn marks(outcome: Outcome, leg: Leg, attestation: Attestation) -> u8 {
    outcome.code() | (leg as u8) << 3 | (attestation as u8) << 5
}

/// The outcome in packed marks.
pub fn outcome_of(marks: u8) -> Outcome {
    Outcome::from_code(marks & 7)
}

/// The leg in packed marks.
pub fn leg_of(marks: u8) -> Leg {
    match (marks >> 3) & 3 {
        1 => Leg::Caller,
        2 => Leg::Callee,
        _ => Leg::Whole,
    }
}

/// The attestation in packed marks.
pub fn attestation_of(marks: u8) -> Attestation {
    match (marks >> 5) & 3 {
        1 => Attestation::A,
        2 => Attestation::B,
        3 => Attestation::C,
        _ => Attestation::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back() {
        let packed = marks(Outcome::Vacant, Leg::Callee, Attestation::C);
        assert_eq!(outcome_of(packed), Outcome::Vacant);
        assert_eq!(leg_of(packed), Leg::Callee);
        assert_eq!(attestation_of(packed), Attestation::C);
    }
}
