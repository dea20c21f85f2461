//! Compares whom a welfare check was advised for with who is held, and houses without calls with where they were found.

use super::{Found, most};
use crate::truth::Truth;
use std::collections::BTreeMap;

/// What was told of the people in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldOfPeople {
    /// Whether a welfare check is advised.
    pub advised: bool,
    /// Whether a counter-sign says that people leave.
    pub people_leave: bool,
    /// The room's main cell.
    pub site: Option<String>,
}

/// How well people who are held were told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoldScore {
    /// For `captives`, `voluntary` and `nobody`: rooms, rooms found at least as watch, found ones with a welfare check advised, and with a
    /// counter-sign.
    pub by_hold: BTreeMap<String, [usize; 4]>,
    /// Houses that phone over the Internet, those found at least as watch, and those found with their cell.
    pub voip_houses: [usize; 3],
    /// Innocent groups for which a welfare check was advised, by class.
    pub advised_wrongly: BTreeMap<String, usize>,
}

/// The class of houses that phone over the Internet.
const VOIP: &str = "voip house";

/// Scores what was told of the people in each room found, in the same order.
pub fn holds(found: &[Found], told: &[ToldOfPeople], truth: &Truth) -> HoldScore {
    let mut score = HoldScore::default();
    let group_of: BTreeMap<&str, (&str, &str)> = truth
        .lines
        .iter()
        .map(|line| (line.line.as_str(), (line.group.as_str(), line.class.as_str())))
        .collect();
    let of: Vec<Option<(&str, &str)>> = found.iter().map(|one| most(one, &group_of)).collect();
    for hold in &truth.holds {
        let of_room = of.iter().zip(told);
        let mut of_room =
            of_room.filter(|(of, _)| of.is_some_and(|(group, _)| group == hold.group)).peekable();
        let is_found = of_room.peek().is_some();
        if hold.class == VOIP {
            let is_site = |site: &String| hold.site.split('|').any(|own| own == site);
            let with_site =
                of_room.clone().any(|(_, told)| told.site.as_ref().is_some_and(is_site));
            let [all, known, sited] = &mut score.voip_houses;
            (*all, *known, *sited) =
                (*all + 1, *known + usize::from(is_found), *sited + usize::from(with_site));
        }
        let advised = of_room.clone().any(|(_, told)| told.advised);
        let leave = of_room.any(|(_, told)| told.people_leave);
        let entry = score.by_hold.entry(hold.hold.clone()).or_default();
        for (count, is) in entry.iter_mut().zip([true, is_found, advised, leave]) {
            *count += usize::from(is);
        }
    }
    let rooms: Vec<&str> = truth.holds.iter().map(|hold| hold.group.as_str()).collect();
    for (of, _) in of.iter().zip(told).filter(|(_, told)| told.advised) {
        let (group, class) = of.unwrap_or(("", "ordinary"));
        if !rooms.contains(&group) {
            *score.advised_wrongly.entry(class.to_owned()).or_default() += 1;
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::truth::{TrueHold, TrueLine};

    #[test]
    fn advice_is_held_against_who_is_held() {
        let line = |line: &str, group: &str, class: &str| TrueLine {
            group: group.to_owned(),
            kind: "room",
            class: class.to_owned(),
            line: line.to_owned(),
            role: "worker",
            start_s: 0,
            calls: 0,
        };
        let hold = |group: &str, class: &str, hold: &str| TrueHold {
            group: group.to_owned(),
            class: class.to_owned(),
            hold: hold.to_owned(),
            site: "a".to_owned(),
        };
        let truth = Truth {
            lines: vec![
                line("+1", "voip000", VOIP),
                line("+2", "room001", "house"),
                line("+3", "group001", "quarantine"),
            ],
            holds: vec![
                hold("voip000", VOIP, "captives"),
                hold("room001", "house", "voluntary"),
                hold("room002", "house", "captives"),
            ],
            ..Truth::default()
        };
        let found = |line: &str| Found {
            id: String::new(),
            lead: true,
            confidence: 0.9,
            lines: vec![line.to_owned()],
        };
        let told = |advised, people_leave| ToldOfPeople {
            advised,
            people_leave,
            site: Some("a".to_owned()),
        };
        let score = holds(
            &[found("+1"), found("+2"), found("+3")],
            &[told(true, false), told(false, true), told(true, false)],
            &truth,
        );
        assert_eq!(score.by_hold["captives"], [2, 1, 1, 0]);
        assert_eq!(score.by_hold["voluntary"], [1, 1, 0, 1]);
        assert_eq!(score.voip_houses, [1, 1, 1]);
        assert_eq!(score.advised_wrongly["quarantine"], 1);
    }
}
