//! Whether bare digits are international numbers.

use super::{Notes, Sample, told};
use crate::identifier::is_international;
use crate::template::{Role, Template};

/// Digits of numbers that are neither short codes nor longer than ITU-T E.164 allows.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Digits of the shortest international numbers believed.
const LONG_DIGITS_MIN: usize = 10;
/// Digits from which a number is hardly a national one.
const SURELY_LONG_DIGITS: usize = 11;
/// Numbers from which it can be told.
const NUMBERS_MIN: usize = 8;

/// Where numbers of lines stand.
const SIDES: [Role; 4] = [Role::Caller, Role::Callee, Role::Subscriber, Role::Other];

/// Bare digits are international numbers where nearly all of them are numbers of some country's plan when read so. National ones
/// of eleven digits (mobile numbers of China, say) fail that test. Else it is said that nothing is assumed.
pub(super) fn plus_left_out(
    template: &mut Template,
    sample: &Sample,
    present: &[String],
    notes: &mut Notes,
) {
    if template.country.is_some() || template.plus_left_out.is_some() {
        return;
    }
    let columns: Vec<_> = SIDES.iter().filter_map(|role| template.columns.get(role)).collect();
    let texts = sample.rows.iter().flat_map(|row| columns.iter().map(|at| told(at, row, present)));
    let mut bare: Vec<String> = texts.filter(|text| is_bare(text)).collect();
    let all = sample.rows.len().saturating_mul(columns.len());
    if bare.len().saturating_mul(2) <= all {
        return;
    }
    bare.sort_unstable();
    bare.dedup();
    let long = bare.iter().filter(|text| text.len() >= SURELY_LONG_DIGITS).count();
    let valid = bare.iter().filter(|text| may_be_international(text)).count();
    if bare.len() >= NUMBERS_MIN
        && long.saturating_mul(2) >= bare.len()
        && valid.saturating_mul(10) >= bare.len().saturating_mul(9)
    {
        notes.guess(format!(
            "Numbers are international without their “+”: {valid} of {} sampled are so in some country's plan. If they are national say --country XX.",
            bare.len()
        ));
        template.plus_left_out = Some(true);
    } else {
        notes.doubt(
            "Numbers have no “+” and no country is stated: they are kept as given, and clocks of other countries cannot be told. \
             If they are international say --plus-left-out, if they are national say --country XX."
                .to_owned(),
        );
    }
}

/// Digits alone, but for those that an international prefix opens.
fn is_bare(text: &str) -> bool {
    !text.starts_with("00")
        && DIGITS.contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn may_be_international(text: &str) -> bool {
    text.len() >= LONG_DIGITS_MIN && !text.starts_with('0') && is_international(text)
}
