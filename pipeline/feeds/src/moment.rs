//! Moments as feeds write them: forms, zones and daylight saving.
//!
//! A form is written like strftime (`%d/%m/%Y %H:%M:%S`), read by a small interpreter because it is asked twice
//! a row. A space in a form also matches `T`; a fraction of a second and an offset (`Z`, `+08:00`) may follow any form.
//! A time without an offset is a reading of the feed's wall clock: where the clock is set back the earlier of the two
//! instants is taken, where it is set forward the reading is moved on (RFC 5545, 3.3.5).

mod rest;
mod wall_clock;

use rest::Rest;
pub use wall_clock::WallClock;

/// Forms tried on a file that does not say its own, in order of preference. `%s`, `%L` and `%u` are epoch seconds,
/// milliseconds and microseconds, `%E` days as spreadsheets count them.
pub const KNOWN: &[&str] = &[
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y.%m.%d %H:%M:%S",
    "%Y-%m-%d-%H.%M.%S",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%m-%d-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%m-%d-%Y %H:%M",
    "%d-%m-%y %H:%M:%S",
    "%m-%d-%y %H:%M:%S",
    "%d-%m-%y %H:%M",
    "%m-%d-%y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%y %H:%M:%S",
    "%d.%m.%y %H:%M",
    "%d/%m/%y %H:%M:%S",
    "%m/%d/%y %H:%M:%S",
    "%d/%m/%y %H:%M",
    "%m/%d/%y %H:%M",
    "%d/%m/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%d/%m/%Y %I:%M %p",
    "%m/%d/%Y %I:%M %p",
    "%d/%m/%y %I:%M:%S %p",
    "%m/%d/%y %I:%M:%S %p",
    "%d/%m/%y %I:%M %p",
    "%m/%d/%y %I:%M %p",
    "%d-%m-%Y %I:%M:%S %p",
    "%m-%d-%Y %I:%M:%S %p",
    "%d.%m.%Y %I:%M:%S %p",
    "%Y-%m-%d %I:%M:%S %p",
    "%Y-%m-%d %I:%M %p",
    "%Y/%m/%d %I:%M:%S %p",
    "%Y-%m-%d %p %I:%M:%S",
    "%Y/%m/%d %p %I:%M:%S",
    "%Y/%m/%d %p %I:%M",
    "%d-%b-%Y %H:%M:%S",
    "%d-%b-%Y %H:%M",
    "%d-%b-%Y %I:%M:%S %p",
    "%d-%b-%y %H:%M:%S",
    "%d-%b-%y %H:%M",
    "%d-%b-%y %I:%M:%S %p",
    "%d-%b-%y %I.%M.%S %p",
    "%d-%b-%y %H.%M.%S",
    "%d %b %Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d %b %Y %I:%M:%S %p",
    "%d %b %y %H:%M:%S",
    "%d/%b/%Y %H:%M:%S",
    "%d/%b/%Y:%H:%M:%S",
    "%b %d %Y %H:%M:%S",
    "%b %d %Y %I:%M:%S %p",
    "%b %d %Y %I:%M %p",
    "%a %d %b %Y %H:%M:%S",
    "%a %b %d %H:%M:%S %Y",
    "%a %d/%m/%Y %H:%M:%S",
    "%a %m/%d/%Y %H:%M:%S",
    "%H:%M:%S %d/%m/%Y",
    "%H:%M:%S %m/%d/%Y",
    "%Y%m%d %H%M%S",
    "%Y%m%d %H%M",
    "%Y%m%d %H:%M:%S",
    "%Y%m%d-%H%M%S",
    "%Y%m%d%H:%M:%S",
    "%y%m%d %H%M%S",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
    "%s",
    "%L",
    "%u",
    "%E",
];

/// A moment as written: the reading, and how far east of UTC where the text says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Seconds since 1970-01-01 00:00 on the clock that was read.
    pub local_s: i64,
    /// Seconds east of UTC, where written.
    pub offset_s: Option<i64>,
}

/// One step of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Literal(u8),
    Number(u8),
    MonthName,
    WeekdayName,
    HalfDay,
    SpreadsheetDay,
}

