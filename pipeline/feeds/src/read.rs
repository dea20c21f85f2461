//! Reads files side by side in lanes: each lane has its own dictionaries, so that threads never wait for each other.

use crate::FeedError;
use crate::blocks::{Block, BlockReader};
use crate::columnar::{self, Contents, Group};
use crate::delimited::Blocks;
use crate::encoding;
use crate::lane::{FilePlace, Lane, Tally};
use crate::plan::Plan;
use crate::row::RowReader;
use crate::sniff::{self, Recognised};
use crate::template::Template;
use facts::{Calls, Observed, Quarantine, Settings};
use parquet::file::reader::ChunkReader;
use rayon::prelude::*;
use std::io::Read;

/// What became of a file.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// Its name, as the caller gave it.
    pub name: String,
    /// Rows, header not counted.
    pub rows: usize,
    /// Rows that became calls (some may yet prove duplicates).
    pub calls: usize,
    /// Rows quarantined.
    pub quarantined: usize,
    /// What stopped the reading early.
    pub problem: Option<String>,
    /// Name of the template it was read by.
    pub template: String,
    /// What was guessed, and why.
    pub notes: Vec<String>,
    /// What may be wrong and changes what is found.
    pub doubts: Vec<String>,
    /// What its columns can show.
    pub observed: Observed,
    /// Its wall clock's zone.
    pub zone: Option<String>,
    /// One more than its highest row number.
    pub row_bound: u32,
}

/// A reading in progress.
#[derive(Debug, Default)]
pub struct Reading {
    lanes: Vec<Lane>,
    files: Vec<FileReport>,
    settings: Settings,
}

/// A delimited file, recognised, and the stream that continues behind the sample.
pub struct Opened<'a> {
    /// What was recognised.
    pub recognised: Recognised,
    /// The whole stream from its beginning, in UTF-8.
    pub stream: Box<dyn Read + Send + 'a>,
}

const SAMPLE_BYTES: u64 = 1 << 18;

/// Unpacks, decodes and recognises a delimited file from its stream. `template` (if any) overrides what is recognised.
pub fn open<'a>(
    mut packed: Box<dyn Read + Send + 'a>,
    template: Option<&Template>,
) -> Result<Opened<'a>, FeedError> {
    let mut first = Vec::new();
    packed.by_ref().take(4).read_to_end(&mut first)?;
    let packing = encoding::packing(&first);
    let whole: Box<dyn Read + Send + 'a> = Box::new(std::io::Cursor::new(first).chain(packed));
    let mut bytes = encoding::unpacked(packing, whole)?;
    let mut sample = Vec::new();
    // What stops the sample stops the reading too, where it is reported.
    let mut stopped = bytes.by_ref().take(SAMPLE_BYTES).read_to_end(&mut sample).err();
    if sample.is_empty() {
        return Err(stopped.map_or(FeedError::Empty, FeedError::Io));
    }
    let named = template.and_then(|template| template.encoding.as_deref());
    let encoding = match named {
        Some(label) => encoding_rs::Encoding::for_label(label.as_bytes())
            .ok_or_else(|| FeedError::Template(format!("“{label}” is not a known encoding")))?,
        None => encoding::guess(&sample),
    };
    let mut text = Vec::new();
    encoding::decoded(encoding, Box::new(&*sample)).read_to_end(&mut text)?;
    let mut recognised = sniff::delimited(&text);
    if encoding != encoding_rs::UTF_8 {
        recognised.notes.guess(format!("The text is read as {}.", encoding.name()));
    }
    if let Some(template) = template {
        recognised.apply(template);
    }
    if let Some(error) = stopped.take_if(|_| !recognised.template.missing().is_empty()) {
        // Too little was read to tell the columns: the break is what is wrong, not the columns.
        return Err(FeedError::Io(error));
    }
    let tail: Box<dyn Read + Send + 'a> = match stopped {
        Some(error) => Box::new(Broken(Some(error))),
        None => bytes,
    };
    let whole = Box::new(std::io::Cursor::new(sample).chain(tail));
    Ok(Opened { recognised, stream: encoding::decoded(encoding, whole) })
}

