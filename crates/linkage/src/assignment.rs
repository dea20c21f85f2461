//! One-to-one assignment that is best for all together.

/// The assignment of rows to columns with the greatest sum of weights. A row whose weights are all `None` or not above 0, or whose column is
/// worth more to another, stays alone. `weights` has one row each, all of one length; columns may be fewer or more than rows.
///
/// The Hungarian method with potentials (H. Kuhn, 1955; J. Munkres, 1957), in rows times rows times columns.
pub fn assign(weights: &[Vec<Option<f64>>]) -> Vec<Option<usize>> {
    let columns = weights.first().map_or(0, Vec::len);
    let rows = weights.len();
    // Each row has a column of its own in which it stays alone, at no cost.
    let cost = |row: usize, column: usize| -> f64 {
        if column < columns {
            weights[row][column].map_or(ALONE, |weight| -weight.max(0.0))
        } else if column - columns == row {
            0.0
        } else {
            ALONE
        }
    };
    let all = columns + rows;
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; all + 1]);
    // The row that each column belongs to, counted from 1; column 0 is where the search begins.
    let mut taken = vec![0_usize; all + 1];
    for row in 1..=rows {
        taken[0] = row;
        let (mut least, mut from) = (vec![f64::INFINITY; all + 1], vec![0_usize; all + 1]);
        let mut done = vec![false; all + 1];
        let mut at = 0;
        while taken[at] != 0 {
            done[at] = true;
            let (own, mut step, mut next) = (taken[at], f64::INFINITY, 0);
            for column in 1..=all {
                if done[column] {
                    continue;
                }
                let slack = cost(own - 1, column - 1) - of_row[own] - of_column[column];
                if slack < least[column] {
                    (least[column], from[column]) = (slack, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=all {
                if done[column] {
                    of_row[taken[column]] += step;
                    of_column[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            taken[at] = taken[from[at]];
            at = from[at];
        }
    }
    let mut assigned = vec![None; rows];
    for (column, row) in taken.iter().enumerate().skip(1).take(columns) {
        if *row > 0 && weights[row - 1][column - 1].is_some_and(|weight| weight > 0.0) {
            assigned[row - 1] = Some(column - 1);
        }
    }
    assigned
}

/// What a pair that cannot be costs: more than any sum of weights.
const ALONE: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_best_for_all_need_not_be_best_for_each() {
        let weights = [vec![Some(9.0), Some(8.0)], vec![Some(8.5), Some(1.0)]];
        assert_eq!(assign(&weights), [Some(1), Some(0)]);
    }

    #[test]
    fn nobody_is_paired_for_nothing() {
        let weights = [vec![Some(2.0), None], vec![Some(3.0), Some(-1.0)], vec![None, Some(-2.0)]];
        assert_eq!(assign(&weights), [None, Some(0), None]);
        assert_eq!(assign(&[]), Vec::<Option<usize>>::new());
    }

    /// All assignments, one by one.
    fn best(weights: &[Vec<Option<f64>>], row: usize, taken: &mut Vec<usize>) -> f64 {
        let Some(own) = weights.get(row) else { return 0.0 };
        let mut most = best(weights, row + 1, taken);
        for (column, weight) in own.iter().enumerate() {
            if let Some(weight) = weight.filter(|weight| *weight > 0.0)
                && !taken.contains(&column)
            {
                taken.push(column);
                most = most.max(weight + best(weights, row + 1, taken));
                taken.pop();
            }
        }
        most
    }

    proptest::proptest! {
        #[test]
        fn no_other_assignment_is_worth_more(
            cells in proptest::collection::vec(proptest::option::of(-3.0_f64..9.0), 20),
            columns in 1_usize..6,
        ) {
            let weights: Vec<Vec<Option<f64>>> =
                cells.chunks_exact(columns).take(4).map(<[Option<f64>]>::to_vec).collect();
            let found = assign(&weights);
            let sum: f64 = found.iter().enumerate()
                .filter_map(|(row, column)| weights[row][(*column)?]).sum();
            proptest::prop_assert!((sum - best(&weights, 0, &mut Vec::new())).abs() < 1e-9);
            let mut columns: Vec<usize> = found.into_iter().flatten().collect();
            let count = columns.len();
            columns.sort_unstable();
            columns.dedup();
            proptest::prop_assert_eq!(columns.len(), count);
        }
    }
}
