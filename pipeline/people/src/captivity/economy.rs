//! Economic absence: nobody spends anything for themselves, and food and water come for many.
//!
//! Means: no payments of their own by those at a place, bulk purchases by one. Needs payments, which these feeds do not hold.

use super::{Indicator, Sign};

pub(super) fn sign() -> Sign {
    Sign::not_observable(Indicator::Economy, "The feeds hold no payments.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;

    #[test]
    fn without_payments_nothing_is_told() {
        assert_eq!(sign().status, Status::NotObservable);
    }
}
