//! The optional columns of a call and what a feed can see.

/// The value of an optional column where a row does not have it.
pub const NONE: u32 = u32::MAX;

/// Optional columns: each an index into a dictionary, or [`NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// Cell that the caller's handset was in.
    CallerCell,
    /// Cell that the callee's handset was in.
    CalleeCell,
    /// Caller's handset (IMEI).
    CallerHandset,
    /// Callee's handset (IMEI).
    CalleeHandset,
    /// Caller's SIM (IMSI).
    CallerSim,
    /// Trunk or gateway that the call came in by.
    Route,
    /// The caller as the feed wrote it, where that differs from its canonical text.
    CallerRaw,
    /// The callee as the feed wrote it, where that differs from its canonical text.
    CalleeRaw,
}

/// Which dictionary an optional column indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameSet {
    /// Cells.
    Cells,
    /// Handsets.
    Handsets,
    /// SIMs.
    Sims,
    /// Routes.
    Routes,
    /// Raw texts of lines.
    Raws,
}

impl Extra {
    /// How many there are.
    pub const COUNT: usize = 8;

    /// All, in the order of their columns.
    pub const ALL: [Self; Self::COUNT] = [
        Self::CallerCell,
        Self::CalleeCell,
        Self::CallerHandset,
        Self::CalleeHandset,
        Self::CallerSim,
        Self::Route,
        Self::CallerRaw,
        Self::CalleeRaw,
    ];

    /// The column's name in facts and templates.
    pub fn word(self) -> &'static str {
        match self {
            Self::CallerCell => "caller_cell",
            Self::CalleeCell => "callee_cell",
            Self::CallerHandset => "caller_imei",
            Self::CalleeHandset => "callee_imei",
            Self::CallerSim => "caller_imsi",
            Self::Route => "route",
            Self::CallerRaw => "caller_raw",
            Self::CalleeRaw => "callee_raw",
        }
    }

    /// Whether it is a handset: 0 for the caller's, 1 for the callee's.
    #[inline]
    pub fn handset(self) -> Option<usize> {
        match self {
            Self::CallerHandset => Some(0),
            Self::CalleeHandset => Some(1),
            _ => None,
        }
    }

    /// The dictionary its values index.
    pub fn names(self) -> NameSet {
        match self {
            Self::CallerCell | Self::CalleeCell => NameSet::Cells,
            Self::CallerHandset | Self::CalleeHandset => NameSet::Handsets,
            Self::CallerSim => NameSet::Sims,
            Self::Route => NameSet::Routes,
            Self::CallerRaw | Self::CalleeRaw => NameSet::Raws,
        }
    }
}

/// What a feed can see beyond caller, callee, start and duration. What it cannot see is not observable,
/// never zero.
#[expect(clippy::struct_excessive_bools, reason = "each is told or not")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    extras: u8,
    /// Whether the feed says how attempts ended, rather than it being inferred from the duration.
    pub outcome: bool,
    /// Whether the feed tells vacant numbers from unanswered ones.
    pub causes: bool,
    /// Whether the feed carries STIR/SHAKEN attestation.
    pub attestation: bool,
    /// Whether the feed tells where lines were without calls.
    pub sightings: bool,
}

impl Observed {
    /// Whether the column is there.
    pub fn has(self, extra: Extra) -> bool {
        self.extras & (1 << extra as u8) != 0
    }

    /// Notes that the column is there.
    pub fn add(&mut self, extra: Extra) {
        self.extras |= 1 << extra as u8;
    }

    /// What either of two feeds can see.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            extras: self.extras | other.extras,
            outcome: self.outcome || other.outcome,
            causes: self.causes || other.causes,
            attestation: self.attestation || other.attestation,
            sightings: self.sightings || other.sightings,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observed_columns_add_up() {
        let mut a = Observed::default();
        a.add(Extra::Route);
        let mut b = Observed { causes: true, ..Observed::default() };
        b.add(Extra::CallerCell);
        let both = a.or(b);
        assert!(both.has(Extra::Route) && both.has(Extra::CallerCell) && both.causes);
        assert!(!both.has(Extra::CalleeCell) && !both.attestation);
    }
}
