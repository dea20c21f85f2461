//! Distress: a short or cut call to the police, an embassy or another number that people call for help.
//!
//! Means: one of the room's phones, or a newcomer's, called such a number, and the call lasted a few seconds or was not answered. Points to
//! captivity: somebody tried. It raises priority, and its facts are for protection officers only. Counter-sign: long calls, as about an accident.
//! Known false alarms: calls by mistake, by children, from a pocket.

use super::view::View;
use super::{Indicator, Sign};

pub(super) fn sign(view: &View<'_>) -> Sign {
    let config = view.config;
    if !view.observed.1 {
        return Sign::not_observable(
            Indicator::Distress,
            "The feeds hold no calls: calls for help are not seen.",
        );
    }
    let cut: Vec<_> = view.help_calls.iter().filter(|call| call.talk_s <= config.cut_s).collect();
    let long = view.help_calls.len() - cut.len();
    let counter = (long > 0).then(|| match long {
        1 => "1 such call was long enough to say something.".to_owned(),
        long => format!("{long} such calls were long enough to say something."),
    });
    if cut.is_empty() {
        return Sign::not_seen(Indicator::Distress, "No short or cut call for help.".to_owned())
            .against(counter);
    }
    let own = cut.iter().filter(|call| !call.from_room).count();
    let whose = match own {
        0 => "the room's phones",
        all if all == cut.len() => "newcomers' own phones",
        _ => "the room's phones and newcomers' own",
    };
    let times = if cut.len() == 1 { "Once".to_owned() } else { format!("{} times", cut.len()) };
    Sign::seen(
        Indicator::Distress,
        cut.len(),
        format!(
            "{times} {whose} called for help and were cut off or not answered within {} s.",
            config.cut_s
        ),
        view,
    )
    .against(counter)
    .with(cut.iter().take(config.facts_max).map(|call| call.fact).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captivity::Status;
    use crate::captivity::tests::view;
    use crate::captivity::view::HelpCall;
    use rooms::FactRef;

    fn told(talk_s: u32) -> Sign {
        let fact = FactRef { caller: 1, callee: 2, start_s: 9 };
        let call = HelpCall { fact, talk_s, from_room: true };
        sign(&View { help_calls: vec![call], ..view(Vec::new()) })
    }

    #[test]
    fn a_cut_call_is_told_and_restricted() {
        let cut = told(4);
        assert_eq!(cut.status, Status::Seen);
        assert!(cut.is_restricted());
        assert_eq!(told(240).status, Status::NotSeen, "an accident is told at length");
        assert_eq!(sign(&view(Vec::new())).status, Status::NotSeen);
    }
}
