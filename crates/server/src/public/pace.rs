//! How often somebody may ask and tell. Addresses are held in memory for as long as they are counted, and written nowhere.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use governor::clock::DefaultClock;
use governor::state::keyed::HashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use crate::Desk;

type Keyed = RateLimiter<IpAddr, HashMapStateStore<IpAddr>, DefaultClock>;

/// What is counted.
pub(crate) struct Pace {
    checks: Keyed,
    tips: Keyed,
    /// All tips together: what many addresses send has a bound too.
    all_tips: RateLimiter<NotKeyed, InMemoryState, DefaultClock>,
}

/// Checks of one address: a minute, and at once.
const CHECKS: (u32, u32) = (30, 10);
/// Tips of one address: an hour, and at once.
const TIPS: (u32, u32) = (12, 4);
/// Tips of all: a minute, and at once.
const ALL_TIPS: (u32, u32) = (30, 60);
/// Addresses that are held before those that count no more are let go of.
const HELD_MAX: usize = 10_000;

fn whole(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN)
}

impl Default for Pace {
    fn default() -> Self {
        let a_minute =
            |(often, at_once)| Quota::per_minute(whole(often)).allow_burst(whole(at_once));
        let an_hour = |(often, at_once)| Quota::per_hour(whole(often)).allow_burst(whole(at_once));
        Self {
            checks: RateLimiter::hashmap(a_minute(CHECKS)),
            tips: RateLimiter::hashmap(an_hour(TIPS)),
            all_tips: RateLimiter::direct(a_minute(ALL_TIPS)),
        }
    }
}

impl Pace {
    /// Whether somebody may check something now.
    pub(crate) fn may_check(&self, from: Caller) -> bool {
        may(&self.checks, from)
    }

    /// Whether somebody may tell something now.
    pub(crate) fn may_tell(&self, from: Caller) -> bool {
        may(&self.tips, from) && self.all_tips.check().is_ok()
    }
}

fn may(pace: &Keyed, from: Caller) -> bool {
    if pace.len() > HELD_MAX {
        pace.retain_recent();
    }
    pace.check_key(&from.0).is_ok()
}

/// From where somebody asks: an address, or the network of 64 bits that one of six has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Caller(IpAddr);

impl Caller {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(six) => {
                let [a, b, c, d, ..] = six.segments();
                Self(IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
            }
            four @ IpAddr::V4(_) => Self(four),
        }
    }
}

impl FromRequestParts<Arc<Desk>> for Caller {
    type Rejection = Infallible;

    /// The address of the connection; behind a proxy, the last that it adds: those before it anybody can make up.
    async fn from_request_parts(parts: &mut Parts, desk: &Arc<Desk>) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let added = || {
            let added = parts.headers.get_all("x-forwarded-for").iter().next_back()?;
            added.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
        };
        let told = if desk.is_behind_tls { added() } else { None };
        Ok(Self::of(told.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(address: &str) -> Caller {
        Caller::of(address.parse().unwrap())
    }

    #[test]
    fn who_asks_too_often_waits_and_others_do_not() {
        let pace = Pace::default();
        let asked = (0..20).filter(|_| pace.may_check(from("192.0.2.1"))).count();
        assert_eq!(asked, 10);
        assert!(pace.may_check(from("192.0.2.2")));
        let told = (0..20).filter(|_| pace.may_tell(from("192.0.2.1"))).count();
        assert_eq!(told, 4);
    }

    #[test]
    fn what_many_send_has_a_bound_too() {
        let pace = Pace::default();
        let told = (0..250).filter(|nth| pace.may_tell(from(&format!("192.0.2.{nth}")))).count();
        assert!((60..70).contains(&told), "{told}");
    }

    #[test]
    fn a_network_of_six_is_one() {
        assert_eq!(from("2001:db8::1"), from("2001:db8::ffff"));
        assert_ne!(from("2001:db8:0:1::1"), from("2001:db8::1"));
        assert_eq!(from("::ffff:192.0.2.1"), from("192.0.2.1"));
    }
}
