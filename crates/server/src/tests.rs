//! The whole server but for the network, on casebooks that are made up.

mod browser;
mod forms;
mod hostile;
mod interface;
pub(crate) mod made;
mod masks;
mod matrix;
mod public;
mod signing;
