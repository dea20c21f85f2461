//! Documents: papers are kept, or debts are owed.
//!
//! Means: passports taken on arrival, ransoms, contracts. From statements and adverts only: never inferred from where phones were, and so not
//! observable in these records at all.

use super::{Indicator, Sign};

pub(super) fn sign() -> Sign {
    Sign::not_observable(
        Indicator::Documents,
        "Kept papers and debts are known from statements alone, and never inferred from records.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;

    #[test]
    fn papers_are_never_inferred() {
        assert_eq!(sign().status, Status::NotObservable);
    }
}
