//! Compares the successors that were told with who really changed their phone.

use crate::truth::Truth;
use std::collections::BTreeMap;

/// Candidates for a line that went quiet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldSuccessor {
    /// The line that went quiet, `+` and digits.
    pub line: String,
    /// The lines that may go on, the likeliest first.
    pub candidates: Vec<String>,
    /// The one that is said to.
    pub continues_as: Option<String>,
}

/// How well successors were told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuccessorScore {
    /// People who changed their phone.
    pub swaps: usize,
    /// Of them, those whose new line ranks first.
    pub first: usize,
    /// Of them, those whose new line was named.
    pub named: usize,
    /// Lines that were named as successors in all, but for those of rooms.
    pub all_named: usize,
    /// Of these, those that are nobody's, or somebody else's.
    pub wrong: usize,
}

/// Scores successors. Rooms' lines that go on with each other's work are no people who changed their phone: they are left out.
pub fn successors(told: &[ToldSuccessor], truth: &Truth) -> SuccessorScore {
    let mut score = SuccessorScore { swaps: truth.swaps.len(), ..SuccessorScore::default() };
    let of: BTreeMap<&str, &str> =
        truth.swaps.iter().map(|swap| (swap.line.as_str(), swap.continues_as.as_str())).collect();
    let in_rooms =
        |line: &str| truth.lines.iter().any(|one| one.kind == "room" && one.line == line);
    for one in told {
        let right = of.get(one.line.as_str()).copied();
        score.first +=
            usize::from(right.is_some() && one.candidates.first().map(String::as_str) == right);
        let Some(named) = one.continues_as.as_deref() else { continue };
        if right == Some(named) {
            score.named += 1;
            score.all_named += 1;
        } else if !in_rooms(&one.line) && !in_rooms(named) {
            score.all_named += 1;
            score.wrong += 1;
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::TrueSwap;

    #[test]
    fn successors_are_held_against_swaps() {
        let swap = |line: &str, next: &str| TrueSwap {
            line: line.to_owned(),
            continues_as: next.to_owned(),
            at_s: 0,
        };
        let truth = Truth { swaps: vec![swap("+1", "+2"), swap("+3", "+4")], ..Truth::default() };
        let told = |line: &str, next: &str, named: bool| ToldSuccessor {
            line: line.to_owned(),
            candidates: vec![next.to_owned()],
            continues_as: named.then(|| next.to_owned()),
        };
        let score = successors(
            &[told("+1", "+2", true), told("+3", "+4", false), told("+9", "+8", true)],
            &truth,
        );
        let expected = SuccessorScore { swaps: 2, first: 2, named: 1, all_named: 2, wrong: 1 };
        assert_eq!(score, expected);
    }
}
