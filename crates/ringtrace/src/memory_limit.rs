//! Memory that whoever starts the program lets it take, and no more: work that a server starts must not take the machine with it.

/// The variable that says how much, in bytes of addresses.
pub(crate) const VARIABLE: &str = "RINGTRACE_MEMORY_MAX";

/// Heeds it where it is set. What asks for more is ended by the system.
pub(crate) fn heed() {
    let Some(most) = std::env::var(VARIABLE).ok().and_then(|most| most.parse().ok()) else {
        return;
    };
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Rlimit { current: Some(most), maximum: Some(most) };
        // A lower limit stands already: it is heeded, too.
        let _stands = setrlimit(Resource::As, limit);
    }
    #[cfg(not(unix))]
    let _: u64 = most;
}