/// A compiled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    text: String,
    steps: Vec<(Step, bool)>,
}

impl Form {
    /// Compiles a form; `None` where it asks for something that is not known, or for less than a day and a time of day.
    pub fn new(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            let step = match byte {
                b'%' => match bytes.next()? {
                    b'b' => Step::MonthName,
                    b'a' => Step::WeekdayName,
                    b'p' => Step::HalfDay,
                    b'E' => Step::SpreadsheetDay,
                    field @ (b'Y' | b'y' | b'm' | b'd' | b'H' | b'I' | b'M' | b'S' | b's'
                    | b'L' | b'u') => Step::Number(field),
                    _ => return None,
                },
                literal => Step::Literal(literal),
            };
            // The space before AM or PM may be missing.
            if step == Step::HalfDay && steps.last() == Some(&Step::Literal(b' ')) {
                steps.pop();
            }
            steps.push(step);
        }
        let has = |fields: &[u8]| {
            let number = |field: &u8| steps.contains(&Step::Number(*field));
            fields.iter().any(number)
        };
        let month = has(b"m") || steps.contains(&Step::MonthName);
        let whole = has(b"Yy") && month && has(b"d") && has(b"HI") && has(b"M");
        if !whole && !has(b"sLu") && steps != [Step::SpreadsheetDay] {
            return None;
        }
        // A number that is followed by another number has a fixed width.
        let packed = |at: usize| matches!(steps.get(at.saturating_add(1)), Some(Step::Number(_)));
        let steps = steps.iter().enumerate().map(|(at, step)| (*step, packed(at))).collect();
        Some(Self { text: text.to_owned(), steps })
    }

    /// The form as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is a count since 1970-01-01 00:00 UTC and nothing else.
    pub fn is_epoch(&self) -> bool {
        matches!(self.steps.as_slice(), [(Step::Number(field), _)] if Epoch::of(*field).is_some())
    }

    /// The moment that a whole number means; `None` where this form is no epoch time, or the number too short or too long for it.
    #[inline]
    pub fn of_whole(&self, number: i64) -> Option<Reading> {
        let [(Step::Number(field), _)] = self.steps.as_slice() else { return None };
        let epoch = Epoch::of(*field)?;
        let digits = usize::try_from(number.checked_ilog10()?).ok()?.checked_add(1)?;
        let local_s = number.checked_div(epoch.per_second)?;
        (epoch.digits_min..=epoch.digits_max)
            .contains(&digits)
            .then_some(Reading { local_s, offset_s: Some(0) })
    }

    /// Reads a field; `None` where it does not have this form.
    pub fn read(&self, field: &[u8]) -> Option<Reading> {
        let mut rest = Rest::of(field);
        let mut parts = Parts::default();
        for (step, packed) in &self.steps {
            match step {
                Step::Literal(b' ') => rest.gap()?,
                Step::Literal(literal) => rest.literal(*literal)?,
                Step::MonthName => parts.month = rest.month()?,
                Step::WeekdayName => rest.weekday()?,
                Step::HalfDay => parts.afternoon = Some(rest.half_day()?),
                Step::SpreadsheetDay => {
                    let local_s = rest.spreadsheet_day_s()?;
                    return rest.is_empty().then_some(Reading { local_s, offset_s: None });
                }
                Step::Number(field) => parts.set(*field, &mut rest, *packed)?,
            }
        }
        rest.fraction();
        let offset_s = rest.offset()?;
        rest.is_empty().then_some(())?;
        if let Some(local_s) = parts.epoch_s {
            return Some(Reading { local_s, offset_s: Some(0) });
        }
        Some(Reading { local_s: parts.local_s()?, offset_s })
    }
}

/// Seconds since midnight of a time of day, `HH:MM` with or without seconds and half of the day; `None` for anything else.
pub fn time_of_day_s(field: &[u8]) -> Option<i64> {
    const FORMS: [&str; 4] = ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];
    let day = [b"1970-01-01 ", field.trim_ascii()].concat();
    FORMS
        .iter()
        .find_map(|form| Form::new(&format!("%Y-%m-%d {form}"))?.read(&day))
        .map(|read| read.local_s)
}

