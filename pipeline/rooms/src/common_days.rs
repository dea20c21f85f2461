//! How often lines that make calls on the same days are tied: within a group, and between two.
//!
//! Lines of one room call the same people and hand people on to each other, the more, the more days they work together. So what two groups would have
//! between them if they were one room can be told from what each has within: the geometric mean of both rates, times the days that their lines have
//! in common. Nothing is said of groups whose lines hardly ever work on one day.

/// Pairs of lines that make calls on the same days.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    /// Days that the lines of a pair have in common, over all pairs.
    days: f64,
    /// How many of the pairs are tied.
    tied: f64,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.days += other.days;
        self.tied += other.tied;
    }

    fn rate(self) -> f64 {
        self.tied / self.days.max(1.0)
    }
}

/// What ties each group to itself and to the others.
pub(crate) struct CommonDays {
    counts: Vec<Vec<Count>>,
}

impl CommonDays {
    /// Counts for so many groups. `group_of` tells each line's, if it is in one; `days` the days on which it made calls, in order, each once; `ties` are
    /// pairs of lines, of which those count that have a day in common.
    pub(crate) fn of(
        groups: usize,
        group_of: &[Option<u32>],
        days: &[Vec<u32>],
        ties: impl Iterator<Item = (u32, u32)>,
    ) -> Self {
        let lines = || {
            group_of.iter().zip(days).filter_map(|(group, days)| Some(((*group)? as usize, days)))
        };
        let end = lines().filter_map(|(_, days)| days.last()).max().map_or(0, |last| last + 1);
        let first = lines().filter_map(|(_, days)| days.first()).min().copied().unwrap_or(end);
        let mut at_work = vec![vec![0.0; (end - first) as usize]; groups];
        for (group, days) in lines() {
            days.iter().for_each(|day| at_work[group][(day - first) as usize] += 1.0);
        }
        let common = |one: usize, other: usize| -> f64 {
            let each = at_work[one].iter().zip(&at_work[other]);
            if one == other {
                each.map(|(lines, _)| lines * (lines - 1.0) / 2.0).sum()
            } else {
                each.map(|(a, b)| a * b).sum()
            }
        };
        let row = |one: usize| -> Vec<Count> {
            (0..groups).map(|other| Count { days: common(one, other), tied: 0.0 }).collect()
        };
        let mut counts: Vec<Vec<Count>> = (0..groups).map(row).collect();
        let together = |a: u32, b: u32| {
            let others = &days[b as usize];
            days[a as usize].iter().any(|day| others.binary_search(day).is_ok())
        };
        for (a, b) in ties {
            let (Some(one), Some(other)) = (group_of[a as usize], group_of[b as usize]) else {
                continue;
            };
            let (one, other) = (one as usize, other as usize);
            if !together(a, b) {
                continue;
            }
            counts[one][other].tied += 1.0;
            if one != other {
                counts[other][one].tied += 1.0;
            }
        }
        Self { counts }
    }

    /// How many groups there are.
    pub(crate) fn groups(&self) -> usize {
        self.counts.len()
    }

    /// Pairs of groups, the first before the second.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + use<> {
        let groups = self.groups();
        (0..groups).flat_map(move |one| (one + 1..groups).map(move |other| (one, other)))
    }

    /// Tied pairs between two groups.
    pub(crate) fn tied(&self, one: usize, other: usize) -> f64 {
        self.counts[one][other].tied
    }

    /// Tied pairs that they would have between them if they were one room.
    pub(crate) fn expected(&self, one: usize, other: usize) -> f64 {
        let own = |group: usize| self.counts[group][group].rate();
        (own(one) * own(other)).sqrt() * self.counts[one][other].days
    }

    /// Tied pairs that one would have with the other if the other's lines were like its own.
    pub(crate) fn expected_of(&self, one: usize, other: usize) -> f64 {
        self.counts[one][one].rate() * self.counts[one][other].days
    }

    /// Makes one part of two, the members too.
    pub(crate) fn join_parts(&mut self, parts: &mut Vec<Vec<u32>>, one: usize, other: usize) {
        let mut joined = parts.remove(other);
        parts[one].append(&mut joined);
        parts[one].sort_unstable();
        self.join(one, other);
    }

    /// Makes one group of two; `one` stands before `other`, and those after `other` move up by one.
    fn join(&mut self, one: usize, other: usize) {
        let gone = self.counts.remove(other);
        for (at, row) in self.counts.iter_mut().enumerate() {
            let with_gone = row.remove(other);
            if at != one {
                row[one].add(with_gone);
            }
        }
        let rest = gone.iter().enumerate().filter(|(was, _)| *was != other);
        for (at, (was, count)) in rest.enumerate() {
            self.counts[one][at].add(if was == one { Count::default() } else { *count });
        }
        self.counts[one][one].add(gone[one]);
        self.counts[one][one].add(gone[other]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_groups_would_have_between_them_is_told_from_what_each_has_within() {
        // Four lines each, six pairs, all tied; two days in common for each pair within, one between; and a group that has no day in common.
        let days = [[10, 11], [11, 12], [40, 41]];
        let days: Vec<Vec<u32>> = (0..12).map(|line| days[line / 4].to_vec()).collect();
        let group_of: Vec<Option<u32>> = (0..12).map(|line| Some(line / 4)).collect();
        let pairs =
            |from: u32| (from..from + 4).flat_map(move |a| (a + 1..from + 4).map(move |b| (a, b)));
        let ties = pairs(0).chain(pairs(4)).chain([(0, 4), (1, 5), (0, 8), (4, 8)]);
        let mut common = CommonDays::of(3, &group_of, &days, ties);
        assert!((common.expected(0, 1) - 8.0).abs() < 1e-9, "sixteen pairs, a day, 6 of 12");
        assert!((common.tied(0, 1) - 2.0).abs() < 1e-9);
        assert!(common.tied(0, 2).abs() < 1e-9, "ties without a day in common do not count");
        assert!((common.expected_of(0, 1) - 8.0).abs() < 1e-9);
        assert!(common.expected(0, 2).abs() < 1e-9, "no day in common");
        common.join(0, 1);
        assert_eq!(common.pairs().collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!(common.counts[0][0], Count { days: 40.0, tied: 14.0 });
    }
}
