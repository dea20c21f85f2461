//! Parquet files that are there whole or not at all.

use crate::failure::Failure;
use anyhow::Context as _;
use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::NamedTempFile;

/// Rows of a group: few enough that one call is found among tens of millions without reading much.
const GROUP_ROWS: usize = 1 << 17;

/// Writes a Parquet file beside its place and moves it there when it is whole.
pub(crate) struct TableFile {
    writer: ArrowWriter<NamedTempFile>,
    path: PathBuf,
}

impl TableFile {
    /// Begins a file.
    pub(crate) fn create(path: &Path, schema: &Arc<Schema>) -> anyhow::Result<Self> {
        let folder =
            path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let elsewhere =
            |sentence: String| Failure::new(sentence, "name a place that you may write to");
        std::fs::create_dir_all(folder).map_err(|error| {
            elsewhere(format!("the folder {} could not be made: {error}", folder.display()))
        })?;
        let file = NamedTempFile::new_in(folder).map_err(|error| {
            elsewhere(format!("nothing can be written to {}: {error}", folder.display()))
        })?;
        let level = ZstdLevel::try_new(1)?;
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_created_by(format!("ringtrace {}", env!("CARGO_PKG_VERSION")));
        for field in schema.fields().iter().filter(|field| field.data_type().is_floating()) {
            // Measures seldom repeat: a dictionary of them, or the stronger compression, costs time and saves little room.
            let column = || field.name().as_str().into();
            properties = properties
                .set_column_dictionary_enabled(column(), false)
                .set_column_compression(column(), Compression::LZ4_RAW);
        }
        let writer = ArrowWriter::try_new(file, Arc::clone(schema), Some(properties.build()))?;
        Ok(Self { writer, path: path.to_owned() })
    }

    /// Adds rows.
    pub(crate) fn write(&mut self, batch: &RecordBatch) -> anyhow::Result<()> {
        self.writer.write(batch).with_context(|| {
            format!("{} could not be written: nothing was changed", self.path.display())
        })
    }

    /// Ends the file and puts it in its place.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        let told = || format!("{} could not be written: nothing was changed", self.path.display());
        let file = self.writer.into_inner().with_context(told)?;
        file.as_file().sync_all().with_context(told)?;
        file.persist(&self.path).with_context(told)?;
        Ok(())
    }
}
