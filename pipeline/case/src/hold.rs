//! Hold or act: where a block could endanger people inside, fraud, police and protection decide together.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Those who stop the fraud.
    Fraud,
    /// The police.
    Police,
    /// Those who protect the people inside.
    Protection,
}

impl Side {
    /// All.
    pub const ALL: [Self; 3] = [Self::Fraud, Self::Police, Self::Protection];
}

/// What a side wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Nothing is done yet that those inside would notice.
    Hold,
    /// It is done now.
    Act,
}

/// One side's position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// About what: `room R1`.
    pub about: String,
    /// Whose.
    pub side: Side,
    /// Which.
    pub stance: Stance,
    /// Why.
    pub reason: String,
}

/// What the positions come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Some side has not said yet.
    Open,
    /// Some side wants to hold.
    Hold,
    /// All sides want to act.
    Act,
}

/// What the positions of the sides, each side's latest last, come to: one that wants to hold is enough to hold.
pub fn decision<'a>(positions: impl Iterator<Item = &'a Position>) -> Decision {
    let latest: BTreeMap<Side, Stance> =
        positions.map(|position| (position.side, position.stance)).collect();
    if latest.values().any(|stance| *stance == Stance::Hold) {
        Decision::Hold
    } else if latest.len() == Side::ALL.len() {
        Decision::Act
    } else {
        Decision::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sides_act_together_and_one_can_hold() {
        let mut positions = Vec::new();
        let mut says = |side, stance| {
            let (about, reason) = ("room R1".to_owned(), String::new());
            positions.push(Position { about, side, stance, reason });
            decision(positions.iter())
        };
        assert_eq!(says(Side::Fraud, Stance::Act), Decision::Open);
        assert_eq!(says(Side::Protection, Stance::Hold), Decision::Hold);
        assert_eq!(says(Side::Police, Stance::Act), Decision::Hold);
        assert_eq!(says(Side::Protection, Stance::Act), Decision::Act);
    }
}
