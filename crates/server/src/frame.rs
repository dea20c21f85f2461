//! What every page has around it: its title, who is signed in, where one can go.

use crate::role::Ability;
use crate::seat::Seat;

/// What is around a page.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// The page's title.
    pub(crate) title: String,
    /// Who is signed in; empty where nobody is.
    pub(crate) account: String,
    /// What a form must carry.
    pub(crate) form_key: String,
    /// The casebook; empty outside one.
    pub(crate) casebook: String,
    /// Where one can go.
    pub(crate) places: Vec<Place>,
}

/// A place to go.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) href: String,
    pub(crate) word: &'static str,
    pub(crate) is_here: bool,
}

/// The pages of a casebook: their word, their path, and who sees them.
const PLACES: [(&str, &str, Ability); 13] = [
    ("Rooms", "rooms", Ability::See),
    ("People to warn", "warn", Ability::See),
    ("Case", "case", Ability::See),
    ("Timeline", "timeline", Ability::See),
    ("Claims", "claims", Ability::See),
    ("Tasks", "tasks", Ability::See),
    ("Exhibits", "exhibits", Ability::See),
    ("People found", "people", Ability::Protect),
    ("Tips", "tips", Ability::See),
    ("Warnings", "warnings", Ability::See),
    ("Log", "log", Ability::ReadLog),
    ("Import", "import", Ability::Import),
    ("Work", "jobs", Ability::Import),
];

impl Frame {
    /// Around a page for anybody.
    pub(crate) fn bare(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            account: String::new(),
            form_key: String::new(),
            casebook: String::new(),
            places: Vec::new(),
        }
    }

    /// Around a page for somebody. `here` is the path of the page within the casebook.
    pub(crate) fn of(seat: &Seat, title: impl Into<String>, here: &str) -> Self {
        let casebook = seat.casebook.clone();
        let seen =
            PLACES.iter().filter(|(_, _, ability)| !casebook.is_empty() && seat.may(*ability));
        let places = seen.map(|(word, path, _)| Place {
            href: format!("/c/{casebook}/{path}"),
            word,
            is_here: *path == here,
        });
        Self {
            title: title.into(),
            account: seat.account.clone(),
            form_key: seat.form_key.clone(),
            places: places.collect(),
            casebook,
        }
    }
}
