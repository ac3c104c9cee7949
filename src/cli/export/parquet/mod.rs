//! Parquet with a typed column for each field.

mod column;

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use self::column::Buffer;
use super::columns::{Column, Columns};
use super::contact::Fields;
use super::writer::Writer;

/// Contacts that are held until they are written as one group: a reader gains nothing by more.
const GROUP_ROWS: usize = 10_000;
/// The most bytes that are held, whatever the contacts are like.
const GROUP_BYTES: usize = 32 << 20;

pub(super) struct Parquet<W: Write + Send> {
    columns: Columns,
    buffers: Vec<Buffer>,
    rows: usize,
    bytes: usize,
    lost: u64,
    output: SerializedFileWriter<W>,
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn new(columns: Columns, output: W) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_created_by(concat!("cliengo ", env!("CARGO_PKG_VERSION")).to_owned());
        let output =
            SerializedFileWriter::new(output, schema(&columns)?, Arc::new(properties.build()));
        Ok(Self {
            buffers: columns.list.iter().map(Buffer::new).collect(),
            columns,
            rows: 0,
            bytes: 0,
            lost: 0,
            output: output.map_err(plain)?,
        })
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.output.next_row_group()?;
        let mut buffers = self.buffers.iter_mut();
        while let (Some(mut column), Some(buffer)) = (group.next_column()?, buffers.next()) {
            buffer.write(&mut column)?;
            column.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl<W: Write + Send> Writer for Parquet<W> {
    fn add(&mut self, contact: &str) -> io::Result<()> {
        let fields = Fields::read(contact)?;
        let mut odd: Vec<&Column> = Vec::new();
        let columns = &self.columns;
        let both = || columns.list.iter().enumerate();
        for (index, column) in both().filter(|(_, column)| !column.is_extra()) {
            if !self.buffers[index].add(fields.value(column)) {
                odd.push(column);
            }
        }
        if !columns.has_extra() {
            self.lost += odd.len() as u64;
        }
        for (index, _) in both().filter(|(_, column)| column.is_extra()) {
            self.buffers[index].add(fields.extra(columns, &odd).as_deref());
        }
        self.rows += 1;
        self.bytes += contact.len();
        if self.rows >= GROUP_ROWS || self.bytes >= GROUP_BYTES {
            self.write_group().map_err(plain)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        if self.rows > 0 {
            self.write_group().map_err(plain)?;
        }
        let lost = self.lost;
        let mut output = self.output.into_inner().map_err(plain)?;
        output.flush()?;
        Ok(lost)
    }
}

fn schema(columns: &Columns) -> io::Result<Arc<Type>> {
    let fields: Result<_, _> = columns.list.iter().map(column::schema).collect();
    let root = Type::group_type_builder("contact").with_fields(fields.map_err(plain)?);
    root.build().map(Arc::new).map_err(plain)
}

/// The output's own error where it was that: a closed pipe is told from a full disk by its kind.
fn plain(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(own) => *own,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
