//! Recognises a feed: its separator, its header, what its columns mean and how its moments are written.
//!
//! Known forms are recognised first; else columns by their headers; else by their content. Every guess is said with its
//! reason, so that `import --preview` can show it and a person can mend it.

use crate::delimited::{Dialect, rows};
use crate::duration::{self, Unit};
use crate::header::{duration_unit, role_of};
use crate::identifier::{Identified, Numbering, identify};
use crate::moment::{Form, KNOWN};
use crate::template::{ColumnRef, Role, Template};
use crate::{asterisk, bandicoot, callmine, freeswitch, vast2008};
use std::collections::BTreeMap;

/// Rows of a file's beginning, as text.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The header, where the first row is one.
    pub header: Option<Vec<String>>,
    /// Rows after it.
    pub rows: Vec<Vec<String>>,
}

/// What was recognised, and why.
#[derive(Clone, Debug)]
pub struct Recognised {
    /// How to read the file.
    pub template: Template,
    /// How rows are separated.
    pub dialect: Dialect,
    /// The columns, by header or as `column 1` …
    pub present: Vec<String>,
    /// What was guessed and why, a sentence each.
    pub notes: Vec<String>,
    /// The sample it was recognised from.
    pub sample: Sample,
}

const SAMPLE_ROWS: usize = 500;
const DELIMITERS: [u8; 4] = *b",;\t|";

/// Recognises delimited text from a sample that holds whole rows but maybe for the last.
pub fn delimited(sample: &[u8]) -> Recognised {
    let line_end = if memchr::memchr(b'\n', sample).is_some() { b'\n' } else { b'\r' };
    let mut best: Option<(f64, Dialect, Vec<Vec<String>>)> = None;
    for delimiter in DELIMITERS {
        let dialect = Dialect { delimiter, line_end };
        let rows = text_rows(sample, dialect);
        let score = regularity(&rows);
        if best.as_ref().is_none_or(|(known, _, _)| score > *known) {
            best = Some((score, dialect, rows));
        }
    }
    let (_, dialect, rows) =
        best.unwrap_or((0.0, Dialect { delimiter: b',', line_end }, Vec::new()));
    let mut recognised = columns(with_header(rows), dialect);
    recognised.template.delimiter = Some(char::from(dialect.delimiter));
    recognised
}

/// Recognises columns whose names and first rows are known (Parquet).
pub fn named_columns(header: Vec<String>, rows: Vec<Vec<String>>) -> Recognised {
    columns(Sample { header: Some(header), rows }, Dialect { delimiter: b',', line_end: b'\n' })
}

fn text_rows(sample: &[u8], dialect: Dialect) -> Vec<Vec<String>> {
    let mut records = rows(sample, dialect);
    let mut texts: Vec<Vec<String>> = records
        .byte_records()
        .take(SAMPLE_ROWS)
        .flatten()
        .map(|record| {
            record.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect()
        })
        .collect();
    // The sample may cut the last row.
    if texts.len() > 2 && texts.len() < SAMPLE_ROWS && sample.last() != Some(&dialect.line_end) {
        texts.pop();
    }
    texts
}

/// How well rows agree on a number of fields; a single column never wins over several.
fn regularity(rows: &[Vec<String>]) -> f64 {
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for row in rows {
        let count = widths.entry(row.len()).or_insert(0);
        *count = count.saturating_add(1);
    }
    let Some((width, count)) = widths.into_iter().max_by_key(|(width, count)| (*count, *width))
    else {
        return 0.0;
    };
    if width < 3 {
        return 0.0;
    }
    count as f64 / rows.len().max(1) as f64 + 0.001 * width as f64
}

fn with_header(mut rows: Vec<Vec<String>>) -> Sample {
    let forms = known_forms();
    let looks_like_data = |field: &String| {
        field.parse::<f64>().is_ok()
            || forms.iter().any(|form| form.read(field.as_bytes()).is_some())
    };
    let is_header = rows.first().is_some_and(|first| {
        let named = first.iter().filter(|field| role_of(field).is_some()).count();
        let data = first.iter().filter(|field| looks_like_data(field)).count();
        data == 0
            && (named >= 2
                || first.iter().filter(|field| !field.is_empty()).count() >= 3
                    && !first.iter().any(|field| field.starts_with('+')))
    });
    let header = is_header.then(|| rows.remove(0));
    Sample { header, rows }
}

fn known_forms() -> Vec<Form> {
    KNOWN.iter().filter_map(|form| Form::new(form)).collect()
}

