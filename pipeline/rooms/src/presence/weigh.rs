//! What speaks for and against a group of lines that keep to one place.

use super::stay::{BIN_S, Stay, counted, in_step};
use crate::config::PresenceConfig;
use crate::room::FactRef;
use crate::weigh::Weighed;
use domain::Family;
use domain::num::share;
use domain::zone::{DAY_S, hour_of, weekday_of};
use facts::Calls;
use profiles::Context;
use profiles::calls::median;
use std::collections::BTreeMap;

/// A group, weighed.
pub(super) struct Told {
    pub(super) weighed: Weighed,
    /// Cells by sightings, most first.
    pub(super) cells: Vec<(u32, usize)>,
    /// Mean correlation of being online.
    pub(super) together: f64,
    /// The clock whose office hours the shift falls into, where that is not the place's own.
    pub(super) office_clock: Option<String>,
}

/// Cells with at least this share of the sightings belong to the place: a building is heard by two or three.
const SITE_SHARE_MIN: f64 = 0.03;
/// Examples that a finding names.
const EXAMPLES: usize = 3;

pub(super) fn weigh(
    group: &[&Stay],
    calls: &Calls,
    context: &Context<'_>,
    config: &PresenceConfig,
) -> Told {
    let cells = cells(group);
    let mut weighed = Weighed::default();
    let together = steps(group, calls, config);
    place(group, &cells, context, config, &mut weighed);
    let hours = busy_hours(group, context);
    let minutes = minutes_a_day(group).unwrap_or(0.0);
    let is_shift = minutes >= config.shift_min.0 && hours >= config.shift_min.1;
    rhythm(group, (minutes, hours), together.filter(|_| is_shift), config, &mut weighed);
    weekend(group, context, config, &mut weighed);
    let office_clock = is_shift.then(|| clock(group, context, config, &mut weighed)).flatten();
    arrival(group, calls, config, &mut weighed);
    devices(group, calls, config, &mut weighed);
    own_lives(group, config, &mut weighed);
    weighed.sort();
    Told { weighed, cells, together: together.unwrap_or(0.0), office_clock }
}

fn cells(group: &[&Stay]) -> Vec<(u32, usize)> {
    let mut cells: BTreeMap<u32, usize> = BTreeMap::new();
    for (cell, count) in group.iter().flat_map(|stay| &stay.cells) {
        *cells.entry(*cell).or_default() += count;
    }
    let mut cells: Vec<(u32, usize)> = cells.into_iter().collect();
    cells.sort_by_key(|(cell, count)| (std::cmp::Reverse(*count), *cell));
    cells
}

