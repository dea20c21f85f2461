//! Recognises a feed: its separator, its header, what its columns mean and how its moments are written.
//!
//! Known forms are recognised first; else columns by their headers; else by their content. Every guess is said with its
//! reason, so that `import --preview` can show it and a person can mend it; what is in doubt, `find` says too.

mod moments;
mod roles;

use crate::delimited::{Dialect, rows};
use crate::header::role_of;
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
    /// What was guessed and why.
    pub notes: Notes,
    /// The sample it was recognised from.
    pub sample: Sample,
}

/// What is to be said of a recognition, a sentence each.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// What was guessed and why.
    pub guesses: Vec<String>,
    /// What may be wrong and changes what is found.
    pub doubts: Vec<String>,
}

impl Notes {
    /// Adds a guess.
    pub fn guess(&mut self, sentence: String) {
        self.guesses.push(sentence);
    }

    /// Adds a doubt.
    pub fn doubt(&mut self, sentence: String) {
        self.doubts.push(sentence);
    }

    /// Takes back what begins like this.
    fn withdraw(&mut self, beginning: &str) {
        for sentences in [&mut self.guesses, &mut self.doubts] {
            sentences.retain(|sentence| !sentence.starts_with(beginning));
        }
    }
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

impl Recognised {
    /// Lets a person's template override what was recognised; what it leaves open stays recognised.
    pub fn apply(&mut self, template: &Template) {
        self.take_header(template);
        let recognised = std::mem::take(&mut self.template);
        let mut merged = template.clone();
        merged.delimiter = template.delimiter.or(recognised.delimiter);
        if let Some(delimiter) =
            template.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok())
        {
            self.dialect.delimiter = delimiter;
        }
        if merged.name.is_empty() {
            merged.name.clone_from(&recognised.name);
        }
        merged.header |= recognised.header;
        merged.duration_unit = merged.duration_unit.or(recognised.duration_unit);
        if merged.columns.is_empty() {
            merged.subscriber_from_file_name |= recognised.subscriber_from_file_name;
        } else {
            self.notes.guess("Columns that the template names are read as it says.".to_owned());
        }
        for (role, column) in recognised.columns {
            if fits(role, &column, &merged, &self.present) {
                merged.columns.insert(role, column);
            }
        }
        for (role, words) in recognised.values {
            merged.values.entry(role).or_insert(words);
        }
        if merged.moments.is_empty() {
            merged.moments = recognised.moments;
        } else {
            self.notes.withdraw("Day and month");
            self.notes.withdraw("Moments are read");
        }
        self.take_zone(&mut merged, recognised.zone);
        self.template = merged;
    }

    /// Columns told by name have names: the first row, where it holds one of them.
    fn take_header(&mut self, template: &Template) {
        let named = |row: &Vec<String>| {
            template.columns.values().any(|column| match column {
                ColumnRef::Name(name) => row.iter().any(|field| is_named(field, name)),
                _ => false,
            })
        };
        if self.sample.header.is_none() && self.sample.rows.first().is_some_and(named) {
            let header = self.sample.rows.remove(0);
            self.present.clone_from(&header);
            self.sample.header = Some(header);
            self.template.header = true;
        }
    }

    /// The zone that the template states, or else the one that callers live in, now that it is known how their numbers are written.
    fn take_zone(&mut self, merged: &mut Template, recognised: Option<String>) {
        if merged.zone.is_some() {
            self.notes.withdraw("No time zone");
        } else if merged.country.is_some() || merged.plus_left_out {
            self.notes.withdraw("No time zone");
            moments::zone(merged, &self.sample, &self.present, &mut self.notes);
        } else {
            merged.zone = recognised;
        }
        if merged.country.is_some() || merged.plus_left_out {
            self.notes.withdraw("Numbers have no");
        }
    }
}

/// Whether a recognised column has a place beside a person's own: the role is open, the column free, and sides are told one way.
fn fits(role: Role, column: &ColumnRef, own: &Template, present: &[String]) -> bool {
    const WHOLE: [Role; 2] = [Role::Caller, Role::Callee];
    const ONE_SIDE: [Role; 3] = [Role::Subscriber, Role::Other, Role::Direction];
    let has = |roles: &[Role]| roles.iter().any(|role| own.columns.contains_key(role));
    let told_otherwise = WHOLE.contains(&role) && has(&ONE_SIDE) && !has(&WHOLE)
        || ONE_SIDE.contains(&role) && has(&WHOLE) && !has(&ONE_SIDE);
    let taken = own
        .columns
        .values()
        .flat_map(|own| roles::positions(own, present))
        .any(|at| roles::positions(column, present).contains(&at));
    !own.has(role) && !told_otherwise && !taken
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
    let mut notes = Notes::default();
    let known = [
        asterisk::recognise,
        freeswitch::recognise,
        callmine::recognise,
        bandicoot::recognise,
        vast2008::recognise,
    ];
    let mut template = match known.iter().find_map(|recognise| recognise(&sample)) {
        Some(template) => {
            notes.guess(format!("The form is that of {}.", template.name));
            template
        }
        None => roles::generic(&sample, &present, &mut notes),
    };
    moments::moments(&mut template, &sample, &present, &mut notes);
    moments::plus_left_out(&template, &sample, &present, &mut notes);
    moments::zone(&mut template, &sample, &present, &mut notes);
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

fn told(column: &ColumnRef, row: &[String], present: &[String]) -> String {
    match column {
        ColumnRef::Joined(columns) => {
            columns.iter().map(|column| told(column, row, present)).collect::<Vec<_>>().join(" ")
        }
        single => position(single, present).and_then(|at| row.get(at)).cloned().unwrap_or_default(),
    }
}

fn is_named(header: &str, name: &str) -> bool {
    header.trim().eq_ignore_ascii_case(name.trim())
}

fn position(column: &ColumnRef, present: &[String]) -> Option<usize> {
    match column {
        ColumnRef::Position(position) => position.checked_sub(1),
        ColumnRef::Name(name) => present.iter().position(|header| is_named(header, name)),
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

#[cfg(test)]
mod tests;
