//! How a target was opened: the talk that began it, and whether another line of the room went on.
//!
//! Means: the first talk of some minutes, or else the first at all, and the next talk of some minutes with another line. Points to a target being worked on:
//! rooms pass those who listen to the next player; who is let go is not called again. False alarms: lists with entries twice, and lines
//! that try again: that is the chance that [`crate::rates`] counts.

use crate::config::TargetConfig;
use crate::contact::Contact;

/// How a target was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// The talk that began it.
    pub(crate) talk: Contact,
    /// The first talk with another line within two days: when, epoch seconds, and how long after.
    pub(crate) follow_up: Option<(u32, u32)>,
    /// Whether another line at least tried to.
    pub(crate) was_tried: bool,
    /// Seconds that a follow-up had to come until the moment looked from.
    pub(crate) elapsed_s: u32,
}

impl Opening {
    /// The opening of a target, whose contacts are in order of time; `None` where nobody ever answered.
    pub(crate) fn of(contacts: &[Contact], config: &TargetConfig, as_of_s: u32) -> Option<Self> {
        let long = contacts.iter().position(|contact| contact.talk_s >= config.long_min_s);
        let at = long.or_else(|| contacts.iter().position(|contact| contact.talk_s > 0))?;
        let talk = contacts[at];
        let later = contacts[at + 1..].iter().filter(|later| {
            later.line != talk.line
                && !later.inbound
                && later.start_s.saturating_sub(talk.end_s()) <= config.slow_s
        });
        let gone_on = later.clone().find(|later| later.talk_s >= config.long_min_s);
        Some(Self {
            talk,
            follow_up: gone_on
                .map(|later| (later.start_s, later.start_s.saturating_sub(talk.end_s()))),
            was_tried: later.count() > 0,
            elapsed_s: as_of_s.saturating_sub(talk.end_s()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::tests::contact;

    fn of(contacts: &[Contact]) -> Opening {
        Opening::of(contacts, &TargetConfig::default(), 1_000_000).unwrap()
    }

    #[test]
    fn the_first_talk_of_some_minutes_opens_and_another_line_goes_on() {
        let opening = of(&[
            contact(0, 0, 5, false),
            contact(0, 100, 900, false),
            contact(1, 1_600, 1_800, false),
        ]);
        assert_eq!((opening.talk.start_s, opening.follow_up), (100, Some((1_600, 600))));
    }

    #[test]
    fn who_is_only_tried_again_is_not_followed_up() {
        let opening = of(&[contact(0, 0, 900, false), contact(1, 2_000, 0, false)]);
        assert_eq!((opening.follow_up, opening.was_tried), (None, true));
        let same_line = of(&[contact(0, 0, 900, false), contact(0, 2_000, 300, false)]);
        assert_eq!((same_line.follow_up, same_line.was_tried), (None, false));
        assert_eq!(Opening::of(&[contact(0, 0, 0, false)], &TargetConfig::default(), 9), None);
    }
}
