//! The whole server but for the network, on casebooks that are made up.

mod browser;
mod forms;
mod interface;
mod made;
mod masks;
mod matrix;
mod signing;
