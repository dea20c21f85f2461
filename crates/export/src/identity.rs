//! What things are called in a form that others read. Never a hash of a number: numbers are few enough to try them all.

use crate::Mark;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Names of one export: each export is a picture of a moment, and `R1` is another room in the next.
pub(crate) struct Names {
    seed: Vec<u8>,
}

impl Names {
    pub(crate) fn of(mark: &Mark, room: &str) -> Self {
        let Mark { recipient, sender, at, casebook, .. } = mark;
        let parts = [&**casebook, room, at, sender, recipient];
        Self { seed: parts.join("\n").into_bytes() }
    }

    fn hash(&self, thing: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(&self.seed);
        hash.update([0]);
        hash.update(thing.as_bytes());
        hash.finalize().into()
    }

    /// 40 hexadecimal digits.
    pub(crate) fn id(&self, thing: &str) -> String {
        let mut text = String::new();
        for byte in &self.hash(thing)[..20] {
            let _infallible = write!(text, "{byte:02x}");
        }
        text
    }

    /// A UUID made of a name (RFC 9562, 5.8: version 8, SHA-256).
    pub(crate) fn uuid(&self, thing: &str) -> String {
        let hash = self.hash(thing);
        let mut bytes: [u8; 16] = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        bytes[6] = bytes[6] & 0x0f | 0x80;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let mut text = String::new();
        for (nth, byte) in bytes.iter().enumerate() {
            if matches!(nth, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            let _infallible = write!(text, "{byte:02x}");
        }
        text
    }
}

/// A number where it is whole; what is masked is none.
pub(crate) fn whole(number: &str) -> Option<String> {
    (number.starts_with('+') && !number.contains('•')).then(|| number.to_owned())
}

/// A moment by the wall clock of a zone, epoch seconds; none where the moment or the zone is none.
pub(crate) fn epoch_s(wall: &str, zone: &str) -> Option<i64> {
    Some(report::instant_us(wall, zone)?.div_euclid(1_000_000))
}

/// Epoch seconds as `2023-10-04T06:13:20` with an ending.
pub(crate) fn stamp(epoch_s: i64, ending: &str) -> Option<String> {
    let stamp = jiff::Timestamp::from_second(epoch_s).ok()?;
    Some(format!("{}{ending}", stamp.strftime("%Y-%m-%dT%H:%M:%S")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::mark;

    #[test]
    fn names_are_the_same_for_the_same_and_others_for_others() {
        let names = Names::of(&mark(), "R1");
        assert_eq!(names.id("line 1"), Names::of(&mark(), "R1").id("line 1"));
        assert_ne!(names.id("line 1"), names.id("line 2"));
        assert_ne!(names.id("line 1"), Names::of(&mark(), "R2").id("line 1"));
        let uuid = names.uuid("line 1");
        assert_eq!((uuid.len(), &uuid[14..15], &uuid[8..9]), (36, "8", "-"), "{uuid}");
    }

    #[test]
    fn moments_are_told_by_the_clock_of_the_world() {
        let at = epoch_s("2023-10-04 01:13:20", "America/Lima").unwrap();
        assert_eq!(stamp(at, "Z").unwrap(), "2023-10-04T06:13:20Z");
        assert_eq!(epoch_s("2023-10-04 01:13:20", "Nowhere/None"), None);
    }
}
