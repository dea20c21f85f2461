//! One person whom a room called: what happened, and how likely it is that they are worked on.

mod reason;

use crate::Scene;
use crate::config::TargetConfig;
use crate::contact::Contact;
use crate::hand_off::{Form, HandOff, hand_offs};
use crate::opening::Opening;
use crate::own_life::OwnLife;
use crate::rates::RoomRates;
use crate::warning::Stage;
use domain::zone::day_of;
pub(crate) use reason::{counter, reason};
use std::collections::BTreeSet;

/// What happened with one target.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target<'a> {
    /// Contacts with the room, by time.
    pub(crate) contacts: &'a [Contact],
    /// How it began.
    pub(crate) opening: Opening,
    /// The longest talk, seconds.
    pub(crate) longest_s: u32,
    /// All talk, seconds.
    pub(crate) talk_s: u32,
    /// Lines of the room that talked to them.
    pub(crate) lines: usize,
    /// Days on which they did, by the site's clock.
    pub(crate) days: usize,
    /// Hand-offs.
    pub(crate) hand_offs: Vec<HandOff>,
    /// Whether one line alone keeps calling as acquaintances do.
    pub(crate) acquaintance: bool,
    /// Whether they live by the clock of the place, and most of those whom the room calls live by another.
    pub(crate) lives_here: bool,
    /// Their own calls since, over the usual; `None` where that cannot be told.
    pub(crate) share_of_usual: Option<f64>,
}

impl<'a> Target<'a> {
    /// What the room's own calls show of a target; `None` where nobody ever answered.
    pub(crate) fn of(contacts: &'a [Contact], scene: &Scene<'_>) -> Option<Self> {
        let config = &scene.config.target;
        let opening = Opening::of(contacts, config, scene.as_of_s())?;
        let talks = || contacts.iter().filter(|contact| contact.talk_s >= config.talk_min_s);
        let lines: BTreeSet<u32> = talks().map(|contact| contact.line).collect();
        let days: BTreeSet<u32> =
            talks().map(|contact| day_of(scene.context.site.local_s(contact.start_s))).collect();
        let longest_s = contacts.iter().map(|contact| contact.talk_s).max().unwrap_or(0);
        Some(Self {
            contacts,
            opening,
            longest_s,
            talk_s: contacts.iter().map(|contact| contact.talk_s).sum(),
            lines: lines.len(),
            days: days.len(),
            hand_offs: hand_offs(contacts, config),
            acquaintance: is_acquaintance(contacts, config),
            lives_here: lives_here(&opening, scene),
            share_of_usual: None,
        })
    }

    /// Adds what was seen of their own life.
    pub(crate) fn with_own_life(mut self, own: OwnLife) -> Self {
        self.hand_offs.extend(own.third_number);
        self.hand_offs.sort_by_key(|hand_off| (hand_off.at_s, hand_off.form));
        self.share_of_usual = own.share_of_usual;
        self
    }

    /// Adds that voice stopped while the room went on until `room_last_s`.
    pub(crate) fn with_silence(mut self, room_last_s: u32, scene: &Scene<'_>) -> Self {
        let config = &scene.config.target;
        let Some(last) = self.contacts.last() else { return self };
        let silence_s = scene.as_of_s().min(room_last_s).saturating_sub(last.end_s());
        if silence_s >= config.silence_s && self.longest_s >= config.long_min_s {
            let at_s = last.end_s();
            self.hand_offs.push(HandOff { form: Form::VoiceStops, at_s, after_s: silence_s });
        }
        self
    }

    /// Odds that they are worked on, given that the room is one, bits.
    pub(crate) fn bits(&self, rates: &RoomRates, config: &TargetConfig) -> f64 {
        let Opening { follow_up, tried_after_s, .. } = self.opening;
        let mut bits = rates.bits(&self.opening, config);
        for (there, weight) in [
            (follow_up.is_none() && tried_after_s.is_some(), config.tried_bits),
            (self.has(Form::CallBack), config.call_back_bits),
            (self.has(Form::ThirdNumber), config.dial_bits),
            (self.is_quiet(config), config.quiet_bits),
            (self.acquaintance, config.acquaintance_bits),
            (self.lives_here, config.lives_here_bits),
        ] {
            bits += if there { weight } else { 0.0 };
        }
        bits
    }

    /// The room that opened them: its place among the rooms.
    pub(crate) fn room(&self) -> usize {
        self.opening.talk.room as usize
    }

    /// How far they were taken.
    pub(crate) fn stage(&self) -> Stage {
        let handed_on = [Form::InCall, Form::SecondLine, Form::ThirdNumber];
        if self.lines > 2 || (self.lines > 1 && self.days > 1) {
            Stage::WorkedOn
        } else if handed_on.into_iter().any(|form| self.has(form)) {
            Stage::HandedOn
        } else {
            Stage::Talked
        }
    }

    pub(crate) fn is_quiet(&self, config: &TargetConfig) -> bool {
        self.share_of_usual.is_some_and(|share| share <= config.quiet_share_max)
    }

    fn has(&self, form: Form) -> bool {
        self.hand_offs.iter().any(|hand_off| hand_off.form == form)
    }
}

/// Hours between two clocks from which people are called elsewhere.
const FAR_H: f64 = 3.0;

/// Whether somebody lives where the room is, while its list is of people elsewhere: those who work there have people of their own.
fn lives_here(opening: &Opening, scene: &Scene<'_>) -> bool {
    let here = scene.context.site.name();
    let room = &scene.rooms[opening.talk.room as usize];
    // Told from its calls: not where a room was only seen, and not where two clocks are of one country or its neighbours.
    room.facts.target_hours_away.is_some_and(|hours| hours.abs() >= FAR_H)
        && scene.context.clock(opening.talk.other).is_some_and(|clock| clock.name() == here)
}

/// Whether one line alone keeps talking to somebody, and began with talks like those of acquaintances: a worker's own people.
fn is_acquaintance(contacts: &[Contact], config: &TargetConfig) -> bool {
    let mut talks = contacts.iter().filter(|contact| contact.talk_s > 0);
    let one_line = contacts.iter().all(|contact| contact.line == contacts[0].line);
    one_line
        && talks.clone().count() >= config.acquaintance_talks_min
        && talks.next().is_some_and(|first| first.talk_s < config.long_min_s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::tests::contact;

    #[test]
    fn one_line_that_keeps_calling_after_a_short_talk_is_an_acquaintance() {
        let config = TargetConfig::default();
        let of = |contacts: &[Contact]| is_acquaintance(contacts, &config);
        let (first, second) = (contact(0, 0, 50, false), contact(0, 90_000, 300, false));
        assert!(of(&[first, second, contact(0, 180_000, 40, true)]));
        assert!(!of(&[first, second, contact(1, 180_000, 40, true)]), "another line calls too");
        assert!(!of(&[contact(0, 0, 900, false), second, contact(0, 180_000, 40, true)]));
        assert!(!of(&[first, second]));
    }
}
