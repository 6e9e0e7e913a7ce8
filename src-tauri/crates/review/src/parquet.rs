//! A table as Parquet: the same columns and rows as the CSV, with numbers as numbers and what is blank as nothing.
//!
//! The sign that keeps a spreadsheet from reading a formula is taken off again: no program takes a Parquet text for one.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::ReviewError;
use crate::csv::is_formula;
use crate::stage::Go;

/// Rows of a group: what is held at a time.
const GROUP: usize = 8192;

/// Columns that hold whole numbers, and those that hold years with a decimal.
const WHOLE: [&str; 4] = [
    "line",
    "convictions",
    "felonies",
    "convictions_of_these_sections",
];
const DECIMAL: [&str; 2] = ["years_since_conviction", "years_since_any_conviction"];

enum Column {
    Text(Vec<ByteArray>),
    Whole(Vec<i64>),
    Decimal(Vec<f64>),
}

impl Column {
    fn of(name: &str) -> Self {
        match name {
            name if WHOLE.contains(&name) => Self::Whole(Vec::new()),
            name if DECIMAL.contains(&name) => Self::Decimal(Vec::new()),
            _ => Self::Text(Vec::new()),
        }
    }

    fn schema(&self, name: &str) -> Result<TypePtr, ParquetError> {
        let of =
            |kind| Type::primitive_type_builder(name, kind).with_repetition(Repetition::OPTIONAL);
        Ok(Arc::new(match self {
            Self::Text(_) => of(Physical::BYTE_ARRAY)
                .with_logical_type(Some(LogicalType::String))
                .build()?,
            Self::Whole(_) => of(Physical::INT64).build()?,
            Self::Decimal(_) => of(Physical::DOUBLE).build()?,
        }))
    }

    // Whether the value is there.
    fn push(&mut self, value: Bytes) -> bool {
        if value.is_empty() {
            return false;
        }
        let number = || std::str::from_utf8(&value).ok();
        match self {
            Self::Text(all) => {
                let guarded = value.first() == Some(&b'\'') && is_formula(&value[1..]);
                let value = if guarded { value.slice(1..) } else { value };
                // Bytes that are not UTF-8 are read as everywhere else.
                let value = match std::str::from_utf8(&value) {
                    Ok(_) => value,
                    Err(_) => reading::export::text(&value).into_owned().into(),
                };
                all.push(ByteArray::from(value));
            }
            Self::Whole(all) => match number().and_then(|n| n.parse().ok()) {
                Some(n) => all.push(n),
                None => return false,
            },
            Self::Decimal(all) => match number().and_then(|n| n.parse().ok()) {
                Some(n) => all.push(n),
                None => return false,
            },
        }
        true
    }
}

/// Writes a CSV table as Parquet. `go` is asked before each group.
pub(crate) fn write(
    table: impl Read,
    out: impl Write + Send,
    path: &Path,
    go: Go<'_>,
) -> Result<(), ReviewError> {
    let io = |error: ParquetError| ReviewError::io(path)(std::io::Error::other(error));
    let of_csv = |error: ::csv::Error| ReviewError::io(path)(std::io::Error::other(error));
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .buffer_capacity(1 << 18)
        .from_reader(table);
    let heads: Vec<String> = {
        let heads = reader.byte_headers().map_err(of_csv)?;
        let each = heads.iter().map(reading::export::text);
        each.map(|name| name.into_owned()).collect()
    };
    let mut columns: Vec<(Column, Vec<i16>)> = heads
        .iter()
        .map(|name| (Column::of(name), Vec::new()))
        .collect();
    let fields = heads
        .iter()
        .zip(&columns)
        .map(|(name, (column, _))| column.schema(name))
        .collect::<Result<Vec<_>, _>>()
        .map_err(io)?;
    let schema = Type::group_type_builder("table")
        .with_fields(fields)
        .build();
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("relief-desk".to_owned())
        .build();
    let schema = Arc::new(schema.map_err(io)?);
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(io)?;
    let mut record = ::csv::ByteRecord::new();
    loop {
        let more = reader.read_byte_record(&mut record).map_err(of_csv)?;
        if more {
            let bytes = Bytes::copy_from_slice(record.as_slice());
            for (n, (column, there)) in columns.iter_mut().enumerate() {
                let value = record
                    .range(n)
                    .map_or_else(Bytes::new, |at| bytes.slice(at));
                there.push(i16::from(column.push(value)));
            }
        }
        let rows = columns.first().map_or(0, |(_, there)| there.len());
        if rows == GROUP || !more && rows > 0 {
            go()?;
            group(&mut file, &mut columns).map_err(io)?;
        }
        if !more {
            file.close().map_err(io)?;
            return Ok(());
        }
    }
}

fn group<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    columns: &mut [(Column, Vec<i16>)],
) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for (column, there) in columns {
        let Some(mut writer) = group.next_column()? else {
            break;
        };
        match (writer.untyped(), &mut *column) {
            (ColumnWriter::ByteArrayColumnWriter(to), Column::Text(all)) => {
                to.write_batch(all, Some(there), None)?;
                all.clear();
            }
            (ColumnWriter::Int64ColumnWriter(to), Column::Whole(all)) => {
                to.write_batch(all, Some(there), None)?;
                all.clear();
            }
            (ColumnWriter::DoubleColumnWriter(to), Column::Decimal(all)) => {
                to.write_batch(all, Some(there), None)?;
                all.clear();
            }
            _ => return Err(ParquetError::General("a column of another kind".to_owned())),
        }
        writer.close()?;
        there.clear();
    }
    group.close()?;
    Ok(())
}
