//! What a profile is read against: clocks, numbers and what the feeds can see.

use crate::routes::Routes;
use domain::zone::Clock;
use domain::{LineKey, LineKind};
use facts::{Names, Observed};
use std::collections::BTreeMap;

/// Shared by all lines of a run.
#[derive(Debug)]
pub struct Context<'a> {
    /// The clock at the feed's site.
    pub site: Clock,
    /// The lines' keys, canonical.
    pub lines: &'a Names,
    /// What the feeds can see.
    pub observed: Observed,
    /// Clocks of the countries in the data.
    clocks: Vec<Clock>,
    /// Index of each line's clock; `NO_CLOCK` where its number does not tell.
    clock_of: Vec<u8>,
    /// What the calls on each route say of it; only where the feature [`route`](crate::features::route) is wanted.
    pub routes: Routes,
}

const NO_CLOCK: u8 = u8::MAX;

impl<'a> Context<'a> {
    /// A context for calls between two instants (epoch seconds). `site` is the feed's clock.
    pub fn new(
        lines: &'a Names,
        observed: Observed,
        site: Clock,
        first_s: u32,
        last_s: u32,
    ) -> Self {
        let mut clocks: Vec<Clock> = Vec::new();
        let mut by_code: BTreeMap<u64, u8> = BTreeMap::new();
        // Lines come in order: those of one code stand together.
        let mut last = (0, NO_CLOCK);
        let mut clock_of = Vec::with_capacity(lines.len());
        for key in lines.keys() {
            let code = code_of(*key);
            if let Some(code) = code.filter(|code| *code != last.0) {
                let index = by_code
                    .entry(code)
                    .or_insert_with(|| intern_clock(code, &mut clocks, first_s, last_s));
                last = (code, *index);
            }
            clock_of.push(code.map_or(NO_CLOCK, |_| last.1));
        }
        Self { site, lines, observed, clocks, clock_of, routes: Routes::default() }
    }

    /// The clock that the holder of a line most likely lives by.
    #[inline]
    pub fn clock(&self, line: u32) -> Option<&Clock> {
        self.clocks.get(usize::from(self.clock_of[line as usize]))
    }

    /// The index of that clock among [`Self::clock_names`].
    #[inline]
    pub fn clock_index(&self, line: u32) -> Option<usize> {
        let index = self.clock_of[line as usize];
        (index != NO_CLOCK).then(|| usize::from(index))
    }

    /// The zones in the data.
    pub fn clock_names(&self) -> impl Iterator<Item = &str> {
        self.clocks.iter().map(Clock::name)
    }

    /// A clock by its index.
    pub fn clock_at(&self, index: usize) -> &Clock {
        &self.clocks[index]
    }
}

/// The leading digits that tell the zone; `None` for others than E.164.
fn code_of(key: LineKey) -> Option<u64> {
    let mut value = key.value().filter(|_| key.kind() == LineKind::E164)?;
    while value >= 10_000 {
        value /= 10;
    }
    // North America is told apart by area code; elsewhere the first three digits do.
    Some(if value / 1_000 == 1 { value } else { value / 10 })
}

fn intern_clock(code: u64, clocks: &mut Vec<Clock>, first_s: u32, last_s: u32) -> u8 {
    let digits = &*code.to_string();
    let Some(zone) = domain::calling_code::zone(digits) else { return NO_CLOCK };
    let known = clocks.iter().position(|clock| clock.name() == zone);
    let index = known.or_else(|| {
        clocks.push(Clock::of(zone, first_s, last_s)?);
        Some(clocks.len() - 1)
    });
    index
        .and_then(|index| u8::try_from(index).ok())
        .filter(|index| *index != NO_CLOCK)
        .unwrap_or(NO_CLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use facts::Interner;

    #[test]
    fn lines_get_their_countrys_clock() {
        let mut interner = Interner::default();
        for digits in ["60123456789", "442079460001", "12025550123", "13105550123"] {
            interner.intern(LineKey::e164(digits.as_bytes()).unwrap());
        }
        interner.intern(LineKey::digits(b"999").unwrap());
        let (names, _) = Names::merge(&[&interner]);
        let site = Clock::of("UTC", 0, 0).unwrap();
        let context = Context::new(&names, Observed::default(), site, 1_700_000_000, 1_700_000_000);
        let zone = |text: &str| context.clock(names.find(text).unwrap()).map(Clock::name);
        assert_eq!(zone("+60123456789"), Some("Asia/Kuala_Lumpur"));
        assert_eq!(zone("+12025550123"), Some("America/New_York"));
        assert_eq!(zone("+13105550123"), Some("America/Los_Angeles"));
        assert_eq!(zone("999"), None);
    }
}
