//! Compares rooms that were joined from two sides with those that are one.

use super::{Found, most};
use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// How well rooms of two sides were joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JoinScore {
    /// Rooms that were found on both sides.
    pub both: usize,
    /// Of them, those that were joined.
    pub joined: usize,
    /// Joins in all, and those of two different rooms.
    pub joins: (usize, usize),
}

/// Scores joins of rooms found here with rooms found there, by their places.
pub fn joins(
    (here, truth_here): (&[Found], &Truth),
    (there, truth_there): (&[Found], &Truth),
    joined: &[(usize, usize)],
) -> JoinScore {
    let groups = |found: &[Found], truth: &Truth| -> Vec<Option<String>> {
        let of: BTreeMap<&str, &str> =
            truth.lines.iter().map(|line| (line.line.as_str(), line.group.as_str())).collect();
        found.iter().map(|one| most(one, &of).map(str::to_owned)).collect()
    };
    let (here, there) = (groups(here, truth_here), groups(there, truth_there));
    let seen: BTreeSet<&String> = there.iter().flatten().collect();
    let both: BTreeSet<&String> =
        here.iter().flatten().filter(|group| seen.contains(group)).collect();
    let mut score = JoinScore { both: both.len(), ..JoinScore::default() };
    let mut right = BTreeSet::new();
    for (own, other) in joined {
        score.joins.0 += 1;
        match &here[*own] {
            Some(group) if here[*own] == there[*other] => {
                right.insert(group);
            }
            _ => score.joins.1 += 1,
        }
    }
    score.joined = right.len();
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::TrueLine;

    #[test]
    fn joins_of_two_rooms_are_told() {
        let found = |line: &str| Found {
            id: String::new(),
            lead: true,
            confidence: 1.0,
            lines: vec![line.to_owned()],
        };
        let truth = |lines: [(&str, &str); 2]| Truth {
            lines: lines
                .map(|(line, group)| TrueLine {
                    group: group.to_owned(),
                    kind: "room",
                    class: String::new(),
                    line: line.to_owned(),
                    role: "worker",
                    start_s: 0,
                    calls: 9,
                })
                .to_vec(),
            ..Truth::default()
        };
        let (here, there) = ([found("+1"), found("+2")], [found("+3"), found("+4")]);
        let (own, other) = (truth([("+1", "a"), ("+2", "b")]), truth([("+3", "a"), ("+4", "b")]));
        let score = joins((&here, &own), (&there, &other), &[(0, 0), (0, 1)]);
        assert_eq!(score, JoinScore { both: 2, joined: 1, joins: (2, 1) });
    }
}
