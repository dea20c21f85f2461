//! Reading a field piece by piece.

/// What is left of a field.
pub(super) struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    /// The whole of a field.
    pub(super) fn of(field: &'a [u8]) -> Self {
        Self(field.trim_ascii())
    }

    /// Whether all was read.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn literal(&mut self, literal: u8) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        (*first == literal).then(|| self.0 = rest)
    }

    /// One or more spaces, maybe behind a comma, or `T`.
    #[inline]
    pub(super) fn gap(&mut self) -> Option<()> {
        let (first, rest) = self.0.split_first()?;
        if *first == b'T' {
            self.0 = rest;
            return Some(());
        }
        let spaces = self.0.strip_prefix(b",").unwrap_or(self.0);
        let mut trimmed = spaces.trim_ascii_start();
        for unbroken in [b"\xc2\xa0".as_slice(), b"\xe2\x80\xaf"] {
            trimmed = trimmed.strip_prefix(unbroken).unwrap_or(trimmed);
        }
        (trimmed.len() < spaces.len()).then(|| self.0 = trimmed)
    }

    #[inline]
    pub(super) fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.0.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        let (field, rest) = self.0.split_at_checked(digits)?;
        if digits < least {
            return None;
        }
        self.0 = rest;
        i64::try_from(domain::line::number(field)?).ok()
    }

    /// The run of letters in front.
    fn word(&mut self) -> Option<String> {
        let text = std::str::from_utf8(self.0).ok()?;
        let word =
            text.split(|c: char| !c.is_alphabetic()).next().filter(|word| !word.is_empty())?;
        self.0 = self.0.get(word.len()..)?;
        Some(crate::header::fold(word))
    }

    /// A month's name in one of several languages, short or whole, maybe with a dot.
    pub(super) fn month(&mut self) -> Option<i64> {
        /// How the months' names begin.
        const MONTHS: [&str; 12] = [
            "jan ene gen",
            "feb fev",
            "mar mac mrz",
            "apr abr avr",
            "may mai mei mag",
            "jun juin giu",
            "jul juil lug",
            "aug ago agu ogo aou",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dic dez des",
        ];
        let name = self.word()?;
        let begins = |names: &&str| names.split(' ').any(|known| name.starts_with(known));
        let month = i64::try_from(MONTHS.iter().position(begins)?).ok()?;
        self.skip_dot();
        month.checked_add(1)
    }

    /// A day of the week, which says nothing that the date does not.
    pub(super) fn weekday(&mut self) -> Option<()> {
        self.word()?;
        self.skip_dot();
        Some(())
    }

    fn skip_dot(&mut self) {
        self.0 = self.0.strip_prefix(b".").unwrap_or(self.0);
    }

    /// Whether it is after noon: `PM`, `p. m.`, `下午`, `오후`. Space in front may be missing.
    pub(super) fn half_day(&mut self) -> Option<bool> {
        const NAMES: [(&str, bool); 4] =
            [("上午", false), ("下午", true), ("오전", false), ("오후", true)];
        let text = std::str::from_utf8(self.0).ok()?.trim_start();
        if let Some((name, afternoon)) = NAMES.iter().find(|(name, _)| text.starts_with(name)) {
            self.0 = text.as_bytes().get(name.len()..)?;
            return Some(*afternoon);
        }
        let mut letters =
            text.char_indices().filter(|(_, c)| !matches!(c, '.' | ' ' | '\u{a0}' | '\u{202f}'));
        let afternoon = match letters.next()?.1 {
            'A' | 'a' => false,
            'P' | 'p' => true,
            _ => return None,
        };
        let (at, _) = letters.next().filter(|(_, letter)| matches!(letter, 'M' | 'm'))?;
        self.0 = text.as_bytes().get(at.saturating_add(1)..)?;
        self.skip_dot();
        Some(afternoon)
    }

    /// Days since 1899-12-30 with their fraction, as spreadsheets keep moments: seconds since 1970 on the clock that was read.
    pub(super) fn spreadsheet_day_s(&mut self) -> Option<i64> {
        /// 1982 to 2064.
        const DAYS: std::ops::RangeInclusive<f64> = 30_000.0..=60_000.0;
        const DAYS_TO_1970: f64 = 25_569.0;
        let text = std::str::from_utf8(self.0).ok()?;
        let days: f64 =
            text.replacen(',', ".", 1).parse().ok().filter(|days| DAYS.contains(days))?;
        self.0 = b"";
        Some(i64::from(domain::num::round_u32((days - DAYS_TO_1970) * 86_400.0)))
    }

    pub(super) fn fraction(&mut self) {
        if let Some((b'.' | b',', rest)) = self.0.split_first() {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits > 0 {
                self.0 = rest.get(digits..).unwrap_or_default();
            }
        }
    }

    /// `Z`, `UTC`, `+08:00`, `+0800` or `+08`; outer `None` where something else follows.
    #[expect(clippy::option_option, reason = "no offset and a wrong offset are different things")]
    pub(super) fn offset(&mut self) -> Option<Option<i64>> {
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
