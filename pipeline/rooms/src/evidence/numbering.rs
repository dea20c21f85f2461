//! Numbering: numbers of one batch.
//!
//! Means: two lines' numbers lie close together. Points to a room: SIMs are bought by the batch (docs/concepts/figures.md). False alarms: companies'
//! ranges, tour groups' SIMs, neighbours in a dense range; so the weight counts how many lines lie between by chance.

use crate::candidate::Candidate;
use crate::config::NumberPair;
use domain::LineKind;
use domain::num::u32_of;
use facts::Names;

/// Appends the candidates after one, in canonical order, whose numbers lie close to its own.
pub fn after(
    candidate: usize,
    candidates: &[Candidate],
    lines: &Names,
    gap_max: u64,
    into: &mut Vec<u32>,
) {
    let own = candidates[candidate].line;
    let close = |other: &&Candidate| gap(own, other.line, lines).is_some_and(|gap| gap <= gap_max);
    let run = candidates[candidate + 1..].iter().take_while(close).count();
    into.extend((candidate + 1..=candidate + run).map(u32_of));
}

/// How far two numbers of a kind lie apart; `None` for anything but long numbers (short codes are close by nature).
pub fn gap(a: u32, b: u32, lines: &Names) -> Option<u64> {
    let (a, b) = (lines.key(a), lines.key(b));
    let long = matches!(a.kind(), LineKind::E164) && a.kind() == b.kind();
    if !long {
        return None;
    }
    Some(a.value()?.abs_diff(b.value()?))
}

/// Weight of a pair in bits, from 0 on: the fewer other lines lie between their numbers by chance, the more.
pub fn weight(a: u32, b: u32, lines: &Names, config: &NumberPair) -> f64 {
    match gap(a, b, lines) {
        Some(gap) if gap <= config.gap_max && gap > 0 => {
            // Canonical order is numeric order: lines in between are the difference of the indexes.
            let spread = config.gap_max as f64 / gap as f64;
            spread.log2().max(0.0).min(config.max_bits)
        }
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::LineKey;
    use facts::Interner;

    #[test]
    fn close_numbers_weigh_and_short_codes_do_not() {
        let mut interner = Interner::default();
        for digits in ["442079460001", "442079460002", "442079460900"] {
            interner.intern(LineKey::e164(digits.as_bytes()).unwrap());
        }
        interner.intern(LineKey::digits(b"101").unwrap());
        interner.intern(LineKey::digits(b"102").unwrap());
        let (names, _) = Names::merge(&[&interner]);
        let line = |text| names.find(text).unwrap();
        let config = NumberPair::default();
        assert!(weight(line("+442079460001"), line("+442079460002"), &names, &config) > 3.0);
        assert!(
            weight(line("+442079460001"), line("+442079460900"), &names, &config).abs() < 1e-12
        );
        assert!(weight(line("101"), line("102"), &names, &config).abs() < 1e-12);
    }
}
