//! What is true of a made world.

use crate::call::Call;
use std::fmt::Write as _;

/// A line of a planted group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueLine {
    /// The group's name, unique in the world.
    pub group: String,
    /// `room` or `lookalike`.
    pub kind: &'static str,
    /// Shape of a room, class of a look-alike.
    pub class: String,
    /// The line, `+` and digits.
    pub line: String,
    /// `worker`, `controller`, `relay`, `helper`, `supplier` or `member`.
    pub role: &'static str,
    /// The group's first instant, epoch seconds.
    pub start_s: u32,
    /// Calls that the line made in the world as seen.
    pub calls: usize,
}

/// A target that was hooked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueHook {
    /// The room.
    pub group: String,
    /// The target, `+` and digits.
    pub line: String,
    /// When, epoch seconds.
    pub at_s: u32,
    /// How it went on: `transfer`, `second-line`, `dials-out`, `messaging` or `call-back`.
    pub form: String,
}

/// Somebody whom a room talked to for a minute or more and let go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetGo {
    /// The room.
    pub group: String,
    /// The target, `+` and digits.
    pub line: String,
}

/// Somebody whom an innocent group served: talked to at length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The group.
    pub group: String,
    /// Its class.
    pub class: String,
    /// The customer, `+` and digits.
    pub line: String,
}

/// Whether the people of a room are held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueHold {
    /// The room.
    pub group: String,
    /// Its shape, or `voip house`.
    pub class: String,
    /// `captives`, `voluntary` or `nobody`.
    pub hold: String,
    /// The name of its cell, or of its cells one after the other, with `|` between them.
    pub site: String,
}

/// Somebody who changed their phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrueSwap {
    /// The line that went quiet, `+` and digits.
    pub line: String,
    /// The line that goes on.
    pub continues_as: String,
    /// When, epoch seconds.
    pub at_s: u32,
}

/// The truth about a world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// Lines of planted groups.
    pub lines: Vec<TrueLine>,
    /// Hooked targets.
    pub hooks: Vec<TrueHook>,
    /// Targets who were let go; some were hooked at another time.
    pub let_go: Vec<LetGo>,
    /// Customers of [`SERVING`] groups.
    pub customers: Vec<Customer>,
    /// Whether the people of each room are held.
    pub holds: Vec<TrueHold>,
    /// Ordinary people who changed their phone.
    pub swaps: Vec<TrueSwap>,
}

/// Classes whose customers must not be taken for hooked targets: they too are called by several lines, and at length.
pub const SERVING: [&str; 5] =
    ["bank fraud desk", "clinic", "debt collector", "crisis hotline", "service centre"];

/// The header of a truth file.
pub const HEADER: &str = "group,kind,class,line,role,start_s,calls";

impl Truth {
    /// Puts a word before the names of all groups, so that they are not taken for those of another world.
    pub fn rename_groups(&mut self, word: &str) {
        let lines = self.lines.iter_mut().map(|line| &mut line.group);
        let hooks = self.hooks.iter_mut().map(|hook| &mut hook.group);
        let let_go = self.let_go.iter_mut().map(|one| &mut one.group);
        let holds = self.holds.iter_mut().map(|hold| &mut hold.group);
        let customers = self.customers.iter_mut().map(|customer| &mut customer.group);
        for group in lines.chain(hooks).chain(let_go).chain(holds).chain(customers) {
            group.insert_str(0, word);
        }
    }

    /// The truth as CSV.
    pub fn to_csv(&self) -> String {
        let mut text = format!("{HEADER}\n");
        for line in &self.lines {
            let TrueLine { group, kind, class, line, role, start_s, calls } = line;
            let _infallible =
                writeln!(text, "{group},{kind},{class},{line},{role},{start_s},{calls}");
        }
        for hook in &self.hooks {
            let TrueHook { group, line, at_s, form } = hook;
            let _infallible = writeln!(text, "{group},hooked,{form},{line},target,{at_s},0");
        }
        for LetGo { group, line } in &self.let_go {
            let _infallible = writeln!(text, "{group},let-go,talk,{line},target,0,0");
        }
        for TrueSwap { line, continues_as, at_s } in &self.swaps {
            let _infallible = writeln!(text, "{continues_as},swap,phone,{line},swapped,{at_s},0");
        }
        for TrueHold { group, class, hold, site } in &self.holds {
            let _infallible = writeln!(text, "{group},hold,{class},{site},{hold},0,0");
        }
        for Customer { group, class, line } in &self.customers {
            let _infallible = writeln!(text, "{group},customer,{class},{line},customer,0,0");
        }
        text
    }

