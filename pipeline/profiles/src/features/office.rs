//! Whose office hours are these?

use crate::calls::LineCalls;
use crate::context::Context;
use crate::feature::declare;
use domain::num::share;
use domain::zone::hour_of;

declare! {
    Office, "office",
    means: "Whether a line keeps office hours, and in whose clock: the site's, the called people's, or one found from timing alone.",
    points_to_a_room: "Lima's night is Asia's office day: over 80 % of a room's calls fall into 09-18 of the called number's zone while the house's own clock shows night (docs/concepts/figures.md).",
    false_alarms: "Legitimate offshore call centres; told apart by a registered employer, stable numbers and daytime exits.",
    office_site_share: Option<f64>, "share of calls", "Calls made at 09-18 of the site's clock.";
    office_target_share: Option<f64>, "share of calls with a known zone", "Calls made at 09-18 of the called number's clock.";
    target_offset_h: Option<f64>, "hours east of UTC", "Offset of the zone that most called numbers live in.";
    target_zone_share: Option<f64>, "share of calls with a known zone", "Calls to that zone.";
    office_offset_h: Option<f64>, "hours east of UTC", "Offset whose 09-18 holds most calls, found without looking at numbers.";
    office_fit: Option<f64>, "share of calls", "Share of calls in the 09-18 of that offset.";
    office_confidence: Option<f64>, "0..1", "How far that offset beats the average one; low for lines with few calls.";
}

const OFFICE: std::ops::Range<usize> = 9..18;
const OFFSETS_H: std::ops::RangeInclusive<i32> = -11..=12;

/// Clocks of the calls made.
pub fn office(calls: &LineCalls<'_>, context: &Context<'_>) -> Office {
    let mut by_utc_hour = [0_u32; 24];
    let (mut at_site, mut at_target, mut zoned) = (0, 0, 0);
    let mut zones = [0_u32; 32];
    for (start_s, callee) in calls.made.start_s.iter().zip(calls.made.callee) {
        by_utc_hour[hour_of(*start_s)] += 1;
        at_site += usize::from(OFFICE.contains(&hour_of(context.site.local_s(*start_s))));
        if let Some(index) = context.clock_index(*callee) {
            zoned += 1;
            let clock = context.clock_at(index);
            at_target += usize::from(OFFICE.contains(&hour_of(clock.local_s(*start_s))));
            if let Some(count) = zones.get_mut(index) {
                *count += 1;
            }
        }
    }
    let all = calls.made.start_s.len();
    let target =
        (0..zones.len()).rev().max_by_key(|zone| zones[*zone]).filter(|zone| zones[*zone] > 0);
    let last_s = calls.made.start_s.last().copied().unwrap_or(0);
    let fit = best_offset(&by_utc_hour, all);
    Office {
        office_site_share: share(at_site, all),
        office_target_share: share(at_target, zoned),
        target_offset_h: target
            .map(|zone| f64::from(context.clock_at(zone).offset_s(last_s)) / 3_600.0),
        target_zone_share: target.and_then(|zone| share(zones[zone] as usize, zoned)),
        office_offset_h: fit.map(|fit| fit.0),
        office_fit: fit.map(|fit| fit.1),
        office_confidence: fit.map(|fit| fit.2),
    }
}

/// The offset whose office hours hold most calls, that share, and a confidence. Equal offsets are averaged, so that a shift
/// shorter than nine hours is centred.
pub fn best_offset(by_utc_hour: &[u32; 24], all: usize) -> Option<(f64, f64, f64)> {
    if all == 0 {
        return None;
    }
    let held = |offset: i32| -> u32 {
        OFFICE
            .map(|hour| by_utc_hour[(hour + 48).saturating_add_signed(-(offset as isize)) % 24])
            .sum()
    };
    let most = OFFSETS_H.map(held).max()?;
    let best: Vec<i32> = OFFSETS_H.filter(|offset| held(*offset) == most).collect();
    let centre = circular_mean(&best);
    let fit = f64::from(most) / all as f64;
    let chance = 9.0 / 24.0;
    let evidence = all as f64 / (all as f64 + 20.0);
    Some((centre, fit, ((fit - chance) / (1.0 - chance)).max(0.0) * evidence))
}

/// Mean of offsets on the 24-hour circle, in -11..=12.
fn circular_mean(offsets: &[i32]) -> f64 {
    let angle = |offset: &i32| f64::from(*offset) / 24.0 * std::f64::consts::TAU;
    let (sine, cosine) = offsets.iter().fold((0.0, 0.0), |(sine, cosine), offset| {
        (sine + angle(offset).sin(), cosine + angle(offset).cos())
    });
    let mean = sine.atan2(cosine) / std::f64::consts::TAU * 24.0;
    let rounded = (mean * 2.0).round() / 2.0;
    if rounded <= -11.5 { rounded + 24.0 } else { rounded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::testing::told;

    #[test]
    fn the_clock_is_found_without_the_numbers() {
        // 01:00-09:00 UTC is 09-17 at UTC+8.
        let story: Vec<String> = (0..40)
            .map(|call| format!("A>B{call} d{} {:02}:30 60", call / 8, 1 + call % 8))
            .collect();
        let found = told(&story.join(", "), office);
        let offset_h = found.office_offset_h.unwrap();
        assert!((7.5..=8.5).contains(&offset_h), "{offset_h}");
        assert_eq!(found.office_fit, Some(1.0));
        assert!(found.office_confidence.unwrap() > 0.6);
        assert_eq!(found.office_target_share, None, "names are no numbers: not observable");
    }

    #[test]
    fn calls_all_round_the_clock_fit_nothing() {
        let (_, fit, confidence) = best_offset(&[4; 24], 96).unwrap();
        assert!((fit - 0.375).abs() < 1e-9 && confidence < 1e-9);
        assert_eq!(best_offset(&[0; 24], 0), None);
    }
}