/// The middle of how much each line is in step with the next ones.
fn steps(group: &[&Stay], calls: &Calls, config: &PresenceConfig) -> Option<f64> {
    let pairs = group.iter().enumerate().flat_map(|(at, one)| {
        let others = group.iter().skip(at + 1).take(config.compared_max);
        others.filter_map(move |other| in_step(one, other, calls.first_s))
    });
    let mut steps: Vec<f64> = pairs.collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

fn examples(group: &[&Stay]) -> Vec<FactRef> {
    let first = group.iter().take(EXAMPLES);
    first.map(|stay| FactRef::sighting(stay.line, stay.first_s)).collect()
}

fn place(
    group: &[&Stay],
    cells: &[(u32, usize)],
    context: &Context<'_>,
    config: &PresenceConfig,
    weighed: &mut Weighed,
) {
    let all: usize = cells.iter().map(|(_, count)| count).sum();
    let of_site = cells.iter().filter(|(_, count)| *count as f64 >= SITE_SHARE_MIN * all as f64);
    let at_site: usize = of_site.map(|(_, count)| count).sum();
    let at_site = share(at_site, all).unwrap_or(0.0);
    let nights: usize = group.iter().map(|stay| stay.nights).sum();
    let weekend = group
        .iter()
        .flat_map(|stay| &stay.sessions)
        .any(|(from_s, _)| weekday_of(context.site.local_s(*from_s)) >= 5);
    let bits = config.at_site_bits.bits(at_site).filter(|_| nights >= group.len());
    weighed.add_with(Family::Place, bits, &examples(group), || {
        format!(
            "Nobody leaves: {:.0} % of {all} sightings of {} phones, nights{} among them, come from one place.",
            at_site * 100.0,
            group.len(),
            if weekend { " and weekends" } else { "" }
        )
    });
}

/// Minutes online on a day that has any, in the middle of all lines.
fn minutes_a_day(group: &[&Stay]) -> Option<f64> {
    let mut minutes: Vec<u32> = Vec::new();
    for stay in group {
        let mut days: BTreeMap<u32, u32> = BTreeMap::new();
        for (from_s, to_s) in &stay.sessions {
            *days.entry(from_s / DAY_S).or_default() += to_s - from_s;
        }
        let mut days: Vec<u32> = days.into_values().collect();
        minutes.extend(median(&mut days).map(|online_s| domain::num::round_u32(online_s / 60.0)));
    }
    median(&mut minutes)
}

fn rhythm(
    group: &[&Stay],
    (minutes, hours): (f64, f64),
    together: Option<f64>,
    config: &PresenceConfig,
    weighed: &mut Weighed,
) {
    weighed.add(Family::Rhythm, config.minutes_bits.bits(minutes), || {
        format!("Each phone is online for {:.1} h a day.", minutes / 60.0)
    });
    if let Some(step) = together {
        let bits = config.group_step_bits.bits(step);
        weighed.add_with(Family::Rhythm, bits, &examples(group), || {
            if bits > Some(0.0) {
                format!(
                    "They go online and offline together: correlation {step:.2} over half hours."
                )
            } else {
                format!("Each has hours of its own: correlation {step:.2} over half hours.")
            }
        });
    }
    weighed.add(Family::Rhythm, config.round_the_clock_bits.bits(hours), || {
        format!("They have no shift: nine tenths of the time online fall into {hours:.0} hours of the day, as with machines.")
    });
}

fn weekend(group: &[&Stay], context: &Context<'_>, config: &PresenceConfig, weighed: &mut Weighed) {
    if let Some(ratio) = weekend_ratio(group, context) {
        weighed.add(Family::Rhythm, config.weekend_bits.bits(1.0 - ratio), || {
            format!(
                "They rest at the weekend ({:.0} % of a working day's time online).",
                ratio * 100.0
            )
        });
    }
}

/// Seconds online in each hour of the day by the clock of the place.
fn by_hour(group: &[&Stay], context: &Context<'_>) -> [f64; 24] {
    let mut hours = [0.0; 24];
    for (from_s, to_s) in group.iter().flat_map(|stay| &stay.sessions) {
        let mut at_s = *from_s;
        while at_s < *to_s {
            let step_s = (BIN_S / 2).min(to_s - at_s);
            hours[hour_of(context.site.local_s(at_s))] += f64::from(step_s);
            at_s += step_s;
        }
    }
    hours
}

fn busy_hours(group: &[&Stay], context: &Context<'_>) -> f64 {
    let mut hours = by_hour(group, context).to_vec();
    hours.sort_by(|a, b| b.total_cmp(a));
    let mut left = hours.iter().sum::<f64>() * 0.9;
    let needed = hours.iter().take_while(|online_s| {
        let needed = left > 0.0;
        left -= **online_s;
        needed
    });
    needed.count() as f64
}

/// Time online on an average weekend day over that of a working day; `None` where the facts hold no weekend.
fn weekend_ratio(group: &[&Stay], context: &Context<'_>) -> Option<f64> {
    let (mut online, mut days) = ([0.0; 2], [0.0; 2]);
    for stay in group {
        let mut at_s = stay.first_s;
        while at_s <= stay.last_s {
            days[usize::from(weekday_of(context.site.local_s(at_s)) >= 5)] += 1.0;
            at_s = at_s.saturating_add(DAY_S);
        }
        for (from_s, to_s) in &stay.sessions {
            let weekend = usize::from(weekday_of(context.site.local_s(*from_s)) >= 5);
            online[weekend] += f64::from(to_s - from_s);
        }
    }
    let working = (days[0] > 0.0 && online[0] > 0.0).then(|| online[0] / days[0])?;
    (days[1] > 0.0).then(|| online[1] / days[1] / working)
}

/// The clock whose office hours (09 to 19) hold most of the time online.
fn clock(
    group: &[&Stay],
    context: &Context<'_>,
    config: &PresenceConfig,
    weighed: &mut Weighed,
) -> Option<String> {
    let hours = by_hour(group, context);
    let all: f64 = hours.iter().sum();
    if all <= 0.0 {
        return None;
    }
    let inside = |away: i32| -> f64 {
        let office = (9..19).map(|hour: i32| (hour - away).rem_euclid(24).unsigned_abs() as usize);
        office.map(|hour| hours[hour]).sum::<f64>() / all
    };
    let own = inside(0);
    // Of clocks that fit as well, the middle one: office hours are longer than shifts.
    let best = (-11..=12).map(inside).fold(0.0, f64::max);
    let fitting: Vec<i32> = (-11..=12).filter(|away| inside(*away) >= best - 0.01).collect();
    let away = fitting[fitting.len() / 2];
    let foreign = away.abs() >= config.away_hours_min && best - own >= config.clock_share_min;
    if !foreign {
        weighed.add(Family::Rhythm, config.own_clock_bits.bits(own), || {
            format!(
                "{:.0} % of the time online falls into the place's own office hours.",
                own * 100.0
            )
        });
        return None;
    }
    let offset_h = f64::from(context.site.offset_s(group[0].first_s)) / 3_600.0 + f64::from(away);
    let offset_h = (offset_h + 12.0).rem_euclid(24.0) - 12.0;
    let name = format!("UTC{offset_h:+}");
    weighed.add(Family::Rhythm, Some(config.foreign_clock_bits), || {
        format!(
            "The shift falls into the office hours of {name} ({:.0} %), not into those of the place ({:.0} %).",
            best * 100.0,
            own * 100.0
        )
    });
    Some(name)
}

fn arrival(group: &[&Stay], calls: &Calls, config: &PresenceConfig, weighed: &mut Weighed) {
    let day = |stay: &&Stay| stay.first_s.saturating_sub(calls.first_s) / DAY_S;
    let days = counted(group.iter().map(day));
    let Some((first, _)) = days.first().copied() else { return };
    let near = |(day, _): &&(u32, usize)| day.abs_diff(first) <= 1;
    let together: usize = days.iter().filter(near).map(|(_, count)| count).sum();
    let together = share(together, group.len()).unwrap_or(0.0);
    // What was there from the first days on may have been there before.
    let observable = first >= config.before_days;
    let bits = config.arrival_bits.bits(together).filter(|_| observable);
    weighed.add_with(Family::Device, bits, &examples(group), || {
        format!(
            "New phones all at once: {:.0} % of {} were first seen within a day of each other.",
            together * 100.0,
            group.len()
        )
    });
}

fn devices(group: &[&Stay], calls: &Calls, config: &PresenceConfig, weighed: &mut Weighed) {
    let handsets = counted(group.iter().flat_map(|stay| stay.handsets.iter().copied()));
    let shared: Vec<u32> =
        handsets.iter().filter(|(_, lines)| *lines > 1).map(|(handset, _)| *handset).collect();
    let shares = |stay: &&&Stay| stay.handsets.iter().any(|handset| shared.contains(handset));
    let pooled = share(group.iter().filter(shares).count(), group.len()).unwrap_or(0.0);
    weighed.add(Family::Device, config.pooled_bits.bits(pooled), || {
        format!("{:.0} % of the lines share a handset with another of them.", pooled * 100.0)
    });
    let mut numbers: Vec<u64> =
        group.iter().filter_map(|stay| calls.names.lines.key(stay.line).value()).collect();
    numbers.sort_unstable();
    let near = |at: usize| {
        let next = |other: Option<&u64>| {
            other.is_some_and(|other| other.abs_diff(numbers[at]) <= config.run_max)
        };
        next(numbers.get(at + 1)) || at > 0 && next(numbers.get(at - 1))
    };
    let run = share((0..numbers.len()).filter(|at| near(*at)).count(), group.len()).unwrap_or(0.0);
    weighed.add(Family::Numbering, config.batch_bits.bits(run), || {
        format!(
            "{:.0} % of the lines stand next to another of them in number: one batch.",
            run * 100.0
        )
    });
}

fn own_lives(group: &[&Stay], config: &PresenceConfig, weighed: &mut Weighed) {
    let with_people = group.iter().filter(|stay| stay.recurrent > 0).count();
    let with_people = share(with_people, group.len()).unwrap_or(0.0);
    weighed.add(Family::Targets, config.own_people_bits.bits(with_people), || {
        format!(
            "{:.0} % of them speak with the same people on several days: they ring home.",
            with_people * 100.0
        )
    });
}
