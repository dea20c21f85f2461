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
    /// Counts for so many groups. `lines` gives, for each line that is in one, the group and the days on which it made calls; `ties` the groups of each
    /// tied pair.
    pub(crate) fn of<'a>(
        groups: usize,
        lines: impl Iterator<Item = (usize, &'a [u32])> + Clone,
        ties: impl Iterator<Item = (usize, usize)>,
    ) -> Self {
        let days = lines.clone().filter_map(|(_, days)| days.last());
        let days = days.max().map_or(0, |last| *last as usize + 1);
        let first = lines.clone().filter_map(|(_, days)| days.first()).min();
        let first = first.map_or(0, |first| *first as usize);
        let mut at_work = vec![vec![0.0; days - first]; groups];
        for (group, days) in lines {
            days.iter().for_each(|day| at_work[group][*day as usize - first] += 1.0);
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
        for (one, other) in ties {
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
        // Four lines each, six pairs; two days in common for each pair within, one between.
        let days: [&[u32]; 3] = [&[10, 11], &[11, 12], &[40]];
        let lines = (0..12).map(|line| (line / 4, days[line / 4]));
        let within = (0..2).flat_map(|group| (0..6).map(move |_| (group, group)));
        let mut common = CommonDays::of(3, lines, within.chain([(0, 1), (1, 0)]));
        assert!((common.expected(0, 1) - 8.0).abs() < 1e-9, "sixteen pairs, a day, 6 of 12");
        assert!((common.tied(0, 1) - 2.0).abs() < 1e-9);
        assert!((common.expected_of(0, 1) - 8.0).abs() < 1e-9);
        assert!(common.expected(0, 2).abs() < 1e-9, "no day in common");
        common.join(0, 1);
        assert_eq!(common.pairs().collect::<Vec<_>>(), [(0, 1)]);
        assert_eq!(common.counts[0][0], Count { days: 40.0, tied: 14.0 });
    }
}