fn columns(sample: Sample, dialect: Dialect) -> Recognised {
    let width = sample
        .header
        .as_ref()
        .map_or_else(|| sample.rows.iter().map(Vec::len).max().unwrap_or(0), Vec::len);
    let present = sample
        .header
        .clone()
        .unwrap_or_else(|| (1..=width).map(|at| format!("column {at}")).collect());
    let mut notes = Vec::new();
    let known = [
        asterisk::recognise,
        freeswitch::recognise,
        callmine::recognise,
        bandicoot::recognise,
        vast2008::recognise,
    ];
    let mut template = match known.iter().find_map(|recognise| recognise(&sample)) {
        Some(template) => {
            notes.push(format!("The form is that of {}.", template.name));
            template
        }
        None => generic(&sample, &present, &mut notes),
    };
    moments(&mut template, &sample, &present, &mut notes);
    plus_left_out(&template, &sample, &present, &mut notes);
    zone(&mut template, &sample, &present, &mut notes);
    Recognised { template, dialect, present, notes, sample }
}

/// A template for a form that is told by its headers, compared without case.
pub fn named(sample: &Sample, name: &str, columns: &[(Role, &str)]) -> Option<Template> {
    let header = sample.header.as_ref()?;
    let has = |wanted: &str| header.iter().any(|column| column.trim().eq_ignore_ascii_case(wanted));
    columns.iter().all(|(_, wanted)| has(wanted)).then(|| Template {
        name: name.to_owned(),
        header: true,
        columns: columns
            .iter()
            .map(|(role, column)| (*role, ColumnRef::Name((*column).to_owned())))
            .collect(),
        ..Template::default()
    })
}

fn generic(sample: &Sample, present: &[String], notes: &mut Vec<String>) -> Template {
    let mut template = Template {
        name: "recognised".to_owned(),
        header: sample.header.is_some(),
        ..Template::default()
    };
    let mut starts = Vec::new();
    if let Some(header) = &sample.header {
        by_header(header, &mut template, &mut starts, notes);
    }
    date_and_time(&mut template, &starts, sample, present, notes);
    by_content(&mut template, sample, present, notes);
    settle_sides(&mut template, sample, present, notes);
    template
}

fn by_header(
    header: &[String],
    template: &mut Template,
    starts: &mut Vec<usize>,
    notes: &mut Vec<String>,
) {
    for (at, name) in header.iter().enumerate() {
        let again = header.iter().take(at).any(|earlier| earlier.eq_ignore_ascii_case(name));
        if again {
            notes.push(format!("The header “{name}” stands twice; the first one is read."));
            continue;
        }
        let Some(role) = role_of(name) else { continue };
        if role == Role::Start {
            starts.push(at);
        }
        if template.columns.contains_key(&role) {
            continue;
        }
        notes.push(format!("“{name}” is read as {}, by its header.", role.word()));
        template.columns.insert(role, ColumnRef::Name(name.clone()));
        if role == Role::Duration {
            template.duration_unit = duration_unit(name);
        }
    }
}

/// A date and a time in columns of their own are joined.
fn date_and_time(
    template: &mut Template,
    starts: &[usize],
    sample: &Sample,
    present: &[String],
    notes: &mut Vec<String>,
) {
    let [first, second, ..] = starts else { return };
    let field = |row: &'_ Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let forms = known_forms();
    let reads = |text: &str| forms.iter().any(|form| form.read(text.as_bytes()).is_some());
    let rows = sample.rows.iter().take(20);
    let joined = rows.clone().filter(|row| {
        !reads(&field(row, *first))
            && reads(&format!("{} {}", field(row, *first), field(row, *second)))
    });
    if joined.count() > rows.count() / 2 {
        let name = |at: usize| present.get(at).cloned().unwrap_or_default();
        notes.push(format!(
            "“{}” and “{}” are joined: a date and a time.",
            name(*first),
            name(*second)
        ));
        let columns = vec![ColumnRef::Name(name(*first)), ColumnRef::Name(name(*second))];
        template.columns.insert(Role::Start, ColumnRef::Joined(columns));
    }
}