/// Epoch time: how many digits it has in our days, and its unit.
struct Epoch {
    digits_min: usize,
    digits_max: usize,
    per_second: i64,
}

impl Epoch {
    #[inline]
    fn of(field: u8) -> Option<Self> {
        let (digits_min, digits_max, per_second) = match field {
            b's' => (9, 10, 1),
            b'L' => (12, 13, 1_000),
            b'u' => (15, 16, 1_000_000),
            _ => return None,
        };
        Some(Self { digits_min, digits_max, per_second })
    }
}

#[derive(Default)]
struct Parts {
    epoch_s: Option<i64>,
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    afternoon: Option<bool>,
}

impl Parts {
    fn set(&mut self, field: u8, rest: &mut Rest<'_>, packed: bool) -> Option<()> {
        let pair = |rest: &mut Rest<'_>| rest.number(if packed { 2 } else { 1 }, 2);
        match field {
            b'Y' => self.year = rest.number(4, 4)?,
            b'y' => {
                let short = rest.number(2, 2)?;
                self.year = short.checked_add(if short < 70 { 2_000 } else { 1_900 })?;
            }
            b'm' => self.month = pair(rest)?,
            b'd' => self.day = pair(rest)?,
            b'H' | b'I' => self.hour = pair(rest)?,
            b'M' => self.minute = pair(rest)?,
            b'S' => {
                self.second = pair(rest)?;
                rest.fraction();
            }
            _ => {
                let Epoch { digits_min, digits_max, per_second } = Epoch::of(field)?;
                self.epoch_s = Some(rest.number(digits_min, digits_max)?.checked_div(per_second)?);
            }
        }
        Some(())
    }

