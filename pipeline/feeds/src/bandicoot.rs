//! bandicoot: one subscriber a file, named for the subscriber: `interaction,direction,correspondent_id,datetime,
//! call_duration[,antenna_id]`.
//!
//! Source: `computationalprivacy/bandicoot`, documentation "Loading data" and `demo/data/ego.csv`. Rows whose
//! interaction is `text` are no calls and are quarantined as such.

use crate::sniff::{Sample, named};
use crate::template::{ColumnRef, Role, Template};

/// Recognises the form by its header.
pub fn recognise(sample: &Sample) -> Option<Template> {
    let columns = [
        (Role::Kind, "interaction"),
        (Role::Direction, "direction"),
        (Role::Other, "correspondent_id"),
        (Role::Start, "datetime"),
        (Role::Duration, "call_duration"),
    ];
    let mut template = named(sample, "bandicoot", &columns)?;
    template.subscriber_from_file_name = true;
    if sample.header.iter().flatten().any(|name| name == "antenna_id") {
        template.columns.insert(Role::Cell, ColumnRef::Name("antenna_id".to_owned()));
    }
    Some(template)
}
