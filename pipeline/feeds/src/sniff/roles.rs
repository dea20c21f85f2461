//! Which column has which role: by its header, else by what it holds.

use super::{Notes, Sample, dates, known_forms, position, share, whose};
use crate::duration::{self, Unit};
use crate::header::{causes, duration_unit, is_before_talk, is_price, role_of, states_utc};
use crate::identifier::{Identified, Numbering, identify};
use crate::moment::Form;
use crate::template::{ColumnRef, Role, Template};
use std::collections::BTreeMap;

pub(super) fn generic(sample: &Sample, present: &[String], notes: &mut Notes) -> Template {
    let mut template = Template {
        name: "recognised".to_owned(),
        header: sample.header.is_some(),
        ..Template::default()
    };
    let mut starts = Vec::new();
    if let Some(header) = &sample.header {
        by_header(header, &mut template, &mut starts, notes);
    }
    dates::join(&mut template, &starts, sample, present, notes);
    direction(&mut template, sample, present, notes);
    other_side(&mut template);
    by_content(&mut template, sample, present, notes);
    if !template.has(Role::Duration) && template.has(Role::End) && !template.has(Role::Answer) {
        notes.doubt(
            "Neither duration nor answer is told: calls last from start to end, with the time that they rang."
                .to_owned(),
        );
    }
    settle_sides(&mut template, sample, present, notes);
    durations(&mut template, sample, present, notes);
    template
}

fn by_header(
    header: &[String],
    template: &mut Template,
    starts: &mut Vec<usize>,
    notes: &mut Notes,
) {
    for (at, name) in header.iter().enumerate() {
        let again = header.iter().take(at).any(|earlier| earlier.eq_ignore_ascii_case(name));
        if again {
            let sentence = format!("The header “{name}” stands twice; the first one is read.");
            // Of a column that is read, whoever relies on the result should know.
            if role_of(name).is_some() {
                notes.doubt(sentence);
            } else {
                notes.guess(sentence);
            }
            continue;
        }
        let Some(role) = role_of(name) else { continue };
        if role == Role::Start {
            starts.push(at);
        }
        if template.columns.contains_key(&role) {
            continue;
        }
        notes.guess(format!("“{name}” is read as {}, by its header.", role.word()));
        template.columns.insert(role, ColumnRef::Name(name.clone()));
        match role {
            Role::Duration => template.duration_unit = Some(duration_unit(name)),
            Role::Start if states_utc(name) => {
                notes.guess(format!("“{name}” says that its times are in UTC."));
                template.zone = Some("UTC".to_owned());
            }
            Role::Outcome => {
                let words = causes(name)
                    .iter()
                    .map(|(word, means)| ((*word).to_owned(), (*means).to_owned()));
                let words: BTreeMap<String, String> = words.collect();
                if !words.is_empty() {
                    template.values.insert(Role::Outcome, words);
                }
            }
            _ => {}
        }
    }
}

/// Whose call it is, where a column tells it. "Type" often does.
fn direction(template: &mut Template, sample: &Sample, present: &[String], notes: &mut Notes) {
    let tells = |template: &Template, role: Role| {
        let at = template.columns.get(&role).and_then(|column| position(column, present));
        at.is_some_and(|at| {
            share(sample, at, |text| crate::words::direction(text.as_bytes()).is_some()) > 0.5
        })
    };
    if tells(template, Role::Direction) {
        return;
    }
    template.columns.remove(&Role::Direction);
    if tells(template, Role::Kind)
        && let Some(column) = template.columns.remove(&Role::Kind)
    {
        notes.guess("Its words tell the direction.".to_owned());
        template.columns.insert(Role::Direction, column);
    }
}

/// In a subscriber's own records the other side is the other, whatever its header calls it.
fn other_side(template: &mut Template) {
    let is_own = template.has(Role::Subscriber) && template.has(Role::Direction);
    for named in [Role::Callee, Role::Caller] {
        let rest_is_open =
            !template.has(if named == Role::Callee { Role::Caller } else { Role::Callee });
        if is_own
            && rest_is_open
            && !template.has(Role::Other)
            && let Some(column) = template.columns.remove(&named)
        {
            template.columns.insert(Role::Other, column);
        }
    }
}