    fn local_s(&self) -> Option<i64> {
        let hour = match self.afternoon {
            None => self.hour,
            Some(_) if !(1..=12).contains(&self.hour) => return None,
            Some(afternoon) => (self.hour % 12).checked_add(if afternoon { 12 } else { 0 })?,
        };
        let in_range = (1..=12).contains(&self.month)
            && (1..=days_of(self.year, self.month)).contains(&self.day)
            && (0..24).contains(&hour)
            && (0..60).contains(&self.minute)
            && (0..=60).contains(&self.second);
        if !in_range {
            return None;
        }
        let minutes = hour.checked_mul(60)?.checked_add(self.minute)?;
        let of_day_s = minutes.checked_mul(60)?.checked_add(self.second)?;
        days_from_civil(self.year, self.month, self.day)?.checked_mul(86_400)?.checked_add(of_day_s)
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    let year = if month <= 2 { year.checked_sub(1)? } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = month.checked_add(if month > 2 { -3 } else { 9 })?;
    let of_year = shifted
        .checked_mul(153)?
        .checked_add(2)?
        .checked_div(5)?
        .checked_add(day)?
        .checked_sub(1)?;
    let leap_days = of_era.checked_div(4)?.checked_sub(of_era.checked_div(100)?)?;
    let of_era_days = of_era.checked_mul(365)?.checked_add(leap_days)?.checked_add(of_year)?;
    era.checked_mul(146_097)?.checked_add(of_era_days)?.checked_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn read(form: &str, field: &str) -> Option<Reading> {
        Form::new(form).unwrap().read(field.as_bytes())
    }

    /// 2023-10-07 21:04:05 as a reading.
    const LOCAL_S: i64 = 1_696_712_645;

    #[test]
    fn forms_of_several_feeds_tell_one_moment() {
        let cases = [
            ("%Y-%m-%d %H:%M:%S", "2023-10-07 21:04:05"),
            ("%Y-%m-%d %H:%M:%S", "2023-10-07T21:04:05.123"),
            ("%d/%m/%Y %H:%M:%S", "7/10/2023 21:04:05"),
            ("%m/%d/%Y %I:%M:%S %p", "10/07/2023 09:04:05 PM"),
            ("%d-%b-%y %H:%M:%S", "07-OCT-23 21:04:05"),
            ("%Y%m%d%H%M%S", "20231007210405"),
            ("%Y%m%d %H%M%S", "20231007  210405"),
            ("%a %d %b %Y %H:%M:%S", "Sat, 07 Oct 2023 21:04:05"),
            ("%d/%m/%Y %I:%M:%S %p", "07/10/2023 09:04:05 p. m."),
            ("%d/%m/%Y %I:%M:%S %p", "07/10/2023, 9:04:05\u{202f}PM"),
            ("%d/%m/%Y %I:%M:%S %p", "07/10/2023 09:04:05pm"),
            ("%Y/%m/%d %p %I:%M:%S", "2023/10/7 下午 9:04:05"),
            ("%Y-%m-%d %p %I:%M:%S", "2023-10-07 오후 9:04:05"),
            ("%d-%b-%y %I.%M.%S %p", "07-OCT-23 09.04.05.123456 PM"),
            ("%d %b %Y %H:%M:%S", "7 octubre 2023 21:04:05"),
            ("%d-%b-%y %H:%M:%S", "07-Okt.-23 21:04:05"),
            ("%E", "45206.87783565"),
        ];
        for (form, field) in cases {
            assert_eq!(
                read(form, field),
                Some(Reading { local_s: LOCAL_S, offset_s: None }),
                "{form}"
            );
        }
        assert_eq!(
            read("%d %b %Y %H:%M:%S", "7 août 2023 21:04:05").unwrap().local_s,
            LOCAL_S - 61 * 86_400
        );
        assert_eq!(read("%s", "1696712645").unwrap().local_s, LOCAL_S);
        assert_eq!(read("%L", "1696712645123").unwrap().local_s, LOCAL_S);
        let zoned = read("%Y-%m-%d %H:%M:%S", "2023-10-07 21:04:05+08:00").unwrap();
        assert_eq!(zoned.offset_s, Some(8 * 3_600));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for field in [
            "2023-02-29 00:00:00",
            "2023-13-01 00:00:00",
            "2023-10-07 24:00:00",
            "2023-10-07",
            "",
            "x",
        ] {
            assert_eq!(read("%Y-%m-%d %H:%M:%S", field), None, "{field}");
        }
        assert_eq!(read("%Y-%m-%d %H:%M:%S", "2023-10-07 21:04:05 apples"), None);
        assert_eq!(read("%E", "601200000012"), None);
        assert_eq!(read("%d %b %Y %H:%M:%S", "7 abc 2023 21:04:05"), None);
        assert!(Form::new("%Q").is_none());
        assert_eq!(time_of_day_s(b"9:04:05 p. m."), Some(75_845));
        assert_eq!((time_of_day_s(b"21:04"), time_of_day_s(b"125")), (Some(75_840), None));
    }

    #[test]
    fn daylight_saving_is_kept() {
        let mut clock = WallClock::new(domain::zone::zone_of("Europe/London").unwrap());
        let mut instant = |field: &str| {
            let reading = read("%Y-%m-%d %H:%M:%S", field).unwrap();
            i64::from(clock.instant_s(reading).unwrap()) - reading.local_s
        };
        assert_eq!(instant("2023-07-01 12:00:00"), -3_600, "summer");
        assert_eq!(instant("2023-12-01 12:00:00"), 0, "winter");
        assert_eq!(instant("2023-10-29 01:30:00"), -3_600, "set back: the earlier of two");
        assert_eq!(instant("2023-03-26 01:30:00"), 0, "set forward: moved on");
    }

    proptest! {
        #[test]
        fn any_moment_survives_writing_and_reading(local_s in 0_i64..4_294_967_295) {
            let at = jiff::Timestamp::from_second(local_s).unwrap().to_zoned(TimeZone::UTC);
            for form in ["%Y-%m-%d %H:%M:%S", "%d/%m/%Y %I:%M:%S %p", "%Y%m%d%H%M%S", "%d-%b-%Y %H:%M:%S"] {
                let written = at.strftime(form).to_string();
                prop_assert_eq!(read(form, &written).map(|reading| reading.local_s), Some(local_s), "{}", written);
            }
        }

        #[test]
        fn no_field_panics(field in prop::collection::vec(any::<u8>(), 0..40)) {
            for form in KNOWN {
                let _reading = Form::new(form).unwrap().read(&field);
            }
        }
    }
}
