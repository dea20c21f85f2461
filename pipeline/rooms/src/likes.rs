//! What judgements teach: a room that works like one that was rejected is no lead, and one that works like a confirmed one is surer.
//!
//! Two groups are compared by what their lines did: shares, as the angle whose sine's square they are (R. A. Fisher's transformation, which makes chance equally
//! wide everywhere), and ratios by their logarithm, each in units of what groups of one kind differ by. Their distance is the root of the mean square of
//! the differences, of which each counts up to 3. The nearest judged room decides, and only within `near_max`.
//!
//! In eight made worlds six to eight tenths of the groups of one look-alike class lay within 0.6, one in a hundred of those of two classes, and no look-alike and room
//! (docs/concepts/likes.md). What is compared knows no numbers, places, countries or people: the same group under other numbers is the same.

use crate::config::LikesConfig;
use crate::group::GroupFacts;
use crate::room::{Room, Verdict};
use linkage::weight::{odds_bits, probability};

/// What people said of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is one.
    Confirmed,
    /// It is none.
    Rejected,
    /// It cannot be said yet: it teaches nothing, and learns nothing.
    Undecided,
}

impl Said {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Rejected => "rejected",
            Self::Undecided => "undecided",
        }
    }

    fn is_lesson(self) -> bool {
        self != Self::Undecided
    }
}

/// A judged room that another works like.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    /// The judged room.
    pub room: String,
    /// What was said of it.
    pub said: Said,
    /// What the room was before it was known.
    pub was: Verdict,
    /// How far apart they are, in units of what groups of one kind differ by.
    pub distance: f64,
    /// Facts that could be compared.
    pub compared: usize,
    /// Of them, those that differ by less than a unit.
    pub same: usize,
    /// What differs most.
    pub differs: &'static str,
}

/// A fact that is compared: its name, its value, and how it is measured.
type Compared = (&'static str, Option<f64>, Measure);

#[derive(Clone, Copy)]
enum Measure {
    /// Of 0 to 1.
    Share,
    /// Of 0 and more.
    Ratio,
}

/// What the shares of groups of one kind differ by, radians.
const SHARE_UNIT: f64 = 0.2;
/// What the ratios of groups of one kind differ by, natural logarithm.
const RATIO_UNIT: f64 = 0.5;
/// Below this a ratio is nothing.
const RATIO_LEAST: f64 = 0.1;
/// What one fact may count for, units: one that is altogether other makes no other kind.
const DIFFERENCE_MAX: f64 = 3.0;
/// Facts that must be comparable, or nothing is said: two rooms of which little is seen are alike in nothing.
const COMPARED_MIN: usize = 20;

impl Measure {
    fn units(self, value: f64) -> f64 {
        match self {
            Self::Share => value.clamp(0.0, 1.0).sqrt().asin() / SHARE_UNIT,
            Self::Ratio => (value.max(0.0) + RATIO_LEAST).ln() / RATIO_UNIT,
        }
    }
}

fn compared(facts: &GroupFacts) -> [Compared; 31] {
    use Measure::{Ratio, Share};
    let engaged = facts.engaged as f64 / facts.targets.max(1) as f64;
    [
        ("targets that several lines call", Some(facts.shared_share), Share),
        ("lock step", Some(facts.lock_step), Share),
        ("first contacts", Some(facts.fresh_share), Share),
        ("follow-ups within the hour", Some(facts.quick_share), Share),
        ("follow-ups within two days", Some(facts.follow_share), Share),
        ("targets that dial another line", Some(facts.dialled_share), Share),
        ("answered call-backs", Some(facts.answered_back_share), Share),
        ("handsets in common", facts.handset_shared, Share),
        ("calls from the place", facts.site_share, Share),
        ("lines that stay in one cell", facts.stillness, Share),
        ("nights at the place", facts.night_at_site, Share),
        ("office hours of the place", Some(facts.office_site), Share),
        ("office hours of the called", facts.office_target, Share),
        ("night calls", Some(facts.night_share), Share),
        ("lines that stay", Some(facts.stable_share), Share),
        ("batches of numbers", facts.batch_share, Share),
        ("vacant numbers", facts.vacant_share, Share),
        ("numbers in sequence", Some(facts.sequential_share), Share),
        ("evening partners", Some(facts.evening_share), Share),
        ("calls among the lines", Some(facts.internal_share), Share),
        ("answer rate", Some(facts.answer_rate), Share),
        ("evenness of the work", Some(facts.even_share), Share),
        ("calls a target", Some(facts.calls_a_target), Ratio),
        ("people who call of themselves", Some(facts.uninvited_ratio), Ratio),
        ("lines a handset", facts.lines_a_handset, Ratio),
        ("weekends", facts.weekend_ratio, Ratio),
        ("turnover of lines", Some(facts.churn), Ratio),
        ("calls of a line on a day", Some(facts.calls_a_line_day), Ratio),
        ("length of the shift", Some(facts.shift_hours), Ratio),
        ("hours to the called", facts.target_hours_away, Ratio),
        ("long talks", Some(engaged), Share),
    ]
}

/// How far two groups are apart; `None` where too little of them can be compared.
fn distance(a: &GroupFacts, b: &GroupFacts) -> Option<(f64, usize, usize, &'static str)> {
    if a.calls == 0 || b.calls == 0 {
        return None;
    }
    let (mut sum, mut count, mut same, mut most) = (0.0, 0, 0, ("", -1.0));
    for ((name, ours, measure), (_, theirs, _)) in compared(a).into_iter().zip(compared(b)) {
        let difference = match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                (measure.units(ours) - measure.units(theirs)).abs().min(DIFFERENCE_MAX)
            }
            (None, None) => continue,
            // One is seen and the other is not: as much as groups of one kind differ by.
            _ => 1.0,
        };
        sum += difference * difference;
        count += 1;
        same += usize::from(difference < 1.0);
        if difference > most.1 {
            most = (name, difference);
        }
    }
    (count >= COMPARED_MIN).then(|| ((sum / count as f64).sqrt(), count, same, most.0))
}