/// Fills the roles that a call needs from what the columns hold.
fn by_content(template: &mut Template, sample: &Sample, present: &[String], notes: &mut Notes) {
    let taken: Vec<usize> =
        template.columns.values().flat_map(|column| positions(column, present)).collect();
    // What a header names otherwise is no guess: a second cell or date is no number.
    let named = |at: &usize| {
        sample.header.as_ref().and_then(|header| header.get(*at)).is_some_and(|name| {
            role_of(name).is_some_and(|role| !matches!(role, Role::Direction | Role::Kind))
        })
    };
    let mut free: Vec<usize> =
        (0..present.len()).filter(|at| !taken.contains(at) && !named(at)).collect();
    let name = |at: usize| present.get(at).cloned().unwrap_or_default();
    let mut guess = |template: &mut Template, role: Role, at: usize, why: &str| {
        notes.guess(format!("“{}” is read as {}, {why}.", name(at), role.word()));
        template.columns.insert(role, ColumnRef::Position(at.saturating_add(1)));
    };
    let moment = moment_column(&free, sample);
    free.retain(|at| Some(*at) != moment && !is_counter(*at, sample));
    if let (false, Some(at)) = (template.has(Role::Start), moment) {
        guess(template, Role::Start, at, "because it holds moments");
    } else if !template.has(Role::Start)
        && let Some(date) = dates::beside_its_time(&free, sample)
    {
        free.retain(|at| *at != date && *at != date.saturating_add(1));
        guess(
            template,
            Role::Start,
            date,
            "with the next one, because they hold dates and times of day",
        );
        let both = [1, 2].map(|nth| ColumnRef::Position(date.saturating_add(nth)));
        template.columns.insert(Role::Start, ColumnRef::Joined(both.to_vec()));
    }
    for role in sides(template) {
        let number = free.iter().copied().find(|at| share(sample, *at, is_line) > 0.9);
        if let Some(at) = number {
            free.retain(|other| *other != at);
            guess(template, role, at, "because it is the first free column of identifiers");
        }
    }
    if !template.has(Role::Duration) && !template.has(Role::End) {
        let may_be = |at: &usize| {
            !is_price(&name(*at))
                && !is_before_talk(&name(*at))
                && share(sample, *at, is_span) > 0.9
        };
        if let Some(at) = free.iter().copied().find(may_be) {
            guess(
                template,
                Role::Duration,
                at,
                "because it holds numbers as small as durations, or mm:ss",
            );
            template.duration_unit = Some(duration_unit(&name(at)));
        }
    }
}

/// When digits may be taken for a moment: 2001, since when epoch seconds have ten, to 2037. Numbers of lines lie anywhere.
const RECENT_S: std::ops::Range<i64> = 1_000_000_000..2_145_916_800;

/// The column of moments: one that is written as a date rather than one of bare digits, which may be identifiers.
fn moment_column(free: &[usize], sample: &Sample) -> Option<usize> {
    /// Epoch seconds have ten digits since 2001.
    const EPOCH_DIGITS: usize = 10;
    let forms = known_forms();
    let is_moment = |text: &str| forms.iter().any(|form| form.read(text.as_bytes()).is_some());
    let is_bare = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_recent = |text: &str| {
        let read = |form: &Form| form.read(text.as_bytes());
        forms.iter().find_map(read).is_some_and(|moment| RECENT_S.contains(&moment.local_s))
    };
    let find = |test: &dyn Fn(&str) -> bool| {
        free.iter().copied().find(|at| share(sample, *at, test) > 0.9)
    };
    find(&|text| text.len() >= 8 && !is_bare(text) && is_moment(text))
        .or_else(|| find(&|text| text.len() >= EPOCH_DIGITS && is_recent(text)))
}

/// The sides that no header names: of a subscriber's records the subscriber and the other, else caller and callee.
fn sides(template: &Template) -> Vec<Role> {
    let whole = template.has(Role::Caller) || template.has(Role::Callee);
    let own = template.has(Role::Subscriber) || template.has(Role::Other);
    let roles = if template.has(Role::Direction) && (own || !whole) {
        if template.has(Role::Caller) && !template.has(Role::Subscriber) {
            return Vec::new();
        }
        [Role::Subscriber, Role::Other]
    } else {
        [Role::Caller, Role::Callee]
    };
    roles.into_iter().filter(|role| !template.has(*role)).collect()
}

