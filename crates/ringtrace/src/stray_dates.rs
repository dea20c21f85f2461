//! Facts whose dates lie far from all others: a wrong year moves what "now" and "the first days" are.

use domain::zone::{DAY_S, date_text, day_of};
use facts::Calls;
use std::collections::BTreeMap;

/// Days without facts behind which a few are in doubt.
const GAP_DAYS: u32 = 30;
/// The share of all facts that they may be, at most, to be in doubt.
const SHARE_MAX: f64 = 0.001;

/// What is to be said of dates that stand apart. Errors: the shelf fails.
pub(crate) fn doubts(calls: &Calls) -> std::io::Result<Vec<String>> {
    let of_parts = calls.map_parts(|part| {
        let mut days: BTreeMap<u32, usize> = BTreeMap::new();
        // A line's facts are in order of time: those of a day stand together.
        for run in part.start_s.chunk_by(|a, b| day_of(*a) == day_of(*b)) {
            *days.entry(day_of(run[0])).or_default() += run.len();
        }
        for place in 0..part.lines().len() {
            part.sightings_at(place)
                .for_each(|seen| *days.entry(day_of(seen.from_s)).or_default() += 1);
        }
        days
    })?;
    let mut days: BTreeMap<u32, usize> = BTreeMap::new();
    of_parts.into_iter().flatten().for_each(|(day, facts)| *days.entry(day).or_default() += facts);
    Ok(apart(&days))
}

fn apart(days: &BTreeMap<u32, usize>) -> Vec<String> {
    let all: usize = days.values().sum();
    let few = |facts: usize| facts > 0 && facts as f64 <= SHARE_MAX * all as f64;
    let known: Vec<(u32, usize)> = days.iter().map(|(day, facts)| (*day, *facts)).collect();
    let mut doubts = Vec::new();
    for (at, pair) in known.windows(2).enumerate() {
        let [(before, _), (after, _)] = pair else { continue };
        if after - before <= GAP_DAYS {
            continue;
        }
        let earlier: usize = known[..=at].iter().map(|(_, facts)| facts).sum();
        let later = all - earlier;
        if few(later) {
            let last = date_text(before * DAY_S);
            doubts.push(format!(
                "{later} facts lie {} days after all others: what is told as of now is told as of then. Set them aside with --as-of {last}.",
                after - before
            ));
            break;
        }
        if few(earlier) {
            doubts.push(format!(
                "{earlier} facts lie {} days before all others: what begins with the facts is not seen to begin.",
                after - before
            ));
        }
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_facts_far_away_are_in_doubt() {
        let usual = (100..128).map(|day| (day, 1_000));
        let with = |strays: &[(u32, usize)]| {
            apart(&usual.clone().chain(strays.iter().copied()).collect()).len()
        };
        assert_eq!(with(&[]), 0);
        assert_eq!(with(&[(40_000, 1)]), 1);
        assert_eq!(with(&[(3, 2), (40_000, 1)]), 2);
        assert_eq!(with(&[(400, 5_000)]), 0, "a second month of records is none");
    }
}