/// Lets rooms of which nothing was said learn from those of which something was; `said` is of each room, in their order. They keep their order and names, so that
/// a judgement renames nothing.
pub fn learn(rooms: &mut [Room], said: &[Option<Said>], config: &LikesConfig) {
    let likes: Vec<Option<Like>> =
        (0..rooms.len()).map(|at| like(at, rooms, said, config)).collect();
    for (room, like) in rooms.iter_mut().zip(likes) {
        if let Some(like) = &like {
            heed(room, like.said, config);
        }
        room.like = like;
    }
}

/// The judged room that is nearest to one of which nothing was said.
fn like(at: usize, rooms: &[Room], said: &[Option<Said>], config: &LikesConfig) -> Option<Like> {
    if said[at].is_some() {
        return None;
    }
    let lessons = rooms.iter().zip(said);
    let lessons =
        lessons.filter_map(|(room, said)| Some((room, said.filter(|said| said.is_lesson())?)));
    let apart = lessons.filter_map(|(of, said)| {
        let (distance, compared, same, differs) = distance(&rooms[at].facts, &of.facts)?;
        let (room, was) = (of.id.clone(), rooms[at].verdict);
        let like = Like { room, said, was, distance, compared, same, differs };
        (distance <= config.near_max).then_some(like)
    });
    apart.min_by(|a, b| a.distance.total_cmp(&b.distance))
}

/// How sure a room is at most before it loses what a like of a rejected one loses, bits of odds: beyond it weights are sums of what is not independent.
const SURE_MAX_BITS: f64 = 6.6;

