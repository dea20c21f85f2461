//! A template resolved against the columns that a file really has.

use crate::FeedError;
use crate::duration::Unit;
use crate::identifier::{Numbering, region_of};
use crate::moment::{Form, WallClock};
use crate::template::{ColumnRef, Role, Tells, Template};
use crate::value::{Fields, Value};
use domain::Outcome;
use facts::SightingKind;
use std::collections::BTreeMap;

/// Where the value of a role comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// Nowhere.
    Absent,
    /// One column, from 0.
    Column(usize),
    /// Columns joined with a space.
    Joined(Vec<usize>),
    /// One value for all rows.
    Constant(Vec<u8>),
    /// Columns put together with text between them.
    Derived(Vec<Piece>),
}

/// A piece of a derivation.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Text.
    Text(Vec<u8>),
    /// A column.
    Column(usize),
}

impl Origin {
    /// The value in a row; put together in `scratch` where it is not one column's.
    #[inline]
    pub fn value<'a>(&'a self, fields: &'a impl Fields, scratch: &'a mut Vec<u8>) -> Value<'a> {
        match self {
            Self::Absent => Value::Missing,
            Self::Column(column) => fields.value(*column),
            Self::Constant(value) => Value::Text(value),
            Self::Joined(columns) => {
                let pieces = columns.iter().map(|column| Joint::Column(*column));
                assemble(pieces, Some(b' '), fields, scratch)
            }
            Self::Derived(pieces) => {
                let pieces = pieces.iter().map(|piece| match piece {
                    Piece::Text(text) => Joint::Text(text),
                    Piece::Column(column) => Joint::Column(*column),
                });
                assemble(pieces, None, fields, scratch)
            }
        }
    }

    /// Whether there is a value at all.
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

enum Joint<'a> {
    Text(&'a [u8]),
    Column(usize),
}

/// Missing where any column is: half a cell identity is none.
fn assemble<'a>(
    joints: impl Iterator<Item = Joint<'a>>,
    between: Option<u8>,
    fields: &impl Fields,
    scratch: &'a mut Vec<u8>,
) -> Value<'a> {
    scratch.clear();
    let mut number = Vec::new();
    for joint in joints {
        if let (Some(between), false) = (between, scratch.is_empty()) {
            scratch.push(between);
        }
        match joint {
            Joint::Text(text) => scratch.extend_from_slice(text),
            Joint::Column(column) => {
                let value = fields.value(column);
                let text = value.write(&mut number).trim_ascii();
                if text.is_empty() {
                    return Value::Missing;
                }
                scratch.extend_from_slice(text);
            }
        }
    }
    Value::Text(scratch)
}

/// Everything needed to read a row.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the rows tell.
    pub tells: Tells,
    /// Origins in the order of [`Role::ALL`].
    origins: Vec<Origin>,
    /// Forms of moments, in the order they are tried.
    pub forms: Vec<Form>,
    /// The feed's wall clock.
    pub clock: WallClock,
    /// Unit of durations.
    pub duration_unit: Unit,
    /// How bare digits are read.
    pub numbering: Numbering,
    /// The feed's own words for outcomes.
    pub outcomes: BTreeMap<Vec<u8>, Outcome>,
    /// The feed's own words for directions (`out`, `in`).
    pub directions: BTreeMap<Vec<u8>, bool>,
    /// The feed's own words for kinds: whether they are calls.
    pub kinds: BTreeMap<Vec<u8>, bool>,
    /// The feed's own words for kinds of sightings.
    pub sighting_kinds: BTreeMap<Vec<u8>, SightingKind>,
    /// The header, as one row, to recognise its repetition.
    pub header: Vec<String>,
}

impl Plan {
    /// Resolves a template against a file's columns. `present` holds the headers, or made-up names where the file has
    /// none; `subscriber` is the file's stem.
    pub fn new(
        template: &Template,
        present: &[String],
        subscriber: &str,
    ) -> Result<Self, FeedError> {
        let mut origins = Vec::with_capacity(Role::ALL.len());
        for role in Role::ALL {
            origins.push(origin(template, role, present, subscriber)?);
        }
        let missing = template.missing();
        if !missing.is_empty() {
            return Err(FeedError::NotRecognised { missing: missing.join(", ") });
        }
        let wrong = |what: &str| FeedError::Template(what.to_owned());
        let forms = match template.moments.as_slice() {
            [] => vec![Form::new("%Y-%m-%d %H:%M:%S").ok_or_else(|| wrong("no form"))?],
            forms => forms
                .iter()
                .map(|form| {
                    Form::new(form).ok_or_else(|| {
                        FeedError::Template(format!("“{form}” is not a form of moments"))
                    })
                })
                .collect::<Result<_, _>>()?,
        };
        let zone = template.zone.as_deref().unwrap_or("UTC");
        let zone = domain::zone::zone_of(zone).ok_or_else(|| {
            FeedError::Template(format!(
                "“{zone}” is not an IANA time zone such as Asia/Kuala_Lumpur"
            ))
        })?;
        let country = match template.country.as_deref() {
            None => None,
            Some(code) => Some(region_of(code).ok_or_else(|| {
                FeedError::Template(format!("“{code}” is not a two-letter country code such as MY"))
            })?),
        };
        Ok(Self {
            tells: template.tells,
            origins,
            forms,
            clock: WallClock::new(zone),
            duration_unit: template.duration_unit.unwrap_or_default(),
            numbering: Numbering { country, plus_left_out: template.plus_left_out == Some(true) },
            outcomes: words(template, Role::Outcome, Outcome::from_word)?,
            directions: words(template, Role::Direction, |word| match word {
                "out" => Some(true),
                "in" => Some(false),
                _ => None,
            })?,
            kinds: if template.tells == Tells::Calls {
                words(template, Role::Kind, |word| match word {
                    "call" => Some(true),
                    "other" => Some(false),
                    _ => None,
                })?
            } else {
                BTreeMap::new()
            },
            sighting_kinds: if template.tells == Tells::Sightings {
                words(template, Role::Kind, SightingKind::from_word)?
            } else {
                BTreeMap::new()
            },
            header: if template.header { present.to_vec() } else { Vec::new() },
        })
    }

