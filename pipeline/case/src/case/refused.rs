//! Why something cannot be done.

use crate::claim::Unclear;
use crate::htcds::Wrong;
use crate::safety::NotYet;
use crate::warning::NoWarning;

/// Why an action cannot follow those so far.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It names an entry that made no such thing, or that was taken back.
    #[error("entry {0} is none that this can be done to")]
    Unknown(u64),
    /// The task is done or dropped.
    #[error("task {0} is closed")]
    Closed(u64),
    /// Something that is told of an entry would stay when it goes.
    #[error("entry {entry} is still told of in entry {by}, which would stay")]
    StillTold {
        /// The entry that would go.
        entry: u64,
        /// The one that would stay.
        by: u64,
    },
    /// The entry says that something was erased or taken back, which must be known.
    #[error("entry {0} says that something was erased or taken back, and stays")]
    Stays(u64),
    /// A reason is missing.
    #[error("a reason must be given")]
    NoReason,
    /// A record of a person in protection is shown to two people or none.
    #[error("somebody else must agree before a protected person's data are shown")]
    SecondPerson,
    /// The person did not agree to that.
    #[error("person {person} has not agreed that their record goes to {recipient}")]
    NoConsent {
        /// The person.
        person: u64,
        /// Who would get it.
        recipient: String,
    },
    /// People inside wait for protection.
    #[error(
        "people inside wait for protection (task {task}): that comes first, unless fraud, police and protection agree to act"
    )]
    ProtectionFirst {
        /// The task that is open.
        task: u64,
    },
    /// A claim is unclear.
    #[error(transparent)]
    Unclear(#[from] Unclear),
    /// A step waits for another.
    #[error(transparent)]
    NotYet(#[from] NotYet),
    /// A warning is not whole.
    #[error(transparent)]
    NoWarning(#[from] NoWarning),
    /// A field does not take that.
    #[error(transparent)]
    Wrong(#[from] Wrong),
}
