//! The configuration of all stages: one file, stored with every result.

use crate::failure::Failure;
use serde::Serialize;
use std::path::Path;

/// Thresholds and weights of all stages.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Configuration {
    /// How rooms are found; its sections stand at the top of the file.
    #[serde(flatten)]
    pub(crate) rooms: rooms::Config,
    /// What is said of people; the section `people`.
    pub(crate) people: people::Config,
}

impl Configuration {
    /// The configuration in a file, or the defaults.
    pub(crate) fn of(path: Option<&Path>) -> anyhow::Result<Self> {
        let Some(path) = path else { return Ok(Self::default()) };
        let hint = "docs/reference/configuration.md shows all keys with their defaults";
        let shown = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            Failure::new(format!("the configuration {shown} could not be read: {error}"), hint)
        })?;
        let configuration = Self::from_toml(&text).map_err(|error| {
            Failure::new(format!("the configuration {shown} is not right: {error}"), hint)
        })?;
        let (found, current) = (configuration.rooms.version, rooms::Config::default().version);
        if found != current {
            let problem = format!(
                "the configuration {shown} is of version {found}, this program reads version {current}"
            );
            return Err(Failure::new(problem, "values may have changed their meaning: compare them with docs/reference/configuration.md and set the version").into());
        }
        Ok(configuration)
    }

    fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        let mut table: toml::Table = toml::from_str(text)?;
        let people = table.remove("people").map(toml::Value::try_into).transpose()?;
        // The text is read again for the rooms, so that an error names its line.
        let rooms = match people {
            None => toml::from_str(text)?,
            Some(_) => table.try_into()?,
        };
        Ok(Self { rooms, people: people.unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stage_reads_its_own_sections() {
        let read = Configuration::from_toml(
            "[lead]\nlines_min = 4\n[people.target]\nprecision_min = 0.7\n",
        )
        .unwrap();
        assert_eq!(read.rooms.lead.lines_min, 4);
        assert!((read.people.target.precision_min - 0.7).abs() < 1e-12);
        assert!(Configuration::from_toml("[people]\nwrong = 1\n").is_err());
        assert!(Configuration::from_toml("[wrong]\nlines_min = 4\n").is_err());
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = toml::to_string(&Configuration::default()).unwrap();
        let read = Configuration::from_toml(&text).unwrap();
        assert_eq!(read.rooms, rooms::Config::default());
        assert_eq!(read.people, people::Config::default());
    }
}
