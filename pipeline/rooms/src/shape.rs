//! Shapes of rooms.

use crate::config::ShapeConfig;
use crate::group::GroupFacts;

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
    if facts.dialled_share >= config.dialled_share_min
        && facts.calls_a_line_day >= config.broadcast_calls_min
    {
        Shape::CallBack
    } else if facts.calls_a_line_day <= config.small_calls_max
        && facts.lines <= config.small_lines_max
    {
        Shape::Small
    } else {
        match (facts.sites, facts.site_share) {
            (None, _) => Shape::Unplaced,
            (Some(sites), Some(share))
                if sites >= config.relay_sites_min && share < config.house_share_min =>
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
        assert_eq!(
            of(&GroupFacts { calls_a_line_day: 200.0, dialled_share: 0.05, ..house.clone() }),
            Shape::CallBack
        );
        assert_eq!(
            of(&GroupFacts { lines: 8, calls_a_line_day: 9.0, ..house.clone() }),
            Shape::Small
        );
        assert_eq!(of(&GroupFacts { sites: None, site_share: None, ..house }), Shape::Unplaced);
    }
}
