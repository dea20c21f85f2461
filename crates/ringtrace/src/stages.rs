//! How long each stage of a command took.

use std::fmt;
use std::time::{Duration, Instant};

/// Stages that came to an end, and the moment when the last did.
#[derive(Debug)]
pub(crate) struct Stages {
    last: Instant,
    ended: Vec<(&'static str, Duration)>,
}

impl Stages {
    /// The first stage begins.
    pub(crate) fn begun() -> Self {
        Self { last: Instant::now(), ended: Vec::new() }
    }

    /// A stage ends, and the next begins.
    pub(crate) fn end(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.ended.push((stage, now - self.last));
        self.last = now;
    }
}

impl fmt::Display for Stages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "time:")?;
        for (nth, (stage, took)) in self.ended.iter().enumerate() {
            let comma = if nth == 0 { "" } else { "," };
            write!(f, "{comma} {stage} {:.2} s", took.as_secs_f64())?;
        }
        Ok(())
    }
}