/// Fills the roles that a call needs from what the columns hold.
fn by_content(
    template: &mut Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Vec<String>,
) {
    let forms = known_forms();
    let taken: Vec<usize> =
        template.columns.values().filter_map(|column| position(column, present)).collect();
    let free: Vec<usize> = (0..present.len()).filter(|at| !taken.contains(at)).collect();
    let is_moment = |text: &str| forms.iter().any(|form| form.read(text.as_bytes()).is_some());
    let moment = free
        .iter()
        .copied()
        .find(|at| share(sample, *at, |text| text.len() >= 8 && is_moment(text)) > 0.9);
    let mut left: Vec<usize> = free.into_iter().filter(|at| Some(*at) != moment).collect();
    let mut guess = |template: &mut Template, role: Role, at: usize, why: &str| {
        let name = present.get(at).cloned().unwrap_or_default();
        notes.push(format!("“{name}” is read as {}, {why}.", role.word()));
        template.columns.insert(role, ColumnRef::Position(at.saturating_add(1)));
    };
    if let (false, Some(at)) = (template.has(Role::Start), moment) {
        guess(template, Role::Start, at, "because it holds moments");
    }
    let both = template.has(Role::Other) && template.has(Role::Direction);
    for role in [Role::Caller, Role::Callee] {
        if template.has(role) || both {
            continue;
        }
        let number = left.iter().copied().find(|at| share(sample, *at, is_line) > 0.9);
        if let Some(at) = number {
            left.retain(|other| *other != at);
            guess(template, role, at, "because it is the first free column of identifiers");
        }
    }
    if !template.has(Role::Duration) && !template.has(Role::End) {
        let span = left.iter().copied().find(|at| share(sample, *at, is_span) > 0.9);
        if let Some(at) = span {
            guess(template, Role::Duration, at, "because it holds small whole numbers or mm:ss");
        }
    }
}

/// Feeds that tell calls from one side have a subscriber; without a direction it is just another name for the caller.
fn settle_sides(
    template: &mut Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Vec<String>,
) {
    let directed =
        template.columns.get(&Role::Direction).and_then(|column| position(column, present));
    let understood = directed.is_some_and(|at| {
        share(sample, at, |text| crate::words::direction(text.as_bytes()).is_some()) > 0.5
    });
    if !understood {
        template.columns.remove(&Role::Direction);
        // "Type" often holds the direction.
        let kind = template.columns.get(&Role::Kind).and_then(|column| position(column, present));
        if let Some(at) = kind
            && share(sample, at, |text| crate::words::direction(text.as_bytes()).is_some()) > 0.5
            && let Some(column) = template.columns.remove(&Role::Kind)
        {
            notes.push("Its words tell the direction.".to_owned());
            template.columns.insert(Role::Direction, column);
        }
    }
    if template.has(Role::Caller) && template.has(Role::Callee) {
        template.columns.remove(&Role::Subscriber);
        template.columns.remove(&Role::Other);
    } else if !template.has(Role::Direction) {
        for (from, to) in [(Role::Subscriber, Role::Caller), (Role::Other, Role::Callee)] {
            if let (false, Some(column)) = (template.has(to), template.columns.remove(&from)) {
                notes.push(format!(
                    "There is no direction: {} is read as {}.",
                    from.word(),
                    to.word()
                ));
                template.columns.insert(to, column);
            }
        }
    }
    // A column that fits no side of a whole call belongs to the caller.
    for (from, to) in [
        (Role::Cell, Role::CallerCell),
        (Role::Imei, Role::CallerImei),
        (Role::Imsi, Role::CallerImsi),
    ] {
        if !template.has(Role::Direction)
            && !template.has(to)
            && let Some(column) = template.columns.remove(&from)
        {
            template.columns.insert(to, column);
        }
    }
}

fn moments(template: &mut Template, sample: &Sample, present: &[String], notes: &mut Vec<String>) {
    if !template.moments.is_empty() {
        return;
    }
    let Some(column) =
        template.columns.get(&Role::Start).or_else(|| template.columns.get(&Role::Answer))
    else {
        return;
    };
    let texts: Vec<String> = sample
        .rows
        .iter()
        .map(|row| told(column, row, present))
        .filter(|text| !text.is_empty())
        .collect();
    let forms = known_forms();
    let mut open: Vec<&String> = texts.iter().collect();
    while !open.is_empty() {
        let fitting =
            |form: &&Form| open.iter().filter(|text| form.read(text.as_bytes()).is_some()).count();
        let most = forms.iter().map(|form| fitting(&form)).max().unwrap_or(0);
        let Some(best) = forms.iter().find(|form| fitting(form) == most).filter(|_| most > 0)
        else {
            break;
        };
        let also = forms.iter().find(|form| swapped(best, form) && fitting(form) == most);
        if let Some(also) = also {
            notes.push(format!(
                "Day and month could be either way round; “{}” is taken, not “{}”. Say which with --moment.",
                best.text(),
                also.text()
            ));
        }
        template.moments.push(best.text().to_owned());
        open.retain(|text| best.read(text.as_bytes()).is_none());
    }
    if !template.moments.is_empty() {
        notes.push(format!(
            "Moments are read as {}, because {} of {} sampled fit.",
            template.moments.join(" or "),
            texts.len().saturating_sub(open.len()),
            texts.len()
        ));
    }
}