    /// Reads [`Self::to_csv`]'s text. The error names the row.
    pub fn from_csv(text: &str) -> Result<Self, String> {
        let mut truth = Self::default();
        for (row, line) in text.lines().enumerate().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            let wrong = || format!("row {} of the truth is not “{HEADER}”", row + 1);
            let [group, kind, class, number, role, start_s, calls] = fields[..] else {
                return Err(wrong());
            };
            let (start_s, calls) =
                (start_s.parse().map_err(|_| wrong())?, calls.parse().map_err(|_| wrong())?);
            let (group, line) = (group.to_owned(), number.to_owned());
            if kind == "hooked" {
                let form = class.to_owned();
                truth.hooks.push(TrueHook { group, line, at_s: start_s, form });
                continue;
            }
            if kind == "let-go" {
                truth.let_go.push(LetGo { group, line });
                continue;
            }
            if kind == "customer" {
                truth.customers.push(Customer { group, class: class.to_owned(), line });
                continue;
            }
            if kind == "swap" {
                truth.swaps.push(TrueSwap { line, continues_as: group, at_s: start_s });
                continue;
            }
            if kind == "hold" {
                let (class, hold) = (class.to_owned(), role.to_owned());
                truth.holds.push(TrueHold { group, class, hold, site: line });
                continue;
            }
            let kind = if kind == "room" { "room" } else { "lookalike" };
            let role = ["worker", "controller", "relay", "helper", "supplier"]
                .into_iter()
                .find(|known| *known == role)
                .unwrap_or("member");
            truth.lines.push(TrueLine {
                group,
                kind,
                class: class.to_owned(),
                line,
                role,
                start_s,
                calls,
            });
        }
        Ok(truth)
    }
}

/// `+` and digits; service numbers without `+`.
pub fn text_of(number: u64) -> String {
    if number < 1_000 { number.to_string() } else { format!("+{number}") }
}

/// Counts the calls that each line made.
#[derive(Debug, Default)]
pub struct Tally(std::collections::BTreeMap<u64, usize>);

impl Tally {
    /// Watches the lines of planted groups.
    pub fn watch(&mut self, number: u64) {
        self.0.entry(number).or_insert(0);
    }

    /// Counts a call.
    pub fn count(&mut self, call: &Call) {
        if let Some(count) = self.0.get_mut(&call.caller) {
            *count += 1;
        }
    }

    /// Calls of a line.
    pub fn of(&self, number: u64) -> usize {
        self.0.get(&number).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_truth_survives_writing_and_reading() {
        let line = TrueLine {
            group: "room01".to_owned(),
            kind: "room",
            class: "house".to_owned(),
            line: "+51001".to_owned(),
            role: "worker",
            start_s: 5,
            calls: 9,
        };
        let hook = TrueHook {
            group: "room01".to_owned(),
            line: "+60002".to_owned(),
            at_s: 7,
            form: "transfer".to_owned(),
        };
        let customer = Customer {
            group: "group01".to_owned(),
            class: "clinic".to_owned(),
            line: "+51002".to_owned(),
        };
        let hold = TrueHold {
            group: "room01".to_owned(),
            class: "house".to_owned(),
            hold: "captives".to_owned(),
            site: "001-01-1-2".to_owned(),
        };
        let truth = Truth {
            lines: vec![line],
            hooks: vec![hook],
            let_go: vec![LetGo { group: "room01".to_owned(), line: "+60003".to_owned() }],
            customers: vec![customer],
            holds: vec![hold],
            swaps: vec![TrueSwap {
                line: "+51003".to_owned(),
                continues_as: "+51004".to_owned(),
                at_s: 8,
            }],
        };
        assert_eq!(Truth::from_csv(&truth.to_csv()), Ok(truth));
        assert!(Truth::from_csv("x\na,b\n").is_err());
    }
}
