//! The only place that prints: results on stdout, progress and problems on stderr.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{BufWriter, IsTerminal, Write};

/// Prints for a person or a machine.
#[derive(Debug)]
pub(crate) struct Printer {
    colour: bool,
    progress: bool,
}

/// A progress bar, or nothing where nobody watches.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Sets how far it is.
    pub(crate) fn set(&self, done: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(done);
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

impl Printer {
    /// A printer for this process: colours only on a terminal (and not where `NO_COLOR` is set).
    pub(crate) fn new() -> Self {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { colour, progress: std::io::stderr().is_terminal() }
    }

    /// Whether colours are shown.
    pub(crate) fn colour(&self) -> bool {
        self.colour
    }

    /// Prints a result. A reader that went away (a closed pipe) ends the program in peace.
    #[expect(clippy::unused_self, reason = "only a printer prints")]
    pub(crate) fn out(&self, text: &str) -> std::io::Result<()> {
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.write_all(b"\n")?;
        stdout.flush()
    }

    /// Prints a result for a machine, as it is made. A reader that went away ends the program in peace.
    #[expect(clippy::unused_self, reason = "only a printer prints")]
    pub(crate) fn json(&self, result: &impl Serialize) -> std::io::Result<()> {
        let mut stdout = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
        serde_json::to_writer_pretty(&mut stdout, result)?;
        stdout.write_all(b"\n")?;
        stdout.flush()
    }

    /// Says something beside the result.
    #[expect(clippy::unused_self, reason = "only a printer prints")]
    pub(crate) fn say(&self, text: &str) {
        // Nothing is left to tell where stderr is gone.
        let _gone = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Progress of reading so many bytes; shown on a terminal where the work is long.
    pub(crate) fn reading(&self, bytes: u64) -> Progress {
        const LONG_BYTES: u64 = 50 << 20;
        if !self.progress || bytes < LONG_BYTES {
            return Progress(None);
        }
        let bar = ProgressBar::new(bytes);
        let style =
            ProgressStyle::with_template("reading {bytes} of {total_bytes} {wide_bar} {eta}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        Progress(Some(bar))
    }
}
