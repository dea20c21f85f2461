//! Shapes of rooms.

use crate::config::ShapeConfig;
use crate::group::GroupFacts;
use domain::num::share;

/// How a group works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// All at one site.
    House,
    /// SIM boxes over several sites.
    Relay,
    /// Broadcast out, call-backs in.
    CallBack,
    /// A few lines, few calls.
    Small,
    /// The feeds do not show places.
    Unplaced,
}

impl Shape {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Relay => "relay",
            Self::CallBack => "call-back",
            Self::Small => "small",
            Self::Unplaced => "unplaced",
        }
    }
}

/// The shape of a group by its facts.
pub fn shape(facts: &GroupFacts, config: &ShapeConfig) -> Shape {
    let calling_share = share(facts.engaged_calling, facts.engaged).unwrap_or(0.0);
    let at_a_time = facts.lines as f64 / facts.churn.max(1.0);
    if facts.engaged >= config.engaged_min && calling_share >= config.calling_share_min {
        Shape::CallBack
    } else if facts.calls_a_line_day <= config.small_calls_max
        && at_a_time <= config.small_lines_max
    {
        Shape::Small
    } else {
        match (facts.sites, facts.site_share) {
            (None, _) => Shape::Unplaced,
            (Some(sites), Some(share))
                if sites >= config.relay_sites_min
                    && facts.day_site_share.unwrap_or(share) < config.house_share_min =>
            {
                Shape::Relay
            }
            _ => Shape::House,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_by_their_facts() {
        let house = GroupFacts {
            lines: 30,
            calls_a_line_day: 40.0,
            sites: Some(1),
            site_share: Some(0.95),
            ..GroupFacts::default()
        };
        let of = |facts: &GroupFacts| shape(facts, &ShapeConfig::default());
        assert_eq!(of(&house), Shape::House);
        assert_eq!(
            of(&GroupFacts { sites: Some(4), site_share: Some(0.4), ..house.clone() }),
            Shape::Relay
        );
        let moved = GroupFacts {
            sites: Some(2),
            site_share: Some(0.5),
            day_site_share: Some(0.9),
            ..house.clone()
        };
        assert_eq!(of(&moved), Shape::House, "all moved together");
        assert_eq!(
            of(&GroupFacts { engaged: 40, engaged_calling: 20, ..house.clone() }),
            Shape::CallBack,
            "who is talked to at length called in"
        );
        assert_eq!(
            of(&GroupFacts { calls_a_line_day: 9.0, churn: 5.0, ..house.clone() }),
            Shape::Small,
            "thirty lines, but six at a time"
        );
        assert_eq!(of(&GroupFacts { sites: None, site_share: None, ..house }), Shape::Unplaced);
    }
}
