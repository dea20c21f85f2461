//! Features: one file each, with what it means, why it points to a room and who shows it innocently.

pub mod answer;
pub mod burstiness;
pub mod busy_days;
pub mod call_backs;
pub mod cells;
pub mod devices;
pub mod dispersion;
pub mod duration;
pub mod evening;
pub mod first_contact;
pub mod gaps;
pub mod hours;
pub mod night;
pub mod off_hours;
pub mod office;
pub mod reciprocity;
pub mod route;
pub mod sequence;
pub mod talk;
pub mod tenure;
pub mod turnover;
pub mod vacant;
pub mod volume;

#[cfg(test)]
pub(crate) mod testing;
