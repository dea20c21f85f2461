//! One file a command.

pub(crate) mod case;
pub(crate) mod demo;
pub(crate) mod drill;
pub(crate) mod drill_days;
pub(crate) mod drill_plant;
pub(crate) mod drill_score;
pub(crate) mod drill_world;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod find;
pub(crate) mod import;
pub(crate) mod profiles;
pub(crate) mod screen;
pub(crate) mod screen_check;
pub(crate) mod screen_templates;
pub(crate) mod screen_test;
pub(crate) mod screen_train;
pub(crate) mod serve;
pub(crate) mod successors;
pub(crate) mod warn;
