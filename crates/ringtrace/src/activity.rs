//! When and with what a room's lines worked, in one pass over their calls.

use crate::input::Input;
use crate::reported::rounded;
use domain::zone::{Clock, hour_of, stamp_text, weekday_of};
use facts::{CallPart, Extra, NONE};
use profiles::{Context, FeatureDoc, FieldDoc, Profile, Scratch, Wanted};
use report::{ColumnReport, FeatureReport, HoursReport};
use rooms::Room;
use std::collections::{BTreeMap, BTreeSet};

/// Handsets that are named of a line.
const HANDSETS_MAX: usize = 8;

/// What a line did.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineActivity {
    /// Calls that it made.
    pub(crate) calls: usize,
    /// Whom it called.
    pub(crate) targets: usize,
    /// Its handsets, by first use.
    pub(crate) handsets: Vec<String>,
    /// Its calls by day.
    pub(crate) days: Vec<(String, u32)>,
    /// How it behaves.
    pub(crate) measures: Vec<Option<f64>>,
}

/// What each line of a room did, in their order, and when all of them called. Errors: facts that were put on disk cannot be read.
pub(crate) fn activity(
    room: &Room,
    input: &Input,
    context: &Context<'_>,
) -> std::io::Result<(Vec<LineActivity>, HoursReport)> {
    let site = &context.site;
    let clock = |zone: &String| Clock::of(zone, room.first_s, room.last_s);
    let target = room.target_zone.as_ref().and_then(clock);
    let mut hours =
        HoursReport { site: vec![[0; 24]; 7], targets: target.is_some().then(|| vec![[0; 24]; 7]) };
    let mut lines = Vec::with_capacity(room.lines.len());
    for line in &room.lines {
        let (part, place) = input.calls.part_of(line.line)?;
        for row in part.made_at(place) {
            let start_s = part.start_s[row];
            count(&mut hours.site, site, start_s);
            if let (Some(card), Some(clock)) = (&mut hours.targets, &target) {
                count(card, clock, start_s);
            }
        }
        lines.push(of_line(&part, place, input, context));
    }
    Ok((lines, hours))
}

/// Calls by day, by the clock of the site.
fn days(part: &CallPart, place: usize, site: &Clock) -> Vec<(String, u32)> {
    let mut days: BTreeMap<String, u32> = BTreeMap::new();
    for row in part.made_at(place) {
        let stamp = stamp_text(site.local_s(part.start_s[row]));
        let day = stamp.split(' ').next().unwrap_or_default();
        *days.entry(day.to_owned()).or_default() += 1;
    }
    days.into_iter().collect()
}

/// Every number of a line's profile.
fn measures(part: &CallPart, place: usize, context: &Context<'_>) -> Vec<Option<f64>> {
    let mut scratch = Scratch::default();
    let line = scratch.line(part, place);
    let profile = Profile::of(&line, context, Wanted::ALL, &mut Vec::new());
    let mut numbers = Vec::new();
    profile.numbers(Wanted::ALL, &mut numbers);
    let measured = Wanted::ALL.columns().zip(numbers).filter(|(field, _)| is_measure(field));
    measured.map(|(_, number)| number.map(rounded)).collect()
}

/// Whether a column measures something: which cell or handset is used most is a name, and its index is another in each run.
fn is_measure(field: &FieldDoc) -> bool {
    !field.unit.starts_with("index of ")
}

/// What these numbers are.
pub(crate) fn features() -> Vec<FeatureReport> {
    let column = |field: &FieldDoc| ColumnReport {
        name: field.name.to_owned(),
        unit: field.unit.to_owned(),
        about: field.about.to_owned(),
    };
    let feature = |doc: &FeatureDoc| FeatureReport {
        name: doc.name.to_owned(),
        means: doc.means.to_owned(),
        points_to_a_room: doc.points_to_a_room.to_owned(),
        false_alarms: doc.false_alarms.to_owned(),
        columns: doc.fields.iter().filter(|field| is_measure(field)).map(column).collect(),
    };
    Profile::DOCS.iter().map(feature).collect()
}

fn count(card: &mut [[u32; 24]], clock: &Clock, start_s: u32) {
    let local_s = clock.local_s(start_s);
    card[weekday_of(local_s)][hour_of(local_s)] += 1;
}

fn of_line(part: &CallPart, place: usize, input: &Input, context: &Context<'_>) -> LineActivity {
    let rows = part.made_at(place);
    let targets: BTreeSet<u32> = rows.clone().map(|row| part.callee[row]).collect();
    let mut handsets: Vec<u32> = Vec::new();
    for row in rows.clone() {
        let handset = part.extra(Extra::CallerHandset, row);
        if handset != NONE && handsets.len() < HANDSETS_MAX && !handsets.contains(&handset) {
            handsets.push(handset);
        }
    }
    let names = input.calls.names.of(Extra::CallerHandset);
    LineActivity {
        calls: rows.len(),
        targets: targets.len(),
        handsets: handsets.into_iter().map(|handset| names.text(handset)).collect(),
        days: days(part, place, &context.site),
        measures: measures(part, place, context),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_but_those_of_names_is_a_measure() {
        let told: usize = features().iter().map(|feature| feature.columns.len()).sum();
        let all = Wanted::ALL.columns().count();
        assert_eq!(all - told, 3, "the cell of the day, that of the night, and the handset");
    }
}