/// What a room is once it is known what it works like.
fn heed(room: &mut Room, said: Said, config: &LikesConfig) {
    let bits = odds_bits(room.confidence);
    match said {
        Said::Confirmed => {
            room.confidence = probability(bits + config.confirmed_bits).max(room.confidence);
        }
        Said::Rejected => {
            room.confidence = probability(bits.min(SURE_MAX_BITS) + config.rejected_bits);
            room.verdict = Verdict::Watch;
        }
        Said::Undecided => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::RoomLine;
    use crate::shape::Shape;

    /// What a clinic's lines do, or a room's: how much of what the room does is given by `share`.
    fn facts(share: f64) -> GroupFacts {
        GroupFacts {
            calls: 900,
            targets: 500,
            fresh_share: share,
            follow_share: share / 2.0,
            quick_share: share / 3.0,
            answer_rate: 0.9 - share / 2.0,
            office_site: 0.95 - share,
            night_share: share / 2.0,
            calls_a_line_day: 20.0 + share * 100.0,
            churn: 1.0 + share * 3.0,
            handset_shared: Some(share),
            vacant_share: Some(share / 4.0),
            ..GroupFacts::default()
        }
    }

    fn room(line: u32, confidence: f64, facts: GroupFacts) -> Room {
        Room {
            id: format!("R{line}"),
            verdict: Verdict::Lead,
            shape: Shape::House,
            confidence,
            first_s: 0,
            last_s: 9,
            site: Vec::new(),
            target_zone: None,
            lines: vec![RoomLine { line, first_s: 0, last_s: 9, bits: 1.0 }],
            evidence: Vec::new(),
            counter_evidence: Vec::new(),
            not_observable: Vec::new(),
            facts,
            like: None,
        }
    }

    /// Each room's name and verdict, and what it works like.
    fn told(rooms: &[Room]) -> Vec<String> {
        let like = |room: &Room| {
            let like = room.like.as_ref();
            like.map(|like| format!(" like {}, {}", like.room, like.said.word()))
                .unwrap_or_default()
        };
        rooms
            .iter()
            .map(|room| format!("{} {}{}", room.id, room.verdict.word(), like(room)))
            .collect()
    }

    fn learned(mut rooms: Vec<Room>, said: &[Option<Said>]) -> Vec<Room> {
        learn(&mut rooms, said, &LikesConfig::default());
        rooms
    }

    #[test]
    fn a_like_of_a_rejected_room_is_no_lead_and_others_are_what_they_were() {
        let rooms =
            vec![room(1, 0.99, facts(0.1)), room(2, 1.0, facts(0.12)), room(3, 0.97, facts(0.9))];
        let rooms = learned(rooms, &[Some(Said::Rejected), None, None]);
        assert_eq!(
            told(&rooms),
            ["R1 lead", "R2 watch like R1, rejected", "R3 lead"],
            "what is judged stays what it was, and all keep their names"
        );
        assert!(rooms[1].confidence < 0.9 && (rooms[2].confidence - 0.97).abs() < 1e-9);
        let like = rooms[1].like.as_ref().unwrap();
        assert!(like.distance < 0.2 && like.same == like.compared && !like.differs.is_empty());
        assert_eq!(like.was, Verdict::Lead);
    }

    #[test]
    fn the_nearest_judged_room_decides_and_a_confirmed_one_makes_surer() {
        let rooms = |sure| {
            vec![room(1, 0.9, facts(0.80)), room(2, 0.8, facts(0.9)), room(3, sure, facts(0.88))]
        };
        let said = [Some(Said::Rejected), Some(Said::Confirmed), None];
        let learned = |sure| learned(rooms(sure), &said);
        assert_eq!(told(&learned(0.7)), ["R1 lead", "R2 lead", "R3 lead like R2, confirmed"]);
        for sure in [0.1, 0.7, 0.99, 1.0 - 1e-12] {
            let now = learned(sure)[2].confidence;
            assert!(now >= sure && (now > sure || sure > 0.999), "{sure} became {now}");
        }
    }

    #[test]
    fn nothing_is_learned_from_nothing() {
        let rooms = || vec![room(1, 0.9, facts(0.5)), room(2, 0.8, facts(0.5))];
        let undecided = [Some(Said::Undecided), None];
        for said in [&[None, None], &undecided, &[Some(Said::Rejected), Some(Said::Undecided)]] {
            assert_eq!(learned(rooms(), said), rooms(), "{said:?}");
        }
        // Rooms that were seen and not heard have nothing that could be compared.
        let unheard = || vec![room(1, 0.9, facts(0.5)), room(2, 0.8, GroupFacts::default())];
        assert_eq!(learned(unheard(), &[Some(Said::Rejected), None]), unheard());
    }
}
