//! One file a command.

pub mod profiles;
