//! Families of evidence that fail independently of each other.

/// A family of evidence between lines. Families are counted, not lines: a room is a lead only where
/// at least three of them agree (DESIGN: "How rooms are found").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Handset and SIM pools.
    Device,
    /// The same site, day and night.
    Place,
    /// Shared strangers, hand-offs, one list split up.
    Targets,
    /// One shift, in the targets' clock, with common start, stop and breaks.
    Rhythm,
    /// Activation batch, consecutive numbers, common route, a CLI that cannot be true.
    Numbering,
}

impl Family {
    /// All families that call records can show, in the order they are printed.
    pub const ALL: [Self; 5] =
        [Self::Device, Self::Place, Self::Targets, Self::Rhythm, Self::Numbering];

    /// The one word used in output, folders and pages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Place => "place",
            Self::Targets => "targets",
            Self::Rhythm => "rhythm",
            Self::Numbering => "numbering",
        }
    }

    /// The place of this family in [`Family::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_match_the_list() {
        for (index, family) in Family::ALL.into_iter().enumerate() {
            assert_eq!(family.index(), index, "{}", family.word());
        }
    }
}
