//! FreeSWITCH `mod_cdr_csv` with its default template `example`: no header, 13 to 16 columns.
//!
//! Source: FreeSWITCH `conf/vanilla/autoload_configs/cdr_csv.conf.xml`: `caller_id_name`, `caller_id_number`,
//! `destination_number`, context, `start_stamp`, `answer_stamp`, `end_stamp`, duration, billsec, `hangup_cause`, uuid, `bleg_uuid`,
//! accountcode, `read_codec`, `write_codec`. The talk time is `billsec`.

use crate::moment::Form;
use crate::sniff::Sample;
use crate::template::{ColumnRef, Role, Template};

const START: usize = 4;
const CAUSE: usize = 9;
const MOMENT: &str = "%Y-%m-%d %H:%M:%S";

/// Recognises the form by its width, its moments and its hang-up causes.
pub fn recognise(sample: &Sample) -> Option<Template> {
    let cause = |word: &String| {
        word.contains('_')
            && word
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte == b'_' || byte.is_ascii_digit())
    };
    let form = Form::new(MOMENT)?;
    let moment = |text: &String| form.read(text.as_bytes()).is_some();
    let known = |row: &Vec<String>| {
        (12..=16).contains(&row.len())
            && row.get(CAUSE).is_some_and(cause)
            && row.get(START).is_some_and(moment)
    };
    let fitting = sample.rows.iter().filter(|row| known(row)).count();
    if fitting == 0 || fitting.saturating_mul(10) < sample.rows.len().saturating_mul(9) {
        return None;
    }
    let columns = [
        (Role::Caller, 2),
        (Role::Callee, 3),
        (Role::Start, 5),
        (Role::Duration, 9),
        (Role::Outcome, 10),
    ];
    Some(Template {
        name: "FreeSWITCH mod_cdr_csv".to_owned(),
        header: false,
        moments: vec![MOMENT.to_owned()],
        columns: columns.into_iter().map(|(role, at)| (role, ColumnRef::Position(at))).collect(),
        ..Template::default()
    })
}
