//! How a target was opened: the talk that began it, and whether another line of the room went on.
//!
//! Means: the first talk of some minutes, or else the first at all, and the next talk of some minutes with another line. Points to a target being worked on:
//! rooms pass those who listen to the next player; who is let go is not called again. False alarms: lists with entries twice, and lines
//! that try again: how often that is [`crate::rates`] counts.

use crate::config::TargetConfig;
use crate::contact::Contact;

/// How a target was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    /// The talk that began it.
    pub(crate) talk: Contact,
    /// The first talk with another line within two days.
    pub(crate) follow_up: Option<FollowUp>,
    /// How long after it another line first called at all within two days, seconds.
    pub(crate) tried_after_s: Option<u32>,
    /// Seconds that a follow-up had to come until the moment looked from.
    pub(crate) elapsed_s: u32,
}

/// A talk with another line, after the one that opened a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FollowUp {
    /// The talk.
    pub(crate) talk: Contact,
    /// How long after the opening talk ended, seconds.
    pub(crate) after_s: u32,
}

impl Opening {
    /// The opening of a target, whose contacts are in order of time; `None` where nobody ever answered.
    pub(crate) fn of(contacts: &[Contact], config: &TargetConfig, as_of_s: u32) -> Option<Self> {
        let long = contacts.iter().position(|contact| contact.talk_s >= config.long_min_s);
        let at = long.or_else(|| contacts.iter().position(|contact| contact.talk_s > 0))?;
        let talk = contacts[at];
        let after_s = |later: &Contact| later.start_s.saturating_sub(talk.end_s());
        let mut later = contacts[at + 1..].iter().filter(|later| {
            later.line != talk.line && !later.inbound && after_s(later) <= config.slow_s
        });
        let gone_on = later.clone().find(|later| later.talk_s >= config.long_min_s);
        Some(Self {
            talk,
            follow_up: gone_on.map(|later| FollowUp { talk: *later, after_s: after_s(later) }),
            tried_after_s: later.next().map(after_s),
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
        let follow_up = FollowUp { talk: contact(1, 1_600, 1_800, false), after_s: 600 };
        assert_eq!((opening.talk.start_s, opening.follow_up), (100, Some(follow_up)));
    }

    #[test]
    fn who_is_only_tried_again_is_not_followed_up() {
        let opening = of(&[contact(0, 0, 900, false), contact(1, 2_000, 0, false)]);
        assert_eq!((opening.follow_up, opening.tried_after_s), (None, Some(1_100)));
        let same_line = of(&[contact(0, 0, 900, false), contact(0, 2_000, 300, false)]);
        assert_eq!((same_line.follow_up, same_line.tried_after_s), (None, None));
        assert_eq!(Opening::of(&[contact(0, 0, 0, false)], &TargetConfig::default(), 9), None);
    }
}
