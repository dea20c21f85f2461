//! Why somebody is told, in one sentence; and what speaks against it.

use super::Target;
use crate::Scene;
use crate::hand_off::{Form, HandOff};
use domain::zone::stamp_text;

/// Why, in one sentence, without identifiers.
pub(crate) fn reason(target: &Target<'_>, scene: &Scene<'_>) -> String {
    let longest = target.contacts.iter().find(|contact| contact.talk_s == target.longest_s);
    let begun_s = longest.map_or(0, |talk| talk.start_s);
    let stamp = stamp_text(scene.context.site.local_s(begun_s));
    let who = match longest {
        Some(talk) if talk.inbound => "They called one of the room's lines and were talked to",
        _ => "One of the room's lines talked to them",
    };
    let mut parts = vec![format!(
        "{who} for {} on {}",
        span(target.longest_s),
        stamp.get(..16).unwrap_or(&stamp)
    )];
    parts.extend(target.hand_offs.iter().map(hand_off));
    if target.days > 1 || target.lines > 2 {
        parts.push(format!(
            "talks on {} by {}",
            counted(target.days, "day"),
            counted(target.lines, "line")
        ));
    }
    if target.is_quiet(&scene.config.target) {
        let share = target.share_of_usual.unwrap_or(0.0);
        parts.push(format!("their own calls fell to {:.0} % of the usual", share * 100.0));
    }
    format!("{}.", parts.join("; "))
}

fn hand_off(found: &HandOff) -> String {
    let after = span(found.after_s);
    match found.form {
        Form::InCall => "long enough to have been transferred within the call (H1)".to_owned(),
        Form::SecondLine => format!("{after} later another line went on with them (H2)"),
        Form::ThirdNumber => {
            format!("{after} after a talk they dialled a number that they had never called (H3)")
        }
        Form::VoiceStops => {
            format!("no call for {after} while the room goes on: messages may have taken over (H4)")
        }
        Form::CallBack => "they had been called before, and called back (H5)".to_owned(),
    }
}

/// What speaks against it, a sentence each.
pub(crate) fn counter(target: &Target<'_>) -> Vec<String> {
    let mut told = Vec::new();
    if target.acquaintance {
        told.push("One line alone keeps calling, as acquaintances do.".to_owned());
    }
    if target.lives_here {
        told.push(
            "Their number is of where the room is, and most of those whom it calls have numbers of elsewhere."
                .to_owned(),
        );
    }
    if target.lines < 2 {
        told.push("No other line of the room talked to them.".to_owned());
    }
    told
}

/// `45 s`, `14 min`, `5 h`, `3 days`.
fn span(seconds: u32) -> String {
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
