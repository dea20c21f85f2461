//! All features of a line together.

use crate::calls::{LineCalls, Scratch};
use crate::context::Context;
use crate::feature::{FeatureDoc, FieldDoc};
use crate::features::{
    answer, burstiness, busy_days, call_backs, cells, devices, dispersion, duration, evening,
    first_contact, gaps, hours, night, off_hours, office, reciprocity,
};
use crate::features::{route, sequence, talk, tenure, turnover, vacant, volume};
use facts::CallPart;

/// Lists the features once: their place in a profile, their type, and how they are computed.
macro_rules! features {
    (
        ($calls:ident, $context:ident, $buffer:ident)
        $( #[doc = $about:literal] $feature:ident: $type:ty = $value:expr; )+
    ) => {
        /// What one line did.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Profile {
            /// The line.
            pub line: u32,
            $( #[doc = $about] pub $feature: $type, )+
        }

        impl Profile {
            /// The pages of all features, in the order of their values.
            pub const DOCS: &[FeatureDoc] = &[ $( <$type>::DOC, )+ ];

            /// The values of the wanted features, in the order of [`Self::DOCS`] and their columns; `None` where not observable.
            pub fn numbers(&self, wanted: Wanted, into: &mut Vec<Option<f64>>) {
                let mut each = wanted.each();
                $( if each.next() { self.$feature.numbers(into); } )+
            }

            /// The profile of a line's calls. Features that are not wanted keep their default.
            pub fn of(
                $calls: &LineCalls<'_>,
                $context: &Context<'_>,
                wanted: Wanted,
                $buffer: &mut Vec<u32>,
            ) -> Self {
                let mut profile = Self { line: $calls.line, ..Self::default() };
                let mut each = wanted.each();
                $( if each.next() { profile.$feature = $value; } )+
                profile
            }
        }
    };
}

features! {
    (calls, context, buffer)
    /// How much it calls.
    volume: volume::Volume = volume::volume(calls);
    /// Days at work.
    busy_days: busy_days::BusyDays = busy_days::busy_days(calls, context);
    /// Strangers.
    first_contact: first_contact::FirstContact = first_contact::first_contact(calls);
    /// Who calls back.
    reciprocity: reciprocity::Reciprocity = reciprocity::reciprocity(calls);
    /// What it receives.
    call_backs: call_backs::CallBacks = call_backs::call_backs(calls);
    /// Answer rates.
    answer: answer::Answer = answer::answer(calls);
    /// Durations.
    duration: duration::Duration = duration::duration(calls, buffer);
    /// Talk.
    talk: talk::Talk = talk::talk(calls, buffer);
    /// Gaps.
    gaps: gaps::Gaps = gaps::gaps(calls, buffer);
    /// Evenness.
    burstiness: burstiness::Burstiness = burstiness::burstiness(calls);
    /// Local hours.
    hours: hours::Hours = hours::hours(calls, context);
    /// Nights and weekends.
    off_hours: off_hours::OffHours = off_hours::off_hours(calls, context);
    /// Office clocks.
    office: office::Office = office::office(calls, context);
    /// Cells.
    cells: cells::Cells = cells::cells(calls, buffer);
    /// Cells at night.
    night: night::Night = night::night(calls, context, buffer);
    /// Handsets and SIMs.
    devices: devices::Devices = devices::devices(calls, buffer);
    /// Turnover of counterparts.
    turnover: turnover::Turnover = turnover::turnover(calls, context);
    /// Evening partners.
    evening: evening::Evening = evening::evening(calls, context);
    /// Sequential dialling.
    sequence: sequence::Sequence = sequence::sequence(calls, context);
    /// Number blocks.
    dispersion: dispersion::Dispersion = dispersion::dispersion(calls, context, buffer);
    /// Life of the line.
    tenure: tenure::Tenure = tenure::tenure(calls, context, buffer);
    /// Vacant numbers.
    vacant: vacant::Vacant = vacant::vacant(calls, context);
    /// Routes.
    route: route::Route = route::route(calls, context);
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
        let docs = Profile::DOCS.iter().enumerate().filter(|(_, doc)| has(doc));
        Self(docs.fold(0, |mask, (at, _)| mask | 1 << at))
    }

    /// The columns of these features, in the order of their values.
    pub fn columns(self) -> impl Iterator<Item = &'static FieldDoc> {
        let docs = Profile::DOCS.iter().enumerate().filter(move |(at, _)| self.0 & (1 << at) != 0);
        docs.flat_map(|(_, doc)| doc.fields)
    }

    fn each(self) -> Each {
        Each(self.0)
    }
}

/// Whether the first feature is wanted, the second, and so on.
struct Each(u32);

impl Each {
    #[inline]
    fn next(&mut self) -> bool {
        let wanted = self.0 & 1 != 0;
        self.0 >>= 1;
        wanted
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
                profile.numbers(Wanted::ALL, &mut numbers);
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
        Profile::default().numbers(Wanted::ALL, &mut numbers);
        assert_eq!(names.len(), numbers.len());
        let mut unique = names.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), names.len());
    }

    #[test]
    fn wanted_features_come_with_their_columns_and_no_others() {
        let wanted = Wanted::with_columns(&["gap_median_s", "calls"]);
        let columns: Vec<_> = wanted.columns().map(|field| field.name).collect();
        let mut numbers = Vec::new();
        Profile::default().numbers(wanted, &mut numbers);
        assert_eq!(numbers.len(), columns.len());
        assert_eq!(columns.first().zip(columns.last()), Some((&"calls", &"gap_median_s")));
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
