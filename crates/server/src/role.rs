//! Who may do what: roles are given for a casebook, abilities follow from roles.

/// What somebody is in a casebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Looks, and decides nothing.
    Viewer,
    /// Looks into leads, warns people, decides what a lead is.
    Analyst,
    /// Keeps the records of people who were found, and sees signs that only protection may see.
    Protection,
    /// Answers for the desk: agrees to what needs two, reads the log.
    Supervisor,
    /// Reads the log and nothing else.
    Auditor,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ability {
    /// Being signed in.
    Enter,
    /// Seeing rooms, people to warn, claims and tasks, with masked numbers.
    See,
    /// Deciding, claiming and moving tasks.
    Work,
    /// Seeing a number whole, with a reason.
    Reveal,
    /// Giving a lead to somebody outside.
    Export,
    /// Warning the public.
    Publish,
    /// Adding facts and finding anew.
    Import,
    /// Seeing and keeping the records of people who were found.
    Protect,
    /// Reading the log.
    ReadLog,
    /// Keeping accounts.
    Administer,
}

impl Ability {
    /// The word in the interface's document.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::See => "see",
            Self::Work => "work",
            Self::Reveal => "reveal",
            Self::Export => "export",
            Self::Publish => "publish",
            Self::Import => "import",
            Self::Protect => "protect",
            Self::ReadLog => "read the log",
            Self::Administer => "administer",
        }
    }
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 5] =
        [Self::Viewer, Self::Analyst, Self::Protection, Self::Supervisor, Self::Auditor];

    /// The word that the store keeps and pages show.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Protection => "protection officer",
            Self::Supervisor => "supervisor",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// What a role may do.
    pub fn abilities(self) -> &'static [Ability] {
        use Ability::{Export, Import, Protect, Publish, ReadLog, Reveal, See, Work};
        match self {
            Self::Viewer => &[See],
            Self::Analyst => &[See, Work, Reveal, Export, Import],
            Self::Protection => &[See, Work, Reveal, Export, Protect],
            Self::Supervisor => &[See, Work, Reveal, Export, Publish, Import, ReadLog],
            Self::Auditor => &[ReadLog],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_again_and_nobody_keeps_accounts_by_a_casebooks_role() {
        for role in Role::ALL {
            assert_eq!(Role::of(role.word()), Some(role));
            assert!(!role.abilities().contains(&Ability::Administer));
        }
        assert_eq!(Role::of("root"), None);
    }

    #[test]
    fn records_of_people_are_for_protection_officers_alone() {
        let may = Role::ALL.into_iter().filter(|role| role.abilities().contains(&Ability::Protect));
        assert_eq!(may.collect::<Vec<_>>(), [Role::Protection]);
    }
}
