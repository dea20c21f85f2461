//! Who does the work.

use super::{Group, Worked};
use domain::num::share;
use domain::zone::day_of;
use profiles::Context;
use std::collections::BTreeSet;

impl Group {
    /// How hard those work who do most of the work: the mean pace, weighed by the work.
    pub(crate) fn usual_pace(&self) -> f64 {
        let (sum, squares) = sums(&self.paces);
        squares / sum.max(f64::MIN_POSITIVE)
    }

    /// The members that work at least this share as hard as those who do most of the work, with those that `belong` at any rate; and how
    /// much of the work they do.
    pub fn workers(&self, share_min: f64, belong: impl Fn(u32) -> bool) -> (Vec<u32>, f64) {
        let pace_min = share_min * self.usual_pace();
        let paced = self.members.iter().zip(&self.paces);
        let stay = paced.filter(|(at, pace)| **pace >= pace_min || belong(**at));
        let (members, paces): (Vec<u32>, Vec<f64>) = stay.map(|(at, pace)| (*at, *pace)).unzip();
        let (sum, _) = sums(&self.paces);
        (members, paces.iter().sum::<f64>() / sum.max(f64::MIN_POSITIVE))
    }
}

/// Calls made and received on an average day with any.
pub(super) fn pace(line: &Worked<'_>, context: &Context<'_>) -> f64 {
    let made = line.calls.made.iter().map(|call| call.start_s);
    let starts = || made.clone().chain(line.calls.received.iter().map(|call| call.start_s));
    let days: BTreeSet<u32> =
        starts().map(|start_s| day_of(context.site.local_s(start_s))).collect();
    share(starts().count(), days.len()).unwrap_or(0.0)
}

/// The effective number of equal parts of a whole (inverse Simpson index) over the number of parts.
pub(super) fn even_share(parts: &[f64]) -> f64 {
    let (sum, squares) = sums(parts);
    if squares > 0.0 { sum * sum / squares / parts.len() as f64 } else { 0.0 }
}

/// Sum, and sum of squares.
fn sums(parts: &[f64]) -> (f64, f64) {
    parts.iter().fold((0.0, 0.0), |(sum, squares), part| (sum + part, squares + part * part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paced(paces: &[f64]) -> Group {
        let members = (0..).take(paces.len()).collect();
        Group { members, paces: paces.to_vec(), ..Group::default() }
    }

    #[test]
    fn work_is_even_where_all_work_as_hard() {
        assert!((even_share(&[7.0, 7.0, 7.0]) - 1.0).abs() < 1e-12);
        assert!((even_share(&[7.0, 0.0, 0.0, 0.0]) - 0.25).abs() < 1e-12);
        assert!(even_share(&[]).abs() < 1e-12);
    }

    #[test]
    fn hard_workers_are_those_beside_whom_the_others_do_next_to_nothing() {
        let (members, work_share) = paced(&[80.0, 2.0, 90.0, 3.0, 1.0]).workers(0.25, |_| false);
        assert_eq!(members, [0, 2]);
        assert!(work_share > 0.95);
        let (members, work_share) =
            paced(&[150.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0]).workers(0.25, |_| false);
        assert_eq!(members, [0], "a line that dials like a machine");
        assert!(work_share < 0.8, "does not do the others' work");
        let (members, _) = paced(&[80.0, 2.0, 90.0, 3.0, 1.0]).workers(0.25, |member| member == 3);
        assert_eq!(members, [0, 2, 3], "a handset ties one of them to the others");
    }
}
