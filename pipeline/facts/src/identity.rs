//! The identity of a fact: told by what it says, so that it is the same whatever file it came from.

use std::fmt;

/// 64 bits of a call's content hash, printed as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(u64);

impl FactId {
    /// The identity of a call: caller, callee and start.
    pub fn of_call(caller: &str, callee: &str, start_s: u32) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [caller, callee] {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        hasher.update(&start_s.to_le_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        Self(u64::from_be_bytes(first))
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_tell_calls_apart() {
        let id = FactId::of_call("+442079460001", "+442079460002", 5);
        assert_eq!(id, FactId::of_call("+442079460001", "+442079460002", 5));
        assert_ne!(id, FactId::of_call("+442079460002", "+442079460001", 5));
        assert_ne!(FactId::of_call("ab", "c", 5), FactId::of_call("a", "bc", 5));
        assert_eq!(id.to_string().len(), 16);
    }
}
