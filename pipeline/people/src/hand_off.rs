//! How a target is handed on: the five forms that scams take, as far as calls show them.
//!
//! Means: somebody whom one of a room's lines talked to at length goes on with another. Points to a target being worked on: the first line
//! hooks, the second and third play the police and the prosecutor (docs/concepts/hand-offs/). Known false alarms: bank fraud desks, debt
//! collectors and sales closers hand on too, which is why only rooms' contacts are looked at; a long first call may simply be long (H1);
//! voice also stops where the target saw through it (H4).

use crate::config::TargetConfig;
use crate::contact::Contact;
use crate::opening::{FollowUp, Opening};

/// A form of hand-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// H1: the call is transferred while it lasts, seen as one long leg.
    InCall,
    /// H2: a second line calls the target.
    SecondLine,
    /// H3: the target dials a third number right after, which they never called before.
    ThirdNumber,
    /// H4: voice stops while the room goes on: messages may have taken over.
    VoiceStops,
    /// H5: the target calls back after a broadcast, and is talked to at length.
    CallBack,
}

impl Form {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::InCall => "in-call transfer",
            Self::SecondLine => "second line",
            Self::ThirdNumber => "third number",
            Self::VoiceStops => "voice stops",
            Self::CallBack => "call-back",
        }
    }
}

/// A hand-off that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOff {
    /// How.
    pub form: Form,
    /// When it was seen, epoch seconds.
    pub at_s: u32,
    /// Seconds from the end of the talk before it; 0 for forms within a talk.
    pub after_s: u32,
}

/// The hand-offs among the contacts of one target, which are in order of time: all forms that the room's own calls show.
pub(crate) fn hand_offs(contacts: &[Contact], config: &TargetConfig) -> Vec<HandOff> {
    let mut found = Vec::new();
    let long = |contact: &&Contact| contact.talk_s >= config.long_min_s;
    if let Some(talk) = contacts.iter().find(|contact| contact.talk_s >= config.transfer_min_s) {
        found.push(HandOff { form: Form::InCall, at_s: talk.start_s, after_s: 0 });
    }
    let called_before = |talk: &Contact| {
        contacts.iter().any(|earlier| !earlier.inbound && earlier.start_s < talk.start_s)
    };
    let first_long = contacts.iter().find(long);
    if let Some(talk) = first_long.filter(|talk| talk.inbound && called_before(talk)) {
        found.push(HandOff { form: Form::CallBack, at_s: talk.start_s, after_s: 0 });
    }
    let gone_on = Opening::of(contacts, config, u32::MAX)
        .filter(|opening| opening.talk.talk_s >= config.long_min_s)
        .and_then(|opening| opening.follow_up);
    found.extend(gone_on.map(|FollowUp { talk, after_s }| HandOff {
        form: Form::SecondLine,
        at_s: talk.start_s,
        after_s,
    }));
    found.sort_by_key(|hand_off| (hand_off.at_s, hand_off.form));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::tests::contact;

    fn told(contacts: &[Contact]) -> Vec<Form> {
        hand_offs(contacts, &TargetConfig::default()).iter().map(|found| found.form).collect()
    }

    #[test]
    fn every_form_has_its_page() {
        let pages =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/concepts/hand-offs");
        let forms =
            [Form::InCall, Form::SecondLine, Form::ThirdNumber, Form::VoiceStops, Form::CallBack];
        for form in forms {
            let page = pages.join(format!("{}.md", form.word().replace(' ', "-")));
            let text = std::fs::read_to_string(&page).unwrap_or_default();
            for part in ["**Means.**", "**Known false alarms.**"] {
                assert!(text.contains(part), "{}: {part}", page.display());
            }
        }
    }

    #[test]
    fn a_second_line_goes_on_after_a_long_talk() {
        assert_eq!(
            told(&[contact(0, 0, 900, false), contact(1, 1_500, 600, false)]),
            [Form::SecondLine]
        );
        assert_eq!(told(&[contact(0, 0, 900, false), contact(0, 1_500, 600, false)]), []);
        assert_eq!(told(&[contact(0, 0, 20, false), contact(1, 1_500, 600, false)]), []);
        let next_week = contact(1, 600_000, 600, false);
        assert_eq!(told(&[contact(0, 0, 900, false), next_week]), []);
    }

    #[test]
    fn a_very_long_leg_may_hold_a_transfer() {
        assert_eq!(told(&[contact(0, 0, 2_400, false)]), [Form::InCall]);
        assert_eq!(told(&[contact(0, 0, 1_200, false)]), []);
    }

    #[test]
    fn who_was_called_first_and_calls_for_a_long_talk_called_back() {
        assert_eq!(told(&[contact(0, 0, 5, false), contact(1, 900, 700, true)]), [Form::CallBack]);
        assert_eq!(told(&[contact(1, 900, 700, true)]), [], "nobody had called them");
    }
}
