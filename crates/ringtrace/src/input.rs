//! Opens files and folders of calls and reads them into facts.

use crate::as_of::{self, AsOf};
use crate::casebook;
use crate::failure::Failure;
use crate::origins::Origins;
use crate::printer::Printer;
use crate::scratch_file::ScratchFile;
use anyhow::Context as _;
use bytesize::ByteSize;
use clap::Args;
use domain::mask::Sight;
use facts::{Budget, Calls, Forget, Quarantine, Settings, TooLarge};
use feeds::cells::CellTable;
use feeds::{FeedError, FileReport, Reading, Template};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How input is read: shared by all commands that take call records.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct InputArgs {
    /// Mapping template (TOML); what it leaves open is recognised
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// Feed form; `auto` recognises it
    #[arg(long, default_value = "auto", value_name = "auto|TEMPLATE")]
    pub(crate) feed: String,
    /// Time zone of times without an offset, such as `Asia/Kuala_Lumpur`
    #[arg(long, value_name = "ZONE")]
    pub(crate) zone: Option<String>,
    /// Country whose national numbers appear, such as MY
    #[arg(long, value_name = "XX")]
    pub(crate) country: Option<String>,
    /// Numbers are international but their + was left out
    #[arg(long)]
    pub(crate) plus_left_out: bool,
    /// Form of the moments, such as "%d/%m/%Y %H:%M:%S"; may be given several times
    #[arg(long, value_name = "FORM")]
    pub(crate) moment: Vec<String>,
    /// Where cells stand: a CSV file with cell, lat, lon, and maybe a span of validity (docs/guides/import.md)
    #[arg(long, value_name = "FILE")]
    pub(crate) cells: Option<PathBuf>,
    /// Memory that ringtrace aims to stay below, such as 2GiB; what does not fit goes to a scratch file. All may stay in memory where absent
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub(crate) memory: Option<ByteSize>,
    /// Folder of the scratch file
    #[arg(long, value_name = "FOLDER")]
    pub(crate) scratch: Option<PathBuf>,
    /// Look from this moment: later calls are set aside. A day (its end), or a moment of the records' clock
    #[arg(long, value_name = "MOMENT", value_parser = as_of::parse)]
    pub(crate) as_of: Option<AsOf>,
    /// Count repetitions of a call as calls of their own
    #[arg(long)]
    pub(crate) keep_duplicates: bool,
}

/// The zone of feeds that state none.
const NO_ZONE: &str = "UTC";

/// A size of memory.
pub(crate) fn size(text: &str) -> Result<ByteSize, String> {
    text.parse().map_err(|_| "give a size such as 2GiB or 500MB".to_owned())
}

/// Facts and how they came about.
pub(crate) struct Input {
    /// The calls.
    pub(crate) calls: Calls,
    /// Rows that are none.
    pub(crate) quarantine: Quarantine,
    /// What became of each file.
    pub(crate) files: Vec<FileReport>,
    /// Where cells stand.
    pub(crate) cells: CellTable,
    /// Where the facts of casebooks came from, by the file's place among `files`.
    pub(crate) origins: BTreeMap<usize, Origins>,
}

