//! Hours of the day and days of the week, by the clock of the place and by that of the called.

use super::{Group, Worked};
use domain::num::share;
use domain::zone::{day_of, hour_of, weekday_of};
use profiles::Context;

pub(super) fn clocks(group: &mut Group, own: &[Worked<'_>], context: &Context<'_>) {
    let mut by_hour = [0_usize; 24];
    let (mut office_site, mut office_target, mut zoned, mut night, mut all) = (0, 0, 0, 0, 0);
    let mut zones = vec![0_usize; context.clock_names().count()];
    let (mut weekend, mut working) = (0, 0);
    for call in own.iter().flat_map(|line| &line.calls.made) {
        let local_s = context.site.local_s(call.start_s);
        let hour = hour_of(local_s);
        all += 1;
        by_hour[hour] += 1;
        office_site += usize::from((9..18).contains(&hour));
        night += usize::from(!(6..22).contains(&hour));
        if weekday_of(local_s) >= 5 {
            weekend += 1;
        } else {
            working += 1;
        }
        if let Some(zone) = context.clock_index(call.callee) {
            zoned += 1;
            zones[zone] += 1;
            office_target += usize::from(
                (9..18).contains(&hour_of(context.clock_at(zone).local_s(call.start_s))),
            );
        }
    }
    let ratio = weekend_ratio(weekend, working, group, context);
    let facts = &mut group.facts;
    facts.weekend_ratio = ratio;
    facts.office_site = share(office_site, all).unwrap_or(0.0);
    facts.office_target = share(office_target, zoned);
    facts.night_share = share(night, all).unwrap_or(0.0);
    facts.shift_hours = shift_hours(&by_hour, all);
    let zone =
        zones.into_iter().enumerate().max_by_key(|(zone, count)| (*count, usize::MAX - zone));
    let zone = zone.filter(|(_, count)| *count * 2 > zoned).map(|(zone, _)| context.clock_at(zone));
    group.target_zone = zone.map(|clock| clock.name().to_owned());
    group.facts.target_hours_away = zone.map(|clock| {
        let away_s = clock.offset_s(group.last_s) - context.site.offset_s(group.last_s);
        let away_h = (f64::from(away_s) / 3_600.0).rem_euclid(24.0);
        away_h.min(24.0 - away_h)
    });
}

fn shift_hours(by_hour: &[usize; 24], all: usize) -> f64 {
    let mut counts = by_hour.to_vec();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let mut left = all as f64 * 0.9;
    let mut hours = 0.0;
    for count in counts {
        if left <= 0.0 {
            break;
        }
        left -= count as f64;
        hours += 1.0;
    }
    hours
}

/// Calls on an average weekend day over those on an average working day, from the group's first day to its last: `None` where these hold no weekend.
fn weekend_ratio(
    weekend: usize,
    working: usize,
    group: &Group,
    context: &Context<'_>,
) -> Option<f64> {
    let day = |start_s: u32| day_of(context.site.local_s(start_s));
    let days = day(group.first_s)..=day(group.last_s);
    let weekends = days.clone().filter(|day| (day + 3) % 7 >= 5).count();
    let workdays = days.count() - weekends;
    if weekends == 0 || workdays == 0 {
        return None;
    }
    let working = working as f64 / workdays as f64;
    (working > 0.0).then(|| weekend as f64 / weekends as f64 / working)
}
