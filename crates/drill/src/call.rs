//! A made call.

use domain::Outcome;

/// No cell, handset or SIM is known.
pub const UNKNOWN: u64 = 0;

/// A call of a made world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// Start, epoch seconds UTC.
    pub start_s: u32,
    /// Digits of the caller.
    pub caller: u64,
    /// Digits of the callee.
    pub callee: u64,
    /// Duration, seconds.
    pub duration_s: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// The caller's cell, counted from 1; 0 unknown (a foreign network).
    pub caller_cell: u32,
    /// The caller's handset; 0 unknown.
    pub caller_imei: u64,
    /// The caller's SIM; 0 unknown.
    pub caller_imsi: u64,
    /// The route it came in by: 0 on net, 1.. trunks.
    pub route: u16,
    /// Attestation: `A`, `B`, `C`, or a space.
    pub attestation: u8,
}

/// A telephone: number, handset, SIM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Phone {
    /// Digits of the number.
    pub number: u64,
    /// Handset.
    pub imei: u64,
    /// SIM.
    pub imsi: u64,
    /// Route of its calls.
    pub route: u16,
    /// Attestation of its number.
    pub attestation: u8,
}

impl Phone {
    /// A call from this phone. Unanswered attempts last nothing.
    pub fn call(
        &self,
        callee: u64,
        start_s: u32,
        duration_s: u32,
        outcome: Outcome,
        cell: u32,
    ) -> Call {
        Call {
            start_s,
            caller: self.number,
            callee,
            duration_s: if outcome == Outcome::Answered { duration_s.max(1) } else { 0 },
            outcome,
            caller_cell: cell,
            caller_imei: self.imei,
            caller_imsi: self.imsi,
            route: self.route,
            attestation: self.attestation,
        }
    }
}
