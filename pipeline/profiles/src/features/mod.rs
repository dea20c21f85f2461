//! Features: one file each, with what it means, why it points to a room and who shows it innocently.

pub mod volume;
pub mod first_contact;
pub mod reciprocity;
pub mod answer;
pub mod talk;
pub mod gaps;
pub mod hours;
pub mod office;
pub mod cells;
pub mod devices;
pub mod turnover;
pub mod evening;
pub mod sequence;
pub mod dispersion;
pub mod tenure;
pub mod vacant;
pub mod route;

#[cfg(test)]
pub(crate) mod testing;
