//! Moments as feeds write them: forms, zones and daylight saving.
//!
//! A form is written like strftime (`%d/%m/%Y %H:%M:%S`), read by a small interpreter because it is asked twice
//! a row. A space in a form also matches `T`; a fraction of a second and an offset (`Z`, `+08:00`) may follow any form.
//! A time without an offset is a reading of the feed's wall clock: where the clock is set back the earlier of the two
//! instants is taken, where it is set forward the reading is moved on (RFC 5545, 3.3.5).

use jiff::{civil, tz::TimeZone};

/// Forms tried on a file that does not say its own, in order of preference. `%s`, `%L` and `%u` are epoch seconds,
/// milliseconds and microseconds.
pub const KNOWN: &[&str] = &[
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
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
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    "%b %d %Y %H:%M:%S",
    "%d-%b-%y %H:%M:%S",
    "%Y%m%d %H%M%S",
    "%Y%m%d %H%M",
    "%Y%m%d %H:%M:%S",
    "%y%m%d %H%M%S",
    "%Y%m%d%H%M%S",
    "%Y%m%d%H%M",
    "%s",
    "%L",
    "%u",
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
    HalfDay,
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
                    b'p' => Step::HalfDay,
                    field @ (b'Y' | b'y' | b'm' | b'd' | b'H' | b'I' | b'M' | b'S' | b's'
                    | b'L' | b'u') => Step::Number(field),
                    _ => return None,
                },
                literal => Step::Literal(literal),
            };
            steps.push(step);
        }
        let has = |fields: &[u8]| {
            let number = |field: &u8| steps.contains(&Step::Number(*field));
            fields.iter().any(number)
        };
        let month = has(b"m") || steps.contains(&Step::MonthName);
        let whole = has(b"Yy") && month && has(b"d") && has(b"HI") && has(b"M");
        if !whole && !has(b"sLu") {
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
        let mut rest = Rest(field.trim_ascii());
        let mut parts = Parts::default();
        for (step, packed) in &self.steps {
            match step {
                Step::Literal(b' ') => rest.gap()?,
                Step::Literal(literal) => rest.literal(*literal)?,
                Step::MonthName => parts.month = rest.month()?,
                Step::HalfDay => parts.afternoon = Some(rest.half_day()?),
                Step::Number(field) => parts.set(*field, &mut rest, *packed)?,
            }
        }
        rest.fraction();
        let offset_s = rest.offset()?;
        rest.0.is_empty().then_some(())?;
        if let Some(local_s) = parts.epoch_s {
            return Some(Reading { local_s, offset_s: Some(0) });
        }
        Some(Reading { local_s: parts.local_s()?, offset_s })
    }
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
            b'S' => self.second = pair(rest)?,
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

/// What is left of a field.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn literal(&mut self, literal: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == literal).then(|| self.0 = rest)
    }

    /// One or more spaces, or `T`.
    fn gap(&mut self) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        if *first == b'T' {
            self.0 = rest;
            return Some(());
        }
        let trimmed = self.0.trim_ascii_start();
        (trimmed.len() < self.0.len()).then(|| self.0 = trimmed)
    }

    #[inline]
    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (field, rest) = self.0.split_at_checked(digits)?;
        if digits < least {
            return None;
        }
        self.0 = rest;
        i64::try_from(domain::line::number(field)?).ok()
    }

    fn month(&mut self) -> Option<i64> {
        const NAMES: [&[u8; 3]; 12] = [
            b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov",
            b"dec",
        ];
        let (name, rest) = self.0.split_at_checked(3)?;
        let at = NAMES.iter().position(|known| known.eq_ignore_ascii_case(name))?;
        self.0 = rest;
        i64::try_from(at).ok()?.checked_add(1)
    }

    fn half_day(&mut self) -> Option<bool> {
        let (mark, rest) = self.0.split_at_checked(2)?;
        let afternoon = match mark {
            b"AM" | b"am" => false,
            b"PM" | b"pm" => true,
            _ => return None,
        };
        self.0 = rest;
        Some(afternoon)
    }

    fn fraction(&mut self) {
        if let Some((b'.' | b',', rest)) = self.0.split_first() {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits > 0 {
                self.0 = rest.get(digits..).unwrap_or_default();
            }
        }
    }

    /// `Z`, `UTC`, `+08:00`, `+0800` or `+08`; outer `None` where something else follows.
    #[expect(clippy::option_option, reason = "no offset and a wrong offset are different things")]
    fn offset(&mut self) -> Option<Option<i64>> {
        self.0 = self.0.trim_ascii_start();
        match self.0 {
            b"" => return Some(None),
            b"Z" | b"z" | b"UTC" | b"GMT" => {
                self.0 = b"";
                return Some(Some(0));
            }
            _ => {}
        }
        let sign = match self.0.split_first()? {
            (b'+', rest) => {
                self.0 = rest;
                1_i64
            }
            (b'-', rest) => {
                self.0 = rest;
                -1
            }
            _ => return None,
        };
        let hours = self.number(2, 2)?;
        if self.0.first() == Some(&b':') {
            self.literal(b':')?;
        }
        let minutes = if self.0.is_empty() { 0 } else { self.number(2, 2)? };
        let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
        Some(Some(sign.checked_mul(minutes)?.checked_mul(60)?))
    }
}

/// Turns readings of a wall clock into instants.
#[derive(Clone, Debug)]
pub struct WallClock {
    zone: TimeZone,
    fixed: bool,
    /// The offset last found for a quarter of an hour: zones change at no finer step.
    memo: Vec<(i64, i64)>,
}

const QUARTER_S: i64 = 900;
const MEMO_SLOTS: usize = 1 << 12;

impl WallClock {
    /// The wall clock of a zone.
    pub fn new(zone: TimeZone) -> Self {
        let fixed = zone == TimeZone::UTC;
        Self { zone, fixed, memo: vec![(i64::MIN, 0); MEMO_SLOTS] }
    }

    /// The instant of a reading, epoch seconds UTC; `None` outside 1970-2106.
    #[inline]
    pub fn instant_s(&mut self, reading: Reading) -> Option<u32> {
        let offset_s = match reading.offset_s {
            Some(offset_s) => offset_s,
            None if self.fixed => 0,
            None => self.offset_of(reading.local_s)?,
        };
        u32::try_from(reading.local_s.checked_sub(offset_s)?).ok()
    }

    fn offset_of(&mut self, local_s: i64) -> Option<i64> {
        let quarter = local_s.div_euclid(QUARTER_S);
        let slot = usize::try_from(quarter.rem_euclid(i64::try_from(MEMO_SLOTS).ok()?)).ok()?;
        if let Some((known, offset_s)) = self.memo.get(slot)
            && *known == quarter
        {
            return Some(*offset_s);
        }
        let at = jiff::Timestamp::from_second(local_s).ok()?;
        let civil: civil::DateTime = at.to_zoned(TimeZone::UTC).datetime();
        let instant = self.zone.to_ambiguous_timestamp(civil).compatible().ok()?;
        let offset_s = local_s.checked_sub(instant.as_second())?;
        if let Some(place) = self.memo.get_mut(slot) {
            *place = (quarter, offset_s);
        }
        Some(offset_s)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        ];
        for (form, field) in cases {
            assert_eq!(
                read(form, field),
                Some(Reading { local_s: LOCAL_S, offset_s: None }),
                "{form}"
            );
        }
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
        assert!(Form::new("%Q").is_none());
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
