//! Compares the people who would be warned with those who were hooked.

use crate::truth::Truth;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned {
    /// Their line, `+` and digits.
    pub line: String,
    /// Printed precision, 0..=1.
    pub precision: f64,
}

/// How well hooked targets were told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WarnScore {
    /// People listed, and how many of them were hooked.
    pub listed: (usize, usize),
    /// People hooked, and how many of them were listed.
    pub hooked: (usize, usize),
    /// The same by the form in which they went on.
    pub by_form: BTreeMap<String, (usize, usize)>,
    /// Customers of innocent groups in the first nine tenths of the list whom no room talked to for a minute, by class.
    pub customers: BTreeMap<String, usize>,
    /// Those whom a room talked to for a minute and let go.
    pub let_go_customers: BTreeMap<String, usize>,
    /// By tenths of printed precision: how many people, their mean precision, the share that were hooked.
    pub calibration: Vec<(usize, f64, f64)>,
}

impl WarnScore {
    /// Of the listed, the share that were hooked; `None` where nobody is listed.
    pub fn precision(&self) -> Option<f64> {
        domain::num::share(self.listed.1, self.listed.0)
    }

    /// Of the hooked, the share that were listed; `None` where nobody was hooked.
    pub fn recall(&self) -> Option<f64> {
        domain::num::share(self.hooked.1, self.hooked.0)
    }
}

/// Scores a list, in its order, against those hooked until an instant (epoch seconds).
pub fn warned(list: &[Warned], truth: &Truth, until_s: u32) -> WarnScore {
    let mut score = WarnScore::default();
    let mut hooked: BTreeMap<&str, &str> = BTreeMap::new();
    for hook in truth.hooks.iter().filter(|hook| hook.at_s <= until_s) {
        hooked.entry(&hook.line).or_insert(&hook.form);
    }
    let listed: BTreeSet<&str> = list.iter().map(|one| one.line.as_str()).collect();
    for (line, form) in &hooked {
        let found = usize::from(listed.contains(line));
        let entry = score.by_form.entry((*form).to_owned()).or_default();
        *entry = (entry.0 + 1, entry.1 + found);
        score.hooked = (score.hooked.0 + 1, score.hooked.1 + found);
    }
    let customers: BTreeMap<&str, &str> =
        truth.customers.iter().map(|one| (one.line.as_str(), one.class.as_str())).collect();
    let let_go: BTreeSet<&str> = truth.let_go.iter().map(|one| one.line.as_str()).collect();
    let mut tenths = vec![(0_usize, 0.0, 0_usize); 10];
    for (at, one) in list.iter().enumerate() {
        let is_hooked = hooked.contains_key(one.line.as_str());
        score.listed = (score.listed.0 + 1, score.listed.1 + usize::from(is_hooked));
        super::note_confidence(&mut tenths, one.precision, is_hooked);
        let is_early = at * 10 < list.len() * 9;
        if let Some(class) = customers.get(one.line.as_str()).filter(|_| is_early && !is_hooked) {
            let was_talked_to = let_go.contains(one.line.as_str());
            let customers =
                if was_talked_to { &mut score.let_go_customers } else { &mut score.customers };
            *customers.entry((*class).to_owned()).or_default() += 1;
        }
    }
    score.calibration = super::shares(&tenths);
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::{Customer, LetGo, TrueHook};

    #[test]
    fn a_list_is_held_against_those_hooked_until_then() {
        let hook = |line: &str, at_s| TrueHook {
            group: "room000".to_owned(),
            line: line.to_owned(),
            at_s,
            form: "transfer".to_owned(),
        };
        let customer = |line: &str| Customer {
            group: "group000".to_owned(),
            class: "clinic".to_owned(),
            line: line.to_owned(),
        };
        let let_go = LetGo { group: "room000".to_owned(), line: "+8".to_owned() };
        let truth = Truth {
            hooks: vec![hook("+1", 5), hook("+2", 9), hook("+3", 99)],
            customers: vec![customer("+8"), customer("+9")],
            let_go: vec![let_go],
            ..Truth::default()
        };
        let list = ["+9", "+8", "+1"].map(|line| Warned { line: line.to_owned(), precision: 0.9 });
        let score = warned(&list, &truth, 10);
        assert_eq!((score.listed, score.hooked), ((3, 1), (2, 1)));
        assert_eq!(score.by_form["transfer"], (2, 1));
        assert_eq!((score.customers["clinic"], score.let_go_customers["clinic"]), (1, 1));
        assert_eq!((score.precision(), score.recall()), (Some(1.0 / 3.0), Some(0.5)));
    }
}
