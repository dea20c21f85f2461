//! The moment to look from: `--as-of`.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};

/// A moment as given: a day means its end, a wall clock's reading is of the records' zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AsOf {
    /// An instant, with its offset.
    Instant(Timestamp),
    /// A reading of the records' wall clock.
    Reading(DateTime),
}

/// Reads a moment. The error says how one is written.
pub(crate) fn parse(text: &str) -> Result<AsOf, String> {
    let last_second =
        |date: Date| date.tomorrow().and_then(|next| next.at(0, 0, 0, 0).checked_sub(1.second()));
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Ok(AsOf::Instant(instant));
    }
    // A date and a time parse as a date too: its time would be lost.
    let is_day = text.len() == "2023-10-07".len();
    match (is_day, text.parse::<Date>(), text.parse::<DateTime>()) {
        (true, Ok(date), _) => last_second(date).map(AsOf::Reading).map_err(|error| error.to_string()),
        (false, _, Ok(reading)) => Ok(AsOf::Reading(reading)),
        _ => Err("give a day (2023-10-07: its end), a moment of the records' clock (2023-10-07 18:00) or one with an offset (2023-10-07T18:00:00-05:00)".to_owned()),
    }
}

impl AsOf {
    /// Epoch seconds, given the records' zone; `None` where that is not known or the moment is out of range.
    pub(crate) fn instant_s(self, zone: &str) -> Option<u32> {
        let instant = match self {
            Self::Instant(instant) => instant,
            Self::Reading(reading) => {
                reading.to_zoned(domain::zone::zone_of(zone)?).ok()?.timestamp()
            }
        };
        u32::try_from(instant.as_second()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_and_a_reading_the_records_clock() {
        let of = |text| parse(text).unwrap().instant_s("America/Lima");
        let noon_utc_s = 1_696_680_000;
        assert_eq!(of("2023-10-07T12:00:00Z"), Some(noon_utc_s));
        assert_eq!(of("2023-10-07 07:00"), Some(noon_utc_s));
        assert_eq!(of("2023-10-07T07:00:00"), Some(noon_utc_s));
        assert_eq!(of("2023-10-07"), Some(noon_utc_s + 17 * 3_600 - 1));
        assert!(parse("yesterday").is_err() && parse("07/10/2023").is_err());
    }
}
