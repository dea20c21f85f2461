//! Compares the roles that were told with the true ones.

use crate::truth::Truth;
use std::collections::BTreeMap;

/// The role of a line as told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The line, `+` and digits.
    pub line: String,
    /// The role.
    pub role: String,
    /// Printed probability that it is a controller, 0..=1.
    pub controller: f64,
}

/// How well roles were told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleScore {
    /// Area under the curve of the controllers' printed probability over that of all other lines of rooms and around them; a line of which
    /// nothing is told counts as 0. `None` where there are no controllers.
    pub auc: Option<f64>,
    /// By the role told and the true one (`-` where nothing is told, or nobody planted it): how many.
    pub counts: BTreeMap<(String, String), usize>,
}

/// Scores roles against those of the lines that made calls in rooms of the truth.
pub fn roles(told: &[Told], truth: &Truth) -> RoleScore {
    let mut score = RoleScore::default();
    let told: BTreeMap<&str, &Told> = told.iter().map(|one| (one.line.as_str(), one)).collect();
    let in_rooms = truth.lines.iter().filter(|line| line.kind == "room" && line.calls > 0);
    let of: BTreeMap<&str, &str> = in_rooms.map(|line| (line.line.as_str(), line.role)).collect();
    let (mut controllers, mut others) = (Vec::new(), Vec::new());
    for (line, role) in &of {
        let one = told.get(line);
        let probability = one.map_or(0.0, |one| one.controller);
        (if *role == "controller" { &mut controllers } else { &mut others }).push(probability);
        let as_told = one.map_or("-", |one| one.role.as_str());
        *score.counts.entry((as_told.to_owned(), (*role).to_owned())).or_default() += 1;
    }
    for (line, one) in &told {
        if !of.contains_key(line) {
            let probability = one.controller;
            others.push(probability);
            *score.counts.entry((one.role.clone(), "-".to_owned())).or_default() += 1;
        }
    }
    score.auc = auc(&controllers, &others);
    score
}

/// The chance that one of the first is above one of the second, a tie counting half.
fn auc(first: &[f64], second: &[f64]) -> Option<f64> {
    let pairs = first.len() * second.len();
    if pairs == 0 {
        return None;
    }
    let above = |one: &f64| -> f64 {
        let of = |other: &f64| match one.total_cmp(other) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        };
        second.iter().map(of).sum()
    };
    Some(first.iter().map(above).sum::<f64>() / pairs as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::TrueLine;

    #[test]
    fn controllers_are_to_stand_above_all_others() {
        let line = |line: &str, role| TrueLine {
            group: "room000".to_owned(),
            kind: "room",
            class: "house".to_owned(),
            line: line.to_owned(),
            role,
            start_s: 0,
            calls: 9,
        };
        let truth = Truth {
            lines: vec![line("+1", "controller"), line("+2", "worker"), line("+3", "worker")],
            ..Truth::default()
        };
        let told = |line: &str, role: &str, controller| Told {
            line: line.to_owned(),
            role: role.to_owned(),
            controller,
        };
        let score = roles(
            &[
                told("+1", "controller", 0.9),
                told("+2", "worker", 0.0),
                told("+9", "controller", 0.95),
            ],
            &truth,
        );
        assert_eq!(score.auc, Some(2.0 / 3.0));
        let count = |told: &str, truth: &str| {
            score.counts.get(&(told.to_owned(), truth.to_owned())).copied().unwrap_or(0)
        };
        assert_eq!([count("controller", "controller"), count("controller", "-")], [1, 1]);
        assert_eq!(count("-", "worker"), 1);
    }
}