/// A stream that ends with an error that was met before.
struct Broken(Option<std::io::Error>);

impl Read for Broken {
    fn read(&mut self, _into: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl Reading {
    /// The zone of the first file that states one.
    pub fn zone(&self) -> Option<&str> {
        self.files.iter().find_map(|file| file.zone.as_deref())
    }

    /// Sets the moment to look from, epoch seconds.
    pub fn look_from(&mut self, until_s: u32) {
        self.settings.until_s = Some(until_s);
    }

    /// A reading in as many lanes as there are threads.
    pub fn new(settings: Settings) -> Self {
        let lanes = rayon::current_num_threads().max(1);
        let lanes = (0..lanes).map(|_| Lane::default()).collect();
        Self { lanes, files: Vec::new(), settings }
    }

    /// Reads a delimited file. `progress` is told the unpacked bytes read so far.
    pub fn delimited(
        &mut self,
        name: &str,
        stem: &str,
        opened: Opened<'_>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), FeedError> {
        let Opened { recognised, stream } = opened;
        let place = self.next_place();
        let plan = Plan::new(&recognised.template, &recognised.present, stem)?;
        let mut report = report(name, &recognised);
        let dialect = recognised.dialect;
        let header_line = recognised.sample.header_line;
        let mut blocks = BlockReader::new(stream, dialect.delimiter, dialect.line_end);
        let mut readers: Vec<RowReader> =
            self.lanes.iter().map(|_| RowReader::new(plan.clone())).collect();
        let Self { lanes, settings, .. } = &mut *self;
        let count = lanes.len();
        let work = Blocks { place, dialect, header_line, budget: &settings.budget };
        let mut pending = fetch(&mut blocks, count);
        while !pending.is_empty() {
            let (next, done) = rayon::join(
                || fetch(&mut blocks, count),
                || {
                    let lanes = lanes.par_iter_mut().zip(&mut readers);
                    let own = lanes.zip(std::mem::take(&mut pending));
                    own.map(|((lane, reader), block)| {
                        work.read(&block, reader, lane)?;
                        Ok(block)
                    })
                    .collect::<std::io::Result<Vec<Block>>>()
                },
            );
            blocks.reuse(done?);
            pending = next;
            progress(blocks.bytes_read);
        }
        lanes.iter_mut().for_each(|lane| report.add(lane.told()));
        report.row_bound = blocks.next_row();
        report.problem = blocks.problem.take().map(|error| problem_text(&error));
        for reader in &readers {
            report.observed = report.observed.or(reader.observed);
        }
        self.files.push(report);
        Ok(())
    }

    /// Reads a Parquet file; `open` gives a reader of it for each lane.
    pub fn parquet<R: ChunkReader + 'static>(
        &mut self,
        name: &str,
        stem: &str,
        open: &(dyn Fn() -> std::io::Result<R> + Sync),
        template: Option<&Template>,
    ) -> Result<(), FeedError> {
        let place = self.next_place();
        let contents = Contents::of(open()?)?;
        let recognised = recognise_parquet(&contents, open()?, template)?;
        let plan = Plan::new(&recognised.template, &recognised.present, stem)?;
        let mut report = report(name, &recognised);
        let (plan, columns) = columnar::projected(plan);
        let Self { lanes, settings, .. } = &mut *self;
        let (count, budget) = (lanes.len(), &settings.budget);
        let work = lanes.par_iter_mut().enumerate().map(|(lane_at, lane)| {
            let mut reader = RowReader::new(plan.clone());
            let mut groups = (lane_at..contents.groups()).step_by(count);
            let read = groups.try_for_each(|at| {
                let group = Group { contents: &contents, at, columns: &columns, place, budget };
                columnar::read_group(open()?, &group, &mut reader, lane)
            });
            // What was read before a break stays.
            let kept = lane.flush(place, budget).map_err(FeedError::from);
            (reader.observed, read.and(kept))
        });
        let results: Vec<(Observed, Result<(), FeedError>)> = work.collect();
        lanes.iter_mut().for_each(|lane| report.add(lane.told()));
        for (observed, read) in results {
            report.observed = report.observed.or(observed);
            report.problem = report.problem.or(read.err().map(|error| error.to_string()));
        }
        report.row_bound = contents.rows_before(usize::MAX).saturating_add(1);
        self.files.push(report);
        Ok(())
    }

    fn next_place(&self) -> FilePlace {
        let base = self.files.iter().fold(0_u32, |base, file| base.saturating_add(file.row_bound));
        FilePlace { file: domain::num::u32_of(self.files.len()), base }
    }

    /// Ends the reading: facts, quarantine and what became of each file. Errors: the shelf is full or fails.
    pub fn finish(self) -> std::io::Result<(Calls, Quarantine, Vec<FileReport>)> {
        let mut quarantine = Quarantine::default();
        let mut lanes = Vec::with_capacity(self.lanes.len());
        for lane in self.lanes {
            quarantine.append(lane.quarantine);
            lanes.push(lane.facts);
        }
        quarantine.sort();
        let observed =
            self.files.iter().fold(Observed::default(), |all, file| all.or(file.observed));
        let calls = Calls::build(lanes, observed, &self.settings)?;
        Ok((calls, quarantine, self.files))
    }
}

/// Recognises a Parquet file from its columns and first rows.
pub fn recognise_parquet<R: ChunkReader + 'static>(
    contents: &Contents,
    file: R,
    template: Option<&Template>,
) -> Result<Recognised, FeedError> {
    let columns = contents.columns();
    let batches = contents.sample(file, 200)?;
    let mut rows = Vec::new();
    for batch in &batches {
        let view = columnar::BatchView::of(batch);
        for row in 0..batch.num_rows() {
            let fields = columnar::RowView { batch: &view, row };
            rows.push((0..columns.len()).map(|column| sampled(&fields, column)).collect());
        }
    }
    let mut recognised = sniff::named_columns(columns, rows);
    recognised.template.container = crate::template::Container::Parquet;
    if let Some(template) = template {
        recognised.apply(template);
    }
    Ok(recognised)
}

