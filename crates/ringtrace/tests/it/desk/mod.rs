//! The desk in a real browser, and its server killed at bad moments and given what is made to do harm.

mod browser;
mod hostile;
mod kill;
mod pages;
