//! All features of a line together.

use crate::calls::{LineCalls, Scratch};
use crate::context::Context;
use crate::feature::FeatureDoc;
use crate::features::{
    answer, cells, devices, dispersion, evening, first_contact, gaps, hours, office, reciprocity,
};
use crate::features::{route, sequence, talk, tenure, turnover, vacant, volume};
use facts::CallPart;

/// What one line did.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Profile {
    /// The line.
    pub line: u32,
    /// How much it calls.
    pub volume: volume::Volume,
    /// Strangers.
    pub first_contact: first_contact::FirstContact,
    /// Call-backs.
    pub reciprocity: reciprocity::Reciprocity,
    /// Answer rates.
    pub answer: answer::Answer,
    /// Durations.
    pub talk: talk::Talk,
    /// Gaps.
    pub gaps: gaps::Gaps,
    /// Local hours and weekdays.
    pub hours: hours::Hours,
    /// Office clocks.
    pub office: office::Office,
    /// Cells.
    pub cells: cells::Cells,
    /// Handsets and SIMs.
    pub devices: devices::Devices,
    /// Turnover of counterparts.
    pub turnover: turnover::Turnover,
    /// Evening partners.
    pub evening: evening::Evening,
    /// Sequential dialling.
    pub sequence: sequence::Sequence,
    /// Number blocks.
    pub dispersion: dispersion::Dispersion,
    /// Life of the line.
    pub tenure: tenure::Tenure,
    /// Vacant numbers.
    pub vacant: vacant::Vacant,
    /// Routes.
    pub route: route::Route,
}

impl Profile {
    /// The pages of all features, in the order of their values.
    pub const DOCS: [FeatureDoc; 17] = [
        volume::Volume::DOC,
        first_contact::FirstContact::DOC,
        reciprocity::Reciprocity::DOC,
        answer::Answer::DOC,
        talk::Talk::DOC,
        gaps::Gaps::DOC,
        hours::Hours::DOC,
        office::Office::DOC,
        cells::Cells::DOC,
        devices::Devices::DOC,
        turnover::Turnover::DOC,
        evening::Evening::DOC,
        sequence::Sequence::DOC,
        dispersion::Dispersion::DOC,
        tenure::Tenure::DOC,
        vacant::Vacant::DOC,
        route::Route::DOC,
    ];

    /// All values, in the order of [`Self::DOCS`] and their columns; `None` where not observable.
    pub fn numbers(&self, into: &mut Vec<Option<f64>>) {
        self.volume.numbers(into);
        self.first_contact.numbers(into);
        self.reciprocity.numbers(into);
        self.answer.numbers(into);
        self.talk.numbers(into);
        self.gaps.numbers(into);
        self.hours.numbers(into);
        self.office.numbers(into);
        self.cells.numbers(into);
        self.devices.numbers(into);
        self.turnover.numbers(into);
        self.evening.numbers(into);
        self.sequence.numbers(into);
        self.dispersion.numbers(into);
        self.tenure.numbers(into);
        self.vacant.numbers(into);
        self.route.numbers(into);
    }

    /// The profile of a line's calls. Features that are not wanted keep their default.
    pub fn of(
        calls: &LineCalls<'_>,
        context: &Context<'_>,
        wanted: Wanted,
        buffer: &mut Vec<u32>,
    ) -> Self {
        let mut profile = Self { line: calls.line, ..Self::default() };
        let mut at = 0;
        let mut next = || {
            at += 1;
            wanted.0 & (1 << (at - 1)) != 0
        };
        macro_rules! compute {
            ($( $feature:ident = $value:expr; )+) => {
                $( if next() { profile.$feature = $value; } )+
            };
        }
        compute! {
            volume = volume::volume(calls, context);
            first_contact = first_contact::first_contact(calls);
            reciprocity = reciprocity::reciprocity(calls);
            answer = answer::answer(calls);
            talk = talk::talk(calls, buffer);
            gaps = gaps::gaps(calls, buffer);
            hours = hours::hours(calls, context);
            office = office::office(calls, context);
            cells = cells::cells(calls, context, buffer);
            devices = devices::devices(calls, buffer);
            turnover = turnover::turnover(calls, context);
            evening = evening::evening(calls, context);
            sequence = sequence::sequence(calls, context);
            dispersion = dispersion::dispersion(calls, context, buffer);
            tenure = tenure::tenure(calls, context, buffer);
            vacant = vacant::vacant(calls, context);
            route = route::route(calls, context);
        }
        profile
    }
}

