//! From the readings of a wall clock to instants.

use super::Reading;
use jiff::{civil, tz::TimeZone};

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
