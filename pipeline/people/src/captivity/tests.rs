//! What the indicators' tests share, and what is advised.

use super::newcomer::{Fate, Newcomer};
use super::view::{Event, View, shift};
use super::*;
use Indicator::{Cohort, Convoy, DeviceSubstitution, Hours, Isolation, NoExit};
use domain::zone::Clock;
use facts::NONE;
use std::sync::LazyLock;

pub(super) const SITE: u32 = 7;
pub(super) const HOME: u32 = 9;
/// A Thursday: the second day after is a Saturday.
const BEGIN_S: u32 = 20_000 * 86_400;

static CLOCK: LazyLock<Clock> =
    LazyLock::new(|| Clock::of("UTC", BEGIN_S, BEGIN_S + 40 * 86_400).unwrap());
static CONFIG: LazyLock<CaptivityConfig> = LazyLock::new(CaptivityConfig::default);

fn event(line: u32, day: u32, hour: u32, cell: u32, used: bool) -> Event {
    let at_s = BEGIN_S + day * 86_400 + hour * 3_600 + line;
    let to_s = at_s + if used { 3_000 } else { 0 };
    Event { at_s, to_s, line, cell, handset: NONE, used, seen: true }
}

pub(super) fn used(day: u32, hour: u32, cell: u32) -> Event {
    event(1, day, hour, cell, true)
}

pub(super) fn used_by(line: u32, day: u32, hour: u32, cell: u32) -> Event {
    event(line, day, hour, cell, true)
}

pub(super) fn used_with(day: u32, hour: u32, handset: u32) -> Event {
    Event { handset, ..event(handset, day, hour, SITE, true) }
}

pub(super) fn seen(day: u32, hour: u32, cell: u32) -> Event {
    event(1, day, hour, cell, false)
}

/// A newcomer who came on the fourth day.
pub(super) fn newcomer(line: u32, is_silent: bool) -> Newcomer {
    let there_s = BEGIN_S + 3 * 86_400 + line * 60;
    Newcomer {
        line,
        first_s: there_s - 5_000,
        first_cell: 1,
        there_s,
        last_s: there_s + 80_000,
        handset: 500 + line,
        fate: if is_silent { Fate::Silent } else { Fate::LivesOn },
        handset_is_gone: is_silent,
        in_batch: true,
    }
}

pub(super) fn view(events: Vec<Event>) -> View<'static> {
    view_of(events, Vec::new())
}

pub(super) fn view_with(newcomers: Vec<Newcomer>) -> View<'static> {
    view_of(Vec::new(), newcomers)
}

pub(super) fn view_of(mut events: Vec<Event>, newcomers: Vec<Newcomer>) -> View<'static> {
    events.sort_unstable();
    let shift = shift(&events, &CLOCK);
    View {
        events,
        site: BTreeSet::from([SITE]),
        shift,
        newcomers,
        help_calls: Vec::new(),
        first_s: BEGIN_S + 3 * 86_400,
        sighted_s: BEGIN_S,
        is_relay: false,
        clock: &CLOCK,
        observed: (true, true),
        config: &CONFIG,
    }
}

#[test]
fn three_families_advise_a_check_and_two_do_not() {
    let sign = |indicator| Sign::seen(indicator, 9, String::new(), &view(Vec::new()));
    let advised = |indicators: &[Indicator]| {
        let signs: Vec<Sign> = indicators.iter().map(|indicator| sign(*indicator)).collect();
        welfare(&signs, &CONFIG).advised
    };
    assert!(advised(&[NoExit, Isolation, Hours]));
    assert!(!advised(&[NoExit, Convoy, Hours]), "two of one family are one");
    assert!(!advised(&[Isolation, DeviceSubstitution, Cohort]));
}

#[test]
fn every_indicator_has_its_page() {
    let pages =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/concepts/captivity");
    for indicator in Indicator::ALL {
        let page = pages.join(format!("{}.md", indicator.word().replace('_', "-")));
        let text = std::fs::read_to_string(&page).unwrap_or_default();
        for part in [indicator.ilo(), "Counter-sign", "Known false alarms"] {
            assert!(text.contains(part), "{}: {part}", page.display());
        }
    }
}
