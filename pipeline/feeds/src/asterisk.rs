//! Asterisk `cdr-csv` (`Master.csv`): no header, 16 to 18 columns.
//!
//! Source: Asterisk `cdr/cdr_csv.c`: accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata,
//! start, answer, end, duration, billsec, disposition, amaflags, then maybe uniqueid and userfield. The talk time is
//! `billsec`: `duration` counts the ringing too. A channel is named anew for each call: it is no route.

use crate::sniff::Sample;
use crate::template::{ColumnRef, Role, Template};
use std::collections::BTreeMap;

const DISPOSITION: usize = 14;

/// Recognises the form by its width and its dispositions.
pub fn recognise(sample: &Sample) -> Option<Template> {
    let known = |row: &Vec<String>| {
        (16..=18).contains(&row.len())
            && row.get(DISPOSITION).is_some_and(|word| {
                matches!(word.as_str(), "ANSWERED" | "NO ANSWER" | "BUSY" | "FAILED" | "CONGESTION")
            })
    };
    let fitting = sample.rows.iter().filter(|row| known(row)).count();
    if fitting == 0 || fitting.saturating_mul(10) < sample.rows.len().saturating_mul(9) {
        return None;
    }
    let columns = [
        (Role::Caller, 2),
        (Role::Callee, 3),
        (Role::Start, 10),
        (Role::Duration, 14),
        (Role::Outcome, 15),
    ];
    Some(Template {
        name: "Asterisk cdr-csv".to_owned(),
        header: false,
        moments: vec!["%Y-%m-%d %H:%M:%S".to_owned()],
        columns: columns.into_iter().map(|(role, at)| (role, ColumnRef::Position(at))).collect(),
        values: BTreeMap::from([(
            Role::Outcome,
            BTreeMap::from([("CONGESTION".to_owned(), "failed".to_owned())]),
        )]),
        ..Template::default()
    })
}