/// Feeds that tell calls from one side have a subscriber; without a direction it is just another name for the caller.
fn settle_sides(template: &mut Template, sample: &Sample, present: &[String], notes: &mut Notes) {
    if template.has(Role::Caller) && template.has(Role::Callee) {
        template.columns.remove(&Role::Subscriber);
        template.columns.remove(&Role::Other);
        if template.has(Role::Direction) {
            whose::settle(template, sample, present, notes);
        }
    } else if !template.has(Role::Direction) {
        for (from, to) in [(Role::Subscriber, Role::Caller), (Role::Other, Role::Callee)] {
            if let (false, Some(column)) = (template.has(to), template.columns.remove(&from)) {
                notes.doubt(format!(
                    "No direction was understood: {} is read as {}.",
                    from.word(),
                    to.word()
                ));
                template.columns.insert(to, column);
            }
        }
    }
    settle_columns_of_one_side(template);
}

/// A column that is named for no side of a whole call belongs to the caller; in a subscriber's own records what is named for the
/// caller is the subscriber's.
fn settle_columns_of_one_side(template: &mut Template) {
    let is_own = template.has(Role::Subscriber) && template.has(Role::Direction);
    for (own, callers) in [
        (Role::Cell, Role::CallerCell),
        (Role::Imei, Role::CallerImei),
        (Role::Imsi, Role::CallerImsi),
    ] {
        let (from, to) = if is_own { (callers, own) } else { (own, callers) };
        if (is_own || !template.has(Role::Direction))
            && !template.has(to)
            && let Some(column) = template.columns.remove(&from)
        {
            template.columns.insert(to, column);
        }
    }
}

/// How durations are written, beyond what the header says.
fn durations(template: &mut Template, sample: &Sample, present: &[String], notes: &mut Notes) {
    let Some(at) = template.columns.get(&Role::Duration).and_then(|at| position(at, present))
    else {
        return;
    };
    if template.duration_unit != Some(Unit::Seconds) {
        return;
    }
    let texts = || sample.rows.iter().filter_map(|row| row.get(at)).filter(|text| !text.is_empty());
    if texts().any(|text| text.contains('.'))
        && texts().all(|text| !text.contains('.') || duration::is_grouped(text.as_bytes(), b'.'))
        && texts().any(|text| !text.contains('.') && text.len() <= 3)
    {
        notes.doubt("Dots in durations part thousands: 1.215 is read as 1215 s.".to_owned());
        template.duration_unit = Some(Unit::GroupedSeconds);
        return;
    }
    let whole: Option<Vec<u64>> =
        texts().map(|text| text.parse().ok()).filter(|value| *value != Some(0)).collect();
    let mut whole = whole.unwrap_or_default();
    whole.sort_unstable();
    if whole.get(whole.len() / 2).is_some_and(|median| *median >= MEDIAN_MS_MIN) {
        notes
            .doubt("Durations are too long for seconds: they are read as milliseconds.".to_owned());
        template.duration_unit = Some(Unit::Milliseconds);
    }
}

/// Half of all calls do not last longer than an hour and a half.
const MEDIAN_MS_MIN: u64 = 5_400;

pub(super) fn positions(column: &ColumnRef, present: &[String]) -> Vec<usize> {
    match column {
        ColumnRef::Joined(columns) => {
            columns.iter().flat_map(|column| positions(column, present)).collect()
        }
        single => position(single, present).into_iter().collect(),
    }
}

/// Whether a column counts the rows. Only the first: called numbers may rise one by one too.
fn is_counter(at: usize, sample: &Sample) -> bool {
    if at > 0 {
        return false;
    }
    let numbers = sample.rows.iter().map(|row| row.get(at).and_then(|text| text.parse().ok()));
    let numbers: Vec<Option<u64>> = numbers.collect();
    let steps = numbers.windows(2).filter(|pair| match pair {
        [Some(one), Some(next)] => one.checked_add(1) == Some(*next),
        _ => false,
    });
    numbers.len() > 3 && steps.count().saturating_mul(10) >= numbers.len().saturating_mul(8)
}

fn is_line(text: &str) -> bool {
    // Handsets and SIMs have 14 to 16 digits, numbers without a plus hardly ever.
    if (14..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
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
