//! Evidence between lines: one file a family. Each says what it means, why it points to a room and who shows it innocently.

pub mod device;
pub mod numbering;
pub mod place;
pub mod rhythm;
pub mod targets;
