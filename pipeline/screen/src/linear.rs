//! A linear classifier: support vectors with squared hinge loss, found by dual coordinate descent.
//!
//! Source: Hsieh et al., “A Dual Coordinate Descent Method for Large-scale Linear SVM”, ICML 2008. Takes rows of features, signs and costs; gives a
//! weight a bucket. Deterministic: rows are visited in an order drawn from a fixed seed, one thread a problem.

use crate::feature::Feature;

/// One problem of two classes over shared rows.
#[derive(Debug)]
pub struct Problem<'a> {
    /// The features of each row, their buckets below `buckets`.
    pub rows: &'a [Vec<Feature>],
    /// For each row +1, −1, or 0 where it says nothing of this problem.
    pub signs: Vec<i8>,
    /// How much each row's error costs; more fits the row more closely.
    pub costs: Vec<f32>,
    /// How many weights there are.
    pub buckets: usize,
}

/// Rounds over all rows. More change little: the dual converges linearly.
const ROUNDS: usize = 30;
/// No row's weight moved more than this in a round: done.
const STILL: f64 = 0.01;

impl Problem<'_> {
    /// The weights. Empty problems give zeros.
    pub fn solve(&self) -> Vec<f32> {
        let mut weights = vec![0_f32; self.buckets];
        let taking: Vec<usize> = (0..self.rows.len()).filter(|row| self.signs[*row] != 0).collect();
        let squares: Vec<f64> = self
            .rows
            .iter()
            .map(|row| row.iter().map(|(_, value)| f64::from(*value).powi(2)).sum())
            .collect();
        let mut duals = vec![0_f64; self.rows.len()];
        let mut order = taking;
        let mut dice = 0x2545_f491_4f6c_dd1d_u64;
        for _ in 0..ROUNDS {
            shuffle(&mut order, &mut dice);
            let mut moved = 0_f64;
            for row in &order {
                moved = moved.max(self.step(*row, squares[*row], &mut duals[*row], &mut weights));
            }
            if moved < STILL {
                break;
            }
        }
        weights
    }

    /// Moves one row's dual; how far.
    fn step(&self, row: usize, square: f64, dual: &mut f64, weights: &mut [f32]) -> f64 {
        let sign = f64::from(self.signs[row]);
        let soft = 0.5 / f64::from(self.costs[row]);
        let gradient = sign * f64::from(score(weights, &self.rows[row])) - 1.0 + soft * *dual;
        let next = (*dual - gradient / (square + soft)).max(0.0);
        let change = next - *dual;
        if change.abs() > 1e-9 {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "weights are kept in single precision"
            )]
            let step = (change * sign) as f32;
            for (bucket, value) in &self.rows[row] {
                weights[*bucket as usize] += step * value;
            }
            *dual = next;
        }
        change.abs()
    }
}

/// The sum of a row's weights.
pub fn score(weights: &[f32], row: &[Feature]) -> f32 {
    row.iter().map(|(bucket, value)| weights[*bucket as usize] * value).sum()
}

/// Fisher and Yates, by a generator of Marsaglia's xorshift kind.
fn shuffle(order: &mut [usize], dice: &mut u64) {
    for at in (1..order.len()).rev() {
        *dice ^= *dice << 13;
        *dice ^= *dice >> 7;
        *dice ^= *dice << 17;
        let other = usize::try_from(*dice % (at as u64 + 1)).unwrap_or(0);
        order.swap(at, other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_parts_is_parted() {
        let rows = vec![
            vec![(0, 1.0), (1, 1.0)],
            vec![(0, 1.0), (2, 1.0)],
            vec![(0, 1.0), (1, 0.9)],
            vec![(0, 1.0), (2, 1.1)],
        ];
        let problem =
            Problem { rows: &rows, signs: vec![1, -1, 1, -1], costs: vec![10.0; 4], buckets: 3 };
        let weights = problem.solve();
        for (row, sign) in rows.iter().zip(&problem.signs) {
            assert!(score(&weights, row) * f32::from(*sign) > 0.5);
        }
    }

    #[test]
    fn rows_that_say_nothing_change_nothing() {
        let rows = vec![vec![(0, 1.0)], vec![(1, 1.0)], vec![(0, 1.0), (1, 1.0)]];
        let with = Problem { rows: &rows, signs: vec![1, -1, 0], costs: vec![1.0; 3], buckets: 2 };
        let without =
            Problem { rows: &rows[..2], signs: vec![1, -1], costs: vec![1.0; 2], buckets: 2 };
        assert_eq!(with.solve(), without.solve());
    }
}
