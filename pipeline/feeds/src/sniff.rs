//! Recognises a feed: its separator, its header, what its columns mean and how its moments are written.
//!
//! Known forms are recognised first; else columns by their headers; else by their content. Every guess is said with its
//! reason, so that `import --preview` can show it and a person can mend it; what is in doubt, `find` says too.

mod dates;
mod header_row;
mod moments;
mod numbers;
mod roles;
mod text_row;
mod whose;

use crate::delimited::Dialect;
use crate::moment::{Form, KNOWN};
use crate::template::{ColumnRef, Role, Tells, Template};
use crate::{asterisk, bandicoot, callmine, freeswitch, sightings, vast2008};
use std::sync::LazyLock;
use text_row::{TextRow, text_rows};

/// Rows of a file's beginning, as text.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The header, where there is one.
    pub header: Option<Vec<String>>,
    /// Line of the header, from 1; 0 where there is none. What stands above it is a title.
    pub header_line: u32,
    /// Rows after it.
    pub rows: Vec<Vec<String>>,
    /// The lines that the rows begin at.
    pub lines: Vec<u32>,
}

impl Sample {
    /// Rows as read, below their header or one of which is made the header.
    fn of(rows: Vec<TextRow>, header: Option<usize>) -> Self {
        let below = header.map_or(0, |at| at.saturating_add(1));
        let header = header.and_then(|at| rows.get(at)).cloned();
        let (lines, rows) = rows.into_iter().skip(below).map(|row| (row.line, row.fields)).unzip();
        let header_line = header.as_ref().map_or(0, |row| row.line);
        Self { header: header.map(|row| row.fields), header_line, rows, lines }
    }

    /// Makes one of the rows the header.
    fn make_header(&mut self, at: usize) {
        let lines = std::mem::take(&mut self.lines);
        let rows = std::mem::take(&mut self.rows);
        let rows = lines.into_iter().zip(rows).map(|(line, fields)| TextRow { line, fields });
        *self = Self::of(rows.collect(), Some(at));
    }
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
    /// The zone that the file itself states.
    pub stated_zone: Option<String>,
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

/// Separators that are tried. A space only where no other separates: moments hold spaces too.
const DELIMITERS: [u8; 10] = *b",;\t|^~#!\x01\x1f";

/// Recognises delimited text from a sample that holds whole rows but maybe for the last.
pub fn delimited(sample: &[u8]) -> Recognised {
    let line_end = if memchr::memchr(b'\n', sample).is_some() { b'\n' } else { b'\r' };
    let mut best: Option<(f64, Dialect, Vec<TextRow>)> = None;
    for delimiter in DELIMITERS.into_iter().chain([b' ']) {
        let dialect = Dialect { delimiter, line_end };
        let rows = text_rows(sample, dialect);
        let score = regularity(&rows);
        let known = best.as_ref().map_or(0.0, |(known, _, _)| *known);
        if delimiter == b' ' && (known > 0.0 || score < 0.9 || rows.len() < 2) {
            continue;
        }
        if best.as_ref().is_none_or(|(known, _, _)| score > *known) {
            best = Some((score, dialect, rows));
        }
    }
    let (_, dialect, rows) =
        best.unwrap_or((0.0, Dialect { delimiter: b',', line_end }, Vec::new()));
    let header = header_row::find(&rows);
    let mut recognised = columns(Sample::of(rows, header), dialect);
    recognised.template.delimiter = Some(char::from(dialect.delimiter));
    recognised
}

/// Recognises columns whose names and first rows are known (Parquet).
pub fn named_columns(header: Vec<String>, rows: Vec<Vec<String>>) -> Recognised {
    let sample = Sample { header: Some(header), rows, ..Sample::default() };
    columns(sample, Dialect { delimiter: b',', line_end: b'\n' })
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
        let names_a_call = merged.has(Role::Callee) || merged.has(Role::Other);
        if !names_a_call && recognised.tells == Tells::Sightings {
            merged.tells = Tells::Sightings;
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
        merged.zone = merged.zone.or_else(|| self.stated_zone.clone());
        for beginning in ["Day and month", "Moments are read", "Numbers ", "No time zone"] {
            self.notes.withdraw(beginning);
        }
        self.template = merged;
        self.settle_writing();
    }

    /// How moments and numbers are written and by which clock, as far as it is open, now that it is known which columns hold them.
    fn settle_writing(&mut self) {
        let Self { template, sample, present, notes, .. } = self;
        moments::moments(template, sample, present, notes);
        numbers::plus_left_out(template, sample, present, notes);
        moments::zone(template, sample, present, notes);
    }

    /// Columns told by name have names: in the first row that holds one of them. A template that says that there is a header
    /// and names none means the first row.
    fn take_header(&mut self, template: &Template) {
        if self.sample.header.is_some() {
            return;
        }
        let named = |row: &Vec<String>| {
            template.columns.values().any(|column| match column {
                ColumnRef::Name(name) => row.iter().any(|field| is_named(field, name)),
                _ => false,
            })
        };
        let named = self.sample.rows.iter().position(named);
        if let Some(at) = named.or_else(|| template.header.then_some(0)) {
            self.sample.make_header(at);
            if let Some(header) = &self.sample.header {
                self.present.clone_from(header);
                self.template.header = true;
            }
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

/// How well rows agree on a number of fields; a single column never wins over several.
fn regularity(rows: &[TextRow]) -> f64 {
    let width = header_row::usual_width(rows);
    if width < 3 {
        return 0.0;
    }
    let count = header_row::widths(rows).get(&width).copied().unwrap_or_default();
    count as f64 / rows.len().max(1) as f64 + 0.001 * width as f64
}

/// The forms that are tried, compiled once.
fn known_forms() -> &'static [Form] {
    static FORMS: LazyLock<Vec<Form>> =
        LazyLock::new(|| KNOWN.iter().filter_map(|form| Form::new(form)).collect());
    &FORMS
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
    if sample.header_line > 1 {
        notes.guess(format!(
            "The header is line {}: what stands above it is taken for a title.",
            sample.header_line
        ));
    }
    let known = [
        asterisk::recognise,
        freeswitch::recognise,
        callmine::recognise,
        bandicoot::recognise,
        vast2008::recognise,
        sightings::recognise,
    ];
    let template = match known.iter().find_map(|recognise| recognise(&sample)) {
        Some(template) => {
            notes.guess(format!("The form is that of {}.", template.name));
            template
        }
        None => roles::generic(&sample, &present, &mut notes),
    };
    let stated_zone = template.zone.clone();
    let mut recognised = Recognised { template, dialect, present, notes, sample, stated_zone };
    recognised.settle_writing();
    recognised
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

/// Whether a column holds moments, or there are no rows to tell.
pub fn holds_moments(sample: &Sample, at: usize) -> bool {
    let is_moment = |text: &str| {
        text.len() >= 8 && known_forms().iter().any(|form| form.read(text.as_bytes()).is_some())
    };
    sample.rows.is_empty() || share(sample, at, is_moment) > 0.9
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
