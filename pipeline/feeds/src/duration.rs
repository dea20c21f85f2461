//! Durations as feeds write them.

use facts::Reason;

/// The unit or form of a duration column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Whole or broken seconds, or `[hh:]mm:ss`, which tells itself.
    #[default]
    Seconds,
    /// Milliseconds.
    Milliseconds,
    /// Minutes, maybe broken.
    Minutes,
}

/// Longest call that is believed: a week. Longer ones are meter errors.
const LONGEST_S: f64 = 7.0 * 86_400.0;

/// Seconds of a duration field; broken seconds are rounded to the nearest.
pub fn seconds(text: &[u8], unit: Unit) -> Result<u32, Reason> {
    let text = text.trim_ascii();
    if unit == Unit::Seconds
        && text.len() <= 6
        && !text.is_empty()
        && let Some(value) = domain::line::number(text)
    {
        return of_number(value as f64, unit);
    }
    if memchr::memchr(b':', text).is_some() {
        return clock_form(text);
    }
    let text = std::str::from_utf8(text).map_err(|_| Reason::BadDuration)?;
    let number: f64 = text.parse().map_err(|_| Reason::BadDuration)?;
    of_number(number, unit)
}

/// Seconds of a duration that is a number already.
pub fn of_number(value: f64, unit: Unit) -> Result<u32, Reason> {
    let value_s = match unit {
        Unit::Seconds => value,
        Unit::Milliseconds => value / 1_000.0,
        Unit::Minutes => value * 60.0,
    };
    if !value_s.is_finite() {
        return Err(Reason::BadDuration);
    }
    if value_s < 0.0 {
        return Err(Reason::NegativeDuration);
    }
    if value_s > LONGEST_S {
        return Err(Reason::DurationTooLong);
    }
    Ok(domain::num::round_u32(value_s))
}

/// `mm:ss` or `hh:mm:ss`.
fn clock_form(text: &[u8]) -> Result<u32, Reason> {
    if text.first() == Some(&b'-') {
        return Err(Reason::NegativeDuration);
    }
    let mut total_s = 0.0;
    for (fields, field) in text.split(|byte| *byte == b':').enumerate() {
        if field.is_empty() || field.len() > 4 || fields == 3 {
            return Err(Reason::BadDuration);
        }
        let value = domain::line::number(field).ok_or(Reason::BadDuration)?;
        total_s = total_s * 60.0 + value as f64;
    }
    of_number(total_s, Unit::Seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let cases: [(&str, Unit, Result<u32, Reason>); 11] = [
            ("83", Unit::Seconds, Ok(83)),
            (" 83.6 ", Unit::Seconds, Ok(84)),
            ("1500", Unit::Milliseconds, Ok(2)),
            ("1.5", Unit::Minutes, Ok(90)),
            ("01:23", Unit::Seconds, Ok(83)),
            ("1:01:01", Unit::Seconds, Ok(3_661)),
            ("-5", Unit::Seconds, Err(Reason::NegativeDuration)),
            ("", Unit::Seconds, Err(Reason::BadDuration)),
            ("9999999", Unit::Seconds, Err(Reason::DurationTooLong)),
            ("1::2", Unit::Seconds, Err(Reason::BadDuration)),
            ("NaN", Unit::Seconds, Err(Reason::BadDuration)),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(seconds(text.as_bytes(), unit), expected, "{text}");
        }
    }
}