/// The zone that most callers live in: their operator's wall clock, as far as can be told.
fn zone(template: &mut Template, sample: &Sample, present: &[String], notes: &mut Vec<String>) {
    if template.zone.is_some() {
        return;
    }
    let column =
        template.columns.get(&Role::Caller).or_else(|| template.columns.get(&Role::Subscriber));
    let texts = column
        .map(|column| sample.rows.iter().map(|row| told(column, row, present)).collect::<Vec<_>>())
        .unwrap_or_default();
    let mut zones: BTreeMap<&'static str, usize> = BTreeMap::new();
    for text in &texts {
        let digits = text
            .strip_prefix('+')
            .or_else(|| text.strip_prefix("00").filter(|rest| rest.len() >= 9));
        if let Some(zone) = digits.and_then(domain::calling_code::zone) {
            let count = zones.entry(zone).or_insert(0);
            *count = count.saturating_add(1);
        }
    }
    let most = zones.into_iter().max_by_key(|(_, count)| *count);
    match most.filter(|(_, count)| count.saturating_mul(10) >= texts.len().saturating_mul(6) && *count >= 3) {
        Some((zone, count)) => {
            notes.push(format!(
                "No time zone is stated: {zone} is taken, because {count} of {} sampled callers have its numbers. Say another with --zone.",
                texts.len()
            ));
            template.zone = Some(zone.to_owned());
        }
        None => notes.push("No time zone is stated: times without an offset are read as UTC. Say another with --zone.".to_owned()),
    }
}

fn swapped(a: &Form, b: &Form) -> bool {
    a.text() != b.text()
        && a.text().replace("%d", "%x").replace("%m", "%d").replace("%x", "%m") == b.text()
}

/// Long bare digits with nothing in front may be international numbers: said, not assumed.
fn plus_left_out(
    template: &Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Vec<String>,
) {
    let Some(column) = template.columns.get(&Role::Callee) else { return };
    let texts: Vec<String> = sample.rows.iter().map(|row| told(column, row, present)).collect();
    let bare = |text: &&String| {
        (10..=15).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && !text.starts_with('0')
    };
    if !texts.is_empty()
        && texts.iter().filter(bare).count().saturating_mul(10) > texts.len().saturating_mul(9)
        && template.country.is_none()
    {
        notes.push(
            "Numbers have no “+” and no country is stated: they are kept as given, and clocks of other countries cannot be told. \
             If they are international say --plus-left-out, if they are national say --country XX."
                .to_owned(),
        );
    }
}

fn told(column: &ColumnRef, row: &[String], present: &[String]) -> String {
    match column {
        ColumnRef::Joined(columns) => {
            columns.iter().map(|column| told(column, row, present)).collect::<Vec<_>>().join(" ")
        }
        single => position(single, present).and_then(|at| row.get(at)).cloned().unwrap_or_default(),
    }
}

fn position(column: &ColumnRef, present: &[String]) -> Option<usize> {
    match column {
        ColumnRef::Position(position) => position.checked_sub(1),
        ColumnRef::Name(name) => {
            present.iter().position(|header| header.trim().eq_ignore_ascii_case(name.trim()))
        }
        ColumnRef::Joined(_) => None,
    }
}

fn share(sample: &Sample, at: usize, test: impl Fn(&str) -> bool) -> f64 {
    let texts = sample.rows.iter().filter_map(|row| row.get(at)).filter(|text| !text.is_empty());
    let (fitting, all) = texts.fold((0_usize, 0_usize), |(fitting, all), text| {
        (fitting.saturating_add(usize::from(test(text))), all.saturating_add(1))
    });
    if all == 0 { 0.0 } else { fitting as f64 / all as f64 }
}

fn is_line(text: &str) -> bool {
    match identify(text.as_bytes(), Numbering::default()) {
        Ok(Some(Identified::Key(_))) => true,
        Ok(Some(Identified::Text(text))) => {
            text.starts_with("sip:") || text.contains('@') || is_pseudonym(text)
        }
        _ => false,
    }
}

/// A keyed hash: long, one word, with digits in it.
fn is_pseudonym(text: &str) -> bool {
    text.len() >= 8
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_span(text: &str) -> bool {
    text.len() <= 8 && duration::seconds(text.as_bytes(), Unit::Seconds).is_ok()
}

#[cfg(test)]
mod tests;
