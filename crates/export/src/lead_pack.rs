//! The lead pack: all that is known of a room on one page that needs nothing else and prints: method, version, configuration, limits, clocks, evidence
//! with its facts, counter-evidence, hashes.

use crate::{ExportError, Mark};
use askama::Template;
use report::{FactReport, Report, RoomReport};

#[derive(Template)]
#[template(path = "lead_pack.html")]
struct Page<'a> {
    room: &'a RoomReport,
    report: &'a Report,
    mark: String,
    note: &'static str,
    sure: String,
    configuration: String,
    /// The clock of the moments.
    zone: &'a str,
}

/// Facts that are named of each piece of evidence.
const FACTS_MAX: usize = 5;

/// What the first facts are called.
fn named(facts: &[FactReport]) -> Vec<&str> {
    let shown = facts.iter().filter_map(|fact| match fact {
        FactReport::Shown(name) => Some(&**name),
        // Nothing that was not hidden for its reader leaves.
        FactReport::Kept(_) => None,
    });
    shown.take(FACTS_MAX).collect()
}

/// The page.
pub(crate) fn page(
    room: &RoomReport,
    report: &Report,
    mark: &Mark,
) -> Result<Vec<u8>, ExportError> {
    let told = |error: &dyn std::fmt::Display| ExportError::Written(error.to_string());
    let sure = if room.confidence > 0.99 {
        "> 99 %".to_owned()
    } else {
        format!("{:.0} %", room.confidence * 100.0)
    };
    let page = Page {
        room,
        report,
        mark: mark.sentence(),
        note: case::NON_PUNISHMENT_NOTE,
        sure,
        configuration: serde_json::to_string_pretty(&report.configuration)
            .map_err(|error| told(&error))?,
        zone: report.feeds.first().map_or("UTC", |feed| &feed.zone),
    };
    page.render().map(String::into_bytes).map_err(|error| told(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{mark, report};

    const KEPT: &str = "+99912345601";
    const SHOWN: &str = "2023-10-04 01:13:20 +999•••••01 → +999•••••02";

    #[test]
    fn a_pack_says_what_it_is_and_shows_nothing_that_was_not_hidden() {
        let report = report();
        let page = page(&report.rooms[0], &report, &mark()).unwrap();
        let page = String::from_utf8(page).unwrap();
        for said in
            ["For the police", "not to be punished", "America/Lima", "limits", SHOWN, "Against"]
        {
            assert!(page.contains(said), "{said}");
        }
        assert!(!page.contains(KEPT), "a fact that is kept whole does not leave");
        assert!(!page.contains("<script") && !page.contains("src="), "it needs nothing else");
    }
}
