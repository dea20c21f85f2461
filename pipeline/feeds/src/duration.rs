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
    /// Whole seconds with dots between thousands: 1.215.
    GroupedSeconds,
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
    if let Some(spelled_s) = spelled(text) {
        return of_number(spelled_s, Unit::Seconds);
    }
    let plain = |text: &str| text.parse::<f64>().map_err(|_| Reason::BadDuration);
    let grouped = |mark: u8| is_grouped(text.as_bytes(), mark);
    // Both marks: the last one is the decimal one.
    let broken = |decimal: char, group: u8| {
        text.rsplit_once(decimal).filter(|(whole, _)| is_grouped(whole.as_bytes(), group))
    };
    let number = if let Some((whole, part)) = broken(',', b'.').or_else(|| broken('.', b',')) {
        plain(&format!("{}.{part}", whole.replace([',', '.'], "")))?
    } else if grouped(b',') || unit == Unit::GroupedSeconds && grouped(b'.') {
        plain(&text.replace([',', '.'], ""))?
    } else {
        // A comma that parts no thousands is a decimal one.
        plain(&text.replacen(',', ".", 1))?
    };
    of_number(number, unit)
}

/// Seconds of a duration with its units: `35 sec`, `1h 02m 03s`, `PT1H2M3S` (ISO 8601).
fn spelled(text: &str) -> Option<f64> {
    let mut rest = text.strip_prefix("PT").unwrap_or(text);
    let mut total_s = 0.0;
    while !rest.is_empty() {
        let number = rest.split(|c: char| !c.is_ascii_digit() && c != '.').next()?;
        let behind = rest.get(number.len()..)?.trim_start();
        let unit = behind.split(|c: char| !c.is_alphabetic()).next()?;
        let unit_s = match unit.to_lowercase().as_str() {
            "h" | "hr" | "hrs" | "hour" | "hours" | "hora" | "horas" | "std" => 3_600.0,
            "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minutos" => 60.0,
            "s" | "sec" | "secs" | "second" | "seconds" | "seg" | "segundos" | "sek" => 1.0,
            _ => return None,
        };
        total_s += number.parse::<f64>().ok()? * unit_s;
        rest = behind.get(unit.len()..)?.trim_start_matches([' ', ',', '.']);
    }
    (!text.is_empty()).then_some(total_s)
}

/// Whether a mark parts thousands: `1.215`, `12,345,678`.
pub(crate) fn is_grouped(text: &[u8], mark: u8) -> bool {
    let mut groups = text.split(|byte| *byte == mark);
    let digits = |group: &[u8]| group.iter().all(u8::is_ascii_digit);
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && digits(group));
    let mut rest = groups.peekable();
    first && rest.peek().is_some() && rest.all(|group| group.len() == 3 && digits(group))
}

/// Seconds of a duration that is a number already.
pub fn of_number(value: f64, unit: Unit) -> Result<u32, Reason> {
    let value_s = match unit {
        Unit::Seconds | Unit::GroupedSeconds => value,
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

/// `mm:ss` or `hh:mm:ss`, maybe behind days (`0 days 00:01:23`).
fn clock_form(text: &[u8]) -> Result<u32, Reason> {
    let text = text.strip_prefix(b"0 days ").unwrap_or(text);
    let (text, part) = match memchr::memchr2(b'.', b',', text) {
        Some(at) => text.split_at(at),
        None => (text, b"".as_slice()),
    };
    if !part.iter().skip(1).all(u8::is_ascii_digit) {
        return Err(Reason::BadDuration);
    }
    let part_s = part.get(1).map_or(0.0, |tenths| f64::from(tenths.saturating_sub(b'0')) / 10.0);
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
    of_number(total_s + part_s, Unit::Seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let cases: [(&str, Unit, Result<u32, Reason>); 26] = [
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
            ("1,215", Unit::Seconds, Ok(1_215)),
            ("61,67", Unit::Minutes, Ok(3_700)),
            ("1.215", Unit::Seconds, Ok(1)),
            ("1.215", Unit::GroupedSeconds, Ok(1_215)),
            ("83", Unit::GroupedSeconds, Ok(83)),
            ("1.215,00", Unit::Seconds, Ok(1_215)),
            ("1,215.50", Unit::Seconds, Ok(1_216)),
            ("35 sec", Unit::Seconds, Ok(35)),
            ("1h 02m 03s", Unit::Seconds, Ok(3_723)),
            ("2 min, 5 s", Unit::Milliseconds, Ok(125)),
            ("PT1M23S", Unit::Seconds, Ok(83)),
            ("1:02:03.4", Unit::Seconds, Ok(3_723)),
            ("0 days 00:01:23", Unit::Seconds, Ok(83)),
            ("5 apples", Unit::Seconds, Err(Reason::BadDuration)),
            ("1,2,3", Unit::Seconds, Err(Reason::BadDuration)),
            ("NaN", Unit::Seconds, Err(Reason::BadDuration)),
        ];
        for (text, unit, expected) in cases {
            assert_eq!(seconds(text.as_bytes(), unit), expected, "{text}");
        }
    }
}
