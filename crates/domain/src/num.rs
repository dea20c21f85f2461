//! Conversions whose limits are invariants of the program, said once.

/// A count or index as `u32`. Dense identifiers stay below 2^32: a run holds at most 4.29 billion rows.
#[inline]
pub fn u32_of(value: usize) -> u32 {
    u32::try_from(value).expect("a run holds fewer than 2^32 rows, lines and names")
}

/// A `u64` as an index of this machine.
#[inline]
pub fn usize_of(value: u64) -> usize {
    usize::try_from(value).expect("ringtrace runs on 64-bit machines")
}

/// The low 32 bits of a packed key.
#[inline]
pub fn low32(value: u64) -> u32 {
    u32::try_from(value & 0xffff_ffff).expect("masked to 32 bits")
}

/// The high 32 bits of a packed key.
#[inline]
pub fn high32(value: u64) -> u32 {
    u32::try_from(value >> 32).expect("shifted to 32 bits")
}

/// The low 64 bits of 128.
#[inline]
pub fn low64(value: u128) -> u64 {
    u64::try_from(value & u128::from(u64::MAX)).expect("masked to 64 bits")
}

/// Two `u32` packed so that sorting the result sorts by `high`, then `low`.
#[inline]
pub fn pack(high: u32, low: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
}

/// A non-negative finite float, rounded to the nearest count; negatives and NaN become 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=u32::MAX just before"
)]
#[inline]
pub fn round_u32(value: f64) -> u32 {
    value.round().clamp(0.0, f64::from(u32::MAX)) as u32
}

/// `part / whole`, or `None` where the whole is zero: a share of nothing is not observable.
#[inline]
pub fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_keeps_order_and_parts() {
        assert!(pack(1, u32::MAX) < pack(2, 0));
        assert_eq!((high32(pack(7, 9)), low32(pack(7, 9))), (7, 9));
    }

    #[test]
    fn a_share_of_nothing_is_not_observable() {
        assert_eq!(share(0, 0), None);
        assert_eq!(share(1, 4), Some(0.25));
    }

    #[test]
    fn rounding_clamps() {
        assert_eq!((round_u32(-1.0), round_u32(2.5), round_u32(f64::NAN)), (0, 3, 0));
    }
}