/// Which features are computed, in the order of [`Profile::DOCS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted(u32);

impl Wanted {
    /// All of them.
    pub const ALL: Self = Self(u32::MAX);

    /// Those that have one of the columns.
    pub fn with_columns(columns: &[&str]) -> Self {
        let has = |doc: &FeatureDoc| doc.fields.iter().any(|field| columns.contains(&field.name));
        Self(
            Profile::DOCS
                .iter()
                .enumerate()
                .filter(|(_, doc)| has(doc))
                .fold(0, |mask, (at, _)| mask | 1 << at),
        )
    }
}

/// Profiles every line of a part that made or received a call, in order; `each` also sees the calls.
pub fn profile_part(
    part: &CallPart,
    context: &Context<'_>,
    wanted: Wanted,
    mut each: impl FnMut(&Profile, &LineCalls<'_>),
) {
    let mut scratch = Scratch::default();
    let mut buffer = Vec::new();
    for place in 0..part.lines().len() {
        let calls = scratch.line(part, place);
        if calls.counterparts.is_empty() {
            continue;
        }
        let profile = Profile::of(&calls, context, wanted, &mut buffer);
        each(&profile, &calls);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::story;
    use domain::zone::Clock;
    use proptest::prelude::*;

    fn numbers_of_all(text: &str) -> Vec<(String, Vec<Option<f64>>)> {
        let calls = story(text);
        let site = Clock::of("UTC", calls.first_s, calls.last_s).unwrap();
        let context =
            Context::new(&calls.names.lines, calls.observed, site, calls.first_s, calls.last_s);
        let mut all = Vec::new();
        for part in (0..calls.part_count()).map(|at| calls.part(at).unwrap()) {
            profile_part(&part, &context, Wanted::ALL, |profile, _| {
                let mut numbers = Vec::new();
                profile.numbers(&mut numbers);
                all.push((profile.line, calls.names.lines.text(profile.line), numbers));
            });
        }
        all.sort_by_key(|(line, ..)| *line);
        all.into_iter().map(|(_, name, numbers)| (name, numbers)).collect()
    }

    #[test]
    fn every_column_has_a_value_slot_and_a_unique_name() {
        let names: Vec<_> =
            Profile::DOCS.iter().flat_map(|doc| doc.fields).map(|field| field.name).collect();
        let mut numbers = Vec::new();
        Profile::default().numbers(&mut numbers);
        assert_eq!(names.len(), numbers.len());
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }

    proptest! {
        #[test]
        fn shares_lie_between_0_and_1_and_renaming_changes_nothing_but_names(
            calls in prop::collection::vec((0_u32..5, 5_u32..12, 0_u32..20, 0_u32..24, 0_u32..2), 1..40)
        ) {
            let told = |prefix: &str| {
                let calls: Vec<_> = calls.iter().enumerate()
                    .map(|(at, (a, b, day, hour, talk))| format!("{prefix}{a:02}>{prefix}{b:02} d{day} {hour:02}:{:02} {}", at, talk * 400))
                    .collect();
                numbers_of_all(&calls.join(", "))
            };
            let (first, renamed) = (told("x"), told("y"));
            let shares: Vec<_> = Profile::DOCS.iter().flat_map(|doc| doc.fields).map(|field| field.unit.starts_with("share")).collect();
            for ((name, numbers), (other, same)) in first.iter().zip(&renamed) {
                prop_assert_eq!(name.replace('x', "y"), other.clone());
                prop_assert_eq!(numbers, same);
                for (number, is_share) in numbers.iter().zip(&shares) {
                    prop_assert!(!is_share || number.is_none_or(|number| (0.0..=1.0).contains(&number)));
                }
            }
        }
    }
}
