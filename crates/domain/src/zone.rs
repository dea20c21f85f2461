//! Clocks: what the wall clock shows at an instant, fast enough to ask for every call.

use jiff::{Timestamp, tz::TimeZone};

/// Seconds of one day.
pub const DAY_S: u32 = 86_400;
/// Seconds of one hour.
pub const HOUR_S: u32 = 3_600;

/// The offsets of one zone over a span of time, one for each hour, or one for all where the zone does not change.
///
/// Made once for the span of the facts; a look-up is then an index. Zones change at full hours of UTC
/// or at the half and quarter hours of a few; the latter are off for under an hour twice a year.
#[derive(Clone, Debug)]
pub struct Clock {
    name: String,
    first_hour: u32,
    offset_s: Vec<i32>,
}

impl Clock {
    /// The clock of an IANA zone (or `UTC`) for instants from `first_s` to `last_s` (epoch seconds).
    /// `None` where the zone is not known.
    pub fn of(zone: &str, first_s: u32, last_s: u32) -> Option<Self> {
        let tz = zone_of(zone)?;
        let first_hour = first_s / HOUR_S;
        let offset = |hour: u32| {
            let at = Timestamp::from_second(i64::from(hour) * i64::from(HOUR_S)).ok()?;
            Some(tz.to_offset(at).seconds())
        };
        let mut offset_s: Vec<i32> =
            (first_hour..=last_s.max(first_s) / HOUR_S).map(offset).collect::<Option<_>>()?;
        if offset_s.windows(2).all(|pair| pair[0] == pair[1]) {
            offset_s.truncate(1);
        }
        Some(Self { name: zone.to_owned(), first_hour, offset_s })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seconds east of UTC at an instant; instants outside the span take the nearest known offset.
    #[inline]
    pub fn offset_s(&self, instant_s: u32) -> i32 {
        if let [offset_s] = &*self.offset_s {
            return *offset_s;
        }
        let hour = (instant_s / HOUR_S).saturating_sub(self.first_hour) as usize;
        self.offset_s.get(hour).or(self.offset_s.last()).copied().unwrap_or(0)
    }

    /// The wall clock's reading as seconds since 1970-01-01 00:00 *local*.
    #[inline]
    pub fn local_s(&self, instant_s: u32) -> u32 {
        instant_s.saturating_add_signed(self.offset_s(instant_s))
    }
}

/// The zone with this IANA name, from the database bundled with the program, so that results do not
/// depend on the machine's own copy.
pub fn zone_of(name: &str) -> Option<TimeZone> {
    if name.eq_ignore_ascii_case("utc") || name == "Z" {
        return Some(TimeZone::UTC);
    }
    jiff::tz::TimeZoneDatabase::bundled().get(name).ok()
}

/// Day number since 1970-01-01 of a local reading.
pub fn day_of(local_s: u32) -> u32 {
    local_s / DAY_S
}

/// Hour of the day, 0..24, of a local reading.
pub fn hour_of(local_s: u32) -> usize {
    (local_s % DAY_S / HOUR_S) as usize
}

/// Day of the week of a local reading, 0 = Monday .. 6 = Sunday.
pub fn weekday_of(local_s: u32) -> usize {
    ((day_of(local_s) + 3) % 7) as usize
}

/// `2023-10-07` for a local reading.
pub fn date_text(local_s: u32) -> String {
    stamp_text(local_s).get(..10).unwrap_or_default().to_owned()
}

/// `2023-10-07 21:04:00` for a local reading.
pub fn stamp_text(local_s: u32) -> String {
    let at = Timestamp::from_second(i64::from(local_s)).expect("every u32 is a valid timestamp");
    let civil = at.to_zoned(TimeZone::UTC).datetime();
    format!("{} {}", civil.date(), civil.time().strftime("%H:%M:%S"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2023-10-07 12:00:00 UTC, a Saturday.
    const NOON_S: u32 = 1_696_680_000;

    #[test]
    fn wall_clocks_follow_their_zone_and_its_daylight_saving() {
        let lima = Clock::of("America/Lima", NOON_S, NOON_S).expect("a known zone");
        assert_eq!(hour_of(lima.local_s(NOON_S)), 7);
        let half_year_s = 180 * DAY_S;
        let london =
            Clock::of("Europe/London", NOON_S, NOON_S + half_year_s).expect("a known zone");
        assert_eq!(london.offset_s(NOON_S), 3_600);
        assert_eq!(london.offset_s(NOON_S + 90 * DAY_S), 0);
        assert!(Clock::of("Mars/Olympus", 0, 1).is_none());
    }

    #[test]
    fn weekdays_and_texts() {
        assert_eq!(weekday_of(NOON_S), 5);
        assert_eq!(date_text(NOON_S), "2023-10-07");
        assert_eq!(stamp_text(NOON_S), "2023-10-07 12:00:00");
    }
}