impl Input {
    /// Rows of all files.
    pub(crate) fn rows(&self) -> usize {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// How many facts there are: calls and sightings, those set aside among them.
    pub(crate) fn facts(&self) -> usize {
        self.calls.len() + self.calls.sightings + self.calls.later
    }

    /// The file and row behind a fact's source; for a casebook's fact those that it was first imported from. Errors: the casebook cannot be
    /// read, or no file has such a source.
    pub(crate) fn source(&self, source: u32) -> anyhow::Result<(String, u32)> {
        let mut base = 0_u32;
        for (at, file) in self.files.iter().enumerate() {
            if source < base.saturating_add(file.row_bound) {
                let row = source - base;
                return match self.origins.get(&at) {
                    Some(origins) => origins.source(row),
                    None => Ok((file.name.clone(), row)),
                };
            }
            base = base.saturating_add(file.row_bound);
        }
        anyhow::bail!("no file holds source {source}")
    }

    /// The zone that the feeds state: the first that does.
    pub(crate) fn zone(&self) -> &str {
        self.files.iter().find_map(|file| file.zone.as_deref()).unwrap_or(NO_ZONE)
    }
}

impl InputArgs {
    /// The template that the arguments ask for; `None` where all is to be recognised.
    pub(crate) fn template(&self) -> anyhow::Result<Option<Template>> {
        let path = self
            .template
            .clone()
            .or_else(|| (self.feed != "auto").then(|| PathBuf::from(&self.feed)));
        let mut template = match &path {
            None => Template::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path).map_err(|error| {
                    Failure::new(
                        format!("the template {} could not be read: {error}", path.display()),
                        "known forms are recognised without --feed or --template; else give a template file (docs/reference/templates.md)",
                    )
                })?;
                Template::from_toml(&text).with_context(|| format!("in {}", path.display()))?
            }
        };
        if let Some(zone) = &self.zone
            && domain::zone::zone_of(zone).is_none()
        {
            return Err(Failure::new(
                format!("“{zone}” is not an IANA time zone"),
                "give a continent and a city, such as America/Lima or Asia/Kuala_Lumpur",
            )
            .into());
        }
        let touched = path.is_some()
            || self.zone.is_some()
            || self.country.is_some()
            || self.plus_left_out
            || !self.moment.is_empty();
        template.zone = self.zone.clone().or(template.zone);
        template.country = self.country.clone().or(template.country);
        template.plus_left_out = self.plus_left_out.then_some(true).or(template.plus_left_out);
        if !self.moment.is_empty() {
            template.moments.clone_from(&self.moment);
        }
        Ok(touched.then_some(template))
    }

    /// How much of the calls may lie in memory: rows on their way to parts are held twice, and names, candidates and their pairs need room too.
    /// The calls of one line cannot be parted: they take twice their words while they are sorted.
    fn budget(&self) -> anyhow::Result<Budget> {
        const SHARE: u64 = 6;
        const TOGETHER_SHARE: u64 = 3;
        const TOGETHER_LEAST: ByteSize = ByteSize::mib(64);
        let Some(memory) = self.memory else { return Ok(Budget::default()) };
        let folder = self.scratch.clone().unwrap_or_else(std::env::temp_dir);
        let words = |bytes: u64| usize::try_from(bytes / u64::from(u32::BITS / 8));
        let together = (memory.as_u64() / TOGETHER_SHARE).max(TOGETHER_LEAST.as_u64());
        let shelf = ScratchFile::create(&folder)?;
        let budget = Budget::new(words(memory.as_u64() / SHARE)?, Arc::new(shelf));
        Ok(budget.with_together_max(words(together)?))
    }

    /// Where cells stand; nothing where no file is given.
    /// The cells that were named, else those that a casebook keeps.
    fn cell_table(&self, paths: &[PathBuf], printer: &Printer) -> anyhow::Result<CellTable> {
        let kept = || {
            let casebooks = paths.iter().filter(|path| casebook::is_casebook(path));
            casebooks.map(|path| casebook::cells_file(path)).find(|file| file.exists())
        };
        let Some(path) = &self.cells.clone().or_else(kept) else { return Ok(CellTable::default()) };
        let text = std::fs::read(path).map_err(|error| of_file(path, error.into()))?;
        let table = CellTable::from_csv(&text).map_err(|error| of_file(path, error.into()))?;
        for (line, problem) in &table.refused {
            printer.say(&format!("{}, row {line}: {problem}", path.display()));
        }
        Ok(table)
    }

    /// Reads all files under `paths`.
    pub(crate) fn read(&self, paths: &[PathBuf], printer: &Printer) -> anyhow::Result<Input> {
        self.read_but(Forget::default(), paths, printer)
    }

    /// Reads all files under `paths`, as far as rooms are found by it.
    pub(crate) fn read_for_rooms(
        &self,
        paths: &[PathBuf],
        printer: &Printer,
    ) -> anyhow::Result<Input> {
        self.read_but(rooms::UNSEEN, paths, printer)
    }

    fn read_but(
        &self,
        forget: Forget,
        paths: &[PathBuf],
        printer: &Printer,
    ) -> anyhow::Result<Input> {
        let mut template = self.template()?;
        if let (None, Some(casebook)) =
            (&self.zone, paths.iter().find(|path| casebook::is_casebook(path)))
        {
            let known = casebook::feeds(casebook)?;
            template.get_or_insert_default().zone = known.zone;
        }
        let cells = self.cell_table(paths, printer)?;
        let files = listed(paths)?;
        let is_casebooks = |path: &PathBuf| {
            paths.iter().any(|casebook| {
                casebook::is_casebook(casebook) && casebook::fact_files(casebook).contains(path)
            })
        };
        let origins = files.iter().enumerate().filter(|(_, path)| is_casebooks(path));
        let origins = origins.map(|(at, path)| (at, Origins::of(path))).collect();
        let settings = Settings {
            keep_duplicates: self.keep_duplicates,
            budget: self.budget()?,
            forget,
            until_s: None,
        };
        let mut reading = Reading::new(settings);
        let progress = printer.reading(
            files.iter().filter_map(|path| path.metadata().ok()).map(|meta| meta.len()).sum(),
        );
        // A casebook's facts are in its own form: a template of other files, or a country, is not for them.
        let zone = template.as_ref().and_then(|template| template.zone.clone());
        let own = Template { zone, ..Template::default() };
        for path in &files {
            let template = if is_casebooks(path) { Some(&own) } else { template.as_ref() };
            read_file(path, template, &mut reading, &|bytes| progress.set(bytes))
                .map_err(|error| of_file(path, error))?;
        }
        progress.finish();
        if let Some(as_of) = self.as_of {
            let zone = reading.zone().unwrap_or(NO_ZONE);
            let until_s = as_of.instant_s(zone).with_context(|| {
                format!("the moment to look from is none that the clock of {zone} shows")
            })?;
            reading.look_from(until_s);
        }
        let (calls, quarantine, mut files) =
            reading.finish().context("the scratch file could not be used").map_err(of_facts)?;
        if let Some(file) = files.last_mut() {
            file.doubts.extend(crate::stray_dates::doubts(&calls)?);
        }
        Ok(Input { calls, quarantine, files, cells, origins })
    }
}

