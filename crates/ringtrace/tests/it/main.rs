//! The real binary, run in empty folders.

mod bad_input;
mod captivity;
mod casebook;
mod cohorts;
mod desk;
mod docs;
mod find;
mod formats;
mod people;
mod same_bytes;
mod screen;
mod served;
mod successors;
mod support;
mod vantage;
mod worlds;