fn sampled(fields: &columnar::RowView<'_>, column: usize) -> String {
    use crate::value::{Fields, Value};
    match fields.value(column) {
        Value::Moment { seconds, .. } => {
            u32::try_from(seconds).map(domain::zone::stamp_text).unwrap_or_default()
        }
        value => String::from_utf8_lossy(value.write(&mut Vec::new())).into_owned(),
    }
}

fn fetch(blocks: &mut BlockReader<'_>, count: usize) -> Vec<Block> {
    (0..count).map_while(|_| blocks.next_block()).collect()
}

fn report(name: &str, recognised: &Recognised) -> FileReport {
    FileReport {
        name: name.to_owned(),
        template: recognised.template.name.clone(),
        notes: recognised.notes.guesses.clone(),
        doubts: recognised.notes.doubts.clone(),
        zone: recognised.template.zone.clone(),
        ..FileReport::default()
    }
}

/// Says what stopped a stream, with what it means for the rows.
fn problem_text(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::UnexpectedEof => {
            "the file ends in the middle (truncated?): rows after that are lost; fetch the file again".to_owned()
        }
        _ => format!("reading stopped: {error}; rows after that are lost; fetch the file again"),
    }
}

impl FileReport {
    fn add(&mut self, told: Tally) {
        self.rows = self.rows.saturating_add(told.rows);
        self.calls = self.calls.saturating_add(told.calls);
        self.quarantined = self.quarantined.saturating_add(told.quarantined);
    }
}

#[cfg(test)]
mod tests;
