//! CallMine and `TgraphSpot`: `source,destination,measure,timestamp[,label]`, the measure in seconds.
//!
//! Source: `mtcazzolato/tgraph-spot`, README and `data/sample_raw_data.csv`. The label is not read: it is an answer.

use crate::sniff::{Sample, named};
use crate::template::{Role, Template};

/// Recognises the form by its header.
pub fn recognise(sample: &Sample) -> Option<Template> {
    let columns = [
        (Role::Caller, "source"),
        (Role::Callee, "destination"),
        (Role::Duration, "measure"),
        (Role::Start, "timestamp"),
    ];
    named(sample, "CallMine", &columns)
}
