//! Made-up numbers, handsets, SIMs and cells that nobody can hold.

use crate::call::Phone;
use crate::dice::{Dice, mix};

/// Numbers of a country: calling code, two zeros, seven digits.
const NATIONAL: u64 = 10_000_000;
/// The lower part of a country's numbers belongs to ordinary lines, the upper to groups that buy SIMs.
pub const ORDINARY_MAX: u64 = 8_000_000;
/// The share of the ordinary part that nobody holds is dialled as vacant; the top of the range always is.
pub const VACANT_FROM: u64 = 9_900_000;

/// Numbers that everybody knows.
const HOTLINES: usize = 4;

/// A country of the made world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// Calling code.
    pub code: u64,
    /// IANA zone.
    pub zone: &'static str,
}

impl Country {
    /// The number with an index below ten million.
    pub fn number(self, index: u64) -> u64 {
        self.code * 1_000_000_000 + index % NATIONAL
    }

    /// A number that nobody holds.
    pub fn vacant(self, dice: &mut Dice) -> u64 {
        self.number(VACANT_FROM + dice.below(100_000) as u64)
    }

    /// A number that everybody knows, such as a bank's.
    pub fn hotline(self, dice: &mut Dice) -> u64 {
        self.number(VACANT_FROM - 1 - dice.below(HOTLINES) as u64)
    }

    /// The number of its police: two or three digits that all phones know.
    pub fn emergency(self) -> u64 {
        if self.code == 51 { 105 } else { 999 }
    }

    /// Somebody in this country whose line the feed does not host.
    pub fn stranger(self, dice: &mut Dice) -> u64 {
        self.number(dice.below(4_000_000) as u64)
    }
}

/// The index of the ordinary line `line` of `lines`: scattered, so that neighbours in number are strangers.
pub fn scattered(line: u32, seed: u64) -> u64 {
    // An odd multiplier permutes the residues modulo a power of two; 2^23 exceeds the range, so walk until inside.
    let modulus = 1_u64 << 23;
    let multiplier = mix(seed) | 1;
    let mut at = u64::from(line);
    loop {
        at = at.wrapping_mul(multiplier).wrapping_add(seed) & (modulus - 1);
        if at < ORDINARY_MAX {
            return at;
        }
    }
}

/// Hands out SIMs and handsets to groups.
#[derive(Clone, Debug)]
pub struct Shop {
    next_block: u64,
    next_handset: u64,
}

/// SIMs of one batch: consecutive, or scattered over the range of sold SIMs.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    first: u64,
    sold: u64,
    scattered: bool,
    salt: u64,
}

const BLOCK: u64 = 2_000;
const SOLD_RANGE: u64 = VACANT_FROM - HOTLINES as u64 - ORDINARY_MAX;

impl Shop {
    /// A shop whose stock begins where the seed says.
    pub fn new(seed: u64) -> Self {
        Self { next_block: mix(seed) % (SOLD_RANGE / BLOCK), next_handset: 1 }
    }

    /// A batch of SIMs; `scattered` ones were bought one by one all over the country.
    pub fn batch(&mut self, scattered: bool) -> Batch {
        self.next_block = (self.next_block + 1) % (SOLD_RANGE / BLOCK);
        Batch { first: self.next_block * BLOCK, sold: 0, scattered, salt: self.next_block }
    }

    /// A handset that nobody else has.
    pub fn handset(&mut self) -> u64 {
        self.next_handset += 1;
        // TAC of test equipment (reporting body 00), serial, check digit left 0; ordinary handsets begin with 01.
        300_000_000_000_000 + self.next_handset * 10
    }
}

impl Batch {
    /// The next SIM in a handset.
    pub fn phone(&mut self, country: Country, imei: u64) -> Phone {
        self.sold += 1;
        let index = if self.scattered {
            ORDINARY_MAX + mix(self.salt << 20 | self.sold) % SOLD_RANGE
        } else {
            ORDINARY_MAX + (self.first + self.sold) % SOLD_RANGE
        };
        Phone {
            number: country.number(index),
            imei,
            imsi: imsi(country, index),
            route: 0,
            attestation: b'A',
        }
    }
}

/// The SIM of a number: test network 001-01 (ITU-T E.212), then the index.
pub fn imsi(country: Country, index: u64) -> u64 {
    1_010_000_000_000 + (country.code % 1_000) * 1_000_000_000 % 1_000_000_000_000 + index
}

/// The handset of an ordinary line, which changes once in a while.
pub fn ordinary_imei(line: u32, generation: u64) -> u64 {
    100_000_000_000_000
        + (mix(u64::from(line)) % 1_000) * 10_000_000_000
        + (u64::from(line) * 4 + generation) * 10
}

/// The name of a cell: test network 001-01, area, cell.
pub fn cell_name(cell: u32) -> String {
    format!("001-01-{}-{}", 1_000 + cell / 40, 10_000 + cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const LIMA: Country = Country { code: 51, zone: "America/Lima" };

    #[test]
    fn numbers_are_distinct_and_unassignable() {
        let numbers: BTreeSet<u64> =
            (0..50_000).map(|line| LIMA.number(scattered(line, 9))).collect();
        assert_eq!(numbers.len(), 50_000);
        assert!(numbers.iter().all(|number| number.to_string().starts_with("5100")));
    }

    #[test]
    fn a_batch_is_consecutive_or_scattered() {
        let mut shop = Shop::new(1);
        let mut batch = shop.batch(false);
        let (a, b) = (batch.phone(LIMA, 1).number, batch.phone(LIMA, 1).number);
        assert_eq!(b - a, 1);
        let mut batch = shop.batch(true);
        let (a, b) = (batch.phone(LIMA, 1).number, batch.phone(LIMA, 1).number);
        assert!(a.abs_diff(b) > 1);
    }
}