    /// Where a role's value comes from.
    #[inline]
    pub fn origin(&self, role: Role) -> &Origin {
        self.origins.get(role as usize).unwrap_or(&Origin::Absent)
    }

    /// Whether a role's moment is put together with the date that the start is.
    pub fn shares_date(&self, role: Role) -> bool {
        let date = |role: Role| match self.origin(role) {
            Origin::Joined(columns) => columns.first(),
            _ => None,
        };
        date(role).is_some() && date(role) == date(Role::Start)
    }

    /// The parts needed to read moments, borrowed apart: origins, forms, clock.
    pub fn split_moments(&mut self) -> (&[Origin], &[Form], &mut WallClock) {
        (&self.origins, &self.forms, &mut self.clock)
    }

    /// The columns that are read, from 0, sorted.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = self
            .origins
            .iter()
            .flat_map(|origin| match origin {
                Origin::Absent | Origin::Constant(_) => Vec::new(),
                Origin::Column(column) => vec![*column],
                Origin::Joined(columns) => columns.clone(),
                Origin::Derived(pieces) => pieces
                    .iter()
                    .filter_map(|piece| match piece {
                        Piece::Column(column) => Some(*column),
                        Piece::Text(_) => None,
                    })
                    .collect(),
            })
            .collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }

    /// Renumbers columns after a projection: `kept` holds the old numbers in their new order.
    pub fn project(&mut self, kept: &[usize]) {
        let new = |column: &mut usize| {
            *column = kept.binary_search(column).unwrap_or(usize::MAX);
        };
        for origin in &mut self.origins {
            match origin {
                Origin::Absent | Origin::Constant(_) => {}
                Origin::Column(column) => new(column),
                Origin::Joined(columns) => columns.iter_mut().for_each(new),
                Origin::Derived(pieces) => {
                    for piece in pieces {
                        if let Piece::Column(column) = piece {
                            new(column);
                        }
                    }
                }
            }
        }
    }
}

fn words<T>(
    template: &Template,
    role: Role,
    meaning: impl Fn(&str) -> Option<T>,
) -> Result<BTreeMap<Vec<u8>, T>, FeedError> {
    let Some(words) = template.values.get(&role) else { return Ok(BTreeMap::new()) };
    let read = |(word, means): (&String, &String)| {
        let means = meaning(means).ok_or_else(|| {
            FeedError::Template(format!("values.{}: “{means}” is not a word for it", role.word()))
        })?;
        Ok((word.as_bytes().to_vec(), means))
    };
    words.iter().map(read).collect()
}

fn origin(
    template: &Template,
    role: Role,
    present: &[String],
    subscriber: &str,
) -> Result<Origin, FeedError> {
    if let Some(column) = template.columns.get(&role) {
        return column_origin(column, present);
    }
    if let Some(constant) = template.constants.get(&role) {
        return Ok(Origin::Constant(constant.clone().into_bytes()));
    }
    if let Some(pattern) = template.derived.get(&role) {
        return derivation(pattern, present);
    }
    if role == Role::Subscriber && template.subscriber_from_file_name {
        return Ok(Origin::Constant(subscriber.as_bytes().to_vec()));
    }
    Ok(Origin::Absent)
}

fn column_origin(column: &ColumnRef, present: &[String]) -> Result<Origin, FeedError> {
    match column {
        ColumnRef::Position(position) => {
            let index = position.checked_sub(1).filter(|index| *index < present.len());
            index.map(Origin::Column).ok_or_else(|| no_column(&position.to_string(), present))
        }
        ColumnRef::Name(name) => Ok(Origin::Column(index_of(name, present)?)),
        ColumnRef::Joined(columns) => {
            let mut indexes = Vec::with_capacity(columns.len());
            for column in columns {
                match column_origin(column, present)? {
                    Origin::Column(index) => indexes.push(index),
                    _ => {
                        return Err(FeedError::Template(
                            "joined columns hold single columns only".to_owned(),
                        ));
                    }
                }
            }
            Ok(Origin::Joined(indexes))
        }
    }
}

/// The first column with this header; headers are compared without case and surrounding space.
fn index_of(name: &str, present: &[String]) -> Result<usize, FeedError> {
    let same = |header: &String| header.trim().eq_ignore_ascii_case(name.trim());
    present.iter().position(same).ok_or_else(|| no_column(name, present))
}

fn no_column(column: &str, present: &[String]) -> FeedError {
    FeedError::NoColumn { column: column.to_owned(), present: present.join(", ") }
}

fn derivation(pattern: &str, present: &[String]) -> Result<Origin, FeedError> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').ok_or_else(|| {
            FeedError::Template(format!("derived “{pattern}”: a brace is not closed"))
        })?;
        if !text.is_empty() {
            pieces.push(Piece::Text(text.as_bytes().to_vec()));
        }
        pieces.push(Piece::Column(index_of(name, present)?));
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.as_bytes().to_vec()));
    }
    Ok(Origin::Derived(pieces))
}
