//! The desk in a real browser, and its server killed at bad moments.

mod browser;
mod kill;
mod pages;
