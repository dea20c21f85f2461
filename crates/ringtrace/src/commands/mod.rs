//! One file a command.

pub(crate) mod drill;
pub(crate) mod find;
pub(crate) mod profiles;