/// A sentence and a hint for what can go wrong once all was read.
pub(crate) fn of_facts(error: anyhow::Error) -> anyhow::Error {
    let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    match inner.and_then(|inner| inner.downcast_ref::<TooLarge>()) {
        Some(TooLarge { calls }) => Failure::new(
            format!("{calls} calls of one line or one moment do not fit into the memory allowed"),
            "give more with --memory, or leave that line out: is it a switch's own number, or a file made to do harm?",
        )
        .into(),
        None => error,
    }
}

/// The files named, and those in named folders, in order of their names.
pub(crate) fn listed(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if casebook::is_casebook(path) {
            let facts = casebook::fact_files(path);
            if !facts.iter().all(|file| file.exists()) {
                return Err(no_casebook(path).into());
            }
            files.extend(facts);
            continue;
        }
        let meta = std::fs::metadata(path).map_err(|error| of_file(path, error.into()))?;
        if !meta.is_dir() {
            files.push(path.clone());
            continue;
        }
        let folder = std::fs::read_dir(path).map_err(|error| of_file(path, error.into()))?;
        let mut inside = Vec::new();
        for entry in folder {
            let entry = entry.map_err(|error| of_file(path, error.into()))?.path();
            if entry.is_file()
                && !entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
            {
                inside.push(entry);
            }
        }
        inside.sort();
        if inside.is_empty() {
            return Err(Failure::new(
                format!("the folder {} holds no files", path.display()),
                "name the files, or another folder",
            )
            .into());
        }
        files.extend(inside);
    }
    Ok(files)
}

/// Opens a file; what goes wrong is told in a sentence.
pub(crate) fn opened(path: &Path) -> anyhow::Result<File> {
    File::open(path).map_err(|error| of_file(path, error.into()))
}

/// What the reader may see. A reveal of a casebook's numbers is recorded in it.
pub(crate) fn sight(reveal: bool, paths: &[PathBuf], command: &str) -> anyhow::Result<Sight> {
    if !reveal {
        return Ok(Sight::Masked);
    }
    record_reveal(paths, command)?;
    Ok(Sight::Revealed)
}

