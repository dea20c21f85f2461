//! Thresholds and weights of the stage, stored with every result.
//!
//! Priors are starting values, from docs/concepts/figures.md where there are any, adjusted on made worlds (`drill make --preset lima-target
//! --calls 2000000 --rooms 9`, seeds 11 to 13); real networks differ.

mod answering;
mod captivity;
mod role;
mod silent;
mod successor;
mod target;
mod urgency;

pub use answering::AnsweringConfig;
pub use captivity::CaptivityConfig;
pub use role::RoleConfig;
pub use silent::SilentConfig;
pub use successor::SuccessorConfig;
pub use target::TargetConfig;
pub use urgency::UrgencyConfig;

use serde::{Deserialize, Serialize};

/// The configuration of the stage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Who is being worked on.
    pub target: TargetConfig,
    /// Who does what.
    pub role: RoleConfig,
    /// Which line goes on with one that goes quiet.
    pub successor: SuccessorConfig,
    /// Which lines answer call-backs.
    pub answering: AnsweringConfig,
    /// In which order they are warned.
    pub urgency: UrgencyConfig,
    /// When people may be held.
    pub captivity: CaptivityConfig,
    /// When lines fall silent together.
    pub silent: SilentConfig,
}
