//! Writes the sightings of a made world as CSV or Parquet, beside its calls.

use crate::table_file::TableFile;
use anyhow::Context as _;
use arrow_array::{ArrayRef, RecordBatch, StringArray, TimestampSecondArray};
use arrow_schema::{DataType, Field, Schema, TimeUnit};
use domain::zone::stamp_text;
use drill::Sighting;
use drill::numbers::cell_name;
use drill::truth::text_of;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of sightings in progress: there whole when it is finished, or not at all.
pub(crate) enum SightingsFile {
    Csv { out: std::io::BufWriter<tempfile::NamedTempFile>, path: PathBuf },
    Parquet { file: Box<TableFile>, schema: Arc<Schema> },
}

impl SightingsFile {
    /// Begins a file. Errors: its name ends with neither .csv nor .parquet, or nothing can be written there.
    pub(crate) fn create(path: &Path) -> anyhow::Result<Self> {
        crate::world_file::check_name(path)?;
        if path.extension().is_some_and(|extension| extension == "parquet") {
            let schema = Arc::new(schema());
            return Ok(Self::Parquet { file: Box::new(TableFile::create(path, &schema)?), schema });
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))
            .with_context(|| format!("nothing can be written to {}", path.display()))?;
        let mut out = std::io::BufWriter::with_capacity(1 << 20, file);
        writeln!(out, "line,imei,cell,from,to,kind")?;
        Ok(Self::Csv { out, path: path.to_owned() })
    }

    /// Adds sightings.
    pub(crate) fn write(&mut self, seen: &[Sighting]) -> anyhow::Result<()> {
        match self {
            Self::Csv { out, .. } => {
                for one in seen {
                    let Sighting { from_s, to_s, line, imei, cell, kind } = *one;
                    writeln!(
                        out,
                        "{},{imei:015},{},{}Z,{}Z,{}",
                        text_of(line),
                        cell_name(cell),
                        stamp_text(from_s),
                        stamp_text(to_s),
                        kind.word()
                    )?;
                }
                Ok(())
            }
            Self::Parquet { file, schema } => file.write(&batch(seen, schema)?),
        }
    }

    /// Ends the file and puts it in its place.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Csv { out, path } => {
                let file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
                file.persist(path)?;
                Ok(())
            }
            Self::Parquet { file, .. } => file.finish(),
        }
    }
}

fn schema() -> Schema {
    let text = |name: &str| Field::new(name, DataType::Utf8, false);
    let moment = |name: &str| {
        Field::new(name, DataType::Timestamp(TimeUnit::Second, Some("UTC".into())), false)
    };
    Schema::new(vec![
        text("line"),
        text("imei"),
        text("cell"),
        moment("from"),
        moment("to"),
        text("kind"),
    ])
}

fn batch(seen: &[Sighting], schema: &Arc<Schema>) -> anyhow::Result<RecordBatch> {
    let texts = |of: &dyn Fn(&Sighting) -> String| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(seen.iter().map(of)))
    };
    let moments = |of: fn(&Sighting) -> u32| -> ArrayRef {
        let moments = seen.iter().map(|one| i64::from(of(one)));
        Arc::new(TimestampSecondArray::from_iter_values(moments).with_timezone("UTC"))
    };
    let columns = vec![
        texts(&|one| text_of(one.line)),
        texts(&|one| format!("{:015}", one.imei)),
        texts(&|one| cell_name(one.cell)),
        moments(|one| one.from_s),
        moments(|one| one.to_s),
        texts(&|one| one.kind.word().to_owned()),
    ];
    Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
}