/// Records in the casebooks among some paths that more than usual was shown.
pub(crate) fn record_reveal(paths: &[PathBuf], command: &str) -> anyhow::Result<()> {
    for casebook in paths.iter().filter(|path| casebook::is_casebook(path)) {
        crate::journal::record_reveal(casebook, command)?;
    }
    Ok(())
}

/// The stem of a file's name: the subscriber of feeds that tell one subscriber a file.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether a file is Parquet, by its first bytes.
pub(crate) fn is_parquet(path: &Path) -> anyhow::Result<bool> {
    let mut first = [0; 4];
    let read = opened(path)?.read(&mut first).map_err(|error| of_file(path, error.into()))?;
    match feeds::encoding::packing(first.get(..read).unwrap_or_default()) {
        feeds::encoding::Packing::Parquet => Ok(true),
        feeds::encoding::Packing::Zip if is_workbook(path) => Err(Failure::new(
            format!("{} is an Excel workbook", path.display()),
            "save the sheet as CSV (UTF-8) and give that file",
        )
        .into()),
        feeds::encoding::Packing::Zip => Err(Failure::new(
            format!("{} is a zip archive", path.display()),
            "unpack it first: ringtrace reads plain, gzip and zstd files",
        )
        .into()),
        feeds::encoding::Packing::Plain if read > 0 && ends_with(path, &["parquet"]) => {
            Err(Failure::new(
                format!(
                    "{} does not begin as Parquet does, though its name says so",
                    path.display()
                ),
                "export it again; text is read where its name does not end with .parquet",
            )
            .into())
        }
        _ => Ok(false),
    }
}

fn is_workbook(path: &Path) -> bool {
    ends_with(path, &["xlsx", "xlsm", "xlsb"])
}

fn ends_with(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| extensions.contains(&extension.as_str()))
}

fn read_file(
    path: &Path,
    template: Option<&Template>,
    reading: &mut Reading,
    progress: &(dyn Fn(u64) + Sync),
) -> anyhow::Result<()> {
    let name = path.display().to_string();
    if is_parquet(path)? {
        return Ok(reading.parquet(&name, &stem(path), &|| File::open(path), template)?);
    }
    let opened = feeds::read::open(Box::new(opened(path)?), template)?;
    Ok(reading.delimited(&name, &stem(path), opened, progress)?)
}

fn no_casebook(path: &Path) -> Failure {
    Failure::new(
        format!("{} is no casebook yet: it holds no calls", path.display()),
        format!("make it with: ringtrace import CALLS.csv --into {}", path.display()),
    )
}

/// A sentence and a hint for what can go wrong with a file.
pub(crate) fn of_file(path: &Path, error: anyhow::Error) -> anyhow::Error {
    let shown = path.display();
    let feed = error.downcast_ref::<FeedError>();
    let io = match feed {
        Some(FeedError::Io(error)) => Some(error),
        _ => error.downcast_ref::<std::io::Error>(),
    };
    let (sentence, hint) = match (io.map(std::io::Error::kind), feed) {
        (Some(std::io::ErrorKind::NotFound), _) => {
            (format!("{shown} does not exist"), "check the path".to_owned())
        }
        (Some(std::io::ErrorKind::PermissionDenied), _) => (
            format!("{shown} may not be read by you"),
            "ask its owner for read permission".to_owned(),
        ),
        (_, Some(FeedError::Empty)) => {
            (format!("{shown} is empty"), "check that the export finished".to_owned())
        }
        (_, Some(FeedError::NotRecognised { missing })) => (
            format!("the columns of {shown} were not recognised; missing: {missing}"),
            format!(
                "see how it is read with: ringtrace import --preview {shown}; then name the columns in a template (--template)"
            ),
        ),
        (_, Some(FeedError::NoColumn { .. } | FeedError::Template(_))) => (
            format!("{shown}: {error}"),
            "mend the template, or the option that says the same; docs/reference/templates.md lists the keys".to_owned(),
        ),
        (Some(std::io::ErrorKind::UnexpectedEof), _) => (
            format!("{shown} ends in the middle: it was cut off"),
            "export or copy it again".to_owned(),
        ),
        _ if error.downcast_ref::<Failure>().is_some() => return error,
        _ => (
            format!("{shown} could not be read: {error}"),
            "check that the file is whole".to_owned(),
        ),
    };
    Failure::new(sentence, hint).into()
}
